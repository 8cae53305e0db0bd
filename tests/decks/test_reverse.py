"""Definitions asked backwards."""

from __future__ import annotations

import pytest

from desktop.decks.reverse import definition_as_question


@pytest.mark.parametrize(
    ("term", "definition", "asked"),
    [
        (
            "Winter Games",
            "The Winter Games, also known as the games of winter, are held on snow.",
            "The […], also known as the […] of […], are held on snow.",
        ),
        ("Norway", "Norway's coast, the Norwegian shore", "[…] coast, the Norwegian shore"),
        ("fleet", "a number of ships, or of fleets", "a number of ships, or of […]"),
        ("UN", "the United Nations, or UN, of 1945", "the United Nations, or […], of 1945"),
        (
            "the sea",
            "what the waves of the sea are made of",
            "what the waves of the sea are made of",
        ),
        ("co-operation", "working together in a co-operation", "working together in a […]"),
        ("Fresnel lens", "A Fresnel lens is a lens of rings.", "A […] is a lens of rings."),
        ("lamp", "lamp", ""),
        ("of", "of or by", "[…] or by"),
    ],
)
def test_words_of_the_term_are_blanked(term: str, definition: str, asked: str) -> None:
    assert definition_as_question(definition, term) == asked
