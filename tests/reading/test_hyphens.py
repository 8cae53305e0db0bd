"""Words cut at a line end: the document's own words decide first."""

from __future__ import annotations

import pytest

from desktop.reading.hyphens import Vocabulary, line_glue


def joined(left: str, right: str, text: str = "") -> str:
    line = left + "-"
    cut, glue = line_glue(line + right, len(line), len(line), Vocabulary([text]))
    return line[: len(line) - cut] + glue + right


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("bind", "ing", "binding"),
        ("govern", "ment", "government"),
        ("Penin", "sula", "Peninsula"),
        ("kilo", "metres", "kilometres"),
        ("Milwau", "kee", "Milwaukee"),
        ("Verwal", "tung", "Verwaltung"),
    ],
)
def test_a_known_or_impossible_pair_is_joined(left: str, right: str, word: str) -> None:
    assert joined(left, right) == word


@pytest.mark.parametrize(
    ("left", "right"),
    [("self", "ruled"), ("community", "based"), ("17th", "century"), ("Anglo", "Saxon"),
     ("U", "turn"), ("owned-and", "operated"), ("English", "speaking"), ("non", "residents")],
)  # fmt: skip
def test_a_compound_keeps_its_hyphen(left: str, right: str) -> None:
    assert joined(left, right) == f"{left}-{right}"


def test_the_document_overrules_the_list() -> None:
    assert joined("rain", "water", "rain-water and more rain-water") == "rain-water"
    assert joined("news", "stand", "a newsstand, two newsstand") == "newsstand"
    assert joined("Video", "Guard", "VideoGuard is sold as VideoGuard") == "VideoGuard"


def test_pieces_at_line_ends_are_no_evidence() -> None:
    vocabulary = Vocabulary(["a cul-\nture and a cul-\nture"])
    assert vocabulary.counts["cul"] == 0
    assert vocabulary.counts["ture"] == 0


def test_a_hanging_hyphen_stays() -> None:
    line = "both short-"
    assert line_glue(line + "and long-term", len(line), len(line), Vocabulary([])) == (0, " ")


def test_a_dash_is_no_hyphen() -> None:
    line = "the sea -"
    assert line_glue(line + "or land", len(line), len(line), Vocabulary([])) == (0, " ")


def test_a_soft_hyphen_always_goes() -> None:
    assert line_glue("Donau\u00adschiff", 6, 6, Vocabulary([])) == (1, "")
