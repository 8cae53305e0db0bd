"""The right margin of the text: a sign at each highlight with a note, a ribbon at each bookmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.reading.document import Span
from desktop.window import theme
from desktop.window.highlight_colours import highlight_colour
from desktop.window.messages import elide

if TYPE_CHECKING:
    from desktop.window.highlight_layer import HighlightLayer
    from desktop.window.set_page import SetPage

_WIDTH, _AWAY, _SIGN = 18, 6, 13


class MarkMargin(QWidget):
    """A strip beside a page; a click on the sign of a note opens it."""

    note_wanted = Signal(int)  # id of the highlight

    def __init__(self, page: SetPage, layer: HighlightLayer) -> None:
        super().__init__(page)
        self.setAccessibleName("Notes and bookmarks in the text")
        self.setMouseTracking(True)
        self._page, self._layer = page, layer
        self._painted: object = None
        page.viewport().installEventFilter(self)
        page.verticalScrollBar().valueChanged.connect(self.update)
        layer.changed.connect(self.update)

    def signs(self) -> list[tuple[int | None, QRectF]]:
        """Return the signs on show: the id of a note's highlight (``None``: a bookmark), where."""
        geometry = self._page.page_geometry
        if geometry is None:
            return []
        shift = self._page.verticalScrollBar().value()
        blocks = geometry.blocks_between(shift, shift + self.height())
        places = [(None, place) for _id, place in self._layer.bookmarks]
        noted = [one for one in self._layer.passages if one.highlight.note and one.spans]
        places += [
            (one.highlight.id, (one.spans[0].block, one.spans[0].start))  # type: ignore[misc]
            for one in noted
            if one.spans
        ]
        found: list[tuple[int | None, QRectF]] = []
        taken: set[int] = set()
        for name, (block, offset) in places:
            if block not in blocks:
                continue
            pieces = geometry.pieces(Span(block, offset, offset + 1))
            first = pieces[0] if pieces else None
            line = (first.top, first.baseline) if first else (0.0, 16.0)
            middle = geometry.top_of(block) - shift + line[1] - (line[1] - line[0]) * 0.32
            while round(middle) // 4 in taken:  # two in one line stand below each other
                middle += _SIGN + 2
            taken.add(round(middle) // 4)
            found.append((name, QRectF(1, middle - _SIGN / 2, _SIGN, _SIGN)))
        return found

    def place(self) -> None:
        """Stand at the right of the text."""
        view: QRect = self._page.viewport().geometry()
        self.setGeometry(view.right() + _AWAY, view.top(), _WIDTH, view.height())

    def _at(self, y: float) -> int | None:
        return next((n for n, box in self.signs() if n and box.top() <= y <= box.bottom()), None)

    # -- Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page: its size, and what is painted of it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.place()
        elif event.type() == QEvent.Type.Paint and self._painted != self._seen():
            self.update()
        return super().eventFilter(watched, event)

    def _seen(self) -> object:
        geometry = self._page.page_geometry
        return id(geometry), geometry.width if geometry else 0, theme.colours().name

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs on show."""
        self._painted = self._seen()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for name, box in self.signs():
            passage = self._layer.passage(name)
            if passage is None:
                painter.setBrush(QColor(theme.colours().accent))
                painter.drawPolygon(_ribbon(box))
            else:
                painter.setBrush(QColor(highlight_colour(passage.highlight.colour).ink))
                painter.drawPath(_bubble(box))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say what a sign stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            passage = self._layer.passage(self._at(event.pos().y()))
            if passage is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), elide(passage.highlight.note, 300), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a note can be clicked."""
        found = self._at(event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the note that was clicked."""
        found = self._at(event.position().y())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.note_wanted.emit(found)


def _ribbon(box: QRectF) -> QPolygonF:
    left, right = box.left() + 2, box.left() + 11
    top, bottom = box.top() - 1, box.bottom() + 3
    points = ((left, top), (right, top), (right, bottom), ((left + right) / 2, bottom - 4))
    return QPolygonF([QPointF(*point) for point in (*points, (left, bottom))])


def _bubble(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    body = box.adjusted(0, 1, 0, -3)
    path.addRoundedRect(body, 3, 3)
    tail = QPolygonF(
        [
            QPointF(body.left() + 3, body.bottom() - 1),
            QPointF(body.left() + 3, body.bottom() + 3),
            QPointF(body.left() + 7, body.bottom() - 1),
        ]
    )
    path.addPolygon(tail)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
