"""Text on a few lines inside painted cards: wrapped, with an ellipsis where it is cut."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

_LEADING = 1.28


def line_height(font: QFont) -> int:
    """Return the distance of two lines in pixels."""
    return round(font.pixelSize() * _LEADING)


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return the lines of ``text`` at ``width`` pixels, at most ``most``, the last one cut."""
    flat = " ".join(text.split())
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        if len(lines) + 1 == most:
            rest = _from_unit(flat, start)
            metrics = QFontMetrics(font)
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(_from_unit(flat, start, length))
    layout.endLayout()
    return lines


def paint_lines(
    painter: QPainter, rect: QRect, text: str, font: QFont, colour: str, most: int
) -> int:
    """Paint ``text`` on at most ``most`` lines from the top of ``rect``; return their height."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    step = line_height(font)
    ascent = QFontMetrics(font).ascent()
    lines = wrapped(text, font, rect.width(), most)
    for number, line in enumerate(lines):
        y = rect.top() + number * step + ascent
        painter.drawText(QPointF(rect.left(), y), line.rstrip())
    return len(lines) * step


def _from_unit(text: str, start: int, length: int | None = None) -> str:
    """Cut ``text`` at offsets in Qt's units (UTF-16)."""
    if text.isascii():
        return text[start:] if length is None else text[start : start + length]
    raw = text.encode("utf-16-le")[2 * start :]
    if length is not None:
        raw = raw[: 2 * length]
    return raw.decode("utf-16-le", errors="ignore")
