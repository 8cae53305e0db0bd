"""Time searches of cards: ``python -m tests.benchmarks.browsing [CARDS [REVIEWS]]``.

Searches 100,000 cards with 1,000,000 reviews as the browser does, all found cards in their order,
and beside it the real Anki on the same cards in the same run. Goal: 100 ms.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from anki.collection import BrowserColumns, Collection

from desktop.library.database import Database
from desktop.operations.card_reader import Sorting
from desktop.operations.workspace import Workspace
from desktop.paths import library_file, reader_folders
from tests.anki_mirror import mirror
from tests.benchmarks.large_library import make

RUNS = 5
GOAL = 100
SUBJECTS = ("river", "harbour", "lantern", "orchard", "glacier", "compass", "meadow", "engine")

#: A search, and the column of Anki's where it is sorted by the text of the question.
QUERIES = (
    "",
    "harbour",
    "harbour lantern",
    "-harbour",
    "deck:d7*",
    "tag:subject::river",
    "tag:none",
    "is:due",
    "is:due -tag:subject",
    "is:new or flag:1",
    "prop:s<7",
    "prop:r<0.8",
    "prop:ivl>=30 prop:lapses=0",
    "rated:7",
    "rated:30:1",
    "introduced:30",
    "added:7",
    "front:*harbour*",
    "har*lan",
    "w:harbour",
    "re:harb[aeiou]+r",
    "nc:harbour",
)


def write_texts(database: Database) -> None:
    """Give the notes words, and some of them tags; each text a deck."""
    random = Random(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(random.choices(letters, k=random.randint(3, 9))) for _ in range(20_000)]
    words += [word for word in SUBJECTS for _ in range(6)]

    def text(number: int) -> str:
        return " ".join(random.choices(words, k=number))

    ids = [row[0] for row in database.rows("SELECT id FROM notes ORDER BY rowid")]
    tags = ["[]", *(f'["subject::{name}"]' for name in SUBJECTS), '["exam", "subject::river"]']
    with database.transaction():
        database.run_many(
            "UPDATE notes SET front = ?, back = ?, tags = ? WHERE id = ?",
            ((text(10), text(5), random.choice(tags), one) for one in ids),
        )
        database.run_many(
            "UPDATE note_documents SET quote = ? WHERE note_id = ?",
            ((text(18), one) for one in ids),
        )
        database.run("DELETE FROM decks WHERE id NOT IN (SELECT deck_id FROM cards)")
        database.run(
            "INSERT INTO decks (name, modified) SELECT 'd' || id, 0 FROM documents ORDER BY id"
        )
        database.run(
            "UPDATE cards SET deck_id = (SELECT k.id FROM note_documents nd JOIN decks k "
            "ON k.name = 'd' || nd.document_id WHERE nd.note_id = cards.note_id)"
        )


def write_anki(database: Database, collection: Collection) -> Collection:
    """Give Anki's notes and cards the same texts, tags and decks."""
    path = collection.path
    rows = database.rows(
        "SELECT dense_rank() OVER (ORDER BY n.id) AS number, n.front, n.back, n.tags, nd.quote, "
        "nd.title, nd.author FROM notes n JOIN note_documents nd ON nd.note_id = n.id ORDER BY n.id"
    )
    names = {row["name"] for row in database.rows("SELECT name FROM decks")}
    decks = {name: collection.decks.id(name) for name in sorted(names)}
    placed = database.rows("SELECT c.id, k.name FROM cards c JOIN decks k ON k.id = c.deck_id")
    collection.close()
    with closing(sqlite3.connect(path)) as anki, anki:
        anki.executemany(
            "UPDATE notes SET flds = ?, sfld = ?, tags = ? WHERE id = ?",
            (
                (f"{r['front']}\x1f{r['back']} {r['quote']} {r['title']} {r['author']}", r["front"],
                 r["tags"].replace('"', "").replace(",", "").replace("[", " ").replace("]", " ")
                 if r["tags"] != "[]" else "", r["number"])
                for r in rows
            ),
        )  # fmt: skip
        anki.executemany(
            "UPDATE cards SET did = ? WHERE id = ?", ((decks[row[1]], row[0]) for row in placed)
        )
    return Collection(path)


def spent(work: Callable[[], list[int]]) -> tuple[float, float, float, int]:
    """Return the middle and the longest time and the middle work of the processor in
    milliseconds, and how many were found.
    """
    spans, works = [], []
    number = 0
    for _ in range(RUNS):
        begin, worked = time.perf_counter(), time.thread_time()
        number = len(work())
        spans.append((time.perf_counter() - begin) * 1000)
        works.append((time.thread_time() - worked) * 1000)
    return statistics.median(spans), max(spans), statistics.median(works), number


def told(name: str, ours: Callable[[], list[int]], theirs: Callable[[], list[int]] | None) -> None:
    """Print a line of the table."""
    middle, longest, work, number = spent(ours)
    line = f"{name:<32}{middle:>8.0f}{longest:>9.0f}{work:>8.0f}{number:>8}"
    if theirs is not None:
        middle, _longest, work, number = spent(theirs)
        line += f"   {middle:>8.0f}{work:>8.0f}{number:>8}"
    print(line)


def main() -> None:
    """Make the library and print the table."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    cards, reviews = [int(n) for n in (*sys.argv[1:], 100_000, 1_000_000)[:2]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = make(folder, cards, reviews, datetime.now(UTC).replace(microsecond=0))
        workspace = Workspace.open(reader_folders(folder), now=clock, zone=UTC)
        assert library_file(reader_folders(folder)).exists()
        write_texts(workspace._database)
        now = int(clock().timestamp() * 1000)
        collection = mirror(workspace._database, folder / "anki", now)
        collection = write_anki(workspace._database, collection)
        reader = workspace.card_reader()
        print(f"{cards} cards, {reviews} reviews, milliseconds (goal {GOAL})")
        print("“work” is the processor's part: the rest is waiting for other programs")
        print(f"{'search':<32}{'middle':>8}{'longest':>9}{'work':>8}{'found':>8}", end="   ")
        print(f"{'Anki':>8}{'work':>8}{'found':>8}")
        for query in QUERIES:
            told(
                query or "all cards",
                lambda q=query: reader.find(q),
                lambda q=query: list(collection.find_cards(q)),
            )
        column = collection.get_browser_column("noteFld")
        assert isinstance(column, BrowserColumns.Column)
        for query in ("", "is:due"):
            told(
                (query or "all cards") + ", by question",
                lambda q=query: reader.find(q, Sorting("front")),
                lambda q=query: list(collection.find_cards(q, order=column)),
            )
        ids = reader.find("")
        told("a hundred rows", lambda: [r.id for r in reader.rows(ids[5_000:5_100])], None)
        reader.close()
        collection.close()
        workspace.close()


if __name__ == "__main__":
    main()
