"""An Anki collection as plain values: what a package holds, whatever the form of its file.

Note types, decks and presets keep their whole configuration as the JSON that Anki itself uses in
its exchange format (schema 11), so that what Glossator doesn't know goes back as it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: Between the fields of a note, in Anki's own file.
FIELD_SEPARATOR = "\x1f"

#: Kinds of cards (column ``type``) and of queues, as Anki numbers them.
NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3
QUEUE_BURIED_BY_READER, QUEUE_BURIED, QUEUE_SUSPENDED = -3, -2, -1
QUEUE_NEW, QUEUE_LEARNING, QUEUE_REVIEW, QUEUE_DAY_LEARNING, QUEUE_PREVIEW = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class CollectionNote:
    """A note: ``fields`` are HTML in the order of its type, ``modified`` is in seconds."""

    id: int
    guid: str
    type_id: int
    modified: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """A card with Anki's own columns.

    ``due`` is a place among new cards, a day since the collection's creation, or a time in
    seconds, as ``kind`` and ``queue`` say. ``interval`` is in days, below zero in seconds.
    ``data`` is JSON: stability ``s``, difficulty ``d``, last review ``lrt`` and others.
    """

    id: int
    note_id: int
    deck_id: int
    ordinal: int
    modified: int
    kind: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    home_due: int
    home_deck_id: int
    flags: int
    data: str

    @property
    def own_deck_id(self) -> int:
        """The deck that the card belongs to, also while a filtered deck holds it."""
        return self.home_deck_id or self.deck_id

    @property
    def own_due(self) -> int:
        """``due`` as it is outside a filtered deck."""
        return self.home_due if self.home_deck_id and self.home_due else self.due

    @property
    def flag(self) -> int:
        """The number of the card's flag, 0 for none."""
        return self.flags & 7


@dataclass(frozen=True, slots=True)
class CollectionReview:
    """A line of the review log: ``id`` is its time in milliseconds, ``took`` is in them too.

    ``rating`` is 1–4, 0 where the schedule was set by hand. Intervals are in days, below zero in
    seconds. ``kind`` is 0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled.
    """

    id: int
    card_id: int
    rating: int
    interval: int
    last_interval: int
    factor: int
    took: int
    kind: int


@dataclass(frozen=True, slots=True)
class CollectionNoteType:
    """A note type; ``config`` is the whole of it, as Anki exchanges it."""

    id: int
    name: str
    modified: int
    config: dict[str, Any]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(str(field["name"]) for field in self.config["flds"])

    @property
    def templates(self) -> tuple[tuple[str, str, str], ...]:
        """Name, front and back of each template, in order."""
        return tuple((str(t["name"]), str(t["qfmt"]), str(t["afmt"])) for t in self.config["tmpls"])

    @property
    def is_cloze(self) -> bool:
        """Whether its cards are the gaps of its fields."""
        return bool(self.config.get("type") == 1)

    @property
    def css(self) -> str:
        """The style of its cards."""
        return str(self.config.get("css", ""))


@dataclass(frozen=True, slots=True)
class CollectionDeck:
    """A deck under its nested name (``A::B``); ``preset_id`` is 0 for a filtered one."""

    id: int
    name: str
    modified: int
    preset_id: int
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CollectionPreset:
    """Deck options under a name."""

    id: int
    name: str
    modified: int
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that notes name; ``member`` is where the package has it."""

    name: str
    member: str
    size: int
    sha1: str


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a package holds, but the bytes of its media.

    ``created`` is in seconds; days are counted from it, in the zone that was ``created_west``
    minutes west of Greenwich (``None`` where the collection doesn't say). ``left_out`` says in
    sentences what of the file is not in here.
    """

    created: int
    created_west: int | None
    fsrs: bool
    notes: tuple[CollectionNote, ...]
    cards: tuple[CollectionCard, ...]
    reviews: tuple[CollectionReview, ...]
    note_types: tuple[CollectionNoteType, ...]
    decks: tuple[CollectionDeck, ...]
    presets: tuple[CollectionPreset, ...]
    media: tuple[MediaFile, ...]
    left_out: tuple[str, ...] = ()
