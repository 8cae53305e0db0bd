"""The document model: what a file was understood to say, block by block.

Offsets everywhere in Glossator are half-open ranges of Unicode code points into the ``text`` of
one block. A ``Document`` is immutable and independent of the file that it came from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a block is on the page; ``PARAGRAPH`` is the body, the frame has kinds of its own."""

    TITLE = "title"
    KICKER = "kicker"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    CODE = "code"
    TABLE = "table"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    BIO = "bio"
    FOOTNOTE = "footnote"
    FIGURE = "figure"


#: The kinds whose sentences carry the text's own statements; facts come from these alone.
BODY_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.BIO,
     BlockKind.FOOTNOTE}
)  # fmt: skip


class LeftOutKind(StrEnum):
    """Why a piece of the source is not part of the text."""

    ADVERTISEMENT = "advertisement"
    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"


class MarkKind(StrEnum):
    """Inline formatting of a range of a block's text."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in the text of the block with that index."""

    block: int
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Return whether both ranges share at least one character."""
        return self.block == other.block and self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly within this range."""
        return self.block == other.block and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the document and its text to the letter."""

    span: Span
    quote: str

    def to_json(self) -> dict[str, Any]:
        """Return the evidence as the contract's JSON object."""
        span = self.span
        return {"block": span.block, "start": span.start, "end": span.end, "quote": self.quote}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Evidence:
        """Read what ``to_json`` wrote."""
        return cls(Span(data["block"], data["start"], data["end"]), data["quote"])


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline formatting: ``text[start:end]`` is emphasised, a link, and so on."""

    start: int
    end: int
    kind: MarkKind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page; ``level`` is 1–6 for headings and the depth (from 1) of a list item.

    ``picture`` names an entry of ``Document.pictures`` (figures only). A link within the text has
    the target ``#`` + the ``anchor`` of the block that it leads to. ``page`` is the label of the
    page of the source on which the block begins ("37", "xii"). ``language`` is an ISO 639 code
    where it differs from the document's. The cells of a table are parted by tabs, its rows by
    line ends; the item of an ordered list begins with its number ("3. ").
    """

    index: int
    kind: BlockKind
    text: str
    level: int | None = None
    marks: tuple[Mark, ...] = ()
    picture: str | None = None
    anchor: str | None = None
    page: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text: the blocks ``start`` to ``end`` (half-open), from its heading on.

    ``level`` is the heading's, 0 for what stands before the first; ``title`` is then None.
    """

    title: str | None
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the source that is not part of the document, kept so that nothing is lost."""

    kind: LeftOutKind
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that came with the document; never fetched from elsewhere."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document came from: its name, the SHA-256 of its bytes, its format."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: its frame (title, authors, …), its blocks in reading order, the rest."""

    title: str | None
    kicker: str | None
    standfirst: str | None
    authors: tuple[str, ...]
    date: str | None
    language: str
    source: Source
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def text_hash(self) -> str:
        """SHA-256 (hex) of the kinds and texts of all blocks: the key of a cached analysis."""
        digest = hashlib.sha256()
        for block in self.blocks:
            digest.update(f"{block.kind}\x1f{block.text}\x1e".encode())
        return digest.hexdigest()

    @property
    def name(self) -> str:
        """The title, or the file's name where the text has none."""
        return self.title or self.source.name

    def body(self) -> Iterator[Block]:
        """Yield the blocks whose sentences belong to the text itself."""
        return (block for block in self.blocks if block.kind in BODY_KINDS)

    def sections(self) -> tuple[Section, ...]:
        """Return the outline: one section for each heading, in order; none is empty.

        A section ends where the next one begins, of whatever level.
        """
        heads = [block for block in self.blocks if block.kind is BlockKind.HEADING]
        starts = [head.index for head in heads]
        ends = [*starts[1:], len(self.blocks)][: len(starts)]
        found = [
            Section(" ".join(head.text.split()), head.level or 1, head.index, end)
            for head, end in zip(heads, ends, strict=True)
        ]
        first = starts[0] if starts else len(self.blocks)
        return (*([Section(None, 0, 0, first)] if first else []), *found)

    def place_of(self, anchor: str) -> int | None:
        """Return the index of the block that a link to ``#anchor`` leads to."""
        return next((block.index for block in self.blocks if block.anchor == anchor), None)

    def quote(self, span: Span) -> str:
        """Return the text at ``span``."""
        return self.blocks[span.block].text[span.start : span.end]

    def evidence(self, span: Span) -> Evidence:
        """Return ``span`` with its text."""
        return Evidence(span, self.quote(span))

    def word_count(self) -> int:
        """Count the whitespace-separated words of all blocks."""
        return sum(len(block.text.split()) for block in self.blocks)
