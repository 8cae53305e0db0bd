"""The list of what is marked in a text: a model that filters, and how a row is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.glossary.guard import Place
from desktop.window import theme
from desktop.window.glossary_list import paint_ground
from desktop.window.highlight_colours import NAMES, highlight_colour
from desktop.window.icons import pixmap
from desktop.window.messages import elide
from desktop.window.text_lines import line_height, paint_lines, wrapped

if TYPE_CHECKING:
    from desktop.operations.annotation_files import MarkedText

MARK_ROLE = Qt.ItemDataRole.UserRole + 1
BOOKMARK = "bookmark"  # stands among the colours in the choice of what is listed

_Index = QModelIndex | QPersistentModelIndex

_GAP, _PADDING, _BAR = 8, 14, 4
_QUOTE_LINES, _NOTE_LINES = 4, 4
_LOST = "Not found in the present text"


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A highlight or a bookmark; ``place`` is ``None`` where the text has it no more."""

    kind: str  # a colour or BOOKMARK
    id: int
    quote: str
    note: str
    place: Place | None
    where: str  # the heading that it stands under

    @property
    def is_bookmark(self) -> bool:
        """Whether it is a bookmark."""
        return self.kind == BOOKMARK

    def passes(self, words: str, kind: str | None) -> bool:
        """Return whether the row is listed."""
        if kind not in (None, self.kind):
            return False
        text = f"{self.quote} {self.note}".casefold()
        return all(word in text for word in words.casefold().split())

    def spoken(self) -> str:
        """Return what a screen reader says."""
        what = "Bookmark" if self.is_bookmark else f"{NAMES.get(self.kind, '')} highlight"
        note = f" Note: {self.note}" if self.note else ""
        lost = f" {_LOST}." if self.place is None else ""
        return f"{what}. {self.quote}{note}{lost}"


def rows_of(text: MarkedText | None) -> list[MarkRow]:
    """Return highlights and bookmarks in the order of the text, the lost ones last."""
    if text is None:
        return []
    sections = text.document.sections()

    def heading(place: Place | None) -> str:
        titles = [part.title for part in sections if place and part.start <= place[0]]
        return (titles[-1] if titles else None) or ""

    rows = []
    for one in text.passages:
        mark = one.highlight
        place = (one.spans[0].block, one.spans[0].start) if one.spans else None
        quote = " ".join(mark.anchor.exact.split())
        rows.append(MarkRow(mark.colour, mark.id, quote, mark.note, place, heading(place)))
    for bookmark, point in text.bookmarks:
        words = elide(" ".join(bookmark.anchor.suffix.split()), 60).rstrip(".,;:… ") + " …"
        rows.append(MarkRow(BOOKMARK, bookmark.id, words, "", point, heading(point)))
    rows.sort(key=lambda row: (row.place is None, row.place or ()))
    return rows


class MarksModel(QAbstractListModel):
    """The marks that pass the search and the colour."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MarkRow] = []
        self.shown: list[MarkRow] = []
        self._words = ""
        self._kind: str | None = None

    def set_rows(self, rows: list[MarkRow]) -> None:
        """List other marks."""
        self.rows = rows
        self.choose(self._words, self._kind)

    def choose(self, words: str, kind: str | None) -> None:
        """List the marks that have ``words`` and are of ``kind`` (``None``: all)."""
        self.beginResetModel()
        self._words, self._kind = words, kind
        self.shown = [row for row in self.rows if row.passes(words, kind)]
        self.endResetModel()

    def row_of(self, kind_is_bookmark: bool, mark_id: int) -> int:
        """Return the row of a mark, -1 where it is not on show."""
        keys = [(row.is_bookmark, row.id) for row in self.shown]
        key = (kind_is_bookmark, mark_id)
        return keys.index(key) if key in keys else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of marks on show."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the mark or what is said of it."""
        if not index.isValid():
            return None
        row = self.shown[index.row()]
        if role == MARK_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.quote
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class MarksDelegate(QStyledItemDelegate):
    """Paints a mark: a bar in its colour or a ribbon, the words, the note, where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a row in a list of that width."""
        row: MarkRow = index.data(MARK_ROLE)
        width = option.rect.width() or option.widget.width()
        inner = width - 2 * _PADDING - _BAR - 10
        height = len(wrapped(row.quote, _quote_font(), inner, _QUOTE_LINES))
        height *= line_height(_quote_font())
        if row.note:
            lines = len(wrapped(row.note, _note_font(), inner, _NOTE_LINES))
            height += lines * line_height(_note_font()) + 6
        if _foot(row):
            height += line_height(_foot_font()) + 4
        return QSize(width, height + 2 * _PADDING - 4 + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one mark."""
        row: MarkRow = index.data(MARK_ROLE)
        c = theme.colours()
        rect = option.rect.adjusted(1, 1, -1, -_GAP)
        painter.save()
        paint_ground(painter, rect, option.state)
        inner = rect.adjusted(_PADDING, _PADDING - 2, -_PADDING, -_PADDING)
        if row.is_bookmark:
            painter.drawPixmap(inner.left() - 6, inner.top() + 1, pixmap(BOOKMARK, c.accent, 16))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(highlight_colour(row.kind).strong))
            bar = QRectF(inner.left(), inner.top(), _BAR, rect.height() - 2 * _PADDING + 4)
            painter.drawRoundedRect(bar, 2, 2)
        box = inner.adjusted(_BAR + 10, 0, 0, 0)
        ink = c.muted if row.place is None else c.text
        used = paint_lines(painter, box, row.quote, _quote_font(), ink, _QUOTE_LINES)
        if row.note:
            box = box.adjusted(0, used + 6, 0, 0)
            used = paint_lines(painter, box, row.note, _note_font(), c.text, _NOTE_LINES)
        if _foot(row):
            colour = c.warning if row.place is None else c.muted
            line = QRect(box.left(), box.top() + used + 4, box.width(), 20)
            paint_lines(painter, line, _foot(row), _foot_font(), colour, 1)
        painter.restore()


def _foot(row: MarkRow) -> str:
    return _LOST if row.place is None else row.where


def _quote_font() -> QFont:
    return theme.serif(theme.TYPE_LARGE - 1)


def _note_font() -> QFont:
    return theme.sans(theme.TYPE_BASE)


def _foot_font() -> QFont:
    return theme.sans(12)
