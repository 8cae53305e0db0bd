"""Notes and decks for tests, each complete as the program makes them."""

from __future__ import annotations

from typing import Any

from desktop.decks.deck import Deck, Note, NoteKind
from desktop.reading.document import Evidence, Span


def evidence(quote: str = "The lamp was lit at dusk on 4 May 1871.", block: int = 3) -> Evidence:
    return Evidence(Span(block, 0, len(quote)), quote)


def question_note(**changes: Any) -> Note:
    values: dict[str, Any] = {
        "id": "glossator-q-1",
        "kind": NoteKind.QUESTION,
        "front": "When was the lamp lit?",
        "back": "at dusk on 4 May 1871",
        "evidence": evidence(),
        "tags": ("history",),
        "title": "The Keeper's Log",
        "author": "A. Keeper",
    }
    return Note(**values | changes)


def cloze_note(**changes: Any) -> Note:
    values: dict[str, Any] = {
        "id": "glossator-c-1",
        "kind": NoteKind.CLOZE,
        "front": "The lamp was lit at dusk on […].",
        "back": "The lamp was lit at dusk on 4 May 1871.",
        "cloze": "The lamp was lit at dusk on {{c1::4 May 1871::date}}.",
        "evidence": evidence(),
        "title": "The Keeper's Log",
        "author": "A. Keeper",
    }
    return Note(**values | changes)


def term_note(**changes: Any) -> Note:
    values: dict[str, Any] = {
        "id": "glossator-t-1",
        "kind": NoteKind.TERM,
        "front": "Fresnel lens",
        "back": "a lens of stepped rings that gathers the light of a lamp into a beam",
        "term": "Fresnel lens",
        "evidence": evidence("A Fresnel lens stood around the flame.", block=4),
        "title": "The Keeper's Log",
        "author": "A. Keeper",
    }
    return Note(**values | changes)


def deck(*notes: Note, name: str = "Glossator::The Keeper's Log") -> Deck:
    return Deck(
        name, "The Keeper's Log", "0" * 64, notes or (question_note(), cloze_note(), term_note())
    )
