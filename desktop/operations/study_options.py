"""The decks of a library and what they are studied by: presets, vacation, catching up, cramming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.library import queues, reviews, study_decks
from desktop.library.queues import Scope
from desktop.library.study_decks import Preset as Preset
from desktop.library.study_decks import StudyDeck as StudyDeck
from desktop.operations.studying import Studying, StudyItem
from desktop.study.cramming import Cram, CramOrder
from desktop.study.limits import tree_counts
from desktop.study.options import DeckOptions
from desktop.study.scheduler import LEARN_AHEAD
from desktop.study.session import DueCounts


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many reviews wait today whatever the limits, and over how many days they are spread."""

    waiting: int
    days_left: int


class StudyOptions(Studying):
    """The part of a workspace at which decks and their options are chosen."""

    # -- decks

    def decks(self) -> list[StudyDeck]:
        """Return the decks in the order of their tree."""
        return study_decks.all_decks(self._database)

    def deck_of_document(self, document_id: int) -> StudyDeck | None:
        """Return the deck of a document, ``None`` before its first card was accepted."""
        return study_decks.deck_of_document(self._database, document_id)

    def deck_counts(self) -> dict[int, DueCounts]:
        """Return how many cards wait in each deck with those within it, within the limits.

        Siblings that will be buried are counted, as in Anki's list.
        """
        if self.pauses().on_vacation(self.today()):
            return {deck.id: DueCounts(0, 0, 0) for deck in self.decks()}
        moment = self._moment()
        done = queues.done_today(self._database, moment.day, Scope())
        waiting = queues.waiting_by_deck(self._database, moment, moment.now + LEARN_AHEAD)
        return tree_counts(self._deck_list(), waiting, done)

    def rename_deck(self, deck_id: int, name: str) -> None:
        """Give a deck another name, and those within it with it."""
        with self._action("Rename deck", "decks", "cards"):
            study_decks.rename_deck(self._database, deck_id, name, self._now())

    def move_cards(self, card_ids: Sequence[int], deck: str) -> None:
        """Put cards into the deck of that name, which is made if needed."""
        with self._action("Change deck", "decks", "cards"):
            deck_id = study_decks.ensure_deck(self._database, deck, self._now())
            study_decks.move_cards(self._database, card_ids, deck_id)

    # -- options

    def presets(self) -> list[Preset]:
        """Return the presets of options, the default one first."""
        return study_decks.presets(self._database)

    def options(self, deck_id: int | None = None) -> DeckOptions:
        """Return what a deck is studied by; ``None`` asks for the default."""
        return self._options(deck_id)

    def save_options(self, options: DeckOptions, preset: int = study_decks.DEFAULT_PRESET) -> None:
        """Change a preset; all decks that have it are studied so from now on."""
        with self._action("Change deck options", "decks"):
            study_decks.save_preset(self._database, preset, options, self._now())

    def add_preset(self, name: str, options: DeckOptions, deck_ids: Sequence[int] = ()) -> int:
        """Store options under a new name, let decks have them, and return the preset's id."""
        with self._action("Add deck options", "decks"):
            preset = study_decks.add_preset(self._database, name, options, self._now())
            study_decks.choose_preset(self._database, deck_ids, preset, self._now())
        return preset

    def choose_preset(self, deck_ids: Sequence[int], preset: int) -> None:
        """Let decks be studied by a preset."""
        with self._action("Change deck options", "decks"):
            study_decks.choose_preset(self._database, deck_ids, preset, self._now())

    def apply_options(
        self, deck_id: int | None, preset: int, options: DeckOptions, *, new_name: str = ""
    ) -> None:
        """Give a deck a preset with these options, as one action; preset 0 makes a new one.

        Without a deck the preset alone is changed.
        """
        now = self._now()
        with self._action("Change deck options", "decks"):
            if not preset:
                preset = study_decks.add_preset(self._database, new_name, options, now)
            else:
                study_decks.save_preset(self._database, preset, options, now)
            if deck_id is not None:
                study_decks.choose_preset(self._database, [deck_id], preset, now)

    def delete_preset(self, preset: int) -> None:
        """Delete a preset; its decks get the default one."""
        with self._action("Delete deck options", "decks"):
            study_decks.delete_preset(self._database, preset)

    # -- pauses

    def take_vacation(self, first: date, last: date) -> None:
        """Ask nothing from ``first`` to ``last``; what waits then is spread over some days."""
        days = (min(first, last).isoformat(), max(first, last).isoformat())
        self.save_settings(replace(self.settings(), vacation=days))

    def end_vacation(self) -> None:
        """Study again from today on; days away that have passed count as vacation."""
        pauses, yesterday = self.pauses(), self.today() - timedelta(days=1)
        if pauses.first is None or pauses.first > yesterday:
            self.save_settings(replace(self.settings(), vacation=()))
        else:
            self.take_vacation(pauses.first, yesterday)

    def catch_up(self, days: int) -> None:
        """Spread the reviews that wait over ``days`` days, most fading first; 0 ends that."""
        until = (self.today() + timedelta(days=days - 1)).isoformat() if days > 0 else ""
        settings = replace(self.settings(), caught_up=until)
        if not days and not self.pauses().on_vacation(self.today()):
            settings = replace(settings, vacation=())
        self.save_settings(settings)

    def backlog(self, document_id: int | None = None, *, deck_id: int | None = None) -> Backlog:
        """Return what waits in all, and how far the reader has come with catching up."""
        scope = self._scope(document_id, None, deck_id)
        waiting = queues.count_reviews(self._database, self._moment(), scope)
        return Backlog(waiting, self.pauses().days_left(self.today()))

    # -- cramming

    def cram(
        self,
        document_id: int | None = None,
        *,
        deck_id: int | None = None,
        note_ids: Sequence[str] | None = None,
        order: CramOrder = CramOrder.RANDOM,
        limit: int = 200,
    ) -> Cram:
        """Begin to go through cards, due or not, without touching their schedule or the log.

        The session lives in memory: ``Cram.head`` is the card to ask, ``Cram.answer`` goes on.
        """
        scope = self._scope(document_id, note_ids, deck_id)
        moment = self._moment()
        return Cram(queues.crammed(self._database, moment, scope, order, limit))

    def crammed_card(self, card_id: int, document_id: int | None = None) -> StudyItem:
        """Return a card as it is shown while cramming."""
        card = reviews.read_card(self._database, card_id)
        return replace(self._item(card, document_id), cramming=True)
