"""Notes that came from Anki, with their types, cards, log and media, and what Anki keeps of them.

A note of a type that is not ours, or of ours without its text, has its fields in
``foreign_notes``. All writing is in bulk: a deck may have a hundred thousand notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.decks.deck import NoteKind
from desktop.library.database import Database
from desktop.library.decks import NoteStatus
from desktop.library.times import to_ms

_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: it is called for every note

_CHOSEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What the library has of a note; ``fields`` is ``None`` for one that has no foreign fields."""

    id: str
    kind: NoteKind
    edited: bool
    status: NoteStatus
    modified: int
    front: str
    back: str
    cloze: str | None
    tags: tuple[str, ...]
    in_document: bool
    type_id: int | None
    fields: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note to be stored with its fields; ``front`` and ``back`` are its text for lists."""

    id: str
    anki_id: int
    type_id: int
    kind: str
    front: str
    back: str
    cloze: str | None
    tags: tuple[str, ...]
    modified: int
    fields: tuple[str, ...]


# -- reading


def known_notes(database: Database, note_ids: Sequence[str]) -> dict[str, KnownNote]:
    """Return those of the notes that the library has."""
    rows = database.rows(
        "SELECT n.id, n.kind, n.edited, n.status, n.modified, n.front, n.back, n.cloze, n.tags, "
        "EXISTS (SELECT 1 FROM note_documents nd WHERE nd.note_id = n.id) AS in_document, "
        "f.note_type_id, f.fields FROM notes n LEFT JOIN foreign_notes f ON f.note_id = n.id "
        f"WHERE n.id IN {_CHOSEN}",
        (_list(note_ids),),
    )
    with database.decoding("a card"):
        return {row["id"]: _known(row) for row in rows}


def deleted_notes(database: Database, note_ids: Sequence[str]) -> set[str]:
    """Return those of the notes that the reader deleted."""
    rows = database.rows(
        f"SELECT note_id FROM deleted_notes WHERE note_id IN {_CHOSEN}", (_list(note_ids),)
    )
    return {row["note_id"] for row in rows}


def note_type_configs(database: Database) -> dict[int, dict[str, Any]]:
    """Return the foreign note types by their id, as Anki exchanges them."""
    rows = database.rows("SELECT id, config FROM note_types ORDER BY id")
    with database.decoding("a note type"):
        return {row["id"]: json.loads(row["config"]) for row in rows}


def note_type_config(database: Database, number: int) -> dict[str, Any]:
    """Return one foreign note type, as Anki exchanges it."""
    text = database.value("SELECT config FROM note_types WHERE id = ?", (number,))
    with database.decoding("a note type"):
        config: dict[str, Any] = json.loads(text)
        return config


def types_of(database: Database, note_ids: Iterable[str] | None) -> set[int]:
    """Return the types of foreign notes (``None``: of all)."""
    chosen = "" if note_ids is None else f" WHERE note_id IN {_CHOSEN}"
    parameters = () if note_ids is None else (_list(note_ids),)
    rows = database.rows(f"SELECT DISTINCT note_type_id FROM foreign_notes{chosen}", parameters)
    return {row[0] for row in rows}


def foreign_fields(database: Database, note_id: str) -> tuple[int, tuple[str, ...]] | None:
    """Return the type and the fields of a foreign note, ``None`` for one that is none."""
    row = database.row(
        "SELECT note_type_id, fields FROM foreign_notes WHERE note_id = ?", (note_id,)
    )
    with database.decoding("a card"):
        return None if row is None else (row[0], tuple(json.loads(row[1])))


def media_sums(database: Database) -> dict[str, str]:
    """Return the names of the media, each with the SHA-1 of its contents."""
    return {row["name"]: row["sha1"] for row in database.rows("SELECT name, sha1 FROM media")}


def read_medium(database: Database, name: str) -> bytes | None:
    """Return the contents of a media file."""
    found: bytes | None = database.value("SELECT data FROM media WHERE name = ?", (name,))
    return found


def foreign_notes(database: Database) -> Iterator[tuple[str, int, int, int, str, str]]:
    """Yield id, Anki's id, type, time of change, tags and fields (JSON) of the foreign notes.

    Those of a document, which are ours again, are left out.
    """
    rows = database.each(
        "SELECT n.id, f.anki_id, f.note_type_id, n.modified, n.tags, f.fields "
        "FROM foreign_notes f JOIN notes n ON n.id = f.note_id WHERE n.status = 'accepted' "
        "AND NOT EXISTS (SELECT 1 FROM note_documents nd WHERE nd.note_id = n.id) "
        "ORDER BY f.anki_id, n.id"
    )
    for row in rows:
        yield row[0], row[1], row[2], row[3], row[4], row[5]


# -- writing


def store_media(database: Database, name: str, data: bytes, sha1: str) -> None:
    """Store a media file under a name that is free."""
    database.run("INSERT INTO media (name, data, sha1) VALUES (?, ?, ?)", (name, data, sha1))


def store_note_type(database: Database, number: int, name: str, modified: int, config: Any) -> None:
    """Store a note type, or a newer form of it."""
    database.run(
        "INSERT INTO note_types (id, name, config, modified) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, config = excluded.config, "
        "modified = excluded.modified",
        (number, name, json.dumps(config, ensure_ascii=False, sort_keys=True), modified),
    )


def insert_notes(database: Database, notes: Iterable[ForeignNote], now: datetime) -> None:
    """Store new foreign notes; those that were deleted once are there again."""
    added = to_ms(now)
    chosen = list(notes)
    database.run(
        f"DELETE FROM deleted_notes WHERE note_id IN {_CHOSEN}", (_list(n.id for n in chosen),)
    )
    database.run_many(
        "INSERT INTO notes (id, kind, status, origin, front, back, cloze, rule, confidence, tags, "
        "modified, added_at) VALUES (?, ?, 'accepted', 'reader', ?, ?, ?, 'anki', 1.0, ?, ?, ?)",
        (
            (n.id, n.kind, n.front, n.back, n.cloze, _list(n.tags), n.modified, added)
            for n in chosen
        ),
    )
    database.run_many(
        "INSERT INTO foreign_notes (note_id, note_type_id, fields, anki_id) VALUES (?, ?, ?, ?)",
        ((n.id, n.type_id, _list(n.fields), n.anki_id) for n in chosen),
    )


def update_notes(database: Database, notes: Iterable[ForeignNote]) -> None:
    """Give foreign notes the contents that Anki has of them now."""
    chosen = list(notes)
    database.run_many(
        "UPDATE notes SET kind = ?, front = ?, back = ?, cloze = ?, tags = ?, modified = ? "
        "WHERE id = ?",
        ((n.kind, n.front, n.back, n.cloze, _list(n.tags), n.modified, n.id) for n in chosen),
    )
    database.run_many(
        "UPDATE foreign_notes SET note_type_id = ?, fields = ? WHERE note_id = ?",
        ((n.type_id, _list(n.fields), n.id) for n in chosen),
    )


def reword_note(
    database: Database,
    note_id: str,
    sides: tuple[str, str, str | None],
    tags: Sequence[str],
    modified: int,
) -> None:
    """Give a note of a text the words (front, back, cloze) that the reader gave it in Anki."""
    database.run(
        "UPDATE notes SET front = ?, back = ?, cloze = ?, tags = ?, edited = 1, modified = ? "
        "WHERE id = ?",
        (*sides, _list(tags), modified, note_id),
    )


def set_tags(database: Database, note_id: str, tags: Sequence[str]) -> None:
    """Give a note its tags."""
    database.run("UPDATE notes SET tags = ? WHERE id = ?", (_list(tags), note_id))


def _known(row: Any) -> KnownNote:
    fields = row["fields"]
    return KnownNote(
        id=row["id"],
        kind=NoteKind(row["kind"]),
        edited=bool(row["edited"]),
        status=NoteStatus(row["status"]),
        modified=row["modified"],
        front=row["front"],
        back=row["back"],
        cloze=row["cloze"],
        tags=tuple(json.loads(row["tags"])),
        in_document=bool(row["in_document"]),
        type_id=row["note_type_id"],
        fields=None if fields is None else tuple(json.loads(fields)),
    )


def _list(values: Iterable[str]) -> str:
    return _encode(list(values))
