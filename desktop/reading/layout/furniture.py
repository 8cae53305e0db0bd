"""Running heads and page numbers: told by their place at the edge of a page, page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop.reading.document import LeftOut, LeftOutKind
from desktop.reading.layout.rows import Row, rows_of
from desktop.reading.layout.words import Page, Word, joined
from desktop.reading.pages import PAGE_NUMBER, head_key

_EDGE_ROWS = 4
_SAME_HEIGHT = 5.0  # points
_LONGEST_HEAD = 120  # characters
_STAMP = re.compile(
    r"https?://|\bwww\.|\bdownloaded\b|©|\bcopyright\b|\ball rights reserved\b|\bdoi:|\bISSN\b",
    re.I,
)


@dataclass(slots=True)
class _Edge:
    """A row at the top or the bottom of a page, and how far it stands from the next one."""

    page: int
    row: Row
    height: float
    top: bool
    apart: float

    @property
    def text(self) -> str:
        return joined(self.row.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.row.words)

    def key(self) -> str:
        """Return what stays the same of it from page to page."""
        return head_key(self.text)


def leave_out_furniture(pages: Sequence[Page], size: float) -> tuple[list[LeftOut], dict[int, str]]:
    """Take the furniture off the pages; return it, and the printed number of each page.

    ``size`` is that of the body's type.
    """
    edges = [_edges(page) for page in pages]
    keys = _repeated([edge for page in edges for edge in page])
    heads = _heights(edges, keys)
    left_out: list[LeftOut] = []
    numbers: dict[int, str] = {}
    for page, own in zip(pages, edges, strict=True):
        for top in (True, False):
            for edge in [edge for edge in own if edge.top == top]:
                kind = _kind(edge, keys, heads, size, single=len(pages) == 1)
                if kind is None:
                    break
                left_out.append(LeftOut(kind, edge.text))
                number = _number(edge)
                if number:
                    numbers.setdefault(page.number, number)
                gone = {id(word) for word in edge.row.words}
                page.words = [word for word in page.words if id(word) not in gone]
    return left_out, numbers


def counted_labels(printed: Mapping[int, str], count: int) -> Callable[[int], str]:
    """Return how to label a page of a document with ``count`` pages.

    Where the numbers printed on pages go along with their places, a page without one is counted.
    """
    offsets = Counter(int(text) - number for number, text in printed.items() if text.isdecimal())
    offset, agreeing = min(offsets.most_common(), key=lambda one: (-one[1], one[0]), default=(1, 0))
    if agreeing < max(2, 0.5 * count) and not agreeing == count == 1:
        offset = 1

    def label(number: int) -> str:
        return str(number + offset) if number + offset > 0 else str(number + 1)

    return label


def _edges(page: Page) -> list[_Edge]:
    """Return the first and the last rows of a page, from its edge inwards."""
    rows = rows_of(page.words)
    found: list[_Edge] = []
    for top in (True, False):
        ordered = rows if top else rows[::-1]
        for place, row in enumerate(ordered[:_EDGE_ROWS]):
            if top is False and any(row is edge.row for edge in found):
                break
            after = ordered[place + 1] if place + 1 < len(ordered) else None
            apart = page.height
            if after is not None:
                apart = after.top - row.bottom if top else row.top - after.bottom
            found.append(_Edge(page.number, row, row.words[0].baseline, top, apart))
    return found


def _repeated(edges: list[_Edge]) -> set[tuple[str, bool, int]]:
    """Return the keys of rows that come at the same height on several pages."""
    counts: Counter[tuple[str, bool, int]] = Counter()
    for edge in edges:
        key = edge.key()
        if key and len(edge.text) <= _LONGEST_HEAD:
            for height in _slots(edge):
                counts[key, edge.top, height] += 1
    return {key for key, count in counts.items() if count >= 2}


def _slots(edge: _Edge) -> tuple[int, int]:
    """Return the two slots of height that a row falls into: neighbours share one."""
    return int(edge.height / _SAME_HEIGHT) * 2, int(edge.height / _SAME_HEIGHT + 0.5) * 2 + 1


def _recurs(edge: _Edge, keys: set[tuple[str, bool, int]]) -> bool:
    key = edge.key()
    return any((key, edge.top, slot) in keys for slot in _slots(edge))


def _heights(edges: list[list[_Edge]], keys: set[tuple[str, bool, int]]) -> set[tuple[bool, int]]:
    """Return the heights at which half of the pages have a number or a repeated row."""
    counts: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for page in edges:
        for edge in page:
            if _number(edge) or _recurs(edge, keys):
                for slot in _slots(edge):
                    counts[edge.top, slot].add(edge.page)
    needed = max(2, 0.4 * len(edges))
    return {place for place, pages in counts.items() if len(pages) >= needed}


def _kind(
    edge: _Edge, keys: set[tuple[str, bool, int]], heads: set[tuple[bool, int]], size: float,
    *, single: bool,
) -> LeftOutKind | None:  # fmt: skip
    """Tell what a row at the edge of a page is; None where it belongs to the text."""
    at_height = any((edge.top, slot) in heads for slot in _slots(edge))
    apart = edge.apart >= 0.9 * edge.size
    if PAGE_NUMBER.match(edge.text) and (at_height or apart):
        return LeftOutKind.PAGE_NUMBER
    if _recurs(edge, keys):
        return LeftOutKind.RUNNING_HEAD
    if len(edge.text) > _LONGEST_HEAD:
        return None
    if apart and not any(c.isalnum() for c in edge.text):
        return LeftOutKind.RUNNING_HEAD  # a rule, an ornament
    if at_height and apart and edge.size <= 1.15 * size:
        return LeftOutKind.RUNNING_HEAD
    small = edge.size <= (1.0 if edge.top else 0.95) * size
    if small and (apart or edge.top) and _STAMP.search(edge.text):
        return LeftOutKind.RUNNING_HEAD
    if apart and edge.size <= 1.15 * size and _numbered_at_side(edge) and (single or edge.top):
        return LeftOutKind.RUNNING_HEAD
    return None


def _number(edge: _Edge) -> str | None:
    """Return the number of the page that a row shows: all of it, or set apart at one side."""
    match = PAGE_NUMBER.match(edge.text)
    if match:
        return match[1]
    words = edge.row.words
    return next((word.text for word in _at_sides(words) if word.text.isdecimal()), None)


def _numbered_at_side(edge: _Edge) -> bool:
    """Return whether a number stands apart at the left or the right of a row."""
    return any(word.text.isdecimal() for word in _at_sides(edge.row.words))


def _at_sides(words: list[Word]) -> list[Word]:
    """Return the first and the last word of a row where white parts them from the rest."""
    if len(words) < 2:
        return []
    found = []
    if words[1].left - words[0].right > 1.0 * words[0].size:
        found.append(words[0])
    if words[-1].left - words[-2].right > 1.0 * words[-1].size:
        found.append(words[-1])
    return found
