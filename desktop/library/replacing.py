"""A corrected text takes the place of a stored one; all that hangs on it finds its place again."""

from __future__ import annotations

from datetime import datetime

from desktop.errors import LibraryError
from desktop.library import highlights, state
from desktop.library.database import Database
from desktop.library.documents import (
    ReadingPosition,
    read_document,
    read_position,
    rewrite_document,
    text_hash_of,
    write_position,
)
from desktop.library.times import to_ms
from desktop.reading.anchor import Anchor, anchor_of, moved_places, places_of, points_of
from desktop.reading.document import Document, Span


def furthest_key(text_hash: str) -> str:
    """Return the key of the furthest place read in a text; it outlasts the document."""
    return f"furthest/{text_hash}"


def reread_document(
    database: Database, document_id: int, document: Document, now: datetime
) -> None:
    """Put a new reading of a stored file in the place of the old one, if it understood more."""
    row = database.row("SELECT sha256, text_hash FROM documents WHERE id = ?", (document_id,))
    if row is None or row["sha256"] != document.source.sha256:
        return
    if row["text_hash"] != document.text_hash:
        replace_text(database, document_id, document, now)


def replace_text(database: Database, document_id: int, document: Document, now: datetime) -> None:
    """Put ``document`` in the place of a stored one.

    Cards, highlights, bookmarks and the place of reading go to the same words of the new text.
    What is lost there stays as it is and is found again when its words come back.
    """
    old_hash = text_hash_of(database, document_id)
    try:
        old = read_document(database, document_id)
    except LibraryError:  # its contents can't be read: what is anchored is found all the same
        old = None
    rewrite_document(database, document_id, document)
    _move_marks(database, document_id, document)
    if old is not None:
        _move_evidence(database, document_id, old, document, now)
        _move_position(database, document_id, old, document, now)
        _move_furthest(database, old_hash or "", old, document)


def _move_marks(database: Database, document_id: int, document: Document) -> None:
    marked = highlights.read_highlights(database, document_id)
    places = places_of(document, (mark.anchor for mark in marked))
    moved = [
        (mark.id, anchor_of(document, (spans[0].block, spans[0].start), _end(spans)))
        for mark, spans in zip(marked, places, strict=True)
        if spans
    ]
    bookmarks = highlights.read_bookmarks(database, document_id)
    points = points_of(document, (mark.anchor for mark in bookmarks))
    shifted = [
        (mark.id, anchor_of(document, point))
        for mark, point in zip(bookmarks, points, strict=True)
        if point is not None
    ]
    highlights.move_anchors(database, moved, shifted)


def _end(spans: tuple[Span, ...]) -> tuple[int, int]:
    return spans[-1].block, spans[-1].end


def _move_evidence(
    database: Database, document_id: int, old: Document, new: Document, now: datetime
) -> None:
    """Find the sentence of each note again; one that is gone stays as it was."""
    rows = database.rows(
        'SELECT note_id, block, start, "end", quote FROM note_documents WHERE document_id = ?',
        (document_id,),
    )
    anchors = [_anchor_of_evidence(old, row) for row in rows]
    moves, corrected = [], []
    for row, spans in zip(rows, places_of(new, anchors), strict=True):
        if spans is None or len(spans) != 1:
            continue
        (span,) = spans
        quote = new.quote(span)
        moves.append((span.block, span.start, span.end, quote, document_id, row["note_id"]))
        if quote != row["quote"]:
            corrected.append((to_ms(now) // 1000, row["note_id"]))
    database.run_many(
        'UPDATE note_documents SET block = ?, start = ?, "end" = ?, quote = ? '
        "WHERE document_id = ? AND note_id = ?",
        moves,
    )
    # The quote is on the card: Anki takes it anew when the note is newer.
    database.run_many("UPDATE notes SET modified = max(modified + 1, ?) WHERE id = ?", corrected)


def _anchor_of_evidence(old: Document, row: object) -> Anchor:
    block, start, end, quote = (row[key] for key in ("block", "start", "end", "quote"))  # type: ignore[index]
    if block < len(old.blocks) and old.blocks[block].text[start:end] == quote:
        return anchor_of(old, (block, start), (block, end))
    return Anchor(quote, "", "", block, start)


def _move_position(
    database: Database, document_id: int, old: Document, new: Document, now: datetime
) -> None:
    position = read_position(database, document_id)
    if position is not None and old.blocks and new.blocks:
        place = _inside(old, (position.block, position.offset))
        block, offset = next(moved_places(old, new, [place]))
        write_position(
            database, document_id, ReadingPosition(block, offset, position.fraction), now
        )


def _move_furthest(database: Database, old_hash: str, old: Document, new: Document) -> None:
    stored = state.read_state(database, furthest_key(old_hash))
    if isinstance(stored, list) and len(stored) == 2 and old.blocks and new.blocks:
        place = _inside(old, (int(stored[0]), int(stored[1])))
        moved = next(moved_places(old, new, [place]))
        state.write_state(database, furthest_key(new.text_hash), list(moved))


def _inside(document: Document, place: tuple[int, int]) -> tuple[int, int]:
    block = min(place[0], len(document.blocks) - 1)
    return block, min(place[1], len(document.blocks[block].text))
