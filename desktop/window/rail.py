"""The rail at the left: where one can be, and the menu."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QVBoxLayout, QWidget

from desktop.window import theme
from desktop.window.icons import IconButton, app_icon


class Page(IntEnum):
    """The places of the window."""

    LIBRARY = 0
    READ = 1
    CARDS = 2
    STUDY = 3
    STATISTICS = 4
    BROWSE = 5


_PLACES = (
    (Page.LIBRARY, "library", "Library", "Ctrl+1"),
    (Page.READ, "read", "Read", "Ctrl+2"),
    (Page.CARDS, "cards", "Cards", "Ctrl+3"),
    (Page.STUDY, "study", "Study", "Ctrl+4"),
    (Page.BROWSE, "browse", "Browse", "B"),
    (Page.STATISTICS, "statistics", "Statistics", "T"),
)


class Rail(QWidget):
    """Emits the page that was chosen; the buttons at its foot are given by the window."""

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(80)
        self._group = QButtonGroup(self)
        self._buttons: dict[Page, _RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 12)
        column.setSpacing(6)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(34, 34), 2.0))
        mark.setAccessibleName("Glossator")
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        for page, name, text, keys in _PLACES:
            button = _RailButton(name, text)
            button.setToolTip(f"{text} ({keys})")
            button.clicked.connect(lambda _on=False, p=page: self.page_chosen.emit(int(p)))
            self._group.addButton(button)
            self._buttons[page] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.foot = QVBoxLayout()
        self.foot.setSpacing(4)
        column.addLayout(self.foot)

    def set_page(self, page: Page) -> None:
        """Show where the reader is."""
        self._buttons[page].setChecked(True)

    def set_due(self, number: int) -> None:
        """Show how many cards wait."""
        self._buttons[Page.STUDY].set_badge(number)


class _RailButton(IconButton):
    """A place with its name below its icon, and a number where something waits."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, size=24)
        self._badge = 0
        self._text = text
        self.setText(text)
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_badge(self, number: int) -> None:
        """Show ``number``, or nothing for 0."""
        self._badge = number
        self.setAccessibleName(f"{self._text}, {number} cards wait" if number else self._text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and its number."""
        super().paintEvent(event)
        if not self._badge:
            return
        c = theme.colours()
        text = str(self._badge) if self._badge < 1000 else "999+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sans(11, weight=QFont.Weight.DemiBold))
        width = max(17, painter.fontMetrics().horizontalAdvance(text) + 9)
        left = min(self.width() // 2 + 5, self.width() - width - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(left, 3, width, 17, 8.5, 8.5)
        painter.setPen(QColor(c.on_accent))
        painter.drawText(left, 3, width, 17, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
