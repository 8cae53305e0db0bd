"""A block while it is being put together: its text may still be cut, joined and given a kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.reading.document import Block, BlockKind, LeftOut, Mark, MarkKind, Picture

#: Stands in a draft for a line break that was meant (verse, an address); never in a source,
#: whose line ends are all normalised. A plain ``\n`` is a line end that may just be wrapping.
HARD_BREAK = "\N{LINE SEPARATOR}"


@dataclass(slots=True)
class Draft:
    """One block in the making; the fields are those of ``Block``.

    ``gap`` counts the blank lines above it in the source.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    marks: list[Mark] = field(default_factory=list)
    picture: str | None = None
    gap: int = 1
    anchor: str | None = None
    page: str | None = None
    language: str | None = None

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Replace each ``(start, end, new)`` range, in order and disjoint; marks move along."""
        pieces: list[str] = []
        moves: list[tuple[int, int, int, int]] = []  # old range → new start, new length
        old = new = 0
        for start, end, text in edits:
            pieces += (self.text[old:start], text)
            new += start - old
            moves.append((start, end, new, len(text)))
            new, old = new + len(text), end
        if not moves:
            return
        pieces.append(self.text[old:])
        self.text = "".join(pieces)
        self.marks = moved_marks(self.marks, moves)

    def append(self, other: Draft, glue: str) -> None:
        """Add the text and the marks of ``other`` after ``glue``."""
        shift = len(self.text) + len(glue)
        self.text += glue + other.text
        self.marks += [Mark(m.start + shift, m.end + shift, m.kind, m.target) for m in other.marks]

    def trim(self) -> None:
        """Drop white space at both ends."""
        edits = []
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        if left:
            edits.append((0, left, ""))
        if left < right < len(self.text):
            edits.append((right, len(self.text), ""))
        self.edit(edits)

    def finished(self, index: int) -> Block:
        """Return the block that this draft became."""
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, mark.end, mark.kind)))
        return Block(
            index, self.kind, self.text, self.level, marks, self.picture, self.anchor, self.page,
            self.language,
        )  # fmt: skip


def wholly_marked(draft: Draft, *kinds: MarkKind) -> bool:
    """Return whether one mark of ``kinds`` covers the whole text of a draft."""
    length = len(draft.text.rstrip())
    return any(m.kind in kinds and m.start == 0 and m.end >= length > 0 for m in draft.marks)


def moved_marks(marks: Sequence[Mark], moves: Sequence[tuple[int, int, int, int]]) -> list[Mark]:
    """Return ``marks`` after the edits ``moves`` (old start, old end, new start, new length)."""
    starts = [move[0] for move in moves]

    def place(offset: int) -> int:
        before = bisect_right(starts, offset) - 1
        if before < 0:
            return offset
        start, end, new, length = moves[before]
        return new + min(offset - start, length) if offset < end else offset + new + length - end

    kept = []
    for mark in marks:
        start, end = place(mark.start), place(mark.end)
        if start < end:
            kept.append(Mark(start, end, mark.kind, mark.target))
    return kept


@dataclass(slots=True)
class Reading:
    """What a parser made of a file, before broken paragraphs are mended and the frame is told.

    ``whole``: the source itself says where a paragraph begins and ends, so that nothing is joined
    and no heading is guessed; a line end in a draft is then one that was meant.
    """

    drafts: list[Draft]
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    date: str | None = None
    language: str | None = None
    whole: bool = False
