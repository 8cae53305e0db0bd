"""The SQLite connection: opening, transactions, integrity, and its errors as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.errors import LibraryError
from desktop.library.migrations import APPLICATION_ID, NEWEST_VERSION, migrate

Parameters = Sequence[Any] | dict[str, Any]


class Database:
    """One open library file, confined to the thread that opened it.

    Every call raises ``LibraryError`` with a sentence where SQLite fails: full disk, read-only
    folder, damaged file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open or create the library at ``path`` and bring it to the newest version.

        A damaged file, another program's file and a file of a newer Glossator are refused with
        ``LibraryError`` before anything is written to them.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library folder {path.parent} can't be made ({error.strerror}); "
                "choose another one with --library."
            ) from error
        with _sentences(path):
            connection = sqlite3.connect(path, isolation_level=None, timeout=5.0)
            try:
                inspect(connection, path)
                _configure(connection)
                # A file that can't be written is told now, not at the reader's first answer.
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                migrate(connection, path)
            except OSError as error:
                connection.close()
                raise LibraryError(
                    f"The library {path} needs a backup before its update, and that can't be "
                    f"written ({error.strerror}); make its folder writable."
                ) from error
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    @classmethod
    def reader(cls, path: Path) -> Database:
        """Open a second connection to an open library: it reads what was committed, no more.

        It belongs to the thread that calls, so that long counts hold up no answer.
        """
        with _sentences(path):
            connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5.0)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA temp_store = MEMORY")
        return cls(path, connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for this package alone."""
        return self._connection

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        with _sentences(self.path):
            self._connection.close()

    def interrupt(self) -> None:
        """End what a statement is doing; the one call that any thread may make."""
        self._connection.interrupt()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block does as one unit, or nothing; within another one, join it."""
        if self._connection.in_transaction:
            yield
            return
        with _sentences(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _sentences(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            # SQLite itself may have rolled back already, on a full disk for one.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with _sentences(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one; whoever has enough stops SQLite's work."""
        with _sentences(self.path):
            yield from self._connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Return the first row of a query, if there is one."""
        with _sentences(self.path):
            found: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row, ``None`` without one."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Execute a statement and return how many rows it changed."""
        with _sentences(self.path):
            return self._connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """Execute a statement once for each set of parameters."""
        with _sentences(self.path):
            self._connection.executemany(sql, parameters)

    @contextmanager
    def decoding(self, what: str) -> Iterator[None]:
        """Turn the failure to read a stored value, ``what``, into the sentence on damage."""
        try:
            yield
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise damaged(self.path, f"{what} can't be read") from error

    def problems(self) -> list[str]:
        """Check the whole file and return what is wrong with it, in SQLite's words."""
        with _sentences(self.path):
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
            dangling = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        problems = [] if found == ["ok"] else found
        problems += [f"row {row[1]} of {row[0]} refers to a missing {row[2]}" for row in dangling]
        return problems


def inspect(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of the file, 0 for an empty one, without writing to it.

    Raises ``LibraryError`` for another program's file and for one of a newer Glossator.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables == 0 and version == 0:
        return 0
    if application != APPLICATION_ID or version < 1:
        raise LibraryError(
            f"{path} is not a Glossator library; move it away or choose another folder "
            "with --library."
        )
    if version > NEWEST_VERSION:
        raise LibraryError(
            f"The library {path} was made by a newer Glossator (version {version} of the file, "
            f"this program knows {NEWEST_VERSION}); update Glossator to open it."
        )
    return version


def _configure(connection: sqlite3.Connection) -> None:
    """Set what holds for this connection: rows by name, WAL, every commit on the disk."""
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL: an answer that was given survives a power failure, not just a crash of the program.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences that name the library and say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise library_error(error, path) from error
    except UnicodeDecodeError as error:  # text that SQLite hands on as it finds it
        raise damaged(path, str(error)) from error
    except UnicodeEncodeError as error:
        raise LibraryError(
            "This text holds half a character, which can't be stored; type it again without it."
        ) from error


def damaged(path: Path, how: str) -> LibraryError:
    """Return the sentence for a library whose file holds what was never written to it."""
    return LibraryError(
        f"The library {path} is damaged ({how}); it was left as it is: restore a backup "
        "with “glossator library restore FILE”, or move it away to begin anew."
    )


def library_error(error: sqlite3.Error, path: Path) -> LibraryError:
    """Return the sentence for what SQLite reports about the library at ``path``."""
    name = getattr(error, "sqlite_errorname", None) or ""
    cause = name.removeprefix("SQLITE_").split("_")[0]
    if cause in {"CORRUPT", "NOTADB"}:
        return damaged(path, str(error))
    if cause == "FULL":
        return LibraryError(
            f"The disk of the library {path} is full; nothing was changed: make room and try again."
        )
    if cause in {"READONLY", "CANTOPEN", "PERM", "AUTH"}:
        return LibraryError(
            f"The library {path} can't be written; make the file and its folder writable or "
            "choose another folder with --library."
        )
    if cause in {"BUSY", "LOCKED"}:
        return LibraryError(
            f"Another program is holding the library {path}; close it and try again."
        )
    return LibraryError(
        f"The library {path} can't be used ({error}); check the disk and try again."
    )
