"""Studying: the card that comes next, the answer to it, and what waits today."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop.decks.deck import Note
from desktop.decks.faces import card_faces
from desktop.decks.occlusion import has_picture_in_front
from desktop.library import card_marks, decks, documents, queues, reviews, study_decks
from desktop.library.queues import Moment, Scope
from desktop.operations.foreign_cards import ForeignFaces, foreign_faces
from desktop.operations.open_library import OpenLibrary
from desktop.operations.study_queue import DeckList, StudyQueue, gather
from desktop.reading.document import Picture
from desktop.settings import Settings
from desktop.study.card import Card, CardState, Rating
from desktop.study.options import DeckOptions, LeechAction
from desktop.study.pauses import Pauses
from desktop.study.scheduler import LEARN_AHEAD, Scheduler
from desktop.study.session import (
    DueCounts,
    becomes_leech,
    study_date,
    study_days_between,
)

#: What makes a gathered queue stale.
_QUEUED_KINDS = frozenset({"documents", "notes", "cards", "reviews", "settings", "decks"})

#: What makes the list of decks with their options stale; other changes may make a new deck.
_DECK_KINDS = frozenset({"documents", "settings", "decks"})

_QUEUES_KEPT = 4


@dataclass(frozen=True, slots=True)
class StudyItem:
    """The card to study now, its two faces, and how long each button would send it away.

    ``document_id`` is ``None`` for a card that came from Anki.
    """

    card: Card
    note: Note
    document_id: int | None
    intervals: dict[Rating, timedelta]
    front: str
    back: str
    picture: Picture | None = None  # that the card asks about
    options: DeckOptions = field(default_factory=DeckOptions)
    deck: str = ""
    cramming: bool = False  # the answer changes nothing
    foreign: ForeignFaces | None = None  # of a card whose note has a type of its own


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did to its card; ``leech`` where the card was told of as one just now."""

    card: Card
    leech: bool = False


class Studying(OpenLibrary):
    """The part of a workspace at which cards are studied.

    What is studied is ``document_id``'s cards, or those of the deck ``deck_id`` and the decks
    within it, or those of ``note_ids`` alone, or all.
    """

    #: Of which text the pictures by block are kept at hand.
    _pictures: tuple[tuple[int, str | None], dict[int, Picture]] = ((0, None), {})
    _queues: dict[tuple[Scope, datetime], StudyQueue] | None = None
    _decks: DeckList | None = None
    _decks_known: tuple[int, ...] = ()
    _answering = False
    _first: int | None = None  # a card whose answer was taken back: it is asked again

    def due_counts(
        self,
        document_id: int | None = None,
        *,
        note_ids: Sequence[str] | None = None,
        deck_id: int | None = None,
    ) -> DueCounts:
        """Return how many cards wait today, within the limits."""
        moment, scope = self._moment(), self._scope(document_id, note_ids, deck_id)
        if self.pauses().on_vacation(self.today()):
            return DueCounts(0, 0, 0)
        left = self._queue(moment, scope).left
        until = moment.now + LEARN_AHEAD
        learning = queues.count_learning(self._database, moment, until, scope)
        return DueCounts(left.new, learning, left.review)

    def next_card(
        self,
        document_id: int | None = None,
        *,
        note_ids: Sequence[str] | None = None,
        deck_id: int | None = None,
    ) -> StudyItem | None:
        """Return the card to study now, ``None`` when today's study is done.

        A card whose answer was taken back comes first, then learning cards that are due, then
        reviews with new cards among them, at last learning cards that are due soon.
        """
        moment, scope = self._moment(), self._scope(document_id, note_ids, deck_id)
        if self.pauses().on_vacation(self.today()):
            return None
        card = self._again(moment, scope) or self._next(moment, scope)
        return None if card is None else self._item(card, document_id)

    def answer(self, card_id: int, rating: Rating, took_ms: int = 0) -> Answered:
        """Store an answer and say what it did; it is on the disk when this returns."""
        card = reviews.read_card(self._database, card_id)
        options, now, day = self._options(card.deck_id), self._now(), self._today()
        answered, review = _scheduler(options).review(
            card, rating, now, took_ms, days=self._days_since(card)
        )
        leech = answered.lapses > card.lapses and becomes_leech(
            answered.lapses, options.leech_threshold
        )
        kinds = ("notes", "cards", "reviews") if leech else ("cards", "reviews")
        self._answering = not leech
        try:
            with self._action("Answer card", *kinds):
                reviews.store_answer(self._database, answered, review)
                card_marks.bury_siblings(self._database, card, options, day)
                if leech:
                    self._tell_leech(card, options, now)
        finally:
            self._answering = False
        self._first = None
        self._take_out(card, options)
        return Answered(answered, leech)

    def undo(self) -> str | None:
        """Take back the reader's last action; an answered card is asked again."""
        last = reviews.last_answer(self._database)
        name = super().undo()
        if last is not None and reviews.last_answer(self._database) != last:
            self._first = last[1]
        return name

    def today(self) -> date:
        """Return the date of the present day of study."""
        hour = self.settings().day_start_hour
        return study_date(self._now(), hour, self._zone)

    def pauses(self) -> Pauses:
        """Return when the reader doesn't study, and until when they catch up."""
        return _pauses(self.settings())

    def term_memory(self) -> dict[str, float]:
        """Return the probability (0..1) that the cards of each studied term are remembered now.

        The keys are the terms' names in lower case; of several cards the weakest counts. Cards of
        all documents count: what was learnt in one is known in the next.
        """
        now, memory = self._now(), dict[str, float]()
        for term, card in reviews.studied_terms(self._database):
            share = _scheduler(self._options(card.deck_id)).retrievability(card, now)
            name = term.casefold()
            memory[name] = min(share, memory.get(name, 1.0))
        return memory

    def picture_of(self, note_id: str) -> Picture | None:
        """Return the picture of a card that asks about one."""
        note, source = decks.read_note(self._database, note_id)
        return None if source is None else self._picture(note, source)

    # -- what comes next

    def _again(self, moment: Moment, scope: Scope) -> Card | None:
        """Return the card whose answer was taken back, if it is in the scope."""
        if self._first is None:
            return None
        return queues.may_be_asked(self._database, self._first, moment, scope)

    def _next(self, moment: Moment, scope: Scope) -> Card | None:
        """Return the card that is due."""
        card = queues.next_learning(self._database, moment, moment.now, scope)
        if card is None:
            head = self._queue(moment, scope).head()
            if head is not None:
                return reviews.read_card(self._database, head)
            until = moment.now + LEARN_AHEAD
            card = queues.next_learning(self._database, moment, until, scope)
        return card

    def _queue(self, moment: Moment, scope: Scope) -> StudyQueue:
        """Return the queue of the day, gathered anew after a change."""
        if self._queues is None or len(self._queues) > _QUEUES_KEPT:
            self._queues = {}
        key = (scope, moment.day.start)
        if key not in self._queues:
            self._queues[key] = gather(
                self._database, moment, scope, self._root_options(scope), self._deck_list(),
                self.pauses().days_left(self.today()),
            )  # fmt: skip
        return self._queues[key]

    def _root_options(self, scope: Scope) -> DeckOptions:
        """Return the options that hold for all of what is studied."""
        if scope.document_id is not None:
            deck = study_decks.deck_of_document(self._database, scope.document_id)
            return self._options(None if deck is None else deck.id)
        return self._options(scope.deck_ids[0] if scope.deck_ids else None)

    def _deck_list(self) -> DeckList:
        """Return the decks with their options."""
        if self._decks is None:
            presets = {p.id: p.options for p in study_decks.presets(self._database)}
            self._decks = [
                (deck.id, deck.name, presets[deck.options_id])
                for deck in study_decks.all_decks(self._database)
            ]
            self._by_deck = {deck_id: options for deck_id, _name, options in self._decks}
            self._default = presets[study_decks.DEFAULT_PRESET]
            self._decks_known = study_decks.decks_there(self._database)
        return self._decks

    def _options(self, deck_id: int | None) -> DeckOptions:
        """Return the options of a deck; ``None`` asks for the default."""
        self._deck_list()
        return self._default if deck_id is None else self._by_deck.get(deck_id, self._default)

    def _scope(
        self, document_id: int | None, note_ids: Sequence[str] | None, deck_id: int | None
    ) -> Scope:
        if deck_id is not None:
            below = study_decks.within(self._database, deck_id)
            return Scope(deck_ids=(deck_id, *(i for i in below if i != deck_id)))
        return Scope(document_id, None if note_ids is None else tuple(note_ids))

    def _item(self, card: Card, document_id: int | None) -> StudyItem:
        """Return a card as it is shown."""
        note, source = decks.read_note(self._database, card.note_id, document_id)
        options = self._options(card.deck_id)
        intervals = _scheduler(options).intervals(card, self._now(), days=self._days_since(card))
        front, back = card_faces(note, card.ordinal)
        picture = None
        if source is not None and has_picture_in_front(note):
            picture = self._picture(note, source)
        name = next((name for number, name, _o in self._deck_list() if number == card.deck_id), "")
        foreign = None if source is not None else foreign_faces(self._database, card, note, name)
        return StudyItem(
            card, note, source, intervals, front, back, picture, options, name, foreign=foreign
        )

    def _picture(self, note: Note, document_id: int) -> Picture | None:
        """Return the picture beside a note's evidence; the last text's are kept at hand."""
        from desktop.operations.texts import pictures_by_block

        text_hash = documents.text_hash_of(self._database, document_id)
        if self._pictures[0] != (document_id, text_hash):
            found = pictures_by_block(documents.read_document(self._database, document_id))
            self._pictures = ((document_id, text_hash), found)
        return self._pictures[1].get(note.evidence.span.block)

    # -- inside

    def _take_out(self, card: Card, options: DeckOptions) -> None:
        """Keep the gathered queues up to date after an answer; forget those that can't be."""
        for key, queue in list((self._queues or {}).items()):
            learning = card.state not in (CardState.NEW, CardState.REVIEW)
            if self._queues is not None and not queue.answered(card.id) and not learning:
                del self._queues[key]
            queue.drop_siblings(card.note_id, options)

    def _tell_leech(self, card: Card, options: DeckOptions, now: datetime) -> None:
        card_marks.change_tags(self._database, [card.note_id], now, add=[card_marks.LEECH])
        if options.leech_action is LeechAction.SUSPEND:
            card_marks.suspend_cards(self._database, [card.id], True, now)

    def _days_since(self, card: Card) -> int | None:
        """Return how many days of study ago a card was answered last."""
        if card.last_review is None:
            return None
        hour = self.settings().day_start_hour
        return study_days_between(card.last_review, self._now(), hour, self._zone)

    def _moment(self) -> Moment:
        return Moment(self._now(), self._today())

    def _tell(self, kinds: frozenset[str]) -> None:
        """Forget the queues that a change made stale, then tell the listeners."""
        if kinds & _QUEUED_KINDS and not self._answering:
            self._queues = None
            if kinds & _DECK_KINDS or self._decks_known != study_decks.decks_there(self._database):
                self._decks = None
        super()._tell(kinds)


def _pauses(settings: Settings) -> Pauses:
    """Return the pauses that the settings tell; what is no date counts for nothing."""
    try:
        days = [date.fromisoformat(text) for text in settings.vacation]
        caught_up = date.fromisoformat(settings.caught_up) if settings.caught_up else None
    except ValueError:
        return Pauses()
    first, last = days if len(days) == 2 else (None, None)
    return Pauses(first, last, caught_up)


@functools.lru_cache(maxsize=16)
def _scheduler(options: DeckOptions) -> Scheduler:
    """Return a scheduler; making one imports its package."""
    return Scheduler.of(options)
