"""Measure a large library: ``python -m tests.benchmarks.library [CARDS [REVIEWS]]``.

Makes a library of 100,000 cards in 500 texts with 200 terms each and 1,000,000 reviews, then
prints the time of what a reader does in it, beside the goals.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from desktop.glossary.keys import term_key
from desktop.glossary.term import Term, TermKind
from desktop.library.database import Database
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from tests.library.factory import Clock, open_workspace

TEXTS = 500
TERMS = 200  # of each text
NAMES = 50_000  # different terms that texts draw from, some of them far more often than others
DAY_MS = 86_400_000


def fill(database: Database, cards: int, reviews: int, now: int) -> None:
    """Insert texts, notes, cards in all states and their reviews, straight into the tables."""
    random = Random(1)
    per_text = max(cards // TEXTS, 1)

    def insert(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns.split(",")))
        database.run_many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def card_rows() -> Iterator[tuple[Any, ...]]:
        for i in range(cards):
            state = random.choices((0, 1, 2, 3), (2_000, 5, 8_000, 5))[0]
            due = now + int(random.uniform(-2, 60) * DAY_MS) if state == 2 else now
            step = 0 if state in (1, 3) else None
            known = (10.0, 5.0, due, now - 10 * DAY_MS) if state else (None,) * 4
            order = (i // per_text + 1) * 1_000_000 + i % per_text
            deck = i // per_text + 2
            yield now - cards + i, f"note-{i}", 0, state, step, *known, order, 1, deck

    def term_rows() -> Iterator[tuple[Any, ...]]:
        kinds = list(TermKind)
        for document in range(1, TEXTS + 1):
            chosen: set[int] = set()
            while len(chosen) < TERMS:
                chosen.add(int(NAMES * random.random() ** 4))
            for n in sorted(chosen):
                name, kind = f"Term {n}", kinds[n % len(kinds)]
                alias = term_key(f"Alias {n}", kind)
                yield (
                    document, term_key(name, kind), name, kind.value, f"\n{alias}\n",
                    random.random(), 3, "What it means in some words. " * 2, "dictionary",
                )  # fmt: skip

    with database.transaction():
        insert(
            "documents",
            "id, sha256, text_hash, source_name, source_format, title, authors, language, "
            "word_count, added_at",
            (
                (d, f"s{d}", f"t{d}", "a.txt", "txt", f"Text {d}", "[]", "en", 900, now)
                for d in range(1, TEXTS + 1)
            ),
        )
        insert(
            "document_terms",
            "document_id, key, term, kind, names, importance, mentions, definition, source",
            term_rows(),
        )
        insert(
            "notes",
            "id, kind, status, origin, front, back, rule, confidence, tags, modified, added_at",
            (
                (f"note-{i}", "question", "accepted", "text", f"What is {i}? " * 4, f"It is {i}",
                 "what", 0.5, "[]", now // 1000, now)
                for i in range(cards)
            ),
        )  # fmt: skip
        insert(
            "note_documents",
            'note_id, document_id, position, block, start, "end", quote, title, author',
            (
                (f"note-{i}", i // per_text + 1, i % per_text, 1, 0, 9, "A quoted sentence. " * 6,
                 "Text", "Author")
                for i in range(cards)
            ),
        )  # fmt: skip
        insert(
            "decks",
            "id, name, document_id, modified",
            (
                (d + 1, f"Glossator::Text {d}" if d else "Glossator", d or None, 0)
                for d in range(TEXTS + 1)
            ),
        )
        insert(
            "cards",
            "id, note_id, ordinal, state, step, stability, difficulty, due, last_review, "
            "new_order, active, deck_id",
            card_rows(),
        )
        insert(
            "reviews",
            "id, card_id, rating, reviewed_at, took_ms, state_before, state_after, stability, "
            "difficulty, interval, last_interval",
            (
                (now - (reviews - i) * 30_000, now - cards + random.randrange(cards), 3,
                 now - (reviews - i) * 30_000, 3_000, 2, 2, 10.0, 5.0, 10 * DAY_MS, 0)
                for i in range(reviews)
            ),
        )  # fmt: skip


def measure(name: str, goal: str, work: Callable[[], object], times: int) -> None:
    """Print the middle and the longest time of some runs, in milliseconds."""
    spans = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begin) * 1000)
    print(f"{name:<34}{statistics.median(spans):>10.2f}{max(spans):>10.2f}   {goal}")


def answer(workspace: Workspace, clock: Clock, random: Random) -> None:
    """Study one card as the window does."""
    clock.move(seconds=4)
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, random.choice(list(Rating)), 3_000)


def main() -> None:
    """Make the library and print the table."""
    cards, reviews = [int(n) for n in (*sys.argv[1:], 100_000, 1_000_000)[:2]]
    clock, random = Clock(), Random(2)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder), clock)
        fill(workspace._database, cards, reviews, int(clock().timestamp() * 1000))
        workspace.close()
        begin = time.perf_counter()
        workspace = open_workspace(Path(folder), clock)
        opened = (time.perf_counter() - begin) * 1000
        workspace.next_card()  # imports the scheduler
        print(f"{cards} cards, {reviews} reviews{'middle':>16}{'longest':>10}   goal (ms)")
        print(f"{'open the library':<34}{opened:>10.2f}")
        measure("next card", "20", workspace.next_card, 100)
        measure("next card of one text", "20", lambda: workspace.next_card(250), 100)
        measure("counts of what is due", "20", workspace.due_counts, 100)
        measure(
            "next card and its answer on disk", "20", lambda: answer(workspace, clock, random), 200
        )
        measure("undo", "20", workspace.undo, 100)
        measure("list of all texts", "200", workspace.documents, 5)
        term = Term("Term 0", TermKind.PERSON, ("Alias 0",), 0.5, None, ())
        measure(
            "glossary of all texts, its head", "100", lambda: workspace.library_terms(limit=200), 5
        )
        measure("search in it", "100", lambda: workspace.library_terms(words="31", limit=200), 5)
        measure("texts that have a term", "100", lambda: workspace.term_in_documents(term), 5)
        measure("recent texts", "", workspace.recent, 5)
        measure("cards of one text", "", lambda: workspace.cards(250), 5)
        measure("all cards", "", workspace.cards, 1)
        measure("check of the whole library", "", workspace.check, 1)
        workspace.close()


if __name__ == "__main__":
    main()
