"""A document in chapters: the runs of blocks that are set on one page, one after the other.

A short text is one chapter. A longer one is cut at its uppermost headings, what is still too long
at the lower ones, and what has no headings between blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from desktop.reading.document import Block, BlockKind, Document

#: Letters in a chapter, at most, unless one block alone has more; some 6,500 words.
MOST_LETTERS = 40_000

#: A part title or a dedication stands before what follows, not alone.
_LEAST_LETTERS = 800


def chapters_of(document: Document, most: int = MOST_LETTERS) -> tuple[range, ...]:
    """Return the chapters of ``document`` in order, as ranges of the indices of its blocks."""
    blocks = document.blocks
    if not blocks:
        return ()
    return tuple(_joined(list(_cut(blocks, range(len(blocks)), 0, most)), blocks, most))


def title_of(document: Document, chapter: range) -> str | None:
    """Return the title of the first heading in ``chapter``."""
    for block in document.blocks[chapter.start : chapter.stop]:
        if block.kind is BlockKind.HEADING:
            return " ".join(block.text.split())
    return None


def _cut(blocks: tuple[Block, ...], part: range, above: int, most: int) -> Iterator[range]:
    if _letters(blocks, part) <= most:
        yield part
        return
    levels = {_level(blocks[at]) for at in part} - {None}
    lower = [level for level in levels if level is not None and level > above]
    if not lower:
        yield from _cut_anywhere(blocks, part, most)
        return
    level = min(lower)
    heads = [at for at in part if _level(blocks[at]) == level and at > part.start]
    for start, stop in pairwise([part.start, *heads, part.stop]):
        yield from _cut(blocks, range(start, stop), level, most)


def _cut_anywhere(blocks: tuple[Block, ...], part: range, most: int) -> Iterator[range]:
    start, letters = part.start, 0
    for at in part:
        length = len(blocks[at].text)
        if letters and letters + length > most:
            yield range(start, at)
            start, letters = at, 0
        letters += length
    yield range(start, part.stop)


def _joined(parts: list[range], blocks: tuple[Block, ...], most: int) -> Iterator[range]:
    """Join what is too short to stand alone with what follows it."""
    held: range | None = None
    for part in parts:
        if held is not None:
            both = range(held.start, part.stop)
            if _letters(blocks, both) <= most:
                part = both
            else:
                yield held
        held = part if _letters(blocks, part) < _LEAST_LETTERS else None
        if held is None:
            yield part
    if held is not None:
        yield held


def _level(block: Block) -> int | None:
    return (block.level or 1) if block.kind is BlockKind.HEADING else None


def _letters(blocks: tuple[Block, ...], part: range) -> int:
    return sum(len(blocks[at].text) for at in part)
