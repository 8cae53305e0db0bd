"""Which names are found, with which borders and kinds; each text shows one thing."""

from __future__ import annotations

import pytest

from desktop.glossary.entities import group_names
from desktop.glossary.extract import extract_glossary
from desktop.glossary.names import find_mentions
from desktop.glossary.peoples import home_of
from desktop.glossary.term import TermKind
from desktop.language.analysis import analyse
from desktop.reading.document import Mark, MarkKind
from tests.documents import document_of


def names_in(*paragraphs: str, marks: dict[int, tuple[Mark, ...]] | None = None) -> dict[str, str]:
    analysis = analyse(document_of(*paragraphs, marks=marks))
    mentions = find_mentions(analysis)
    for mention in mentions:
        assert analysis.document.quote(mention.span) == mention.text
    return {name.term: name.kind.value for name in group_names(mentions, {}, {})}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Yesterday German Chancellor Angela Merkel spoke at length.", "Angela Merkel", "person"),
        ("We met US Secretary of State Henry Kissinger there.", "Henry Kissinger", "person"),
        ("They joined Lee's Belt and Road Initiative in May.", "Belt and Road Initiative", None),
        ("He left for the People's Republic of China.", "People's Republic of China", "place"),
        ("She works at the University of Oxford these days.", "University of Oxford", None),
        ("It was signed by the European Space Agency.", "European Space Agency", "organisation"),
        ("They fought in the Battle of Hastings together.", "Battle of Hastings", "event"),
        ("It confirms the Doppler effect once more.", "Doppler effect", "concept"),
        ("They fell in the First Balkan War that spring.", "First Balkan War", "event"),
        ("The barges went up the Ebro to the mills.", "Ebro", "place"),
        ("It was founded by the Quakers Joseph Rowntree and others.", "Joseph Rowntree", "person"),
        ("The court decided Hartwell v. Denby in spring.", "Hartwell v. Denby", "event"),
        ("The lorry builder Kamsted cut its prices.", "Kamsted", "organisation"),
        ("Later that day Kenny bought a kite.", "Kenny", "person"),
        ("The singer played Paper Moon for RKO.", "Paper Moon", None),
        ("The First Minister spoke and the First Minister left.", "First Minister", "concept"),
        ("Roads to Tarsk froze. Neighbouring Tarsk sent two helicopters.", "Tarsk", None),
        ("Archaeologist Mary Leakey dug there.", "Mary Leakey", "person"),
        ("He worked for Marlow & Finch in Leeds.", "Marlow & Finch", "organisation"),
        ("The crew of Apollo 11 returned safely.", "Apollo 11", None),
        ("We met Tyrone Mings and Isaiah D. Hart there.", "Tyrone Mings", "person"),
        ("They climbed Mount Mtatsminda at dawn.", "Mount Mtatsminda", "place"),
        ("It had read “The Lord of the Flies” twice.", "The Lord of the Flies", "work"),
        ("They rode across the Iberian peninsula.", "Iberian peninsula", "place"),
        ("He fell in the battle of Varna that year.", "battle of Varna", "event"),
        ("She left the Conservative party in spring.", "Conservative party", "organisation"),
        ("They visited companies such as Kessmar and Oltry.", "Kessmar", "organisation"),
        ("Rivers including the Tarrow and the Oskel froze.", "Oskel", "place"),
        ("We saw President-elect Maria Hansen there.", "Maria Hansen", "person"),
        ("Judges sought Karim Yusuf al-Rashid for years.", "Karim Yusuf al-Rashid", "person"),
        ("The bill passed the Texas Congress in May.", "Texas Congress", "organisation"),
        ("It was so before. [The Bread of Ulm, p. 12]", "Bread of Ulm", "work"),
        ("It was sold by Kessmar Ltd. Retrieved in May.", "Kessmar Ltd.", "organisation"),
        ("They fly planes by Airbus and no other.", "Airbus", "organisation"),
    ],
)
def test_a_name_has_its_whole_extent_and_kind(sentence: str, name: str, kind: str | None) -> None:
    found = names_in(sentence)
    assert name in found
    assert kind in (None, found[name])


@pytest.mark.parametrize(
    "sentence",
    [
        "Surprisingly, nothing happened on Monday in January.",
        "However, Table lamps were sold. Never before had they cost so much.",
        "“Think,” he said. “Resign at once!”",
        "The result agrees with earlier work (Johnson & Lubin, 2011).",
    ],
)
def test_a_capital_alone_makes_no_name(sentence: str) -> None:
    assert names_in(sentence) == {}


def test_shorter_forms_are_joined_with_the_full_name() -> None:
    analysis = analyse(
        document_of(
            "Marie Curie studied in Paris. Curie's work was admired, and the Winter Olympic Games "
            "began. When the Games ended, Curie left."
        )
    )
    names = group_names(find_mentions(analysis), {}, {})
    by_term = {name.term: name for name in names}
    assert by_term["Marie Curie"].forms == {"Marie Curie": 1, "Curie": 2}
    assert by_term["Winter Olympic Games"].forms == {"Winter Olympic Games": 1, "Games": 1}


def test_a_family_name_that_two_people_share_is_nobodys() -> None:
    found = names_in("Heinrich Mann wrote to Thomas Mann. Later Mann answered from Munich.")
    assert {"Heinrich Mann", "Thomas Mann"} <= set(found)
    assert "Mann" not in found


def test_the_person_that_a_text_is_about_keeps_the_family_name() -> None:
    found = names_in(
        "Emmy Noether was born in Erlangen. Max Noether was a professor, too. At home Noether read "
        "a lot. Later Noether taught in Göttingen, and when Noether left, they wept."
    )
    assert {"Emmy Noether", "Max Noether"} <= set(found)
    assert "Noether" not in found


def test_the_whole_name_counts_where_the_short_one_is_used_more() -> None:
    found = names_in(
        "The Single Resolution Fund pays. The Fund is large, and the Fund grows. Banks feed the "
        "Fund each year."
    )
    assert "Single Resolution Fund" in found
    assert "Fund" not in found


def test_a_ruler_keeps_the_number() -> None:
    assert "Edward III" in names_in("In those years Edward III ruled over the island.")


def test_forms_that_the_encyclopaedia_knows_as_one_are_one() -> None:
    found = names_in("The United Kingdom voted. The UK then left. In the UK, prices rose.")
    assert [term for term in found if term in {"UK", "United Kingdom"}] == ["United Kingdom"]


def test_words_in_italics_are_works() -> None:
    text = "As the Meridian put it, nothing was certain."
    marks = {1: (Mark(7, 15, MarkKind.EMPHASIS),)}
    assert names_in(text, marks=marks) == {"Meridian": TermKind.WORK.value}


@pytest.mark.parametrize(
    ("demonym", "home"), [("Chinese", "China"), ("Taiwanese", "Taiwan"), ("wooden", None)]
)
def test_a_demonym_leads_home(demonym: str, home: str | None) -> None:
    assert home_of(demonym) == home


def test_a_family_name_after_the_full_name_is_the_persons_even_where_a_country_is_called_so() -> (
    None
):
    found = names_in("Michael Jordan won six titles with Chicago. Jordan scored 63 points.")
    assert "Jordan" not in found
    assert found["Michael Jordan"] == "person"


def test_a_persons_land_is_part_of_the_name_and_stays_a_place_of_its_own() -> None:
    found = names_in("Eric of Pomerania ruled badly. Eric fled. Pomerania was poor, they say.")
    assert "Eric of Pomerania" in found
    assert "Eric" not in found


def test_a_surname_that_is_a_country_gives_a_person_no_article_of_the_country() -> None:
    analysis = analyse(document_of("Luís Montenegro spoke in Lisbon. Montenegro was tired."))
    by_term = {name.term: name for name in group_names(find_mentions(analysis), {}, {})}
    assert by_term["Luís Montenegro"].article is None


def test_a_given_name_before_a_noun_is_a_person() -> None:
    text = "Thomas Brand kept the lighthouse in Norway from 1880 to 1892 and wrote to London."
    kinds = {t.term: t.kind for t in extract_glossary(analyse(document_of(text))).terms}
    assert kinds["Thomas Brand"] is TermKind.PERSON


def test_a_noun_may_be_left_away_from_a_name() -> None:
    found = names_in("Grenmark Brothers failed in June.", "So the state saved Grenmark at last.")
    assert found == {"Grenmark Brothers": "organisation"}


def test_inhabitants_are_no_names() -> None:
    assert names_in("They hired three Pakistanis for it.") == {}


def test_sure_names_of_a_list_speak_for_the_others() -> None:
    found = names_in("He flew to Berlin, Paris, Vienna and Dromsk within a week.")
    assert found["Dromsk"] == "place"


def test_a_verb_before_a_name_is_no_given_name() -> None:
    found = names_in(
        "The programme Represent Oltry began. Oltry pays for it, and people praise Oltry.",
        "So Oltry grew.",
    )
    assert "Oltry" in found
