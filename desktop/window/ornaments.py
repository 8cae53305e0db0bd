"""What is drawn on the page beside its text: bars at quotations, bullets at list items."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextDocument

from desktop.reading.document import BlockKind
from desktop.window import theme
from desktop.window.typesetting import Typesetter, numbered


def draw_ornaments(
    painter: QPainter, clip: QRect, page: QTextDocument, typesetter: Typesetter, shift: int
) -> None:
    """Draw the ornaments of ``page`` that fall into ``clip``, ``shift`` pixels scrolled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    layout = page.documentLayout()
    for block in typesetter.document.blocks[typesetter.blocks.start : typesetter.blocks.stop]:
        if block.kind not in (BlockKind.QUOTE, BlockKind.LIST_ITEM):
            continue
        set_block = page.findBlock(typesetter.position(block.index, 0))
        rect = layout.blockBoundingRect(set_block).translated(0, -shift)
        if rect.bottom() < clip.top() or rect.top() > clip.bottom():
            continue
        if block.kind is BlockKind.QUOTE:
            _draw_bar(painter, rect, typesetter.style.size)
        elif not numbered(block):
            _draw_bullet(painter, rect, set_block, typesetter.style.size)


def _draw_bar(painter: QPainter, rect: QRectF, size: float) -> None:
    painter.setBrush(QColor(theme.colours().accent))
    painter.drawRoundedRect(QRectF(size * 0.2, rect.top() + 2, 3, rect.height() - 4), 1, 1)


def _draw_bullet(painter: QPainter, rect: QRectF, block: QTextBlock, size: float) -> None:
    if not block.layout().lineCount():
        return
    line = block.layout().lineAt(0)
    left = block.blockFormat().leftMargin() - size * 0.75
    middle = rect.top() + line.y() + line.ascent() - size * 0.24  # half the height of an x
    painter.setBrush(QColor(theme.colours().muted))
    painter.drawEllipse(QPointF(left, middle), size * 0.13, size * 0.13)
