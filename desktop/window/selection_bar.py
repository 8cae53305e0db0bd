"""The bar that appears at a selection: colours, a note, a card, the dictionary."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.window import theme
from desktop.window.highlight_colours import NAMES, highlight_colour
from desktop.window.icons import IconButton

_GAP = 8


class SelectionBar(QFrame):
    """Floats above the page beside what is selected; takes no focus."""

    colour_wanted = Signal(str)
    note_wanted = Signal()
    card_wanted = Signal()
    look_up_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("hover_card")
        self.setAccessibleName("What to do with the selection")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(2)
        self.colours: dict[str, QToolButton] = {}
        for number, name in enumerate(HIGHLIGHT_COLOURS, 1):
            button = _ColourButton(name, f"{NAMES[name]} highlight ({number})")
            button.clicked.connect(lambda _on=False, n=name: self.colour_wanted.emit(n))
            self.colours[name] = button
            row.addWidget(button)
        self.buttons: dict[str, IconButton] = {}
        for drawing, tip, signal in (
            ("note", "Highlight with a note (A)", self.note_wanted),
            ("add", "New card from the selection (Ctrl+N)", self.card_wanted),
            ("look_up", "Look it up in the dictionary (D)", self.look_up_wanted),
            ("remove", "Remove the highlight", self.remove_wanted),
        ):
            choice = self.buttons[drawing] = IconButton(drawing, tip, size=18)
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            choice.clicked.connect(signal)
            row.addWidget(choice)
        self.hide()

    def show_at(self, first: QRect, last: QRect, *, marked: bool) -> None:
        """Show the bar above what stands from ``first`` to ``last``, or below it.

        What is ``marked`` already can be removed.
        """
        self.buttons["remove"].setVisible(marked)
        self.buttons["look_up"].setVisible(not marked)
        self.adjustSize()
        page = self._page
        x = min(max(8, first.left() - 8), max(8, page.width() - self.width() - 20))
        above = first.top() - _GAP - self.height()
        y = above if above > 4 else last.bottom() + _GAP
        self.move(x, min(y, page.height() - self.height() - 4))
        self.show()
        self.raise_()


class _ColourButton(QToolButton):
    """A disc in the colour of a highlight."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._name = name
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of the disc with room around it."""
        return QSize(28, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disc."""
        colour = highlight_colour(self._name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.underMouse()
        painter.setPen(QPen(QColor(colour.ink), 2.0 if hovered else 1.2))
        painter.setBrush(QColor(colour.ground))
        size = 20 if hovered else 18
        left, top = (self.width() - size) / 2, (self.height() - size) / 2
        painter.drawEllipse(int(left), int(top), size, size)
        if self.isDown():
            painter.setPen(QColor(theme.colours().accent))
        painter.end()
