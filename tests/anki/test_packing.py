"""Packages of the whole library, with and without progress, are what the real Anki takes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from desktop.errors import Cancelled, LibraryError
from desktop.library.study_decks import find_deck
from desktop.operations.anki_packages import read_package
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from tests.anki import collections, round_trip
from tests.anki_judge import AnkiJudge
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "library", clock)
    yield workspace
    workspace.close()


def add_own(workspace: Workspace) -> None:
    document = make_document("Rivers")
    notes = [make_note(document, i) for i in range(1, 4)] + [make_cloze(document, 5)]
    add_analysed(workspace, document, notes)
    accept_all(workspace)


def add_foreign(workspace: Workspace, folder: Path) -> None:
    with collections.opened(folder / "source") as anki:
        collections.fill(anki, 18)
        collections.study(anki, 30)
        path = collections.export(anki, folder / "source.apkg", legacy=False)
    workspace.take_in(read_package(path))


def take(anki: AnkiJudge, path: Path) -> Collection:
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    anki.collection.import_anki_package(request)
    assert anki.problems() == []
    return anki.collection


def test_a_collection_goes_through_the_library_unchanged(tmp_path: Path) -> None:
    found, problems = round_trip.travel(tmp_path, 60, 120)
    assert found == []
    assert problems == []


def test_the_comparison_sees_differences(tmp_path: Path) -> None:
    with collections.opened(tmp_path / "anki") as anki:
        collections.fill(anki, 12)
        collections.study(anki, 20)
        before = round_trip.tables(anki)
        assert all(rows for rows in before.values())
        card = anki.find_cards("")[0]
        anki.set_user_flag_for_cards(2, [card])
        anki.db.execute("update cards set due = due + 1 where id = ?", anki.find_cards("")[3])
        anki.db.execute("update revlog set ease = 5 - ease")
        after = round_trip.tables(anki)
    kinds = [line.split()[0] for line in round_trip.differences(before, after)]
    assert kinds.count("cards") == 2
    assert kinds.count("log") >= 20


def test_progress_made_here_arrives(
    workspace: Workspace, clock: Clock, tmp_path: Path, anki: AnkiJudge
) -> None:
    add_own(workspace)
    clock.move(days=-8)
    for rating in (Rating.EASY, Rating.GOOD, Rating.AGAIN):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, rating, took_ms=1500)
    records = {record.note.id: record for record in workspace.cards()}
    clock.move(days=8)
    assert workspace.write_package(tmp_path / "out.apkg", with_progress=True) == 4
    col = take(anki, tmp_path / "out.apkg")
    assert col.card_count() == 5
    easy = records["Rivers-1"].card
    assert easy is not None
    assert easy.due is not None
    theirs = anki.note("Rivers-1").cards()[0]
    assert (theirs.type, theirs.queue, theirs.reps) == (2, 2, 1)
    assert theirs.ivl == round((easy.due - clock.time).total_seconds() / 86_400 + 8)
    assert theirs.due - col.sched.today == theirs.ivl - 8
    assert theirs.memory_state.stability == pytest.approx(easy.stability, abs=1e-3)
    assert theirs.memory_state.difficulty == pytest.approx(easy.difficulty, abs=1e-2)
    assert col.decks.name(theirs.did) == "Glossator::Rivers"
    assert col.db.scalar("select count() from revlog") == 3
    log = col.db.all("select ease, type, time from revlog order by id")
    assert [row[0] for row in log] == [4, 3, 1]
    assert {tuple(row[1:]) for row in log} == {(0, 1500)}
    learning = anki.note("Rivers-2").cards()[0]
    assert (learning.type, learning.queue, learning.left % 1000) == (1, 1, 1)


def test_studied_here_and_brought_back_it_is_one_history(
    workspace: Workspace, clock: Clock, tmp_path: Path, anki: AnkiJudge
) -> None:
    add_foreign(workspace, tmp_path)
    clock.move(minutes=1)
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    reviews = workspace._database.value("SELECT count(*) FROM reviews")
    workspace.write_package(tmp_path / "out.apkg", with_progress=True)
    workspace.take_in(read_package(tmp_path / "out.apkg"))
    assert workspace._database.value("SELECT count(*) FROM reviews") == reviews
    col = take(anki, tmp_path / "out.apkg")
    lines = workspace._database.value("SELECT count(*) FROM anki_reviews")
    assert col.db.scalar("select count() from revlog") == lines + 1


def test_the_same_library_gives_the_same_bytes(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    add_own(workspace)
    add_foreign(workspace, tmp_path)
    for name in ("a", "b"):
        workspace.write_package(tmp_path / f"{name}.apkg", with_progress=True)
        clock.move(hours=5)
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes()


def test_without_progress_all_cards_are_new(
    workspace: Workspace, tmp_path: Path, anki: AnkiJudge
) -> None:
    add_foreign(workspace, tmp_path)
    workspace.write_package(tmp_path / "out.apkg")
    col = take(anki, tmp_path / "out.apkg")
    assert col.db.list("select distinct type || queue || reps || flags || data from cards") == [
        "0000{}"
    ]
    assert col.db.scalar("select count() from revlog") == 0


def test_one_deck_goes_with_what_it_needs(
    workspace: Workspace, tmp_path: Path, anki: AnkiJudge
) -> None:
    add_own(workspace)
    add_foreign(workspace, tmp_path)
    deck = find_deck(workspace._database, "Science::Rocks")
    assert deck is not None
    workspace.write_package(tmp_path / "out.apkg", deck_id=deck.id, with_progress=True)
    col = take(anki, tmp_path / "out.apkg")
    names = {d.name for d in col.decks.all_names_and_ids()}
    assert names == {"Default", "Science", "Science::Rocks", "Science::Rocks::Ore – naïve"}
    assert col.note_count() == 9
    with zipfile.ZipFile(tmp_path / "out.apkg") as archive:
        assert b"Glossator" not in archive.read("collection.anki2")


def test_nothing_to_write_is_told_and_a_stopped_export_leaves_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out.apkg"
    with pytest.raises(LibraryError, match="no accepted cards"):
        workspace.write_package(out)
    add_own(workspace)

    def stop(_rows: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        workspace.write_package(out, report=stop)
    assert not out.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["library"]
