"""What reviews and cards come to: the numbers of the statistics page, without storage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from desktop.study.card import CardState
from desktop.study.card_figures import CardFigures, TextMemory

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HOURS = 24
_RATINGS = 4


class ReviewKind(IntEnum):
    """What an answer was given to."""

    LEARNING = 0
    YOUNG = 1
    MATURE = 2
    RELEARNING = 3


class Away(IntEnum):
    """How long a card had been away before an answer."""

    WITHIN_DAY = 0
    YOUNG = 1  # at least a day
    MATURE = 2


#: An answer is packed into one whole number: its day among some (from 0), its hour, the state
#: before it (of 4), the time away (of 4) and the rating less one; below these, in so many bits, the
#: milliseconds that it took.
TOOK_BITS = 23

_SHAPE = (_HOURS, 4, 4, _RATINGS)
_SIZE = math.prod(_SHAPE)


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """One day: numbers by kind and rating, milliseconds by kind, numbers by hour."""

    answers: tuple[int, ...]
    took_ms: tuple[int, ...]
    hours: tuple[int, ...]
    right: tuple[int, ...]
    recall: Recall

    def number(self, kind: ReviewKind) -> int:
        """Return how many answers there were of a kind."""
        return sum(self.answers[kind * _RATINGS : (kind + 1) * _RATINGS])

    @property
    def total(self) -> int:
        """All answers of the day."""
        return sum(self.answers)

    @property
    def seconds(self) -> float:
        """How long the day's study took."""
        return sum(self.took_ms) / 1000


def review_days(first: int, length: int, packed: str) -> dict[int, ReviewDay]:
    """Count the answers of ``length`` days from the ordinal ``first``: packed, a space between."""
    import numpy as np

    numbers = np.fromstring(packed, np.int64, sep=" ")
    keys, took = numbers >> TOOK_BITS, numbers & ((1 << TOOK_BITS) - 1)
    shape, size = (length, *_SHAPE), length * _SIZE
    counts = np.bincount(keys, minlength=size).reshape(shape)
    milliseconds = np.bincount(keys, took, minlength=size).reshape(shape).sum((1, 4))
    by = counts.sum(1)  # day, state before, time away, rating
    answers = np.stack(_kinds(by), 1)
    times = np.stack(_kinds(milliseconds[..., None]), 1)[..., 0].astype(np.int64)
    hours = counts.sum((2, 3, 4))
    right = counts[..., 1:].sum((2, 3, 4))
    # Of cards that are being learnt those count that had been away for a day (as in Anki).
    young = by[:, :, Away.YOUNG].sum(1) + by[:, CardState.REVIEW, Away.WITHIN_DAY]
    mature = by[:, :, Away.MATURE].sum(1)
    return {
        first + day: ReviewDay(
            tuple(answers[day].ravel().tolist()),
            tuple(times[day].tolist()),
            tuple(hours[day].tolist()),
            tuple(right[day].tolist()),
            Recall(
                int(young[day, 1:].sum()), int(young[day, 0]),
                int(mature[day, 1:].sum()), int(mature[day, 0]),
            ),
        )
        for day in np.flatnonzero(hours.sum(1)).tolist()
    }  # fmt: skip


def _kinds(by: NDArray[Any]) -> list[NDArray[Any]]:
    """Return an array (day, state, time away, …) summed up for each kind of review, in order."""
    review = by[:, CardState.REVIEW]
    return [
        by[:, [CardState.NEW, CardState.LEARNING]].sum((1, 2)),
        review[:, : Away.MATURE].sum(1),
        review[:, Away.MATURE],
        by[:, CardState.RELEARNING].sum(1),
    ]


@dataclass(slots=True)
class Recall:
    """True retention: answers to cards that had been away for a day at least."""

    young_passed: int = 0
    young_failed: int = 0
    mature_passed: int = 0
    mature_failed: int = 0

    def join(self, other: Recall) -> None:
        """Count another's answers too."""
        self.young_passed += other.young_passed
        self.young_failed += other.young_failed
        self.mature_passed += other.mature_passed
        self.mature_failed += other.mature_failed

    @property
    def number(self) -> int:
        """All answers."""
        return self.young_passed + self.young_failed + self.mature_passed + self.mature_failed

    @property
    def young(self) -> float | None:
        """The share (0..1) that was remembered of young cards, ``None`` without any."""
        return _share(self.young_passed, self.young_failed)

    @property
    def mature(self) -> float | None:
        """The share that was remembered of mature cards."""
        return _share(self.mature_passed, self.mature_failed)

    @property
    def all(self) -> float | None:
        """The share that was remembered of all."""
        return _share(
            self.young_passed + self.mature_passed, self.young_failed + self.mature_failed
        )


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that the page shows; ``today`` is an ordinal, ``days`` are by theirs."""

    today: int
    days: Mapping[int, ReviewDay]
    cards: CardFigures
    texts: tuple[TextMemory, ...]

    def period(self, length: int | None) -> dict[int, ReviewDay]:
        """Return the last ``length`` days, or all, that had reviews."""
        if length is None:
            return dict(self.days)
        first = self.today - length + 1
        return {day: found for day, found in self.days.items() if day >= first}

    def recall(self, length: int | None) -> Recall:
        """Return the true retention of the last ``length`` days, or of all."""
        total = Recall()
        for day in self.period(length).values():
            total.join(day.recall)
        return total


def _share(passed: int, failed: int) -> float | None:
    return passed / (passed + failed) if passed + failed else None


def quantile(numbers: Mapping[int, int], share: float) -> int | None:
    """Return the value below or at which ``share`` (0..1) of the counted things lie."""
    total = sum(numbers.values())
    if not total:
        return None
    seen = 0
    for value in sorted(numbers):
        seen += numbers[value]
        if seen >= share * total:
            return value
    return max(numbers)


def average(numbers: Mapping[int, int]) -> float | None:
    """Return the mean of counted values."""
    total = sum(numbers.values())
    return sum(value * count for value, count in numbers.items()) / total if total else None


def longest_streak(days: Sequence[int]) -> int:
    """Return the greatest number of days on end among ordinals in rising order."""
    best = run = 0
    before: int | None = None
    for day in days:
        run = run + 1 if before is not None and day == before + 1 else 1
        best, before = max(best, run), day
    return best


def present_streak(days: Sequence[int], today: int) -> int:
    """Return how many days on end were studied until today, or until yesterday."""
    studied = set(days)
    day = today if today in studied else today - 1
    run = 0
    while day in studied:
        run, day = run + 1, day - 1
    return run
