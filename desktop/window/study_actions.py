"""What the reader does on the study page beside answering: marks, pauses, options, decks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.study.session import DueCounts
from desktop.window import study_dialogs
from desktop.window.actions import ACTIONS
from desktop.window.rail import Page
from desktop.window.study_card import FLAG_NAMES
from desktop.window.study_keys import lend_keys
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem
    from desktop.window.main_window import MainWindow
    from desktop.window.study_desk import StudyState


class StudyActions(QObject):
    """Stands between the study page, its desk and its dialogs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._offer: Callable[[], object] = lambda: None  # what the empty page's button does
        self._came_from_card = False

    # -- what is shown

    def show(self, state: StudyState) -> None:
        """Show a card or say why there is none."""
        view = self._window.study_view
        told = state.deck.split("::")[-1] if state.deck else ""
        if state.cram is not None:
            left, done = state.cram
            told = f"Cramming: {done} of {left + done} known"
        view.head.told.setText(told)
        if state.item is not None:
            view.show_item(state.item, state.counts, state.title)
        elif state.cram is not None:
            end = self._window.study.end_cramming
            self._say(state.counts, end, "All of them known", "Their schedule is as it was.",
                      "Back to what is due", drawing="done")  # fmt: skip
        else:
            self._show_nothing(state)
        self._lend_keys()

    def _show_nothing(self, state: StudyState) -> None:
        """Say why no card is due: away, all done, none accepted yet, or none at all."""
        desk, backlog = self._window.study, state.backlog
        if state.away_until is not None:
            until = f"{state.away_until.day} {state.away_until:%B}"
            self._say(state.counts, self._end_vacation, f"On vacation until {until}",
                      "What comes due is spread over the days after it, most fading first.",
                      "Study from today on", drawing="done")  # fmt: skip
        elif not state.accepted and state.proposed:
            self._say(state.counts, desk.accept_all, "Ready when you are",
                      "Glossator proposes cards from the text. Take them all now;"
                      " you can refuse or edit each one later.",
                      f"Accept {counted(state.proposed, 'proposed card')}")  # fmt: skip
        elif backlog is not None and backlog.waiting and not backlog.days_left:
            self._say(state.counts, self.catch_up, "Today's limit is reached",
                      f"{counted(backlog.waiting, 'review')} wait still.",
                      "Spread them over some days…", drawing="done")  # fmt: skip
        elif state.accepted:
            self._say(state.counts, self.cram, "Done for now",
                      "You have answered every card that is due. The next ones come back on their"
                      " day.", "Cram them anyway…", drawing="done")  # fmt: skip
        else:
            self._say(state.counts, lambda: None, "Nothing to study yet",
                      "Open a text: its key facts and terms become cards.")  # fmt: skip

    def _say(
        self,
        counts: DueCounts,
        offer: Callable[[], object],
        title: str,
        text: str,
        action: str = "",
        drawing: str = "study",
    ) -> None:
        self._offer = offer
        self._window.study_view.show_nothing(counts, title, text, action, drawing)

    def take_offer(self) -> None:
        """Do what the empty page offers."""
        self._offer()

    def tell_leech(self) -> None:
        """Say that the card just answered is a leech."""
        self._window.messages.tell(
            "You forgot this card again and again: it is a leech now. Reword it or let it rest.",
            "Undo", self._window.cards.undo,
        )  # fmt: skip

    # -- the card

    def bury(self) -> None:
        """Put the card off until tomorrow."""
        self._leave(lambda item: lambda ws: ws.bury(item.card.id), "Card put off until tomorrow.")

    def bury_note(self) -> None:
        """Put all cards of the note off until tomorrow."""
        self._leave(
            lambda item: lambda ws: ws.bury_note(item.note.id), "Note put off until tomorrow."
        )

    def suspend_card(self) -> None:
        """Take the card out of study."""
        self._leave(lambda item: lambda ws: ws.suspend_cards([item.card.id]), "Card suspended.")

    def suspend_note(self) -> None:
        """Take all cards of the note out of study."""
        self._leave(lambda item: lambda ws: ws.suspend([item.note.id]), "Note suspended.")

    def delete(self) -> None:
        """Delete the note with its cards; it can be undone."""
        self._leave(lambda item: lambda ws: ws.delete_notes([item.note.id]), "Card deleted.")

    def forget(self) -> None:
        """Let the card begin anew."""
        self._leave(lambda item: lambda ws: ws.forget([item.card.id]), "The card begins anew.")

    def mark(self) -> None:
        """Mark the note, or take the mark from it."""
        item = self._window.study_view.item
        if item is not None:
            on = "marked" not in item.note.tags
            note = item.note.id
            self._window.study.change(lambda ws: ws.mark([note], on))

    def flag(self, number: int) -> None:
        """Give the card a flag, or take that flag from it."""
        item = self._window.study_view.item
        if item is not None:
            flag = 0 if item.card.flag == number else number
            card = item.card.id
            self._window.study.change(lambda ws: ws.flag([card], flag))
            name = FLAG_NAMES[number]
            self._window.messages.tell(f"{name} flag." if flag else f"{name} flag taken away.")

    def undo(self) -> None:
        """Take back the last answer or whatever was done."""
        if not self._window.study.undo():
            self._window.cards.undo()

    def back_to_card(self) -> None:
        """Go back to the card whose place in the text was looked at."""
        if self._came_from_card:
            self._window.go_to(Page.STUDY)

    def page_entered(self, page: int) -> None:
        """Note whether the reader came to the text from a card."""
        self._came_from_card = self._window.study_view.item is not None and page == Page.READ
        self._lend_keys()

    def _leave(self, work: Callable[[StudyItem], Callable[..., object]], sentence: str) -> None:
        item = self._window.study_view.item
        if item is not None:
            self._window.study.leave(item.card.id, work(item), sentence)

    def _lend_keys(self) -> None:
        """Let the card on show have the keys of its flags; elsewhere they lead to the pages."""
        window = self._window
        studying = window.pages.currentWidget() is window.study_view
        lend_keys(window.actions_by_id, ACTIONS, studying and window.study_view.item is not None)

    # -- dialogs

    def show_info(self) -> None:
        """Show what is known of the card."""
        item = self._window.study_view.item
        if item is not None:
            study_dialogs.show_card_info(self._window, self._window.study.lane, item.card.id)

    def show_options(self) -> None:
        """Let the reader choose what the deck of the card is studied by."""
        item, desk = self._window.study_view.item, self._window.study
        deck_id = item.card.deck_id if item is not None else desk.scope.deck_id
        study_dialogs.ask_options(self._window, self._window.study.lane, deck_id, desk)

    def show_decks(self) -> None:
        """Show the decks with what waits in each."""
        study_dialogs.show_decks(self._window, self._window.study.lane, self._window.study)

    def cram(self) -> None:
        """Go through cards that are not due."""
        desk = self._window.study
        if desk.cramming:
            desk.end_cramming()
        else:
            study_dialogs.ask_cram(self._window, desk)

    def catch_up(self) -> None:
        """Spread what waits over some days."""
        study_dialogs.ask_catch_up(self._window, self._window.study.lane, self._window.study)

    def vacation(self) -> None:
        """Choose days without study."""
        study_dialogs.ask_vacation(self._window, self._window.study)

    def _end_vacation(self) -> None:
        self._window.study.change(lambda ws: ws.end_vacation())
