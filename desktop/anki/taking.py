"""Taking a collection into the library: decks, media, notes, cards and the log, as one change.

The reader's own is never overwritten: fields that they edited here, decks into which they moved
cards, answers that they gave here later than the last one there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from desktop.anki.calendar import Calendar
from desktop.anki.deck_taking import TakenDecks, take_decks
from desktop.anki.media_taking import TakenMedia
from desktop.anki.note_taking import NoteTaking, TakenTypes
from desktop.anki.planning import Fate, ImportPlan
from desktop.anki.scheduling import Kept, Schedule, kept, library_review, schedule, still_kept
from desktop.decks.collection import NEW, Collection, CollectionCard, CollectionReview
from desktop.library import anki_cards
from desktop.library.anki_cards import KeptCard, LogLine
from desktop.library.anki_notes import KnownNote
from desktop.library.database import Database
from desktop.library.decks import NoteStatus, set_status
from desktop.study.card import Card

#: Ids are milliseconds; what lies beyond the year 2100 is no time.
_LATEST_ID = 4_102_444_800_000

_PORTION = 5_000

Report = Callable[[int, int], None]


class Taking:
    """One import; ``report`` hears of progress and may stop it by raising."""

    def __init__(
        self, database: Database, collection: Collection, plan: ImportPlan, calendar: Calendar,
        now: datetime, report: Report,
    ) -> None:  # fmt: skip
        self._database = database
        self._collection = collection
        self._plan = plan
        self._calendar = calendar
        self._now = now
        self._report = report
        self._creation_day = calendar.creation_day(collection.created, collection.created_west)
        self._guids = {
            note.id: note.guid
            for note, fate in zip(collection.notes, plan.fates, strict=True)
            if fate is not Fate.DELETED
        }

    def run(self, known: Mapping[str, KnownNote], media: TakenMedia) -> None:
        """Take everything in; ``media`` is in the library already."""
        decks = take_decks(self._database, self._collection, self._now)
        types = TakenTypes(self._database, self._collection.note_types)
        notes = NoteTaking(self._database, self._collection, types, media, self._now)
        notes.run(self._plan, known, self._tell)
        log = _by_card(self._collection.reviews)
        card_map = self._take_cards(decks, log, known)
        self._take_log(card_map)
        # Which cards of the reader's texts are studied follows from their notes.
        studied = [
            note.id
            for note in known.values()
            if note.in_document and note.status is not NoteStatus.REFUSED
        ]
        set_status(self._database, studied, NoteStatus.ACCEPTED, self._now)

    def _tell(self, done: int) -> None:
        """Tell how many notes, cards or lines of the log were taken so far."""
        collection = self._collection
        self._report(done, len(collection.notes) + len(collection.cards) + len(collection.reviews))

    def _take_cards(
        self,
        decks: TakenDecks,
        log: Mapping[int, list[CollectionReview]],
        known: Mapping[str, KnownNote],
    ) -> dict[int, int]:
        """Store the cards and return their ids here by those in the collection."""
        database = self._database
        here = anki_cards.cards_of(database, [g for g in self._guids.values() if g in known])
        before = anki_cards.kept_cards(database, [card.id for card in here.values()])
        refused = {i for i, note in known.items() if note.status is NoteStatus.REFUSED}
        ids = _FreeIds(anki_cards.card_ids(database), near=0)
        found: dict[int, int] = {}
        added: list[tuple[Card, int, bool, KeptCard]] = []
        changed: list[tuple[Card, bool, KeptCard]] = []
        for done, card in enumerate(self._collection.cards):
            if done % _PORTION == 0:
                self._tell(len(self._collection.notes) + done)
            guid = self._guids.get(card.note_id)
            if guid is None:
                continue
            columns = kept(card, self._creation_day)
            steps = decks.steps(card.own_deck_id)
            times = schedule(columns, log.get(card.id, ()), self._calendar, steps)
            keeps = KeptCard(columns.columns, times.due, times.last_review)
            mine = here.get((guid, card.ordinal))
            if mine is None:
                number = ids.take(card.id)
                deck_id = decks.deck(card.own_deck_id)
                new = _card(number, guid, card, times, deck_id)
                place = anki_cards.NEW_ORDER_BASE + _position(columns)
                added.append((new, place, not new.suspended and guid not in refused, keeps))
                here[guid, card.ordinal] = new
                found[card.id] = number
            else:
                found[card.id] = mine.id
                if _is_later(times, columns, mine, before.get(mine.id)):
                    new = _card(mine.id, guid, card, times, mine.deck_id)
                    changed.append((new, not new.suspended and guid not in refused, keeps))
        anki_cards.insert_cards(database, added)
        anki_cards.update_cards(database, changed)
        return found

    def _take_log(self, card_map: Mapping[int, int]) -> None:
        """Add the lines of the log that the library lacks; nothing is counted twice."""
        used, keys = anki_cards.log_keys(self._database)
        ids = _FreeIds(used, near=1000)
        foreign = set(card_map.values())
        lines: list[LogLine] = []
        begun: set[int] = set()
        for done, review in enumerate(self._collection.reviews):
            if done % _PORTION == 0:
                self._tell(len(self._collection.notes) + len(self._collection.cards) + done)
            card_id = card_map.get(review.card_id)
            if card_id is None:
                if review.card_id in foreign or not 0 < review.card_id < _LATEST_ID:
                    continue  # of a card that is gone there, whose number another one has here
                card_id = review.card_id
            first = card_id not in begun
            begun.add(card_id)
            if not 0 < review.id < _LATEST_ID or (card_id, review.id) in keys:
                continue
            keys.add((card_id, review.id))
            lines.append(_line(replace(review, card_id=card_id), ids.take(review.id), first))
        anki_cards.insert_log(self._database, lines)


class _FreeIds:
    """Numbers that are in use; where one is, one up to ``near`` above it is looked for."""

    def __init__(self, used: set[int], *, near: int) -> None:
        self._used = used
        self._near = near
        self._last = max((one for one in used if one < _LATEST_ID), default=0)

    def take(self, wanted: int) -> int:
        """Return a free number, and count it as used."""
        if not 0 < wanted < _LATEST_ID:
            wanted = self._last + 1
        if wanted in self._used:
            places = range(wanted + 1, wanted + self._near + 1)
            wanted = next((one for one in places if one not in self._used), self._last + 1)
        self._used.add(wanted)
        self._last = max(self._last, wanted)
        return wanted


def _by_card(reviews: tuple[CollectionReview, ...]) -> dict[int, list[CollectionReview]]:
    """Return the log of each card, oldest first, without lines whose time is none."""
    found: dict[int, list[CollectionReview]] = {}
    for review in reviews:
        if 0 < review.id < _LATEST_ID:
            found.setdefault(review.card_id, []).append(review)
    return found


def _position(columns: Kept) -> int:
    """Return the place of a card among new ones."""
    return min(max(columns.due, 0), 10**9) if columns.kind == NEW else 0


def _card(
    number: int, guid: str, card: CollectionCard, times: Schedule, deck_id: int | None
) -> Card:
    return Card(
        number, guid, card.ordinal, times.state, times.step, times.stability, times.difficulty,
        times.due, times.last_review, times.reps, times.lapses, times.suspended,
        times.buried_until, deck_id, card.flag,
    )  # fmt: skip


def _is_later(times: Schedule, columns: Kept, mine: Card, before: KeptCard | None) -> bool:
    """Return whether Anki's schedule of a card goes on from, or beyond, the one here."""
    if before is not None:
        known = Kept(*before.columns)
        if still_kept(mine, known, before.due_at, before.last_review) == known:
            return columns != known and columns.modified >= known.modified
    if times.last_review is None:
        return False
    return mine.last_review is None or times.last_review > mine.last_review


def _line(review: CollectionReview, number: int, first: bool) -> LogLine:
    answer = library_review(review, first=first) if review.rating > 0 else None
    return LogLine(
        number, review.card_id, review.rating, review.interval, review.last_interval,
        review.factor, review.took, review.kind, answer,
    )  # fmt: skip
