"""The inside of the process that reads an untrusted Anki package: what ``package`` starts.

The collection is read in memory, without a file, by queries of our own on plain tables. Jobs and
answers go as in ``desktop.reading.isolated``; rows come in portions.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from desktop.anki import messages
from desktop.anki.container import DAMAGE, Container, PackageLimits
from desktop.errors import InputError
from desktop.reading.isolated import (
    DEFECT,
    DOCUMENT,
    PICTURE,
    PROGRESS,
    REASON,
    as_json,
    confine,
    own_output,
    send,
)

#: A frame of rows: the name of their table and the rows.
ROWS = b"T"

_PORTION = 4000

#: Old collections hold fractions where whole numbers belong, and bytes where text does.
_TABLES = {
    "notes": (("id", "mid", "mod"), ("guid", "tags", "flds")),
    "cards": (
        ("id", "nid", "did", "ord", "mod", "type", "queue", "due", "ivl", "factor", "reps",
         "lapses", '"left"', "odue", "odid", "flags"),
        ("data",),
    ),
    "revlog": (("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type"), ()),
}  # fmt: skip

_HEADER = b"SQLite format 3\x00"


def serve(memory: str) -> int:
    """Answer the jobs that standard input brings until it ends."""
    source, answer = sys.stdin.buffer, own_output()
    confine(int(memory))
    while header := source.readline():
        _answer(json.loads(header), answer)
    return 0


def _answer(job: dict[str, Any], out: IO[bytes]) -> None:
    """Read a package's collection, or the media that the job names."""
    try:
        container = Container(Path(job["path"]), PackageLimits(**job["limits"]))
        try:
            if job["media"] is None:
                _send_collection(container, out)
            else:
                for member in job["media"]:
                    send(out, PICTURE, container.medium(member))
                send(out, DOCUMENT, as_json({}))
        finally:
            container.close()
    except InputError as error:
        send(out, REASON, as_json(str(error)))
    except MemoryError:
        send(out, REASON, as_json("it takes more memory than a package may"))
    except (*DAMAGE, sqlite3.Error):
        send(out, REASON, as_json("it is damaged"))
    except Exception:  # of whatever kind: who waits gets a sentence, the log the rest
        send(out, DEFECT, as_json(traceback.format_exc()[-4000:]))


def _send_collection(container: Container, out: IO[bytes]) -> None:
    media, lost = container.media()
    connection = _open(container.collection())
    try:
        total = sum(_count(connection, table) for table in _TABLES)
        head = _packed_head(connection) if container.packed else _plain_head(connection)
        done = 0
        for table, (numbers, texts) in _TABLES.items():
            for rows in _rows(connection, table, numbers, texts):
                send(out, ROWS, as_json([table, rows]))
                done += len(rows)
                send(out, PROGRESS, as_json([done, total]))
    finally:
        connection.close()
    head["media"] = [[file.name, file.member, file.size, file.sha1] for file in media]
    head["media_lost"] = lost
    send(out, DOCUMENT, as_json(head))


def _open(data: bytes) -> sqlite3.Connection:
    """Open the bytes of an SQLite file, whose schema nobody need trust."""
    if not data.startswith(_HEADER) or len(data) < 100:
        raise ValueError("no SQLite file")
    # A file in write-ahead mode can't be opened from memory; its log is folded in already.
    plain = bytearray(data)
    plain[18] = plain[19] = 1
    connection = sqlite3.connect(":memory:")
    connection.deserialize(plain)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.create_collation("unicase", _unicase)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _unicase(one: str, other: str) -> int:
    """Compare names without their case, as the order of Anki's tables has it."""
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)


def _count(connection: sqlite3.Connection, table: str) -> int:
    """Return the number of rows; raises ``ValueError`` unless it is a plain table."""
    row = connection.execute(
        "SELECT type, sql FROM sqlite_master WHERE name = ?", (table,)
    ).fetchone()
    if row is None or row[0] != "table" or "virtual" in str(row[1]).casefold().split()[:2]:
        raise ValueError(f"{table} is no table")
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _rows(
    connection: sqlite3.Connection, table: str, numbers: tuple[str, ...], texts: tuple[str, ...]
) -> Iterator[list[Any]]:
    columns = [f"CAST({name} AS INTEGER)" for name in numbers]
    columns += [f"coalesce(CAST({name} AS TEXT), '')" for name in texts]
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    while rows := found.fetchmany(_PORTION):
        yield rows


def _plain_head(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what schema 11 keeps as JSON in its one row."""
    created, conf, models, decks, presets = connection.execute(
        "SELECT CAST(crt AS INTEGER), conf, models, decks, dconf FROM col"
    ).fetchone()
    settings = json.loads(conf)
    return {
        "created": created,
        "west": settings.get("creationOffset"),
        "fsrs": bool(settings.get("fsrs")),
        "types": list(json.loads(models).values()),
        "decks": list(json.loads(decks).values()),
        "presets": list(json.loads(presets).values()),
    }


def _packed_head(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what newer schemas keep in tables of their own."""
    (created,) = connection.execute("SELECT CAST(crt AS INTEGER) FROM col").fetchone()
    settings = {
        key: json.loads(value)
        for key, value in connection.execute("SELECT KEY, val FROM config")
        if key in ("creationOffset", "fsrs")
    }
    return {
        "created": created,
        "west": settings.get("creationOffset"),
        "fsrs": bool(settings.get("fsrs")),
        "types": [_note_type(connection, *row) for row in _all(connection, "notetypes", "config")],
        "decks": [
            messages.deck(_head(*row[:3]), row[3], row[4])
            for row in _all(connection, "decks", "common, kind")
        ],
        "presets": [
            messages.preset(_head(*row[:3]), row[3])
            for row in _all(connection, "deck_config", "config")
        ],
    }


def _all(connection: sqlite3.Connection, table: str, blobs: str) -> list[Any]:
    return connection.execute(f"SELECT id, name, mtime_secs, {blobs} FROM {table}").fetchall()


def _head(number: int, name: str, modified: int) -> dict[str, Any]:
    return {"id": number, "name": name.replace("\x1f", "::"), "mod": modified}


def _note_type(
    connection: sqlite3.Connection, number: int, name: str, modified: int, config: bytes
) -> dict[str, Any]:
    parts = [
        connection.execute(
            f"SELECT name, config FROM {table} WHERE ntid = ? ORDER BY ord", (number,)
        ).fetchall()
        for table in ("fields", "templates")
    ]
    return messages.note_type(_head(number, name, modified), config, *parts)
