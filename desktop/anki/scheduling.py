"""The schedule of a card, from Anki's columns to the library's and back.

Going there and back changes nothing: ``Kept`` is what Anki had, with days as those of the reader's
calendar, and it is what goes back as long as the card wasn't studied or changed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.anki.calendar import Calendar
from desktop.anki.memory import UNKNOWN, bounded, state_from_log, state_from_sm2
from desktop.decks.collection import (
    LEARNING,
    NEW,
    QUEUE_BURIED,
    QUEUE_BURIED_BY_READER,
    QUEUE_DAY_LEARNING,
    QUEUE_LEARNING,
    QUEUE_NEW,
    QUEUE_REVIEW,
    QUEUE_SUSPENDED,
    RELEARNING,
    REVIEW,
    CollectionCard,
    CollectionReview,
)
from desktop.study.card import Card, CardState, Rating, Review

#: Anki tells a time in seconds from a number of days by this.
_SMALLEST_TIME = 1_000_000_000
_LATEST_TIME = 2**33

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """Anki's own columns of a card; ``due`` counts days since 1970 where it counts days."""

    modified: int
    kind: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    flags: int
    data: str

    @property
    def columns(self) -> tuple[int | str, ...]:
        """The values in the order of the fields."""
        return (
            self.modified, self.kind, self.queue, self.due, self.interval, self.factor, self.reps,
            self.lapses, self.left, self.flags, self.data,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Schedule:
    """The library's side of a card's schedule; the names are those of ``Card``."""

    state: CardState
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime | None
    last_review: datetime | None
    reps: int
    lapses: int
    suspended: bool
    buried_until: datetime | None


def kept(card: CollectionCard, creation_day: int) -> Kept:
    """Return what to keep of a card, outside of any filtered deck."""
    kind = card.kind if card.kind in (NEW, LEARNING, REVIEW, RELEARNING) else NEW
    due, queue = card.own_due, card.queue
    if card.home_deck_id or queue not in _QUEUES:
        queue = _home_queue(kind, due) if queue >= 0 else queue
    if _counts_days(kind, due):
        due += creation_day
    return Kept(
        max(0, card.modified), kind, queue, due, card.interval, card.factor, max(0, card.reps),
        max(0, card.lapses), card.left, card.flags, card.data,
    )  # fmt: skip


_QUEUES = frozenset({
    QUEUE_BURIED_BY_READER, QUEUE_BURIED, QUEUE_SUSPENDED, QUEUE_NEW, QUEUE_LEARNING, QUEUE_REVIEW,
    QUEUE_DAY_LEARNING,
})  # fmt: skip


def _home_queue(kind: int, due: int) -> int:
    """Return the queue in which a card waits in its own deck."""
    if kind == NEW:
        return QUEUE_NEW
    if kind == REVIEW:
        return QUEUE_REVIEW
    return QUEUE_LEARNING if due >= _SMALLEST_TIME else QUEUE_DAY_LEARNING


def _counts_days(kind: int, due: int) -> bool:
    return kind == REVIEW or (kind in (LEARNING, RELEARNING) and due < _SMALLEST_TIME)


def schedule(
    card: Kept, reviews: Sequence[CollectionReview], calendar: Calendar, steps: Mapping[int, int]
) -> Schedule:
    """Return the library's schedule; ``steps`` are the numbers of steps of learning, by kind.

    ``reviews`` is the card's log, oldest first; it is read where Anki keeps no memory state.
    """
    suspended = card.queue == QUEUE_SUSPENDED
    buried = None
    if card.queue in (QUEUE_BURIED, QUEUE_BURIED_BY_READER):
        day = calendar.day(datetime.fromtimestamp(min(card.modified, _LATEST_TIME), UTC))
        buried = calendar.moment(day + 1) - timedelta(hours=8)
    if card.kind == NEW:
        return Schedule(
            CardState.NEW, None, None, None, None, None, card.reps, card.lapses, suspended, buried
        )
    data = _data(card.data)
    stability, difficulty = _memory(card, data, reviews, calendar)
    due = (
        calendar.moment(card.due)
        if _counts_days(card.kind, card.due)
        else datetime.fromtimestamp(min(card.due, _LATEST_TIME), UTC)
    )
    step = None
    if card.kind in (LEARNING, RELEARNING):
        step = max(0, steps.get(card.kind, 1) - max(1, card.left % 1000))
    last = _last_review(card, reviews, due)
    return Schedule(
        CardState(card.kind), step, stability, difficulty, due, last, card.reps, card.lapses,
        suspended, buried,
    )  # fmt: skip


def _memory(
    card: Kept,
    data: Mapping[str, Any],
    reviews: Sequence[CollectionReview],
    calendar: Calendar,
) -> tuple[float, float]:
    stability, difficulty = _number(data.get("s")), _number(data.get("d"))
    if stability is not None and difficulty is not None:
        return bounded(stability, difficulty)
    found = state_from_log(reviews, calendar)
    if found is not None:
        return found
    if card.interval > 0 and card.factor > 0:
        return state_from_sm2(card.interval, card.factor / 1000)
    return UNKNOWN


def _last_review(card: Kept, reviews: Sequence[CollectionReview], due: datetime) -> datetime:
    told = last_review_in(card.data)
    answers = [review.id for review in reviews if review.rating]
    if told is not None:
        # Anki keeps the second beside the card, the log has the millisecond.
        exact = answers and answers[-1] // 1000 == told
        return datetime.fromtimestamp(answers[-1] / 1000 if exact else told, UTC)
    if answers:
        return datetime.fromtimestamp(answers[-1] / 1000, UTC)
    days = card.interval if card.interval > 0 else 0
    return due - min(days, 20_000) * _DAY


def last_review_in(data: str) -> int | None:
    """Return the second of the last review that Anki keeps beside a card."""
    told = _number(_data(data).get("lrt"))
    return int(told) if told is not None and 0 < told < _LATEST_TIME else None


def _data(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def library_review(review: CollectionReview, *, first: bool) -> Review:
    """Return an answer of Anki's log as one of the library's; ``first`` of its card.

    Anki's log has no memory state: difficulty is told by the factor, stability by the interval.
    """
    before = {0: CardState.LEARNING, 2: CardState.RELEARNING}.get(review.kind, CardState.REVIEW)
    if first and review.kind == 0:
        before = CardState.NEW
    after = CardState.REVIEW
    if review.interval <= 0:
        learning = before in (CardState.NEW, CardState.LEARNING)
        after = CardState.LEARNING if learning else CardState.RELEARNING
    interval = _span(review.interval)
    stability, difficulty = bounded(interval / _DAY, _difficulty(review.factor))
    return Review(
        card_id=review.card_id,
        rating=Rating(min(max(review.rating, 1), 4)),
        reviewed_at=datetime.fromtimestamp(review.id // 1000, UTC)
        + timedelta(milliseconds=review.id % 1000),
        took_ms=min(max(review.took, 0), 10**9),
        state_before=before,
        state_after=after,
        stability=stability,
        difficulty=difficulty,
        interval=interval,
        last_interval=_span(review.last_interval),
    )


def _span(interval: int) -> timedelta:
    """Return an interval: days, below zero seconds."""
    return (
        timedelta(seconds=min(-interval, 10**9)) if interval < 0 else min(interval, 36_500) * _DAY
    )


def _difficulty(factor: int) -> float:
    """Return the difficulty that a factor of the log tells: FSRS logs it as 100–1100."""
    return 1 + (factor - 100) / 1000 * 9 if 100 <= factor <= 1100 else UNKNOWN[1]


# -- back to Anki


def collection_review(review: Review, number: int) -> CollectionReview:
    """Return an answer of the library as a line of Anki's log with the id ``number``."""
    kind = {CardState.REVIEW: 1, CardState.RELEARNING: 2}.get(review.state_before, 0)
    return CollectionReview(
        number,
        review.card_id,
        int(review.rating),
        _interval(review.interval),
        _interval(review.last_interval),
        round(((review.difficulty - 1) / 9 + 0.1) * 1000),
        review.took_ms,
        kind,
    )


def _interval(span: timedelta) -> int:
    return round(span / _DAY) if span >= _DAY else -round(span.total_seconds())


def to_anki(card: Card, position: int, calendar: Calendar, retention: float, steps: int) -> Kept:
    """Return the columns of a card that was studied here, or never; ``position`` of a new one.

    ``steps`` is the number of steps of (re)learning that its deck has.
    """
    state = CardState(card.state)
    queue, due, interval, left = QUEUE_NEW, position, 0, 0
    if card.due is not None and state is CardState.REVIEW:
        queue, due = QUEUE_REVIEW, calendar.day(card.due)
        interval = _days_between(card)
    elif card.due is not None and state is not CardState.NEW:
        remaining = max(1, steps - (card.step or 0))
        queue, due = QUEUE_LEARNING, int(card.due.timestamp())
        left = remaining * 1000 + remaining
        interval = 1 if state is CardState.RELEARNING else 0
    if card.suspended:
        queue = QUEUE_SUSPENDED
    moment = card.last_review
    modified = int(moment.timestamp()) if moment else 0
    factor = 2500 if state in (CardState.REVIEW, CardState.RELEARNING) else 0
    return Kept(
        modified, int(state), queue, due, interval, factor, card.reps, card.lapses, left,
        card.flag, _memory_json(card, position, retention),
    )  # fmt: skip


def still_kept(
    card: Card, known: Kept, due_at: datetime | None, last: datetime | None
) -> Kept | None:
    """Return Anki's own columns for a card, or ``None`` if it was studied or moved here.

    A card that was only suspended, woken or flagged here keeps the rest.
    """
    same = (
        int(card.state) == known.kind
        and card.reps == known.reps
        and card.lapses == known.lapses
        and card.due == due_at
        and card.last_review == last
    )
    if not same:
        return None
    queue = known.queue
    if card.suspended != (queue == QUEUE_SUSPENDED):
        queue = QUEUE_SUSPENDED if card.suspended else _home_queue(known.kind, known.due)
    elif card.buried_until is None and queue in (QUEUE_BURIED, QUEUE_BURIED_BY_READER):
        queue = _home_queue(known.kind, known.due)
    flags = known.flags & ~7 | card.flag
    if (queue, flags) == (known.queue, known.flags):
        return known
    return replace(known, queue=queue, flags=flags)


def collection_due(known: Kept, creation_day: int) -> int:
    """Return the due column for a collection that counts its days from ``creation_day``."""
    return known.due - creation_day if _counts_days(known.kind, known.due) else known.due


def _days_between(card: Card) -> int:
    """Return the interval of a review in whole days, 1 at least."""
    if card.due is None or card.last_review is None:
        return 1
    return max(1, round((card.due - card.last_review) / _DAY))


def _memory_json(card: Card, position: int, retention: float) -> str:
    """Return the memory state as Anki keeps it beside a card."""
    found: dict[str, Any] = {}
    if card.state is not CardState.NEW and card.stability is not None:
        found = {
            "pos": position,
            "s": round(card.stability, 4),
            "d": round(card.difficulty or UNKNOWN[1], 3),
            "dr": round(retention, 2),
        }
        if card.last_review is not None:
            found["lrt"] = int(card.last_review.timestamp())
    return json.dumps(found, separators=(",", ":"))
