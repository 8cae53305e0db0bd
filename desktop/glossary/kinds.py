"""What kind of thing a noun names: the head nouns by which names and definitions are told apart.

The lists hold general English nouns, singular, that name a class of things. They decide what
"the … Union" or "a river in …" is; they hold no names.
"""

from __future__ import annotations

import functools
import re

from desktop.glossary.term import TermKind

_NOUNS = {
    TermKind.PERSON: """
        activist actor actress admiral adviser advocate ally anthropologist archbishop architect
        artist astronaut astronomer athlete author biochemist biologist bishop boxer businessman
        businesswoman cardinal chair chairman chancellor chef chemist cleric coach commander
        composer conductor conqueror cosmologist critic dancer daughter designer dictator diplomat
        director doctor economist editor emperor empress engineer entrepreneur essayist executive
        expert explorer father filmmaker footballer founder general geographer geologist governor
        head heir hero historian humorist husband industrialist inventor investor journalist judge
        king lawyer leader linguist lyricist magician man manager mathematician mayor member
        merchant minister missionary monarch monk mother musician naturalist navigator neurologist
        nobleman noblewoman novelist nun nurse officer official owner painter philanthropist
        philosopher photographer physician physicist pianist pilot player playwright poet
        politician polymath pope predecessor premier president priest prince princess producer
        professor prophet psychiatrist psychologist publisher queen rapper reformer reporter
        researcher revolutionary ruler saint scholar scientist sculptor secretary senator singer
        sister sociologist soldier son songwriter spokesman spokeswoman statesman statistician
        successor sultan surgeon teacher theologian theorist translator tsar violinist wife woman
        writer zoologist
        analyst anchor apprentice baker banker barrister broker campaigner citizen clerk cook
        cousin dealer dean delegate detective driver envoy farmer fisher graduate host immigrant
        jurist lecturer mediator neighbor neighbour outlaw patient pensioner pirate presenter
        prisoner prosecutor pupil refugee resident sailor servant sheriff skipper slave smuggler
        solicitor spy student tailor teenager trader tutor veteran victim widow widower worker
        """,
    TermKind.PLACE: """
        airport archipelago area avenue basin bay beach borough bridge building camp canal canyon
        cape capital castle cathedral cave channel church city coast colony commune continent
        country county creek delta department desert district dominion dynasty empire estuary
        exclave facility fjord forest fortress garden glacier gulf habitat harbor harbour headland
        hill homeland island isle isthmus jungle kingdom lagoon lake land mall megacity metropolis
        monarchy monument mosque mountain municipality museum nation neighborhood neighbourhood
        oblast ocean palace parish park peak peninsula plain planet plateau port prefecture
        principality protectorate province rainforest ranch range reef region republic reservoir
        resort ridge river road room ruins savanna sea seaport settlement shore site star state
        strait street suburb sultanate swamp temple territory theater theatre tower town township
        tributary tunnel valley village volcano wetland wilderness woodland zone
        arena cemetery gate hall hotel hut inn lane lock mill mine mount pass path quarter
        railway-station square stadium station trail valley viaduct dam terminal
        """,
    TermKind.ORGANISATION: """
        academy administration agency airline alliance army assembly association authority banca
        banco band bank banque battalion bloc board brand brigade broadcaster bureau cabinet
        caliphate carrier charity church civilization club coalition college commission committee
        community company confederacy confederation conglomerate congress consortium corporation
        corps council court culture denomination faculty federation firm force foundation front
        fund government group guild house institute institution league legislature manufacturer
        militia ministry mission movement navy network newspaper office order organisation
        organization pact parliament partnership party police press publisher regiment regulator
        retailer school secretariat senate service society squad studio syndicate team
        thinktank trade-union tribe tribunal troupe trust union university
        airways bench broadcasting caucus centre center chapter command creamery dairy diocese
        federation holdings industries laboratory lab label library media news operator
        orchestra pictures railway railways records research studios television treasury works
        automaker builder carmaker chain chipmaker drugmaker insurer lender maker startup subsidiary
        supplier utility
        """,
    TermKind.EVENT: """
        armistice attack battle bombing boom campaign celebration ceremony championship conference
        conflict congress conquest coup crash crisis crusade cup deal depression disaster drought
        earthquake election embargo epidemic eruption event exhibition expedition explosion fair
        famine festival final fire flood games genocide holiday holocaust hurricane incident
        insurrection invasion landing massacre match meeting migration mutiny olympics outbreak
        pandemic parade plague pogrom protest race rally rebellion referendum reformation regatta
        renaissance revolt revolution riot rivalry schism season siege storm strike summit
        tournament tragedy treatment trial tsunami uprising war wave winter
        biennale bloodbath case coronation derby debate exposition half-marathon marathon
        restoration skirmish
        """,
    TermKind.WORK: """
        accord act agreement album anthem article artwork autobiography ballad ballet bible
        biography book bulletin charter chronicle comedy comic constitution convention covenant
        daily declaration decree dictionary directive document documentary drama edict
        encyclopedia epic epistle essay fable fiction film franchise fresco game gospel guideline
        hymn issue journal lament law legend letter magazine manga manifesto manual manuscript
        memoir memorandum movie mural musical narrative newsletter newspaper novel novella opera
        painting pamphlet paper periodical photograph play poem poetry portrait proclamation
        program programme protocol psalm publication report resolution saga satire scripture
        sculpture serial series show sitcom sonata song sonnet soundtrack statement statue statute
        story study suite summary symphony tale testament thesis tract tragedy treatise treaty
        trilogy website weekly
        """,
    TermKind.CONCEPT: """
        ability accident algorithm animal appliance approach art assumption attribute bacterium
        behavior behaviour belief branch calendar category cell ceremony chemical class clothing
        code color colour compound concept condition currency custom device discipline disease
        disorder doctrine dogma drug effect element energy equation era experiment family field
        fish food form formula framework function gene genre genus gland god goddess hormone
        hypothesis idea ideology illness infection initiative insect instrument language law light
        machine mammal material matter measure mechanism medicine metal method mineral model
        molecule movement norm notion number order organ organism paradigm particle people period
        phenomenon philosophy phylum pigment plan plant policy practice principle problem
        procedure process property protein quality quantity ratio reaction religion right rule
        scale science sickness spacecraft species sport stance standard state stone strategy
        structure style submersible subphylum substance syndrome system technique technology
        tendency theorem theory therapy tissue tool tradition trait treatment unit value vehicle
        vessel view virus weapon
        award code index inventory medal model programme prize project satellite spacecraft standard
        telescope trophy
        aircraft airliner app application browser car computer database engine extension
        game-console interface kit license operating-system phone platform plugin protocol rifle
        rocket server smartphone software spreadsheet tank toolkit train vaccine
        age boat cruiser ferry frigate liner locomotive ship steamer submarine yacht
        """,
}

#: Nouns that speak for two kinds; the first meaning in a name wins.
_PRIORITY = (
    TermKind.PERSON,
    TermKind.EVENT,
    TermKind.WORK,
    TermKind.ORGANISATION,
    TermKind.PLACE,
    TermKind.CONCEPT,
)

_HEAD_END = re.compile(
    r"\s(?:of|in|at|on|by|for|from|between|that|which|who|whose|where|when|with|based|located|"
    r"founded|established|used|held|spanning|comprising|consisting|bordering|covering|lying|situated|stretching|since|under|during|to|as|and|or)\b|[,;(–—]"
)
_COMPANY = frozenset(
    """
    ag airlines airways bank brewery brothers co communications company corp corporation
    entertainment foods gmbh group holdings productions stores theaters theatres
    inc industries limited llc llp ltd media motors partners pharmaceuticals plc records spa
    studios systems technologies united
    """.split()
)
#: Endings that make a person of anything: physicist, clergyman, theologian.
_AGENT = re.compile(
    r"(?:[^u]m[ae]n|wom[ae]n|person|ologists?|icians?|[^aeiou]ists?|writers?|"
    r"makers?)$"
)
#: What is before "station" where programmes are sent from it.
_ON_AIR = frozenset("television tv radio cable broadcasting news sports satellite".split())
_LEAD = re.compile(
    r"^(?:one of the|any of (?:the|several)|type of|kind of|member of (?:the|a)|series of|"
    r"group of|set of|form of|period of|the name of|name of|state of)\s+"
)


@functools.cache
def _by_noun() -> dict[str, TermKind]:
    table: dict[str, TermKind] = {}
    for kind in reversed(_PRIORITY):
        table.update(dict.fromkeys(_NOUNS[kind].split(), kind))
    return table


def kind_of_noun(noun: str) -> TermKind | None:
    """Return the kind that a common noun names, singular or plural, or None."""
    word = noun.casefold()
    table = _by_noun()
    if "-" in word:  # editor-in-chief, co-founder
        parts = word.split("-")
        word = parts[0] if len(parts) > 2 and parts[1] in {"in", "at", "of"} else parts[-1]
    plural_of_y = word[:-3] + "y" if word.endswith("ies") else word
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), plural_of_y):
        if form in table:
            return table[form]
    return TermKind.PERSON if _AGENT.search(word) else None


def is_company_word(word: str) -> bool:
    """Return whether a firm's name ends so: "… Ltd", "… Airways"."""
    return word.casefold().rstrip(".") in _COMPANY


def kind_of_description(description: str) -> TermKind | None:
    """Return the kind of what a noun phrase describes ("Country in East Asia" → place)."""
    text = re.sub(r"^(?:an?|the)\s+", "", description.strip().casefold())
    text = _LEAD.sub("", text)
    cut = _HEAD_END.search(text)
    head = (text[: cut.start()] if cut else text).split()
    while len(head) > 1 and head[-1].endswith("ly"):
        head.pop()  # "country primarily in North America"
    if not head:
        return None
    noun = head[-1].strip(".'’")
    if noun == "channel" or (noun == "station" and _ON_AIR & set(head[:-1])):
        return TermKind.ORGANISATION
    return kind_of_noun(noun)
