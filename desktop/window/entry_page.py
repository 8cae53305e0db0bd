"""One glossary entry in full: what it means, where that comes from, and every mention."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.guard import Place
from desktop.glossary.term import Definition, Term
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.icons import IconButton, icon
from desktop.window.mention_list import MentionList
from desktop.window.passage import Passage
from desktop.window.senses_box import SensesBox
from desktop.window.wording import TERM_KINDS, counted, origin, unsure


class EntryPage(QWidget):
    """Shows one term; asks to go to places in the text by signals."""

    closed = Signal()
    mention_wanted = Signal(object)  # Span
    evidence_wanted = Signal(object)  # Span
    sense_chosen = Signal(object, str)  # Term, the sense that the reader takes for the right one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._term: Term | None = None
        self._document: Document | None = None
        self._mention = -1
        self._mentions: MentionList | None = None
        self._place: Place = (0, 0)
        back = QPushButton("All entries")
        back.setProperty("role", "quiet")
        back.setIcon(icon("back", 16))
        back.clicked.connect(self.closed)
        self._back = back
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.previous = IconButton("up", "Previous mention")
        self.next = IconButton("down", "Next mention")
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 12, 6)
        head.setSpacing(2)
        head.addWidget(back)
        head.addStretch()
        head.addWidget(self._count)
        head.addSpacing(6)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    @property
    def term(self) -> Term | None:
        """The term on show."""
        return self._term

    def show_term(self, term: Term, document: Document, mention: Span | None = None) -> None:
        """Show ``term``, whose place at hand is ``mention`` (the first where none is given)."""
        self._term, self._document = term, document
        self._mentions = None
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 8, 20, 24)
        column.setSpacing(10)
        self._add_head(column, term)
        self._add_definition(column, term.definition)
        self._add_mentions(column, term, document)
        column.addStretch()
        self._scroll.setWidget(body)
        at = term.mentions.index(mention) if mention in term.mentions else -1
        self._mention = at
        self._say_place()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) mention, round and round."""
        if self._term is None or not self._term.mentions:
            return
        number = len(self._term.mentions)
        start = self._mention if self._mention >= 0 else (-1 if by > 0 else 0)
        self._go_to((start + by) % number)

    def _go_to(self, number: int) -> None:
        assert self._term is not None
        self._mention = number
        self._say_place()
        self.mention_wanted.emit(self._term.mentions[number])

    def _say_place(self) -> None:
        assert self._term is not None
        total = len(self._term.mentions)
        self._count.setText(
            f"{self._mention + 1} of {total}" if self._mention >= 0 else counted(total, "mention")
        )
        if self._mentions is not None:
            self._mentions.set_current(self._mention)

    def show_place(self, place: Place) -> None:
        """Show on the strip where the reader is."""
        self._place = place
        if self._mentions is not None:
            self._mentions.strip.set_place(place)

    def _add_head(self, column: QVBoxLayout, term: Term) -> None:
        name = QLabel(term.term)
        name.setFont(theme.serif(26, weight=QFont.Weight.DemiBold))
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(name)
        chip = KindChip()
        chip.set_kind(term.kind, TERM_KINDS[term.kind][0])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        others = [alias for alias in term.aliases if alias != term.term]
        if others:
            also = QLabel("also " + " · ".join(others))
            also.setProperty("role", "muted")
            also.setWordWrap(True)
            row.addWidget(also, 1)
        else:
            row.addStretch()
        column.addLayout(row)

    def _add_definition(self, column: QVBoxLayout, definition: Definition | None) -> None:
        if definition is None:
            none = QLabel("Neither the text nor the reference works define it.")
            none.setProperty("role", "muted")
            none.setWordWrap(True)
            column.addWidget(none)
            return
        meaning = QLabel(definition.text)
        meaning.setFont(theme.serif(17))
        meaning.setWordWrap(True)
        meaning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addSpacing(4)
        column.addWidget(meaning)
        source = QLabel(f"<b>{escape(origin(definition))}</b>")
        if definition.reference:
            source.setText(f"{source.text()} · {escape(definition.reference)}")
        source.setProperty("role", "tiny")
        source.setWordWrap(True)
        column.addWidget(source)
        if definition.evidence is not None and self._document is not None:
            evidence = Passage(definition.evidence.quote, (0, 0), "Show this sentence in the text")
            span = definition.evidence.span
            evidence.clicked.connect(lambda: self.evidence_wanted.emit(span))
            column.addWidget(evidence)
        if definition.other_senses or unsure(definition):
            senses = SensesBox(definition)
            senses.sense_chosen.connect(lambda sense: self.sense_chosen.emit(self._term, sense))
            column.addWidget(senses)

    def _add_mentions(self, column: QVBoxLayout, term: Term, document: Document) -> None:
        if term.mentions:
            self._mentions = MentionList(term, document)
            self._mentions.strip.set_place(self._place)
            self._mentions.mention_wanted.connect(self._go_to)
            column.addWidget(self._mentions)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the arrow for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_back"):
            self._back.setIcon(icon("back", 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape or Backspace."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)
