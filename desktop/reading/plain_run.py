"""The text of a document as one run, spelled alike, with the way back to blocks and offsets.

Two readings of the same words differ in quotes, dashes, spaces and soft hyphens; so these are
made alike before anything is looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from desktop.reading.anchor import Place
from desktop.reading.document import Span

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\n\r\t\x0b\x0c\u2028\u2029\u00a0\u2007\u2009\u200a\u202f", " "),
        **dict.fromkeys("‘’‚‛ʼ′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u2010\u2011‒–—―−", "-"),
    }
)
_DROPPED = re.compile("[\u00ad\u200b\u2060\ufeff]+|(?<= ) +")


class PlainRun:
    """The blocks one after another; positions in it are ``at``, places are block and offset."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._starts: list[int] = []
        length = 0
        for text in texts:
            self._starts.append(length)
            length += len(text) + 1
        self._lengths = [len(text) for text in texts]
        self.source = "\n".join(texts)
        alike = self.source.translate(_ALIKE)
        # Where something was dropped: its position in the run, and how much up to and with it.
        self._cuts: list[int] = []
        self._cut_sources: list[int] = []
        self._dropped: list[int] = []
        pieces, begin, dropped = [], 0, 0
        for match in _DROPPED.finditer(alike):
            pieces.append(alike[begin : match.start()])
            self._cuts.append(match.start() - dropped)
            self._cut_sources.append(match.start())
            dropped += len(match.group())
            self._dropped.append(dropped)
            begin = match.end()
        pieces.append(alike[begin:])
        self.text = "".join(pieces)

    def at(self, place: Place) -> int:
        """Return the position of a place; one beyond the text is brought back into it."""
        if not self._starts:
            return 0
        block = min(max(0, place[0]), len(self._starts) - 1)
        source = self._starts[block] + min(max(0, place[1]), self._lengths[block])
        before = bisect_right(self._cut_sources, source - 1)
        if not before:
            return source
        # Within what was dropped, the position is that after it.
        return max(source - self._dropped[before - 1], self._cuts[before - 1])

    def place(self, at: int, *, ends: bool = False) -> Place:
        """Return the place of a position; with ``ends`` it is the end of what stands before."""
        if not self._starts:
            return 0, 0
        before = bisect_right(self._cuts, at - 1 if ends else at)
        source = at + (self._dropped[before - 1] if before else 0)
        block = bisect_right(self._starts, source) - 1
        offset = min(source - self._starts[block], self._lengths[block])
        if ends and offset == 0 and block and self._lengths[block]:
            return block - 1, self._lengths[block - 1]
        return block, offset

    def end_of(self, block: int) -> int:
        """Return the length of a block as it is written."""
        return self._lengths[block]

    def spans(self, first: Place, last: Place) -> tuple[Span, ...]:
        """Return what lies between two places, a span for each block that has some of it."""
        found = []
        for block in range(first[0], last[0] + 1):
            start = first[1] if block == first[0] else 0
            end = last[1] if block == last[0] else self._lengths[block]
            if start < end:
                found.append(Span(block, start, end))
        return tuple(found)


def spelled_alike(text: str) -> str:
    """Return a piece of text as a run has it."""
    return _DROPPED.sub("", text.translate(_ALIKE))
