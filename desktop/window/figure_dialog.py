"""A picture of the text, as large as the window allows, with its caption."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from desktop.reading.document import BlockKind, Document
from desktop.window import theme
from desktop.window.colours import LIGHT
from desktop.window.messages import elide
from desktop.window.pictures import load_picture

_SHARE = 0.94  # of the window
_CAPTION_ROOM = 96
_LONGEST = 300


class FigureDialog(QDialog):
    """Closes with Escape, Enter, Space or a click."""

    def __init__(self, parent: QWidget, document: Document, block: int) -> None:
        super().__init__(parent)
        figure = document.blocks[block]
        self.setWindowTitle("Picture")
        room = QSize(round(parent.width() * _SHARE), round(parent.height() * _SHARE))
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(figure.text or "Picture")
        self.caption = QLabel(elide(_caption(document, block), _LONGEST))
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setProperty("role", "muted")
        self.caption.setWordWrap(True)
        ratio = self.devicePixelRatioF()
        paper = LIGHT.page if theme.colours().dark else None
        image = (
            load_picture(document, figure.picture, room.width() - 40, ratio, paper)
            if figure.picture
            else None
        )
        if image is None:
            self.picture.setText("This picture can't be shown.")
        else:
            size = QSize(room.width() - 40, room.height() - _CAPTION_ROOM) * ratio
            shown = image.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            shown.setDevicePixelRatio(ratio)
            self.picture.setPixmap(QPixmap.fromImage(shown))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.addWidget(self.picture, 1)
        column.addWidget(self.caption)
        self.caption.setVisible(bool(self.caption.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.accept()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Close."""
        self.accept()


def _caption(document: Document, block: int) -> str:
    following = document.blocks[block + 1 : block + 2]
    if following and following[0].kind is BlockKind.CAPTION:
        return following[0].text
    return document.blocks[block].text
