"""Measure the fit of FSRS to a reader: ``python -m tests.benchmarks.optimiser [CARDS …]``.

Readers are simulated whose memory follows weights of their own, each card a little easier or harder
than the model knows. Ours is fitted to the first four fifths of their answers and measured on the
last fifth, beside the weights that FSRS comes with, the reader's true ones, the optimiser of the
real Anki, and that of fsrs-rs where its package is installed (it names no licence, so it is never
shipped).
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from anki.collection import Collection
from anki.scheduler_pb2 import FsrsItem, FsrsReview
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from desktop.study.card import Card, Rating
from desktop.study.optimiser import Answer, History, batches, evaluate, fit, histories
from desktop.study.scheduler import Scheduler

START = datetime(2022, 1, 1, 8, tzinfo=UTC)


def simulated(cards: int, weights: Sequence[float], seed: int, days: int = 700) -> list[Answer]:
    """Return the answers of a reader who remembers by ``weights`` and studies as FSRS says."""
    random, usual, true = Random(seed), Scheduler(), Scheduler(parameters=weights)
    found = []
    for number in range(cards):
        card = memory = Card(number, "note")
        ease = math.exp(random.gauss(0, 0.3))  # what no model knows of a card
        now = START + timedelta(days=random.randrange(days // 2))
        while now < START + timedelta(days=days):
            rating = _rating(random, memory, now, ease, weights[20])
            found.append((number, int(now.timestamp() * 1000), int(rating), int(card.state)))
            card, _ = usual.review(card, rating, now)
            memory, _ = true.review(memory, rating, now)
            assert card.due is not None
            soon = card.due - now < timedelta(hours=1)
            now = card.due + timedelta(seconds=5 if soon else random.randrange(20_000))
    return found


def _rating(random: Random, memory: Card, now: datetime, ease: float, decay: float) -> Rating:
    if memory.stability is None or memory.last_review is None:
        return random.choices(list(Rating), (25, 10, 50, 15))[0]
    days = (now - memory.last_review).days
    factor = 0.9 ** (-1 / decay) - 1
    chance = (1 + factor * days / (memory.stability * ease)) ** -decay if days else 0.9
    return random.choices(list(Rating), (1 - chance, chance * 0.12, chance * 0.78, chance * 0.1))[0]


def reader(seed: int) -> list[float]:
    """Return the weights of some reader: each off the usual one by its own factor."""
    random = Random(seed)
    weights = [w * math.exp(random.gauss(0, 0.35)) for w in DEFAULT_PARAMETERS]
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return [min(max(w, low), high) for w, (low, high) in zip(weights, bounds, strict=True)]


def before(known: Sequence[History], cut: int) -> list[tuple[list[tuple[int, int]], int]]:
    """Return what other optimisers learn from: each answer after a day with those before it."""
    items = []
    for number, history in enumerate(known):
        pairs = list(zip(history.ratings, history.days, strict=True))
        items += [
            (history.times[end], number, pairs[: end + 1])
            for end, days in enumerate(history.days)
            if days and history.times[end] < cut
        ]
    return [(pairs, number) for _, number, pairs in sorted(items)]


def by_anki(known: Sequence[History], cut: int) -> Sequence[float]:
    """Let the real Anki fit."""
    items = [
        FsrsItem(reviews=[FsrsReview(rating=r, delta_t=d) for r, d in pairs])
        for pairs, _ in before(known, cut)
    ]
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(f"{folder}/collection.anki2")
        answer = collection._backend.compute_fsrs_params_from_items(items)
        collection.close()
    return list(answer.params)


def by_fsrs_rs(known: Sequence[History], cut: int) -> Sequence[float]:
    """Let fsrs-rs fit."""
    import fsrs_rs_python as rs

    found = before(known, cut)
    items = [rs.FSRSItem([rs.FSRSReview(r, d) for r, d in pairs]) for pairs, _ in found]
    weights: list[float] = rs.FSRS(list(DEFAULT_PARAMETERS)).compute_parameters(
        items, [number for _, number in found]
    )
    return weights


def main() -> None:
    """Print the table."""
    ours: Callable[[Sequence[History], int], Any] = lambda known, cut: fit(  # noqa: E731
        known, lambda time: time < cut, lambda _share: None
    )
    for cards in [int(n) for n in sys.argv[1:]] or [100, 500, 2_000]:
        weights = reader(cards)
        known = histories(simulated(cards, weights, cards))
        times = sorted(t for h in known for t, days in zip(h.times, h.days, strict=True) if days)
        cut = times[int(len(times) * 0.8)]
        unseen = batches(known, lambda time, cut=cut: time >= cut)
        print(f"\n{cards} cards, {len(times)} answers after a day or more; of the last fifth:")
        print(f"{'':<24}{'log-loss':>10}{'RMSE(bins)':>12}{'seconds':>10}")
        for name, work in (
            ("FSRS as it comes", lambda *_: DEFAULT_PARAMETERS),
            ("fitted by us", ours),
            ("fitted by Anki", by_anki),
            ("fitted by fsrs-rs", by_fsrs_rs),
            ("the reader's own", lambda *_, w=weights: w),
        ):
            begin = time.perf_counter()
            try:
                found = work(known, cut)
            except ImportError:
                print(f"{name:<24}{'not installed':>22}")
                continue
            seconds = time.perf_counter() - begin
            if len(found) != len(DEFAULT_PARAMETERS):
                print(f"{name:<24}{'no weights':>22}")
                continue
            result = evaluate(unseen, found)
            print(f"{name:<24}{result.log_loss:>10.4f}{result.rmse:>12.4f}{seconds:>10.1f}")


if __name__ == "__main__":
    main()
