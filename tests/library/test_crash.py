"""A kill at any moment loses no committed answer and leaves a library that is well."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from desktop.library.database import Database
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    change_options,
    make_document,
    make_note,
    open_workspace,
)

#: How often the reader's program is killed; ``KILLS=200`` in the environment is the long run.
KILLS = int(os.environ.get("KILLS", "12"))

READER = """
import sys
from pathlib import Path
from random import Random
from desktop.study.card import Rating
from tests.library.factory import open_workspace, Clock
home, seed, hours = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
clock, random = Clock(), Random(seed)
clock.move(hours=hours)
workspace = open_workspace(home, clock)
print("open", flush=True)
while True:
    item = workspace.next_card()
    if item is None:
        clock.move(hours=1)
        continue
    rating = random.choice(list(Rating))
    workspace.answer(item.card.id, rating, 1000)
    print(item.card.id, int(rating), flush=True)
    if random.random() < 0.3:
        workspace.suspend([item.note.id])
        workspace.undo()
    if random.random() < 0.2:
        workspace.edit_note(item.note.id, front=f"Question {random.random()}")
    clock.move(seconds=random.randint(1, 600))
"""


def test_answers_survive_a_kill_at_any_moment(tmp_path: Path) -> None:
    random = Random(4)
    workspace = open_workspace(tmp_path)
    change_options(workspace, new_per_day=100_000, reviews_per_day=100_000)
    document = make_document(paragraphs=400)
    add_analysed(workspace, document, [make_note(document, i) for i in range(1, 400)])
    accept_all(workspace)
    workspace.close()
    confirmed: list[tuple[int, int]] = []
    for kill in range(KILLS):
        confirmed += study_until_killed(tmp_path, seed=kill, wait=random.uniform(0, 0.5))
        workspace = open_workspace(tmp_path, Clock())
        assert workspace.check() == []
        rows = workspace._database.rows("SELECT card_id, rating FROM reviews ORDER BY rowid")
        stored = [tuple(row) for row in rows]
        # The one answer that was on the disk but not yet confirmed at the kill may be there too.
        assert len(stored) in {len(confirmed), len(confirmed) + 1}
        assert stored[: len(confirmed)] == confirmed
        confirmed = stored
        assert cards_disagreeing_with_their_last_answer(workspace._database) == []
        workspace.close()
    assert len(confirmed) > 5 * KILLS


def study_until_killed(home: Path, *, seed: int, wait: float) -> list[tuple[int, int]]:
    """Let a real process study for ``wait`` seconds, kill it, return the answers it confirmed."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(home), str(seed), str(seed * 1000)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(wait)
        process.kill()
        lines = process.stdout.read().split("\n")
    # What stands after the last line's end was cut off by the kill.
    return [(int(card), int(rating)) for card, rating in (line.split() for line in lines[:-1])]


def cards_disagreeing_with_their_last_answer(database: Database) -> list[int]:
    rows = database.rows(
        "SELECT c.id FROM cards c JOIN reviews r ON r.id = "
        "(SELECT max(id) FROM reviews WHERE card_id = c.id) "
        "WHERE c.state <> r.state_after OR c.stability <> r.stability "
        "OR c.due <> r.reviewed_at + r.interval "
        "OR c.reps <> (SELECT count(*) FROM reviews WHERE card_id = c.id)"
    )
    return [row["id"] for row in rows]
