"""What the colours of a chart mean."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.study.chart import Chart, number
from desktop.window import theme
from desktop.window.chart_paint import ink_colour

_BOX, _GAP, _SPACE, _HEIGHT = 10, 6, 16, 18


class ChartLegend(QWidget):
    """A row of names, each with its colour; nothing where there is but one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None

    def show_series(self, chart: Chart) -> None:
        """Name the series of a chart."""
        self._chart = chart
        self.setVisible(bool(self._entries()))
        self.setFixedHeight(_HEIGHT)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the names."""
        painter = QPainter(self)
        self.paint_at(painter, QPointF(0, 0))
        painter.end()

    def paint_at(self, painter: QPainter, place: QPointF) -> None:
        """Paint the names from a place on, also into a picture that is saved."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, c = theme.sans(12), theme.colours()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        x, middle = place.x(), place.y() + _HEIGHT / 2
        for name, colour, line in self._entries():
            if line:
                painter.setPen(QPen(colour, 1.6, line))
                painter.drawLine(QLineF(x, middle, x + _BOX + 4, middle))
                x += 4
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(x, middle - _BOX / 2, _BOX, _BOX), 2, 2)
            width = metrics.horizontalAdvance(name) + 1
            painter.setPen(QColor(c.muted))
            box = QRectF(x + _BOX + _GAP, place.y(), width, _HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            x += _BOX + _GAP + width + _SPACE

    def _entries(self) -> list[tuple[str, QColor, Qt.PenStyle | None]]:
        """Return names with their colours, and the style of those that are lines."""
        if self._chart is None:
            return []
        found: list[tuple[str, QColor, Qt.PenStyle | None]] = [
            (series.name, ink_colour(series.ink), None)
            for series in self._chart.series
            if series.name
        ]
        ink = QColor(theme.colours().text)
        if self._chart.share is not None and self._chart.key != "texts":
            found.append((f"% {self._chart.share.name}", ink, Qt.PenStyle.SolidLine))
        if self._chart.goal is not None:
            found.append((f"{number(self._chart.goal)} % wanted", ink, Qt.PenStyle.DashLine))
        return found
