"""The library: the reader's texts as covers, with what was read of each and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.empty_state import EmptyState
from desktop.window.text_lines import line_height, paint_lines
from desktop.window.wording import counted, reading_time

if TYPE_CHECKING:
    from desktop.operations.workspace import DocumentSummary

SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex

_TILE = QSize(252, 296)
_GAP = 20
_COVER = 206
_BANDS = ("person", "place", "organisation", "event", "work", "concept")


class LibraryModel(QAbstractListModel):
    """The texts, the one opened last first."""

    def __init__(self) -> None:
        super().__init__()
        self._summaries: list[DocumentSummary] = []

    def set_summaries(self, summaries: Sequence[DocumentSummary]) -> None:
        """Show other texts."""
        self.beginResetModel()
        self._summaries = sorted(summaries, key=lambda s: s.opened_at or s.added_at, reverse=True)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of texts."""
        return 0 if parent.isValid() else len(self._summaries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the summary or what a screen reader says."""
        if not index.isValid():
            return None
        summary = self._summaries[index.row()]
        if role == SUMMARY_ROLE:
            return summary
        if role == Qt.ItemDataRole.DisplayRole:
            return summary.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            authors = f" by {', '.join(summary.authors)}" if summary.authors else ""
            return f"{summary.title}{authors}, {_state(summary)}"
        return None


class CoverDelegate(QStyledItemDelegate):
    """Paints a text as a cover with its title, and below it the state of things."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the size of a cover with the space around it."""
        return _TILE + QSize(_GAP, _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cover."""
        summary: DocumentSummary = index.data(SUMMARY_ROLE)
        c = theme.colours()
        rect = QRect(option.rect.topLeft(), _TILE).adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = c.accent if focused else c.line_strong if hovered or chosen else c.line
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(c.card))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 11, 11)
        self._paint_cover(painter, rect, summary)
        self._paint_foot(painter, rect, summary)
        painter.restore()

    def _paint_cover(self, painter: QPainter, rect: QRect, summary: DocumentSummary) -> None:
        c = theme.colours()
        colour = c.kinds[_BANDS[int(summary.text_hash[:2] or "0", 16) % len(_BANDS)]]
        cover = QRect(rect.left() + 10, rect.top() + 10, rect.width() - 20, _COVER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(c.card, colour, 0.10 if not c.dark else 0.18)))
        painter.drawRoundedRect(cover, 7, 7)
        painter.setBrush(QColor(mixed(c.card, colour, 0.85)))
        painter.drawRoundedRect(QRect(cover.left(), cover.top(), 5, cover.height()), 2, 2)
        inner = cover.adjusted(22, 20, -16, -16)
        font = theme.serif(20, weight=QFont.Weight.DemiBold)
        paint_lines(painter, inner, summary.title, font, c.text, 5)
        if summary.authors:
            author = theme.sans(theme.TYPE_SMALL)
            box = QRect(inner.left(), inner.bottom() - line_height(author), inner.width(), 20)
            paint_lines(painter, box, ", ".join(summary.authors), author, c.muted, 1)

    def _paint_foot(self, painter: QPainter, rect: QRect, summary: DocumentSummary) -> None:
        c = theme.colours()
        foot = rect.adjusted(16, _COVER + 24, -16, -14)
        track = QRectF(foot.left(), foot.top(), foot.width(), 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(track, 1.5, 1.5)
        if summary.progress > 0.005:
            track.setWidth(max(4.0, foot.width() * min(1.0, summary.progress)))
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(track, 1.5, 1.5)
        font = theme.sans(theme.TYPE_SMALL)
        box = foot.adjusted(0, 10, 0, 0)
        words = f"{counted(summary.word_count, 'word')} · {reading_time(summary.word_count)}"
        used = paint_lines(painter, box, words, font, c.muted, 1)
        state = _state(summary)
        colour = c.accent if summary.cards_due + summary.cards_new else c.muted
        strong = theme.sans(theme.TYPE_SMALL, weight=QFont.Weight.DemiBold)
        paint_lines(painter, box.adjusted(0, used + 2, 0, 0), state, strong, colour, 1)


class LibraryView(QWidget):
    """Shows the texts; opening, adding and removing go out as signals."""

    open_wanted = Signal(int)
    remove_wanted = Signal(int)
    export_wanted = Signal(int)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = LibraryModel()
        self.list = QListView()
        self.list.setAccessibleName("Texts")
        self.list.setModel(self.model)
        self.list.setItemDelegate(CoverDelegate(self.list))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.clicked.connect(self._open)
        self.list.installEventFilter(self)
        self.empty = EmptyState(
            "drop", "Your library is empty", "Drop a text here, or open one.", "Open a text"
        )
        self.empty.action_wanted.connect(self.add_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        holder = QVBoxLayout()
        holder.setContentsMargins(28, 24, 8, 0)
        holder.addWidget(self._stack)
        column.addLayout(holder, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("header")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(56)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(12)
        title = QLabel("Library")
        title.setProperty("role", "section")
        add = QPushButton("Open a text")
        add.setProperty("role", "primary")
        add.clicked.connect(self.add_wanted)
        row.addWidget(title)
        row.addWidget(self._summary)
        row.addStretch()
        row.addWidget(add)
        return head

    def show_documents(self, summaries: Sequence[DocumentSummary]) -> None:
        """Show the texts of the library."""
        current = self.list.currentIndex().data(SUMMARY_ROLE)
        self.model.set_summaries(summaries)
        for row in range(self.model.rowCount()):
            summary = self.model.index(row).data(SUMMARY_ROLE)
            if current is not None and summary.id == current.id:
                self.list.setCurrentIndex(self.model.index(row))
        self._summary.setText(counted(len(summaries), "text") if summaries else "")
        self._stack.setCurrentIndex(0 if summaries else 1)

    def remove_current(self) -> None:
        """Ask to remove the chosen text."""
        summary = self.list.currentIndex().data(SUMMARY_ROLE)
        if summary is not None:
            self.remove_wanted.emit(summary.id)

    def _open(self, index: QModelIndex) -> None:
        summary = index.data(SUMMARY_ROLE)
        if summary is not None:
            self.open_wanted.emit(summary.id)

    def _show_menu(self, place: QPoint) -> None:
        summary = self.list.indexAt(place).data(SUMMARY_ROLE)
        if summary is None:
            return
        menu = QMenu(self)
        menu.addAction("Read", lambda: self.open_wanted.emit(summary.id))
        menu.addAction("Export its cards…", lambda: self.export_wanted.emit(summary.id))
        menu.addSeparator()
        menu.addAction("Remove from the library", lambda: self.remove_wanted.emit(summary.id))
        menu.exec(self.list.viewport().mapToGlobal(place))
        menu.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter, ask to remove with Delete."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.remove_current()
                return True
        return super().eventFilter(watched, event)


def _state(summary: DocumentSummary) -> str:
    """Return what there is to do with a text."""
    waiting = summary.cards_due + summary.cards_new
    if waiting:
        return counted(waiting, "card") + " to study"
    if summary.cards_total:
        return "All cards done"
    if summary.notes_proposed:
        return counted(summary.notes_proposed, "card") + " proposed"
    return (
        "Read" if summary.progress >= 0.98 else "Not started" if not summary.progress else "Reading"
    )
