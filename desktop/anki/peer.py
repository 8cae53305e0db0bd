"""What an exchange needs of Anki, whichever way it is reached; and what it is told to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from desktop.anki.sides import NoteSide, TheirNote
from desktop.decks.collection import CollectionReview
from desktop.decks.note_types import (
    NOTE_TYPES,
    OCCLUSION,
    AnkiNoteType,
    is_untouched,
    look,
    style,
)

#: The note types whose notes are compared and written.
OUR_TYPES: dict[str, AnkiNoteType] = {t.name: t for t in (*NOTE_TYPES.values(), OCCLUSION)}


@dataclass(frozen=True, slots=True)
class Write:
    """A note in Anki and how it should stand there; ``media`` are the files it now names."""

    note: TheirNote
    wanted: NoteSide
    media: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """Templates (front and back, by name) and style of a note type."""

    templates: Mapping[str, tuple[str, str]]
    css: str

    @classmethod
    def of(cls, note_type: AnkiNoteType) -> Look:
        """Return how this version writes a note type."""
        templates = note_type.written_templates()
        return cls({t["name"]: (t["qfmt"], t["afmt"]) for t in templates}, style())

    @property
    def digest(self) -> str:
        """The digest by which it is known."""
        return look(self.templates, self.css)


def upgrade_types(peer: Peer) -> list[str]:
    """Give note types that an earlier version wrote their newest look; return the others' names.

    Those that the reader has edited in Anki stay as they are.
    """
    edited = []
    for name, there in peer.types().items():
        ours = Look.of(OUR_TYPES[name])
        if there.digest == ours.digest:
            continue
        if is_untouched(there.digest):
            peer.update_type(name, ours)
        else:
            edited.append(name)
    return edited


@dataclass(frozen=True, slots=True)
class Progress:
    """Schedules for cards in Anki, as its columns by name, and answers that its log lacks."""

    cards: Sequence[Mapping[str, Any]] = ()
    reviews: Sequence[CollectionReview] = ()


class Readable(Protocol):
    """One collection of Anki's; ``key`` names it among those that the library has met."""

    key: str

    def notes(self, known: Mapping[int, str]) -> list[TheirNote]:
        """Return all notes of our types; ``known`` gives our ids of Anki's."""


class Peer(Readable, Protocol):
    """A collection that can be written."""

    def add(self, package: bytes) -> None:
        """Take in a package of notes; those that Anki has already stay single."""

    def write(self, writes: Sequence[Write]) -> None:
        """Bring notes to how they should stand; what could not be done is seen by reading again."""

    def delete(self, anki_ids: Sequence[int]) -> None:
        """Delete notes with their cards."""

    def drop_decks(self, names: Sequence[str]) -> None:
        """Remove those of the decks that are empty, with all within them."""

    def types(self) -> dict[str, Look]:
        """Return how our note types look there, by our own names of them."""

    def update_type(self, name: str, look: Look) -> None:
        """Give one of our note types its newest look."""


def card_changes(write: Write) -> dict[str, dict[object, list[int]]]:
    """Return, for deck, suspension and flag, the new values with the ids of the cards they are for.

    A card that only Anki has (a definition asks for its term there) goes with the note's first.
    """
    changes: dict[str, dict[object, list[int]]] = {"deck": {}, "suspended": {}, "flag": {}}
    now, wanted = write.note.side.cards, write.wanted.cards
    for ordinal, card_id in write.note.card_ids.items():
        if ordinal not in now:
            continue
        target = wanted.get(ordinal, now[ordinal])
        for part, found in changes.items():
            if getattr(target, part) != getattr(now[ordinal], part):
                found.setdefault(getattr(target, part), []).append(card_id)
    return changes
