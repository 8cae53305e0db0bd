"""What is drawn on the page beside its text: bars at quotations, bullets at list items."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextDocument

from desktop.reading.document import BlockKind
from desktop.window.colours import mixed
from desktop.window.typesetting import Typesetter, numbered

_ORNATE = frozenset({BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE})
_ENDS = ("\u2028",)


def draw_ornaments(
    painter: QPainter, clip: QRect, page: QTextDocument, typesetter: Typesetter, shift: int
) -> None:
    """Draw the ornaments of ``page`` that fall into ``clip``, ``shift`` pixels scrolled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    layout = page.documentLayout()
    for block in typesetter.document.blocks[typesetter.blocks.start : typesetter.blocks.stop]:
        if block.kind not in _ORNATE:
            continue
        set_block = page.findBlockByNumber(block.index - typesetter.blocks.start)
        rect = layout.blockBoundingRect(set_block).translated(0, -shift)
        if rect.bottom() < clip.top() or rect.top() > clip.bottom():
            continue
        if block.kind is BlockKind.QUOTE:
            _draw_bar(painter, _lines_rect(rect, set_block), typesetter)
        elif block.kind is BlockKind.CODE:
            _draw_ground(painter, _lines_rect(rect, set_block), typesetter)
        elif block.kind is BlockKind.TABLE:
            _draw_rules(painter, rect, set_block, typesetter)
        elif not numbered(block):
            _draw_bullet(painter, rect, set_block, typesetter)


def _lines_rect(rect: QRectF, block: QTextBlock) -> QRectF:
    """Return the part of a block that its lines fill: on paper some may begin on the next page."""
    lines = block.layout()
    if not lines.lineCount():
        return rect
    last = lines.lineAt(lines.lineCount() - 1)
    top = rect.top() + lines.lineAt(0).y()
    return QRectF(rect.left(), top, rect.width(), rect.top() + last.y() + last.height() - top)


def _draw_bar(painter: QPainter, rect: QRectF, typesetter: Typesetter) -> None:
    size = typesetter.style.size
    painter.setBrush(QColor(typesetter.colours.accent))
    painter.drawRoundedRect(QRectF(size * 0.2, rect.top() + 2, 3, rect.height() - 4), 1, 1)


def _draw_ground(painter: QPainter, rect: QRectF, typesetter: Typesetter) -> None:
    c, style = typesetter.colours, typesetter.style
    room = 0.45 * style.size
    box = QRectF(0, rect.top() - room, style.width, rect.height() + 2 * room)
    painter.setBrush(QColor(mixed(c.page, c.text, 0.05)))
    painter.drawRoundedRect(box, 6, 6)


def _draw_rules(painter: QPainter, rect: QRectF, block: QTextBlock, typesetter: Typesetter) -> None:
    """Draw a line above and below a table, below its head, and fainter ones between its rows."""
    c, style = typesetter.colours, typesetter.style
    lines = [block.layout().lineAt(at) for at in range(block.layout().lineCount())]
    text = block.text()
    ends = [line for line in lines if text[line.textStart() + line.textLength() - 1] in _ENDS]
    if not ends:
        return
    y = [rect.top() + lines[0].y() - 1.0]
    y += [rect.top() + line.y() + line.height() for line in ends]
    y.append(rect.top() + lines[-1].y() + lines[-1].height() + 1.0)
    for number, at in enumerate(y):
        strong = number in (0, 1, len(y) - 1)
        painter.fillRect(
            QRectF(rect.left(), round(at), style.width, 1),
            QColor(c.line_strong if strong else c.line),
        )


def _draw_bullet(
    painter: QPainter, rect: QRectF, block: QTextBlock, typesetter: Typesetter
) -> None:
    size = typesetter.style.size
    if not block.layout().lineCount():
        return
    line = block.layout().lineAt(0)
    left = block.blockFormat().leftMargin() - size * 0.75
    middle = rect.top() + line.y() + line.ascent() - size * 0.24  # half the height of an x
    painter.setBrush(QColor(typesetter.colours.muted))
    painter.drawEllipse(QPointF(left, middle), size * 0.13, size * 0.13)
