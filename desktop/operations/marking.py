"""What a reader does with a card beside answering it: flag, mark, suspend, bury, forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.decks.deck import Note
from desktop.library import card_marks, decks, reviews
from desktop.operations.counting import counted
from desktop.operations.studying import Studying
from desktop.study.card import Card, Review
from desktop.study.memory import DEFAULT_DECAY, retrievability

#: The names of the flags, as Anki has them; 0 is none.
FLAGS = ("none", "red", "orange", "green", "blue", "pink", "turquoise", "purple")


@dataclass(frozen=True, slots=True)
class CardInfo:
    """All that is known of a card: itself, its note, deck and answers, and how its memory fades."""

    card: Card
    note: Note
    deck: str
    history: tuple[Review, ...]
    now: datetime
    decay: float
    desired_retention: float

    @property
    def retrievability(self) -> float | None:
        """The probability of remembering the card now; ``None`` before its first answer."""
        return self.remembered_at(self.now)

    def remembered_at(self, moment: datetime) -> float | None:
        """Return the probability of remembering the card at a time after its first answer."""
        before = [review for review in self.history if review.reviewed_at <= moment]
        if not before:
            return None
        days = (moment - before[-1].reviewed_at).total_seconds() / 86_400
        return retrievability(days, before[-1].stability, self.decay)


class Marking(Studying):
    """The part of a workspace at which cards get marks and leave study for a while."""

    def bury(self, card_id: int) -> None:
        """Hide a card until the next day of study."""
        card = reviews.read_card(self._database, card_id)
        with self._action("Bury card", "cards"):
            card_marks.bury_cards(self._database, [card.id], self._today().end)

    def bury_note(self, note_id: str) -> None:
        """Hide all cards of a note until the next day of study."""
        with self._action("Bury note", "cards"):
            cards = card_marks.cards_of(self._database, [note_id])
            card_marks.bury_cards(self._database, cards, self._today().end)

    def suspend(self, note_ids: Sequence[str], suspended: bool = True) -> None:
        """Suspend the cards of notes, or wake them."""
        name = "Suspend" if suspended else "Unsuspend"
        with self._action(counted(name, len(note_ids)), "cards"):
            decks.set_suspended(self._database, note_ids, suspended, self._now())

    def suspend_cards(self, card_ids: Sequence[int], suspended: bool = True) -> None:
        """Suspend single cards, or wake them; the others of their notes stay as they are."""
        name = "Suspend" if suspended else "Unsuspend"
        with self._action(counted(name, len(card_ids)), "cards"):
            card_marks.suspend_cards(self._database, card_ids, suspended, self._now())

    def flag(self, card_ids: Sequence[int], flag: int) -> None:
        """Give cards a flag (1–7); 0 takes it from them."""
        name = "Flag" if flag else "Unflag"
        with self._action(counted(name, len(card_ids)), "cards"):
            card_marks.set_flag(self._database, card_ids, flag)

    def mark(self, note_ids: Sequence[str], marked: bool = True) -> None:
        """Mark notes with Anki's tag, or take it from them."""
        name, tags = "Mark" if marked else "Unmark", [card_marks.MARKED]
        with self._action(counted(name, len(note_ids)), "notes"):
            card_marks.change_tags(
                self._database,
                note_ids,
                self._now(),
                add=tags if marked else (),
                remove=() if marked else tags,
            )

    def forget(self, card_ids: Sequence[int]) -> None:
        """Let cards begin anew as new ones; their answers stay in the log."""
        with self._action(counted("Reset", len(card_ids)), "cards"):
            card_marks.forget_cards(self._database, card_ids, self._now())

    def card_info(self, card_id: int) -> CardInfo:
        """Return all that is known of a card; raises ``LibraryError`` when it is gone."""
        card = reviews.read_card(self._database, card_id)
        note, _source = decks.read_note(self._database, card.note_id)
        options = self._options(card.deck_id)
        name = next((name for number, name, _o in self._deck_list() if number == card.deck_id), "")
        return CardInfo(
            card,
            note,
            name,
            tuple(reviews.history(self._database, card_id)),
            self._now(),
            options.parameters[-1] if options.parameters else DEFAULT_DECAY,
            options.desired_retention,
        )
