"""Packages of the real Anki are taken into the library: nothing lost, doubled or overwritten."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

from desktop.anki.container import zstd
from desktop.decks.apkg import write_apkg
from desktop.errors import Cancelled, InputError, LibraryError
from desktop.library import anki_notes
from desktop.library.study_decks import all_decks, presets
from desktop.operations.anki_packages import Fate, plan_sentence, read_package
from desktop.operations.workspace import Workspace
from desktop.study.card import CardState, Rating
from tests.anki import collections
from tests.anki_judge import AnkiJudge
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    dump,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki, 36)
        collections.study(anki, 60)
        return collections.export(anki, folder / "deck.apkg", legacy=False)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "library", clock)
    yield workspace
    assert workspace.check() == []
    workspace.close()


def take(workspace: Workspace, path: Path) -> Any:
    return workspace.take_in(read_package(path))


def counts(workspace: Workspace) -> dict[str, int]:
    names = ("notes", "foreign_notes", "cards", "reviews", "anki_reviews", "media", "decks")
    return {name: workspace._database.value(f"SELECT count(*) FROM {name}") for name in names}


def test_everything_comes_in(workspace: Workspace, package: Path) -> None:
    plan = take(workspace, package)
    assert plan_sentence(plan) == "36 notes: 36 new."
    assert counts(workspace) == {
        "notes": 36, "foreign_notes": 36, "cards": 60, "reviews": 60, "anki_reviews": 62,
        "media": 2, "decks": 4,
    }  # fmt: skip
    names = [deck.name for deck in all_decks(workspace._database)]
    assert names == sorted(collections.DECKS, key=str.casefold)
    slow = next(preset for preset in presets(workspace._database) if preset.name == "Slow")
    assert slow.options.new_per_day == 7
    assert slow.options.learning_steps == (120, 900, 3600)
    assert slow.options.desired_retention == 0.85
    states = workspace._database.rows("SELECT state, count(*) AS n FROM cards GROUP BY state")
    assert {row["state"] for row in states} >= {0, 1, 2}
    assert workspace._database.value("SELECT count(*) FROM cards WHERE suspended = 1") == 5
    flags = workspace._database.rows("SELECT DISTINCT flag FROM cards ORDER BY flag")
    assert [row["flag"] for row in flags] == [0, 3, 7]
    row = workspace._database.row("SELECT * FROM notes WHERE kind = 'cloze' LIMIT 1")
    assert row is not None
    assert row["front"] == "The [what?] falls when the string gets [...]."
    assert row["back"].startswith("The pitch falls when the string gets longer.")
    medium = anki_notes.read_medium(workspace._database, collections.PICTURE)
    assert medium is not None
    assert len(medium) == 500


def test_a_second_import_changes_nothing(workspace: Workspace, package: Path) -> None:
    take(workspace, package)
    before = dump(workspace._database)
    plan = take(workspace, package)
    assert plan_sentence(plan) == "36 notes: 36 already here."
    assert dump(workspace._database) == before


def test_an_import_is_one_step_to_undo_and_to_redo(workspace: Workspace, package: Path) -> None:
    before = dump(workspace._database)
    take(workspace, package)
    after = dump(workspace._database)
    assert workspace.undo() == "Import from Anki"
    assert dump(workspace._database) == before
    assert workspace.redo() == "Import from Anki"
    assert dump(workspace._database) == after


@pytest.mark.parametrize("stop_at", [0, 1, 2, 3])
def test_a_cancelled_import_leaves_nothing(
    workspace: Workspace, package: Path, stop_at: int
) -> None:
    incoming = read_package(package)
    before = dump(workspace._database)
    calls = 0

    def report(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.take_in(incoming, report=report)
    assert dump(workspace._database) == before
    assert workspace.undo_name() is None


def test_a_damaged_package_leaves_the_library_untouched(
    workspace: Workspace, package: Path, tmp_path: Path
) -> None:
    before = dump(workspace._database)
    path = tmp_path / "cut.apkg"
    path.write_bytes(package.read_bytes()[:-2000])
    with pytest.raises(InputError):
        take(workspace, path)
    shutil.copyfile(package, path)
    incoming = read_package(path)
    path.unlink()  # it went away between the two looks
    with pytest.raises(InputError):
        workspace.take_in(incoming)
    assert dump(workspace._database) == before


def test_what_was_edited_here_stays_and_what_was_not_follows_anki(
    workspace: Workspace, tmp_path: Path
) -> None:
    with collections.opened(tmp_path / "anki") as anki:
        collections.fill(anki, 6)
        take(workspace, collections.export(anki, tmp_path / "a.apkg", legacy=False))
        basic = [anki.get_note(i) for i in anki.find_notes('"note:Basic"')]
        reverse = [anki.get_note(i) for i in anki.find_notes('"note:Basic (and reversed card)"')]
        for note in basic + reverse:
            note["Back"] = "changed there"
            note.tags.append("there")
            anki.update_note(note)
            anki.db.execute("update notes set mod = mod + 100 where id = ?", note.id)
        mine, theirs = basic[0].guid, reverse[0].guid
        workspace._database.run("UPDATE notes SET edited = 1 WHERE id = ?", (mine,))
        plan = take(workspace, collections.export(anki, tmp_path / "b.apkg", legacy=False))
    assert plan.count(Fate.CHANGED) == 1
    assert plan.count(Fate.KEPT) == 1
    assert plan_sentence(plan) == "6 notes: 1 changed, 4 already here, 1 kept as you have them."
    backs = {row["id"]: row["back"] for row in workspace._database.rows("SELECT * FROM notes")}
    assert "changed there" in backs[theirs]
    assert "changed there" not in backs[mine]


def test_the_later_schedule_counts_and_the_log_is_merged(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    with collections.opened(tmp_path / "anki") as anki:
        collections.fill(anki, 1)
        collections._answer(anki, anki.get_card(anki.find_cards("")[0]), 4)
        _move_back(anki, 60)
        first = collections.export(anki, tmp_path / "a.apkg", legacy=False)
        take(workspace, first)
        card_id = workspace._database.value("SELECT id FROM cards")
        clock.move(days=-30)
        workspace.answer(card_id, Rating.GOOD)
        mine = workspace._database.row("SELECT * FROM cards")
        take(workspace, first)  # older: the answer given here stays
        assert tuple(workspace._database.row("SELECT * FROM cards") or ()) == tuple(mine or ())
        collections._answer(anki, anki.get_card(anki.find_cards("")[0]), 3)
        theirs = anki.get_card(anki.find_cards("")[0])
        take(workspace, collections.export(anki, tmp_path / "b.apkg", legacy=False))
    row = workspace._database.row("SELECT * FROM cards")
    assert row is not None
    assert row["stability"] == pytest.approx(theirs.memory_state.stability)
    assert row["reps"] == 2
    assert workspace._database.value("SELECT count(*) FROM reviews") == 3


def _move_back(anki: Any, days: int) -> None:
    """Let all answers so far lie days further back."""
    seconds = days * 86_400
    anki.db.execute("update revlog set id = id - ?", seconds * 1000)
    anki.db.execute("update cards set due = due - ?", days)
    for number, data in anki.db.all("select id, data from cards"):
        moved = re.sub(r'"lrt":(\d+)', lambda m: f'"lrt":{int(m[1]) - seconds}', data)
        anki.db.execute("update cards set data = ? where id = ?", moved, number)


def test_our_own_cards_come_back_to_their_texts(
    workspace: Workspace, clock: Clock, tmp_path: Path, anki: AnkiJudge
) -> None:
    document = make_document("Rivers")
    notes = [make_note(document, i) for i in range(1, 4)] + [make_cloze(document, 5)]
    document_id = add_analysed(workspace, document, notes)
    accept_all(workspace)
    out = tmp_path / "out.apkg"
    write_apkg(workspace.deck([document_id]), out)
    anki.take_package(out)
    col = anki.collection
    clock.move(seconds=-1)  # nothing here is newer than what follows
    question = anki.note("Rivers-1")
    question["Answer"] = "two hundred &amp; one miles"
    question.tags.append("mine::river")
    cloze = anki.note("Rivers-cloze-5")
    cloze["Text"] = cloze["Text"].replace("}}", "::hint}}", 1)
    for note in (question, cloze):
        col.update_note(note)
        col.db.execute("update notes set mod = mod + 100000 where id = ?", note.id)
    card = col.get_card(col.find_cards('"Title:Rivers"')[0])
    collections._answer(col, col.get_card(question.cards()[0].id), 4)
    assert card
    plan = take(workspace, collections.export(col, tmp_path / "back.apkg", legacy=False))
    assert plan.count(Fate.CHANGED) == 2
    assert plan.count(Fate.NEW) == 0
    records = {record.note.id: record for record in workspace.cards()}
    assert records["Rivers-1"].note.back == "two hundred & one miles"
    assert records["Rivers-1"].edited
    assert "mine::river" in records["Rivers-1"].note.tags
    assert "::hint}}" in (records["Rivers-cloze-5"].note.cloze or "")
    studied = records["Rivers-1"].card
    assert studied is not None
    assert studied.state is CardState.REVIEW
    assert len(records["Rivers-cloze-5"].cards) == 2
    assert counts(workspace)["foreign_notes"] == 0
    assert counts(workspace)["reviews"] == 1


def test_our_own_cards_without_their_text_are_kept_whole(
    workspace: Workspace, tmp_path: Path, anki: AnkiJudge
) -> None:
    other = open_workspace(tmp_path / "other", Clock())
    document = make_document("Hills")
    add_analysed(other, document)
    accept_all(other)
    write_apkg(other.deck(), tmp_path / "out.apkg")
    other.close()
    plan = take(workspace, tmp_path / "out.apkg")
    assert plan.count(Fate.NEW) == len(plan.fates) == 5
    assert counts(workspace)["foreign_notes"] == 5
    document_id = add_analysed(workspace, document)  # now the text is there too
    assert {record.note.id for record in workspace.cards(document_id)} >= {"Hills-1", "Hills-2"}


def test_files_of_one_name_are_kept_apart(workspace: Workspace, tmp_path: Path) -> None:
    for number in (1, 2):
        with collections.opened(tmp_path / f"anki{number}") as anki:
            (Path(anki.media.dir()) / "a b.png").write_bytes(bytes([number]) * 10)
            note = anki.new_note(anki.models.by_name("Basic"))
            note["Front"] = f'{number} <img src="a b.png">[sound:a b.png]'
            anki.add_note(note, anki.decks.id("Default"))
            take(workspace, collections.export(anki, tmp_path / f"{number}.apkg", legacy=True))
    fields = [row[0] for row in workspace._database.rows("SELECT fields FROM foreign_notes")]
    media = anki_notes.media_sums(workspace._database)
    assert len(media) == 2
    other = next(name for name in media if name != "a b.png")
    assert "a b.png" in fields[0]
    assert f'src=\\"{other}\\"' in fields[1]
    assert f"[sound:{other}]" in fields[1]


def test_of_a_foreign_card_tags_are_edited_here_and_fields_there(
    workspace: Workspace, package: Path
) -> None:
    take(workspace, package)
    note_id = workspace._database.value("SELECT id FROM notes WHERE kind = 'question' LIMIT 1")
    workspace.edit_note(note_id, tags=["mine"])
    with pytest.raises(LibraryError, match="came from Anki"):
        workspace.edit_note(note_id, front="other")
    workspace.delete_notes([note_id])
    assert workspace._database.value("SELECT count(*) FROM card_judgements") == 0
    assert take(workspace, package).count(Fate.NEW) == 1  # asked for again by the reader
    item = workspace.next_card()
    assert item is not None
    assert item.foreign is not None
    assert item.foreign.page(answer=True).body


def test_a_large_package_is_backed_up_before(
    workspace: Workspace, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.operations.importing._MOST_UNDONE", 10)
    take(workspace, package)
    assert workspace.undo_name() is None
    folder = workspace._database.path.parent / "backups"
    assert [path.name.startswith("library-before-import-") for path in folder.iterdir()] == [True]


def test_a_deck_without_progress_comes_as_new_cards(workspace: Workspace, tmp_path: Path) -> None:
    with collections.opened(tmp_path / "anki") as anki:
        collections.fill(anki, 12)
        take(workspace, collections.export(anki, tmp_path / "a.apkg", legacy=True))
    assert workspace._database.value("SELECT count(*) FROM cards WHERE state <> 0") == 0
    item = workspace.next_card()
    assert item is None or item.card.state is CardState.NEW


@pytest.mark.parametrize("number", [-(2**63), -1, 0, 2**31, 2**53, 2**63 - 1])
def test_numbers_beyond_all_bounds_are_taken_in_within_them(
    workspace: Workspace, package: Path, tmp_path: Path, number: int
) -> None:
    columns = (
        "mod", "type", "queue", "due", "ivl", "factor", "reps", "lapses", '"left"', "odue",
        "odid", "flags",
    )  # fmt: skip
    path = _respelt(
        package,
        tmp_path,
        *(f"UPDATE cards SET {name} = {number} WHERE id % 5 = 1" for name in columns),
        *(f"UPDATE cards SET {name} = {number} WHERE id % 5 = 2" for name in columns[3:5]),
        f'UPDATE cards SET data = \'{{"s":1e999,"d":{number},"lrt":{number}}}\' WHERE id % 5 = 3',
        f"UPDATE cards SET data = '[{number}' WHERE id % 5 = 4",
        f"UPDATE notes SET mod = {number}",
        f"UPDATE cards SET id = {number} WHERE id = (SELECT min(id) FROM cards)",
        f"UPDATE notes SET id = {number} WHERE id = (SELECT max(id) FROM notes)",
        f"UPDATE revlog SET ivl = {number}, lastIvl = {number}, factor = {number}, "
        f"time = {number}, ease = {number}, type = {number} WHERE id % 3 = 0",
        f"UPDATE revlog SET id = {number}, cid = {number} WHERE id = (SELECT max(id) FROM revlog)",
        f"UPDATE col SET crt = {number}",
    )
    take(workspace, path)
    assert workspace.check() == []
    workspace.write_package(tmp_path / "again.apkg", with_progress=True)
    with collections.opened(tmp_path / "fresh") as anki:
        judge_import(anki, tmp_path / "again.apkg")
    workspace.next_card()


def judge_import(anki: Any, path: Path) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
    assert anki.note_count() >= 30


def _respelt(source: Path, folder: Path, *statements: str) -> Path:
    """Return a package whose collection the statements changed."""
    path, plain = folder / "respelt.apkg", folder / "plain.sqlite3"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "collection.anki21b":
                plain.write_bytes(zstd.decompress(body))
                with closing(sqlite3.connect(plain)) as connection:
                    for statement in statements:
                        connection.execute(statement)
                    connection.commit()
                    connection.execute("PRAGMA journal_mode = DELETE")
                body = zstd.compress(plain.read_bytes())
            new.writestr(name, body)
    return path
