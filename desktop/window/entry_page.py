"""One glossary entry in full: what it means, where that comes from, and every mention."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.term import Definition, Term
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.icons import IconButton, icon
from desktop.window.passage import Passage
from desktop.window.wording import TERM_KINDS, counted, origin

#: Mentions listed at once; the arrows reach them all.
_LISTED = 60


class EntryPage(QWidget):
    """Shows one term; asks to go to places in the text by signals."""

    closed = Signal()
    mention_wanted = Signal(object)  # Span
    evidence_wanted = Signal(object)  # Span

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._term: Term | None = None
        self._document: Document | None = None
        self._mention = -1
        self._passages: list[Passage] = []
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
        self._passages = []
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
        for number, passage in enumerate(self._passages):
            passage.set_current(number == self._mention)

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
        if definition.other_senses:
            self._add_other_senses(column, definition.other_senses)

    def _add_other_senses(self, column: QVBoxLayout, senses: tuple[str, ...]) -> None:
        button = QPushButton(counted(len(senses), "other sense"))
        button.setProperty("role", "link")
        button.setCheckable(True)
        box = QFrame()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(6, 0, 0, 0)
        inner.setSpacing(6)
        for sense in senses:
            label = QLabel(f"• {sense}")
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            inner.addWidget(label)
        box.hide()
        button.toggled.connect(box.setVisible)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(box)

    def _add_mentions(self, column: QVBoxLayout, term: Term, document: Document) -> None:
        if not term.mentions:
            return
        heading = QLabel("In the text")
        heading.setFont(theme.small_capitals(theme.TYPE_TINY))
        heading.setProperty("role", "heading")
        column.addSpacing(12)
        column.addWidget(heading)
        for number, span in enumerate(term.mentions[:_LISTED]):
            text, marked = context(document, span)
            passage = Passage(text, marked, "Show this place in the text")
            passage.clicked.connect(lambda _on=False, n=number: self._go_to(n))
            self._passages.append(passage)
            column.addWidget(passage)
        if len(term.mentions) > _LISTED:
            rest = QLabel(f"and {len(term.mentions) - _LISTED} more: use the arrows above")
            rest.setProperty("role", "muted")
            column.addWidget(rest)

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


def context(document: Document, span: Span, around: int = 64) -> tuple[str, tuple[int, int]]:
    """Return a mention with some words before and after it, and where it stands in them."""
    text = document.blocks[span.block].text
    start = max(0, span.start - around)
    if start:
        start = text.find(" ", start, span.start) + 1 or span.start
    end = min(len(text), span.end + around)
    if end < len(text):
        found = text.rfind(" ", span.end, end)
        end = found if found > 0 else span.end
    before = ("… " if start else "") + text[start : span.start]
    shown = before + text[span.start : span.end] + text[span.end : end]
    if end < len(text):
        shown += " …"
    return shown, (len(before), len(before) + span.end - span.start)
