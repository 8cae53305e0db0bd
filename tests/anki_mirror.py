"""A library's cards and reviews in a real Anki collection, row by row, to be counted by Anki."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from anki.collection import Collection

from desktop.library.database import Database

DAY_MS = 86_400_000


def mirror(database: Database, folder: Path, now_ms: int) -> Collection:
    """Return a new collection with the same cards and reviews; close it after use.

    A learning card's interval is 0 days in both; Anki would keep the coming one for relearning.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "collection.anki2"
    collection = Collection(str(path))
    model = collection.models.by_name("Basic")
    assert model is not None
    today, cutoff = collection.sched.today, collection.sched.day_cutoff * 1000
    collection.close()
    rows = database.rows(
        "SELECT c.*, dense_rank() OVER (ORDER BY c.note_id) AS note FROM cards c ORDER BY c.id"
    )
    # Straight into the file: Anki's own calls would take minutes for a million rows.
    with closing(sqlite3.connect(path)) as anki, anki:
        anki.executemany(
            "INSERT OR IGNORE INTO notes VALUES (?, ?, ?, 0, 0, '', 'a\x1fb', 'a', 0, 0, '')",
            ((row["note"], f"g{row['note']}", model["id"]) for row in rows),
        )
        anki.executemany(
            "INSERT INTO cards VALUES (?, ?, 1, ?, 0, 0, ?, ?, ?, ?, 2500, ?, ?, 0, 0, 0, 0, ?)",
            (_card(row, today, cutoff, now_ms) for row in rows),
        )
        anki.executemany(
            "INSERT INTO revlog VALUES (?, ?, 0, ?, ?, ?, 2500, ?, ?)",
            (_review(row) for row in database.rows("SELECT * FROM reviews ORDER BY id")),
        )
    return Collection(str(path))


def _card(row: Any, today: int, cutoff: int, now_ms: int) -> tuple[Any, ...]:
    state = row["state"]
    interval, due, queue = 0, row["new_order"], (0, 1, 2, 1)[state]
    if state:
        interval = (row["due"] - row["last_review"]) // DAY_MS
        day = today + -((cutoff - row["due"] - 1) // DAY_MS)
        due = day if state == 2 else row["due"] // 1000
    if row["suspended"]:
        queue = -1
    elif (row["buried_until"] or 0) > now_ms:
        queue = -3
    memory: dict[str, Any] = {}
    if row["stability"] is not None:
        memory = {"s": row["stability"], "d": row["difficulty"], "lrt": row["last_review"] // 1000,
                  "decay": 0.1542}  # fmt: skip
    return (
        row["id"], row["note"], row["ordinal"], state, queue, due, interval, row["reps"],
        row["lapses"], json.dumps(memory),
    )  # fmt: skip


def _review(row: Any) -> tuple[Any, ...]:
    kind = {0: 0, 1: 0, 2: 1, 3: 2}[row["state_before"]]
    return (
        row["id"], row["card_id"], row["rating"], _span(row["interval"]),
        _span(row["last_interval"]), min(row["took_ms"], 60_000), kind,
    )  # fmt: skip


def _span(milliseconds: int) -> int:
    """Return an interval as Anki's log has it: days, or seconds as a negative number."""
    days = milliseconds // DAY_MS
    return days if days else -(milliseconds // 1000)
