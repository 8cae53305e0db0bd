"""Copies of the whole library: backup while it is open, and the restoring of one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from desktop.errors import InputError, LibraryError, OutputError
from desktop.library.database import Database, inspect, library_error


def write_backup(database: Database, out: Path) -> None:
    """Copy the open library to ``out``; what stood there is replaced only by a whole copy.

    Raises ``OutputError`` when ``out`` can't be written.
    """
    if out.is_dir():
        raise OutputError(f"{out} is a folder; give the backup a file name.")
    if out.resolve() == database.path.resolve():
        raise OutputError(f"{out} is the library itself; write the backup to another file.")
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        try:
            with closing(sqlite3.connect(beside)) as copy:
                database.connection.backup(copy)
                # One file is easier to keep than three.
                copy.execute("PRAGMA journal_mode = DELETE")
            with beside.open("rb+") as written:
                os.fsync(written.fileno())
            beside.replace(out)
        finally:
            with suppress(OSError):
                beside.unlink()
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            f"The backup can't be written to {out} ({error}); choose another place."
        ) from error


def restore_backup(library: Path, source: Path, now: datetime) -> Path | None:
    """Put the backup ``source`` in the library's place; nobody may have the library open.

    The backup is checked first. The library that it replaces, damaged or not, is kept under
    ``backups``; its new path is returned, ``None`` where there was none. Raises ``InputError``
    for an unusable backup and ``LibraryError`` when the folder can't be written.
    """
    if source.exists() and library.exists() and source.samefile(library):
        raise InputError(f"{source} is the library itself; name a backup of it.")
    _check_backup(source)
    incoming = library.with_name(f".{library.name}.{os.getpid()}.part")
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(_open_existing(source)) as old, closing(sqlite3.connect(incoming)) as new:
                old.backup(new)
            with incoming.open("rb+") as written:
                os.fsync(written.fileno())
            kept = _set_aside(library, now)
            incoming.replace(library)
        finally:
            with suppress(OSError):
                incoming.unlink()
    except OSError as error:
        raise LibraryError(
            f"The backup can't be restored to {library} ({error}); the library is as it was."
        ) from error
    except sqlite3.Error as error:
        raise library_error(error, library) from error
    return kept


def _check_backup(source: Path) -> None:
    """Raise ``InputError`` unless ``source`` is a whole library that this program knows."""
    if not source.is_file():
        raise InputError(f"There is no file {source}; name a backup that Glossator made.")
    try:
        with closing(_open_existing(source)) as connection:
            version = inspect(connection, source)
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        raise InputError(
            f"The backup {source} can't be read ({error}); the library is as it was."
        ) from error
    except LibraryError as error:
        raise InputError(str(error)) from error
    if version == 0:
        raise InputError(f"The file {source} is empty; the library is as it was.")
    if found != ["ok"]:
        raise InputError(f"The backup {source} is damaged ({found[0]}); the library is as it was.")


def _open_existing(path: Path) -> sqlite3.Connection:
    """Open a file that must exist, for reading alone."""
    # Without a write-ahead log nothing can be missing from the file, and on a read-only disk
    # SQLite could not make one.
    log = path.with_name(path.name + "-wal")
    mode = "mode=ro" if log.exists() else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)


def _set_aside(library: Path, now: datetime) -> Path | None:
    """Move the present library, with its write-ahead log, to the folder of backups."""
    if not library.exists():
        return None
    folder = library.parent / "backups"
    folder.mkdir(exist_ok=True)
    name = f"{library.stem}-replaced-{now:%Y%m%d-%H%M%S}"
    kept = folder / f"{name}{library.suffix}"
    number = 1
    while kept.exists():
        number += 1
        kept = folder / f"{name}-{number}{library.suffix}"
    # The log first: a library without its log is a little older, a log without its library none.
    for ending in ("-wal", "-shm"):
        beside = library.with_name(library.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    library.replace(kept)
    return kept
