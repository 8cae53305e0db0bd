"""What FSRS knows of a card that Anki keeps no memory state of.

With a log that begins with learning the answers are gone through once more. Otherwise interval and
ease of the older scheduler (SM-2) are turned into the state that would have led to them, by the
formula that FSRS itself uses for it: the stability that gives the interval at the retention that
was wanted then, and the difficulty that gives the ease as growth of stability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.anki.calendar import Calendar
from desktop.decks.collection import CollectionReview

if TYPE_CHECKING:
    import fsrs

#: Retention that SM-2 is taken to have aimed at.
SM2_RETENTION = 0.9

SHORTEST_STABILITY, LONGEST_STABILITY = 0.001, 36_500.0
EASIEST, HARDEST = 1.0, 10.0

_DAY_SECONDS = 86_400

#: Below it a factor of the log is a difficulty of FSRS, not an ease in thousandths.
_LEAST_EASE = 1300
_USUAL_EASE = 2500

#: The kind of line that says that a schedule was set by hand; without an ease it was forgotten.
_BY_HAND = 4

#: What a card gets that was studied and of which nothing else is known.
UNKNOWN = (1.0, 5.0)


def state_from_sm2(interval_days: float, ease: float) -> tuple[float, float]:
    """Return stability (days) and difficulty (1–10) for an interval and an ease (2.5 = 250 %)."""
    weights = _weights()
    decay = -weights[20]
    factor = 0.9 ** (1.0 / decay) - 1.0
    interval = max(float(interval_days), SHORTEST_STABILITY)
    stability = interval * factor / (SM2_RETENTION ** (1.0 / decay) - 1.0)
    growth = math.exp(weights[8]) * stability ** -weights[9]
    growth *= math.expm1((1.0 - SM2_RETENTION) * weights[10])
    difficulty = 11.0 - (ease - 1.0) / growth
    return bounded(stability, difficulty)


def state_from_log(
    reviews: Sequence[CollectionReview], calendar: Calendar
) -> tuple[float, float] | None:
    """Return stability and difficulty after the answers (oldest first), as Anki counts them.

    Between two answers lie the days of the calendar, not the hours. A log that begins later than
    the learning of the card begins with what its first line says of the older scheduler; ``None``
    where that says nothing.
    """
    import fsrs

    answers = _since_forgotten(reviews)
    if not answers:
        return None
    card = fsrs.Card(card_id=1)
    first = answers[0]
    moments = _moments(answers, calendar)
    if first.kind != 0:
        if first.interval <= 0 or 0 < first.factor < _LEAST_EASE:
            return None
        ease = (first.factor or _USUAL_EASE) / 1000
        stability, difficulty = state_from_sm2(first.interval, ease)
        card = fsrs.Card(
            card_id=1, state=fsrs.State.Review, step=None, stability=stability,
            difficulty=difficulty, last_review=moments[0],
        )  # fmt: skip
        answers, moments = answers[1:], moments[1:]
    scheduler = _scheduler()
    for answer, moment in zip(answers, moments, strict=True):
        card, _ = scheduler.review_card(card, fsrs.Rating(min(answer.rating, 4)), moment)
    if card.stability is None or card.difficulty is None:
        return None
    return bounded(card.stability, card.difficulty)


def _since_forgotten(reviews: Sequence[CollectionReview]) -> list[CollectionReview]:
    """Return the answers since the card was last made new by hand."""
    reset = [place for place, one in enumerate(reviews) if one.kind == _BY_HAND and one.factor == 0]
    since = reviews[reset[-1] + 1 :] if reset else reviews
    return [review for review in since if review.rating]


def _moments(answers: Sequence[CollectionReview], calendar: Calendar) -> list[datetime]:
    """Return times whose whole days apart are those of the calendar."""
    days = [calendar.day(datetime.fromtimestamp(one.id / 1000, UTC)) for one in answers]
    return [
        datetime.fromtimestamp(day * _DAY_SECONDS + place, UTC) for place, day in enumerate(days)
    ]


def bounded(stability: float, difficulty: float) -> tuple[float, float]:
    """Return a memory state within what FSRS allows."""
    if not (math.isfinite(stability) and math.isfinite(difficulty)):
        return UNKNOWN
    return (
        min(max(stability, SHORTEST_STABILITY), LONGEST_STABILITY),
        min(max(difficulty, EASIEST), HARDEST),
    )


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    import fsrs

    return tuple(fsrs.scheduler.DEFAULT_PARAMETERS)


@lru_cache(maxsize=1)
def _scheduler() -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(enable_fuzzing=False)
