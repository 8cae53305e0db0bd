"""The review log, and that studying never reads through whole tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.library.reviews import history
from desktop.operations.workspace import Workspace
from desktop.study.card import CardState, Rating
from desktop.study.scheduler import Scheduler
from tests.library.factory import Clock, accept_all, add_analysed, make_document, open_workspace


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", clock)
    add_analysed(workspace, make_document())
    accept_all(workspace)
    yield workspace
    workspace.close()


def test_the_log_holds_each_answer_as_the_scheduler_made_it(
    workspace: Workspace, clock: Clock
) -> None:
    item = workspace.next_card()
    assert item is not None
    card, expected = item.card, []
    for rating, took in ((Rating.AGAIN, 100), (Rating.GOOD, 2_000), (Rating.EASY, 33)):
        card, review = Scheduler().review(card, rating, clock(), took)
        expected.append(review)
        workspace.answer(card.id, rating, took)
        clock.move(minutes=3)
    assert history(workspace._database, card.id) == expected
    assert expected[0].state_before is CardState.NEW
    assert expected[2].last_interval == timedelta(minutes=10)


def study_one(workspace: Workspace) -> None:
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD, 10)


@pytest.mark.parametrize(
    "work",
    [
        study_one,
        Workspace.next_card,
        lambda w: w.next_card(1),
        Workspace.due_counts,
        lambda w: w.due_counts(1),
    ],
    ids=["answer", "next card", "next card of a text", "counts", "counts of a text"],
)
def test_studying_reads_through_no_table(
    workspace: Workspace, work: Callable[[Workspace], object]
) -> None:
    study_one(workspace)
    workspace.settings()  # is read once in a session, and all of it
    workspace._tell(frozenset({"cards"}))  # so that the queue is gathered anew
    connection = workspace._database.connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    work(workspace)
    connection.set_trace_callback(None)
    queries = [s for s in statements if s.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(queries) >= 2
    small = (
        "undo_recording",
        "undo_log",
        "json_each",
        "CONSTANT ROW",
        "cards_new",
        "(subquery",
        "deck_options",
        "SCAN decks",
    )
    for query in queries:
        for step in connection.execute(f"EXPLAIN QUERY PLAN {query}"):
            plan = step["detail"]
            assert not plan.startswith("SCAN") or any(word in plan for word in small), query
