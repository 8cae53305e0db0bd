"""A passage of the text as a button that leads to its place."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.reading.document import Span
from desktop.window import theme


class Passage(QPushButton):
    """Shows a quotation; ``marked`` (start, end) is the part of it that matters."""

    def __init__(
        self, text: str, marked: tuple[int, int], tip: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "passage")
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tip = tip
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.serif(theme.TYPE_BASE + 1))
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = label
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text, marked)

    def set_text(self, text: str, marked: tuple[int, int] = (0, 0)) -> None:
        """Show another quotation."""
        start, end = marked
        self.setAccessibleName(f"{text}. {self._tip}")
        self._label.setText(
            f"{escape(text[:start])}<b>{escape(text[start:end])}</b>{escape(text[end:])}"
        )
        self.updateGeometry()

    def set_current(self, current: bool) -> None:
        """Say that this passage is the one on show in the text."""
        if self.property("current") != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)

    def hasHeightForWidth(self) -> bool:
        """Return that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped text at ``width``."""
        return self._column.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        """Return the size that the present width asks for."""
        return QSize(120, self.heightForWidth(max(120, self.width())))


def around(text: str, span: Span, room: int = 64) -> tuple[str, tuple[int, int]]:
    """Return a place in a block with some words before and after it, and where it stands there."""
    start = max(0, span.start - room)
    if start:
        start = text.find(" ", start, span.start) + 1 or span.start
    end = min(len(text), span.end + room)
    if end < len(text):
        found = text.rfind(" ", span.end, end)
        end = found if found > 0 else span.end
    before = ("… " if start else "") + text[start : span.start]
    shown = before + text[span.start : span.end] + text[span.end : end]
    if end < len(text):
        shown += " …"
    return shown, (len(before), len(before) + span.end - span.start)
