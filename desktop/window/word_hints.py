"""Hints above hard words: short glosses in small type in the room between the lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from desktop.glossary.hints import short_gloss
from desktop.glossary.term import TermKind
from desktop.reading.document import Span
from desktop.window import theme
from desktop.window.mention_index import MentionIndex
from desktop.window.page_geometry import PageGeometry
from desktop.window.wording import unsure

#: Kinds that get a hint: what a name stands for is no matter of three words.
_HINTED = frozenset({TermKind.WORD, TermKind.ABBREVIATION})

_SCALE = 0.62
_SMALLEST = 10
_ASCENDERS = 0.74  # how high letters like "d" are, of the ascent of their line
_BETWEEN = 8.0  # pixels between two hints on a line


@dataclass(frozen=True, slots=True)
class Hint:
    """A gloss for a mention; of two that would overlap the one for the harder word stays."""

    span: Span
    text: str
    hardness: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A hint in its place: ``y`` counts from the top of the block to the baseline."""

    x: float
    y: float
    text: str


class WordHints:
    """Sets the hints of a block once and paints those on show."""

    def __init__(self) -> None:
        self._blocks: dict[int, tuple[_Set, ...]] = {}
        self._key: tuple[float, int] = (0.0, 0)
        self._font = QFont()

    def forget(self) -> None:
        """Set all hints anew: other words, another page."""
        self._blocks = {}

    def paint(
        self,
        painter: QPainter,
        geometry: PageGeometry,
        index: MentionIndex,
        blocks: Iterable[int],
        size: float,
        shift: float,
    ) -> None:
        """Paint the hints for the terms of ``index`` in ``blocks`` on a page set in ``size``."""
        key = (geometry.width, hint_size(size))
        if key != self._key:
            self._key = key
            self._font = theme.sans(hint_size(size))
            self.forget()
        painter.setFont(self._font)
        painter.setPen(QColor(theme.colours().muted))
        for block in blocks:
            found = self._blocks.get(block)
            if found is None:
                found = self._blocks[block] = set_hints(
                    hints_in(index, block), geometry, self._font
                )
            if found:
                top = geometry.top_of(block) - shift
                for hint in found:
                    painter.drawText(QPointF(hint.x, top + hint.y), hint.text)


def hint_size(size: float) -> int:
    """Return the size of hints in pixels on a page set in ``size`` pixels."""
    return max(_SMALLEST, round(size * _SCALE))


def hints_in(index: MentionIndex, block: int) -> list[Hint]:
    """Return the hints of a block, one for each word, at its first mention there."""
    hints: dict[int, Hint] = {}
    for span, number in index.in_block(block):
        term = index.terms[number]
        if number in hints or term.kind not in _HINTED or term.definition is None:
            continue
        text = short_gloss(term.definition)
        if text is not None:
            doubt = " ?" if unsure(term.definition) else ""
            hardness = term.importance if term.difficulty is None else term.difficulty
            hints[number] = Hint(span, text + doubt, hardness)
    return list(hints.values())


def set_hints(hints: list[Hint], geometry: PageGeometry, font: QFont) -> tuple[_Set, ...]:
    """Return the hints that have room, the hardest words first; none overlaps another."""
    metrics = QFontMetricsF(font)
    taken: dict[float, list[tuple[float, float]]] = {}
    placed = []
    for hint in sorted(hints, key=lambda hint: (-hint.hardness, hint.span)):
        pieces = geometry.pieces(hint.span)
        width = metrics.horizontalAdvance(hint.text)
        if not pieces or width > geometry.width:
            continue
        piece = pieces[0]
        left = (piece.left + piece.right - width) / 2
        left = max(0.0, min(left, geometry.width - width))
        row = taken.setdefault(piece.baseline, [])
        if any(left < end + _BETWEEN and start < left + width + _BETWEEN for start, end in row):
            continue
        row.append((left, left + width))
        # Letters are lower than their line: the room for accents belongs to the hint.
        y = piece.baseline - _ASCENDERS * (piece.baseline - piece.top) - metrics.descent() * 0.5
        placed.append(_Set(left, y, hint.text))
    return tuple(sorted(placed, key=lambda hint: (hint.y, hint.x)))
