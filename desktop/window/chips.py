"""Chips: the coloured word for a kind, and buttons that filter by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.flow_layout import FlowLayout

CHIP_HEIGHT = 20
_PADDING = 8


def chip_font() -> QFont:
    """Return the face of the chips."""
    return theme.sans(12, weight=QFont.Weight.DemiBold)


def chip_width(text: str) -> int:
    """Return the width in pixels of a chip with ``text``."""
    return QFontMetrics(chip_font()).horizontalAdvance(text) + 2 * _PADDING


def chip_ground(kind: str) -> str:
    """Return the colour that a chip of ``kind`` stands on."""
    c = theme.colours()
    return mixed(c.card, c.kinds[kind], 0.11 if not c.dark else 0.16)


def paint_chip(painter: QPainter, rect: QRect, kind: str, text: str) -> None:
    """Paint the chip of ``kind`` with ``text`` into ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip_ground(kind)))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(theme.colours().kinds[kind]))
    painter.setFont(chip_font())
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KindChip(QWidget):
    """Shows one kind as a coloured chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._text = "word", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: str, text: str) -> None:
        """Show ``text`` in the colour of ``kind``."""
        self._kind, self._text = kind, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the chip."""
        return QSize(chip_width(self._text), CHIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._kind, self._text)
        painter.end()


class FilterChips(QWidget):
    """A row of chips, one for each kind that occurs; at most one is switched on."""

    chosen = Signal(object)  # the kind, or None for all

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str | None, QToolButton] = {}
        flow = FlowLayout(self, spacing=6)
        everything: tuple[tuple[str | None, str], ...] = ((None, "All"), *names.items())
        for kind, name in everything:
            button = QToolButton()
            button.setProperty("role", "chip")
            button.setProperty("name", name)
            button.setText(name)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _on, k=kind: self.choose(k))
            self._buttons[kind] = button
            flow.addWidget(button)
        self.kind: str | None = None
        self._buttons[None].setChecked(True)

    def set_counts(self, kinds: Iterable[str]) -> None:
        """Show how often each kind occurs; those that don't are hidden."""
        counts: dict[str, int] = {}
        total = 0
        for kind in kinds:
            counts[kind] = counts.get(kind, 0) + 1
            total += 1
        for shown, button in self._buttons.items():
            number = total if shown is None else counts.get(shown, 0)
            button.setText(f"{button.property('name')} {number}")
            button.setAccessibleName(f"{button.property('name')}, {number}")
            button.setVisible(shown is None or number > 0)
        if self.kind is not None and not counts.get(self.kind):
            self.choose(None)

    def choose(self, kind: str | None) -> None:
        """Switch the chip of ``kind`` on; the one that is on already goes off."""
        self.kind = None if kind == self.kind else kind
        for name, button in self._buttons.items():
            button.setChecked(name == self.kind)
        self.chosen.emit(self.kind)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the chips out again when their face changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
