"""Read again: the paragraphs of a text whose cards fail, the weakest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme
from desktop.window.messages import elide
from desktop.window.passage import Passage
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.remembering import WeakParagraph

_MOST_SHOWN = 280  # letters of a paragraph


class RereadDialog(QDialog):
    """Shows the paragraphs; a click, or Enter on one, leads there."""

    place_wanted = Signal(object)  # Span

    def __init__(self, parent: QWidget, title: str, weak: Sequence[WeakParagraph]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Read again")
        self.resize(640, min(620, parent.height() - 60))
        head = QLabel(f"{counted(len(weak), 'paragraph')} to read again")
        head.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        kicker = QLabel(title)
        kicker.setProperty("role", "muted")
        kicker.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(12)
        column.addWidget(kicker)
        column.addWidget(head)
        self.passages: list[Passage] = []
        for one in weak:
            column.addWidget(self._row(one))
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(28, 12, 28, 20)
        foot.addStretch()
        foot.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        if self.passages:
            self.passages[0].setFocus()

    def _row(self, one: WeakParagraph) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = QLabel(why(one))
        words.setProperty("role", "tiny")
        passage = Passage(elide(one.text, _MOST_SHOWN), (0, 0), "Go to this paragraph (Enter)")
        passage.clicked.connect(lambda _on=False, span=one.span: self._go(span))
        self.passages.append(passage)
        column.addWidget(words)
        column.addWidget(passage)
        return row

    def _go(self, span: object) -> None:
        self.place_wanted.emit(span)
        self.accept()


def why(one: WeakParagraph) -> str:
    """Return why a paragraph is worth reading again."""
    reasons = []
    if one.fading:
        reasons.append(counted(one.fading, "card") + (" fades" if one.fading == 1 else " fade"))
    if one.lapses:
        reasons.append(f"forgotten {counted(one.lapses, 'time')}")
    return f"{', '.join(reasons)} · {one.share:.0%} remembered"
