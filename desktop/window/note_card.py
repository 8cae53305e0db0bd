"""A note of the text, shown where it is referred to."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.window import theme

_WIDTH, _MOST_HEIGHT = 380, 300
_GAP = 6


class NoteCard(QFrame):
    """Floats below the reference; Escape or a click elsewhere puts it away."""

    jump_wanted = Signal(int)  # the note's block

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, Qt.WindowType.Popup)
        self.setObjectName("hover_card")
        self.setAccessibleName("Note")
        self.block = -1
        self.text = QLabel()
        self.text.setFont(theme.serif(theme.TYPE_LARGE))
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.text)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.jump = QPushButton("Go to the note")
        self.jump.setProperty("role", "link")
        self.jump.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.jump, 0, Qt.AlignmentFlag.AlignLeft)

    def show_note(self, block: int, text: str, place: QRect) -> None:
        """Show a note below its reference at ``place`` (on the screen), or above it."""
        self.block = block
        self.text.setText(text)
        self.jump.ensurePolished()
        inner = self.text.heightForWidth(_WIDTH - 48)
        height = min(_MOST_HEIGHT, inner + self.jump.sizeHint().height() + 32)
        self.resize(_WIDTH, height)
        room = self.screen().availableGeometry()
        x = max(room.left() + 8, min(place.left() - 16, room.right() - _WIDTH - 8))
        below = place.bottom() + _GAP
        fits = below + height < room.bottom()
        self.move(x, below if fits else max(room.top() + 8, place.top() - _GAP - height))
        self.show()
        self.jump.setFocus()

    def _go(self) -> None:
        self.hide()
        self.jump_wanted.emit(self.block)
