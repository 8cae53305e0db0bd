"""Backups are whole, restoring one loses nothing, and a bad one changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import InputError, LibraryError, LibraryInUseError, OutputError
from desktop.library.database import Database
from desktop.operations.workspace import Workspace, restore_library
from desktop.paths import library_file, reader_folders
from tests.library.factory import Clock, dump, open_workspace
from tests.library.make_files import file_of_version, fill


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    clock = Clock()
    workspace = open_workspace(tmp_path / "home", clock)
    fill(workspace, clock)
    yield workspace
    workspace.close()


def test_backup_of_an_open_library_holds_all_of_it(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "copy.sqlite3"
    out.write_text("an older backup")
    workspace.backup(out)
    copy = Database.open(out)
    assert dump(copy) == dump(workspace._database)
    assert copy.problems() == []
    copy.close()
    assert {path.name for path in tmp_path.iterdir()} == {"home", "copy.sqlite3"}


@pytest.mark.parametrize("place", ["missing/copy.sqlite3", "", "home/library.sqlite3"])
def test_backup_to_an_impossible_place_is_one_sentence(
    workspace: Workspace, tmp_path: Path, place: str
) -> None:
    before = dump(workspace._database)
    with pytest.raises(OutputError):
        workspace.backup(tmp_path / place)
    assert dump(workspace._database) == before
    assert workspace.check() == []
    assert not list(tmp_path.rglob("*.part"))


def test_restore_brings_the_backup_back_and_keeps_what_it_replaces(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "copy.sqlite3"
    workspace.backup(out)
    before = dump(workspace._database)
    workspace.remove_document(1)
    later = dump(workspace._database)
    workspace.restore(out)
    assert dump(workspace._database) == before
    assert workspace.undo() is None
    (kept,) = (tmp_path / "home" / "backups").glob("*.sqlite3")
    replaced = Database.open(kept)
    assert dump(replaced) == later
    replaced.close()
    workspace.refuse(["Rivers-1"])
    assert workspace.undo() == "Refuse card"
    workspace.close()


def test_a_damaged_library_can_be_restored_and_is_kept(tmp_path: Path) -> None:
    folders = reader_folders(tmp_path / "home")
    library = library_file(folders)
    library.parent.mkdir()
    library.write_text("damaged " * 1000)
    kept = restore_library(folders, file_of_version(1))
    assert kept is not None
    assert kept.read_text() == "damaged " * 1000
    workspace = open_workspace(tmp_path / "home")
    assert workspace.check() == []
    assert len(workspace.documents()) == 2
    workspace.close()


def test_a_backup_is_restored_where_there_was_no_library(tmp_path: Path) -> None:
    folders = reader_folders(tmp_path / "home")
    assert restore_library(folders, file_of_version(1)) is None
    assert library_file(folders).exists()


def test_an_open_library_is_not_replaced_by_another_program(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(LibraryInUseError):
        restore_library(reader_folders(tmp_path / "home"), file_of_version(1))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no file"),
        (b"", "empty"),
        (b"Dear diary, " * 500, "can't be read"),
        ("half", "can't be read|damaged"),
    ],
)
def test_an_unusable_backup_changes_nothing(
    workspace: Workspace, tmp_path: Path, content: bytes | str | None, words: str
) -> None:
    bad = tmp_path / "bad.sqlite3"
    if content == "half":
        shutil.copyfile(file_of_version(1), bad)
        bad.write_bytes(bad.read_bytes()[:50_000])
    elif isinstance(content, bytes):
        bad.write_bytes(content)
    before = dump(workspace._database)
    with pytest.raises(InputError, match=words) as caught:
        workspace.restore(bad)
    assert str(bad) in str(caught.value)
    assert dump(workspace._database) == before
    workspace.close()


def test_restoring_the_library_from_itself_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    before = dump(workspace._database)
    with pytest.raises((InputError, LibraryError), match="itself"):
        workspace.restore(tmp_path / "home" / "library.sqlite3")
    assert dump(workspace._database) == before
