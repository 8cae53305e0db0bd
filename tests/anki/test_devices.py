"""Schedules, answers and notes on several devices, through the real sync server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection

from desktop.anki.sync import Account, FullSync, FullSyncWanted
from desktop.operations.workspace import Workspace
from desktop.study.card import CardState, Rating
from tests.anki import devices
from tests.anki.routes import BySync
from tests.library.factory import accept_all, add_analysed, make_document, open_workspace
from tests.sync_server import FIRST, AnkiReader, sync_server


class Now:
    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[BySync, AnkiReader]]:
    with sync_server(tmp_path / "server") as address:
        collection = Collection(str(tmp_path / "collection.anki2"))
        anki = AnkiReader(collection, address)
        home = tmp_path / "library"
        workspace = open_workspace(home, Now())  # type: ignore[arg-type]
        add_analysed(workspace, make_document("Rivers"))
        accept_all(workspace)
        yield BySync(workspace, anki, Account(FIRST, address)), anki
        assert collection.fix_integrity()[1]
        workspace.close()
        collection.close()


def card_of(workspace: Workspace, note_id: str) -> Any:
    return next(r.cards[0] for r in workspace.cards() if r.note.id == note_id)


def test_what_was_studied_before_the_first_sync_arrives_with_schedule_and_log(
    pair: tuple[BySync, AnkiReader],
) -> None:
    library, anki = pair
    workspace = library.workspace
    workspace.answer(card_of(workspace, "Rivers-1").id, Rating.EASY, took_ms=1500)
    mine = card_of(workspace, "Rivers-1")
    library.send()
    note = anki.collection.get_note(
        anki.collection.db.scalar("select id from notes where guid = 'Rivers-1'")
    )
    card = note.cards()[0]
    assert (card.type, card.queue, card.reps) == (2, 2, 1)
    assert card.memory_state.stability == pytest.approx(mine.stability, abs=0.01)
    assert card.memory_state.difficulty == pytest.approx(mine.difficulty, abs=0.01)
    assert card.ivl == round((mine.due - mine.last_review).total_seconds() / 86400)
    assert card.due == card.ivl + anki.collection.sched.today
    assert anki.collection.db.all("select ease, time from revlog") == [[4, 1500]]


def test_answers_in_anki_come_here_and_ours_go_there(pair: tuple[BySync, AnkiReader]) -> None:
    library, anki = pair
    workspace = library.workspace
    library.send()
    there = anki.collection.get_card(anki.collection.find_cards("Question:*")[1])
    there.start_timer()
    anki.collection.sched.answerCard(there, 4)
    guid = there.note().guid
    other = next(r for r in workspace.cards() if r.note.id != guid)
    workspace.answer(other.cards[0].id, Rating.GOOD)
    library.send()
    mine = card_of(workspace, guid)
    assert (mine.state, mine.reps) == (CardState.REVIEW, 1)
    database = workspace._database
    assert len(database.rows("SELECT id FROM reviews")) == 2
    assert anki.collection.db.scalar("select count() from revlog") == 2
    library.send()
    assert len(database.rows("SELECT id FROM reviews")) == 2
    assert anki.collection.db.scalar("select count() from revlog") == 2


def test_the_later_answer_holds_and_both_are_logged(pair: tuple[BySync, AnkiReader]) -> None:
    library, anki = pair
    workspace = library.workspace
    library.send()
    guid = "Rivers-2"
    workspace.answer(card_of(workspace, guid).id, Rating.AGAIN)
    nid = anki.collection.db.scalar("select id from notes where guid = ?", guid)
    card = anki.collection.get_note(nid).cards()[0]
    card.start_timer()
    anki.collection.sched.answerCard(card, 4)
    library.send()
    assert card_of(workspace, guid).state is CardState.REVIEW
    assert anki.collection.get_card(card.id).type == 2
    assert len(workspace._database.rows("SELECT id FROM reviews")) == 2
    assert anki.collection.db.scalar("select count() from revlog") == 2


def test_many_cards_gone_at_once_are_not_taken_for_deleted(
    pair: tuple[BySync, AnkiReader], tmp_path: Path
) -> None:
    library, anki = pair
    workspace = library.workspace
    document = make_document("Hills", paragraphs=30)
    notes = [devices.make_note(document, n) for n in range(1, 25)]
    accept_all(workspace, add_analysed(workspace, document, notes))
    library.send()
    anki.collection.remove_notes(anki.collection.find_notes("Title:Hills"))
    outcome = library.send()
    assert len(outcome.kept) == 24
    assert sum(r.status == "accepted" for r in workspace.cards()) == 29


def test_a_copy_that_does_not_add_up_takes_a_full_sync_and_loses_nothing(
    pair: tuple[BySync, AnkiReader],
) -> None:
    library, anki = pair
    library.send()
    (copy,) = library.workspace.folder.glob("anki/*/collection.anki2")
    broken = Collection(str(copy))
    broken.db.execute(
        "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) "
        "values (5, 5, 0, 3, 1, 0, 0, 0, 1)"
    )
    broken.close()
    workspace = library.workspace
    workspace.edit_note("Rivers-1", back="ours")
    workspace.answer(card_of(workspace, "Rivers-2").id, Rating.GOOD)
    asked: list[FullSyncWanted] = []
    library.ask_full = lambda wanted: (asked.append(wanted), FullSync.DOWNLOAD)[1]
    library.send()
    assert len(asked) == 1
    notes = {row[0]: row[1] for row in anki.collection.db.all("select guid, flds from notes")}
    assert notes["Rivers-1"].split("\x1f")[1] == "ours"
    assert anki.collection.db.scalar("select count() from revlog") == 1
    assert library.send().unchanged == 5


def test_random_operations_on_three_sides_end_equal(tmp_path: Path) -> None:
    sides, close = devices.run(tmp_path, operations=40, seed=3)
    try:
        assert devices.differences(sides) == []
        assert sides.answers_kept() >= sides.given > 0
    finally:
        close()
