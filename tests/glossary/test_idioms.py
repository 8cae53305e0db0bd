from __future__ import annotations

import sys

import pytest

from desktop.glossary.extract import extract_glossary
from desktop.glossary.idioms import find_idioms
from desktop.glossary.term import DefinitionSource, TermKind
from desktop.language.analysis import analyse
from tests.documents import document_of

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="the list of idioms is installed on Python 3.11 alone"
)


def _found(text: str) -> dict[str, list[str]]:
    document = document_of(text)
    found = find_idioms(analyse(document), set())
    return {
        idiom.phrase: [document.quote(span) for span in spans] for idiom, spans in found.items()
    }


@pytest.mark.parametrize(
    ("sentence", "idiom", "words"),
    [
        ("The baker kept a watchful eye on the oven.", "keep an eye on", "kept a watchful eye on"),
        ("She made no bones about her plans.", "make no bones about", "made no bones about"),
        ("The youngest will have the last laugh.", "have the last laugh", "have the last laugh"),
    ],
)
def test_an_idiom_is_found_inflected_and_with_words_inside(
    sentence: str, idiom: str, words: str
) -> None:
    assert _found(sentence) == {idiom: [words]}


@pytest.mark.parametrize(
    "sentence",
    [
        "The apples lay on the ground in the middle of the orchard.",
        "Birds have a high heart rate.",
        "He sat on the bench and ate his bread.",
    ],
)
def test_what_is_meant_literally_is_no_idiom(sentence: str) -> None:
    assert _found(sentence) == {}


def test_an_idiom_stands_in_the_glossary_with_wiktionary_s_definition() -> None:
    document = document_of("The twins ganged up on the new cook. She kept an eye on them.")
    glossary = extract_glossary(analyse(document))
    (term,) = [term for term in glossary.terms if term.term == "gang up on"]
    assert term.kind is TermKind.WORD
    assert [document.quote(mention) for mention in term.mentions] == ["ganged up on"]
    assert term.definition is not None
    assert term.definition.source is DefinitionSource.DICTIONARY
    assert term.definition.text.startswith("To ")
    assert term.definition.reference == "Wiktionary, “gang up on” (CC BY-SA 4.0)"
    assert "gang" not in {other.term for other in glossary.terms}
    without = extract_glossary(analyse(document), without={"gang up on"})
    assert "gang up on" not in {other.term for other in without.terms}


def test_idioms_are_not_explained_to_a_reader_at_c1() -> None:
    analysis = analyse(document_of("The twins ganged up on the new cook."))
    terms = {term.term for term in extract_glossary(analysis, level="C1").terms}
    assert "gang up on" not in terms
