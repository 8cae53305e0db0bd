"""Painting charts: bars, rows and the calendar, in the colours of the theme.

Painted by hand because a plotting library would cost more than it gives: QtCharts is no part of
PySide6-Essentials, others load slowly, and none follows our themes or is read by keyboard.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.study.chart import Chart, ChartForm, Ink, axis, number
from desktop.window import theme
from desktop.window.colours import mixed

_FOOT, _HEAD = 22.0, 10.0  # below and above the bars
_ROW = 28.0  # height of a lying bar with its space
_SHADES = (0.28, 0.5, 0.74, 1.0)


def ink_colour(ink: Ink) -> QColor:
    """Return the colour of what a series is about."""
    c = theme.colours()
    return QColor(
        {
            Ink.NEW: c.kinds["question"],
            Ink.LEARNING: c.accent,
            Ink.RELEARNING: c.warning,
            Ink.YOUNG: mixed(c.card, c.good, 0.55),
            Ink.MATURE: c.good,
            Ink.REST: mixed(c.card, c.muted, 0.5),
            Ink.AGAIN: c.accent,
            Ink.HARD: c.warning,
            Ink.GOOD: c.good,
            Ink.EASY: c.kinds["question"],
            Ink.PLAIN: c.muted,
        }[ink]
    )


class ChartPaint(ABC):
    """Paints one chart into a rectangle and knows where each of its values stands."""

    def __init__(self, chart: Chart, area: QRectF) -> None:
        self.chart, self.area = chart, area
        self.font = theme.sans(theme.TYPE_TINY)
        self.metrics = QFontMetricsF(self.font)

    @abstractmethod
    def place(self, at: int) -> QRectF:
        """Return the place of the value number ``at``."""

    @abstractmethod
    def paint(self, painter: QPainter, current: int | None) -> None:
        """Paint the chart; the value ``current`` is marked."""

    def at(self, point: QPointF) -> int | None:
        """Return the number of the value at a point."""
        for at in range(len(self.chart.labels)):
            if self.place(at).contains(point):
                return at
        return None

    def _begin(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)

    def _text(
        self, painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag, colour: str
    ) -> None:
        painter.setPen(QColor(colour))
        elided = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, elided)

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        """Mark the value that the keys or the pointer have come to."""
        painter.setPen(QPen(QColor(theme.colours().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)


class BarPaint(ChartPaint):
    """Upright bars over a common foot; a line of per cents may go through them."""

    def __init__(self, chart: Chart, area: QRectF) -> None:
        super().__init__(chart, area)
        self._levels = axis(chart.highest or self._highest())
        self._top = self._levels[-1]
        widest = max(self.metrics.horizontalAdvance(number(v)) for v in self._levels)
        right = self.metrics.horizontalAdvance("100 %") + 8 if chart.share else 2
        self._plot = area.adjusted(widest + 10, _HEAD, -right, -_FOOT)
        self._slot = self._plot.width() / max(1, len(chart.labels))

    def place(self, at: int) -> QRectF:
        """Return the strip of a bar."""
        left = self._plot.left() + at * self._slot
        return QRectF(left, self._plot.top(), self._slot, self._plot.height())

    def paint(self, painter: QPainter, current: int | None) -> None:
        """Paint axis, bars, lines and names."""
        self._begin(painter)
        self._paint_axis(painter)
        if current is not None:
            painter.fillRect(self.place(current), QColor(theme.colours().hover))
        bars = self._grouped if self.chart.form is ChartForm.GROUPED else self._stacked
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(len(self.chart.labels)):
            bars(painter, at)
        self._paint_share(painter)
        self._paint_goal(painter)
        self._paint_ticks(painter)
        if current is not None:
            self._mark(painter, self.place(current).adjusted(-2, -2, 2, 2))

    def _highest(self) -> float:
        if self.chart.form is ChartForm.GROUPED:
            return max((v or 0 for s in self.chart.series for v in s.values), default=0)
        return max((self.chart.total(at) for at in range(len(self.chart.labels))), default=0)

    def _y(self, value: float) -> float:
        return self._plot.bottom() - self._plot.height() * min(value / self._top, 1.0)

    def _paint_axis(self, painter: QPainter) -> None:
        c, align = theme.colours(), Qt.AlignmentFlag.AlignRight
        for level in self._levels:
            y = round(self._y(level)) + 0.5
            painter.setPen(QPen(QColor(c.line_strong if level == 0 else c.line), 1))
            painter.drawLine(QLineF(self._plot.left(), y, self._plot.right(), y))
            box = QRectF(self.area.left(), y - 8, self._plot.left() - self.area.left() - 6, 16)
            self._text(painter, box, number(level), align, c.muted)

    def _stacked(self, painter: QPainter, at: int) -> None:
        width = max(1.0, min(self._slot * 0.76, 46))
        left = self.place(at).center().x() - width / 2
        foot = self._plot.bottom()
        for series in self.chart.series:
            value = series.values[at] or 0
            height = self._plot.height() * value / self._top
            if value and height < 1:
                height = 1.0  # a little is not nothing
            painter.setBrush(ink_colour(series.ink))
            painter.drawRect(QRectF(left, foot - height, width, height))
            foot -= height

    def _grouped(self, painter: QPainter, at: int) -> None:
        slot, count = self.place(at), len(self.chart.series)
        width = min(slot.width() * 0.8 / count, 30)
        left = slot.center().x() - width * count / 2
        for number_, series in enumerate(self.chart.series):
            value = series.values[at] or 0
            top = self._y(value)
            painter.setBrush(ink_colour(series.ink))
            x = left + number_ * width
            painter.drawRect(QRectF(x, top, width * 0.88, self._plot.bottom() - top))

    def _paint_share(self, painter: QPainter) -> None:
        share, c = self.chart.share, theme.colours()
        if share is None:
            return
        foot = self._plot.bottom()
        points = [
            QPointF(
                self.place(at).center().x(), self._plot.bottom() - self._plot.height() * v / 100
            )
            for at, v in enumerate(share.values)
            if v is not None
        ]
        painter.setPen(QPen(QColor(c.text), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(c.text))
        for point in points:
            painter.drawEllipse(point, 2, 2)
        for level in (0, 50, 100):
            y = foot - self._plot.height() * level / 100
            box = QRectF(self._plot.right() + 4, y - 8, self.area.right() - self._plot.right(), 16)
            self._text(painter, box, f"{level} %", Qt.AlignmentFlag.AlignLeft, c.muted)

    def _paint_goal(self, painter: QPainter) -> None:
        if self.chart.goal is None:
            return
        y = self._y(self.chart.goal)
        pen = QPen(QColor(theme.colours().text), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(self._plot.left(), y, self._plot.right(), y))

    def _paint_ticks(self, painter: QPainter) -> None:
        free = self.area.left()
        for at, tick in enumerate(self.chart.ticks):
            width = self.metrics.horizontalAdvance(tick) + 2
            middle = self.place(at).center().x()
            left = min(max(middle - width / 2, self.area.left()), self.area.right() - width)
            if tick and left >= free:
                box = QRectF(left, self._plot.bottom() + 4, width, _FOOT - 6)
                align = Qt.AlignmentFlag.AlignHCenter
                self._text(painter, box, tick, align, theme.colours().muted)
                free = left + width + 10


class RowPaint(ChartPaint):
    """Lying bars with their names at the left and a per cent at the right."""

    def place(self, at: int) -> QRectF:
        """Return the row of a bar."""
        return QRectF(self.area.left(), self.area.top() + at * _ROW, self.area.width(), _ROW)

    def paint(self, painter: QPainter, current: int | None) -> None:
        """Paint the rows."""
        self._begin(painter)
        self.font = theme.sans(theme.TYPE_SMALL)
        self.metrics = QFontMetricsF(self.font)
        painter.setFont(self.font)
        c = theme.colours()
        most = max((self.chart.total(at) for at in range(len(self.chart.labels))), default=1) or 1
        names = self.area.width() * 0.34
        for at, label in enumerate(self.chart.labels):
            row = self.place(at)
            if at == current:
                painter.fillRect(row, QColor(c.hover))
            box = QRectF(row.left() + 6, row.top(), names - 12, row.height())
            self._text(painter, box, label, Qt.AlignmentFlag.AlignLeft, c.text)
            room, left = row.width() - names - 60, row.left() + names
            painter.setPen(Qt.PenStyle.NoPen)
            for series in self.chart.series:
                width = room * (series.values[at] or 0) / most
                painter.setBrush(ink_colour(series.ink))
                painter.drawRect(QRectF(left, row.top() + 7, width, row.height() - 14))
                left += width
            if self.chart.share is not None and (value := self.chart.share.values[at]) is not None:
                box = QRectF(left + 8, row.top(), 56, row.height())
                self._text(painter, box, f"{value:.0f} %", Qt.AlignmentFlag.AlignLeft, c.muted)
            if at == current:
                self._mark(painter, row)


class CalendarPaint(ChartPaint):
    """A square for each day, Monday on top; the more there was, the stronger it is."""

    def __init__(self, chart: Chart, area: QRectF) -> None:
        super().__init__(chart, area)
        weeks = -(-len(chart.labels) // 7)
        self._size = min((area.width() - 34) / weeks, (area.height() - 18) / 7)
        self._most = max((v or 0 for v in chart.series[0].values), default=0)

    def place(self, at: int) -> QRectF:
        """Return the square of a day."""
        week, weekday = divmod(at, 7)
        left = self.area.left() + 32 + week * self._size
        return QRectF(left, self.area.top() + 18 + weekday * self._size, self._size, self._size)

    def paint(self, painter: QPainter, current: int | None) -> None:
        """Paint the squares, the months and some days of the week."""
        self._begin(painter)
        c, series = theme.colours(), self.chart.series[0]
        strong = ink_colour(series.ink).name()
        painter.setPen(Qt.PenStyle.NoPen)
        for at, value in enumerate(series.values):
            colour = mixed(c.card, c.line, 0.9)
            if value:
                step = min(int(len(_SHADES) * value / (self._most + 1)), len(_SHADES) - 1)
                colour = mixed(c.card, strong, _SHADES[step])
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(self.place(at).adjusted(1, 1, -1, -1), 2, 2)
        left = Qt.AlignmentFlag.AlignLeft
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
            square = self.place(row)
            box = QRectF(self.area.left(), square.top(), 30, self._size)
            self._text(painter, box, name, left, c.muted)
        for at, month in enumerate(self.chart.ticks):
            if month:
                square = self.place(at)
                box = QRectF(square.left(), self.area.top(), 34, 16)
                if box.right() <= self.area.right() + 6:
                    self._text(painter, box, month, left, c.muted)
        if current is not None:
            self._mark(painter, self.place(current).adjusted(-1, -1, 1, 1))


@dataclass(frozen=True, slots=True)
class Step:
    """Where an arrow key leads: so many values on."""

    across: int
    down: int


STEPS = {
    ChartForm.STACKED: Step(1, 0),
    ChartForm.GROUPED: Step(1, 0),
    ChartForm.ROWS: Step(0, 1),
    ChartForm.CALENDAR: Step(7, 1),
}


def chart_paint(chart: Chart, area: QRectF) -> ChartPaint:
    """Return what paints a chart into ``area``."""
    if chart.form is ChartForm.CALENDAR:
        return CalendarPaint(chart, area)
    return (RowPaint if chart.form is ChartForm.ROWS else BarPaint)(chart, area)


def height_of(chart: Chart) -> int:
    """Return the height that a chart wants."""
    if chart.form is ChartForm.ROWS:
        return int(_ROW * max(1, len(chart.labels))) + 2
    return 150 if chart.form is ChartForm.CALENDAR else 180
