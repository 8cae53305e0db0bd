"""Documents in the library: contents, pictures, reading positions, cached analyses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.errors import LibraryError
from desktop.library.database import Database
from desktop.library.labels import labels_of_documents
from desktop.library.study_decks import deck_of_document, drop_empty_decks
from desktop.library.times import from_ms, optional_time, to_ms
from desktop.reading.document import Document, Picture, Source
from desktop.reading.stored import content_of, document_from_content


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where the reader stands: a block, a code-point offset in it, the share (0..1) read."""

    block: int
    offset: int
    fraction: float


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the library: what a document is and what of it is to be studied.

    ``cards_due`` counts reviews and learning cards, ``cards_new`` cards never studied;
    ``progress`` is the share (0..1) that was read, ``cover`` the name of its first picture,
    ``labels`` the numbers of its collections and tags. Times are in UTC.
    """

    id: int
    title: str
    authors: tuple[str, ...]
    word_count: int
    added_at: datetime
    opened_at: datetime | None
    progress: float
    source_name: str
    notes_proposed: int
    cards_total: int
    cards_due: int
    cards_new: int
    language: str
    text_hash: str
    cover: str | None
    labels: tuple[int, ...] = ()


def find_document(database: Database, document: Document) -> int | None:
    """Return the id under which the same file, or another file of the same text, is stored."""
    known = database.value("SELECT id FROM documents WHERE sha256 = ?", (document.source.sha256,))
    if known is None and document.word_count():
        known = database.value(
            "SELECT min(id) FROM documents WHERE text_hash = ?", (document.text_hash,)
        )
    return None if known is None else int(known)


def insert_document(database: Database, document: Document, now: datetime) -> int:
    """Store a document that ``find_document`` doesn't know and return its id."""
    database.run(
        "INSERT INTO documents (sha256, text_hash, source_name, source_format, title, authors, "
        "language, word_count, cover, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document.source.sha256, *_head(document), to_ms(now)),
    )
    document_id = int(database.value("SELECT last_insert_rowid()"))
    _write_contents(database, document_id, document)
    return document_id


def rewrite_document(database: Database, document_id: int, document: Document) -> None:
    """Put other contents in the place of a document's; what hangs on it stays as it is."""
    database.run(
        "UPDATE documents SET sha256 = ?, text_hash = ?, source_name = ?, source_format = ?, "
        "title = ?, authors = ?, language = ?, word_count = ?, cover = ?, terms_listed = 0 "
        "WHERE id = ?",
        (document.source.sha256, *_head(document), document_id),
    )
    database.run("DELETE FROM document_contents WHERE document_id = ?", (document_id,))
    database.run("DELETE FROM pictures WHERE document_id = ?", (document_id,))
    _write_contents(database, document_id, document)


def like_documents(database: Database, document: Document, most: int) -> list[int]:
    """Return documents that may be another version of this one, the likeliest first.

    They have its file's name or its title, or else about as many words.
    """
    words = document.word_count()
    rows = database.rows(
        "SELECT id, source_name = :name OR coalesce(title = :title, 0) AS named FROM documents "
        "WHERE sha256 <> :sha AND (named OR word_count BETWEEN :low AND :high) "
        "AND language = :language ORDER BY named DESC, added_at DESC LIMIT :most",
        {
            "name": document.source.name.encode("utf-8", "replace").decode(),
            "title": document.title,
            "sha": document.source.sha256,
            "low": int(words * 0.8),
            "high": int(words * 1.25) + 1,
            "language": document.language,
            "most": most,
        },
    )
    return [row["id"] for row in rows]


def with_title(database: Database, title: str) -> list[int]:
    """Return the ids of the documents that are called ``title``."""
    rows = database.rows(
        "SELECT id FROM documents WHERE coalesce(nullif(title, ''), source_name) = ? ORDER BY id",
        (title,),
    )
    return [row["id"] for row in rows]


def with_pictures(database: Database) -> list[int]:
    """Return the ids of the documents that have pictures."""
    rows = database.rows("SELECT DISTINCT document_id FROM pictures ORDER BY document_id")
    return [row["document_id"] for row in rows]


def read_document(database: Database, document_id: int) -> Document:
    """Return the stored document with its pictures."""
    row = database.row(
        "SELECT d.*, c.content FROM documents d JOIN document_contents c ON c.document_id = d.id "
        "WHERE d.id = ?",
        (document_id,),
    )
    if row is None:
        raise LibraryError(f"The library has no document {document_id}; it may have been removed.")
    pictures = database.rows(
        "SELECT name, media_type, data FROM pictures WHERE document_id = ? ORDER BY position",
        (document_id,),
    )
    with database.decoding(f"document {document_id}"):
        return document_from_content(
            json.loads(row["content"]),
            Source(row["source_name"], row["sha256"], row["source_format"]),
            tuple(Picture(p["name"], p["media_type"], p["data"]) for p in pictures),
        )


def block_text(database: Database, document_id: int, block: int) -> str:
    """Return the text of one block without reading the others; empty where there is none."""
    found = database.value(
        "SELECT json_extract(content, '$.blocks[' || ? || '].text') FROM document_contents "
        "WHERE document_id = ?",
        (block, document_id),
    )
    return str(found or "")


def read_cover(database: Database, document_id: int) -> Picture | None:
    """Return the picture that stands for a document, ``None`` where it has none."""
    row = database.row(
        "SELECT p.name, p.media_type, p.data FROM documents d JOIN pictures p "
        "ON p.document_id = d.id AND p.name = d.cover WHERE d.id = ?",
        (document_id,),
    )
    return None if row is None else Picture(row["name"], row["media_type"], row["data"])


def text_hash_of(database: Database, document_id: int) -> str | None:
    """Return the hash of the document's text, ``None`` where there is no such document."""
    found: str | None = database.value(
        "SELECT text_hash FROM documents WHERE id = ?", (document_id,)
    )
    return found


def summaries(
    database: Database, day_end: datetime, now: datetime, *, recent: int | None = None
) -> list[DocumentSummary]:
    """Return the documents in the order of adding, or the ``recent`` ones last opened first."""
    choice = (
        "ORDER BY d.id"
        if recent is None
        else "WHERE d.opened_at IS NOT NULL ORDER BY d.opened_at DESC, d.id DESC LIMIT :recent"
    )
    rows = database.rows(
        "SELECT d.*, p.fraction FROM documents d "
        f"LEFT JOIN reading_positions p ON p.document_id = d.id {choice}",
        {"recent": recent},
    )
    counts = _study_counts(database, day_end, now, [row["id"] for row in rows])
    nothing = {"proposed": 0, "cards": 0, "due": 0, "fresh": 0}
    with database.decoding("the list of documents"):
        labels = labels_of_documents(database)
        return [
            _summary(row, counts.get(row["id"], nothing), labels.get(row["id"], ())) for row in rows
        ]


def mark_opened(database: Database, document_id: int, now: datetime) -> None:
    """Note that the reader opened the document."""
    database.run("UPDATE documents SET opened_at = ? WHERE id = ?", (to_ms(now), document_id))


def delete_document(database: Database, document_id: int) -> None:
    """Delete a document with all that hangs on it alone; its cached analysis stays for undo."""
    database.run(
        "DELETE FROM notes WHERE id IN (SELECT note_id FROM note_documents "
        "WHERE document_id = :id) AND NOT EXISTS (SELECT 1 FROM note_documents other "
        "WHERE other.note_id = notes.id AND other.document_id <> :id)",
        {"id": document_id},
    )
    deck = deck_of_document(database, document_id)
    database.run("DELETE FROM documents WHERE id = ?", (document_id,))
    if deck is not None:
        drop_empty_decks(database, [deck.id])


def read_position(database: Database, document_id: int) -> ReadingPosition | None:
    """Return where the reader left the document."""
    row = database.row(
        'SELECT block, "offset", fraction FROM reading_positions WHERE document_id = ?',
        (document_id,),
    )
    return None if row is None else ReadingPosition(row["block"], row["offset"], row["fraction"])


def write_position(
    database: Database, document_id: int, position: ReadingPosition, now: datetime
) -> None:
    """Store where the reader is; nothing happens for a document that was removed."""
    database.run(
        'INSERT INTO reading_positions (document_id, block, "offset", fraction, saved_at) '
        "SELECT id, :block, :offset, :fraction, :now FROM documents WHERE id = :id "
        "ON CONFLICT (document_id) DO UPDATE SET block = excluded.block, "
        '"offset" = excluded."offset", fraction = excluded.fraction, saved_at = excluded.saved_at',
        {
            "id": document_id,
            "block": position.block,
            "offset": position.offset,
            "fraction": position.fraction,
            "now": to_ms(now),
        },
    )


def read_titles(database: Database, share: float) -> dict[int, str]:
    """Return the titles, by id, of the documents of which at least ``share`` (0..1) was read."""
    rows = database.rows(
        "SELECT d.id, coalesce(d.title, d.source_name) AS title FROM documents d "
        "JOIN reading_positions p ON p.document_id = d.id WHERE p.fraction >= ? ORDER BY d.id",
        (share,),
    )
    return {row["id"]: row["title"] for row in rows}


def read_analysis(database: Database, text_hash: str, version: str) -> dict[str, Any] | None:
    """Return the cached result of that version, ``None`` where there is none that can be read."""
    text = database.value(
        "SELECT result FROM analyses WHERE text_hash = ? AND version = ?", (text_hash, version)
    )
    return _json_object(text)


def latest_analysis(database: Database, text_hash: str) -> dict[str, Any] | None:
    """Return the newest cached result of any version."""
    text = database.value(
        "SELECT result FROM analyses WHERE text_hash = ? ORDER BY made_at DESC LIMIT 1",
        (text_hash,),
    )
    return _json_object(text)


def write_analysis(
    database: Database, text_hash: str, version: str, result: dict[str, Any], now: datetime
) -> None:
    """Cache a result; those of other versions for this text and of vanished texts go."""
    database.run(
        "DELETE FROM analyses WHERE (text_hash = ? AND version <> ?) "
        "OR text_hash NOT IN (SELECT text_hash FROM documents)",
        (text_hash, version),
    )
    database.run(
        "INSERT INTO analyses (text_hash, version, result, made_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (text_hash, version) DO UPDATE SET result = excluded.result, "
        "made_at = excluded.made_at",
        (text_hash, version, _compact(result), to_ms(now)),
    )


def _json_object(text: Any) -> dict[str, Any] | None:
    """Return the object that ``text`` holds, ``None`` for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, TypeError):
        return None
    return value if isinstance(value, dict) else None


def _head(document: Document) -> tuple[Any, ...]:
    """Return the columns of the library's list."""
    return (
        document.text_hash,
        # A file's name may hold bytes that are no text; they become question marks.
        document.source.name.encode("utf-8", "replace").decode(),
        document.source.format,
        document.title,
        _compact(list(document.authors)),
        document.language,
        document.word_count(),
        next((block.picture for block in document.blocks if block.picture), None),
    )


def _write_contents(database: Database, document_id: int, document: Document) -> None:
    """Store what the list doesn't need."""
    database.run(
        "INSERT INTO document_contents (document_id, content) VALUES (?, ?)",
        (document_id, _compact(content_of(document))),
    )
    database.run_many(
        "INSERT INTO pictures (document_id, position, name, media_type, data) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (document_id, position, picture.name, picture.media_type, picture.data)
            for position, picture in enumerate(document.pictures)
        ],
    )


def _study_counts(
    database: Database, day_end: datetime, now: datetime, document_ids: list[int]
) -> dict[int, Any]:
    """Return for each document how many notes and cards wait."""
    rows = database.rows(
        "SELECT nd.document_id, "
        "count(DISTINCT CASE WHEN n.status = 'proposed' THEN n.id END) AS proposed, "
        "count(CASE WHEN n.status = 'accepted' THEN c.id END) AS cards, "
        "count(CASE WHEN c.active = 1 AND coalesce(c.buried_until, 0) <= :now AND c.state > 0 "
        "AND c.due < :day_end THEN 1 END) AS due, "
        "count(CASE WHEN c.active = 1 AND coalesce(c.buried_until, 0) <= :now AND c.state = 0 "
        "THEN 1 END) AS fresh "
        "FROM note_documents nd JOIN notes n ON n.id = nd.note_id "
        "LEFT JOIN cards c ON c.note_id = n.id "
        "WHERE nd.document_id IN (SELECT value FROM json_each(:ids)) GROUP BY nd.document_id",
        {"now": to_ms(now), "day_end": to_ms(day_end), "ids": json.dumps(document_ids)},
    )
    return {row["document_id"]: row for row in rows}


def _summary(row: Any, counts: Any, labels: Sequence[int]) -> DocumentSummary:
    """Build a line of the library."""
    return DocumentSummary(
        id=row["id"],
        title=row["title"] or row["source_name"],
        authors=tuple(json.loads(row["authors"])),
        word_count=row["word_count"],
        added_at=from_ms(row["added_at"]),
        opened_at=optional_time(row["opened_at"]),
        progress=row["fraction"] or 0.0,
        source_name=row["source_name"],
        notes_proposed=counts["proposed"],
        cards_total=counts["cards"],
        cards_due=counts["due"],
        cards_new=counts["fresh"],
        language=row["language"],
        text_hash=row["text_hash"],
        cover=row["cover"],
        labels=tuple(labels),
    )


def _compact(value: Any) -> str:
    """Return JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
