"""The reader's documents: adding, opening, removing, reading positions, cached analyses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.glossary.guard import Place
from desktop.library import documents, state
from desktop.library.documents import DocumentSummary, ReadingPosition
from desktop.library.replacing import furthest_key, reread_document
from desktop.operations.edited import edited_analysis, for_reader, inherit_edits, refresh_document
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Document

if TYPE_CHECKING:
    from desktop.operations.analysing import Analysed


class Shelf(OpenLibrary):
    """The part of a workspace that holds the documents."""

    def add_file(self, path: str | Path, *, format: str | None = None) -> int:  # noqa: A002
        """Open a file, store it, and return the document's id; known contents keep their id."""
        from desktop.reading.opener import open_document

        return self.add_document(open_document(path, format=format))

    def add_document(self, document: Document) -> int:
        """Store a document and return its id.

        The same file, or another one of the same text, keeps its id; the same file that was now
        read differently (by a newer Glossator) gets its new contents.
        """
        with self._change("documents"):
            known = documents.find_document(self._database, document)
            if known is not None:
                reread_document(self._database, known, document, self._now())
                return known
            if document.text_hash in self._removed:
                # Opened anew after its removal: taking that back would make it two.
                self._removed.clear()
                self._undo.clear()
            added = documents.insert_document(self._database, document, self._now())
            inherit_edits(self._database, added, document)
            return added

    def documents(self) -> list[DocumentSummary]:
        """Return all documents in the order of adding."""
        return documents.summaries(self._database, self._today().end, self._now())

    def recent(self, n: int = 10) -> list[DocumentSummary]:
        """Return the documents that were opened last, the latest first."""
        return documents.summaries(self._database, self._today().end, self._now(), recent=n)

    def document(self, document_id: int) -> Document:
        """Return a document with its pictures; raises ``LibraryError`` when it is gone."""
        return documents.read_document(self._database, document_id)

    def mark_opened(self, document_id: int) -> None:
        """Note that the reader opened the document now."""
        with self._change("documents"):
            documents.mark_opened(self._database, document_id, self._now())

    def remove_document(self, document_id: int) -> None:
        """Remove a document with the notes that come from it alone."""
        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is None:
            return
        self._removed.add(text_hash)
        with self._action("Remove document", "documents", "glossary", "notes", "cards"):
            documents.delete_document(self._database, document_id)

    def reading_position(self, document_id: int) -> ReadingPosition | None:
        """Return where the reader left the document."""
        return documents.read_position(self._database, document_id)

    def save_reading_position(self, document_id: int, position: ReadingPosition) -> None:
        """Store where the reader is; listeners are not told, it happens while scrolling."""
        with self._change():
            documents.write_position(self._database, document_id, position, self._now())

    def furthest_read(self, document_id: int) -> Place:
        """Return the furthest place (block, offset) that the reader ever came to."""
        text_hash = documents.text_hash_of(self._database, document_id) or ""
        stored = state.read_state(self._database, furthest_key(text_hash))
        if isinstance(stored, list) and len(stored) == 2:
            return int(stored[0]), int(stored[1])
        position = self.reading_position(document_id)
        return (position.block, position.offset) if position else (0, 0)

    def save_furthest_read(self, document_id: int, place: Place) -> None:
        """Store that the reader came to ``place``, unless they came further before."""
        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is not None and place > self.furthest_read(document_id):
            with self._change():
                state.write_state(self._database, furthest_key(text_hash), list(place))

    # Analysis

    def analysed(self, document_id: int, version: str) -> Analysed | None:
        """Return the cached analysis of that version, with the reader's edits of the glossary.

        ``None`` where there is none.
        """
        from desktop.operations.analysing import Analysed

        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is None:
            return None
        data = documents.read_analysis(self._database, text_hash, version)
        try:
            found = None if data is None else Analysed.from_json(data)
        except (KeyError, TypeError, ValueError):
            return None  # unreadable, or of an older form: it can be made again
        if found is None:
            return None
        return edited_analysis(self._database, document_id, for_reader(self._database, found))

    def save_analysed(self, document_id: int, version: str, analysed: Analysed) -> None:
        """Cache an analysis and propose its notes; what the reader decided or wrote stays.

        The analysis is kept as it was made: the reader's edits are applied to it anew.

        Nothing happens for a document that was removed meanwhile.
        """
        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is None:
            return
        now = self._now()
        with self._change("glossary", "notes", "cards"):
            documents.write_analysis(self._database, text_hash, version, analysed.to_json(), now)
            refresh_document(self._database, document_id, for_reader(self._database, analysed), now)
