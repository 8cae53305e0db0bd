"""Where the keys can stop on the page: the terms and links in the text on show."""

from __future__ import annotations

from typing import NamedTuple

from desktop.reading.document import Document, MarkKind, Span
from desktop.window.mention_index import MentionIndex
from desktop.window.page_geometry import PageGeometry

#: A line of which less is on show is not on show.
_LEAST = 8


class Stop(NamedTuple):
    """A mention with its term's index, or a link with its address."""

    span: Span
    term: int
    link: str


def stops_on_show(
    document: Document, index: MentionIndex, geometry: PageGeometry, shift: float, height: float
) -> list[Stop]:
    """Return the stops between ``shift`` and ``height`` pixels below it, in the text's order."""
    stops = []
    for block in geometry.blocks_between(shift, shift + height):
        stops += [Stop(span, term, "") for span, term in index.in_block(block)]
        for mark in document.blocks[block].marks:
            if mark.kind is MarkKind.LINK and mark.target:
                stops.append(Stop(Span(block, mark.start, mark.end), -1, mark.target))
    shown = []
    for stop in stops:
        pieces = geometry.pieces(stop.span)
        if (
            pieces
            and 0 <= geometry.top_of(stop.span.block) + pieces[0].top - shift < height - _LEAST
        ):
            shown.append(stop)
    return sorted(shown)
