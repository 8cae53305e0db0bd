"""The list of glossary entries: a model that filters and sorts, and how an entry is painted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.glossary.term import Term
from desktop.reading.document import Span
from desktop.window import theme
from desktop.window.chips import CHIP_HEIGHT, chip_width, paint_chip
from desktop.window.text_lines import line_height, paint_lines
from desktop.window.wording import TERM_KINDS, counted

TERM_ROLE = Qt.ItemDataRole.UserRole + 1
INDEX_ROLE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex

# Where a term without mentions is sorted: behind all others.
_NOWHERE = Span(10**9, 0, 0)

_GAP = 8
_PADDING = 14
_MEANING_LINES = 2


class Order(StrEnum):
    """How the entries are sorted."""

    IMPORTANCE = "Importance"
    PLACE = "Place"
    ALPHABET = "A–Z"


class GlossaryModel(QAbstractListModel):
    """The terms that pass the search and the kind, in the chosen order."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: tuple[Term, ...] = ()
        self._rows: list[int] = []
        self._words = ""
        self._kind: str | None = None
        self._order = Order.IMPORTANCE

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, in the order of the glossary."""
        return self._terms

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Show other terms."""
        self._terms = tuple(terms)
        self._choose()

    def set_filter(self, *, words: str, kind: str | None, order: Order) -> None:
        """Keep the terms of ``kind`` that contain ``words``, sorted by ``order``."""
        self._words, self._kind, self._order = words.casefold().strip(), kind, order
        self._choose()

    def row_of(self, index: int) -> int | None:
        """Return the row of the term with that index in the glossary, if it is on show."""
        return self._rows.index(index) if index in self._rows else None

    def _choose(self) -> None:
        self.beginResetModel()
        rows = [i for i, term in enumerate(self._terms) if self._passes(term)]
        if self._order is Order.PLACE:
            rows.sort(key=lambda i: min(self._terms[i].mentions, default=_NOWHERE))
        elif self._order is Order.ALPHABET:
            rows.sort(key=lambda i: self._terms[i].term.casefold())
        self._rows = rows
        self.endResetModel()

    def _passes(self, term: Term) -> bool:
        if self._kind is not None and term.kind != self._kind:
            return False
        names = (term.term, *term.aliases)
        meaning = term.definition.text if term.definition else ""
        return not self._words or any(self._words in text.casefold() for text in (*names, meaning))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of entries on show."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the term, its index in the glossary or what a screen reader says."""
        if not index.isValid():
            return None
        term = self._terms[self._rows[index.row()]]
        if role == TERM_ROLE:
            return term
        if role == INDEX_ROLE:
            return self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return term.term
        if role == Qt.ItemDataRole.AccessibleTextRole:
            meaning = f": {term.definition.text}" if term.definition else ""
            return f"{term.term}, {TERM_KINDS[term.kind][0]}{meaning}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry as a card: the term, its kind, how often, and what it means."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a card in a list of that width."""
        term: Term = index.data(TERM_ROLE)
        width = option.rect.width() or option.widget.width()
        lines = 0
        if term.definition is not None:
            metrics = QFontMetrics(_meaning_font())
            wide = metrics.horizontalAdvance(term.definition.text) > width - 2 * _PADDING - 4
            lines = _MEANING_LINES if wide else 1
        meaning = lines * line_height(_meaning_font()) + (4 if lines else 0)
        return QSize(width, 2 * _PADDING + 22 + meaning + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card."""
        term: Term = index.data(TERM_ROLE)
        rect = option.rect.adjusted(1, 1, -1, -_GAP)
        painter.save()
        paint_ground(painter, rect, option.state)
        inner = rect.adjusted(_PADDING, _PADDING - 2, -_PADDING, -_PADDING)
        left = self._paint_head(painter, inner, term)
        c = theme.colours()
        painter.setFont(theme.serif(17, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(c.text))
        name = QRect(inner.left(), inner.top(), left - inner.left() - 8, 24)
        shown = painter.fontMetrics().elidedText(
            term.term, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        if term.definition is not None:
            box = inner.adjusted(0, 28, 0, 0)
            paint_lines(
                painter, box, term.definition.text, _meaning_font(), c.muted, _MEANING_LINES
            )
        painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRect, term: Term) -> int:
        """Paint the chip and the count at the right; return where they begin."""
        text = TERM_KINDS[term.kind][0]
        width = chip_width(text)
        chip = QRect(inner.right() - width + 1, inner.top() + 2, width, CHIP_HEIGHT)
        paint_chip(painter, chip, term.kind, text)
        painter.setFont(theme.sans(theme.TYPE_SMALL))
        painter.setPen(QColor(theme.colours().muted))
        count = f"{len(term.mentions)}×"
        room = painter.fontMetrics().horizontalAdvance(count)
        box = QRect(chip.left() - room - 8, inner.top(), room, 24)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, count)
        return box.left()


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    """Paint the ground of a card in a list: at rest, under the pointer, chosen, in focus."""
    c = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    pen = painter.pen()
    pen.setColor(QColor(c.accent if chosen else c.line_strong if hovered else c.line))
    pen.setWidthF(2.0 if focused else 1.0)
    painter.setPen(pen)
    painter.setBrush(QColor(c.card))
    shrink = 1.0 if focused else 0.5
    painter.drawRoundedRect(QRectF(rect).adjusted(shrink, shrink, -shrink, -shrink), 10, 10)


def summary(shown: int, total: int) -> str:
    """Return how many entries there are and how many of them are on show."""
    if shown == total:
        return counted(total, "entry", "entries")
    return f"{shown} of {counted(total, 'entry', 'entries')}"


def _meaning_font() -> QFont:
    return theme.sans(theme.TYPE_BASE)
