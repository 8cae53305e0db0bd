"""Which of several things of one name a definition is of."""

from __future__ import annotations

import pytest

from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from tests.documents import document_of


def definition_of(term: str, text: str) -> str | None:
    for entry in extract_glossary(analyse(document_of(text))).terms:
        if term in (entry.term, *entry.aliases):
            return entry.definition.text if entry.definition else None
    return None


@pytest.mark.parametrize(
    ("term", "text", "says"),
    [
        ("Georgia", "In Georgia they met. Georgia borders Armenia and Turkey.", "country"),
        ("Georgia", "In Georgia they met, far from Savannah. The United States grew.", "United"),
        ("US", "The US and the UK signed the treaty in spring.", "North America"),
        ("UK", "The US and the UK signed the treaty in spring.", "United Kingdom"),
        ("St Petersburg", "She sang in St Petersburg for years.", "Petrograd"),
        ("Wakefield", "She left Leeds for Wakefield in England.", "a city in the United Kingdom"),
    ],
)
def test_a_name_has_the_definition_of_what_the_text_means(term: str, text: str, says: str) -> None:
    assert says in (definition_of(term, text) or "")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Wakefield", "They moved to Wakefield that spring."),
        ("PLATO", "The probe PLATO will be launched in May. PLATO looks for planets."),
    ],
)
def test_where_it_is_not_plain_which_is_meant_there_is_no_definition(term: str, text: str) -> None:
    assert definition_of(term, text) is None
