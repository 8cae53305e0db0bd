"""The card as it is studied: its memory state, its due time, and the record of one review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum


class Rating(IntEnum):
    """How well the reader remembered; the values are those of Anki and FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class CardState(IntEnum):
    """Where a card stands in its life; the values are those of Anki and FSRS."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One side of a note to be remembered; all times are in UTC.

    ``ordinal`` counts the cards of a note from 0 (for a cloze note card 0 asks for ``c1``).
    ``step`` is the index of the learning step, ``None`` outside learning. ``stability`` is in
    days, ``difficulty`` 1..10; both are ``None`` until the first review, as ``due`` is. ``flag``
    is 0 for none, 1..7 for a colour.
    """

    id: int
    note_id: str
    ordinal: int = 0
    state: CardState = CardState.NEW
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    last_review: datetime | None = None
    reps: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: datetime | None = None
    deck_id: int | None = None
    flag: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One answer: when (UTC), how good, how long it took, and the memory before and after it.

    ``interval`` is the time until the card comes again, ``last_interval`` the one before it.
    """

    card_id: int
    rating: Rating
    reviewed_at: datetime
    took_ms: int
    state_before: CardState
    state_after: CardState
    stability: float
    difficulty: float
    interval: timedelta
    last_interval: timedelta
