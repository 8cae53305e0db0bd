"""Which term stands where in a text, without overlaps: the longer mention wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from desktop.glossary.term import Term
from desktop.reading.document import BlockKind, Document, MarkKind, Span

#: Marks stand in running text; a headline with underlines is no headline.
_MARKED_KINDS = frozenset(BlockKind) - {
    BlockKind.TITLE, BlockKind.KICKER, BlockKind.CREDIT, BlockKind.FIGURE, BlockKind.BYLINE,
}  # fmt: skip

#: A mention and the index of its term in the glossary.
Mention = tuple[Span, int]


class MentionIndex:
    """The mentions by block; a block's overlaps are settled when it is first asked for."""

    def __init__(self, document: Document | None = None, terms: Sequence[Term] = ()) -> None:
        self._document = document
        self.terms = tuple(terms)
        self._shown: Callable[[int], bool] = lambda _index: True
        self._raw: defaultdict[int, list[Mention]] = defaultdict(list)
        self._settled: dict[int, tuple[Mention, ...]] = {}
        for index, term in enumerate(self.terms):
            for span in term.mentions:
                self._raw[span.block].append((span, index))

    def choose(self, shown: Callable[[int], bool]) -> None:
        """Keep the terms alone of whose index ``shown`` is true."""
        self._shown = shown
        self._settled = {}

    def in_block(self, block: int) -> tuple[Mention, ...]:
        """Return the mentions of a block in the order of the text."""
        found = self._settled.get(block)
        if found is None:
            found = self._settled[block] = self._settle(block)
        return found

    def at(self, block: int, offset: int) -> Mention | None:
        """Return the mention at a place."""
        for mention in self.in_block(block):
            if mention[0].start <= offset <= mention[0].end:
                return mention
        return None

    def mentions_in(self, blocks: range) -> list[Mention]:
        """Return all mentions in ``blocks`` in the order of the text, chosen or not."""
        return [mention for block in blocks for mention in sorted(self._raw.get(block, ()))]

    def _settle(self, block: int) -> tuple[Mention, ...]:
        document = self._document
        if document is None or block >= len(document.blocks):
            return ()
        if document.blocks[block].kind not in _MARKED_KINDS:
            return ()
        links = (mark for mark in document.blocks[block].marks if mark.kind is MarkKind.LINK)
        taken = [Span(block, mark.start, mark.end) for mark in links]
        mentions = [mention for mention in self._raw.get(block, ()) if self._shown(mention[1])]
        mentions.sort(key=lambda mention: (mention[0].start - mention[0].end, mention[0].start))
        kept = []
        for span, index in mentions:
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                kept.append((span, index))
        return tuple(sorted(kept))
