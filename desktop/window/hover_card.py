"""The small card that says what a term means, at the term that is pointed at or stepped to."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.glossary.term import Term
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.messages import elide
from desktop.window.term_marks import Tint
from desktop.window.wording import TERM_KINDS, counted, origin, unsure

_WIDTH = 320
_LONGEST = 220
_GAP = 6


class HoverCard(QFrame):
    """Floats above the page; takes neither clicks nor focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("hover_card")
        self.setAccessibleName("What the term means")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = QLabel()
        self._name.setFont(theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold))
        self._name.setWordWrap(True)
        self._kind = KindChip()
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        self._origin = QLabel()
        self._origin.setProperty("role", "tiny")
        self._origin.setWordWrap(True)
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

    def show_term(self, term: Term, place: QRect, tint: Tint = Tint.NONE) -> None:
        """Show ``term`` below its ``place`` (in the page's coordinates), or above it."""
        page = self._page
        self._name.setText(term.term)
        self._kind.set_kind(term.kind, TERM_KINDS[term.kind][0])
        meaning = term.definition.text if term.definition else "No definition found."
        self._meaning.setText(elide(meaning, _LONGEST))
        self._origin.setText(" · ".join(_notes(term, tint)))
        self.resize(_WIDTH, self._column.heightForWidth(_WIDTH) or self.sizeHint().height())
        x = min(max(8, place.left() - 16), max(8, page.width() - self.width() - 20))
        below = place.bottom() + _GAP
        fits = below + self.height() < page.height() - 8
        self.move(x, below if fits else max(8, place.top() - _GAP - self.height()))
        self.show()
        self.raise_()

    def words(self) -> str:
        """Return what the card says, for a screen reader."""
        parts = (self._name.text(), self._kind.accessibleName(), self._meaning.text())
        return ". ".join((*parts, self._origin.text())) + ". Enter opens the entry."


def _notes(term: Term, tint: Tint) -> list[str]:
    """Return what else there is to say: the source, other senses, how often, how well known."""
    notes = []
    if term.definition is not None:
        notes.append(origin(term.definition))
        if unsure(term.definition) and term.definition.other_senses:
            notes.append(counted(len(term.definition.other_senses), "other sense"))
    if len(term.mentions) > 1:
        notes.append(counted(len(term.mentions), "mention"))
    if tint is not Tint.NONE:
        notes.append(tint.value)
    return notes
