"""The note of a highlight: shown at its place, and written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.window import theme
from desktop.window.highlight_colours import NAMES, highlight_colour
from desktop.window.messages import elide
from desktop.window.set_page import make_timer

if TYPE_CHECKING:
    from desktop.library.highlights import Highlight

_WIDTH, _EDITOR_HEIGHT = 320, 150
_LONGEST = 600
_GAP = 6
_SAVE_MS = 600


class HighlightCard(QFrame):
    """Floats above the page; takes neither clicks nor focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("hover_card")
        self.setAccessibleName("Note")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar = QFrame()
        self._bar.setFixedWidth(4)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setFont(theme.serif(theme.TYPE_LARGE))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self._bar)
        row.addWidget(self._note, 1)
        self.setFixedWidth(_WIDTH)
        self.hide()

    @property
    def text(self) -> str:
        """The note on show."""
        return self._note.text()

    def show_note(self, highlight: Highlight, place: QRect) -> None:
        """Show a note below ``place`` (in the page's coordinates), or above it."""
        self._note.setText(elide(highlight.note, _LONGEST))
        ink = highlight_colour(highlight.colour).ink
        self._bar.setStyleSheet(f"background: {ink}; border-radius: 2px;")
        self.resize(_WIDTH, self._note.heightForWidth(_WIDTH - 38) + 22)
        page = self._page
        x = min(max(8, place.left() - 16), max(8, page.width() - self.width() - 20))
        below = place.bottom() + _GAP
        fits = below + self.height() < page.height() - 8
        self.move(x, below if fits else max(8, place.top() - _GAP - self.height()))
        self.show()
        self.raise_()


class NoteEditor(QFrame):
    """A field for the note of one highlight; what is typed is saved by itself."""

    written = Signal(int, str)  # id of the highlight, its note

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("hover_card")
        self.setAccessibleName("Note on the highlight")
        self._highlight_id: int | None = None
        self._stored = ""
        self._head = QLabel()
        self._head.setProperty("role", "heading")
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Write a note")
        self.field.setAccessibleName("Note")
        self.field.setTabChangesFocus(True)
        self.field.setFont(theme.serif(theme.TYPE_LARGE))
        foot = QLabel("Saved as you type. Esc closes.")
        foot.setProperty("role", "tiny")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(self.field, 1)
        column.addWidget(foot)
        self._timer = make_timer(self, _SAVE_MS, self.save)
        self.field.textChanged.connect(self._timer.start)
        self.resize(_WIDTH + 20, _EDITOR_HEIGHT + 60)

    def edit(self, highlight: Highlight, place: QRect) -> None:
        """Let the reader write the note of a highlight at ``place`` (on the screen)."""
        self._highlight_id, self._stored = highlight.id, highlight.note
        self._head.setText(f"Note · {NAMES.get(highlight.colour, highlight.colour)}")
        self.field.setPlainText(highlight.note)
        self._timer.stop()
        room = self.screen().availableGeometry()
        x = max(room.left() + 8, min(place.left() - 16, room.right() - self.width() - 8))
        below = place.bottom() + _GAP
        fits = below + self.height() < room.bottom()
        above = max(room.top() + 8, place.top() - _GAP - self.height())
        self.move(QPoint(x, below if fits else above))
        self.show()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Hand over what is written, if it is other than what is stored."""
        self._timer.stop()
        note = self.field.toPlainText().strip()
        if self._highlight_id is not None and note != self._stored:
            self._stored = note
            self.written.emit(self._highlight_id, note)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what was typed last."""
        super().hideEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape or Ctrl+Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or enter:
            self.hide()
        else:
            super().keyPressEvent(event)
