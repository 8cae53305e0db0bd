from __future__ import annotations

import pytest

from desktop.glossary.abbreviations import find_abbreviations, is_short_form
from tests.documents import document_of


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The World Health Organization (WHO) met.", "WHO", "World Health Organization"),
        ("The WHO (World Health Organization) met.", "WHO", "World Health Organization"),
        ("The Single Supervisory Mechanism (SSM) met.", "SSM", "Single Supervisory Mechanism"),
        ("Levels of messenger RNA (mRNA) rose.", "mRNA", "messenger RNA"),
        ("Its gross domestic product (GDP; in dollars) fell.", "GDP", "gross domestic product"),
    ],
)
def test_short_and_long_form_are_paired_in_either_order(text: str, short: str, long: str) -> None:
    document = document_of(text)
    (found,) = find_abbreviations(document)
    assert (found.short, found.long) == (short, long)
    assert document.quote(found.short_span) == short
    assert document.quote(found.long_span) == long


@pytest.mark.parametrize(
    "text",
    ["He came late (as usual) and left.", "The pact (signed in 1950) failed.", "See page (12)."],
)
def test_other_brackets_hold_no_abbreviation(text: str) -> None:
    assert find_abbreviations(document_of(text)) == []


def test_a_short_form_has_capitals_or_digits() -> None:
    assert is_short_form("NATO")
    assert is_short_form("CO2")
    assert not is_short_form("usual")
