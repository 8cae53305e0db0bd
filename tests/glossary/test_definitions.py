"""What the text says that a thing is, and what it only seems to say."""

from __future__ import annotations

import pytest

from desktop.glossary.definitions import stated_definitions
from desktop.glossary.extract import extract_glossary
from desktop.glossary.term import DefinitionSource, Term
from desktop.language.analysis import analyse
from tests.documents import document_of


def definitions_of(sentence: str, term: str) -> list[str]:
    doc = analyse(document_of(sentence, title=None)).docs[0]
    start = sentence.index(term)
    tokens = doc.char_span(start, start + len(term))
    return [stated.text for stated in stated_definitions(doc, tokens.start, tokens.end)]


def term_in(text: str, term: str) -> Term:
    glossary = extract_glossary(analyse(document_of(text)))
    return next(entry for entry in glossary.terms if term in (entry.term, *entry.aliases))


@pytest.mark.parametrize(
    ("sentence", "term", "definition"),
    [
        ("Osmosis is the movement of water through a membrane.", "Osmosis",
         "the movement of water through a membrane"),
        ("A stressor refers to any event that upsets a person.", "stressor",
         "any event that upsets a person"),
        ("They founded Rosatom, a state company for nuclear power.", "Rosatom",
         "a state company for nuclear power"),
        ("It joined a small league, called Mercosur, last year.", "Mercosur", "a small league"),
        ("They left the Quad security pact between Japan, India and Australia.", "Quad",
         "security pact between Japan, India and Australia"),
        ("He was born in the old port city of Odessa.", "Odessa", "old port city"),
        ("It is led by the Resolution Board (SRB), an agency in Brussels.", "Resolution Board",
         "an agency in Brussels"),
        ("The cog, a ship with one mast, carried grain.", "cog", "a ship with one mast"),
        ("It lies in basalt, which is a dark rock that cools fast.", "basalt",
         "a dark rock that cools fast"),
        ("Apes live by brachiation, or swinging through trees by the arms.", "brachiation",
         "swinging through trees by the arms"),
        ("Ballast: heavy material that keeps a ship upright.", "Ballast",
         "heavy material that keeps a ship upright"),
        ("We define inertia as the resistance of a body to a change of its motion.", "inertia",
         "the resistance of a body to a change of its motion"),
        ("The term inertia refers to the resistance of a body to change.", "inertia",
         "the resistance of a body to change"),
        ("The cell theory states that all living things are made of cells.", "cell theory",
         "states that all living things are made of cells"),
        ("Sublimation occurs when a solid turns into a gas at once.", "Sublimation",
         "occurs when a solid turns into a gas at once"),
        ("When a dog gets food each time, it is called continuous feeding.", "continuous feeding",
         "When a dog gets food each time"),
        ("He suffers from myopia, the inability to see what is far away.", "myopia",
         "the inability to see what is far away"),
        ("Grafting, the joining of two plants at a cut, takes a steady hand.", "Grafting",
         "the joining of two plants at a cut"),
        ("The quarry is famous for trilobites, extinct animals that lived in the sea.",
         "trilobites", "extinct animals that lived in the sea"),
        ("The Saudi-led alliance Desert Shield bombed the port.", "Desert Shield",
         "Saudi-led alliance"),
        ("The then prime minister Gro Harlem agreed.", "Gro Harlem", "then prime minister"),
        ("Her 1925 novel Quiet Water sold well.", "Quiet Water", "1925 novel"),
        ("The so-called Ostpolitik was a policy of small steps towards the East.", "Ostpolitik",
         "a policy of small steps towards the East"),
        ("Drafting is the ability to plan, draw, or change a hull.", "Drafting",
         "the ability to plan, draw, or change a hull"),
        ("It was a fifth stage of boat building, known as the fitting stage.", "fitting stage",
         "a fifth stage of boat building"),
        ("A thick band of wool fibres known as the hem runs round it.", "hem",
         "A thick band of wool fibres"),
        ("They feared the greenhouse effect: the warming of the air by gases.",
         "greenhouse effect", "the warming of the air by gases"),
        ("The shape of the sail (called the rig) differs.", "rig", "The shape of the sail"),
        ("Scurvy is a disease caused by want of fruit (Lind, 1753).", "Scurvy",
         "a disease caused by want of fruit"),
    ],
)  # fmt: skip
def test_a_stated_definition_is_found(sentence: str, term: str, definition: str) -> None:
    assert definition in definitions_of(sentence, term)


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Osmosis is not the movement of salt.", "Osmosis"),
        ("Inflation might be a passing phenomenon.", "Inflation"),
        ("The Wool Board may refer disputes to the court of the town.", "Wool Board"),
        ("Some cords, called shrouds, hold the mast.", "shrouds"),
        ("The guilds, especially the two old guilds of the port, agreed.", "guilds"),
        ("A loom consists of several wooden parts.", "loom"),
        ("Oak is a stronger timber than pine.", "Oak"),
        ("He worked for his whole life, a departure from the habits of the guild.", "life"),
        ("Glazes must be thin layers of glass.", "Glazes"),
        ("Glazing is a popular method of sealing pots.", "Glazing"),
        ("It came from leaks, wear, or changes that leaks bring about.", "leaks"),
        ("Is osmosis a process of its own?", "osmosis"),
        ("Moscow is a serious threat.", "Moscow"),
        ("Paris, Berlin and Rome agreed.", "Paris"),
        ("They turn gas into sugar, a process known as chemosynthesis.", "sugar"),
        ("It rests on a single assumption, the chain condition.", "assumption"),
        ("According to the sailors, scurvy is a punishment for sins.", "scurvy"),
        ("Some think that heat is a fluid that flows between bodies.", "heat"),
        ("It is unclear whether the tide is the work of the moon.", "tide"),
        ("They explained two effects, the bending of light.", "effects"),
        ("My old neighbour, the tax collector, is ill.", "neighbour"),
        ("A common error was the belief that the sun moves.", "common error"),
        ("The fleet, which they called the new order, sailed.", "new order"),
        ("They saw an extension of the keel, the rudder, at once.", "keel"),
        ("The final stage is the drying of the cloth.", "final stage"),
        ("Frost is the most common cause of damage.", "Frost"),
        ("He sailed to the wealthiest city of Sicily.", "Sicily"),
        ("It was, according to the Board of Wool, a leading fault of the plan.", "Board of Wool"),
        ("The guild believed in it, but The Loom was the only paper of the year.", "guild"),
        ("A final sign, rust, refers to an old blade.", "final sign"),
        ("They solved one of the hard riddles known as the Harald puzzle.", "puzzle"),
        ("The harbour report states that ten ships sank.", "harbour report"),
        ("Weaving is the third branch of the craft.", "third branch"),
        ("Keywords: wool, looms, dyes", "Keywords"),
        ("In this case, brine is a liquid that burns.", "brine"),
        ("Rust is the red sign.", "Rust"),
        ("They fed a stray animal (the dog of a miller).", "animal"),
        ("It lies between waking and sleep, the hour of dreams.", "sleep"),
        ("Salt can be a costly good of the coast.", "Salt"),
        ("Pitch is the most commonly used cover for hulls.", "Pitch"),
        ("Fouling is often called the common cold of ships.", "common cold"),
        ("He led the mint, a position that he kept for years.", "mint"),
        ("The port, the town's oldest district, burnt.", "port"),
        ("Ten men had scurvy (a great risk at sea was want of fruit).", "scurvy"),
    ],
)
def test_denials_hedges_questions_opinions_and_lists_define_nothing(
    sentence: str, term: str
) -> None:
    assert definitions_of(sentence, term) == []


def test_the_text_comes_before_the_encyclopaedia_and_quotes_its_sentence() -> None:
    text = "They landed in Crimea. Crimea is a peninsula that two states claim."
    definition = term_in(text, "Crimea").definition
    assert definition is not None
    assert definition.source is DefinitionSource.DOCUMENT
    assert definition.text == "a peninsula that two states claim"
    assert definition.evidence is not None
    assert definition.evidence.quote == "Crimea is a peninsula that two states claim."


def test_a_name_unknown_to_all_sources_has_no_definition() -> None:
    assert (
        term_in("Yesterday Jorunn Haugbolle wrote to us again.", "Jorunn Haugbolle").definition
        is None
    )


def test_a_newspaper_is_not_defined_as_the_common_noun() -> None:
    text = "He read it in “The Economist” and agreed."
    definition = term_in(text, "The Economist").definition
    assert definition is None or "expert" not in definition.text


def test_two_powers_are_not_the_energy_of_that_name() -> None:
    glossary = extract_glossary(analyse(document_of("Two nuclear powers signed the treaty.")))
    assert not [t for t in glossary.terms if t.term == "nuclear power"]


@pytest.mark.parametrize("name", ["DNA", "Deoxyribonucleic acid"])
def test_an_abbreviation_keeps_the_definition_of_its_long_form(name: str) -> None:
    text = "Deoxyribonucleic acid (DNA) is a molecule that carries inherited traits. DNA is copied."
    definition = term_in(text + " Each cell has DNA. All DNA lies coiled. DNA is long.", name)
    assert definition.definition is not None
    assert "molecule that carries" in definition.definition.text


def test_a_place_is_not_described_as_another_thing_of_its_name() -> None:
    text = "The bridge over the river Varna collapsed. Farmers along the river Varna were cut off."
    assert term_in(text, "Varna").definition is None


def test_an_article_of_another_country_says_nothing_of_a_place() -> None:
    text = "Oedipus ruled in Thebes. Sophocles set three plays in Thebes, a city of Boeotia."
    definition = term_in(text, "Thebes").definition
    assert definition is None or "Egypt" not in definition.text
