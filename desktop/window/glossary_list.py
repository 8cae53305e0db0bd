"""The list of glossary entries: a model that filters and sorts, and how an entry is painted."""

from __future__ import annotations

from collections.abc import Sequence

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
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.glossary.term import Term
from desktop.reading.document import Document
from desktop.window import theme
from desktop.window.chips import CHIP_HEIGHT, chip_width, paint_chip
from desktop.window.glossary_rows import Choice, GlossaryRows, Row
from desktop.window.text_lines import line_height, paint_lines
from desktop.window.wording import TERM_KINDS, counted

TERM_ROLE = Qt.ItemDataRole.UserRole + 1
INDEX_ROLE = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex

_GAP = 8
_PADDING = 14
_MEANING_LINES = 2
_HEAD = 34  # pixels


class GlossaryModel(QAbstractListModel):
    """The entries that the reader chose, in their groups."""

    def __init__(self) -> None:
        super().__init__()
        self._source = GlossaryRows()
        self._choice = Choice()
        self._rows: list[Row] = []

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, in the order of the glossary."""
        return self._source.terms

    @property
    def choice(self) -> Choice:
        """What is listed."""
        return self._choice

    def set_terms(self, terms: Sequence[Term], document: Document | None = None) -> bool:
        """Show other terms; return whether that changed the lines."""
        self._source = GlossaryRows(terms, document)
        return self._show(self._source.arrange(self._choice), anew=True)

    def choose(self, choice: Choice) -> bool:
        """List what ``choice`` says; return whether that changed anything."""
        reached = choice.reach != self._choice.reach
        self._choice = choice
        return self._show(self._source.arrange(choice), anew=reached)

    def term(self, index: int) -> Term | None:
        """Return a term as far as the reader may know it."""
        return self._source.term(index)

    def open_terms(self) -> list[Term]:
        """Return the terms that the reader may know of."""
        return [self._source.terms[index] for index in self._source.open_indices()]

    def entries(self) -> int:
        """Return how many entries are listed."""
        return sum(isinstance(row, int) for row in self._rows)

    def row_of(self, index: int) -> int | None:
        """Return the row of the term with that index in the glossary, if it is on show."""
        return self._rows.index(index) if index in self._rows else None

    def _show(self, rows: list[Row], *, anew: bool) -> bool:
        """Show ``rows``; ``anew`` where what stands in the same row may have changed."""
        if rows == self._rows:
            if anew and rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of lines on show."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that entries can be chosen, and heads can't."""
        entry = index.isValid() and isinstance(self._rows[index.row()], int)
        return super().flags(index) if entry else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the term, its index in the glossary or what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row if role in texts else None
        if role == INDEX_ROLE:
            return row
        term = self._source.term(row) or self._source.terms[row]
        if role == TERM_ROLE:
            return term
        if role == Qt.ItemDataRole.DisplayRole:
            return term.term
        if role == Qt.ItemDataRole.AccessibleTextRole:
            meaning = f": {term.definition.text}" if term.definition else ""
            return f"{term.term}, {TERM_KINDS[term.kind][0]}{meaning}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry as a card: the term, its kind, how often, and what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: dict[str, int] = {}  # of meanings on one line; lists ask for all at once
        self._metrics = QFontMetrics(_meaning_font())
        self._line = line_height(_meaning_font())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a card in a list of that width."""
        term: Term | None = index.data(TERM_ROLE)
        width = option.rect.width() or option.widget.width()
        if term is None:
            return QSize(width, _HEAD)
        lines = 0
        if term.definition is not None:
            text = term.definition.text
            needed = self._widths.get(text)
            if needed is None:
                needed = self._widths[text] = self._metrics.horizontalAdvance(text)
            lines = _MEANING_LINES if needed > width - 2 * _PADDING - 4 else 1
        meaning = lines * self._line + (4 if lines else 0)
        return QSize(width, 2 * _PADDING + 22 + meaning + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card, or the head of a group."""
        term: Term | None = index.data(TERM_ROLE)
        if term is None:
            painter.setFont(theme.small_capitals(theme.TYPE_TINY))
            painter.setPen(QColor(theme.colours().muted))
            place = option.rect.adjusted(2, 4, 0, -8)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, str(index.data()))
            return
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


def summary(shown: int, total: int, *, so_far: bool = False) -> str:
    """Return how many entries there are and how many of them are on show."""
    every = counted(total, "entry", "entries") + (" so far" if so_far else "")
    return every if shown == total else f"{shown} of {every}"


def _meaning_font() -> QFont:
    return theme.sans(theme.TYPE_BASE)
