"""Opening the library: what is refused, in which words, and that nothing is touched then."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.library.consistency import inconsistencies
from desktop.library.database import Database
from desktop.library.migrations import APPLICATION_ID, NEWEST_VERSION
from tests.library.make_files import file_of_version


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite3"
    shutil.copyfile(file_of_version(1), path)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path) -> str:
    """Open a library that must be refused, and left as it was; return the sentence."""
    before = digest(path)
    with pytest.raises(LibraryError) as caught:
        Database.open(path)
    assert digest(path) == before
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_new_library_is_made_with_its_folder_and_is_well(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "library.sqlite3"
    database = Database.open(path)
    assert database.problems() == []
    assert database.value("PRAGMA user_version") == NEWEST_VERSION
    assert database.value("PRAGMA journal_mode") == "wal"
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.value("PRAGMA synchronous") == 2
    database.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_file_of_a_newer_glossator_is_refused_untouched(library: Path) -> None:
    connection = sqlite3.connect(library)
    connection.execute(f"PRAGMA user_version = {NEWEST_VERSION + 1}")
    connection.close()
    assert "newer Glossator" in refused(library)


def test_file_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    assert "not a Glossator library" in refused(path)


def test_text_in_the_librarys_place_is_reported_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_text("These are not the pages that you are looking for. " * 100)
    assert "damaged" in refused(path)


def test_truncated_library_is_reported_and_left_alone(library: Path) -> None:
    whole = library.read_bytes()
    library.write_bytes(whole[: len(whole) // 3])
    assert "damaged" in refused(library)


def test_damage_within_is_found_by_the_check(library: Path) -> None:
    data = bytearray(library.read_bytes())
    page = 4096
    for start in range(4 * page, len(data) - page, 3 * page):
        data[start : start + 64] = os.urandom(64)
    library.write_bytes(bytes(data))
    try:
        database = Database.open(library)
    except LibraryError as error:
        assert "damaged" in str(error)  # noqa: PT017 (either way of finding it is right)
        return
    try:
        assert database.problems()
    except LibraryError as error:
        assert "damaged" in str(error)  # noqa: PT017
    finally:
        database.close()


def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(LibraryError, match="folder"):
        Database.open(tmp_path / "folder" / "library.sqlite3")


def write_much(database: Database) -> None:
    with database.transaction():
        database.run("INSERT INTO state VALUES ('small', '1')")
        database.run("INSERT INTO state VALUES ('large', ?)", ("x" * 1_000_000,))


def test_full_disk_is_one_sentence_and_changes_nothing(library: Path) -> None:
    database = Database.open(library)
    # SQLite's own limit on the pages of the file: the same error as on a disk without room.
    pages = database.value("PRAGMA page_count")
    database.run(f"PRAGMA max_page_count = {pages}")
    before = database.rows("SELECT key FROM state")
    with pytest.raises(LibraryError, match=r"full; nothing was changed"):
        write_much(database)
    assert database.rows("SELECT key FROM state") == before
    database.run("INSERT INTO state VALUES ('small', '1')")
    database.close()


def forget_and_fail(database: Database) -> None:
    with database.transaction():
        database.run("DELETE FROM reviews")
        raise ZeroDivisionError


def test_transaction_is_undone_by_an_exception(library: Path) -> None:
    database = Database.open(library)
    with pytest.raises(ZeroDivisionError):
        forget_and_fail(database)
    assert database.value("SELECT count(*) FROM reviews") == 3
    database.close()


def test_dangling_rows_are_problems(library: Path) -> None:
    connection = sqlite3.connect(library)
    connection.execute("DELETE FROM documents WHERE id = 1")
    connection.commit()
    connection.close()
    database = Database.open(library)
    assert any("missing documents" in problem for problem in database.problems())
    database.close()


ATTEMPT = """
import os, sys
from pathlib import Path
from desktop.errors import LibraryError
from desktop.library.database import Database
if os.geteuid() == 0:  # root may write everywhere: let "nobody" try
    os.setgid(65534)
    os.setuid(65534)
try:
    Database.open(Path(sys.argv[1]))
except LibraryError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE cards SET active = 1 WHERE suspended = 1", "is suspended"),
        ("UPDATE notes SET status = 'refused'", "not accepted"),
        ("DELETE FROM cards WHERE note_id = 'own'", "own has no card"),
        ("DELETE FROM note_documents WHERE note_id = 'own'", "own has no evidence"),
        ("UPDATE deleted_notes SET note_id = 'own'", "own was deleted"),
        ("UPDATE cards SET due = NULL WHERE state > 0", "no due time"),
        ("UPDATE document_contents SET content = '{'", "document 1 has no contents"),
        ("UPDATE analyses SET result = substr(result, 2)", "cached analysis"),
    ],
)
def test_what_contradicts_itself_is_told(library: Path, damage: str, words: str) -> None:
    database = Database.open(library)
    assert inconsistencies(database) == []
    database.run(damage)
    assert any(words in sentence for sentence in inconsistencies(database))
    database.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_library_that_may_not_be_written_is_one_sentence(what: str) -> None:
    # Not under pytest's own folder, which other users may not enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = folder / "library.sqlite3"
        if what == "file":
            shutil.copyfile(file_of_version(1), library)
            library.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", ATTEMPT, str(library)],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.stderr == ""
    assert "can't be written" in done.stdout


def test_application_id_spells_the_name() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"Glos"
