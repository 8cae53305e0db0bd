"""Studying: the order of the cards, the limits of the day, answers, burying, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from desktop.operations.workspace import DueCounts, StudyItem, Workspace
from desktop.study.card import CardState, Rating
from desktop.study.scheduler import Scheduler
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    change_options,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", clock)
    for title in ("Rivers", "Hills"):
        document = make_document(title, paragraphs=40)
        add_analysed(workspace, document, [make_note(document, i) for i in range(1, 31)])
    accept_all(workspace)
    yield workspace
    workspace.close()


def current(workspace: Workspace, document_id: int | None = None) -> StudyItem:
    item = workspace.next_card(document_id)
    assert item is not None
    return item


def study(workspace: Workspace, rating: Rating, times: int, document: int | None = None) -> None:
    for _ in range(times):
        workspace.answer(current(workspace, document).card.id, rating, 1000)


def test_new_cards_come_in_the_order_of_the_texts_up_to_the_days_limit(
    workspace: Workspace, clock: Clock
) -> None:
    shown = []
    while (item := workspace.next_card()) is not None:
        shown.append(item.note.id)
        workspace.answer(item.card.id, Rating.EASY)
    assert shown == [f"Rivers-{i}" for i in range(1, 21)]
    assert workspace.due_counts() == DueCounts(0, 0, 0)
    clock.move(days=1)
    assert workspace.due_counts() == DueCounts(20, 0, 0)


def test_a_day_ends_at_four_in_the_morning(workspace: Workspace, clock: Clock) -> None:
    study(workspace, Rating.EASY, 20)
    clock.move(hours=17, minutes=59)
    assert workspace.next_card() is None
    clock.move(minutes=1)
    assert workspace.next_card() is not None


def test_a_document_is_studied_by_itself_with_limits_of_its_own(workspace: Workspace) -> None:
    study(workspace, Rating.EASY, 20, document=1)
    assert workspace.due_counts(1) == DueCounts(0, 0, 0)
    assert workspace.next_card(1) is None
    item = current(workspace, 2)
    assert (item.note.id, item.document_id) == ("Hills-1", 2)
    assert workspace.due_counts(2).new == 20


def test_due_learning_cards_come_first_and_soon_due_ones_last(
    workspace: Workspace, clock: Clock
) -> None:
    change_options(workspace, new_per_day=2)
    first = current(workspace).card.id
    workspace.answer(first, Rating.AGAIN)
    second = current(workspace).card.id
    assert second != first
    clock.move(seconds=61)
    assert current(workspace).card.id == first
    workspace.answer(first, Rating.GOOD)
    workspace.answer(second, Rating.GOOD)
    assert workspace.due_counts() == DueCounts(0, 2, 0)
    item = current(workspace)
    assert item.card.due is not None
    assert item.card.due > clock()
    workspace.answer(item.card.id, Rating.GOOD)
    study(workspace, Rating.GOOD, 1)
    assert workspace.next_card() is None


def test_reviews_are_due_from_the_morning_of_their_day(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, new_per_day=1)
    study(workspace, Rating.EASY, 1)
    (record,) = [r for r in workspace.cards() if r.card is not None and r.card.reps]
    assert record.card is not None
    assert record.card.due is not None
    change_options(workspace, new_per_day=0)
    clock.time = record.card.due.replace(hour=3)
    assert workspace.due_counts().review == 0
    clock.time = record.card.due.replace(hour=5)
    assert clock() < record.card.due
    assert workspace.due_counts().review == 1
    assert current(workspace).card.id == record.card.id


def test_new_cards_are_mixed_among_reviews_of_the_day(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, new_per_day=10)
    study(workspace, Rating.EASY, 10)
    clock.move(days=30)
    change_options(workspace, new_per_day=2)
    assert workspace.due_counts() == DueCounts(2, 0, 10)
    states = ""
    while (item := workspace.next_card()) is not None:
        states += "n" if item.card.state is CardState.NEW else "r"
        workspace.answer(item.card.id, Rating.EASY)
    assert states == "rrrnrrrrnrrr"


def test_reviews_of_a_day_are_limited_and_a_backlog_comes_before_new_cards(
    workspace: Workspace, clock: Clock
) -> None:
    study(workspace, Rating.EASY, 20)
    clock.move(days=40)
    change_options(workspace, reviews_per_day=5)
    assert workspace.due_counts() == DueCounts(0, 0, 5)
    study(workspace, Rating.EASY, 5)
    assert workspace.next_card() is None


def test_an_answer_gives_what_the_scheduler_says(workspace: Workspace, clock: Clock) -> None:
    random, scheduler = Random(3), Scheduler(0.9)
    change_options(workspace, new_per_day=1)
    expected = current(workspace, 1).card
    for _ in range(12):
        item = current(workspace, 1)
        if item.card.id != expected.id:
            break
        assert item.card == expected
        assert item.intervals == scheduler.intervals(expected, clock())
        rating = random.choice([Rating.AGAIN, Rating.GOOD, Rating.EASY])
        expected, _ = scheduler.review(expected, rating, clock(), 700)
        workspace.answer(item.card.id, rating, 700)
        change_options(workspace, new_per_day=0)
        assert expected.due is not None
        clock.time = expected.due
    assert expected.reps == 12


def test_desired_retention_takes_effect_at_once(workspace: Workspace, clock: Clock) -> None:
    easy = current(workspace).intervals[Rating.EASY]
    change_options(workspace, desired_retention=0.75)
    assert current(workspace).intervals[Rating.EASY] > easy


def test_undo_brings_the_answered_card_back(workspace: Workspace) -> None:
    item = current(workspace)
    counts = workspace.due_counts()
    workspace.answer(item.card.id, Rating.EASY)
    assert current(workspace) != item
    assert workspace.undo() == "Answer card"
    assert current(workspace) == item
    assert workspace.due_counts() == counts


def test_a_buried_card_comes_back_the_next_day(workspace: Workspace, clock: Clock) -> None:
    item = current(workspace)
    workspace.bury(item.card.id)
    assert current(workspace).card.id != item.card.id
    clock.move(hours=18)
    assert current(workspace).card.id == item.card.id


def test_the_cards_of_a_cloze_ask_for_one_gap_each(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "cloze")
    document = make_document()
    add_analysed(workspace, document, [make_cloze(document, 1)])
    accept_all(workspace)
    first = current(workspace)
    workspace.answer(first.card.id, Rating.EASY)
    second = current(workspace)
    assert first.note == second.note
    assert first.front == "Rivers number […] is 100 miles long and — naïve — runs."
    assert second.front == "Rivers number 0 is […] miles long and — naïve — runs."
    assert first.back == second.back == document.blocks[1].text
    workspace.close()


def test_answers_in_the_same_millisecond_are_all_kept(workspace: Workspace) -> None:
    study(workspace, Rating.AGAIN, 20)
    assert workspace._database.value("SELECT count(*) FROM reviews") == 20


def test_a_clock_that_goes_back_breaks_nothing(workspace: Workspace, clock: Clock) -> None:
    study(workspace, Rating.GOOD, 3)
    clock.time -= timedelta(days=400)
    study(workspace, Rating.GOOD, 3)
    workspace.accept(["Hills-1"])
    assert workspace.check() == []
