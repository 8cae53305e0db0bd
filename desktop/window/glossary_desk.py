"""The glossary on the desk: what the reader changes in it, knows of it, and finds elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.glossary.edits import Edit
from desktop.glossary.term import Term
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.library.glossary import TermInDocument
    from desktop.operations.preparing import Preparation
    from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class GlossaryWish:
    """A glossary to be written; ``document_id`` is ``None`` for all texts of the library."""

    path: Path
    document_id: int | None


class GlossaryDesk(QObject):
    """Works on the glossary of the open text through the lane; results go out as signals."""

    known_changed = Signal(object)  # frozenset[str]: keys of the terms that the reader knows
    texts_found = Signal(object, object)  # Term, list[TermInDocument] of the other texts
    prepared = Signal(object)  # Preparation of the open text
    learning = Signal(object)  # list[str]: ids of the notes to study now
    did = Signal(str)  # a sentence on what was done and can be undone
    exported = Signal(object, int)  # Path, number of entries
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._document_id: int | None = None
        lane.changed.connect(self._library_changed)

    def set_document(self, document_id: int | None) -> None:
        """Work on the glossary of another text."""
        self._document_id = document_id
        self._ask_known()

    def edit(self, edits: Sequence[Edit], sentence: str) -> None:
        """Change the glossary; ``sentence`` says what was done."""
        document_id = self._document_id
        if document_id is not None and edits:
            self._lane.submit(
                lambda ws: ws.edit_glossary(document_id, edits),
                lambda _n: self.did.emit(sentence),
                self.failed.emit,
            )

    def know(self, term: Term, known: bool) -> None:
        """Note that the reader knows a term, or doesn't."""
        sentence = (
            f"“{term.term}” is known: no longer marked, in whatever text."
            if known
            else f"“{term.term}” is back in the glossary."
        )
        self._lane.submit(
            lambda ws: ws.know([(term.term, term.kind)], known),
            lambda _n: self.did.emit(sentence),
            self.failed.emit,
        )

    def find_texts(self, term: Term) -> None:
        """Ask which other texts have the term."""
        here = self._document_id

        def told(found: list[TermInDocument]) -> None:
            others = [place for place in found if place.document_id != here]
            if here == self._document_id:
                self.texts_found.emit(term, others)

        self._lane.submit(lambda ws: ws.term_in_documents(term), told, self.failed.emit)

    def prepare(self) -> None:
        """Ask which important terms of the open text are new to the reader."""
        document_id = self._document_id
        if document_id is None:
            return

        def told(preparation: Preparation | None) -> None:
            if preparation is not None and document_id == self._document_id:
                self.prepared.emit(preparation)

        self._lane.submit(lambda ws: ws.prepare_reading(document_id), told, self.failed.emit)

    def learn(self, terms: Sequence[Term]) -> None:
        """Accept the cards of terms, to be studied before anything else."""
        document_id = self._document_id
        if document_id is not None:
            self._lane.submit(
                lambda ws: ws.learn_terms(document_id, terms),
                self.learning.emit,
                self.failed.emit,
            )

    def export(self, wish: GlossaryWish) -> None:
        """Write a glossary to a file."""

        def work(workspace: Workspace) -> int:
            return workspace.write_glossary(wish.path, wish.document_id)

        self._lane.submit(work, lambda n: self.exported.emit(wish.path, n), self.failed.emit)

    def _ask_known(self) -> None:
        self._lane.submit(lambda ws: ws.known_keys(), self.known_changed.emit)

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if "glossary" in kinds:
            self._ask_known()
