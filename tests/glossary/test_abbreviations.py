from __future__ import annotations

import pytest

from desktop.glossary.abbreviations import explained, find_abbreviations, is_short_form
from desktop.glossary.extract import extract_glossary
from desktop.glossary.term import TermKind
from desktop.language.analysis import analyse
from desktop.reading.document import BlockKind
from tests.documents import document_of


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The World Health Organization (WHO) met.", "WHO", "World Health Organization"),
        ("The WHO (World Health Organization) met.", "WHO", "World Health Organization"),
        ("The World Health Organization, or WHO, met.", "WHO", "World Health Organization"),
        ("WHO, the World Health Organization, met.", "WHO", "World Health Organization"),
        ("The Single Supervisory Mechanism (SSM) met.", "SSM", "Single Supervisory Mechanism"),
        ("Levels of messenger RNA (mRNA) rose.", "mRNA", "messenger RNA"),
        ("Its gross domestic product (GDP; in dollars) fell.", "GDP", "gross domestic product"),
        ("All heat pumps (HPs) hum.", "HPs", "heat pumps"),
        ("The dark matter halo (hereafter “DMH”) is large.", "DMH", "dark matter halo"),
        ("GPS stands for Global Positioning System.", "GPS", "Global Positioning System"),
        ("The central processing unit/CPU is hot.", "CPU", "central processing unit"),
        ("Great mammals (baleen whales, BW) sing.", "BW", "baleen whales"),
        (
            "They found transforming growth factor β (TGF-β).",
            "TGF-β",
            "transforming growth factor β",
        ),
        ("It drew two-dimensional (2D) maps.", "2D", "two-dimensional"),
        ("Loaves of 1,3-dioxane (DOX) were weighed.", "DOX", "1,3-dioxane"),
        ("Most (forced expiratory volume (FEV)) fell.", "FEV", "forced expiratory volume"),
        ("At ninety beats per minute (bpm) it stops.", "bpm", "beats per minute"),
        ("The gamma interferon (IFN-gamma) rose.", "IFN-gamma", "gamma interferon"),
        ("Cells of Bacillus cereus (B. cereus) grew.", "B. cereus", "Bacillus cereus"),
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
    [
        "He came late (as usual) and left.",
        "The pact (signed in 1950) failed.",
        "See page (12).",
        "They are considered as contributing factors (CDC, 2021).",
        "It has been much promoted (p. 6).",
        "NASA, never wholly at sea, said so.",
    ],
)
def test_other_brackets_hold_no_abbreviation(text: str) -> None:
    assert find_abbreviations(document_of(text)) == []


def test_a_short_form_has_capitals_or_digits() -> None:
    assert is_short_form("NATO")
    assert is_short_form("CO2")
    assert is_short_form("tRNA")
    assert not is_short_form("usual")
    assert not is_short_form("Usual")


def test_an_abbreviation_explained_under_a_picture_is_known_in_the_whole_text() -> None:
    document = document_of(
        "The LHC broke down in spring.",
        "Engineers repaired the LHC at once.",
        frame=((BlockKind.CAPTION, "The Large Hadron Collider (LHC)"),),
    )
    terms = extract_glossary(analyse(document)).terms
    (term,) = [t for t in terms if "LHC" in (t.term, *t.aliases)]
    assert "Large Hadron Collider" in (term.term, *term.aliases)
    assert {mention.block for mention in term.mentions} == {1, 2, 3}


def test_every_place_that_explains_is_found_and_each_short_form_once() -> None:
    document = document_of("A heat pump (HP) hums.", "The heat pumps (HP) hum.")
    assert [found.long for found in explained(document)] == ["heat pump", "heat pumps"]
    assert [found.long for found in find_abbreviations(document)] == ["heat pump"]


def test_a_common_noun_is_no_name_because_it_is_abbreviated() -> None:
    document = document_of("A reverse osmosis unit (ROU) cleans water.", "The ROU is loud.")
    terms = extract_glossary(analyse(document)).terms
    (term,) = [t for t in terms if "ROU" in (t.term, *t.aliases)]
    assert term.kind in {TermKind.ABBREVIATION, TermKind.CONCEPT}
    assert len(term.mentions) == 3
