"""The marks of the terms in the set text: quiet underlines that are links."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from desktop.glossary.term import Term
from desktop.reading.document import BlockKind, Document, MarkKind, Span
from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.typesetting import Typesetter

TERM_SCHEME = "term:"

#: Marks stand in running text; a headline with underlines is no headline.
_MARKED_KINDS = frozenset(BlockKind) - {
    BlockKind.TITLE, BlockKind.KICKER, BlockKind.CREDIT, BlockKind.FIGURE, BlockKind.BYLINE,
}  # fmt: skip

_MARK_PROPERTIES = (
    QTextFormat.Property.IsAnchor,
    QTextFormat.Property.AnchorHref,
    QTextFormat.Property.TextUnderlineStyle,
    QTextFormat.Property.TextUnderlineColor,
    QTextFormat.Property.FontUnderline,
)


class TermMarks:
    """Which term stands where, without overlaps: the longer mention wins."""

    def __init__(self) -> None:
        self.terms: tuple[Term, ...] = ()
        self._marked: list[tuple[Span, int]] = []
        self._keys: list[tuple[int, int]] = []

    def apply(self, target: QTextDocument, typesetter: Typesetter, *, visible: bool) -> None:
        """Mark the terms in ``target`` in one edit, in place of the marks it has."""
        c = theme.colours()
        document = typesetter.document
        wanted = _without_overlaps(document, self.terms) if visible else []
        cursor = QTextCursor(target)
        cursor.beginEditBlock()
        for block in sorted({span.block for span, _index in self._marked}):
            _unmark(cursor, typesetter.position(block, 0))
        for span, index in wanted:
            start, end = typesetter.range_of(span)
            form = QTextCharFormat()
            form.setAnchor(True)
            form.setAnchorHref(f"{TERM_SCHEME}{index}")
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(QColor(mixed(c.page, c.kinds[self.terms[index].kind], 0.6)))
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)
        cursor.endEditBlock()
        self._marked = wanted
        self._keys = [(span.block, span.start) for span, _index in wanted]

    def term_at(self, block: int, offset: int) -> int | None:
        """Return the index of the term marked at a place."""
        found = self._mark_at(block, offset)
        return found[1] if found else None

    def mention_at(self, block: int, offset: int) -> Span | None:
        """Return the marked mention at a place."""
        found = self._mark_at(block, offset)
        return found[0] if found else None

    def _mark_at(self, block: int, offset: int) -> tuple[Span, int] | None:
        number = bisect_right(self._keys, (block, offset)) - 1
        if number < 0:
            return None
        span, index = self._marked[number]
        return (span, index) if span.block == block and offset <= span.end else None

    def index_of(self, address: str) -> int | None:
        """Return the index of the term that an anchor of the page stands for."""
        number = address.removeprefix(TERM_SCHEME)
        if address == number or not number.isdigit() or int(number) >= len(self.terms):
            return None
        return int(number)


def _without_overlaps(document: Document, terms: tuple[Term, ...]) -> list[tuple[Span, int]]:
    """Return the mentions to mark in the order of the text."""
    mentions = [
        (span, index)
        for index, term in enumerate(terms)
        for span in term.mentions
        if span.block < len(document.blocks) and document.blocks[span.block].kind in _MARKED_KINDS
    ]
    mentions.sort(key=lambda pair: (pair[0].block, pair[0].start - pair[0].end, pair[0].start))
    taken: dict[int, list[Span]] = {}
    for block in document.blocks:
        taken[block.index] = [
            Span(block.index, mark.start, mark.end)
            for mark in block.marks
            if mark.kind is MarkKind.LINK
        ]
    kept = []
    for span, index in mentions:
        if not any(span.overlaps(other) for other in taken[span.block]):
            taken[span.block].append(span)
            kept.append((span, index))
    return sorted(kept)


def _unmark(cursor: QTextCursor, position: int) -> None:
    """Take the marks from a block, fragment by fragment: the rest of each format stays."""
    fragments = cursor.document().findBlock(position).begin()
    marked = []
    while not fragments.atEnd():
        fragment = fragments.fragment()
        form = fragment.charFormat()
        if form.anchorHref().startswith(TERM_SCHEME):
            marked.append((fragment.position(), fragment.length(), form))
        fragments += 1
    for start, length, form in marked:
        for name in _MARK_PROPERTIES:
            form.clearProperty(name.value)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)
