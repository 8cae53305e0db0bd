"""One reader's library and all that they do with it: the face of the core to the window.

A workspace belongs to the thread that opened it. Every change is one transaction; after its
commit the listeners hear which kinds of record changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.decks.deck import Deck, Note
from desktop.errors import LibraryError
from desktop.library import backup, decks, documents, reviews, state
from desktop.library.database import Database
from desktop.library.decks import CardRecord as CardRecord
from desktop.library.decks import NoteStatus as NoteStatus
from desktop.library.documents import DocumentSummary as DocumentSummary
from desktop.library.documents import ReadingPosition as ReadingPosition
from desktop.library.lock import LibraryLock
from desktop.library.undo import UndoLog
from desktop.operations.export import export_library
from desktop.operations.faces import card_faces, reworded
from desktop.paths import Folders, library_file
from desktop.reading.document import Document
from desktop.settings import Settings
from desktop.study.card import Card, Rating
from desktop.study.scheduler import LEARN_AHEAD, Scheduler
from desktop.study.session import (
    DueCounts,
    Queue,
    StudyDay,
    Tally,
    next_queue,
    remaining,
    study_day,
)

if TYPE_CHECKING:
    from desktop.operations.analysing import Analysed

Listener = Callable[[frozenset[str]], None]

#: The kinds of record that listeners hear about.
KINDS = frozenset({"documents", "glossary", "notes", "cards", "reviews", "settings"})


@dataclass(frozen=True, slots=True)
class StudyItem:
    """The card to study now, its two faces, and how long each button would send it away."""

    card: Card
    note: Note
    document_id: int
    intervals: dict[Rating, timedelta]
    front: str
    back: str


class Workspace:
    """A reader's open library; ``open`` makes one, ``close`` ends it."""

    def __init__(
        self,
        database: Database,
        lock: LibraryLock,
        now: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        self._database = database
        self._lock = lock
        self._clock = now
        self._zone = zone
        self._undo = UndoLog(database)
        self._listeners: list[Listener] = []
        self._settings: Settings | None = None
        self._scheduler: Scheduler | None = None

    @classmethod
    def open(
        cls,
        folders: Folders,
        *,
        now: Callable[[], datetime] | None = None,
        zone: tzinfo | None = None,
    ) -> Workspace:
        """Open the reader's library, or make an empty one.

        ``now`` returns an aware time (the system's clock by default); ``zone`` decides when a day
        begins (the system's by default). Raises ``LibraryInUseError`` when another Glossator has
        it open and ``LibraryError`` when it can't be used.
        """
        path = library_file(folders)
        lock = LibraryLock(path)
        try:
            database = Database.open(path)
            return cls(database, lock, now or (lambda: datetime.now(UTC)), zone)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the library and let others open it."""
        try:
            self._database.close()
        finally:
            self._lock.release()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the changed kinds after each commit; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # Settings and state

    def settings(self) -> Settings:
        """Return the reader's settings."""
        if self._settings is None:
            self._settings = state.read_settings(self._database)
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Store the reader's settings."""
        with self._change("settings"):
            state.write_settings(self._database, settings)
            self._settings = self._scheduler = None

    def state(self, key: str) -> Any | None:
        """Return a JSON value that ``save_state`` stored, ``None`` where there is none."""
        return state.read_state(self._database, key)

    def save_state(self, key: str, value: Any) -> None:
        """Store a JSON value of the window: geometry, splitter, last document."""
        with self._change():
            state.write_state(self._database, key, value)

    # Documents

    def add_file(self, path: str | Path, *, format: str | None = None) -> int:  # noqa: A002
        """Open a file, store it, and return the document's id; known contents keep their id."""
        from desktop.reading.opener import open_document

        return self.add_document(open_document(path, format=format))

    def add_document(self, document: Document) -> int:
        """Store a document and return its id; known contents keep their id."""
        with self._change("documents"):
            return documents.insert_document(self._database, document, self._now())

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
        with self._action("Remove document", "documents", "glossary", "notes", "cards"):
            documents.delete_document(self._database, document_id)

    def reading_position(self, document_id: int) -> ReadingPosition | None:
        """Return where the reader left the document."""
        return documents.read_position(self._database, document_id)

    def save_reading_position(self, document_id: int, position: ReadingPosition) -> None:
        """Store where the reader is; listeners are not told, it happens while scrolling."""
        with self._change():
            documents.write_position(self._database, document_id, position, self._now())

    # Analysis

    def analysed(self, document_id: int, version: str) -> Analysed | None:
        """Return the cached analysis of that version, ``None`` where there is none."""
        from desktop.operations.analysing import Analysed

        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is None:
            return None
        data = documents.read_analysis(self._database, text_hash, version)
        return None if data is None else Analysed.from_json(data)

    def save_analysed(self, document_id: int, version: str, analysed: Analysed) -> None:
        """Cache an analysis and propose its notes; what the reader decided or wrote stays.

        Nothing happens for a document that was removed meanwhile.
        """
        text_hash = documents.text_hash_of(self._database, document_id)
        if text_hash is None:
            return
        now = self._now()
        with self._change("glossary", "notes", "cards"):
            documents.write_analysis(self._database, text_hash, version, analysed.to_json(), now)
            decks.sync_notes(self._database, document_id, analysed.deck.notes, now)

    # Notes and cards

    def cards(self, document_id: int | None = None) -> list[CardRecord]:
        """Return all notes of a document, or of the library, in the order of study."""
        return decks.records(self._database, document_id)

    def accept(self, note_ids: Sequence[str]) -> None:
        """Accept notes: their cards are studied from now on."""
        self._decide("Accept", note_ids, NoteStatus.ACCEPTED)

    def refuse(self, note_ids: Sequence[str]) -> None:
        """Refuse notes: they are not studied and not proposed again."""
        self._decide("Refuse", note_ids, NoteStatus.REFUSED)

    def delete_notes(self, note_ids: Sequence[str]) -> None:
        """Delete notes with their cards; a new analysis doesn't bring them back."""
        with self._action(_counted("Delete", note_ids), "notes", "cards"):
            decks.delete_notes(self._database, note_ids, self._now())

    def edit_note(
        self,
        note_id: str,
        *,
        front: str | None = None,
        back: str | None = None,
        cloze: str | None = None,
        tags: Sequence[str] | None = None,
    ) -> None:
        """Change a note's wording or tags; for a cloze note give its source ``cloze`` alone.

        Raises ``LibraryError`` for an empty side, a cloze without a gap, a note that is gone.
        """
        note, _ = decks.read_note(self._database, note_id)
        chosen = None if tags is None else tuple(tags)
        changed = reworded(note, front=front, back=back, cloze=cloze, tags=chosen)
        with self._action("Edit card", "notes", "cards"):
            decks.edit_note(self._database, changed, self._now())

    def add_note(self, document_id: int, note: Note) -> None:
        """Add a note that the reader wrote on a document; it is accepted at once."""
        if documents.text_hash_of(self._database, document_id) is None:
            raise LibraryError("The document of this card was removed; open it again first.")
        checked = reworded(note, front=note.front, back=note.back)
        with self._action("Add card", "notes", "cards"):
            decks.insert_reader_note(self._database, document_id, checked, self._now())

    def suspend(self, note_ids: Sequence[str], suspended: bool = True) -> None:
        """Suspend the cards of notes, or wake them."""
        name = "Suspend" if suspended else "Unsuspend"
        with self._action(_counted(name, note_ids), "cards"):
            decks.set_suspended(self._database, note_ids, suspended, self._now())

    # Study

    def due_counts(self, document_id: int | None = None) -> DueCounts:
        """Return how many cards wait today, within the limits."""
        now, day = self._now(), self._today()
        left, _ = self._left(now, day, document_id)
        learning = reviews.count_learning(self._database, now, now + LEARN_AHEAD, document_id)
        return DueCounts(left.new, learning, left.review)

    def next_card(self, document_id: int | None = None) -> StudyItem | None:
        """Return the card to study now, ``None`` when today's study is done.

        Learning cards that are due come first, then reviews with new cards among them, at last
        learning cards that are due soon.
        """
        now, day = self._now(), self._today()
        database = self._database
        card = reviews.next_learning(database, now, now, document_id)
        if card is None:
            left, done = self._left(now, day, document_id)
            queue = next_queue(left, done)
            if queue is Queue.REVIEW:
                card = reviews.next_review(database, now, day, document_id)
            elif queue is Queue.NEW:
                card = reviews.next_new(database, now, document_id)
            else:
                card = reviews.next_learning(database, now, now + LEARN_AHEAD, document_id)
        return None if card is None else self._item(card, document_id)

    def answer(self, card_id: int, rating: Rating, took_ms: int = 0) -> None:
        """Store an answer; it is on the disk when this returns."""
        card = reviews.read_card(self._database, card_id)
        answered, review = self._schedule().review(card, rating, self._now(), took_ms)
        with self._action("Answer card", "cards", "reviews"):
            reviews.store_answer(self._database, answered, review)

    def bury(self, card_id: int) -> None:
        """Hide a card until the next day of study."""
        card = reviews.read_card(self._database, card_id)
        with self._action("Bury card", "cards"):
            reviews.bury(self._database, card.id, self._today().end)

    def undo(self) -> str | None:
        """Take back the reader's last action of this session and return its name."""
        step = self._undo.undo()
        if step is None:
            return None
        self._tell(step.kinds)
        return step.name

    def undo_name(self) -> str | None:
        """Return the name of the action that ``undo`` would take back."""
        return self._undo.next_name

    # Files

    def deck(
        self,
        document_ids: Sequence[int] | None = None,
        *,
        include_proposed: bool = False,
        name: str | None = None,
    ) -> Deck:
        """Return the accepted notes of documents (``None``: of all) as a deck, in their order.

        The content times of the notes are those of the library: an export to Anki updates just
        what changed. Raises ``LibraryError`` when there is no note.
        """
        wanted = [NoteStatus.ACCEPTED] + [NoteStatus.PROPOSED] * include_proposed
        shelf = {line.id: line for line in self.documents()}
        chosen = list(shelf) if document_ids is None else list(dict.fromkeys(document_ids))
        notes: dict[str, Note] = {}
        for document_id in chosen:
            for record in decks.records(self._database, document_id, wanted):
                notes.setdefault(record.note.id, record.note)
        if not notes:
            raise LibraryError("There are no accepted cards to export; accept some first.")
        single = chosen[0] if len(chosen) == 1 else None
        title = shelf[single].title if single is not None else ""
        sha256 = self.document(single).source.sha256 if single is not None else ""
        return Deck(name or title or "Glossator", title, sha256, tuple(notes.values()))

    def backup(self, out: str | Path) -> None:
        """Copy the library to the file ``out`` while it is open."""
        backup.write_backup(self._database, Path(out))

    def check(self) -> list[str]:
        """Check the library's file and return what is wrong with it; nothing when it is well."""
        return self._database.problems()

    def export(self, folder: str | Path) -> None:
        """Write everything in the library to ``folder`` as files that other programs can read."""
        export_library(self, self._database, Path(folder))

    def restore(self, source: str | Path) -> None:
        """Put a backup in the library's place; the present one is kept under ``backups``."""
        path = self._database.path
        self._database.close()
        try:
            backup.restore_backup(path, Path(source), self._now())
        finally:
            # Whatever came of it, the library that stands there now is open again.
            self._database = Database.open(path)
            self._undo = UndoLog(self._database)
            self._settings = self._scheduler = None
        self._tell(KINDS)

    # Inside

    def _now(self) -> datetime:
        """Return the time in UTC, in the whole milliseconds that the library keeps."""
        now = self._clock().astimezone(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _today(self) -> StudyDay:
        """Return the present day of study."""
        return study_day(self._now(), self.settings().day_start_hour, self._zone)

    def _left(self, now: datetime, day: StudyDay, document_id: int | None) -> tuple[Tally, Tally]:
        """Return how many new cards and reviews today still allows, and how many were done."""
        settings = self.settings()
        limits = Tally(settings.new_per_day, settings.reviews_per_day)
        done = reviews.done_today(self._database, day, document_id)
        available = reviews.available(self._database, now, day, document_id, limits)
        return remaining(available, done, limits), done

    def _item(self, card: Card, document_id: int | None) -> StudyItem:
        """Return a card as it is shown."""
        note, source = decks.read_note(self._database, card.note_id, document_id)
        intervals = self._schedule().intervals(card, self._now())
        front, back = card_faces(note, card.ordinal)
        return StudyItem(card, note, source, intervals, front, back)

    def _schedule(self) -> Scheduler:
        """Return the scheduler for the present settings."""
        if self._scheduler is None:
            self._scheduler = Scheduler(self.settings().desired_retention)
        return self._scheduler

    def _decide(self, name: str, note_ids: Sequence[str], status: NoteStatus) -> None:
        """Store the reader's decision on notes."""
        with self._action(_counted(name, note_ids), "notes", "cards"):
            decks.set_status(self._database, note_ids, status, self._now())

    @contextmanager
    def _change(self, *kinds: str) -> Iterator[None]:
        """Run the block as one transaction and tell the listeners."""
        with self._database.transaction():
            yield
        self._tell(frozenset(kinds))

    @contextmanager
    def _action(self, name: str, *kinds: str) -> Iterator[None]:
        """Run the block as one transaction that can be undone, and tell the listeners."""
        with self._undo.recording(name, frozenset(kinds)):
            yield
        self._tell(frozenset(kinds))

    def _tell(self, kinds: frozenset[str]) -> None:
        """Tell the listeners which kinds changed."""
        if kinds:
            for listener in tuple(self._listeners):
                listener(kinds)


def restore_library(folders: Folders, source: str | Path) -> Path | None:
    """Put a backup in the place of a library that isn't open, even of a damaged one.

    Returns where the replaced library is kept, ``None`` where there was none.
    """
    path = library_file(folders)
    lock = LibraryLock(path)
    try:
        kept = backup.restore_backup(path, Path(source), datetime.now(UTC))
        Database.open(path).close()
    finally:
        lock.release()
    return kept


def _counted(verb: str, note_ids: Sequence[str]) -> str:
    """Return the name of an action on some cards."""
    return f"{verb} card" if len(note_ids) == 1 else f"{verb} {len(note_ids)} cards"
