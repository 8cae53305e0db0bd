"""Memory beside the text: tints, what is known of it, what to read again, a check at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.rail import Page

if TYPE_CHECKING:
    from desktop.operations.remembering import TextRecall, WeakParagraph
    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow

_END = 0.985  # of a text: it was read


class RecallActions(QObject):
    """Tells the page how well it is remembered, and leads back to it."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self._recall: TextRecall | None = None
        self._began: tuple[int, float] | None = None  # text, and how far it was read when opened
        self._offered: set[int] = set()  # texts whose check was offered in this session
        window.reading.recall_changed.connect(self.show)
        window.reader.place_changed.connect(self._at_place)

    def show(self, recall: TextRecall) -> None:
        """Show how well the open text is remembered."""
        self._recall = recall
        tinted = self._window.memory_tinted()
        sentences = recall.sentences if tinted else ()
        self._window.reader.sentences.set_sentences(sentences)
        self._window.reader.viewport().update()
        self._window.card_margin.set_sentences(sentences)
        self._window.reading_page.show_memory(recall.known, recall.fading, recall.new)

    def reread(self) -> None:
        """Show the paragraphs whose cards fail."""
        text = self._window.desk.text
        if text is not None:
            number, failed = text.id, self._window.messages.report
            self._lane.submit(lambda ws: ws.weak_paragraphs(number), self._show_weak, failed)

    def check(self) -> None:
        """Ask the key facts of the open text."""
        text = self._window.desk.text
        if text is not None:
            number, failed = text.id, self._window.messages.report
            self._lane.submit(lambda ws: ws.check_reading(number), self._study, failed)

    def _show_weak(self, weak: Sequence[WeakParagraph]) -> None:
        window, text = self._window, self._window.desk.text
        if text is None:
            return
        if not weak:
            studied = self._recall is not None and (self._recall.known or self._recall.fading)
            window.messages.tell(
                "You remember this text: no card of it fails."
                if studied
                else "No card of this text was studied yet."
            )
            return
        from desktop.window.reread_dialog import RereadDialog

        dialog = RereadDialog(window, text.document.name, weak)
        dialog.place_wanted.connect(window.reader.show_evidence)
        dialog.open()

    def _study(self, note_ids: Sequence[str]) -> None:
        if not note_ids:
            self._window.messages.tell("This text has no key facts to ask.")
            return
        self._window.study.study_only(note_ids)
        self._window.go_to(Page.STUDY)

    def _at_place(self, _block: int, _offset: int, fraction: float) -> None:
        """Offer a check when the reader comes to the end of a text, once."""
        text = self._window.desk.text
        if text is None:
            return
        if self._began is None or self._began[0] != text.id:
            self._began = (text.id, fraction)
        if fraction < _END or self._began[1] >= _END or text.id in self._offered:
            return
        self._offered.add(text.id)
        if self._window.text_cards_view.model.records:
            self._window.messages.tell(
                "You have come to the end. Do you remember its key facts?", "Check", self.check
            )
