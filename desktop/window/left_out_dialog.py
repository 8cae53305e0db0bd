"""What is known of a text: where it comes from, what was left out of it, what is doubtful."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.reading.document import Document, LeftOutKind
from desktop.window import theme
from desktop.window.wording import counted, reading_time

_KINDS = {
    LeftOutKind.ADVERTISEMENT: "Advertisement",
    LeftOutKind.RUNNING_HEAD: "Running head",
    LeftOutKind.PAGE_NUMBER: "Page number",
    LeftOutKind.NAVIGATION: "Navigation",
    LeftOutKind.BOILERPLATE: "Boilerplate",
}


class LeftOutDialog(QDialog):
    """Shows the pieces of the source that are not part of the text, to the letter."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setWindowTitle("About this text")
        self.resize(640, 560)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(28, 24, 28, 24)
        inner.setSpacing(10)
        title = QLabel(document.name)
        title.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        title.setWordWrap(True)
        inner.addWidget(title)
        inner.addWidget(_muted(_facts(document)))
        if document.warnings:
            inner.addSpacing(10)
            inner.addWidget(_heading("Doubtful"))
            for warning in document.warnings:
                label = QLabel(warning)
                label.setProperty("role", "warning")
                label.setWordWrap(True)
                inner.addWidget(label)
        inner.addSpacing(10)
        inner.addWidget(_heading("Left out of the text"))
        if not document.left_out:
            inner.addWidget(_muted("Nothing: every word of the file is on the page."))
        for piece in document.left_out:
            inner.addWidget(_piece(_KINDS[piece.kind], piece.text))
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName("What was left out")
        close = QPushButton("Close")
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(28, 8, 28, 18)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)


def _facts(document: Document) -> str:
    words = document.word_count()
    parts = [
        document.source.name,
        f"{counted(words, 'word')}, {reading_time(words)}",
        f"{counted(len(document.blocks), 'block')}",
    ]
    return " · ".join(parts)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def _piece(kind: str, text: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 14)
    column.setSpacing(6)
    head = QLabel(kind)
    head.setProperty("role", "heading")
    words = QLabel(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setFont(theme.serif(theme.TYPE_BASE + 1))
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(head)
    column.addWidget(words)
    return frame
