"""What Glossator is, its version and its licence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import __version__
from desktop.window import theme
from desktop.window.icons import app_icon

_TEXT = (
    "A companion for reading something hard and keeping it. Everything stays on this computer:"
    " nothing that you read or answer is sent anywhere."
)
_LICENCE = (
    "Free software under the GNU General Public License, version 3 or later. Set in Source Serif"
    " and Source Sans (SIL Open Font License)."
)


class AboutDialog(QDialog):
    """A page of colophon."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Glossator")
        self.setFixedWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 34, 36, 28)
        column.setSpacing(10)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(72, 72), 2.0))
        name = QLabel("Glossator")
        name.setFont(theme.serif(theme.TYPE_DISPLAY, weight=QFont.Weight.DemiBold))
        version = QLabel(f"Version {__version__}")
        version.setProperty("role", "muted")
        text = QLabel(_TEXT)
        licence = QLabel(_LICENCE)
        licence.setProperty("role", "tiny")
        for label in (mark, name, version, text, licence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        column.addSpacing(8)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)
