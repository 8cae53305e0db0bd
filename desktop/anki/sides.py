"""What one side has of a note, as far as Glossator and Anki are compared: plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CardSide:
    """Where a card lies and whether it rests; ``flag`` is 0 for none."""

    deck: str
    suspended: bool = False
    flag: int = 0


@dataclass(frozen=True, slots=True)
class NoteSide:
    """Fields as HTML by name, tags, and the cards by their ordinals."""

    fields: Mapping[str, str]
    tags: frozenset[str] = frozenset()
    cards: Mapping[int, CardSide] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the side as one line of JSON, always the same for the same side."""
        cards = {str(n): [c.deck, int(c.suspended), c.flag] for n, c in self.cards.items()}
        data = {"fields": dict(self.fields), "tags": sorted(self.tags), "cards": cards}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> NoteSide:
        """Read what ``to_json`` wrote."""
        data: dict[str, Any] = json.loads(text)
        cards = {
            int(number): CardSide(deck, bool(suspended), flag)
            for number, (deck, suspended, flag) in data["cards"].items()
        }
        return cls(data["fields"], frozenset(data["tags"]), cards)


@dataclass(frozen=True, slots=True)
class OurNote:
    """A note as it would stand in Anki; ``title`` is what a reader knows it by.

    ``modified`` is the time of its content in seconds.
    """

    id: str
    type_name: str
    side: NoteSide
    title: str
    modified: int = 0


@dataclass(frozen=True, slots=True)
class TheirNote:
    """A note as Anki has it; ``modified`` is ``None`` where Anki doesn't tell.

    ``id`` is our id of it, which is its GUID; ``card_ids`` are Anki's, by ordinal.
    """

    id: str
    anki_id: int
    type_name: str
    side: NoteSide
    card_ids: Mapping[int, int]
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """How both sides were when they last met; they may differ where one can't say the other's."""

    anki_id: int
    ours: NoteSide
    theirs: NoteSide
