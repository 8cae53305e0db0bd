"""The marks on the desk: highlights, notes and bookmarks of the open text, through the lane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.reading.anchor import Place, anchor_of
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.annotation_files import MarkedText
    from desktop.operations.workspace import Workspace
    from desktop.reading.document import Document


class MarksDesk(QObject):
    """Keeps what the reader marks; each change is stored at once and can be undone."""

    marks_changed = Signal(object)  # MarkedText of the open text, None without one
    highlighted = Signal(int)  # the id of a new highlight
    did = Signal(str)  # a sentence on what was done and can be undone
    exported = Signal(object, int)  # Path, number of highlights
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._document_id: int | None = None
        self._document: Document | None = None
        lane.changed.connect(self._library_changed)

    def set_document(self, document_id: int | None, document: Document | None) -> None:
        """Work on the marks of another text."""
        self._document_id, self._document = document_id, document
        self.marks_changed.emit(None)
        self._ask()

    def highlight(self, first: Place, last: Place, colour: str) -> None:
        """Highlight what lies between two places of the open text."""
        document_id, document = self._document_id, self._document
        if document_id is None or document is None:
            return

        def added(number: int | None) -> None:
            if number is not None:
                self.highlighted.emit(number)

        self._lane.submit(
            lambda ws: ws.add_highlight(document_id, anchor_of(document, first, last), colour),
            added,
            self.failed.emit,
        )

    def recolour(self, highlight_id: int, colour: str) -> None:
        """Give a highlight another colour."""
        self._lane.submit(
            lambda ws: ws.change_highlight(highlight_id, colour=colour), failed=self.failed.emit
        )

    def write_note(self, highlight_id: int, note: str) -> None:
        """Store the note of a highlight."""
        self._lane.submit(
            lambda ws: ws.change_highlight(highlight_id, note=note), failed=self.failed.emit
        )

    def remove(self, highlight_id: int) -> None:
        """Remove a highlight with its note."""
        self._lane.submit(
            lambda ws: ws.remove_highlights([highlight_id]),
            lambda _n: self.did.emit("The highlight was removed."),
            self.failed.emit,
        )

    def add_bookmark(self, place: Place) -> None:
        """Mark a place of the open text."""
        document_id, document = self._document_id, self._document
        if document_id is not None and document is not None:
            self._lane.submit(
                lambda ws: ws.add_bookmark(document_id, anchor_of(document, place)),
                lambda _n: self.did.emit("Bookmarked."),
                self.failed.emit,
            )

    def remove_bookmark(self, bookmark_id: int) -> None:
        """Take a bookmark away."""
        self._lane.submit(
            lambda ws: ws.remove_bookmark(bookmark_id),
            lambda _n: self.did.emit("The bookmark was taken away."),
            self.failed.emit,
        )

    def export(self, path: Path, form: str, *, of_all: bool) -> None:
        """Write the highlights of the open text, or of all, to a file."""
        document_id = None if of_all else self._document_id
        self._lane.submit(
            lambda ws: ws.write_highlights(path, form, document_id),
            lambda number: self.exported.emit(path, number),
            self.failed.emit,
        )

    def _ask(self) -> None:
        document_id, document = self._document_id, self._document
        if document_id is None or document is None:
            return

        def read(workspace: Workspace) -> MarkedText:
            from desktop.operations.annotation_files import marked_text

            highlights = workspace.highlights(document_id)
            return marked_text(document_id, document, highlights, workspace.bookmarks(document_id))

        def told(text: MarkedText) -> None:
            if document is self._document:
                self.marks_changed.emit(text)

        self._lane.submit(read, told)

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if "marks" in kinds:
            self._ask()
