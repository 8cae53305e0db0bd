"""Where the words of a set page stand: the lines under and over them, in pixels of the page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QTextDocument, QTextLine

from desktop.reading.document import Span
from desktop.window.typesetting import Typesetter


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that stands on one line; ``top`` and ``bottom`` are those of its font.

    The vertical measures count from the top of the block.
    """

    left: float
    right: float
    top: float
    baseline: float
    bottom: float


class PageGeometry:
    """Answers for one set page; what was measured is kept as long as the page is as wide."""

    def __init__(self, page: QTextDocument, typesetter: Typesetter) -> None:
        self._page = page
        self._typesetter = typesetter
        self._width = -1.0
        self._pieces: dict[Span, tuple[Piece, ...]] = {}

    @property
    def width(self) -> float:
        """The width of the lines in pixels."""
        return self._page.textWidth()

    def blocks_between(self, top: float, bottom: float) -> range:
        """Return the indices of the blocks that stand between two heights of the page."""
        blocks = self._typesetter.blocks
        first = bisect_right(blocks, top, key=self.top_of) - 1
        last = bisect_right(blocks, bottom, key=self.top_of)
        return blocks[max(0, first) : last + 1]  # a hint stands above its block's first line

    def top_of(self, block: int) -> float:
        """Return where a block begins."""
        set_block = self._page.findBlockByNumber(block - self._typesetter.blocks.start)
        return self._page.documentLayout().blockBoundingRect(set_block).top()

    def pieces(self, span: Span) -> tuple[Piece, ...]:
        """Return where ``span`` stands, a piece for each of its lines."""
        if self._width != self.width:
            self._width = self.width
            self._pieces = {}
        found = self._pieces.get(span)
        if found is None:
            found = self._pieces[span] = self._measure(span)
        return found

    def _measure(self, span: Span) -> tuple[Piece, ...]:
        if span.block not in self._typesetter.blocks:
            return ()  # it stands in another chapter
        number = span.block - self._typesetter.blocks.start
        layout = self._page.findBlockByNumber(number).layout()
        begin = self._typesetter.position(span.block, 0)
        start, end = (at - begin for at in self._typesetter.range_of(span))
        pieces = []
        line = layout.lineForTextPosition(start)
        while line.isValid() and line.textStart() < end:
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if last < end and self._page.characterAt(begin + last - 1) == " ":
                last -= 1  # the space at the end of a line is not seen
            left, right = sorted((_x(line, first), _x(line, last)))
            baseline = line.y() + line.ascent()
            pieces.append(Piece(left, right, line.y(), baseline, baseline + line.descent()))
            if line.lineNumber() + 1 >= layout.lineCount():
                break
            line = layout.lineAt(line.lineNumber() + 1)
        return tuple(pieces)


def _x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # with the position, in some versions
    return float(found[0] if isinstance(found, tuple) else found)
