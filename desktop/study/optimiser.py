"""Fitting FSRS to a reader's own answers: gradient descent over its 21 weights, without torch.

The weights are pulled towards those that FSRS comes with, the more the fewer answers there are.
Whether the fit is any better is asked of answers that it has not seen: the last fifth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from desktop.study.card import CardState
from desktop.study.memory_model import WEIGHTS, Batch, Floats, MemoryModel

#: So many answers, after a day or more, are needed at least.
LEAST_ANSWERS = 400

_LONGEST = 64  # answers of one card, from its first on
_BATCH = 2_000  # answers, about
_ROUNDS = 10
_RATE = 0.15  # in the scale of the weights
_PULL = 3.0  # towards the usual weights
_SEEN = 0.8  # the share of the answers, by time, that the check learns from

#: An answer: card, milliseconds since 1970, rating, state before it.
Answer = tuple[int, int, int, int]

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Fit:
    """How well weights foretell answers: mean log-loss, and the error of the mean chance by bin."""

    log_loss: float
    rmse: float


@dataclass(frozen=True, slots=True)
class Optimised:
    """New weights, and what they and the present ones make of answers that were kept from both.

    ``answers`` were counted, after a day or more; with too few of them ``weights`` is empty.
    """

    answers: int
    weights: tuple[float, ...] = ()
    before: Fit | None = None
    after: Fit | None = None

    @property
    def enough(self) -> bool:
        """Whether there were enough answers."""
        return bool(self.weights)

    @property
    def better(self) -> bool:
        """Whether the new weights foretell unseen answers better."""
        return bool(self.before and self.after and self.after.log_loss < self.before.log_loss)


@dataclass(frozen=True, slots=True)
class History:
    """The answers to a card from its first on: ratings, whole days since the last one, times."""

    card: int
    ratings: tuple[int, ...]
    days: tuple[int, ...]
    times: tuple[int, ...]


def histories(
    answers: Iterable[Answer], day_of: Callable[[int], int] = lambda time: time // _DAY_MS
) -> list[History]:
    """Return the histories of cards, whose answers come in the order of card and time.

    ``day_of`` gives the number of the day of a time. A card whose first answer is unknown says
    nothing; one that was begun anew counts from there.
    """
    found = []
    for _, group in groupby(answers, key=lambda answer: answer[0]):
        known = list(group)
        starts = [at for at, answer in enumerate(known) if answer[3] == CardState.NEW]
        if not starts:
            continue
        known = known[starts[-1] :]
        times = [answer[1] for answer in known]
        days = [0, *(b - a for a, b in pairwise(day_of(time) for time in times))]
        ratings = tuple(answer[2] for answer in known)
        found.append(History(known[0][0], ratings, tuple(days), tuple(times)))
    return found


def optimise(
    known: Sequence[History],
    start: Sequence[float],
    progress: Callable[[float], None] = lambda _share: None,
) -> Optimised:
    """Fit weights to histories; ``start`` are the present ones.

    ``progress`` is told the share that is done (0..1); what it raises ends the work.
    """
    times = sorted(t for h in known for t, days in zip(h.times, h.days, strict=True) if days)
    if len(times) < LEAST_ANSWERS:
        return Optimised(len(times))
    cut = times[int(len(times) * _SEEN)]
    weights = fit(known, lambda time: time < cut, lambda share: progress(share / 2))
    unseen = batches(known, lambda time: time >= cut)
    before, after = evaluate(unseen, start), evaluate(unseen, weights)
    weights = fit(known, lambda _time: True, lambda share: progress(0.5 + share / 2))
    return Optimised(len(times), tuple(round(float(w), 4) for w in weights), before, after)


def fit(
    known: Sequence[History], wanted: Callable[[int], bool], progress: Callable[[float], None]
) -> Floats:
    """Return the weights that foretell the answers whose time is ``wanted`` best."""
    from fsrs.scheduler import (
        DEFAULT_PARAMETERS,
        LOWER_BOUNDS_PARAMETERS,
        UPPER_BOUNDS_PARAMETERS,
    )

    lower, upper = np.array(LOWER_BOUNDS_PARAMETERS), np.array(UPPER_BOUNDS_PARAMETERS)
    usual, scale = np.array(DEFAULT_PARAMETERS), (upper - lower) / 10
    lots = [batch for batch in batches(known, wanted) if batch.counted]
    counted = sum(batch.counted for batch in lots)
    random = np.random.default_rng(1)
    weights, best, least = usual.copy(), usual.copy(), math.inf
    mean, spread = np.zeros(WEIGHTS), np.zeros(WEIGHTS)
    step, steps = 0, _ROUNDS * len(lots)
    for _ in range(_ROUNDS):
        total = 0.0
        for at in random.permutation(len(lots)):
            loss, slope = MemoryModel(weights).loss_and_slope(lots[at])
            total += loss
            pull = _PULL * (weights - usual) / scale * (lots[at].counted / counted)
            slope = slope * scale + pull
            step += 1
            # Adam, with a rate that falls to nothing.
            mean = 0.9 * mean + 0.1 * slope
            spread = 0.999 * spread + 0.001 * slope**2
            way = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
            rate = _RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            weights = np.clip(weights - rate * scale * way, lower, upper)
            progress(step / steps)
        whole = sum(MemoryModel(weights).loss(lot) for lot in lots)
        whole += _PULL * float((((weights - usual) / scale) ** 2).sum()) / 2
        if whole < least:
            best, least = weights, whole
    return best


def memories(known: Sequence[History], weights: Sequence[float]) -> dict[int, tuple[float, float]]:
    """Return the stability and difficulty of each card after its answers, by its id."""
    found: dict[int, tuple[float, float]] = {}
    model = MemoryModel(weights)
    for some in _alike(known):
        batch = _side_by_side(some, lambda _time: False, longest=len(some[-1].ratings))
        for history, stability, difficulty in zip(some, *model.last(batch), strict=True):
            found[history.card] = (float(stability), float(difficulty))
    return found


def batches(known: Sequence[History], wanted: Callable[[int], bool]) -> list[Batch]:
    """Put histories of like length side by side; answers at other times don't count."""
    telling = [history for history in known if any(history.days)]
    return [_side_by_side(some, wanted, longest=_LONGEST) for some in _alike(telling)]


def _alike(known: Sequence[History]) -> list[Sequence[History]]:
    """Cut histories, ordered by their length, into lots of like size."""
    ordered = sorted(known, key=lambda history: len(history.ratings))
    found: list[Sequence[History]] = []
    at = 0
    while at < len(ordered):
        width = max(1, _BATCH // len(ordered[at].ratings))
        found.append(ordered[at : at + width])
        at += width
    return found


def _side_by_side(some: Sequence[History], wanted: Callable[[int], bool], *, longest: int) -> Batch:
    rows = min(max(len(history.ratings) for history in some), longest)
    ratings, days, weight = (np.zeros((rows, len(some))) for _ in range(3))
    for column, history in enumerate(some):
        end = min(len(history.ratings), rows)
        ratings[:end, column] = history.ratings[:end]
        days[:end, column] = history.days[:end]
        weight[:end, column] = [
            day > 0 and wanted(time)
            for day, time in zip(history.days[:end], history.times[:end], strict=True)
        ]
    return Batch(ratings.astype(np.int64), days, weight)


def evaluate(lots: Sequence[Batch], weights: Sequence[float] | Floats) -> Fit:
    """Return how well weights foretell the answers that count."""
    model = MemoryModel(weights)
    loss = count = 0.0
    parts: list[tuple[NDArray[np.int64], Floats, Floats]] = []
    for lot in lots:
        mask = lot.weight > 0
        if not mask.any():
            continue
        loss, count = loss + model.loss(lot), count + lot.counted
        chances = model.predictions(lot)[mask]
        passed = (lot.ratings > 1)[mask].astype(np.float64)
        parts.append((_bins(lot)[mask], chances, passed))
    if not parts:
        return Fit(0.0, 0.0)
    bins, chances, passed = (np.concatenate(part) for part in zip(*parts, strict=True))
    _, place = np.unique(bins, return_inverse=True)
    number = np.bincount(place)
    gap = (np.bincount(place, chances) - np.bincount(place, passed)) / number
    return Fit(loss / count, math.sqrt(float((gap**2 * number).sum()) / count))


def _bins(lot: Batch) -> NDArray[np.int64]:
    """Return a number for each answer: by its days away, its place, and the lapses before it.

    These are the bins in which FSRS is commonly measured.
    """
    lapses = np.cumsum((lot.ratings == 1) & (lot.days >= 1), 0)
    lapses = np.vstack([np.zeros((1, lapses.shape[1]), np.int64), lapses[:-1]])
    places = np.arange(1, len(lot.ratings) + 1)[:, None] + np.zeros_like(lapses)
    found = np.zeros(lapses.shape, np.int64)
    for values, base in ((lot.days, 3.62), (places, 1.89), (lapses, 1.73)):
        logs = np.log(np.maximum(values, 1)) / math.log(base)
        found = found * 64 + np.where(values > 0, np.floor(logs) + 1, 0).astype(np.int64)
    return found
