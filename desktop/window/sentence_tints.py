"""A wash of colour behind the sentences that fade from memory, painted over the set text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.window import theme
from desktop.window.page_geometry import PageGeometry

if TYPE_CHECKING:
    from desktop.operations.remembering import SentenceMemory

#: How strong the wash is when nothing is remembered any more, and when little has faded (of 255).
_STRONGEST, _FAINTEST = 52, 18


class SentenceTints:
    """Knows how well the sentences of the page are remembered; those that fade have the wash."""

    def __init__(self) -> None:
        self._fading: list[SentenceMemory] = []

    def set_sentences(self, sentences: Sequence[SentenceMemory]) -> None:
        """Tint other sentences, which come in the order of the text."""
        self._fading = [sentence for sentence in sentences if sentence.fading]

    def paint(self, painter: QPainter, geometry: PageGeometry, blocks: range, shift: float) -> None:
        """Paint the sentences of ``blocks``, ``shift`` pixels scrolled; the less is remembered
        of one, the stronger.
        """
        first = bisect_left(self._fading, blocks.start, key=lambda one: one.span.block)
        painter.setPen(Qt.PenStyle.NoPen)
        for sentence in self._fading[first:]:
            if sentence.span.block >= blocks.stop:
                return
            colour = QColor(theme.colours().warning)
            alpha = _STRONGEST - (_STRONGEST - _FAINTEST) * max(0.0, min(1.0, sentence.share))
            colour.setAlpha(round(alpha))
            painter.setBrush(colour)
            top = geometry.top_of(sentence.span.block) - shift
            for piece in geometry.pieces(sentence.span):
                width, height = piece.right - piece.left, piece.bottom - piece.top
                painter.drawRect(QRectF(piece.left, top + piece.top, width, height))
