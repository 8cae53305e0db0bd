"""What the reader marks in a text: highlights with notes, and bookmarks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import LibraryError
from desktop.library import documents, highlights
from desktop.library.highlights import HIGHLIGHT_COLOURS, Bookmark, Highlight
from desktop.operations.open_library import OpenLibrary
from desktop.reading.anchor import Anchor

if TYPE_CHECKING:
    from desktop.operations.annotation_files import MarkedText


class Annotations(OpenLibrary):
    """The part of a workspace that holds what is marked in the texts."""

    def highlights(self, document_id: int | None = None) -> list[Highlight]:
        """Return the highlights of a document, or of all, in the order of their making."""
        return highlights.read_highlights(self._database, document_id)

    def bookmarks(self, document_id: int | None = None) -> list[Bookmark]:
        """Return the bookmarks of a document, or of all, in the order of their making."""
        return highlights.read_bookmarks(self._database, document_id)

    def add_highlight(
        self, document_id: int, anchor: Anchor, colour: str, note: str = ""
    ) -> int | None:
        """Highlight a passage and return the highlight's id; ``None`` where the text is gone."""
        _check(colour, note)
        with self._action("Highlight", "marks"):
            return highlights.insert_highlight(
                self._database, document_id, anchor, colour, note, self._now()
            )

    def change_highlight(
        self, highlight_id: int, *, colour: str | None = None, note: str | None = None
    ) -> None:
        """Give a highlight another colour, another note, or none (an empty one)."""
        _check(colour, note)
        name = "Change the note" if note is not None else "Change the colour"
        with self._action(name, "marks"):
            highlights.change_highlight(self._database, highlight_id, colour, note, self._now())

    def remove_highlights(self, ids: Collection[int]) -> None:
        """Remove highlights with their notes."""
        with self._action("Remove highlight", "marks"):
            highlights.delete_highlights(self._database, ids)

    def add_bookmark(self, document_id: int, anchor: Anchor) -> None:
        """Mark a point of a text."""
        with self._action("Bookmark", "marks"):
            highlights.insert_bookmark(self._database, document_id, anchor, self._now())

    def remove_bookmark(self, bookmark_id: int) -> None:
        """Take a bookmark away."""
        with self._action("Remove bookmark", "marks"):
            highlights.delete_bookmark(self._database, bookmark_id)

    def marked_texts(self, document_id: int | None = None) -> list[MarkedText]:
        """Return a text, or all that have any, with highlights and bookmarks at their places."""
        from desktop.operations.annotation_files import marked_text

        wanted = {document_id} if document_id is not None else set()
        if document_id is None:
            wanted |= {mark.document_id for mark in self.highlights()}
            wanted |= {mark.document_id for mark in self.bookmarks()}
        return [
            marked_text(
                number, documents.read_document(self._database, number),
                self.highlights(number), self.bookmarks(number),
            )
            for number in sorted(wanted)
        ]  # fmt: skip

    def write_highlights(self, path: Path, form: str, document_id: int | None = None) -> int:
        """Write the highlights of a text, or of all, to a file and return their number.

        ``form`` is ``md``, ``json`` or ``w3c``.
        """
        from desktop.decks.writing import write_whole
        from desktop.operations.annotation_files import highlights_as

        texts = self.marked_texts(document_id)
        write_whole(path, highlights_as(form, texts).encode("utf-8", "replace"))
        return sum(len(text.passages) for text in texts)


def _check(colour: str | None, note: str | None) -> None:
    if colour is not None and colour not in HIGHLIGHT_COLOURS:
        raise LibraryError(f"A highlight is {', '.join(HIGHLIGHT_COLOURS)}; not {colour}.")
    if note is not None and len(note) > 100_000:
        raise LibraryError("This note is longer than 100,000 letters; keep it in a file instead.")
