"""The library as a collection for Anki: notes of both kinds, decks, options, schedules, the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.anki.calendar import Calendar
from desktop.anki.deck_packing import PackedDecks
from desktop.anki.media_taking import named_files
from desktop.anki.scheduling import (
    Kept,
    collection_due,
    collection_review,
    still_kept,
    to_anki,
)
from desktop.decks.apkg import note_fields, note_tags
from desktop.decks.collection import (
    NEW,
    CollectionCard,
    CollectionNote,
    CollectionNoteType,
    CollectionReview,
)
from desktop.decks.collection_file import CREATED, Outgoing
from desktop.decks.deck import Note
from desktop.decks.note_types import note_type_of
from desktop.library import anki_cards, anki_notes
from desktop.library.anki_cards import KeptCard, LogLine
from desktop.library.database import Database
from desktop.reading.document import Picture
from desktop.study.card import Card, CardState

#: Files of templates and styles, and pictures that Anki made of LaTeX, begin with these.
_OF_TYPES = ("_", "latex-")

#: Tags that belong to progress; a deck for others goes without.
_PROGRESS_TAGS = frozenset({"leech", "marked"})


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes out: ``notes`` are those of texts with their pictures, ``foreign`` whether all
    others go too, ``deck_ids`` the decks whose cards go (``None``: of all).
    """

    notes: Sequence[Note]
    pictures: Mapping[str, Sequence[Picture]]
    foreign: bool
    deck_ids: Collection[int] | None
    with_progress: bool


class Packing:
    """Turns a selection into rows, one by one; use it once."""

    def __init__(self, database: Database, selection: Selection, calendar: Calendar) -> None:
        self._database = database
        self._selection = selection
        self._calendar = calendar
        self._creation_day = calendar.creation_day(CREATED, 0)
        self._decks = PackedDecks(database, selection.deck_ids)
        self._note_ids: dict[str, int] = {}
        self._card_ids: set[int] = set()
        self._named: set[str] = set()
        self._wanted = self._wanted_notes()
        self._types = self._note_types()

    def any(self) -> bool:
        """Return whether there is a note to go out."""
        return next(self._notes(), None) is not None

    def names_file(self, name: str) -> bool:
        """Return whether a note that was written names a file, or a note type may."""
        return self._wanted is None or name in self._named or name.startswith(_OF_TYPES)

    @property
    def number(self) -> int:
        """How many notes go out."""
        return len(self._note_ids)

    def outgoing(self, media: Iterator[tuple[str, bytes]], start_hour: int) -> Outgoing:
        """Return the collection to be written."""
        return Outgoing(
            created=CREATED,
            start_hour=start_hour,
            fsrs=True,
            note_types=self._types,
            decks=self._decks.decks,
            presets=self._decks.presets,
            notes=self._notes(),
            cards=self._cards(),
            reviews=self._reviews(),
            media=media,
        )

    def _wanted_notes(self) -> frozenset[str] | None:
        """Return the notes that have a card in the chosen decks."""
        deck_ids = self._selection.deck_ids
        if deck_ids is None:
            return None
        return frozenset(anki_cards.notes_in_decks(self._database, deck_ids))

    def _note_types(self) -> tuple[CollectionNoteType, ...]:
        notes = [note for note in self._selection.notes if self._is_wanted(note.id)]
        own = {note_type_of(note).id: note_type_of(note) for note in notes}
        found = {number: note_type.exchanged() for number, note_type in own.items()}
        if self._selection.foreign:
            used = anki_notes.types_of(self._database, self._wanted)
            for number, config in anki_notes.note_type_configs(self._database).items():
                if number in used:
                    made = CollectionNoteType(number, config["name"], config["mod"], config)
                    found.setdefault(number, made)
        return tuple(found[number] for number in sorted(found))

    def _notes(self) -> Iterator[CollectionNote]:
        """Yield the notes; their ids are Anki's where they came from there."""
        used: set[int] = set()
        last = 0
        if self._selection.foreign:
            for note in self._foreign_notes():
                number = note.id if note.id > last else last + 1  # they come in order
                last = number
                used.add(number)
                self._note_ids[note.guid] = number
                yield note if note.id == number else replace(note, id=number)
        first = anki_cards.first_cards(self._database)
        for own in self._selection.notes:
            if own.id not in first or not self._is_wanted(own.id):
                continue
            number = first[own.id]
            while number in used:
                number += 1
            used.add(number)
            self._note_ids[own.id] = number
            yield CollectionNote(
                number,
                own.id,
                note_type_of(own).id,
                own.modified,
                self._tags(note_tags(own)),
                tuple(note_fields(own, self._selection.pictures.get(own.id, ()))),
            )

    def _foreign_notes(self) -> Iterator[CollectionNote]:
        for guid, number, type_id, modified, tags, fields in anki_notes.foreign_notes(
            self._database
        ):
            if self._is_wanted(guid):
                contents = tuple(json.loads(fields))
                if self._wanted is not None:
                    self._named.update(named_files(contents))
                yield CollectionNote(
                    number,
                    guid,
                    type_id,
                    modified,
                    self._tags(json.loads(tags)) if tags != "[]" else (),
                    contents,
                )

    def _is_wanted(self, note_id: str) -> bool:
        return self._wanted is None or note_id in self._wanted

    def _tags(self, tags: Sequence[str]) -> tuple[str, ...]:
        if self._selection.with_progress:
            return tuple(tags)
        return tuple(tag for tag in tags if tag not in _PROGRESS_TAGS)

    def _cards(self) -> Iterator[CollectionCard]:
        places = _Places()
        for card, kept in anki_cards.accepted_cards(self._database):
            note_id = self._note_ids.get(card.note_id)
            if note_id is None:
                continue
            deck_id = self._decks.deck(card.deck_id)
            columns = self._columns(card, kept, places)
            self._card_ids.add(card.id)
            yield CollectionCard(
                card.id, note_id, deck_id, card.ordinal, columns.modified, columns.kind,
                columns.queue, collection_due(columns, self._creation_day), columns.interval,
                columns.factor, columns.reps, columns.lapses, columns.left, 0, 0, columns.flags,
                columns.data,
            )  # fmt: skip

    def _columns(self, card: Card, kept: KeptCard | None, places: _Places) -> Kept:
        """Return Anki's columns of a card, as it had them or as it was studied here."""
        old = None if kept is None else Kept(*kept.columns)
        if kept is not None and old is not None and self._selection.with_progress:
            known = still_kept(card, old, kept.due_at, kept.last_review)
            if known is not None:
                places.seen(known)
                return known
        place = places.next(old)
        options = self._decks.options(card.deck_id)
        if not self._selection.with_progress:
            fresh = Card(card.id, card.note_id, card.ordinal, deck_id=card.deck_id)
            return to_anki(fresh, place, self._calendar, options.desired_retention, 0)
        relearning = card.state is CardState.RELEARNING
        steps = options.relearning_steps if relearning else options.learning_steps
        return to_anki(card, place, self._calendar, options.desired_retention, len(steps))

    def _reviews(self) -> Iterator[CollectionReview]:
        if not self._selection.with_progress:
            return
        for line in anki_cards.whole_log(self._database):
            if line.card_id in self._card_ids:
                yield _review(line)


class _Places:
    """Places among new cards: Anki's own where it gave one, else after those that came before."""

    def __init__(self) -> None:
        self._last = 0

    def seen(self, columns: Kept) -> None:
        """Take note of a card that keeps its place."""
        if columns.kind == NEW:
            self._last = max(self._last, columns.due)

    def next(self, columns: Kept | None) -> int:
        """Return the place of the next card, ``columns`` as Anki had it."""
        if columns is not None:
            self.seen(columns)
            if columns.kind == NEW:
                return columns.due
            position = _position(columns.data)
            if position is not None:
                return position
        self._last += 1
        return self._last


def _position(data: str) -> int | None:
    """Return the place that a card had when it was new."""
    try:
        found: Any = json.loads(data) if data else {}
    except ValueError:
        return None
    position = found.get("pos") if isinstance(found, dict) else None
    return position if isinstance(position, int) else None


def _review(line: LogLine) -> CollectionReview:
    if line.answer is not None:
        return collection_review(line.answer, line.id)
    return CollectionReview(
        line.id, line.card_id, line.rating, line.interval, line.last_interval, line.factor,
        line.took, line.kind,
    )  # fmt: skip
