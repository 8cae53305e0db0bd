"""Every library file that a reader may have opens, with all that is in it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.glossary.term import Definition, DefinitionSource
from desktop.library import database as database_module
from desktop.library import migrations
from desktop.library.database import Database
from desktop.library.migrations import MIGRATIONS, NEWEST_VERSION
from desktop.operations.workspace import NoteStatus, ReadingPosition
from desktop.paths import library_file, reader_folders
from desktop.study.card import CardState
from tests.library.factory import (
    VERSION,
    Clock,
    dump,
    make_analysed,
    make_document,
    open_workspace,
)
from tests.library.make_files import file_of_version, make

READER = DefinitionSource.READER


@pytest.mark.parametrize("version", range(1, NEWEST_VERSION + 1))
def test_a_library_of_each_version_opens_with_all_that_it_held(
    version: int, tmp_path: Path
) -> None:
    path = library_file(reader_folders(tmp_path))
    shutil.copyfile(file_of_version(version), path)
    clock = Clock()
    clock.move(minutes=6)
    workspace = open_workspace(tmp_path, clock)

    assert workspace.check() == []
    rivers, hills = workspace.documents()
    assert (rivers.title, rivers.progress, rivers.cards_total) == ("Rivers", 0.5, 5)
    assert (hills.title, hills.notes_proposed) == ("Hills", 5)
    document = workspace.document(rivers.id)
    assert document == make_document("Rivers", pictures=document.pictures)
    assert document.pictures[0].data == bytes(range(256))
    analysed = workspace.analysed(rivers.id, VERSION)
    assert analysed is not None
    if version == 1:  # it knew no edits
        assert analysed == make_analysed(document)
        assert workspace.known_keys() == frozenset()
    else:
        assert analysed.glossary.terms[0].definition == Definition("water on its way", READER)
        assert workspace.known_keys() == {"idea:river"}
    assert [line.documents for line in workspace.library_terms()] == [2]
    assert workspace.reading_position(rivers.id) == ReadingPosition(3, 7, 0.5)
    marked = [(one.anchor.exact[:6], one.note) for one in workspace.highlights(rivers.id)]
    assert marked == ([("number", "Both of them.")] if version >= 7 else [])
    assert len(workspace.bookmarks()) == len(marked)
    assert [one.name for one in workspace.labels()] == (["Water"] if version >= 9 else [])
    assert workspace.search("naïve 103").documents == 2
    assert workspace.settings().theme == "sepia"
    assert workspace.state("window") == {"width": 900, "panes": [1, 2]}
    notes = {record.note.id: record for record in workspace.cards(rivers.id)}
    assert {key: record.status for key, record in notes.items()} == {
        "Rivers-1": NoteStatus.ACCEPTED,
        "Rivers-2": NoteStatus.ACCEPTED,
        "Rivers-3": NoteStatus.REFUSED,
        "Rivers-cloze-5": NoteStatus.ACCEPTED,
        "own": NoteStatus.ACCEPTED,
    }
    assert notes["Rivers-2"].edited
    assert notes["Rivers-2"].note.back == "a hundred and one miles"
    assert notes["Rivers-2"].cards[0].suspended
    first = notes["Rivers-1"].card
    assert first is not None
    assert (first.state, first.reps) == (CardState.REVIEW, 1)
    workspace.save_analysed(rivers.id, VERSION, make_analysed(document))
    assert "Rivers-4" not in {record.note.id for record in workspace.cards()}
    item = workspace.next_card()
    assert item is not None
    assert item.note.id == "Rivers-cloze-5"
    workspace.close()


def test_the_kept_file_of_this_version_is_what_the_program_makes(tmp_path: Path) -> None:
    make(tmp_path / "new.sqlite3")
    new = Database.open(tmp_path / "new.sqlite3")
    shutil.copyfile(file_of_version(NEWEST_VERSION), tmp_path / "kept.sqlite3")
    kept = Database.open(tmp_path / "kept.sqlite3")
    schema = "SELECT sql FROM sqlite_master ORDER BY name"
    assert [r[0] for r in new.rows(schema)] == [r[0] for r in kept.rows(schema)]
    assert dump(new) == dump(kept)
    new.close()
    kept.close()


def one_version_ahead(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let the program know one more migration, as the next release would."""
    steps = (*MIGRATIONS, step)
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(database_module, "NEWEST_VERSION", len(steps))
    migrate = migrations.migrate
    monkeypatch.setattr(database_module, "migrate", lambda c, path: migrate(c, path, to=len(steps)))


def test_a_migration_keeps_a_backup_of_the_file_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite3"
    shutil.copyfile(file_of_version(NEWEST_VERSION), path)
    before = Database.open(path)
    rows = dump(before)
    before.close()
    one_version_ahead(monkeypatch, "ALTER TABLE notes ADD COLUMN flag INTEGER;\n")
    after = Database.open(path)
    assert after.value("PRAGMA user_version") == NEWEST_VERSION + 1
    assert after.value("SELECT count(*) FROM notes WHERE flag IS NULL") == 10 - 1 + 1
    after.close()
    monkeypatch.undo()
    backup = tmp_path / "backups" / f"library-version-{NEWEST_VERSION}.sqlite3"
    kept = Database.open(backup)
    assert dump(kept) == rows
    kept.close()


def test_without_room_for_a_backup_there_is_no_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite3"
    shutil.copyfile(file_of_version(NEWEST_VERSION), path)
    (tmp_path / "backups").write_text("a file in the folder's place")
    one_version_ahead(monkeypatch, "DROP TABLE reviews;\n")
    with pytest.raises(LibraryError, match="needs a backup"):
        Database.open(path)
    monkeypatch.undo()
    database = Database.open(path)
    assert database.value("SELECT count(*) FROM reviews") == 3
    database.close()


def test_a_migration_that_fails_leaves_the_library_at_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite3"
    shutil.copyfile(file_of_version(NEWEST_VERSION), path)
    one_version_ahead(monkeypatch, "DROP TABLE reviews;\nINSERT INTO no_such_table VALUES (1);\n")
    with pytest.raises(LibraryError):
        Database.open(path)
    monkeypatch.undo()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == NEWEST_VERSION
    assert connection.execute("SELECT count(*) FROM reviews").fetchone()[0] == 3
    connection.close()
