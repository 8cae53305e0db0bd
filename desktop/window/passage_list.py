"""The passages of all texts that have some words: text by text, the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.window import theme
from desktop.window.text_lines import line_height, paint_lines
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.workspace import DocumentPassages, Passage

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole + 1
_HEAD, _MORE, _LINES, _INDENT = 44, 30, 2, 16
_ASIDE, _MARGIN = _INDENT + 24, 24  # what the width of a row has beside its text; for bold words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the head of a text, a passage of it, or the way to its other ones."""

    text: DocumentPassages
    passage: Passage | None = None
    more: int = 0

    def words(self) -> str:
        """Return what a screen reader says."""
        if self.passage is not None:
            return self.passage.excerpt
        if self.more:
            return f"Show {self.more} more in {self.text.title}"
        return f"{self.text.title}, {counted(self.text.count, 'passage')}"


class PassageModel(QAbstractListModel):
    """The rows of an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def set_texts(self, texts: Sequence[DocumentPassages]) -> None:
        """Show the passages of ``texts``."""
        self.beginResetModel()
        self.rows = [row for text in texts for row in _rows(text)]
        self.endResetModel()

    def set_text(self, text: DocumentPassages) -> None:
        """Show more passages of one text."""
        kept = [(n, row) for n, row in enumerate(self.rows)
                if row.text.document_id == text.document_id]  # fmt: skip
        if kept:
            self.beginResetModel()
            self.rows[kept[0][0] : kept[-1][0] + 1] = _rows(text)
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row or its words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.words()
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the cursor pass over the heads of texts."""
        row = self.rows[index.row()] if index.isValid() else None
        head = row is not None and row.passage is None and not row.more
        return Qt.ItemFlag.ItemIsEnabled if head else super().flags(index)


def _rows(text: DocumentPassages) -> list[Row]:
    rows = [Row(text), *(Row(text, passage) for passage in text.passages)]
    more = text.count - len(text.passages)
    return [*rows, Row(text, more=more)] if more > 0 else rows


class PassageDelegate(QStyledItemDelegate):
    """Paints heads and passages."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        row: Row = index.data(_ROW)
        if row.passage is not None:
            view = self.parent()
            room = view.viewport().width() if isinstance(view, QListView) else 600
            width = QFontMetrics(_body()).horizontalAdvance(row.passage.excerpt)
            lines = 1 if width < room - _ASIDE - _MARGIN else _LINES
            return QSize(200, lines * line_height(_body()) + 14)
        return QSize(200, _MORE if row.more else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        row: Row = index.data(_ROW)
        c = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(0, 1, -12, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        clickable = row.passage is not None or row.more
        if clickable and (chosen or hovered):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if chosen else c.hover))
            painter.drawRoundedRect(rect, 8, 8)
        if row.passage is not None:
            _paint_passage(painter, rect.adjusted(_INDENT, 6, -12, -4), row.passage)
        elif row.more:
            font = theme.sans(theme.TYPE_SMALL, weight=QFont.Weight.DemiBold)
            box = rect.adjusted(_INDENT, 5, -12, 0)
            paint_lines(painter, box, f"Show {row.more:,} more", font, c.accent, 1)
        else:
            _paint_head(painter, rect.adjusted(4, 16, -12, 0), row.text)
        painter.restore()


def _body() -> QFont:
    return theme.serif(15)


def _paint_head(painter: QPainter, rect: QRect, text: DocumentPassages) -> None:
    c = theme.colours()
    font = theme.sans(theme.TYPE_BASE, weight=QFont.Weight.DemiBold)
    said = f"{counted(text.count, 'passage')}"
    small = theme.sans(theme.TYPE_SMALL)
    paint_lines(painter, rect.adjusted(0, 0, -120, 0), text.title, font, c.text, 1)
    painter.setFont(small)
    painter.setPen(QColor(c.muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, said)


def _paint_passage(painter: QPainter, rect: QRect, passage: Passage) -> None:
    """Paint an excerpt on two lines, what was looked for in bold on the ground of a find."""
    c = theme.colours()
    layout = QTextLayout(passage.excerpt, _body())
    mark = QTextCharFormat()
    mark.setBackground(QBrush(QColor(c.found)))
    mark.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    for start, end in passage.marks:
        one = QTextLayout.FormatRange()
        one.start, one.length = _units(passage.excerpt, start), _units(passage.excerpt[start:end])
        one.format = mark
        ranges.append(one)
    layout.setFormats(ranges)
    layout.beginLayout()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, number * line_height(_body())))
    layout.endLayout()
    painter.setPen(QColor(c.text))
    layout.draw(painter, QPointF(rect.topLeft()), [], QRectF(rect))


def _units(text: str, end: int | None = None) -> int:
    """Return the length of a text, or of its first characters, in Qt's units (UTF-16)."""
    piece = text if end is None else text[:end]
    return len(piece) if piece.isascii() else len(piece.encode("utf-16-le")) // 2


class PassageList(QListView):
    """The answer to a search; Enter or a click goes to a passage."""

    place_wanted = Signal(int, int, int, int)  # document id, block, start, end
    more_wanted = Signal(int)  # document id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PassageModel()
        self.setModel(self.rows)
        self.setItemDelegate(PassageDelegate(self))
        self.setAccessibleName("Passages")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # heights depend on the width
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.take)
        self.installEventFilter(self)

    def take(self, index: QModelIndex) -> None:
        """Go to a passage, or ask for more of a text."""
        row: Row | None = index.data(_ROW)
        if row is None:
            return
        if row.passage is not None:
            place = row.passage
            self.place_wanted.emit(row.text.document_id, place.block, place.start, place.end)
        elif row.more:
            self.more_wanted.emit(row.text.document_id)

    def choose_first(self) -> None:
        """Put the cursor on the first passage."""
        first = next((n for n, row in enumerate(self.rows.rows) if row.passage), None)
        if first is not None:
            self.setCurrentIndex(self.rows.index(first))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the passage at the cursor with Enter."""
        if watched is self and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take(self.currentIndex())
                return True
        return super().eventFilter(watched, event)
