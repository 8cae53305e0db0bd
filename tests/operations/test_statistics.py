"""The numbers of the statistics page: against the real Anki, by scope, over clock changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from anki.collection import Collection

from desktop.library import reviews
from desktop.library.study_decks import all_decks
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.study.card import Rating
from desktop.study.card_figures import Maturity
from desktop.study.local_days import DayTable, day_number, stretches
from desktop.study.scheduler import Scheduler
from desktop.study.statistics import Recall, ReviewKind
from tests.anki_mirror import mirror
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)

#: Of Anki's true retention and of ours, by its name.
PERIODS = {"today": 1, "week": 7, "month": 30, "year": 365, "all_time": None}


def history(workspace: Workspace, start: datetime, end: datetime, seed: int) -> None:
    """Let a reader study all cards from ``start`` on, each at its time, until ``end``."""
    random, scheduler = Random(seed), Scheduler()
    with workspace._database.transaction():
        for number, record in enumerate(workspace.cards()):
            for card in record.cards:
                if number % 5 == 4:
                    continue  # some are never begun
                moment = start + timedelta(days=random.randrange(140), hours=random.randrange(20))
                while moment < end - timedelta(minutes=1):
                    rating = random.choices(list(Rating), (20, 10, 60, 10))[0]
                    took = random.randrange(2_000, 40_000)
                    card, review = scheduler.review(card, rating, moment, took)
                    reviews.store_answer(workspace._database, card, review)
                    assert card.due is not None
                    moment = card.due + timedelta(hours=random.randrange(9), seconds=1)


@pytest.fixture
def studied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A library that was studied for half a year until now: Anki counts by the real clock."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    now = datetime.now(UTC).replace(microsecond=0)
    clock = Clock(now - timedelta(days=180))
    workspace = Workspace.open(reader_folders(tmp_path / "home"), now=clock, zone=UTC)
    for title in ("Moss", "Tin", "Looms"):
        document = make_document(title, paragraphs=24)
        notes = [make_note(document, i) for i in range(1, 21)]
        add_analysed(workspace, document, [*notes, make_cloze(document, 22)])
        accept_all(workspace)
        clock.move(days=20)
    history(workspace, now - timedelta(days=170), now, 5)
    clock.time = now
    ids = [record.note.id for record in workspace.cards()]
    workspace.suspend(ids[:7])
    workspace.bury(workspace.cards()[10].cards[0].id)
    yield workspace
    workspace.close()
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def anki(studied: Workspace, tmp_path: Path) -> Iterator[Collection]:
    now_ms = int(studied._now().timestamp() * 1000)
    collection = mirror(studied._database, tmp_path / "anki", now_ms)
    yield collection
    collection.close()


def test_every_number_is_that_of_anki(studied: Workspace, anki: Collection) -> None:
    graphs = anki._backend.graphs(search="", days=0)
    found = studied.statistics()
    cards = found.cards
    # reviews and times by day
    assert {day - found.today for day in found.days} == set(graphs.reviews.count)
    for day, reviewed in found.days.items():
        counts, times = (f[day - found.today] for f in (graphs.reviews.count, graphs.reviews.time))
        names = {ReviewKind.LEARNING: "learn", ReviewKind.YOUNG: "young",
                 ReviewKind.MATURE: "mature", ReviewKind.RELEARNING: "relearn"}  # fmt: skip
        assert [reviewed.number(kind) for kind in names] == [
            getattr(counts, n) for n in names.values()
        ]
        assert list(reviewed.took_ms) == [getattr(times, n) for n in names.values()]
    # true retention
    for name, length in PERIODS.items():
        theirs, ours = getattr(graphs.true_retention, name), found.recall(length)
        assert ours == Recall(
            theirs.young_passed, theirs.young_failed, theirs.mature_passed, theirs.mature_failed
        ), name
    assert found.recall(None).number > 300
    # hours and buttons
    hours = [sum(day.hours[h] for day in found.days.values()) for h in range(24)]
    right = [sum(day.right[h] for day in found.days.values()) for h in range(24)]
    assert hours == [hour.total for hour in graphs.hours.all_time]
    assert right == [hour.correct for hour in graphs.hours.all_time]
    month = found.period(30).values()
    buttons = [sum(day.answers[i] for day in month) for i in range(16)]
    theirs_month = graphs.buttons.one_month
    assert buttons[4:12] == [*theirs_month.young, *theirs_month.mature]
    assert [a + b for a, b in zip(buttons[:4], buttons[12:], strict=True)] == list(
        theirs_month.learning
    )
    # cards
    counts = graphs.card_counts.excluding_inactive
    assert list(cards.maturity.values()) == [
        counts.newCards, counts.learn, counts.relearn, counts.young, counts.mature,
        counts.suspended, counts.buried,
    ]  # fmt: skip
    assert cards.maturity[Maturity.SUSPENDED] == 7
    assert cards.maturity[Maturity.BURIED] == 1
    assert dict(cards.intervals) == dict(graphs.intervals.intervals)
    assert {day: count for day, count in cards.added.items() if count} == {
        found.today + day: count for day, count in graphs.added.added.items()
    }
    due = {d: cards.due_young.get(d, 0) + cards.due_mature.get(d, 0)
           for d in {*cards.due_young, *cards.due_mature}}  # fmt: skip
    assert due == dict(graphs.future_due.future_due)
    # memory
    assert dict(cards.difficulty) == dict(graphs.difficulty.eases)
    assert dict(cards.stability) == dict(graphs.stability.intervals)
    assert dict(cards.retrievability) == dict(graphs.retrievability.retrievability)
    assert cards.expected == pytest.approx(graphs.retrievability.sum_by_card, rel=1e-4)


def test_a_document_and_its_deck_are_counted_alone(studied: Workspace) -> None:
    whole = studied.statistics()
    by_document = [studied.statistics(document_id=text.document_id) for text in whole.texts]
    assert [text.title for text in whole.texts] == ["Moss", "Tin", "Looms"]
    for number, found in enumerate(by_document):
        assert found.texts == (whole.texts[number],)
        assert found.cards.studied == whole.texts[number].known + whole.texts[number].fading
        deck = next(
            d for d in all_decks(studied._database) if d.document_id == found.texts[0].document_id
        )
        assert studied.statistics(deck_id=deck.id).cards == found.cards
        assert studied.statistics(deck_id=deck.id).days == found.days
    assert sum(found.recall(None).number for found in by_document) == whole.recall(None).number
    root = next(deck for deck in all_decks(studied._database) if deck.name == "Glossator")
    assert studied.statistics(deck_id=root.id).cards == whole.cards  # with all decks within it


def test_what_is_known_what_fades_and_what_is_new_are_all_cards(studied: Workspace) -> None:
    studied._clock.move(days=9)  # type: ignore[attr-defined]
    found = studied.statistics()
    texts = found.texts
    assert sum(t.cards for t in texts) == sum(found.cards.maturity.values())
    assert sum(t.known + t.fading for t in texts) == found.cards.studied
    assert sum(t.expected for t in texts) == pytest.approx(found.cards.expected)
    assert all(t.known and t.new and 0 < t.share < 1 for t in texts)
    assert sum(t.fading for t in texts) > 0


def test_an_empty_library_has_empty_statistics(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "home")
    found = workspace.statistics()
    assert (found.days, found.texts, found.recall(None).all) == ({}, (), None)
    assert set(found.cards.maturity.values()) == {0}
    workspace.close()


def test_days_follow_the_readers_clock_over_its_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, last = datetime(2024, 3, 29, 12, tzinfo=UTC), datetime(2024, 4, 2, 12, tzinfo=UTC)
    found = list(stretches(first, last, 4, berlin))
    hours = [(s.end - s.start) / 3_600_000 for s in found]
    # The clock jumps from 2 to 3 on the night of the 31st, which is still the 30th's study.
    assert hours == [24, 22, 1, 24, 24, 24]
    assert [s.offset // 3_600_000 for s in found] == [1, 1, 2, 2, 2, 2]
    assert found[1].day == found[2].day
    table = DayTable(found)
    start = datetime(2024, 3, 31, 4, tzinfo=berlin)
    day = start.date().toordinal()
    ms = int(start.timestamp() * 1000)
    assert (table(ms - 1), table(ms)) == (day - 1, day)
    assert day_number(start, 4, berlin) == day
    assert table(ms + 400 * 86_400_000) == day + 400  # beyond what it knows
    assert table(ms - 399 * 86_400_000) == day - 400  # at three by the winter's clock
