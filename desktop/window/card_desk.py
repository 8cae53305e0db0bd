"""The cards on the desk: what the reader decides on them, studies of them and takes to Anki."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.library.decks import NoteStatus
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace
    from desktop.reading.document import Picture


@dataclass(frozen=True, slots=True)
class CardCounts:
    """How many cards are accepted and proposed: in the open text, and in all texts."""

    accepted: tuple[int, int]
    proposed: tuple[int, int]

    @classmethod
    def of(cls, mine: list[NoteStatus], every: list[NoteStatus]) -> CardCounts:
        """Count the statuses of the cards of the open text and of all texts."""
        both = (mine, every)
        accepted, proposed = (
            [statuses.count(status) for statuses in both]
            for status in (NoteStatus.ACCEPTED, NoteStatus.PROPOSED)
        )
        return cls((accepted[0], accepted[1]), (proposed[0], proposed[1]))


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is to be written where; ``document_id`` is ``None`` for the whole library."""

    path: Path
    name: str
    document_id: int | None
    include_proposed: bool
    with_progress: bool = False  # in the decks as they are, those from Anki too


class CardDesk(QObject):
    """Works on the reader's cards through the lane; results go out as signals."""

    text_cards_changed = Signal(object)  # list[CardRecord] of the open text
    all_cards_changed = Signal(object)  # list[CardRecord] of the library
    due_changed = Signal(object)  # DueCounts of the library
    undone = Signal(str)  # the name of what was undone, "" for nothing
    redone = Signal(str)
    did = Signal(str)  # a sentence on what was done and can be undone
    exported = Signal(object, int)  # Path, number of cards
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._document_id: int | None = None
        self._studying = False
        self._stale = False  # the lists are behind the library
        lane.changed.connect(self._library_changed)

    def set_document(self, document_id: int | None) -> None:
        """Work on the cards of another text."""
        self._document_id = document_id
        self.refresh()

    def set_studying(self, studying: bool) -> None:
        """Say whether the study page is on show."""
        self._studying = studying
        if not studying and self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the cards and for what is due."""
        self._stale = False
        document_id = self._document_id
        if document_id is None:
            self.text_cards_changed.emit([])
        else:
            self._lane.submit(lambda ws: ws.cards(document_id), self.text_cards_changed.emit)
        self._lane.submit(lambda ws: ws.cards(), self.all_cards_changed.emit)
        self._lane.submit(lambda ws: ws.due_counts(), self.due_changed.emit)

    # -- decisions

    def accept(self, note_ids: Sequence[str]) -> None:
        """Accept notes."""
        ids = list(note_ids)
        sentence = f"{len(ids)} cards accepted." if len(ids) > 1 else ""
        self._do(lambda ws: ws.accept(ids), sentence)

    def refuse(self, note_ids: Sequence[str]) -> None:
        """Refuse notes."""
        ids = list(note_ids)
        self._do(lambda ws: ws.refuse(ids), "Card refused.")

    def delete(self, note_ids: Sequence[str]) -> None:
        """Delete notes."""
        ids = list(note_ids)
        self._do(lambda ws: ws.delete_notes(ids), "Card deleted.")

    def suspend(self, note_ids: Sequence[str], suspended: bool = True) -> None:
        """Suspend the cards of notes, or wake them."""
        ids = list(note_ids)
        sentence = "Card suspended." if suspended else "Card back in study."
        self._do(lambda ws: ws.suspend(ids, suspended), sentence)

    def edit(self, note_id: str, fields: Mapping[str, str]) -> None:
        """Change the wording of a note."""
        self._do(lambda ws: ws.edit_note(note_id, **fields), "Card changed.")

    def undo(self) -> None:
        """Take back the last action."""
        self._lane.submit(lambda ws: ws.undo(), self._tell_undone, self.failed.emit)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._lane.submit(lambda ws: ws.redo(), self._tell_redone, self.failed.emit)

    def _tell_undone(self, name: str | None) -> None:
        self.undone.emit(name or "")

    def _tell_redone(self, name: str | None) -> None:
        self.redone.emit(name or "")

    # -- Anki

    def count(self, told: Callable[[CardCounts], object]) -> None:
        """Count the cards that can be exported and call ``told`` with the numbers."""
        document_id = self._document_id

        def work(workspace: Workspace) -> CardCounts:
            every = [record.status for record in workspace.cards()]
            mine = [] if document_id is None else workspace.cards(document_id)
            return CardCounts.of([record.status for record in mine], every)

        self._lane.submit(work, told, self.failed.emit)

    def export(self, wish: ExportWish) -> None:
        """Write the accepted cards to a file."""

        def work(workspace: Workspace) -> tuple[Path, int]:
            return wish.path, _write_deck(workspace, wish)

        self._lane.submit(work, lambda done: self.exported.emit(*done), self.failed.emit)

    # -- inside

    def _do(self, work: Callable[[Workspace], object], sentence: str) -> None:
        def done(_result: object) -> None:
            if sentence:
                self.did.emit(sentence)

        self._lane.submit(work, done, self.failed.emit)

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if not kinds & {"notes", "cards", "reviews"}:
            return
        if self._studying:  # the next card comes before lists that nobody sees
            self._stale = True
            self._lane.submit(lambda ws: ws.due_counts(), self.due_changed.emit)
        else:
            self.refresh()


def _write_deck(workspace: Workspace, wish: ExportWish) -> int:
    from desktop.operations.texts import export_deck, pictures_of_notes

    if wish.with_progress:
        return workspace.write_package(wish.path, document_id=wish.document_id, with_progress=True)
    ids = None if wish.document_id is None else [wish.document_id]
    deck = workspace.deck(ids, include_proposed=wish.include_proposed, name=wish.name)
    pictures: dict[str, Sequence[Picture]] = {}
    if wish.path.suffix.lower() == ".apkg":
        for line in workspace.documents():
            if wish.document_id in (None, line.id):
                pictures |= pictures_of_notes(deck, workspace.document(line.id))
        deck = workspace.dated(deck, pictures)
    export_deck(deck, wish.path, pictures=pictures)
    return len(deck.notes)
