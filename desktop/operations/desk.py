"""The reader's cards: deciding on them, editing them, studying them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.decks.deck import Note
from desktop.decks.occlusion import has_picture_in_front
from desktop.decks.ranking import Ranker
from desktop.errors import LibraryError
from desktop.library import decks, documents, judgements, reviews
from desktop.library.decks import CardRecord, NoteStatus
from desktop.library.reviews import Scope
from desktop.operations.edited import reader_ranker
from desktop.operations.faces import card_faces, reworded
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Picture, Span
from desktop.study.card import Card, Rating
from desktop.study.scheduler import LEARN_AHEAD, Scheduler
from desktop.study.session import DueCounts, Queue, StudyDay, Tally, next_queue, remaining


@dataclass(frozen=True, slots=True)
class StudyItem:
    """The card to study now, its two faces, and how long each button would send it away."""

    card: Card
    note: Note
    document_id: int
    intervals: dict[Rating, timedelta]
    front: str
    back: str
    picture: Picture | None = None  # that the card asks about


class Desk(OpenLibrary):
    """The part of a workspace at which cards are judged and studied."""

    #: Of which text the pictures by block are kept at hand.
    _pictures: tuple[tuple[int, str | None], dict[int, Picture]] = ((0, None), {})

    def cards(self, document_id: int | None = None) -> list[CardRecord]:
        """Return all notes of a document, or of the library, in the order of study."""
        return decks.records(self._database, document_id)

    def place_of_note(self, note_id: str) -> tuple[int, Span] | None:
        """Return the document and the place of a note's sentence, ``None`` for an unknown note."""
        if not decks.note_exists(self._database, note_id):
            return None
        note, document_id = decks.read_note(self._database, note_id)
        return document_id, note.evidence.span

    def accept(self, note_ids: Sequence[str]) -> None:
        """Accept notes: their cards are studied from now on."""
        self._decide("Accept", note_ids, NoteStatus.ACCEPTED)

    def refuse(self, note_ids: Sequence[str]) -> None:
        """Refuse notes: they are not studied and not proposed again."""
        self._decide("Refuse", note_ids, NoteStatus.REFUSED)

    def delete_notes(self, note_ids: Sequence[str]) -> None:
        """Delete notes with their cards; a new analysis doesn't bring them back."""
        there = [i for i in note_ids if decks.note_exists(self._database, i)]
        notes = [decks.read_note(self._database, note_id)[0] for note_id in there]
        with self._action(_counted("Delete", note_ids), "notes", "cards"):
            for note in notes:
                judgements.remember(self._database, note, judgements.DELETED)
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
            if (note.front, note.back, note.cloze) != (changed.front, changed.back, changed.cloze):
                judgements.remember(self._database, note, judgements.EDITED)
            decks.edit_note(self._database, changed, self._now())

    def add_note(self, document_id: int, note: Note) -> None:
        """Add a note that the reader wrote on a document; it is accepted at once."""
        if documents.text_hash_of(self._database, document_id) is None:
            raise LibraryError("The document of this card was removed; open it again first.")
        checked = reworded(note, front=note.front, back=note.back)
        with self._action("Add card", "notes", "cards"):
            decks.insert_accepted(self._database, document_id, checked, self._now())

    def write_note(self, document_id: int, note: Note) -> str:
        """Add a card that the reader wrote, give it its identity and return that.

        Of a cloze its source alone counts. Raises ``LibraryError`` as ``edit_note`` does.
        """
        from desktop.decks.written import identified

        if note.cloze is not None:
            note = reworded(replace(note, cloze=None), cloze=note.cloze)
        named = identified(note)
        self.add_note(document_id, named)
        return named.id

    def card_ranker(self) -> Ranker:
        """Return the ranker of cards as this reader's decisions have moved it."""
        return reader_ranker(self._database)

    def forget_judgements(self) -> None:
        """Let the ranker be as it came; cards and decisions stay."""
        with self._change("settings"):
            judgements.forget(self._database)

    def suspend(self, note_ids: Sequence[str], suspended: bool = True) -> None:
        """Suspend the cards of notes, or wake them."""
        name = "Suspend" if suspended else "Unsuspend"
        with self._action(_counted(name, note_ids), "cards"):
            decks.set_suspended(self._database, note_ids, suspended, self._now())

    def due_counts(
        self, document_id: int | None = None, *, note_ids: Sequence[str] | None = None
    ) -> DueCounts:
        """Return how many cards wait today, within the limits."""
        now, day = self._now(), self._today()
        scope = _scope(document_id, note_ids)
        left, _ = self._left(now, day, scope)
        learning = reviews.count_learning(self._database, now, now + LEARN_AHEAD, scope)
        return DueCounts(left.new, learning, left.review)

    def next_card(
        self, document_id: int | None = None, *, note_ids: Sequence[str] | None = None
    ) -> StudyItem | None:
        """Return the card to study now, ``None`` when today's study is done.

        ``note_ids`` studies the cards of these notes alone. Learning cards that are due come
        first, then reviews with new cards among them, at last learning cards that are due soon.
        """
        now, day = self._now(), self._today()
        database, scope = self._database, _scope(document_id, note_ids)
        card = reviews.next_learning(database, now, now, scope)
        if card is None:
            left, done = self._left(now, day, scope)
            queue = next_queue(left, done)
            if queue is Queue.REVIEW:
                card = reviews.next_review(database, now, day, scope)
            elif queue is Queue.NEW:
                card = reviews.next_new(database, now, scope)
            else:
                card = reviews.next_learning(database, now, now + LEARN_AHEAD, scope)
        return None if card is None else self._item(card, document_id)

    def term_memory(self) -> dict[str, float]:
        """Return the probability (0..1) that the cards of each studied term are remembered now.

        The keys are the terms' names in lower case; of several cards the weakest counts. Cards of
        all documents count: what was learnt in one is known in the next.
        """
        now, memory = self._now(), dict[str, float]()
        for term, card in reviews.studied_terms(self._database):
            share = self._schedule().retrievability(card, now)
            name = term.casefold()
            memory[name] = min(share, memory.get(name, 1.0))
        return memory

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

    def _left(self, now: datetime, day: StudyDay, scope: Scope) -> tuple[Tally, Tally]:
        """Return how many new cards and reviews today still allows, and how many were done."""
        settings = self.settings()
        limits = Tally(settings.new_per_day, settings.reviews_per_day)
        done = reviews.done_today(self._database, day, scope)
        available = reviews.available(self._database, now, day, scope, limits)
        return remaining(available, done, limits), done

    def _item(self, card: Card, document_id: int | None) -> StudyItem:
        """Return a card as it is shown."""
        note, source = decks.read_note(self._database, card.note_id, document_id)
        intervals = self._schedule().intervals(card, self._now())
        front, back = card_faces(note, card.ordinal)
        picture = self._picture(note, source) if has_picture_in_front(note) else None
        return StudyItem(card, note, source, intervals, front, back, picture)

    def picture_of(self, note_id: str) -> Picture | None:
        """Return the picture of a card that asks about one."""
        note, source = decks.read_note(self._database, note_id)
        return self._picture(note, source)

    def _picture(self, note: Note, document_id: int) -> Picture | None:
        """Return the picture beside a note's evidence; the last text's are kept at hand."""
        from desktop.operations.texts import pictures_by_block

        text_hash = documents.text_hash_of(self._database, document_id)
        if self._pictures[0] != (document_id, text_hash):
            found = pictures_by_block(documents.read_document(self._database, document_id))
            self._pictures = ((document_id, text_hash), found)
        return self._pictures[1].get(note.evidence.span.block)

    def _schedule(self) -> Scheduler:
        """Return the scheduler for the present settings."""
        return _scheduler(self.settings().desired_retention)

    def _decide(self, name: str, note_ids: Sequence[str], status: NoteStatus) -> None:
        """Store the reader's decision on notes."""
        with self._action(_counted(name, note_ids), "notes", "cards"):
            decks.set_status(self._database, note_ids, status, self._now())


def _scope(document_id: int | None, note_ids: Sequence[str] | None) -> Scope:
    return Scope(document_id, None if note_ids is None else tuple(note_ids))


@functools.lru_cache(maxsize=1)
def _scheduler(desired_retention: float) -> Scheduler:
    """Return a scheduler; making one imports its package."""
    return Scheduler(desired_retention)


def _counted(verb: str, note_ids: Sequence[str]) -> str:
    """Return the name of an action on some cards."""
    return f"{verb} card" if len(note_ids) == 1 else f"{verb} {len(note_ids)} cards"
