"""The strip that shows where in the whole text a term occurs, and where the reader is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.glossary.guard import Place
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.colours import mixed

_HEIGHT = 30
_SIDE = 7  # pixels at both ends, for the frame and the marker
_NEAR = 8  # pixels within which a click means a mention


class PlaceStrip(QWidget):
    """Draws a tick for each mention; a click or Enter goes there, arrow keys choose.

    Emits the number of the mention.
    """

    mention_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._starts = [0]  # of the blocks in the whole text, and its end
        self._kind = "word"
        self._ticks: list[float] = []
        self._current = -1
        self._here: float | None = None

    def show_mentions(self, document: Document, mentions: Sequence[Span], kind: str) -> None:
        """Show where ``mentions`` stand in ``document``."""
        self._starts = [0, *accumulate(len(block.text) + 1 for block in document.blocks)]
        self._kind, self._current = kind, -1
        self._ticks = [self.fraction((span.block, span.start)) for span in mentions]
        self._name()
        self.update()

    def set_current(self, number: int) -> None:
        """Mark the mention that is looked at (-1: none)."""
        self._current = number
        self._name()
        self.update()

    def set_place(self, place: Place) -> None:
        """Show where the reader is."""
        if place[0] < len(self._starts):
            self._here = self.fraction(place)
            self.update()

    def fraction(self, place: Place) -> float:
        """Return where ``place`` stands in the text, 0 at its beginning and 1 at its end."""
        return (self._starts[place[0]] + place[1]) / max(1, self._starts[-1])

    @property
    def ticks(self) -> Sequence[float]:
        """Where the mentions stand, 0..1."""
        return self._ticks

    def x_of(self, fraction: float) -> float:
        """Return where a place in the text stands on the strip."""
        return _SIDE + fraction * (self.width() - 2 * _SIDE)

    def _name(self) -> None:
        total = len(self._ticks)
        text = f"Where it occurs: {total} {'place' if total == 1 else 'places'}"
        if self._current >= 0:
            at = round(100 * self._ticks[self._current])
            text += f"; at {self._current + 1} of {total}, {at} per cent of the text"
        self.setAccessibleName(text)

    def _nearest(self, x: float) -> int | None:
        if not self._ticks:
            return None
        at = bisect_right(self._ticks, (x - _SIDE) / max(1, self.width() - 2 * _SIDE))
        around = [n for n in (at - 1, at) if 0 <= n < len(self._ticks)]
        nearest = min(around, key=lambda n: abs(self.x_of(self._ticks[n]) - x))
        return nearest if abs(self.x_of(self._ticks[nearest]) - x) <= _NEAR else None

    def sizeHint(self) -> QSize:
        """Return a low strip of any width."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text as a line, its mentions as ticks, the reader as a marker."""
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _HEIGHT / 2
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(QColor(c.line_strong), 2))
        painter.drawLine(QPointF(_SIDE, middle), QPointF(self.width() - _SIDE, middle))
        if self._here is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.muted))
            x = self.x_of(self._here)
            painter.drawPolygon([QPointF(x - 4, 27), QPointF(x + 4, 27), QPointF(x, 21)])
        painter.setPen(QPen(QColor(mixed(c.card, c.kinds[self._kind], 0.8)), 2))
        for tick in self._ticks:
            x = round(self.x_of(tick))
            painter.drawLine(QPointF(x, middle - 6), QPointF(x, middle + 5))
        if self._current >= 0:
            painter.setPen(QPen(QColor(c.accent), 4))
            x = round(self.x_of(self._ticks[self._current]))
            painter.drawLine(QPointF(x, middle - 9), QPointF(x, middle + 5))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which mention a click would go to."""
        number = self._nearest(event.position().x())
        text = "" if number is None else f"Mention {number + 1} of {len(self._ticks)}"
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the mention that was clicked."""
        number = self._nearest(event.position().x())
        if number is not None:
            self.mention_wanted.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mention to mention with the arrow keys, Home and End; Enter goes there again."""
        last = len(self._ticks) - 1
        keys = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Return: max(0, self._current),
            Qt.Key.Key_Enter: max(0, self._current),
        }
        number = keys.get(Qt.Key(event.key()))
        if number is None or last < 0:
            super().keyPressEvent(event)
        else:
            self.mention_wanted.emit(number)
