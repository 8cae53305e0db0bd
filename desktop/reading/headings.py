"""Headings of a plain text: short lines between paragraphs that are set or worded as one."""

from __future__ import annotations

import re

from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft
from desktop.reading.frame import CHAPTER
from desktop.reading.sentences import ends_sentence, is_upper, starts_sentence

_MOST_WORDS = 12
_FOLLOWING_WORDS = 20
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXL]{1,6}\.|[A-Z]\.)\s+\S")
_NUMERAL = re.compile(r"(?:[IVXLC]{1,7}|\d{1,3})\.?$")
_SMALL = frozenset(
    "a an the of and or in on to for from with by at as but nor vs is it its into over "
    "der die das und oder von zu im in de la le les et du des en el los y del e di il o da".split()
)


def tell_headings(drafts: list[Draft]) -> None:
    """Make headings of the short blocks that are certainly ones; the others stay paragraphs."""
    titled = any(draft.kind is BlockKind.TITLE for draft in drafts)
    told = any(draft.kind is BlockKind.HEADING for draft in drafts)
    for place, draft in enumerate(drafts):
        if draft.kind is not BlockKind.PARAGRAPH or not _leads(drafts, place):
            continue
        level = _level(draft.text, alone=told)
        if level:
            draft.kind, draft.level = BlockKind.HEADING, min(6, level + titled)
    _promote_only_chapter(drafts, titled)


def _leads(drafts: list[Draft], place: int) -> bool:
    """Return whether the block stands after a finished one and before a text or another heading."""
    if place + 1 >= len(drafts):
        return False
    after = drafts[place + 1]
    before = drafts[place - 1] if place else None
    if before is not None and before.kind is BlockKind.PARAGRAPH and before.text[-1:] in ",;-–—:":
        return False
    running = len(after.text.split(None, _FOLLOWING_WORDS)) >= _FOLLOWING_WORDS
    return after.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM,
                          BlockKind.QUOTE} and (running or _level(after.text) > 0)  # fmt: skip


def _level(text: str, *, alone: bool = False) -> int:
    """Return the level of a heading by its wording (1 a chapter, 2 and more sections), or 0."""
    words = text.split(None, _MOST_WORDS + 1)
    if not words or len(words) > _MOST_WORDS or "\n" in text or not starts_sentence(text):
        return 0
    if CHAPTER.match(text):
        return 1
    if text[-1] in ",;:-–—" or text[0] in "\"'“‘„«([" or not any(c.isalpha() for c in text):
        return 0
    if _NUMERAL.fullmatch(text):
        return 1
    if is_upper(text):
        return 1 if len(words) > 1 or len(text) > 3 else 0
    if ends_sentence(text):
        return 0
    if _NUMBERED.match(text):
        return 1 + text.split()[0].rstrip(".").count(".")
    content = [word for word in words if word.lower() not in _SMALL]
    capitals = sum(word[:1].isupper() for word in content)
    return int(not alone and bool(content) and capitals == len(content) and len(words) <= 8)


def _promote_only_chapter(drafts: list[Draft], titled: bool) -> None:
    """Make the one heading of a text that it opens with its title."""
    headings = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    if not titled and len(headings) == 1 and drafts[0] is headings[0]:
        headings[0].kind, headings[0].level = BlockKind.TITLE, None
