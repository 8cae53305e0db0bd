"""What a place says while nothing is in it: a drawing, one sentence, at most one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.icons import pixmap

_DRAWING = 56


class EmptyState(QWidget):
    """A drawn icon over a title, an explanation and a button."""

    action_wanted = Signal()

    def __init__(self, drawing: str, title: str, text: str = "", action: str = "") -> None:
        super().__init__()
        self._drawing = drawing
        self._picture = QLabel()
        self._title = QLabel()
        self._title.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        self._text = QLabel()
        self._text.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.action_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 48)
        column.setSpacing(10)
        column.addStretch()
        for label in (self._picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.say(title, text, action)
        self._draw()

    def say(self, title: str, text: str = "", action: str = "", drawing: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        if drawing:
            self._drawing = drawing
            self._draw()

    @property
    def title(self) -> str:
        """What it says."""
        return self._title.text()

    def _draw(self) -> None:
        c = theme.colours()
        colour = mixed(c.window, c.accent, 0.7)
        self._picture.setPixmap(pixmap(self._drawing, colour, _DRAWING, 2.0))

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in a new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self._draw()
