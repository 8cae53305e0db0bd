"""Does a text carry Markdown: throughout, as remnants, or not at all? Told by its content."""

from __future__ import annotations

import re
from enum import Enum

from desktop.reading.front_matter import split_front_matter

_SAMPLE = 200_000

#: More openings of one kind than this in one paragraph are no text, and take a parser minutes.
_MOST_OPENINGS = 2000

#: More marks than this in a text aren't read; a long book has a few thousand.
_MOST_MARKS = 80_000

_ATX = re.compile(r"^#{1,6} +[^\s#].*$", re.M)
_STRONG = re.compile(r"(?<![\w*])\*\*[^\s*](?:[^*\n]{0,200}[^\s*])?\*\*(?![\w*])")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*[^\s*](?:[^*\n]{0,200}[^\s*])?\*(?![\w*])"
    r"|(?<![\w_])_[^\s_](?:[^_\n]{0,200}[^\s_])?_(?![\w_])"
)
_LINK = re.compile(r"!?\[[^\]\n]{1,300}\]\([^()\s]{1,500}(?:\s+\"[^\"\n]*\")?\)")
_ESCAPE = re.compile(r"(?<!\\)\\[$*_#\[\]()&%]")
_FENCE = re.compile(r"^(?:```|~~~)", re.M)
_TABLE = re.compile(r"^\|?[ ]*:?-{3,}:?[ ]*\|[-| :]*$", re.M)
_QUOTE = re.compile(r"^> ?\S", re.M)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:\s", re.M)
_BULLET = re.compile(r"^[-*+] +\S", re.M)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\n]+\)")
_SPARSE_ATX = re.compile(r"(?:\A|\n\n)#{1,6} +[^\s#][^\n]*(?:\n\n|\n?\Z)")


class Markup(Enum):
    """How much Markdown a text carries."""

    NONE = "none"
    REMNANTS = "remnants"
    MARKDOWN = "markdown"


def markup_of(text: str) -> Markup:
    """Decide by the kinds of markup that occur and how often.

    A text written in Markdown shows at least two kinds of block markup, or one several times
    together with inline markup. A heading or some emphasis alone is a remnant.
    """
    sample = text[:_SAMPLE]
    if is_tangled(text):
        return Markup.NONE
    if split_front_matter(sample)[0] or _IMAGE.search(sample):
        return Markup.MARKDOWN
    headings = len(_ATX.findall(sample))
    sparse = len(_SPARSE_ATX.findall(sample))
    blocks = {
        "heading": sparse >= 1,
        "fence": len(_FENCE.findall(sample)) >= 2,
        "table": bool(_TABLE.search(sample)),
        "quote": bool(_QUOTE.search(sample)),
        "note": bool(_NOTE.search(sample)),
        "bullets": len(_BULLET.findall(sample)) >= 2,
    }
    inline = (
        len(_STRONG.findall(sample)) + len(_EMPHASIS.findall(sample))
        + len(_LINK.findall(sample)) + len(_ESCAPE.findall(sample))
    )  # fmt: skip
    kinds = sum(blocks.values())
    if kinds and (kinds >= 2 or (headings >= 2 and sparse >= 2)) and not _wide_indents(sample):
        return Markup.MARKDOWN
    if sparse or inline >= 2 or _LINK.search(sample):
        return Markup.REMNANTS
    return Markup.NONE


def is_tangled(text: str) -> bool:
    """Return whether a text or a paragraph holds so much markup that parsing takes very long."""
    return sum(map(text.count, "[`*_<!~")) > _MOST_MARKS or any(
        max(map(paragraph.count, "[`*_<!~>|")) > _MOST_OPENINGS
        for paragraph in text.split("\n\n")
        if len(paragraph) > _MOST_OPENINGS
    )


def _wide_indents(sample: str) -> bool:
    """Return whether paragraphs are indented so far that Markdown would take them for code."""
    lines = [line for line in sample.split("\n") if line.strip()]
    indented = sum(line.startswith("    ") and line.strip()[:1].isalpha() for line in lines)
    return indented > 0.1 * len(lines)
