"""The review of cards on the desk: what was kept out, other wordings, what the reader writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.decks.deck import Note
from desktop.window.jobs import Lane
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from desktop.operations.workspace import CardReview, Workspace
    from desktop.reading.document import Document


class ReviewDesk(QObject):
    """Works on proposals of the open text through the lane; results go out as signals."""

    review_changed = Signal(object, object, object)  # document id, Document, CardReview
    alternatives_found = Signal(str, object)  # note id, tuple[Alternative, ...]
    paragraph_found = Signal(int, int, str)  # document id, block, its text
    written = Signal(str)  # the id of a note that the reader wrote
    did = Signal(str)  # a sentence on what was done and can be undone
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._document_id: int | None = None
        self._document: Document | None = None

    def set_document(self, document_id: int | None, document: Document | None = None) -> None:
        """Work on the cards of another text."""
        self._document_id, self._document = document_id, document
        self.refresh()

    def refresh(self) -> None:
        """Ask what the analysis kept out of the deck."""
        from desktop.operations.workspace import CardReview

        document_id = self._document_id
        if document_id is None:
            self.review_changed.emit(None, None, CardReview())
            return

        def told(review: CardReview) -> None:
            if document_id == self._document_id:
                self.review_changed.emit(document_id, self._document, review)

        self._lane.submit(lambda ws: ws.card_review(document_id), told, self.failed.emit)

    def find_paragraph(self, document_id: int, block: int) -> None:
        """Ask for the paragraph around a card's sentence."""
        if self._document is not None and document_id == self._document_id:
            text = self._document.blocks[block].text if block < len(self._document.blocks) else ""
            self.paragraph_found.emit(document_id, block, text)
            return
        self._lane.submit(
            lambda ws: ws.block_text(document_id, block),
            lambda text: self.paragraph_found.emit(document_id, block, text),
            self.failed.emit,
        )

    def find_alternatives(self, document_id: int, note: Note) -> None:
        """Ask for the other forms of a card."""
        self._lane.submit(
            lambda ws: ws.alternatives(document_id, note),
            lambda found: self.alternatives_found.emit(note.id, found),
            self.failed.emit,
        )

    def take_form(self, document_id: int, form: Note, kept_out: Note | None) -> None:
        """Give a card another form; ``kept_out`` is the card as it was kept out, if it was."""
        if kept_out is None:
            self._do(lambda ws: ws.reword_note(form), "Card reworded.")
        else:
            self._do(
                lambda ws: ws.rescue_reworded(document_id, kept_out, form), "Card accepted so."
            )

    def turn(self, document_id: int, note: Note, kept_out: bool) -> None:
        """Turn a card into another kind; one that was kept out is accepted so."""

        def work(workspace: Workspace) -> Note:
            form = workspace.turn_note(document_id, note)
            if kept_out:
                workspace.rescue_reworded(document_id, note, form)
            else:
                workspace.reword_note(form)
            return form

        def told(form: Note) -> None:
            self.did.emit(f"The card is a {NOTE_KINDS[form.kind][0].lower()} now.")

        self._lane.submit(work, told, self.failed.emit)

    def rescue(self, document_id: int, notes: Sequence[Note]) -> None:
        """Accept cards that the program had kept out."""
        self._do(lambda ws: ws.rescue(document_id, notes), "Card accepted after all.")

    def rescue_edited(self, document_id: int, note: Note, fields: Mapping[str, str]) -> None:
        """Accept a card that was kept out as the reader edited it."""
        self._do(lambda ws: ws.rescue_edited(document_id, note, fields), "Card accepted.")

    def write(self, note: Note) -> None:
        """Add a card that the reader wrote on the open text."""
        self._add(lambda ws, document_id: ws.write_note(document_id, note))

    def add(self, note: Note) -> None:
        """Add a card on a picture of the open text."""

        def work(workspace: Workspace, document_id: int) -> str:
            workspace.add_note(document_id, note)
            return note.id

        self._add(work)

    def _add(self, work: Callable[[Workspace, int], str]) -> None:
        document_id = self._document_id
        if document_id is None:
            return

        def told(note_id: str) -> None:
            self.did.emit("Card added.")
            self.written.emit(note_id)

        self._lane.submit(lambda ws: work(ws, document_id), told, self.failed.emit)

    def _do(self, work: Callable[[Workspace], object], sentence: str) -> None:
        self._lane.submit(work, lambda _n: self.did.emit(sentence), self.failed.emit)
