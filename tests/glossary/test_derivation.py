"""Words that no dictionary has, explained through their parts, or not at all."""

from __future__ import annotations

import pytest

from desktop.glossary.extract import extract_glossary
from desktop.glossary.sources.opening import EMBEDDED
from desktop.language.analysis import analyse
from tests.documents import document_of


@pytest.mark.parametrize(
    ("word", "pos", "text"),
    [
        ("multipolar", "ADJ", "multi- (many) + polar"),
        ("unaligned", "ADJ", "not aligned"),
        ("underfund", "VERB", "fund too little"),
        ("remonetise", "VERB", "monetise again (monetise: give legal value to"),
    ],
)
def test_sure_parts_explain_a_word(word: str, pos: str, text: str) -> None:
    (entry,) = EMBEDDED.senses(word, pos)
    assert entry.gloss.startswith(text)
    assert entry.reference.startswith("Derived from ")
    assert "Open English WordNet" in entry.reference


@pytest.mark.parametrize(
    ("word", "pos"),
    [
        ("pushback", "NOUN"),  # no affix of a fixed meaning
        ("purported", "ADJ"),  # nor here
        ("anticlerical", "ADJ"),  # "clerical" is rare and has several senses
        ("reqwxzy", "VERB"),  # the stem is no word
        ("underfund", "NOUN"),  # the prefix goes with verbs
        ("unmon", "ADJ"),  # too short to be sure
    ],
)
def test_what_is_not_sure_is_left_alone(word: str, pos: str) -> None:
    assert EMBEDDED.senses(word, pos) == ()


def test_a_word_that_the_dictionary_has_is_not_taken_apart() -> None:
    assert all("Derived" not in sense.reference for sense in EMBEDDED.senses("undoable", "ADJ"))


def test_the_glossary_marks_what_it_derived() -> None:
    document = document_of("The nerve cells of the spine are multipolar and large.")
    terms = {term.term: term for term in extract_glossary(analyse(document)).terms}
    definition = terms["multipolar"].definition
    assert definition is not None
    assert definition.reference is not None
    assert definition.reference.startswith("Derived from multi-")
