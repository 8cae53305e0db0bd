"""The table of the browser: a model that reads only the rows on show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QTableView

from desktop.window import theme
from desktop.window.browser_columns import COLUMN_BY_ID, FLAGS, USUAL_COLUMNS, Column, state_words

if TYPE_CHECKING:
    from desktop.operations.card_reader import CardRow

_Index = QModelIndex | QPersistentModelIndex

#: So many rows are read at once.
CHUNK = 100
_CHUNKS_KEPT = 60

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class CardTable(QAbstractTableModel):
    """Cards by their ids; the rows of those on show are asked for and come a little later."""

    rows_wanted = Signal(int, list)  # place of the first, card ids

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self._clock = clock
        self._ids: list[int] = []
        self._chunks: dict[int, list[CardRow | None]] = {}
        self._asked: set[int] = set()
        self.columns: list[Column] = [COLUMN_BY_ID[name] for name in USUAL_COLUMNS]

    @property
    def card_ids(self) -> list[int]:
        """The cards, in their order."""
        return self._ids

    def set_cards(self, card_ids: Sequence[int]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self._ids = list(card_ids)
        self._chunks.clear()
        self._asked.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the rows on show again; the cards stay."""
        self._asked.clear()
        for chunk in list(self._chunks):
            self._ask(chunk)

    def set_columns(self, names: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = [COLUMN_BY_ID[name] for name in names if name in COLUMN_BY_ID]
        self.endResetModel()

    def take_rows(self, first: int, rows: Sequence[CardRow]) -> None:
        """Take rows that were asked for; cards that are gone have none."""
        chunk = first // CHUNK
        wanted = self._ids[first : first + CHUNK]
        by_id = {row.id: row for row in rows}
        if not wanted or not by_id.keys() <= set(wanted):
            return  # of a search before this one
        self._asked.discard(chunk)
        self._chunks.pop(chunk, None)
        self._chunks[chunk] = [by_id.get(card) for card in wanted]
        while len(self._chunks) > _CHUNKS_KEPT:
            self._chunks.pop(next(iter(self._chunks)))
        last = self.index(first + len(wanted) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def row_at(self, place: int) -> CardRow | None:
        """Return the row at a place, ``None`` while it is read."""
        if not 0 <= place < len(self._ids):
            return None
        chunk = self._chunks.get(place // CHUNK)
        if chunk is None:
            self._ask(place // CHUNK)
            return None
        return chunk[place % CHUNK]

    def place_of(self, card_id: int) -> int:
        """Return the place of a card, -1 where it isn't shown."""
        try:
            return self._ids.index(card_id)
        except ValueError:
            return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a column shows of a card."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.show(row, self._clock())
            case Qt.ItemDataRole.ToolTipRole:
                return column.show(row, self._clock()) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case Qt.ItemDataRole.DecorationRole if index.column() == 0 and row.flag:
                return _flag_icon(row.flag, theme.colours().dark)
            case Qt.ItemDataRole.ForegroundRole if row.suspended or row.buried:
                return QColor(theme.colours().muted)
        return None

    def _spoken(self, row: CardRow, column: Column) -> str:
        """Return what a screen reader says of a cell."""
        said = f"{column.head}: {column.show(row, self._clock()) or 'empty'}"
        if column is self.columns[0]:
            flag = f", flag {FLAGS[row.flag][0].lower()}" if row.flag else ""
            marked = ", marked" if row.marked else ""
            said += f", {state_words(row).lower()}{flag}{marked}"
        return said

    def _ask(self, chunk: int) -> None:
        if chunk not in self._asked:
            self._asked.add(chunk)
            first = chunk * CHUNK
            self.rows_wanted.emit(first, self._ids[first : first + CHUNK])


class CardTableView(QTableView):
    """A table in which letters are no search, and Enter is an action of its own."""

    entered = Signal()

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: a search through rows that are not read yet would read them all."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _flag_icon(flag: int, dark: bool) -> QIcon:
    """Return a drawn flag."""
    image = QPixmap(24, 24)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(FLAGS[flag][2 if dark else 1]))
    painter.drawRoundedRect(4, 2, 3, 20, 1.5, 1.5)
    painter.drawRoundedRect(6, 3, 15, 11, 2, 2)
    painter.end()
    image.setDevicePixelRatio(1.5)
    return QIcon(image)
