"""A large library with a reader's habits: ``python -m tests.benchmarks.large_library DIR``.

100,000 cards of different stabilities and 1,000,000 answers over three years, in the mornings and
evenings, with every rating. Benchmarks make theirs by ``make``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from desktop.library.database import Database
from tests.benchmarks.library import DAY_MS, fill
from tests.library.factory import Clock, open_workspace

DAYS = 1_000
HOURS = (7, 8, 8, 12, 18, 19, 20, 20, 21, 22)
#: State before the answer, how long the card had been away, and how often that is so.
KINDS = ((0, 0, 8), (1, 0, 12), (2, 9, 35), (2, 60, 37), (3, 0, 8))


def make(folder: Path, cards: int, reviews: int, now: datetime | None = None) -> Clock:
    """Make a library in ``folder``, as of ``now``, and return its clock."""
    clock = Clock(now or datetime(2024, 5, 6, 10, 0, tzinfo=UTC))
    workspace = open_workspace(folder, clock)
    now_ms = int(clock().timestamp() * 1000)
    fill(workspace._database, cards, 0, now_ms)
    enliven(workspace._database, reviews, now_ms)
    workspace.close()
    return clock


def enliven(database: Database, reviews: int, now: int) -> None:
    """Give the cards memories of all kinds, and the log its answers."""
    random = Random(1)
    rows = database.rows("SELECT id, due FROM cards WHERE state > 0 ORDER BY id")
    memories = []
    for row in rows:
        stability = 0.5 + random.expovariate(1 / 60)
        away = int(stability * random.uniform(0.2, 1.4) * DAY_MS)
        memories.append((stability, random.uniform(1, 10), min(row["due"], now) - away, row["id"]))
    ids = [row["id"] for row in database.rows("SELECT id FROM cards ORDER BY id")]
    with database.transaction():
        database.run_many(
            "UPDATE cards SET stability = ?, difficulty = ?, last_review = ? WHERE id = ?", memories
        )
        database.run_many(
            "INSERT INTO reviews (id, card_id, rating, reviewed_at, took_ms, state_before, "
            "state_after, stability, difficulty, interval, last_interval) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _reviews(random, ids, reviews, now),
        )


def _reviews(random: Random, ids: list[int], count: int, now: int) -> Iterator[tuple[Any, ...]]:
    today = now // DAY_MS * DAY_MS
    weights = [kind[2] for kind in KINDS]
    for day in range(DAYS):
        number = count * (day + 1) // DAYS - count * day // DAYS
        start = today - (DAYS - 1 - day) * DAY_MS
        hours = random.choices(HOURS, k=number)
        times = sorted({start + hour * 3_600_000 + random.randrange(3_600_000) for hour in hours})
        kinds = random.choices(KINDS, weights, k=len(times))
        for time, (state, away, _) in zip(times, kinds, strict=True):
            rating = random.choices((1, 2, 3, 4), (11, 6, 76, 7))[0]
            card, took = ids[random.randrange(len(ids))], random.randrange(1_500, 20_000)
            after = 2 if state >= 2 or rating > 2 else 1
            yield (
                time, card, rating, time, took, state, after, 30.0, 5.0, 20 * DAY_MS,
                away * DAY_MS,
            )  # fmt: skip


if __name__ == "__main__":
    make(Path(sys.argv[1]), 100_000, 1_000_000)
