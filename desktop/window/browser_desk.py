"""What stands between the browser and the library: searching beside it, changing it on its lane."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.errors import GlossatorError
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.decks.deck import Note
    from desktop.decks.replacing import Replacement
    from desktop.operations.card_reader import CardReader, Sorting, StudiedNow
    from desktop.operations.workspace import Workspace
    from desktop.study.dates_due import DueWish

T = TypeVar("T")

log = logging.getLogger(__name__)

#: Changes that come this close together are looked at once.
_SETTLE_MS = 120


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the cards in their order."""

    query: str
    card_ids: list[int]


@dataclass(frozen=True, slots=True)
class ReadNote:
    """The note of a card; ``foreign`` are its fields where its type came from Anki."""

    note: Note
    document_id: int | None
    foreign: dict[str, str] | None


class ReadingThread(QObject):
    """One thread that asks a reader of the library; of each kind of search the newest counts."""

    failed = Signal(object)
    _returned = Signal(object)  # a function to call on the window's thread

    def __init__(self, reader: CardReader) -> None:
        super().__init__()
        self._reader = reader
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._running = ""  # the kind of search that is under way
        self._closed = False
        self._returned.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="card reader", daemon=True)
        self._thread.start()

    def search(
        self,
        kind: str,
        work: Callable[[CardReader], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run a search in the place of those of its kind that were asked for before."""
        number = self._newest[kind] = self._newest.get(kind, 0) + 1
        if self._running == kind:
            self._reader.interrupt()

        def wanted() -> bool:
            return number == self._newest[kind] and not self._closed

        def job() -> None:
            if wanted():
                self._running = kind
                self._answer(work, done, failed, wanted)
                self._running = ""

        self._jobs.put(job)

    def ask(self, work: Callable[[CardReader], T], done: Callable[[T], object]) -> None:
        """Run ``work``, then ``done`` with its result on the window's thread."""
        self._jobs.put(lambda: self._answer(work, done, self.failed.emit, lambda: not self._closed))

    def close(self) -> None:
        """End the thread; what is still asked for is not answered."""
        self._closed = True
        self._reader.interrupt()
        self._jobs.put(None)
        self._thread.join()

    def _answer(
        self,
        work: Callable[[CardReader], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        wanted: Callable[[], bool],
    ) -> None:
        try:
            result = work(self._reader)
        except Exception as error:
            caught = error
            if not isinstance(error, GlossatorError):
                log.exception("A defect in the work of the browser")
            self._returned.emit(lambda: failed(caught) if wanted() else None)
        else:
            self._returned.emit(lambda: done(result) if wanted() else None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._reader.close()

    def _call(self, function: Callable[[], object]) -> None:
        function()


class BrowserDesk(QObject):
    """Searches while the browser is on show, and does to cards what the reader asks for."""

    found = Signal(object)  # Found
    refused = Signal(object)  # the error of a query
    rows_read = Signal(int, object)  # place of the first, list[CardRow]
    lists_changed = Signal(object)  # BrowserLists
    note_read = Signal(object, object)  # card id, ReadNote
    library_changed = Signal()
    did = Signal(str)
    exported = Signal(object, int)
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._reading: ReadingThread | None = None
        self._waiting: list[Callable[[ReadingThread], None]] = []
        self._shown = False
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._tell_changed)
        lane.changed.connect(self._changed)

    def set_shown(self, shown: bool) -> None:
        """Say whether the browser is on show; changes are looked at while it is."""
        self._shown = shown
        if shown and self._stale:
            self._tell_changed()

    # -- asking

    def search(self, query: str, sorting: Sorting, studied: StudiedNow) -> None:
        """Find cards; ``found`` or ``refused`` tells what came of the newest search."""

        def go(thread: ReadingThread) -> None:
            thread.search(
                "cards",
                lambda reader: Found(query, reader.find(query, sorting, studied)),
                self.found.emit,
                self.refused.emit,
            )

        self._with_thread(go)

    def read_rows(self, first: int, card_ids: Sequence[int]) -> None:
        """Read the rows of cards that stand from place ``first`` on."""
        chosen = list(card_ids)
        self._ask(lambda reader: reader.rows(chosen), lambda rows: self.rows_read.emit(first, rows))

    def read_lists(self) -> None:
        """Read what cards can be chosen by."""
        self._ask(lambda reader: reader.lists(), self.lists_changed.emit)

    def find_duplicates(self, side: str, told: Callable[[Any], object]) -> None:
        """Find notes with the same text on a side."""
        self._ask(lambda reader: reader.duplicates(side), told)

    def count_replacements(
        self, card_ids: Sequence[int], wish: Replacement, told: Callable[[Any], object]
    ) -> None:
        """Count the notes that a replacement would change; ``told`` may get an error instead."""
        chosen = list(card_ids)

        def go(thread: ReadingThread) -> None:
            thread.search(
                "text", lambda reader: reader.count_replacements(chosen, wish), told, told
            )

        self._with_thread(go)

    def read_note(self, card_id: int, note_id: str) -> None:
        """Read the note of a card."""

        def work(workspace: Workspace) -> ReadNote:
            note, document_id = workspace.read_note(note_id)
            return ReadNote(note, document_id, workspace.foreign_fields(note_id))

        self._lane.submit(work, lambda read: self.note_read.emit(card_id, read), lambda _e: None)

    # -- changing

    def suspend(self, card_ids: Sequence[int], suspended: bool) -> None:
        """Suspend cards, or wake them."""
        word = "suspended" if suspended else "back in study"
        self._do(card_ids, lambda ws, ids: ws.suspend_cards(ids, suspended), word)

    def flag(self, card_ids: Sequence[int], flag: int) -> None:
        """Flag cards, or take their flag."""
        self._do(card_ids, lambda ws, ids: ws.flag(ids, flag), "flagged" if flag else "unflagged")

    def mark(self, card_ids: Sequence[int], marked: bool) -> None:
        """Mark the notes of cards, or take the mark."""
        self._do(
            card_ids,
            lambda ws, ids: ws.mark(ws.notes_of_cards(ids), marked),
            "marked" if marked else "unmarked",
        )

    def bury(self, card_ids: Sequence[int]) -> None:
        """Put cards off until tomorrow."""
        self._do(card_ids, lambda ws, ids: ws.bury_cards(ids), "put off until tomorrow")

    def move(self, card_ids: Sequence[int], deck: str) -> None:
        """Put cards into a deck."""
        self._do(card_ids, lambda ws, ids: ws.move_cards(ids, deck), f"moved to {deck}")

    def tag(self, card_ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        """Change the tags of the notes of cards."""
        self._do(card_ids, lambda ws, ids: ws.tag_cards(ids, add=add, remove=remove), "tagged anew")

    def rename_tag(self, name: str, new: str) -> None:
        """Give a tag another name, on all notes."""
        self._lane.submit(
            lambda ws: ws.rename_tag(name, new),
            lambda n: self.did.emit(f"Tag renamed on {n:,} {'note' if n == 1 else 'notes'}."),
            self.failed.emit,
        )

    def rename_deck(self, name: str, new: str) -> None:
        """Give a deck another name."""
        self._lane.submit(
            lambda ws: ws.rename_deck(ws.deck_id(name), new),
            lambda _n: self.did.emit("Deck renamed."),
            self.failed.emit,
        )

    def forget(self, card_ids: Sequence[int]) -> None:
        """Let cards begin anew."""
        self._do(card_ids, lambda ws, ids: ws.forget(ids), "new again")

    def set_due(self, card_ids: Sequence[int], wish: DueWish) -> None:
        """Let cards come on a day."""
        self._do(card_ids, lambda ws, ids: ws.set_due(ids, wish), "given a day")

    def delete(self, card_ids: Sequence[int]) -> None:
        """Delete the notes of cards."""
        self._do(card_ids, lambda ws, ids: ws.delete_notes(ws.notes_of_cards(ids)), "deleted")

    def edit(self, note_id: str, fields: dict[str, str], foreign: bool) -> None:
        """Change the wording of a note; ``foreign`` where it is of a type from Anki."""

        def work(workspace: Workspace) -> None:
            if foreign:
                workspace.edit_foreign(note_id, fields)
            else:
                workspace.edit_note(note_id, **fields)

        self._lane.submit(
            work,
            lambda _n: self.did.emit("Card changed."),
            self.failed.emit,
        )

    def replace(self, card_ids: Sequence[int], wish: Replacement) -> None:
        """Replace text in the notes of cards."""
        chosen = list(card_ids)
        self._lane.submit(
            lambda ws: ws.replace_in_cards(chosen, wish),
            lambda n: self.did.emit(f"{n:,} {'note' if n == 1 else 'notes'} changed."),
            self.failed.emit,
        )

    def export(self, card_ids: Sequence[int], path: Path, name: str) -> None:
        """Write the notes of cards to a file."""
        chosen = list(card_ids)
        self._lane.submit(
            lambda ws: ws.export_cards(chosen, path, name),
            lambda n: self.exported.emit(path, n),
            self.failed.emit,
        )

    def state(self, key: str, told: Callable[[Any], object]) -> None:
        """Ask for what the window kept."""
        self._lane.submit(lambda ws: ws.state(key), told)

    def keep(self, key: str, value: Any) -> None:
        """Keep something for the next session."""
        self._lane.submit(lambda ws: ws.save_state(key, value))

    def close(self) -> None:
        """End what is under way."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    # -- inside

    def _do(
        self,
        card_ids: Sequence[int],
        work: Callable[[Workspace, list[int]], object],
        word: str,
    ) -> None:
        chosen = list(card_ids)
        if not chosen:
            return
        sentence = f"Card {word}." if len(chosen) == 1 else f"{len(chosen):,} cards {word}."
        self._lane.submit(
            lambda ws: work(ws, chosen), lambda _n: self.did.emit(sentence), self.failed.emit
        )

    def _ask(self, work: Callable[[CardReader], T], done: Callable[[T], object]) -> None:
        self._with_thread(lambda thread: thread.ask(work, done))

    def _with_thread(self, go: Callable[[ReadingThread], None]) -> None:
        """Ask the thread; it begins with the first question."""
        if self._reading is not None:
            go(self._reading)
            return
        self._waiting.append(go)
        if len(self._waiting) == 1:
            self._lane.submit(lambda ws: ws.card_reader(), self._begin, self.failed.emit)

    def _begin(self, reader: CardReader) -> None:
        self._reading = ReadingThread(reader)
        self._reading.failed.connect(self.failed)
        waiting, self._waiting = self._waiting, []
        for go in waiting:
            go(self._reading)

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"documents", "notes", "cards", "reviews", "decks", "settings"}:
            self._stale = True
            if self._shown:
                self._settle.start()

    def _tell_changed(self) -> None:
        self._stale = False
        self.library_changed.emit()
