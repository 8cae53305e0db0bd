from __future__ import annotations

import pytest

from desktop.glossary.candidates import find_concepts
from desktop.glossary.extract import extract_glossary
from desktop.glossary.keyphrases import longness, rank_candidates
from desktop.glossary.noun_phrases import find_phrases
from desktop.glossary.term import TermKind
from desktop.language.analysis import Analysis, analyse
from tests.documents import document_of

_CHEESE = (
    "Making cheese begins with milk and a starter culture. A starter culture is a mixture of "
    "bacteria that turns the sugar of milk into acid. Most dairies warm the milk for an hour "
    "before they add anything else, and people have done so for years.",
    "Then rennet is added. Rennet is a set of enzymes from the stomach of calves, which makes the "
    "milk set. This setting is called coagulation. The degree of acidity decides how firm the "
    "curd becomes, and dairies measure the degree of acidity twice a day.",
    "Some cheeses are washed with brine. The washed rind grows bacteria that smell strongly, and "
    "a washed rind protects the inside. A starter culture (SC) can be bought dry, and each SC has "
    "its own taste. Coagulation takes an hour, and the curd is cut in the morning.",
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(document_of(*_CHEESE, title="How cheese is made"))


def test_noun_phrases_are_found_with_their_parts_and_all_their_places(analysis: Analysis) -> None:
    phrases = find_phrases(analysis)
    assert len(phrases["starter culture"].places) == 3
    assert len(phrases["degree of acidity"].places) == 2
    assert "culture" in phrases
    assert not any(place.whole for place in phrases["culture"].places)
    assert "cheese" in phrases  # singular and plural are one
    doc = analysis.docs[1]
    first = phrases["starter culture"].places[0]
    assert doc[first.start : first.end].text == "starter culture"


def test_a_word_without_a_singular_keeps_its_form() -> None:
    phrases = find_phrases(analyse(document_of("Many rare species live in the two mild valleys.")))
    assert "rare species" in phrases
    assert "mild valley" in phrases


def test_a_phrase_with_a_hyphen_is_one_word() -> None:
    phrases = find_phrases(analyse(document_of("A well-known side-effect is a top-down process.")))
    assert "top-down process" in phrases
    assert phrases["top-down process"].words == ("top-down", "process")


def test_what_a_text_defines_ranks_before_what_it_mentions(analysis: Analysis) -> None:
    order = [item.phrase.key for item in rank_candidates(analysis)]
    for term in ("starter culture", "rennet", "coagulation"):
        for other in ("hour", "morning", "mixture", "inside", "people"):
            if other in order:
                assert order.index(term) < order.index(other)


def test_ranks_are_probabilities_and_the_same_each_time(analysis: Analysis) -> None:
    ranked = rank_candidates(analysis)
    values = [item.probability for item in ranked]
    assert values == sorted(values, reverse=True)
    assert all(0.0 < value < 1.0 for value in values)
    again = rank_candidates(analysis)
    assert [(i.phrase.key, i.probability) for i in again] == [
        (i.phrase.key, i.probability) for i in ranked
    ]


def test_length_counts_from_an_abstract_to_a_section() -> None:
    assert longness(5.0) == 0.0
    assert 0.0 < longness(9.0) < 1.0
    assert longness(16.0) == 1.0


def test_the_first_entries_say_what_the_text_is_about(analysis: Analysis) -> None:
    first = [term.term for term in extract_glossary(analysis).terms[:2]]
    assert first == ["starter culture", "coagulation"]


def test_a_concept_and_its_abbreviation_are_one_entry(analysis: Analysis) -> None:
    terms = [t for t in extract_glossary(analysis).terms if "SC" in (t.term, *t.aliases)]
    (term,) = terms
    assert term.term == "starter culture"
    assert term.kind is TermKind.CONCEPT
    assert len(term.mentions) == 5


def test_capitals_inside_a_phrase_stay() -> None:
    document = document_of(
        "Every DNA test is slow. A DNA test is a comparison of two samples of tissue.",
        "The DNA test costs little. They repeat each DNA test.",
    )
    phrases = [concept.phrase for concept in find_concepts(analyse(document), set())]
    assert "DNA test" in phrases


def test_an_apposition_to_a_whole_phrase_defines_no_part_of_it() -> None:
    document = document_of("It was a letter of thanks, a way to keep the peace with the dairy.")
    assert not [c for c in find_concepts(analyse(document), set()) if c.phrase.startswith("thank")]
    document = document_of("They add rennet, a mixture of enzymes that makes the milk set.")
    assert [c.phrase for c in find_concepts(analyse(document), set())] == ["rennet"]


def test_no_text_has_no_phrases() -> None:
    assert rank_candidates(analyse(document_of(title=None))) == []


def test_a_term_joined_by_of_has_its_definition_and_its_parts_have_none() -> None:
    text = "Economies of scope, the savings of a firm that makes several things, grew. " * 2
    concepts = find_concepts(analyse(document_of(text, title=None)), set())
    assert [c.phrase for c in concepts if c.stated] == ["economies of scope"]


def test_what_only_compares_is_no_term() -> None:
    text = (
        "A larger anvil is a block of iron that a smith owns. Each anvil has a horn, and "
        "a larger anvil weighs more. The smith took the larger anvil."
    )
    concepts = find_concepts(analyse(document_of(text, title=None)), set())
    assert "larger anvil" not in [concept.phrase for concept in concepts]
