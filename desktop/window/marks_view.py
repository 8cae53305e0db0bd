"""What is marked, beside the text: search, colours, and the list to go to a place from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.window.card_stack import CardStack
from desktop.window.chips import FilterChips
from desktop.window.empty_state import EmptyState
from desktop.window.highlight_colours import NAMES
from desktop.window.icons import IconButton, icon
from desktop.window.marks_list import (
    BOOKMARK,
    MARK_ROLE,
    MarkRow,
    MarksDelegate,
    MarksModel,
    rows_of,
)

if TYPE_CHECKING:
    from desktop.operations.annotation_files import MarkedText


class MarksView(QWidget):
    """Lists highlights and bookmarks; tells what the reader wants of one."""

    place_wanted = Signal(object)  # MarkRow
    note_wanted = Signal(int, object)  # id of a highlight, its QRect on the screen
    colour_wanted = Signal(int, str)
    remove_wanted = Signal(object)  # MarkRow
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Highlights and bookmarks")
        self.model = MarksModel()
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search highlights and notes")
        self.search.setAccessibleName("Search highlights and notes")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", 16), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        export = IconButton("export", "Export the highlights…")
        export.clicked.connect(self.export_wanted)
        self.kinds = FilterChips({**NAMES, BOOKMARK: "Bookmarks"})
        self.list = _Marks()
        self.list.setModel(self.model)
        self.list.setItemDelegate(MarksDelegate(self.list))
        self.empty = EmptyState("mark", "Nothing is marked yet")
        self._below = QStackedWidget()
        self._below.addWidget(self.list)
        self._below.addWidget(self.empty)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.addWidget(self.search, 1)
        head.addWidget(export)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 6, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.kinds)
        column.addWidget(self._below, 1)
        self.search.textChanged.connect(self._choose)
        self.kinds.chosen.connect(self._choose)
        self.list.clicked.connect(self._go)
        self.list.activated_row.connect(self._go)
        self.list.pressed_key.connect(self._key)

    def show_marks(self, text: MarkedText | None) -> None:
        """Show what is marked in a text; the chosen row stays chosen."""
        chosen = self.chosen()
        self.model.set_rows(rows_of(text))
        counts = Counter(row.kind for row in self.model.rows)
        self.kinds.setVisible(len(counts) > 1)
        self.kinds.set_counts(counts.elements())
        if chosen is not None:
            row = self.model.row_of(chosen.is_bookmark, chosen.id)
            self.list.setCurrentIndex(self.model.index(row))
        self._say()

    def chosen(self) -> MarkRow | None:
        """Return the row that is chosen."""
        found: MarkRow | None = self.list.currentIndex().data(MARK_ROLE)
        return found

    def choose(self, highlight_id: int) -> None:
        """Choose the row of a highlight."""
        row = self.model.row_of(False, highlight_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, _what: object = None) -> None:
        self.model.choose(self.search.text(), self.kinds.kind)
        self._say()

    def _say(self) -> None:
        if self.model.rows:
            self.empty.say("Nothing like that is marked", "Other words or another colour may be.")
        else:
            self.empty.say(
                "Nothing is marked yet",
                "Select some words and press H to highlight them, M to bookmark the page.",
            )
        self._below.setCurrentIndex(0 if self.model.shown else 1)

    def _go(self, index: QModelIndex) -> None:
        row: MarkRow | None = index.data(MARK_ROLE)
        if row is not None:
            self.place_wanted.emit(row)

    def _key(self, key: int) -> None:
        row = self.chosen()
        if row is None:
            return
        if key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(row)
        elif not row.is_bookmark and key in (Qt.Key.Key_A, Qt.Key.Key_F2):
            place = self.list.visualRect(self.list.currentIndex())
            corner = self.list.viewport().mapToGlobal(place.topLeft())
            self.note_wanted.emit(row.id, QRect(corner + QPoint(24, 0), place.size()))
        elif not row.is_bookmark and Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(HIGHLIGHT_COLOURS):
            self.colour_wanted.emit(row.id, HIGHLIGHT_COLOURS[key - Qt.Key.Key_1])

    def changeEvent(self, event: object) -> None:
        """Draw the glass in a new theme's colour."""
        super().changeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))


class _Marks(CardStack):
    """Hands on the keys that do something to a mark, before the page takes them."""

    activated_row = Signal(QModelIndex)
    pressed_key = Signal(int)

    _KEYS = frozenset(
        {Qt.Key.Key_Delete, Qt.Key.Key_A, Qt.Key.Key_F2}
        | {Qt.Key(Qt.Key.Key_1 + at) for at in range(len(HIGHLIGHT_COLOURS))}
    )

    def __init__(self) -> None:
        super().__init__("Highlights and bookmarks")

    def event(self, event: object) -> bool:
        """Keep its own keys from the actions of the page."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QKeyEvent.Type.ShortcutOverride
            and event.key() in self._KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a mark with Enter; colour, note and removal by key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated_row.emit(self.currentIndex())
        elif event.key() in self._KEYS and not event.modifiers():
            self.pressed_key.emit(event.key())
        else:
            super().keyPressEvent(event)
