"""What paragraphs and words are by the names of their styles, as word processors store them."""

from __future__ import annotations

import re

from desktop.reading.document import BlockKind

_LEVELS = 6
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik)\s*([1-9])$")
CONTENTS = re.compile(r"(?:toc|contents)\s*(?:\d|heading)|table of (?:figures|authorities)$")
_CODE = re.compile(r"(?:source ?code|html preformatted|preformatted(?: text)?|code(?: block)?|"
                   r"plain text code|verbatim)$")  # fmt: skip
CODE_WORDS = re.compile(r"(?:verbatim char|html (?:code|keyboard|sample|typewriter)|"
                         r"(?:inline ?)?code(?: char)?|"
    r"source ?text|teletype|example|user entry)$")  # fmt: skip
_QUOTE = re.compile(r"(?:intense |block )?(?:quote|quotations?)$|block text$|epigraph$")
_CAPTION = re.compile(r"(?:\w+ ?)?caption$")
MONOSPACED = re.compile(r"courier|consolas|monospace|menlo|mono\b|lucida console", re.I)


def told_by_name(name: str) -> tuple[BlockKind | None, int | None]:
    """Return what a style is by its name, which Word stores in English for its own styles."""
    heading = _HEADING.match(name)
    if heading:
        return BlockKind.HEADING, min(_LEVELS, int(heading[1]))
    kinds = {"title": BlockKind.TITLE, "subtitle": BlockKind.STANDFIRST,
             "author": BlockKind.BYLINE, "date": BlockKind.BYLINE}  # fmt: skip
    if name in kinds:
        return kinds[name], None
    for pattern, kind in ((_CODE, BlockKind.CODE), (_QUOTE, BlockKind.QUOTE),
                          (_CAPTION, BlockKind.CAPTION)):  # fmt: skip
        if pattern.match(name):
            return kind, None
    return None, None
