"""Measure studying in a large library: ``python -m tests.benchmarks.study [CARDS [REVIEWS]]``.

Makes a library of 100,000 cards in 500 decks and 1,000,000 reviews, and the same cards in a real
Anki collection. Prints the milliseconds of what happens between two cards, beside the goals, and
Anki's own where it has the same operation. Anki's cards are in one deck, which is easier for it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from anki.collection import Collection

from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from desktop.study.options import NewOrder, ReviewOrder
from tests.anki_mirror import mirror
from tests.benchmarks.large_library import make
from tests.library.factory import Clock, change_options, open_workspace

LIMITS = (200, 1_000)  # new cards and reviews a day: those of somebody who studies much
TEXT = 250  # one of the texts, in the middle


def spans(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the middle and the longest time of some runs, in milliseconds."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found), max(found)


def tell(
    name: str, work: Callable[[], object], times: int = 100, goal: str = "",
    anki: Callable[[], object] | None = None,
) -> None:  # fmt: skip
    """Print one line."""
    middle, longest = spans(work, times)
    line = f"{name:<44}{middle:>9.2f}{longest:>9.2f}{goal:>7}"
    if anki is not None:
        middle, longest = spans(anki, times)
        line += f"{middle:>12.2f}{longest:>9.2f}"
    print(line, flush=True)


class OurStudy:
    """Studies as the window does."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace, self._clock, self._random = workspace, clock, Random(2)
        self._card = 0

    def next(self) -> None:
        """Ask for the card to study now."""
        self._clock.move(seconds=4)
        item = self._workspace.next_card()
        assert item is not None
        self._card = item.card.id

    def answer(self) -> None:
        """Answer it."""
        self._workspace.answer(self._card, self._random.choice(list(Rating)), 3_000)

    def both(self) -> None:
        """Answer the card, then ask for the next one."""
        self.answer()
        self.next()

    def gather(self) -> None:
        """Gather the queue anew, as after a change somewhere in the library."""
        self._workspace._tell(frozenset({"cards"}))
        self._workspace.due_counts()


class AnkiStudy:
    """Studies with the real Anki's backend, as its window does."""

    def __init__(self, collection: Collection) -> None:
        self._collection, self._random = collection, Random(2)
        self._queued = collection.sched.get_queued_cards()

    def next(self) -> None:
        """Ask for the card to study now."""
        self._queued = self._collection.sched.get_queued_cards()

    def answer(self) -> None:
        """Answer it."""
        from anki.scheduler.v3 import CardAnswer

        scheduler, queued = self._collection.sched, self._queued.cards[0]
        card = self._collection.get_card(queued.card.id)
        card.start_timer()
        rating = self._random.choice(
            [CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY]
        )
        scheduler.answer_card(
            scheduler.build_answer(card=card, states=queued.states, rating=rating)
        )

    def both(self) -> None:
        """Answer the card, then ask for the next one."""
        self.answer()
        self.next()

    def gather(self) -> None:
        """Gather the queue anew, as after a change somewhere in the collection."""
        self._collection.set_config("benchmark", time.time())
        self.next()

    def undo(self) -> None:
        """Take back the last answer and ask for the card again."""
        self._collection.undo()
        self.next()


def measure(workspace: Workspace, clock: Clock, collection: Collection) -> None:
    """Print the table."""
    ours, theirs = OurStudy(workspace, clock), AnkiStudy(collection)
    ours.next()  # imports the scheduler
    print(f"{'milliseconds':<44}{'middle':>9}{'longest':>9}{'goal':>7}{'Anki':>12}{'longest':>9}")
    tell("next card", ours.next, goal="20", anki=theirs.next)
    tell("next card of one text", lambda: workspace.next_card(TEXT), goal="20")
    tell("counts of what is due", workspace.due_counts, goal="20")
    tell("an answer on the disk, then the next card", ours.both, 200, "40", theirs.both)
    tell("undo of an answer, then its card",
         lambda: (workspace.undo(), ours.next()), 25, "40", theirs.undo)  # fmt: skip
    tell("the queue of the day, after another change", ours.gather, 20, "20", theirs.gather)
    for name, options in (
        ("the same, most fading reviews first", {"review_order": ReviewOrder.FADING_FIRST}),
        ("the same, new cards at random", {"new_order": NewOrder.RANDOM_CARDS}),
        ("the same, siblings put off", {"bury_new": True, "bury_reviews": True}),
        ("the same, limits of 9,999", {"new_per_day": 9_999, "reviews_per_day": 9_999}),
    ):
        before = workspace.options()
        change_options(workspace, **options)
        tell(name, ours.gather, 10)
        workspace.save_options(before)
    tell("decks with what waits in each", workspace.deck_counts, 10, "",
         collection.sched.deck_due_tree)  # fmt: skip
    card = workspace.next_card()
    assert card is not None
    tell("about a card", lambda: workspace.card_info(card.card.id), 20, "",
         lambda: collection.card_stats_data(card.card.id))  # fmt: skip


def main() -> None:
    """Make the libraries and print the table."""
    cards, reviews = [int(n) for n in (*sys.argv[1:], 100_000, 1_000_000)[:2]]
    with tempfile.TemporaryDirectory() as folder:
        now = datetime.now(UTC)  # Anki goes by the clock of the machine
        clock = make(Path(folder) / "ours", cards, reviews, now)
        workspace = open_workspace(Path(folder) / "ours", clock)
        workspace.save_options(
            replace(workspace.options(), new_per_day=LIMITS[0], reviews_per_day=LIMITS[1])
        )
        collection = mirror(workspace._database, Path(folder) / "anki", int(now.timestamp() * 1000))
        collection.set_config("fsrs", True)
        config = collection.decks.get_config(1)
        assert config is not None
        config["new"]["perDay"], config["rev"]["perDay"] = LIMITS
        collection.decks.update_config(config)
        print(f"{cards} cards, {reviews} reviews")
        measure(workspace, clock, collection)
        collection.close()
        workspace.close()


if __name__ == "__main__":
    main()
