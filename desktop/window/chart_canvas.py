"""The picture of a chart, walked by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.study.chart import Chart
from desktop.window.chart_paint import STEPS, chart_paint, height_of


class ChartCanvas(QWidget):
    """The picture; arrow keys walk from value to value, and each is told in words."""

    told = Signal(str)
    table_wanted = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chart: Chart | None = None
        self.current: int | None = None

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, or other numbers of the same."""
        self._chart = chart
        self.current = None
        self.setAccessibleName(f"{chart.title}. {chart.summary}")
        self.setFixedHeight(height_of(chart))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the chart wants."""
        return QSize(400, height_of(self._chart) if self._chart else 180)

    def go(self, at: int | None) -> None:
        """Go to a value and tell it; to none with ``None``."""
        if self._chart is None or at == self.current:
            return
        count = len(self._chart.labels)
        self.current = None if at is None or not count else min(max(at, 0), count - 1)
        words = self._chart.summary
        if self.current is not None:
            words = self._chart.words(self.current)
            self.setAccessibleDescription(words)
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
        self.told.emit(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart."""
        if self._chart is not None:
            painter = QPainter(self)
            chart_paint(self._chart, QRectF(self.rect())).paint(painter, self.current)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the values; Enter shows the table, Escape leaves the value."""
        if self._chart is None:
            return
        step, key = STEPS[self._chart.form], event.key()
        ways = {
            Qt.Key.Key_Right: step.across or step.down,
            Qt.Key.Key_Left: -(step.across or step.down),
            Qt.Key.Key_Down: step.down or step.across,
            Qt.Key.Key_Up: -(step.down or step.across),
        }
        last = len(self._chart.labels) - 1
        if key in ways:
            start = last if step.across == 7 else 0
            self.go(start if self.current is None else self.current + ways[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.table_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.current is not None:
            self.go(None)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the value below the pointer."""
        self._point(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keys at the value that was clicked."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell the whole again when the pointer leaves, unless the keys are here."""
        if not self.hasFocus():
            self.go(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into view with the keys."""
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the value with the keys."""
        super().focusOutEvent(event)
        self.go(None)

    def _point(self, place: QPointF) -> None:
        if self._chart is not None:
            self.go(chart_paint(self._chart, QRectF(self.rect())).at(place))
