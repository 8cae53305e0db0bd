"""Schedules and answers in an exchange with Anki: logs are joined, the later answer holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.anki.calendar import Calendar
from desktop.anki.media_taking import TakenMedia
from desktop.anki.peer import Progress
from desktop.anki.planning import Fate, plan_import
from desktop.anki.scheduling import (
    collection_due,
    collection_review,
    last_review_in,
    to_anki,
)
from desktop.anki.taking import Taking
from desktop.decks.collection import REVIEW, Collection, CollectionCard, CollectionReview
from desktop.library import anki_cards, anki_meetings, anki_notes, study_decks
from desktop.library.anki_cards import LogLine
from desktop.library.times import from_ms, to_ms
from desktop.operations.open_library import OpenLibrary
from desktop.study.card import Card, CardState


class AnkiProgress(OpenLibrary):
    """The part of a workspace that gives and takes schedules; ``theirs`` is Anki's collection."""

    def anki_progress(self, theirs: Collection) -> Progress:
        """Return the schedules that are later here, and the answers that Anki's log lacks."""
        there = _logs(theirs.reviews)
        guids = {note.id: note.guid for note in theirs.notes}
        mine = anki_cards.cards_of(self._database, list(guids.values()))
        log: dict[int, list[LogLine]] = {}
        for line in anki_cards.whole_log(self._database):
            log.setdefault(line.card_id, []).append(line)
        calendar = self._calendar()
        first_day = calendar.creation_day(theirs.created, theirs.created_west)
        cards: list[Mapping[str, object]] = []
        reviews: list[CollectionReview] = []
        for card in theirs.cards:
            own = mine.get((guids.get(card.note_id, ""), card.ordinal))
            lines = log.get(own.id, []) if own is not None else []
            if own is None or not lines:
                continue
            known = there.get(card.id, [])
            numbers = {review.id for review in known}
            reviews += [_review(line, card.id) for line in lines if line.id not in numbers]
            if own.last_review is not None and to_ms(own.last_review) > _scheduled(card, known):
                cards.append(self._columns(own, card.id, calendar, first_day))
        return Progress(cards, reviews)

    def anki_take_progress(
        self, theirs: Collection, adopted: Iterable[str], media: Iterable[tuple[str, bytes]] = ()
    ) -> None:
        """Take schedules and answers of the library's cards, and whole the ``adopted`` notes."""
        guids = [note.guid for note in theirs.notes]
        known = anki_notes.known_notes(self._database, guids)
        wanted = known.keys() | set(adopted)
        found = _only(theirs, wanted)
        with self._action("Take over from Anki", "notes", "cards", "reviews", "decks"):
            plan = plan_import(found, known, ())
            fates = tuple(
                # What both sides say of a card of a text was settled part by part.
                Fate.SAME if (here := known.get(note.guid)) and here.in_document else fate
                for note, fate in zip(found.notes, plan.fates, strict=True)
            )
            self._give_back_answers(found)
            taken = TakenMedia()
            taken.take(self._database, media)
            taking = Taking(
                self._database, found, replace(plan, fates=fates), self._calendar(), self._now(),
                lambda _done, _total: None,
            )  # fmt: skip
            taking.run({key: known[key] for key in known if key in wanted}, taken)

    def anki_take_answers(self, theirs: Collection) -> int:
        """Take schedules and answers of cards of texts from a running Anki; return how many.

        ``theirs`` counts days from 1970, and its reviews are due an interval after the last one.
        """
        known = anki_notes.known_notes(self._database, [note.guid for note in theirs.notes])
        inside = {key: note for key, note in known.items() if note.in_document}
        found = _only(theirs, inside)
        calendar, log = self._calendar(), _logs(found.reviews)

        def due(card: CollectionCard) -> int:
            answers = [review for review in log.get(card.id, ()) if review.rating]
            if card.kind != REVIEW or not answers:
                return card.due
            return calendar.day(from_ms(answers[-1].id)) + max(card.interval, 0)

        cards = tuple(replace(card, due=due(card)) for card in found.cards)
        before = len(anki_cards.whole_log(self._database))
        self.anki_take_progress(replace(found, cards=cards), ())
        return len(anki_cards.whole_log(self._database)) - before

    def _columns(
        self, card: Card, anki_id: int, calendar: Calendar, first_day: int
    ) -> dict[str, object]:
        """Return a card's schedule as Anki's columns."""
        options = study_decks.options_of_deck(self._database, card.deck_id)
        steps = options.relearning_steps
        if card.state is CardState.LEARNING:
            steps = options.learning_steps
        columns = to_anki(card, 0, calendar, options.desired_retention, len(steps))
        return {
            "id": anki_id,
            "type": columns.kind,
            "queue": columns.queue,
            "due": collection_due(columns, first_day),
            "ivl": columns.interval,
            "factor": columns.factor,
            "reps": columns.reps,
            "lapses": columns.lapses,
            "left": columns.left,
            "data": columns.data,
        }

    def _give_back_answers(self, theirs: Collection) -> None:
        """Let cards that were deleted here and came back have their answers again."""
        guids = {note.id: note.guid for note in theirs.notes}
        mine = anki_cards.cards_of(self._database, list(guids.values()))
        log = _logs(theirs.reviews)
        for card in theirs.cards:
            own = mine.get((guids[card.note_id], card.ordinal))
            if own is not None and own.last_review is None and card.id in log:
                ids = [review.id for review in log[card.id]]
                anki_meetings.give_back_answers(self._database, own.id, ids)

    def _calendar(self) -> Calendar:
        return Calendar(self.settings().day_start_hour, self._zone)


def _only(theirs: Collection, guids: Iterable[str]) -> Collection:
    """Return a collection with these notes alone."""
    wanted = set(guids)
    notes = tuple(note for note in theirs.notes if note.guid in wanted)
    numbers = {note.id for note in notes}
    cards = tuple(card for card in theirs.cards if card.note_id in numbers)
    ids = {card.id for card in cards}
    reviews = tuple(review for review in theirs.reviews if review.card_id in ids)
    used = {card.own_deck_id for card in cards}
    decks = tuple(deck for deck in theirs.decks if deck.id in used)
    return replace(theirs, notes=notes, cards=cards, reviews=reviews, decks=decks)


def _logs(reviews: Sequence[CollectionReview]) -> dict[int, list[CollectionReview]]:
    found: dict[int, list[CollectionReview]] = {}
    for review in reviews:
        found.setdefault(review.card_id, []).append(review)
    return found


def _scheduled(card: CollectionCard, log: Sequence[CollectionReview]) -> int:
    """Return the moment (ms) that a card's schedule in Anki comes from.

    Where two devices changed a card, Anki's sync keeps one of them whole, and the log of both: so
    the schedule may be older than the last answer.
    """
    by_hand = max((review.id for review in log if not review.rating), default=0)
    answered = max((review.id for review in log if review.rating), default=0)
    told = last_review_in(card.data)
    if told is not None and told != answered // 1000:
        answered = told * 1000 + 999
    return max(by_hand, answered)


def _review(line: LogLine, card_id: int) -> CollectionReview:
    """Return a line of the library's log for Anki's: Anki's own as it was."""
    if line.answer is not None:
        return replace(collection_review(line.answer, line.id), card_id=card_id)
    return CollectionReview(
        line.id, card_id, line.rating, line.interval, line.last_interval, line.factor, line.took,
        line.kind,
    )  # fmt: skip
