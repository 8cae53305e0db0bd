"""Planning for a date: the cards of a text, a deck or all, as the plan takes them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import LibraryError
from desktop.library import statistics as counts
from desktop.library.database import Database
from desktop.library.statistics import CountedScope
from desktop.library.study_decks import deck_of_document, options_of_deck
from desktop.library.times import from_ms, to_ms
from desktop.operations.statistics import CountedThing, Statistician
from desktop.study.local_days import day_number
from desktop.study.options import DeckOptions

if TYPE_CHECKING:
    from desktop.study.exam import ExamCard, ExamPlan

_DAY_MS = 86_400_000
_LONGEST = 730  # days that can be planned


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what the reader needs to follow it: the notes to study today."""

    plan: ExamPlan
    cards: int
    new: int
    seconds: float  # an answer takes
    today: tuple[str, ...]
    looks: tuple[str, ...]
    new_limit: int  # a day, of the deck


@dataclass(frozen=True, slots=True)
class Planning:
    """Cards and options to plan by; ``plan`` may run on any thread."""

    path: Path
    now: datetime
    zone: tzinfo | None
    start_hour: int
    scope: CountedScope
    options: DeckOptions

    @property
    def today(self) -> int:
        """The ordinal of the present day of study."""
        return day_number(self.now, self.start_hour, self.zone)

    def plan(self, exam: date, *, goal: float = 0.9, most_new: int | None = None) -> Planned:
        """Plan until ``exam``; ``goal`` is the chance below which a card is looked at once more.

        Raises ``LibraryError`` for a date that can't be planned for.
        """
        from desktop.study.exam import plan_exam
        from desktop.study.scheduler import usual_parameters

        days = exam.toordinal() - self.today
        if not 1 <= days <= _LONGEST:
            raise LibraryError("Choose a day from tomorrow on, two years from now at the most.")
        with closing(Database.reader(self.path)) as database:
            chosen = counts.choose_cards(database, self.scope)
            rows = counts.cards_to_plan(database, chosen=chosen)
            seconds = counts.seconds_per_answer(database)
        cards = [self._card(row) for row in rows]
        found = plan_exam(
            cards,
            days,
            weights=self.options.parameters or usual_parameters(),
            wanted=self.options.desired_retention,
            goal=goal,
            new_limit=self.options.new_per_day,
            most_new=most_new,
        )
        notes = {row["id"]: row["note_id"] for row in rows}
        today, looks = (
            tuple(dict.fromkeys(notes[card] for card in some))
            for some in (found.today, found.looks)
        )
        new = sum(not card.stability for card in cards)
        return Planned(found, len(cards), new, seconds, today, looks, self.options.new_per_day)

    def _card(self, row: Any) -> ExamCard:
        from desktop.study.exam import ExamCard

        if not row["state"] or row["stability"] is None or row["last_review"] is None:
            return ExamCard(row["id"])
        away = max(0.0, (to_ms(self.now) - row["last_review"]) / _DAY_MS)
        due = day_number(from_ms(row["due"]), self.start_hour, self.zone) - self.today
        return ExamCard(row["id"], row["stability"], row["difficulty"], away, due)


class Planner(Statistician):
    """The part of a workspace that plans for a date."""

    def planning(self, thing: CountedThing | None = None) -> Planning:
        """Return what plans the study of a document's cards, a deck's, or of all."""
        counting = self.counting(thing)
        deck_id = thing.deck_id if thing is not None else None
        if thing is not None and thing.document_id is not None:
            deck = deck_of_document(self._database, thing.document_id)
            deck_id = None if deck is None else deck.id
        return Planning(
            counting.path,
            counting.now,
            counting.zone,
            counting.start_hour,
            counting.scope,
            options_of_deck(self._database, deck_id),
        )
