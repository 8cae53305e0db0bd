"""Good and bad cards for each rule, on many subjects: what is refused, and what must not be."""

from __future__ import annotations

import pytest

from desktop.decks.cloze import revealed, shown
from desktop.decks.deck import Note
from desktop.decks.quality import REASONS, lint, lint_deck
from tests.decks.factory import cloze_note, evidence, question_note, term_note


def ask(front: str, back: str, quote: str = "") -> Note:
    """A question; without a quote its sentence says all that both sides say."""
    return question_note(front=front, back=back, evidence=evidence(quote or f"{front} {back}"))


def gap(source: str) -> Note:
    text = revealed(source)
    return cloze_note(front=shown(source), back=text, cloze=source, evidence=evidence(text))


def define(front: str, back: str) -> Note:
    return term_note(front=front, back=back, term=front)


BAD = {
    "ambiguous_reference": [
        ask("Which guild built the bridge?", "The masons"),
        ask("Who led this expedition to the Ross Sea?", "Shackleton"),
        ask("How many voters rejected such proposals in Basel?", "9,000"),
        ask("What did the two companies share in 1911?", "A patent"),
        ask("Who governed Malta in that year?", "Borg Olivier"),
        gap("The experiment was repeated by {{c1::Rosalind Keene}} in Leeds."),
    ],
    "dangling_pronoun": [
        ask("When did she discover radium?", "1898"),
        ask("Which treaty ended his reign?", "The Treaty of Vilna"),
        ask("Where does it flow into the sea?", "Near Rostock"),
        ask("In which century was it a fief of Burgundy?", "The 15th century"),
        ask("Which river do we cross at Mostar?", "The Neretva"),
        gap("They exported {{c1::tin::metal}} to Bilbao."),
    ],
    "two_answers": [
        ask("What is one of the moons of Jupiter?", "Europa"),
        ask("What is an example of a woodwind instrument?", "The oboe"),
        ask("Which state is a member of the Hanseatic League?", "Lübeck"),
        ask("What did Linnaeus do?", "Name plants"),
        ask("What happened to Pompeii?", "It was buried"),
        ask("Which metal conducts best at room temperature?", "Silver or copper"),
        gap("Crops like {{c1::sorghum}} grow in the Sahel."),
        gap("Bolivia exports tin, {{c1::zinc}}, silver and lead."),
        gap("Alum is used with {{c1::tannin::what?}} and a number of other mordants."),
        ask("Which country had long been an ally of Portugal?", "England"),
        ask("What is one form of quartz called?", "Citrine"),
    ],
    "answer_leaked": [
        ask("Which composer wrote the Goldberg Variations for Johann Goldberg?", "Goldberg"),
        ask("Which language is spoken all over Japan?", "Japanese"),
        ask("In which year, 1789, was the Bastille stormed?", "1789"),
        gap("Kepler’s laws were found by {{c1::Kepler}} in Prague."),
        ask("Which psychology asks how people keep their health?", "Health psychology"),
        ask("Which book did the economist Smith write in 1776?", "Adam Smith"),
        ask("How many of the 29 letters of Norwegian are vowels?", "29 letters"),
        define("soil erosion", "the erosion of soil by wind and water"),
    ],
    "too_long": [
        ask("Who, " + "after many years of work " * 5 + ", measured the meridian?", "Méchain"),
        ask("What did Darwin study?", "the beaks of the many finches that live on islands"),
        gap("{{c1::" + "very " * 13 + "large}} glaciers cover the north of Greenland."),
        define("isthmus", "a neck of land that …"),
    ],
    "trivial": [
        ask("Is Reykjavik the capital of Iceland?", "Yes"),
        ask("Who painted the ceiling of the chapel in Padua?", "Someone"),
        ask("What did the miners of Cornwall dig for?", "Various things"),
        gap("{{c1::Basalt}} is hard."),
        define("basalt", "a rock"),
    ],
    "opinion_as_fact": [
        ask("Which opera was a brilliant portrait of Seville?", "Carmen"),
        ask("What must Norway protect in the Arctic?", "The cod"),
        ask("Which road was surprisingly built by monks?", "The Via Mala"),
        ask("What was the reform of Solon for Athens?", "A wonderful success"),
        define("Lisbon", "the beloved city of the poet Pessoa"),
        define("patience", "a skill to be learnt, not a gift of nature"),
        gap("The ascent of {{c1::Eiger::mountain}} was foolish in winter."),
    ],
    "dropped_modality": [
        ask("Which birds reached Hawaii?", "Finches", "Finches may have reached Hawaii."),
        ask("Which metal rusts in dry air?", "Gold", "Gold never rusts in dry air."),
        ask("Which comet caused the flood?", "Biela",
            "According to Donnelly the comet Biela caused the flood."),
        ask("Which king murdered the princes?", "Richard III",
            "Tudor writers claimed that Richard III murdered the princes."),
        ask("Which god founded Cusco?", "Viracocha", "Viracocha is said to have founded Cusco."),
        term_note(front="Agfa", back="a branch of Bayer", term="Agfa", evidence=evidence(
            "Agfa, formerly run as a branch of Bayer, made film.")),
    ],
    "broken_agreement": [
        ask("Which country are on the Adriatic?", "Croatia"),
        ask("Which rivers is the longest in Asia?", "The Yangtze"),
        ask("How many states is in the union of Australia?", "Six"),
        ask("Who are the inventor of the telescope?", "Lippershey"),
        ask("What did Harvey discovered in London?", "The circulation"),
        ask("Which animal is a insect with four wings?", "The bee"),
        ask("Which poet wrote “The Waste Land?", "Eliot"),
        ask("which sea lies between Italy and Greece?", "The Ionian Sea"),
        ask("What did Galileo see the?", "Moons"),
        define("lens", "of stepped glass rings around a flame"),
        define("ozone", "a name given to a form of molecular O"),
        define("sponge", "the earliest phylum of animals instead"),
        ask("When did the rising of Wat Tyler start and grew into a revolt?", "1381"),
        ask("In which decade was the theory of tides first written about?", "The 1680s"),
        ask("What did the charter of Lund order to \"keep the peace?", "The town"),
    ],
    "not_standing_alone": [
        ask("How many people currently live in Nauru?", "10,000"),
        ask("Which party won the election in Malta last year?", "Labour"),
        ask("What does the author compare Venice with?", "A ship"),
        ask("Which metal does figure 3 show at 900 °C?", "Tungsten"),
        ask("How many moons of Saturn were found so far?", "145"),
        gap("In recent years {{c1::Lesotho}} has sold water to Johannesburg."),
        ask("Which country annexed the port of Fiume on January 27?", "Italy"),
        ask("What does the theory of strings predict?", "An as yet unobserved particle"),
    ],
    "unanswerable": [
        ask("Who discovered oxygen in 1774?", "Priestley", "Scheele found oxygen in Uppsala."),
        ask("Which glacier feeds the Rhône?", "1856", "The observatory was opened in 1856."),
        ask("How tall is the Eiffel Tower?", "330 m", "The tower was painted in 1968."),
    ],
}  # fmt: skip

GOOD = {
    "ambiguous_reference": [
        ask("Who led the expedition to the Ross Sea in 1907?", "Shackleton"),
        ask("Which emperor fought the battle of Edessa?", "Valerian"),
        ask("Which city lies on the river Vltava?", "Prague"),
        ask("What share of those who caught cholera died in Hamburg?", "Half"),
        ask("In “The Long Winter”, who built the bridge?", "The masons"),
        ask("Which planet circles the sun in 88 days?", "Mercury"),
        gap("Augustus gave {{c1::Herod}} towns like those he had taken from Cleopatra."),
    ],
    "dangling_pronoun": [
        ask("Which queen opened her parliament in 1559?", "Elizabeth I"),
        ask("What did Marie Curie name after her country?", "Polonium"),
        ask("In his will, what did Alfred Nobel found?", "Five prizes"),
        ask("How many years does it take Saturn to circle the sun?", "29"),
        ask("Which alloy keeps its shape when it cools?", "Invar"),
        ask("Where do eels lay their eggs?", "In the Sargasso Sea"),
        ask("Which islands did Japan take in World War I, far from its shores?", "The Marianas"),
        gap("Quakers in the US gave {{c1::a tenth::share}} of their income."),
    ],
    "two_answers": [
        ask("Which moon of Jupiter is covered with ice?", "Europa"),
        ask("Which countries border on Liechtenstein?", "Austria and Switzerland"),
        ask("Which state joined the Hanseatic League in 1358?", "Bremen"),
        ask("What did Linnaeus name in Systema Naturae?", "4,400 animals"),
        gap("Like {{c1::basalt}}, granite forms when molten rock cools."),
        gap("Bolivia and {{c1::Chile}} fought for the Atacama."),
        gap("The league of {{c1::Ulm and Zug::which two towns?}} and other towns met in Basel."),
        gap("In {{c1::1884::year}} Bolivia, Peru and Chile made a truce."),
    ],
    "answer_leaked": [
        ask("Which peace ended the war in Westphalia?", "The Peace of Münster"),
        ask("Which language is spoken in Andorra?", "Catalan"),
        ask("What is the term for surgery that reduces weight?", "Bariatric surgery"),
        gap("Jarvis is the county seat of {{c1::Duval County}} in Florida."),
        gap("Lund lies {{c1::340 miles}} (550 km) north of Kiel and 25 miles south of Åby."),
        ask("Between which years did Olof Palme govern Sweden?", "1969 and 1976"),
        gap("The laws of planets were found by {{c1::Kepler}} in Prague."),
        define("erosion", "the wearing away of soil by wind and water"),
    ],
    "too_long": [
        ask("Which French astronomer measured the meridian from Dunkirk?", "Méchain"),
        gap("Large glaciers cover {{c1::the north of Greenland}} all year."),
        define("isthmus", "a neck of land that joins two larger lands"),
    ],
    "trivial": [
        ask("What is a hygrometer?", "An instrument for humidity"),
        ask("How many strings does a cello have?", "Four"),
        ask("Who was Hypatia?", "A mathematician of Alexandria"),
        gap("{{c1::Basalt}} forms when lava cools quickly."),
        define("basalt", "a dark rock of cooled lava"),
    ],
    "opinion_as_fact": [
        ask("What does Ruskin call the Doge’s Palace?", "A wonderful building"),
        ask("Which gas is essential for the breathing of fish?", "Oxygen"),
        define("Lisbon", "the capital of Portugal since 1255"),
        ask("Which drug is effective against malaria?", "Artemisinin"),
        ask("Which lake was just 3 m deep in 1990?", "Lake Chad"),
        gap("Midsummer was celebrated on {{c1::24 June::date}} in all of Sweden."),
        ask("How do critics describe the opera Tosca?", "A shabby shocker"),
    ],
    "dropped_modality": [
        ask("Which birds may have reached Hawaii?", "Finches", "Finches may have reached Hawaii."),
        ask("Which bridge was opened in May 1883?", "The Brooklyn Bridge",
            "In May 1883, on the 24th, the Brooklyn Bridge was opened."),
        ask("Which bridge was opened in 1883?", "The Brooklyn Bridge",
            "The Brooklyn Bridge was opened on 24 May in 1883."),
        ask("What share of Finns is left-handed?", "8%",
            "8% of Finns is left-handed, which is no fault of left-handed people."),
        ask("Which metal doesn’t rust in dry air?", "Gold", "Gold does not rust in dry air."),
        term_note(front="Agfa", back="a branch of Bayer", term="Agfa", evidence=evidence(
            "Agfa, a branch of Bayer, formerly made film.")),
        ask("Who wrote plays and sonnets in London?", "Shakespeare",
            "Shakespeare wrote not only plays but sonnets in London."),
        ask("Who claimed that Richard III murdered the princes?", "Tudor writers",
            "Tudor writers claimed that Richard III murdered the princes."),
    ],
    "broken_agreement": [
        ask("Which countries are on the Adriatic?", "Croatia and Albania"),
        ask("Which series was printed in Leiden?", "The Elzevirs"),
        ask("Who are the founders of the Bauhaus?", "Gropius and others of Weimar"),
        ask("Which virus is carried by ticks?", "The TBE virus"),
        ask("Which people were led by Boudica?", "The Iceni"),
        ask("What did Harvey need in London?", "A licence"),
        ask("Which European state has a unicorn in its arms?", "Scotland"),
        ask("How many states are in the union of Australia?", "Six"),
        ask("Which town did the river Elbe flood in 2002?", "Dresden"),
        ask("Which river flows past Walla Walla?", "The Walla Walla River"),
        ask("Which country are Alma and Omsk in?", "Russia"),
        ask("What did Kepler compute and Newton prove?", "The orbits of planets"),
        ask("In which decade did the Hanse trade with Bergen?", "The 1360s"),
        define("ozone", "a form of oxygen with three atoms"),
    ],
    "not_standing_alone": [
        ask("How many people lived in Nauru as of 2021, and currently?", "10,000"),
        ask("Which party won the election in Malta in 1971?", "Labour"),
        ask("What did the author of Emma die of in 1817?", "Addison’s disease"),
        ask("In “Venice”, what does the author compare the town with?", "A ship"),
        ask("Which isotope is used to date bones?", "Carbon-14"),
        ask("Which country annexed the port of Fiume on January 27, 1924?", "Italy"),
        ask("Which city celebrates the feast of Agatha every year on February 5?", "Catania"),
    ],
    "unanswerable": [
        ask("Who discovered oxygen in Uppsala?", "Scheele", "Scheele found oxygen in Uppsala."),
        ask("Who founded a school in Weimar?", "Walter Gropius",
            "Gropius founded a school in Weimar."),
    ],
}  # fmt: skip


def rules(note: Note) -> set[str]:
    return {finding.rule for finding in lint(note)}


@pytest.mark.parametrize(
    ("rule", "note"), [(rule, note) for rule, notes in BAD.items() for note in notes]
)
def test_a_bad_card_is_found(rule: str, note: Note) -> None:
    assert rule in rules(note)


@pytest.mark.parametrize(
    ("rule", "note"), [(rule, note) for rule, notes in GOOD.items() for note in notes]
)
def test_a_good_card_is_left_alone(rule: str, note: Note) -> None:
    assert rule not in rules(note)


def test_every_rule_has_good_and_bad_cards() -> None:
    assert set(BAD) == set(GOOD) == set(REASONS) - {"duplicate"}
    assert all(len(BAD[rule]) >= 3 and len(GOOD[rule]) >= 2 for rule in BAD)


def numbered(*cards: tuple[str, str]) -> list[Note]:
    return [
        question_note(id=str(n), front=front, back=back, evidence=evidence(f"{front} {back}"))
        for n, (front, back) in enumerate(cards)
    ]


def test_one_question_in_two_wordings_is_a_duplicate() -> None:
    notes = numbered(
        ("Which Dutch town did the sea flood in 1421?", "Dordrecht"),
        ("Which town in Holland was taken by Spain in 1572?", "Dordrecht"),
        ("In which year did the sea flood Dordrecht?", "1421"),
        ("What Dutch town was flooded in 1421 by the sea?", "Dordrecht"),
        ("Which Dutch town did the seas flood in 1421?", "Dordrecht"),
    )
    found = lint_deck(notes)
    repeated = [id_ for id_, faults in found.items() if "duplicate" in {f.rule for f in faults}]
    assert repeated == ["3", "4"]


def test_two_answers_to_alike_questions_are_two_cards() -> None:
    notes = numbered(
        ("Which queen ruled Sweden in 1640?", "Christina"),
        ("Which king ruled Sweden in 1660?", "Charles XI"),
    )
    assert all(not faults for faults in lint_deck(notes).values())
