"""A card's curve of forgetting, painted: how it faded and was learnt anew, and how it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.operations.marking import CardInfo
from desktop.window import theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 14, 12, 26
_STEPS = 240  # points of the curve


class ForgettingCurve(QWidget):
    """Paints the probability of remembering over time; the part after now is dashed."""

    def __init__(self, info: CardInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(120)
        self.setMaximumHeight(220)
        self.setAccessibleName(self._in_words())

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(560, 210)

    @property
    def _span(self) -> tuple[datetime, datetime]:
        """From the first answer to some time after the card is due, and after now."""
        first = self._info.history[0].reviewed_at
        last = max(self._info.now, self._info.card.due or self._info.now)
        return first, last + max((last - first) * 0.12, timedelta(hours=6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scales and the curve."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours()
        painter.setFont(theme.sans(12))
        if not self._info.history:
            painter.setPen(QColor(c.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No answer yet")
            return
        self._paint_scales(painter)
        first, last = self._span
        now = self._info.now
        for begin, end, dashed in ((first, now, False), (now, last, True)):
            pen = QPen(QColor(c.accent), 2.0)
            if dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(self._points(begin, end)))
        painter.setPen(QPen(QColor(c.muted), 1.0))
        at = self._x(now)
        painter.drawLine(QPointF(at, _TOP), QPointF(at, self.height() - _BOTTOM))

    def _paint_scales(self, painter: QPainter) -> None:
        c = theme.colours()
        low = self._lowest()
        metrics = QFontMetricsF(painter.font())
        for percent in range(round(low * 100), 101, 10 if low >= 0.5 else 20):
            y = self._y(percent / 100)
            painter.setPen(QPen(QColor(c.line), 1.0))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(QColor(c.muted))
            box = QRectF(0, y - metrics.height() / 2, _LEFT - 8, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{percent} %")
        y = self._y(self._info.desired_retention)
        painter.setPen(QPen(QColor(c.good), 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
        first, last = self._span
        base = self.height() - _BOTTOM + 6
        painter.setPen(QColor(c.muted))
        marks = [(first, _date(first)), (self._info.now, "now"), (last, _date(last))]
        right = float("-inf")
        for moment, text in marks:
            width = metrics.horizontalAdvance(text)
            left = min(max(self._x(moment) - width / 2, _LEFT), self.width() - _RIGHT - width)
            if left > right + 6:
                painter.drawText(QPointF(left, base + metrics.ascent()), text)
                right = left + width

    def _points(self, begin: datetime, end: datetime) -> list[QPointF]:
        moments = {begin + (end - begin) * (step / _STEPS) for step in range(_STEPS + 1)}
        for review in self._info.history:  # the curve jumps up at each answer
            if begin <= review.reviewed_at <= end:
                moments |= {review.reviewed_at - timedelta(milliseconds=1), review.reviewed_at}
        found = []
        for moment in sorted(moments):
            share = self._info.remembered_at(moment)
            if share is not None:
                found.append(QPointF(self._x(moment), self._y(share)))
        return found

    def _lowest(self) -> float:
        first, last = self._span
        moments = [first + (last - first) * (step / 60) for step in range(61)]
        shares = [self._info.remembered_at(moment) for moment in moments]
        least = min([share for share in shares if share is not None] + [0.9])
        return max(int(least * 10) / 10, 0.0)

    def _x(self, moment: datetime) -> float:
        first, last = self._span
        return _LEFT + (moment - first) / (last - first) * (self.width() - _LEFT - _RIGHT)

    def _y(self, share: float) -> float:
        low = self._lowest()
        height = self.height() - _TOP - _BOTTOM
        return _TOP + (1 - (share - low) / max(1 - low, 0.05)) * height

    def _in_words(self) -> str:
        share = self._info.retrievability
        if share is None:
            return "Curve of forgetting: no answer yet"
        return f"Curve of forgetting: remembered now with {share:.0%}"


def _date(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y}"
