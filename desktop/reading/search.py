"""Search for words in one document: every place, in the order of the text."""

from __future__ import annotations

import re

from desktop.reading.document import BlockKind, Document, Span

#: More places than this are not listed; who searches for "e" wants none of them.
MOST = 5_000
_QUOTES = {"'": "['’‘ʼ]", '"': '["“”„«»]', "-": "[-\u2010\u2011–—]"}


def find_words(
    document: Document, words: str, most: int = MOST, blocks: range | None = None
) -> list[Span]:
    """Return where ``words`` occur in ``blocks``, capitals or not; at most ``most`` places.

    Any space stands for any run of spaces, a straight quote or hyphen for every form of it.
    """
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(_pattern(part) for part in parts), re.IGNORECASE)
    found: list[Span] = []
    if blocks is None:
        blocks = range(len(document.blocks))
    for block in document.blocks[blocks.start : blocks.stop]:
        if block.kind is BlockKind.FIGURE and block.picture is not None:
            continue  # its words are not on the page
        for match in pattern.finditer(block.text):
            found.append(Span(block.index, match.start(), match.end()))
            if len(found) >= most:
                return found
    return found


def _pattern(part: str) -> str:
    # A soft hyphen within a word is no part of how it is written.
    return "\u00ad?".join(_QUOTES.get(letter, re.escape(letter)) for letter in part)
