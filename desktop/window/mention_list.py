"""The mentions of a term with the words around them; each leads to its place in the text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.glossary.term import Term
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.passage import Passage, around
from desktop.window.place_strip import PlaceStrip
from desktop.window.wording import counted

#: Made at once and with each press of the button: an entry opens without delay.
_STEP = 8


class MentionList(QWidget):
    """The strip of all mentions and the first of them in full; emits a mention's number."""

    mention_wanted = Signal(int)

    def __init__(self, term: Term, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term, self._document = term, document
        self._current = -1
        self.passages: list[Passage] = []
        heading = QLabel("In the text")
        heading.setFont(theme.small_capitals(theme.TYPE_TINY))
        heading.setProperty("role", "heading")
        self.strip = PlaceStrip()
        self.strip.show_mentions(document, term.mentions, term.kind)
        self.strip.mention_wanted.connect(self.mention_wanted)
        self._passages_box = QVBoxLayout()
        self._passages_box.setSpacing(8)
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.clicked.connect(self.show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(self.strip)
        column.addLayout(self._passages_box)
        column.addWidget(self.more)
        self.show_more()

    def show_more(self) -> None:
        """Show some more of the mentions."""
        begin = len(self.passages)
        for number, span in enumerate(self._term.mentions[begin : begin + _STEP], begin):
            text, marked = context(self._document, span)
            passage = Passage(text, marked, "Show this place in the text")
            passage.clicked.connect(lambda _on=False, n=number: self.mention_wanted.emit(n))
            passage.set_current(number == self._current)
            self.passages.append(passage)
            self._passages_box.addWidget(passage)
        left = len(self._term.mentions) - len(self.passages)
        self.more.setText(f"Show {counted(min(left, _STEP), 'more mention')} of {left}")
        self.more.setVisible(left > 0)

    def set_current(self, number: int) -> None:
        """Mark the mention that is looked at (-1: none)."""
        self._current = number
        self.strip.set_current(number)
        for at, passage in enumerate(self.passages):
            passage.set_current(at == number)


def context(document: Document, span: Span, room: int = 64) -> tuple[str, tuple[int, int]]:
    """Return a mention with some words before and after it, and where it stands in them."""
    return around(document.blocks[span.block].text, span, room)
