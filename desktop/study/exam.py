"""Remembering by a date: what to study until then, and what will be remembered on it.

The coming days are played through with the reader's own schedule: cards are answered when they
are due, right or wrong as their forgetting curves say, new ones are spread over the days, and on
the last days the cards that would be below the goal on the date are looked at once more. Nothing
of it touches the schedule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.study.memory_model import Floats, MemoryModel

_LAST_LOOKS = 3  # days
_FREE_OF_NEW = 0.2  # of the days, at their end
_ENOUGH = 2_000  # cards are played; fewer are played several times
_FIRST = (1, 2, 3, 4), (0.2, 0.1, 0.55, 0.15)  # ratings of new cards, and how often they are
_AGAIN, _GOOD = 1, 3


@dataclass(frozen=True, slots=True)
class ExamCard:
    """A card as it stands today; ``stability`` 0 for a new one.

    ``away`` is the days since its last answer, ``due`` those until it comes (negative: overdue).
    """

    id: int
    stability: float = 0.0
    difficulty: float = 0.0
    away: float = 0.0
    due: int = 0


@dataclass(frozen=True, slots=True)
class PlanDay:
    """What a day of the plan asks, on average: reviews, new cards, last looks."""

    reviews: float
    new: float
    last_looks: float

    @property
    def total(self) -> float:
        """All answers of the day."""
        return self.reviews + self.new + self.last_looks


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """A plan until a date, ``len(days)`` days from today, with the expected results.

    The shares (0..1) are those of all cards that are remembered on the date: if nothing is studied
    any more, with the usual study of what is due, and with the plan. ``today`` are the cards to
    study today: reviews and the first new ones in their order; ``looks`` those to look at once
    more.
    """

    days: tuple[PlanDay, ...]
    without: float
    usual: float
    planned: float
    new_per_day: int
    today: tuple[int, ...]
    looks: tuple[int, ...]

    @property
    def answers(self) -> float:
        """All answers of the plan."""
        return sum(day.total for day in self.days)


def plan_exam(
    cards: Sequence[ExamCard],
    days: int,
    *,
    weights: Sequence[float],
    wanted: float,
    goal: float,
    new_limit: int,
    most_new: int | None = None,
) -> ExamPlan:
    """Plan the study of ``cards`` for an exam in ``days`` days (at least one).

    ``wanted`` is the desired retention of the deck, ``new_limit`` its new cards a day; the plan
    takes as many as all new cards need, ``most_new`` at the most. ``goal`` is the chance (0..1)
    below which a card is looked at once more.
    """
    if not cards:
        return ExamPlan((PlanDay(0, 0, 0),) * days, 0.0, 0.0, 0.0, 0, (), ())
    model = MemoryModel(weights)
    new = [card for card in cards if not card.stability]
    free = max(1, days - max(1, round(days * _FREE_OF_NEW))) if days > 1 else 1
    per_day = -(-len(new) // free)
    if most_new is not None:
        per_day = min(per_day, most_new)
    usual = _Play(model, cards, wanted)
    usual.run(days, new_limit, free=days)
    plan = _Play(model, cards, wanted)
    shown = plan.run(days, per_day, free=free, goal=goal)
    known = [card for card in cards if card.stability]
    due = [card.id for card in sorted(known, key=lambda card: card.due) if card.due <= 0]
    return ExamPlan(
        tuple(shown),
        float(_Play(model, cards, wanted).remembered(days)),
        float(usual.remembered(days)),
        float(plan.remembered(days)),
        per_day,
        (*due, *(card.id for card in new[:per_day])),
        _looks_today(model, known, days, goal),
    )


def _looks_today(
    model: MemoryModel, known: Sequence[ExamCard], days: int, goal: float
) -> tuple[int, ...]:
    """Return the cards to look at once more today, the weakest first."""
    if days > _LAST_LOOKS:
        return ()
    rest = [card for card in known if card.due > 0]
    stability = np.array([card.stability for card in rest])
    chances = model.chance(stability, np.array([card.away + days for card in rest]))
    weak = [(chance, card.id) for chance, card in zip(chances, rest, strict=True) if chance < goal]
    return tuple(number for _, number in sorted(weak)[: -(-len(weak) // days)])


class _Play:
    """The coming days of some cards, played several times at once where they are few."""

    def __init__(self, model: MemoryModel, cards: Sequence[ExamCard], wanted: float) -> None:
        self._model, self._wanted = model, wanted
        self._times = max(1, _ENOUGH // len(cards))
        columns = np.array([(c.stability, c.difficulty, -c.away, c.due) for c in cards], np.float64)
        columns = np.repeat(columns, self._times, axis=0)
        self._stability, self._difficulty = columns[:, 0].copy(), columns[:, 1].copy()
        self._last, self._due = columns[:, 2].copy(), columns[:, 3].copy()
        self._random = np.random.default_rng(1)

    def run(
        self, days: int, per_day: int, *, free: int, goal: float | None = None
    ) -> list[PlanDay]:
        """Play all days: new cards on the first ``free``, last looks where there is a goal."""
        found = []
        for day in range(days):
            due = np.flatnonzero((self._stability > 0) & (self._due <= day))
            self._answer(due, day)
            new = np.flatnonzero(self._stability == 0)
            begun = new[: per_day * self._times] if day < free else new[:0]
            self._begin(begun, day)
            looked = np.zeros(0, np.int64)
            if goal is not None and days - day <= _LAST_LOOKS:
                looked = self._below(goal, day, days)
                self._answer(looked, day)
            numbers = [len(part) / self._times for part in (due, begun, looked)]
            found.append(PlanDay(numbers[0], numbers[1], numbers[2]))
        return found

    def remembered(self, day: int) -> Floats:
        """Return the share of all cards that is remembered on a day."""
        known = self._stability > 0
        chances = self._model.chance(np.where(known, self._stability, 1.0), day - self._last)
        share: Floats = np.where(known, chances, 0.0).mean()
        return share

    def _below(self, goal: float, day: int, exam: int) -> NDArray[np.int64]:
        """Return a part of the cards that would be below the goal, the weakest first."""
        known = (self._stability > 0) & (self._last < day)
        chances = self._model.chance(np.where(known, self._stability, 1.0), exam - self._last)
        weak = np.flatnonzero(known & (chances < goal))
        count = -(-len(weak) // (exam - day))  # the rest on the days that are left
        return weak[np.argsort(chances[weak], kind="stable")][:count]

    def _answer(self, which: NDArray[np.int64], day: int) -> None:
        """Answer cards; those that were forgotten are learnt again on the same day."""
        away = day - self._last[which]
        chance = self._model.chance(self._stability[which], away)
        right = self._random.random(len(which)) < chance
        self._rate(which, np.where(right, _GOOD, _AGAIN), away)
        wrong = which[~right]
        self._rate(wrong, np.full(len(wrong), _GOOD), np.zeros(len(wrong)))
        self._schedule(which, day)

    def _begin(self, which: NDArray[np.int64], day: int) -> None:
        ratings = self._random.choice(_FIRST[0], len(which), p=_FIRST[1])
        self._stability[which], self._difficulty[which] = self._model.begun(ratings)
        self._rate(which, np.full(len(which), _GOOD), np.zeros(len(which)))  # its second step
        self._schedule(which, day)

    def _rate(self, which: NDArray[np.int64], ratings: NDArray[np.int64], away: Floats) -> None:
        step = self._model.answered(self._stability[which], self._difficulty[which], ratings, away)
        self._stability[which], self._difficulty[which] = step.next_stability, step.next_difficulty

    def _schedule(self, which: NDArray[np.int64], day: int) -> None:
        self._last[which] = day
        self._due[which] = day + self._model.interval(self._stability[which], self._wanted)
