"""A day of study begins at four where the reader is: travel and clock changes."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.study.card import CardState, Rating
from desktop.study.scheduler import Scheduler
from desktop.study.session import study_days_between
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    change_options,
    make_document,
    make_note,
)

BERLIN, NEW_YORK, TOKYO = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Tokyo")
)


def opened(home: Path, clock: Clock, zone: tzinfo) -> Workspace:
    return Workspace.open(reader_folders(home), now=clock, zone=zone)


def filled(home: Path, clock: Clock, zone: tzinfo) -> Workspace:
    workspace = opened(home, clock, zone)
    document = make_document(paragraphs=40)
    add_analysed(workspace, document, [make_note(document, i) for i in range(1, 31)])
    accept_all(workspace)
    change_options(workspace, fuzz=False)
    return workspace


def moment(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_an_evening_and_the_next_morning_are_a_day_apart(tmp_path: Path) -> None:
    clock = Clock(moment("2024-05-06T22:00", BERLIN))
    workspace = filled(tmp_path, clock, BERLIN)
    change_options(workspace, learning_steps=(), maximum_interval=1)
    item = workspace.next_card()
    assert item is not None
    card = workspace.answer(item.card.id, Rating.GOOD).card
    clock.time = moment("2024-05-07T09:00", BERLIN)
    after = workspace.answer(card.id, Rating.GOOD).card
    plain = Scheduler(fuzz=False, learning_steps=())
    expected, _ = plain.review(card, Rating.GOOD, clock(), days=1)
    assert after.stability == expected.stability
    same_day, _ = plain.review(card, Rating.GOOD, clock())
    assert after.stability != same_day.stability
    workspace.close()


@pytest.mark.parametrize("hour", ["04:10", "12:00", "23:30"])
@pytest.mark.parametrize("day", ["2024-10-26", "2024-03-30", "2024-05-06"])
def test_a_card_is_asked_once_a_day_whatever_the_clocks_do(
    tmp_path: Path, day: str, hour: str
) -> None:
    clock = Clock(moment(f"{day}T{hour}", BERLIN))
    workspace = filled(tmp_path, clock, BERLIN)
    change_options(workspace, learning_steps=(), maximum_interval=1)
    for _ in range(20):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, Rating.GOOD)
    assert workspace.next_card() is None  # though the day may have 25 hours
    clock.time = datetime.combine(clock().date() + timedelta(days=1), clock().time(), tzinfo=BERLIN)
    assert workspace.due_counts().review == 20
    workspace.close()


@pytest.mark.parametrize(("here", "there"), [(TOKYO, NEW_YORK), (NEW_YORK, TOKYO)])
def test_a_traveller_is_asked_nothing_twice_and_loses_no_day(
    tmp_path: Path, here: tzinfo, there: tzinfo
) -> None:
    clock = Clock(moment("2024-05-06T12:00", here))
    workspace = filled(tmp_path, clock, here)
    for _ in range(20):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, Rating.EASY)
    workspace.close()

    clock.move(hours=13)  # the flight
    workspace = opened(tmp_path, clock, there)
    due = [record.card for record in workspace.cards() if record.card and record.card.due]
    asked = set()
    while (item := workspace.next_card()) is not None:
        assert item.card.id not in asked
        asked.add(item.card.id)
        workspace.answer(item.card.id, Rating.EASY)
    assert not asked & {card.id for card in due}  # none of them for eight days
    clock.move(days=8)
    assert workspace.due_counts().review == 20 + len(asked)
    workspace.close()


def test_days_of_study_between_two_times() -> None:
    late, early = moment("2024-05-06T23:00", BERLIN), moment("2024-05-07T03:59", BERLIN)
    assert study_days_between(late, early, 4, BERLIN) == 0
    assert study_days_between(late, early + timedelta(minutes=1), 4, BERLIN) == 1
    assert study_days_between(early, late, 4, BERLIN) == 0
    spring = moment("2024-03-30T12:00", BERLIN)
    assert study_days_between(spring, moment("2024-03-31T04:00", BERLIN), 4, BERLIN) == 1


def test_a_step_of_a_day_is_due_from_that_days_morning(tmp_path: Path) -> None:
    clock = Clock(moment("2024-05-06T22:00", BERLIN))
    workspace = filled(tmp_path, clock, BERLIN)
    change_options(workspace, learning_steps=(60, 86_400), new_per_day=1)
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    assert workspace.next_card() is None
    clock.time = moment("2024-05-07T04:00", BERLIN)
    change_options(workspace, new_per_day=0)
    again = workspace.next_card()
    assert again is not None
    assert (again.card.id, again.card.state) == (item.card.id, CardState.LEARNING)
    workspace.close()
