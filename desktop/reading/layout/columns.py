"""Rows and gutters → the lines of a page in reading order, column by column.

The page is cut along its longest gutter: what stands above comes first, then its left side, its
right side, what stands below; each part again by the gutters within it. Within a column the order
of the file is kept where it runs downwards, so that a formula stays as it was written; otherwise
the places decide.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.reading.layout.initials import with_initials_joined
from desktop.reading.layout.rows import Gutter, gutters_of, pieces_of, rows_of
from desktop.reading.layout.words import Line, Word, line_of

_DEEPEST = 40  # cuts within cuts


@dataclass(slots=True)
class Column:
    """Lines that follow one another in one column; ``cells`` holds rows of a table instead."""

    lines: list[Line]
    left: float
    right: float
    cells: list[list[Line]] | None = None

    @property
    def top(self) -> float:
        """Where its first line begins."""
        return min(line.top for line in self.all_lines())

    @property
    def bottom(self) -> float:
        """Where its last line ends."""
        return max(line.bottom for line in self.all_lines())

    def all_lines(self) -> list[Line]:
        """Return its lines, those of a table's cells too."""
        if self.cells is not None:
            return [line for row in self.cells for line in row]
        return self.lines


def columns_of(words: Sequence[Word], size: float, page: int) -> list[Column]:
    """Return the columns of a page in reading order; ``size`` is that of the body's type."""
    rows = rows_of(with_initials_joined(words, size))
    gutters = gutters_of(rows, size)
    pieces = [
        line_of(piece, page)
        for place, row in enumerate(rows)
        for piece in pieces_of(row, [g.middle for g in gutters if g.first <= place <= g.last])
    ]
    return list(_parts(pieces, gutters, size, 0))


def _parts(
    pieces: list[Line], gutters: Sequence[Gutter], size: float, depth: int
) -> Iterator[Column]:
    """Yield the columns of a part of the page."""
    if not pieces:
        return
    gutter = _longest(pieces, gutters) if depth < _DEEPEST else None
    if gutter is None:
        yield _column(pieces, size)
        return
    others = [other for other in gutters if other is not gutter]
    beside, above, below = _along(pieces, gutter)
    yield from _parts(above, others, size, depth + 1)
    table = _table(beside, gutter, size)
    if table is not None:
        yield table
    else:
        left = [line for line in beside if line.right <= gutter.middle]
        right = [line for line in beside if line.right > gutter.middle]
        yield from _parts(left, others, size, depth + 1)
        yield from _parts(right, others, size, depth + 1)
    yield from _parts(below, others, size, depth + 1)


def _longest(pieces: list[Line], gutters: Sequence[Gutter]) -> Gutter | None:
    """Return the gutter with the most lines on its poorer side within a part of the page."""
    best, most = None, (0, 0.0)
    for gutter in gutters:
        beside, _, _ = _along(pieces, gutter)
        left = sum(line.right <= gutter.middle for line in beside)
        score = (min(left, len(beside) - left), gutter.right - gutter.left)
        if score[0] and score > most:
            best, most = gutter, score
    return best


def _along(pieces: list[Line], gutter: Gutter) -> tuple[list[Line], list[Line], list[Line]]:
    """Return what stands beside a gutter, above it and below it."""
    beside: list[Line] = []
    above: list[Line] = []
    below: list[Line] = []
    for line in pieces:
        middle = (line.top + line.bottom) / 2
        crosses = line.left < gutter.middle - 1 and line.right > gutter.middle + 1
        if middle < gutter.top or (crosses and middle < (gutter.top + gutter.bottom) / 2):
            above.append(line)
        elif middle > gutter.bottom or crosses:
            below.append(line)
        else:
            beside.append(line)
    return beside, above, below


def _column(pieces: list[Line], size: float) -> Column:
    """Return pieces without a gutter between them as one column."""
    left = min(line.left for line in pieces)
    right = max(line.right for line in pieces)
    ordered = sorted(pieces, key=lambda line: (line.baseline, line.left))
    if _runs_down(sorted(pieces, key=lambda line: line.order), size):
        ordered = sorted(pieces, key=lambda line: line.order)
    return Column(ordered, left, right)


def _runs_down(lines: list[Line], size: float) -> bool:
    """Return whether lines in the order of the file go down the page.

    Steps back are small, as within a formula, and never onto what stands above the same place.
    """
    for before, line in itertools.pairwise(lines):
        step = before.baseline - line.baseline
        over = line.left < before.right and before.left < line.right
        if step > 2.5 * size or (step > 0.8 * line.size and over):
            return False
    return True


_CELL_WORDS, _NUMBERED_CELL_WORDS, _LONGEST_CELL = 3, 4, 12
_FEWEST_TABLE_ROWS = 3


def _table(beside: list[Line], gutter: Gutter, size: float) -> Column | None:
    """Return what stands beside a gutter as a table, if it reads as one: short cells in rows."""
    rows = _grouped(beside, size)
    full = [row for row in rows if len(row) > 1]
    if len(full) < _FEWEST_TABLE_ROWS or len(full) < 0.6 * len(rows):
        return None
    for side in (False, True):
        cells = [line for line in beside if (line.left >= gutter.middle) == side]
        words = sorted(len(cell.words) for cell in cells)
        numbers = sum(any(c.isdigit() for c in cell.text) for cell in cells)
        most = _NUMBERED_CELL_WORDS if numbers >= 0.4 * len(cells) else _CELL_WORDS
        if not cells or median(words) > most or words[int(0.9 * (len(words) - 1))] > _LONGEST_CELL:
            return None
    ordered = [sorted(row, key=lambda line: line.left) for row in rows]
    left = min(line.left for line in beside)
    right = max(line.right for line in beside)
    return Column([], left, right, ordered)


def _grouped(lines: list[Line], size: float) -> list[list[Line]]:
    """Return lines that stand beside each other in rows."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.left)):
        if rows and abs(line.baseline - rows[-1][0].baseline) <= 0.4 * size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
