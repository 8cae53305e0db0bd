"""The dialogs of the study page, each loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.operations.marking import CardInfo
    from desktop.operations.study_options import Backlog
    from desktop.window.jobs import Lane
    from desktop.window.study_desk import StudyDesk


def show_card_info(parent: QWidget, lane: Lane, card_id: int) -> None:
    """Show all that is known of a card."""
    from desktop.window.card_info_dialog import CardInfoDialog

    def found(info: CardInfo) -> None:
        CardInfoDialog(parent, info).exec()

    lane.submit(lambda ws: ws.card_info(card_id), found)


def ask_options(parent: QWidget, lane: Lane, deck_id: int | None, desk: StudyDesk) -> None:
    """Let the reader choose what a deck is studied by; ``None`` asks for the default."""
    from desktop.window.deck_options_dialog import DeckOptionsDialog, read_choice

    def found(choice: object) -> None:
        dialog = DeckOptionsDialog(parent, choice)  # type: ignore[arg-type]
        if dialog.exec():
            desk.change(dialog.save)

    lane.submit(lambda ws: read_choice(ws, deck_id), found)


def show_decks(parent: QWidget, lane: Lane, desk: StudyDesk) -> None:
    """Show the decks with what waits in each; one can be chosen for study."""
    from desktop.window.decks_dialog import DecksDialog

    dialog = DecksDialog(parent, lane)
    dialog.study_wanted.connect(desk.study_deck)
    dialog.options_wanted.connect(lambda deck: ask_options(parent, lane, deck, desk))
    dialog.exec()


def ask_cram(parent: QWidget, desk: StudyDesk) -> None:
    """Let the reader go through cards that are not due."""
    from desktop.window.pause_dialogs import CramDialog

    dialog = CramDialog(parent)
    if dialog.exec():
        desk.begin_cramming(dialog.order, dialog.limit)


def ask_catch_up(parent: QWidget, lane: Lane, desk: StudyDesk) -> None:
    """Let the reader spread what waits over some days."""
    from desktop.window.pause_dialogs import CatchUpDialog

    scope = desk.scope

    def found(backlog: Backlog) -> None:
        dialog = CatchUpDialog(parent, backlog)
        if dialog.exec():
            days = dialog.chosen_days
            desk.change(lambda ws: ws.catch_up(days))

    lane.submit(lambda ws: ws.backlog(scope.document_id, deck_id=scope.deck_id), found)


def ask_vacation(parent: QWidget, desk: StudyDesk) -> None:
    """Let the reader choose days without study."""
    from desktop.window.pause_dialogs import VacationDialog

    dialog = VacationDialog(parent)
    if dialog.exec():
        first, last = dialog.days
        desk.change(lambda ws: ws.take_vacation(first, last))
