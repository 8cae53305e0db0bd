"""Rows of words across a page, and the gutters: strips of white that part its columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.reading.layout.words import Word

_LABEL = re.compile(
    r"(?:[-*+•‣◦▪■●○–—·∙]|[(\[]?(?:\d{1,3}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,5})[.)\]:]?)$"
)
_FAR = 1e9

#: A gutter is at least so wide (in type sizes) and has more rows than so few on either side; as
#: many are enough for a wide one.
_NARROWEST = 0.85
_FEWEST_ROWS = 3
_WIDE = 1.5


@dataclass(slots=True)
class Row:
    """Words whose lines overlap in height, from left to right."""

    words: list[Word]
    top: float
    bottom: float

    def add(self, word: Word) -> None:
        """Take a word in."""
        self.words.append(word)
        self.top, self.bottom = min(self.top, word.top), max(self.bottom, word.bottom)


@dataclass(slots=True)
class Gutter:
    """A strip of white between ``left`` and ``right``, over the rows ``first`` to ``last``."""

    left: float
    right: float
    first: int
    last: int
    support: int
    top: float = 0.0
    bottom: float = 0.0

    @property
    def middle(self) -> float:
        """Where a row is cut."""
        return (self.left + self.right) / 2


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Group words into rows by their baselines; an index or exponent goes with its neighbour."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        row = next((row for row in rows[-3:] if _on_line(word, row.words[0])), None)
        if row is None:
            rows.append(Row([word], word.top, word.bottom))
        else:
            row.add(word)
    indices: set[int] = set()
    for place, row in enumerate(rows):
        near = rows[max(0, place - 2) : place] + rows[place + 1 : place + 3]
        for word in list(row.words):
            home = next((other for other in near if _is_index(word, other, indices)), None)
            if home is not None:
                indices.add(id(word))
                row.words.remove(word)
                home.add(word)
    for row in rows:
        row.words.sort(key=lambda word: (word.left, word.order))
    return [row for row in rows if row.words]


def _on_line(word: Word, other: Word) -> bool:
    """Return whether two words stand on one line."""
    return abs(word.baseline - other.baseline) <= 0.3 * min(word.size, other.size)


def _is_index(word: Word, row: Row, indices: set[int]) -> bool:
    """Return whether a small word hangs on, or leads, a larger one of another row.

    An index of that row (of ``indices``, by ``id``) may stand between: one below the other.
    """
    middle = word.baseline - 0.3 * word.size
    for other in row.words:
        size = max(other.size, word.size / 0.85)
        larger = word.size <= 0.85 * other.size
        level = other.top - 0.35 * size <= middle <= other.bottom + 0.1 * size
        if not (larger and level) and id(other) not in indices:
            continue
        hangs = -0.6 * size <= word.left - other.right <= 0.3 * size
        leads = larger and -0.1 * size <= other.left - word.right <= 0.5 * size
        if (hangs or leads) and abs(middle - (other.baseline - 0.3 * other.size)) <= size:
            return True
    return False


def gutters_of(rows: Sequence[Row], size: float) -> list[Gutter]:
    """Return the gutters among the rows; ``size`` is that of the body's type."""
    narrowest = _NARROWEST * size
    active: list[_Strip] = []
    done: list[_Strip] = []
    for place, row in enumerate(rows):
        gaps = _gaps(row, narrowest)
        following: dict[tuple[float, float], _Strip] = {}
        for strip in active:
            grown = False
            for gap in gaps:
                wider = strip.narrowed(gap, place, narrowest)
                if wider is not None:
                    _keep_longest(following, wider)
                    grown = True
            if not grown:
                done.append(strip)
        for gap in gaps:
            if gap.left > -_FAR and gap.right < _FAR:
                _keep_longest(following, _Strip(gap.left, gap.right, place, place, *gap.sides))
        active = sorted(following.values(), key=lambda strip: (strip.first, strip.left))[:200]
    done += active
    found = [strip.gutter(rows, size) for strip in done if strip.is_gutter(size)]
    return _without_contained(found)


@dataclass(frozen=True, slots=True)
class _Gap:
    """White between two words of a row, or beside them; ``sides`` counts text left and right."""

    left: float
    right: float
    sides: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A gutter in the making: how many rows had text on its left, on its right."""

    left: float
    right: float
    first: int
    last: int
    lefts: int
    rights: int

    @property
    def support(self) -> int:
        return min(self.lefts, self.rights)

    def narrowed(self, gap: _Gap, place: int, narrowest: float) -> _Strip | None:
        """Return the strip led on through ``gap``, or None where too little is left of it."""
        left, right = max(self.left, gap.left), min(self.right, gap.right)
        if right - left < narrowest:
            return None
        lefts, rights = gap.sides
        return _Strip(
            left, right, self.first, place, self.lefts + lefts, self.rights + rights,
        )  # fmt: skip

    def is_gutter(self, size: float) -> bool:
        """Return whether enough rows stand on both sides; the fewer, the wider it must be."""
        support = min(self.lefts, self.rights)
        wide = self.right - self.left >= _WIDE * size
        return support > _FEWEST_ROWS or (support == _FEWEST_ROWS and wide)

    def gutter(self, rows: Sequence[Row], size: float) -> Gutter:
        """Return the finished gutter, led on upwards past rows that it does not touch.

        Rows on one side alone at its ends are kept, as a column may be longer than the one beside
        it, unless white parts them from the rest.
        """
        first, last = self.first, self.last
        while first > 0 and all(
            word.right <= self.left + 1 or word.left >= self.right - 1
            for word in rows[first - 1].words
        ):
            first -= 1
        middle = (self.left + self.right) / 2
        lefts = [i for i in range(first, last + 1) if rows[i].words[0].left < middle]
        rights = [i for i in range(first, last + 1) if rows[i].words[-1].right > middle]
        both_from, both_to = max(lefts[0], rights[0]), min(lefts[-1], rights[-1])
        for place in range(both_from, first, -1):
            if rows[place].top - rows[place - 1].bottom > size:
                first = place
                break
        for place in range(both_to, last):
            if rows[place + 1].top - rows[place].bottom > size:
                last = place
                break
        return Gutter(self.left, self.right, first, last, self.support,
                      rows[first].top, rows[last].bottom)  # fmt: skip


def _keep_longest(strips: dict[tuple[float, float], _Strip], strip: _Strip) -> None:
    """Keep the strip unless one of the same width began earlier."""
    key = (round(strip.left, 1), round(strip.right, 1))
    other = strips.get(key)
    if other is None or strip.first < other.first:
        strips[key] = strip


def _gaps(row: Row, narrowest: float) -> list[_Gap]:
    """Return the white of a row: beside its words, and between them where it is wide enough."""
    words = row.words
    gaps = [_Gap(-_FAR, words[0].left, (0, 1))]
    reach = words[0].right
    begins = 0
    for place in range(1, len(words)):
        word = words[place]
        larger = _NARROWEST * max(word.size, words[place - 1].size)
        if word.left - reach >= max(narrowest, larger):
            label = _is_label(words[begins:place])
            gaps.append(_Gap(reach, word.left, (0, 0) if label else (1, 1)))
            begins = place
        reach = max(reach, word.right)
    gaps.append(_Gap(reach, _FAR, (1, 0)))
    return gaps


def _is_label(words: Sequence[Word]) -> bool:
    """Return whether words are but the bullet or the number of a list item."""
    return len(words) == 1 and bool(_LABEL.match(words[0].text))


def _without_contained(gutters: list[Gutter]) -> list[Gutter]:
    """Return the gutters without those that lie within a longer one."""
    kept: list[Gutter] = []
    for gutter in sorted(gutters, key=lambda g: (-(g.last - g.first), -(g.right - g.left))):
        inside = any(
            other.first <= gutter.first and gutter.last <= other.last
            and other.left < gutter.right and gutter.left < other.right
            for other in kept
        )  # fmt: skip
        if not inside:
            kept.append(gutter)
    return kept


def pieces_of(row: Row, cuts: Sequence[float]) -> list[list[Word]]:
    """Return the words of a row, parted at the gutters ``cuts``."""
    pieces: list[list[Word]] = []
    for word, before in zip(row.words, itertools.chain([None], row.words), strict=False):
        parted = before is None or any(
            before.right <= cut + 1 and cut - 1 <= word.left for cut in cuts
        )
        if parted:
            pieces.append([])
        pieces[-1].append(word)
    return pieces
