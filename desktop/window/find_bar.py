"""The bar for a search in the text: a field, how many places there are, steps between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.window.icons import IconButton
from desktop.window.set_page import make_timer

_PAUSE_MS = 150


class FindBar(QWidget):
    """Says what is searched for; knows nothing of the text."""

    words_changed = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search in the text")
        self.field.setAccessibleName("Search in the text")
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(360)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setAccessibleName("Places found")
        self.previous = IconButton("up", "Previous place (Shift+Enter)", size=16)
        self.next = IconButton("down", "Next place (Enter)", size=16)
        self._close = IconButton("close", "Close the search (Esc)", size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for button in (self.previous, self.next):
            row.addWidget(button)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self._close)
        self._timer = make_timer(self, _PAUSE_MS, self._tell)
        self.field.textChanged.connect(self._timer.start)
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._close.clicked.connect(self.put_away)
        self.hide()

    def ask(self, words: str = "") -> None:
        """Show the bar with the cursor in it, and search for ``words`` if there are any."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._timer.start()

    def show_count(self, current: int, number: int, *, more: bool = False) -> None:
        """Say which of how many places is on show (``current`` counts from 0)."""
        many = f"more than {number:,}" if more else f"{number:,}"
        words = f"{current + 1:,} of {many}" if number else "Not found" if self._words() else ""
        self.count.setText(words)
        for button in (self.previous, self.next):
            button.setEnabled(number > 0)

    def put_away(self) -> None:
        """Hide the bar and end the search."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def _words(self) -> str:
        return self.field.text().strip()

    def _tell(self) -> None:
        self.words_changed.emit(self._words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Enter and Shift+Enter, close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self._tell()
            else:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.step_wanted.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
