"""Inline Markdown: emphasis, code, links and pictures of one paragraph → text and marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.reading.document import Mark, MarkKind
from desktop.reading.draft import HARD_BREAK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_OPENS = {"em_open": MarkKind.EMPHASIS, "strong_open": MarkKind.STRONG, "link_open": MarkKind.LINK}
_CLOSES = {"em_close": MarkKind.EMPHASIS, "strong_close": MarkKind.STRONG,
           "link_close": MarkKind.LINK}  # fmt: skip
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)


@dataclass(slots=True)
class Image:
    """A picture that a paragraph shows: where it lies, what it shows, its title."""

    target: str
    text: str
    title: str


@dataclass(slots=True)
class Inline:
    """The text of a paragraph with its marks, its pictures, and what was a comment in it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@functools.cache
def remnant_parser() -> MarkdownIt:
    """Return the parser for plain text with remnants of Markdown: no HTML, no entities."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["entity", "html_inline", "autolink"])


def read_remnants(text: str) -> Inline:
    """Read the inline Markdown of one paragraph of a plain text."""
    return read_inline(remnant_parser().parseInline(text)[0].children or [])


def read_inline(tokens: Sequence[Token]) -> Inline:
    """Turn the inline tokens of a paragraph into its text and marks."""
    inline = Inline()
    pieces: list[str] = []
    length = 0
    open_marks: list[tuple[MarkKind, int, str | None]] = []
    for token in tokens:
        piece = ""
        if token.type in _OPENS:
            target = token.attrGet("href")
            open_marks.append((_OPENS[token.type], length, str(target) if target else None))
        elif token.type in _CLOSES:
            kind, start, target = open_marks.pop()
            if start < length:
                inline.marks.append(Mark(start, length, kind, target))
        elif token.type == "code_inline":
            piece = token.content
            inline.marks.append(Mark(length, length + len(piece), MarkKind.CODE))
        elif token.type == "image":
            inline.images.append(_image(token))
        else:
            piece = _plain_piece(token, inline)
        pieces.append(piece)
        length += len(piece)
    inline.text = "".join(pieces)
    return inline


def _plain_piece(token: Token, inline: Inline) -> str:
    """Return the text of a token that opens and closes nothing."""
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return HARD_BREAK
    if token.type == "html_inline":
        inline.comments += (c.strip() for c in _COMMENT.findall(token.content))
        return HARD_BREAK if _BREAK_TAG.fullmatch(token.content) else ""
    return token.content


def _image(token: Token) -> Image:
    """Return the picture that an image token names; its text is what stands in the brackets."""
    source, title = token.attrGet("src"), token.attrGet("title")
    return Image(str(source or ""), read_inline(token.children or []).text, str(title or ""))
