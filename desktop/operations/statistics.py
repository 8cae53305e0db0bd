"""Counting for the statistics page: beside the library's own thread, by two readers of the file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from desktop.library import statistics as counts
from desktop.library.database import Database
from desktop.library.documents import summaries
from desktop.library.statistics import CountedScope
from desktop.library.study_decks import ROOT, SEPARATOR, StudyDeck, all_decks, presets
from desktop.library.times import from_ms, to_ms
from desktop.operations.open_library import OpenLibrary
from desktop.study.card_figures import CardFigures, CardTable, Habit, Habits, TextMemory
from desktop.study.local_days import DayTable, Stretch, day_number, stretches
from desktop.study.statistics import ReviewDay, Statistics, review_days

T = TypeVar("T")

#: How far ahead clock changes are looked up; after that a day counts 24 hours.
_AHEAD = timedelta(days=400)

_READERS = 2  # of reviews, beside the one of cards
_CHUNK = 28  # days


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to be counted, and by which clock; ``read`` may run on any thread."""

    path: Path
    now: datetime
    zone: tzinfo | None
    start_hour: int
    scope: CountedScope
    habits: Habits

    def read(self) -> Statistics:
        """Count everything, with a few readers side by side."""
        today = day_number(self.now, self.start_hour, self.zone)
        with ThreadPoolExecutor(_READERS, thread_name_prefix="counting") as readers:
            chunks = deque(self._chunks())
            parts = [
                readers.submit(self._with_reader, lambda database: self._days(database, chunks))
                for _ in range(_READERS)
            ]
            cards, texts = self._with_reader(lambda database: self._cards(database, today))
            days = {day: found for part in parts for day, found in part.result().items()}
        return Statistics(today, dict(sorted(days.items())), cards, texts)

    def texts(self) -> dict[int, TextMemory]:
        """Count only how well each document is remembered."""
        _, texts = self._with_reader(lambda database: self._cards(database, 0))
        return {text.document_id: text for text in texts}

    def _with_reader(self, work: Callable[[Database], T]) -> T:
        with closing(Database.reader(self.path)) as database:
            return work(database)

    def _chunks(self) -> list[list[Stretch]]:
        """Return the days since the first review, some weeks together."""
        first = self._with_reader(counts.first_review)
        days = [] if first is None else list(self._stretches(first, self.now))
        by_chunk = groupby(days, key=lambda stretch: stretch.day // _CHUNK)
        return [list(chunk) for _, chunk in by_chunk]

    def _days(self, database: Database, chunks: deque[list[Stretch]]) -> dict[int, ReviewDay]:
        """Take one chunk after the other, as the other reader does, until none is left."""
        chosen = counts.choose_cards(database, self.scope)
        found: dict[int, ReviewDay] = {}
        while True:
            try:
                chunk = chunks.popleft()
            except IndexError:
                return found
            packed = counts.packed_answers(database, chunk, chosen=chosen)
            first = chunk[0].day
            found |= review_days(first, chunk[-1].day - first + 1, packed)

    def _cards(self, database: Database, today: int) -> tuple[CardFigures, tuple[TextMemory, ...]]:
        chosen = counts.choose_cards(database, self.scope)
        packed = counts.packed_cards(database, chosen=chosen)
        cards = CardTable(packed, to_ms(self.now), self.habits)
        first = from_ms(int(cards.ids[0])) if len(cards.ids) else self.now
        table = DayTable(list(self._stretches(min(first, self.now), self.now + _AHEAD)))
        of_documents = counts.packed_cards_of_documents(database, chosen=chosen)
        texts = cards.texts(of_documents, counts.titles(database))
        return cards.figures(table, today), texts

    def _stretches(self, first: datetime, last: datetime) -> Iterator[Stretch]:
        return stretches(first, last, self.start_hour, self.zone)


@dataclass(frozen=True, slots=True)
class CountedThing:
    """Whose cards are counted: a document's, a deck's with those within it, or all."""

    name: str
    document_id: int | None = None
    deck_id: int | None = None


EVERYTHING = CountedThing("All texts")


class Statistician(OpenLibrary):
    """The part of a workspace that says what is to be counted."""

    def counting(self, thing: CountedThing | None = None) -> Counting:
        """Return what counts the reviews and cards of a document, a deck, or of all."""
        decks = all_decks(self._database)
        chosen = thing or EVERYTHING
        within = None
        if chosen.deck_id is not None:
            name = next((deck.name for deck in decks if deck.id == chosen.deck_id), None)
            below = f"{name}{SEPARATOR}"
            within = tuple(d.id for d in decks if d.name == name or d.name.startswith(below))
        return Counting(
            self._database.path,
            self._now(),
            self._zone,
            self.settings().day_start_hour,
            CountedScope(chosen.document_id, within),
            self._habits(decks),
        )

    def statistics(
        self, *, document_id: int | None = None, deck_id: int | None = None
    ) -> Statistics:
        """Count the reviews and cards of a document, a deck, or of all."""
        return self.counting(CountedThing("", document_id, deck_id)).read()

    def counted_things(self) -> list[CountedThing]:
        """Return what can be counted: everything, texts with cards, and decks without a text."""
        decks = all_decks(self._database)
        texts = [
            CountedThing(line.title, document_id=line.id)
            for line in summaries(self._database, self._today().end, self._now())
            if line.cards_total
        ]
        others = [
            CountedThing(deck.name.replace(SEPARATOR, " › "), deck_id=deck.id)
            for deck in decks
            if deck.document_id is None and deck.name != ROOT
        ]
        return [EVERYTHING, *texts, *others]

    def _habits(self, decks: list[StudyDeck]) -> Habits:
        """Return by which options the cards of each deck are studied."""
        found = {preset.id: Habit.of(preset.options) for preset in presets(self._database)}
        return Habits(found[1], {deck.id: found[deck.options_id] for deck in decks})
