"""FSRS-6 for many cards at once: what their histories predict, and how that changes with weights.

``desktop.study.scheduler`` asks the ``fsrs`` package for one card; fitting needs the loss of all
answers and its derivative by the 21 weights, which are worked out here by hand, backwards from the
last answer to the first. The tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEIGHTS = 21
_STABILITY_MIN, _STABILITY_MAX = 0.001, 36_500.0
_LEAST = 1e-6  # a prediction is never quite certain


@dataclass(frozen=True, slots=True)
class Batch:
    """Histories side by side, one column each: ratings (0 where it has ended), days since before.

    ``weight`` is 1 where an answer counts for the loss: after a day or more, of those asked for.
    """

    ratings: NDArray[np.int64]
    days: Floats
    weight: Floats

    @property
    def counted(self) -> float:
        """How many answers count."""
        return float(self.weight.sum())


@dataclass(slots=True)
class Step:
    """What one answer made of the memories, kept for the way back."""

    stability: Floats
    difficulty: Floats
    base: Floats  # 1 + factor · days / stability
    recalled: Floats  # the chance that it was remembered
    long: NDArray[np.bool_]
    next_stability: Floats
    next_difficulty: Floats


class MemoryModel:
    """FSRS-6 with some weights."""

    def __init__(self, weights: Sequence[float] | Floats) -> None:
        self.w: Floats = np.asarray(weights, np.float64)
        self._factor = 0.9 ** (-1.0 / self.w[20]) - 1.0

    def chance(self, stability: Floats, days: Floats) -> Floats:
        """Return the chance that cards are remembered so many days after their last answer."""
        found: Floats = (1.0 + self._factor * days / stability) ** -self.w[20]
        return found

    def interval(self, stability: Floats, wanted: float) -> Floats:
        """Return after how many days (at least one) the chance has fallen to ``wanted``."""
        days = stability / self._factor * (wanted ** (-1.0 / self.w[20]) - 1.0)
        found: Floats = np.maximum(np.rint(days), 1.0)
        return found

    def predictions(self, batch: Batch) -> Floats:
        """Return for each answer the chance that the card was remembered; 1 for a first one."""
        found = np.ones_like(batch.days)
        for row, step in enumerate(self._forward(batch), 1):
            found[row] = step.recalled
        return found

    def loss(self, batch: Batch) -> float:
        """Return the sum of the log-losses of the answers that count."""
        return float((_log_loss(self.predictions(batch), batch.ratings) * batch.weight).sum())

    def loss_and_slope(self, batch: Batch) -> tuple[float, Floats]:
        """Return the summed log-loss and its derivative by each weight."""
        steps = self._forward(batch)
        slope = np.zeros(WEIGHTS)
        columns = batch.ratings.shape[1]
        to_stability, to_difficulty = np.zeros(columns), np.zeros(columns)
        loss = 0.0
        for row in range(len(steps), 0, -1):
            step, ratings, days = steps[row - 1], batch.ratings[row], batch.days[row]
            chance = np.clip(step.recalled, _LEAST, 1 - _LEAST)
            weight = batch.weight[row]
            loss += float((_log_loss(step.recalled, ratings) * weight).sum())
            to_chance = weight * (chance - (ratings > 1)) / (chance * (1 - chance))
            back = _Back(self.w, slope, step, ratings, to_stability, to_difficulty, to_chance)
            to_stability, to_difficulty, to_chance = back.run()
            to_stability += self._through_curve(slope, step, days, to_chance)
        self._first(slope, batch.ratings[0], to_stability, to_difficulty)
        return loss, slope

    def last(self, batch: Batch) -> tuple[Floats, Floats]:
        """Return the stability and difficulty of each card after its last answer."""
        steps = self._forward(batch)
        if steps:
            return steps[-1].next_stability, steps[-1].next_difficulty
        return self.begun(batch.ratings[0])

    # -- forwards

    def begun(self, ratings: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return the stabilities and difficulties after first answers."""
        w, first = self.w, np.maximum(ratings, 1)
        stability = np.maximum(w[first - 1], _STABILITY_MIN)
        return stability, np.clip(w[4] - np.exp(w[5] * (first - 1)) + 1, 1, 10)

    def _forward(self, batch: Batch) -> list[Step]:
        stability, difficulty = self.begun(batch.ratings[0])
        steps = []
        for ratings, days in zip(batch.ratings[1:], batch.days[1:], strict=True):
            step = self.answered(stability, difficulty, ratings, days)
            stability, difficulty = step.next_stability, step.next_difficulty
            steps.append(step)
        return steps

    def answered(
        self, stability: Floats, difficulty: Floats, ratings: NDArray[np.int64], days: Floats
    ) -> Step:
        """Return what answers make of memories; those with rating 0 stay as they are."""
        w = self.w
        base = 1.0 + self._factor * days / stability
        recalled = base ** -w[20]
        long = days >= 1
        right = stability * (1 + _growth(w, stability, difficulty, recalled, ratings))
        wrong = np.minimum(
            _lapsed(w, stability, difficulty, recalled), stability / np.exp(w[17] * w[18])
        )
        soon = stability * _within_day(w, stability, ratings)
        after = np.where(long, np.where(ratings > 1, right, wrong), soon)
        after = np.clip(after, _STABILITY_MIN, _STABILITY_MAX)
        harder = np.clip(_harder(w, difficulty, ratings), 1, 10)
        given = ratings > 0
        after, harder = np.where(given, after, stability), np.where(given, harder, difficulty)
        return Step(stability, difficulty, base, recalled, long, after, harder)

    # -- backwards

    def _through_curve(self, slope: Floats, step: Step, days: Floats, to_chance: Floats) -> Floats:
        """Follow the forgetting curve back: to its bend, and to the stability before."""
        decay, steep = self.w[20], -self.w[20] * step.recalled / step.base
        to_factor = float((to_chance * steep * days / step.stability).sum())
        bend = (self._factor + 1) * np.log(0.9) / decay**2
        slope[20] += to_factor * bend - float((to_chance * np.log(step.base) * step.recalled).sum())
        found: Floats = -to_chance * steep * self._factor * days / step.stability**2
        return found

    def _first(
        self, slope: Floats, ratings: NDArray[np.int64], stability: Floats, difficulty: Floats
    ) -> None:
        """Follow the first answers back to the weights that they begin with."""
        for rating in range(1, 5):
            chosen = ratings == rating
            slope[rating - 1] += float(stability[chosen].sum())
            grown = np.exp(self.w[5] * (rating - 1))
            if 1 < self.w[4] - grown + 1 < 10:
                pull = float(difficulty[chosen].sum())
                slope[4] += pull
                slope[5] -= pull * grown * (rating - 1)


@dataclass(slots=True)
class _Back:
    """The way back through one answer: adds to the slopes, returns what leads further back."""

    w: Floats
    slope: Floats
    step: Step
    ratings: NDArray[np.int64]
    to_stability: Floats
    to_difficulty: Floats
    to_chance: Floats

    def run(self) -> tuple[Floats, Floats, Floats]:
        """Return the derivatives by stability, difficulty and chance before the answer."""
        step, ended = self.step, self.ratings == 0
        inside = (step.next_stability > _STABILITY_MIN) & (step.next_stability < _STABILITY_MAX)
        flow = np.where(inside & ~ended, self.to_stability, 0.0)
        before = [np.where(ended, self.to_stability, 0.0), np.zeros_like(flow), self.to_chance]
        for mask, way in (
            (step.long & (self.ratings > 1), self._recalled),
            (step.long & (self.ratings == 1), self._lapsed),
            (~step.long, self._within_day),
        ):
            for total, part in zip(before, way(np.where(mask, flow, 0.0)), strict=True):
                total += part
        before[1] += np.where(ended, self.to_difficulty, self._harder())
        return before[0], before[1], before[2]

    def _recalled(self, flow: Floats) -> tuple[Any, ...]:
        w, s, d, r = self.w, self.step.stability, self.step.difficulty, self.step.recalled
        growth = _growth(w, s, d, r, self.ratings)
        grown = flow * s * growth  # the derivative by the logarithm of the growth
        self.slope[8] += grown.sum()
        self.slope[9] -= (grown * np.log(s)).sum()
        for weight, rating in ((15, 2), (16, 4)):
            if w[weight] > 0:
                self.slope[weight] += grown[self.ratings == rating].sum() / w[weight]
        # exp(x) / (exp(x) - 1), with x = (1 - r) · w10
        lift = np.exp((1 - r) * w[10])
        steep = np.where(flow != 0, lift / np.maximum(lift - 1, 1e-12), 0.0)
        self.slope[10] += (grown * steep * (1 - r)).sum()
        return (
            flow * (1 + growth * (1 - w[9])),
            -grown / (11 - d),
            -grown * steep * w[10],
        )

    def _lapsed(self, flow: Floats) -> tuple[Any, ...]:
        w, s, d, r = self.w, self.step.stability, self.step.difficulty, self.step.recalled
        long = _lapsed(w, s, d, r)
        ceiling = s / np.exp(w[17] * w[18])
        by_long = np.where(long <= ceiling, flow, 0.0)
        by_ceiling = np.where(long <= ceiling, 0.0, flow)
        self.slope[17] -= (by_ceiling * ceiling).sum() * w[18]
        self.slope[18] -= (by_ceiling * ceiling).sum() * w[17]
        pulled = by_long * long
        self.slope[11] += pulled.sum() / w[11]
        self.slope[12] -= (pulled * np.log(d)).sum()
        power = (s + 1) ** w[13]
        rise = power / np.maximum(power - 1, 1e-12)
        self.slope[13] += (pulled * rise * np.log(s + 1)).sum()
        self.slope[14] += (pulled * (1 - r)).sum()
        return (
            by_ceiling * ceiling / s + pulled * rise * w[13] / (s + 1),
            -pulled * w[12] / d,
            -pulled * w[14],
        )

    def _within_day(self, flow: Floats) -> tuple[Any, ...]:
        w, s = self.w, self.step.stability
        plain = np.exp(w[17] * (self.ratings - 3 + w[18])) * s ** -w[19]
        held = (self.ratings > 1) & (plain < 1)  # a right answer never weakens
        pulled = np.where(held, 0.0, flow * s * plain)
        self.slope[17] += (pulled * (self.ratings - 3 + w[18])).sum()
        self.slope[18] += pulled.sum() * w[17]
        self.slope[19] -= (pulled * np.log(s)).sum()
        return np.where(held, flow, flow * plain * (1 - w[19])), 0.0, 0.0

    def _harder(self) -> Floats:
        w, d = self.w, self.step.difficulty
        raw = _harder(w, d, self.ratings)
        flow = np.where((raw > 1) & (raw < 10) & (self.ratings > 0), self.to_difficulty, 0.0)
        easiest, turn = w[4] - np.exp(3 * w[5]) + 1, self.ratings - 3
        damped = d - w[6] * turn * (10 - d) / 9
        self.slope[4] += flow.sum() * w[7]
        self.slope[5] -= flow.sum() * w[7] * 3 * np.exp(3 * w[5])
        self.slope[6] -= (flow * turn * (10 - d) / 9).sum() * (1 - w[7])
        self.slope[7] += (flow * (easiest - damped)).sum()
        found: Floats = flow * (1 - w[7]) * (1 + w[6] * turn / 9)
        return found


def _growth(
    w: Floats, stability: Floats, difficulty: Floats, recalled: Floats, ratings: NDArray[np.int64]
) -> Floats:
    """Return by what share stability grows with a right answer."""
    judged = np.where(ratings == 2, w[15], np.where(ratings == 4, w[16], 1.0))
    found: Floats = (
        np.exp(w[8])
        * (11 - difficulty)
        * stability ** -w[9]
        * (np.exp((1 - recalled) * w[10]) - 1)
        * judged
    )
    return found


def _lapsed(w: Floats, stability: Floats, difficulty: Floats, recalled: Floats) -> Floats:
    """Return the stability after a card was forgotten, without its ceiling."""
    found: Floats = (
        w[11]
        * difficulty ** -w[12]
        * ((stability + 1) ** w[13] - 1)
        * np.exp((1 - recalled) * w[14])
    )
    return found


def _within_day(w: Floats, stability: Floats, ratings: NDArray[np.int64]) -> Floats:
    """Return by what stability is multiplied with another answer on the same day."""
    plain = np.exp(w[17] * (ratings - 3 + w[18])) * stability ** -w[19]
    found: Floats = np.where(ratings > 1, np.maximum(plain, 1.0), plain)
    return found


def _harder(w: Floats, difficulty: Floats, ratings: NDArray[np.int64]) -> Floats:
    """Return the difficulty after an answer, before its bounds."""
    damped = difficulty - w[6] * (ratings - 3) * (10 - difficulty) / 9
    found: Floats = w[7] * (w[4] - np.exp(3 * w[5]) + 1) + (1 - w[7]) * damped
    return found


def _log_loss(chances: Floats, ratings: NDArray[np.int64]) -> Floats:
    chances = np.clip(chances, _LEAST, 1 - _LEAST)
    found: Floats = -np.log(np.where(ratings > 1, chances, 1 - chances))
    return found
