"""What is lit up on a page: sentences, mentions, and the places that a search found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.reading.document import Span
from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.typesetting import Typesetter

_MOST_HITS = 1_000  # marked in a chapter


def selections(
    page: QTextDocument,
    typesetter: Typesetter,
    lit: Sequence[tuple[Span, bool]],
    hits: Sequence[Span],
) -> list[QTextEdit.ExtraSelection]:
    """Return the lights of the chapter on ``page``: ``lit`` (is it evidence?) over ``hits``."""
    c, blocks = theme.colours(), typesetter.blocks
    first = bisect_left(hits, Span(blocks.start, 0, 0))
    last = bisect_left(hits, Span(blocks.stop, 0, 0))
    quiet = mixed(c.page, c.found, 0.45)
    coloured = [(hit, quiet) for hit in hits[first:last][:_MOST_HITS]]
    coloured += [(span, c.evidence if evidence else c.found) for span, evidence in lit]
    found = []
    for span, colour in coloured:
        if span.block not in blocks:
            continue
        selection = QTextEdit.ExtraSelection()
        start, end = typesetter.range_of(span)
        cursor = QTextCursor(page)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format.setBackground(QColor(colour))
        found.append(selection)
    return found
