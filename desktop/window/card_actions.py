"""What the reader does with cards from within the text: going to them, writing new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.reading_page import CARDS

if TYPE_CHECKING:
    from desktop.reading.document import Span
    from desktop.window.main_window import MainWindow


class CardActions(QObject):
    """Stands between the text and its cards."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def step(self, *, forward: bool) -> None:
        """Go to the next or previous sentence with cards and show these beside it."""
        window = self._window
        window.reader.setFocus()
        mark = window.card_margin.step(forward)
        if mark is not None:
            window.reader.say(mark.words())

    def show(self, note_ids: list[str]) -> None:
        """Open the first of some cards beside the text."""
        self._window.reading_page.show_tab(CARDS)
        self._window.text_cards_view.open_notes(note_ids)

    def write(self) -> None:
        """Write a card on what is selected in the text, or on the sentence that is lit up."""
        from desktop.window.new_card_dialog import NewCardDialog

        window, text = self._window, self._window.desk.text
        selected = self._selected()
        if text is None or selected is None:
            window.messages.tell("Select some words in the text first: they become the answer.")
            return
        dialog = NewCardDialog(window, text.document, selected)
        if dialog.exec():
            window.review.write(dialog.note)

    def write_gap(self) -> None:
        """Make a card at once: its sentence with the selected or highlighted words as its gap."""
        from desktop.decks.deck import NoteKind
        from desktop.decks.written import draft

        text, selected = self._window.desk.text, self._selected()
        if text is None or selected is None:
            self._window.messages.tell("Select the words that the card is to ask for.")
            return
        note = draft(text.document, selected, NoteKind.CLOZE)
        if selected.contains(note.evidence.span):  # a whole sentence can't be a gap
            self.write()
        else:
            self._window.review.write(note)

    def _selected(self) -> Span | None:
        window = self._window
        lit = next(iter(window.reader.lit), None)
        return window.reader.selected_span() or window.marking.current_span() or lit

    def write_on_picture(self) -> None:
        """Make a card of a picture of the text, first of the one that is on show."""
        from desktop.decks.occlusion import figures
        from desktop.window.picture_card_dialog import PictureCardDialog

        window, text = self._window, self._window.desk.text
        blocks = [block for block, _caption in figures(text.document)] if text else []
        if text is None or not blocks:
            window.messages.tell("This text has no picture that a card could be made of.")
            return
        top = window.reader.place()[0]
        figure = next((block for block in blocks if block >= top), blocks[-1])
        dialog = PictureCardDialog(window, text.document, figure)
        if dialog.exec():
            window.review.add(dialog.note)
