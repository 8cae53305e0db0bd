"""The head of the library: search, order, opening; and the bar for several chosen texts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.window.icons import IconButton, icon
from desktop.window.library_model import Order
from desktop.window.segments import Segments
from desktop.window.wording import counted

#: Where words are looked for.
IN_TITLES, IN_TEXTS = "Titles", "In the texts"


class LibraryHead(QWidget):
    """Says what the reader looks for and in which order."""

    add_wanted = Signal()
    words_changed = Signal(str)
    order_chosen = Signal(object)  # Order
    place_chosen = Signal(str)
    go_on = Signal()  # to what was found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel("Library")
        title.setProperty("role", "section")
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setPlaceholderText("Search titles and texts")
        self.field.setAccessibleName("Search titles and texts")
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(380)
        self._glass = QAction(icon("search", 16), "", self.field)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._changed)
        self.field.installEventFilter(self)
        self._places = Segments((IN_TITLES, IN_TEXTS), "Search")
        self._places.chosen.connect(self.place_chosen)
        self._places.hide()
        self._order = QComboBox()
        self._order.addItems([order.value for order in Order])
        self._order.setAccessibleName("Sort by")
        self._order.setToolTip("Sort by")
        self._order.currentTextChanged.connect(lambda name: self.order_chosen.emit(Order(name)))
        self.pane = IconButton("pane", "Collections and tags")
        self.pane.setCheckable(True)
        add = QPushButton("Open a text")
        add.setProperty("role", "primary")
        add.clicked.connect(self.add_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 9, 20, 9)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.field, 6)
        row.addWidget(self._order)
        row.addWidget(self.pane)
        row.addWidget(add)
        column.addLayout(row)
        column.addWidget(self._places, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.field.text()

    @property
    def place(self) -> str:
        """Where it is looked for."""
        return self._places.choice

    def choose_place(self, place: str) -> None:
        """Look for words elsewhere."""
        self._places.choose(place)

    def choose_order(self, order: Order) -> None:
        """Sort by something else."""
        self._order.setCurrentText(order.value)

    def show_count(self, said: str, titles: int) -> None:
        """Show how many texts there are."""
        self._count.setText(said)
        self._places.set_text(IN_TITLES, f"{IN_TITLES} · {titles:,}")

    def show_found(self, passages: int | None) -> None:
        """Show how many passages have the words; None: nothing is looked for."""
        self._places.set_text(IN_TEXTS, IN_TEXTS if passages is None else
                              f"{IN_TEXTS} · {passages:,}")  # fmt: skip

    def _changed(self, words: str) -> None:
        self._places.setVisible(bool(words.strip()))
        self.words_changed.emit(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to what was found with Enter or Down, empty the field with Escape."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.go_on.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words:
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifying glass for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))


class SelectionBar(QFrame):
    """What can be done with several texts at once; it is there while some are chosen."""

    remove_wanted = Signal()
    label_wanted = Signal(str)  # the kind of label
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._said = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.addWidget(self._said)
        row.addStretch()
        for text, signal in (
            ("Collection…", lambda: self.label_wanted.emit("collection")),
            ("Tag…", lambda: self.label_wanted.emit("tag")),
            ("Remove", self.remove_wanted.emit),
        ):
            button = QPushButton(text)
            button.setProperty("role", "quiet")
            button.clicked.connect(signal)
            row.addWidget(button)
        close = IconButton("close", "Choose none", size=16)
        close.clicked.connect(self.clear_wanted)
        row.addWidget(close)
        self.hide()

    def show_number(self, number: int) -> None:
        """Show how many texts are chosen."""
        self._said.setText(f"{counted(number, 'text')} chosen")
        self.setVisible(number > 1)
