"""A place in a text by its words and those around it, so that it is found again when they change.

The quote with its context is the TextQuoteSelector of the W3C's Web Annotation Data Model; block
and offset say where it stood. What can't be told from another place, or isn't there any more, is
not found: a mark in the wrong place is worse than one that is told to be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from desktop.reading.document import Document, Span

#: A block and an offset in code points.
Place = tuple[int, int]

CONTEXT = 64  # letters on either side of a quote


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote (empty: a point), what stood around it, and where it began."""

    exact: str
    prefix: str
    suffix: str
    block: int
    start: int

    @property
    def place(self) -> Place:
        """Where it began when it was made."""
        return self.block, self.start

    def to_json(self) -> dict[str, Any]:
        """Return the anchor as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Anchor:
        """Read what ``to_json`` wrote."""
        exact, prefix, suffix = (str(data[key]) for key in ("exact", "prefix", "suffix"))
        return cls(exact, prefix, suffix, int(data["block"]), int(data["start"]))


def anchor_of(document: Document, first: Place, last: Place | None = None) -> Anchor:
    """Return the anchor of what lies between two places of a text, or of the point ``first``.

    Blocks are parted by line ends.
    """
    last = first if last is None else last
    return Anchor(
        _between(document, first, last), _before(document, first), _after(document, last), *first
    )


def places_of(document: Document, anchors: Iterable[Anchor]) -> Iterator[tuple[Span, ...] | None]:
    """Yield where each quote stands, a span for each block; ``None``: it is lost."""
    from desktop.reading.anchor_search import AnchorSearch

    search = None
    for anchor in anchors:
        spans = _unmoved(document, anchor)
        if spans is None:
            search = search or AnchorSearch(document)
            spans = search.find(anchor)
        yield spans


def points_of(document: Document, anchors: Iterable[Anchor]) -> Iterator[Place | None]:
    """Yield where each point is; ``None``: it is lost."""
    from desktop.reading.anchor_search import AnchorSearch

    search = None
    for anchor in anchors:
        unmoved = anchor.block < len(document.blocks) and (
            anchor_of(document, anchor.place) == anchor
        )
        if unmoved:
            yield anchor.place
        else:
            search = search or AnchorSearch(document)
            yield search.find_point(anchor)


def moved_places(old: Document, new: Document, places: Iterable[Place]) -> Iterator[Place]:
    """Yield for each place of ``old`` where it is in ``new``; what is lost, by its share."""
    from desktop.reading.anchor_search import AnchorSearch

    here, there = AnchorSearch(old), AnchorSearch(new)
    for place in places:
        found = there.find_point(anchor_of(old, place))
        yield there.place_at(here.share_of(place)) if found is None else found


def _unmoved(document: Document, anchor: Anchor) -> tuple[Span, ...] | None:
    """Return the spans of a quote that stands where it stood, in the same surroundings."""
    if not 0 <= anchor.block < len(document.blocks):
        return None
    spans, start, left = [], anchor.start, len(anchor.exact)
    for block in document.blocks[anchor.block :]:
        end = min(len(block.text), start + left)
        if start < end:
            spans.append(Span(block.index, start, end))
        left -= end - start
        if left <= 0:
            break
        start, left = 0, left - 1  # the line end between two blocks
    if not spans or anchor_of(document, anchor.place, (spans[-1].block, spans[-1].end)) != anchor:
        return None
    return tuple(spans)


def _between(document: Document, first: Place, last: Place) -> str:
    parts = [block.text for block in document.blocks[first[0] : last[0] + 1]]
    parts[-1] = parts[-1][: last[1]]
    parts[0] = parts[0][first[1] :]
    return "\n".join(parts)


def _before(document: Document, place: Place) -> str:
    block, text = place[0], document.blocks[place[0]].text[: place[1]]
    while len(text) < CONTEXT and block > 0:
        block -= 1
        text = f"{document.blocks[block].text}\n{text}"
    return text[-CONTEXT:]


def _after(document: Document, place: Place) -> str:
    block, text = place[0], document.blocks[place[0]].text[place[1] :]
    while len(text) < CONTEXT and block + 1 < len(document.blocks):
        block += 1
        text += f"\n{document.blocks[block].text}"
    return text[:CONTEXT]
