"""The small card that says what a term means while the pointer rests on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.glossary.term import Term
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.messages import elide
from desktop.window.wording import TERM_KINDS, origin

_WIDTH = 320
_LONGEST = 220


class HoverCard(QFrame):
    """Floats above the page; takes neither clicks nor focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("hover_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = QLabel()
        self._name.setFont(theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold))
        self._name.setWordWrap(True)
        self._kind = KindChip()
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        self._origin = QLabel()
        self._origin.setProperty("role", "tiny")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._meaning)
        column.addWidget(self._origin)
        self.setFixedWidth(_WIDTH)
        self.hide()

    def show_term(self, term: Term, pointer: QPoint, line: int) -> None:
        """Show ``term`` near ``pointer`` (in the page's coordinates), clear of its ``line``."""
        page = self._page
        self._name.setText(term.term)
        self._kind.set_kind(term.kind, TERM_KINDS[term.kind][0])
        meaning = term.definition.text if term.definition else "No definition found."
        self._meaning.setText(elide(meaning, _LONGEST))
        self._origin.setText(origin(term.definition) if term.definition else "")
        self._origin.setVisible(term.definition is not None)
        self.resize(_WIDTH, self._column.heightForWidth(_WIDTH) or self.sizeHint().height())
        x = min(max(8, pointer.x() - 40), max(8, page.width() - self.width() - 20))
        below = pointer.y() + line + 6
        fits = below + self.height() < page.height() - 8
        self.move(x, below if fits else max(8, pointer.y() - line - 6 - self.height()))
        self.show()
        self.raise_()
