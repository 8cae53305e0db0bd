"""Highlights with their notes, and bookmarks: what the reader marked in a text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.library.database import Database
from desktop.library.times import from_ms, to_ms
from desktop.reading.anchor import Anchor

#: In the order of their keys; the first is what a highlight gets unless another is asked for.
HIGHLIGHT_COLOURS = ("yellow", "green", "blue", "pink", "violet")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage; ``note`` is empty where the reader wrote none. Times are in UTC."""

    id: int
    document_id: int
    colour: str
    note: str
    anchor: Anchor
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A marked point of a text."""

    id: int
    document_id: int
    anchor: Anchor
    made_at: datetime


def read_highlights(database: Database, document_id: int | None = None) -> list[Highlight]:
    """Return the highlights of a document, or of all, in the order of their making."""
    rows = database.rows(
        "SELECT * FROM highlights WHERE document_id = coalesce(?, document_id) "
        "ORDER BY document_id, id",
        (document_id,),
    )
    with database.decoding("the highlights"):
        return [
            Highlight(
                row["id"], row["document_id"], row["colour"], row["note"],
                Anchor.from_json(json.loads(row["anchor"])),
                from_ms(row["made_at"]), from_ms(row["changed_at"]),
            )
            for row in rows
        ]  # fmt: skip


def insert_highlight(
    database: Database, document_id: int, anchor: Anchor, colour: str, note: str, now: datetime
) -> int | None:
    """Store a highlight and return its id; ``None`` for a document that was removed."""
    added = database.run(
        "INSERT INTO highlights (document_id, colour, note, anchor, made_at, changed_at) "
        "SELECT id, :colour, :note, :anchor, :now, :now FROM documents WHERE id = :id",
        {
            "id": document_id,
            "colour": colour,
            "note": note,
            "anchor": _stored(anchor),
            "now": to_ms(now),
        },
    )
    return int(database.value("SELECT last_insert_rowid()")) if added else None


def change_highlight(
    database: Database, highlight_id: int, colour: str | None, note: str | None, now: datetime
) -> None:
    """Give a highlight another colour or note; ``None`` leaves it as it is."""
    database.run(
        "UPDATE highlights SET colour = coalesce(:colour, colour), note = coalesce(:note, note), "
        "changed_at = :now WHERE id = :id "
        "AND (colour IS NOT coalesce(:colour, colour) OR note IS NOT coalesce(:note, note))",
        {"id": highlight_id, "colour": colour, "note": note, "now": to_ms(now)},
    )


def delete_highlights(database: Database, ids: Iterable[int]) -> None:
    """Delete highlights with their notes."""
    database.run_many("DELETE FROM highlights WHERE id = ?", [(number,) for number in ids])


def read_bookmarks(database: Database, document_id: int | None = None) -> list[Bookmark]:
    """Return the bookmarks of a document, or of all, in the order of their making."""
    rows = database.rows(
        "SELECT * FROM bookmarks WHERE document_id = coalesce(?, document_id) "
        "ORDER BY document_id, id",
        (document_id,),
    )
    with database.decoding("the bookmarks"):
        return [
            Bookmark(
                row["id"], row["document_id"],
                Anchor.from_json(json.loads(row["anchor"])), from_ms(row["made_at"]),
            )
            for row in rows
        ]  # fmt: skip


def insert_bookmark(database: Database, document_id: int, anchor: Anchor, now: datetime) -> None:
    """Store a bookmark; nothing happens for a document that was removed."""
    database.run(
        "INSERT INTO bookmarks (document_id, anchor, made_at) "
        "SELECT id, ?, ? FROM documents WHERE id = ?",
        (_stored(anchor), to_ms(now), document_id),
    )


def delete_bookmark(database: Database, bookmark_id: int) -> None:
    """Delete a bookmark."""
    database.run("DELETE FROM bookmarks WHERE id = ?", (bookmark_id,))


def move_anchors(
    database: Database, highlights: Iterable[tuple[int, Anchor]],
    bookmarks: Iterable[tuple[int, Anchor]],
) -> None:  # fmt: skip
    """Store where highlights and bookmarks (by id) stand in a corrected text."""
    for table, moves in (("highlights", highlights), ("bookmarks", bookmarks)):
        database.run_many(
            f"UPDATE {table} SET anchor = ? WHERE id = ?",
            [(_stored(anchor), number) for number, anchor in moves],
        )


def _stored(anchor: Anchor) -> str:
    return json.dumps(anchor.to_json(), ensure_ascii=False, separators=(",", ":"))
