"""Plain text → drafts, with what remnants of Markdown it carries."""

from __future__ import annotations

import re

from desktop.reading.document import BlockKind
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.inline import read_remnants
from desktop.reading.pages import Line, read_lines
from desktop.reading.wrapping import Paragraph, paragraphs

_ATX = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?$")
_BULLET = re.compile(r"[-*+•‣◦▪]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s+\S")
_QUOTED = re.compile(r"(?:^|(?<=[\n" + HARD_BREAK + r"]))(?:>[ \t]?)+")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_MOST_LINES = 120_000  # a book of a million words has fewer
_MARKUP_CHARACTERS = frozenset("*_[`\\~")


def read_plain_text(text: str, *, remnants: bool) -> Reading:
    """Read a plain text; with ``remnants``, emphasis, links, escapes and ``#`` headings count."""
    if text.count("\n") > _MOST_LINES:
        return _read_long(text)
    lines, left_out = read_lines(text)
    drafts = [_draft(paragraph, remnants) for paragraph in _without_atx(lines, remnants)]
    _tell_list_items(drafts)
    return Reading(drafts, left_out)


def _read_long(text: str) -> Reading:
    """Read a text of which no line can be looked at closely: paragraphs end at blank lines."""
    pieces = (" ".join(piece.split()) for piece in _BLANK_LINES.split(text))
    drafts = [Draft(BlockKind.PARAGRAPH, piece) for piece in pieces if piece]
    reading = Reading(drafts, whole=True)
    reading.warnings.append(
        "The text has so many lines that none was mended; its paragraphs end at blank lines."
    )
    return reading


def _without_atx(lines: list[Line], remnants: bool) -> list[Paragraph]:
    """Group the lines into paragraphs; a ``#`` heading is always one of its own."""
    if not remnants:
        return paragraphs(lines)
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if _ATX.match(line.text):
            line.blanks = max(1, line.blanks)
            if after is not None:
                after.blanks = max(1, after.blanks)
    return paragraphs(lines)


def _draft(paragraph: Paragraph, remnants: bool) -> Draft:
    """Return the paragraph as a draft, its inline markup read."""
    if HARD_BREAK in paragraph.text and _is_table(paragraph.text.split(HARD_BREAK)):
        return Draft(BlockKind.TABLE, paragraph.text.replace(HARD_BREAK, "\n"))
    draft = Draft(BlockKind.PARAGRAPH, paragraph.text, gap=paragraph.blanks)
    if all(line.text.startswith(">") for line in paragraph.lines):
        draft.kind = BlockKind.QUOTE
        draft.edit([(m.start(), m.end(), "") for m in _QUOTED.finditer(draft.text)])
    if not remnants:
        return draft
    heading = _ATX.fullmatch(paragraph.text)
    if heading:
        draft.kind, draft.level = BlockKind.HEADING, len(heading[1])
        draft.text = heading[2]
    if _MARKUP_CHARACTERS & set(draft.text) or "](" in draft.text:
        inline = read_remnants(draft.text)
        if not inline.images:
            draft.text, draft.marks = inline.text, inline.marks
    return draft


def _is_table(lines: list[str]) -> bool:
    """Return whether lines are the rows of a table: the same number of tabs in each."""
    return lines[0].count("\t") > 0 and len({line.count("\t") for line in lines}) == 1


def _tell_list_items(drafts: list[Draft]) -> None:
    """Make neighbouring paragraphs with a bullet or a number items of a list."""
    for pattern in (_BULLET, _NUMBERED):
        hits = [d.kind is BlockKind.PARAGRAPH and HARD_BREAK not in d.text
                and bool(pattern.match(d.text)) for d in drafts]  # fmt: skip
        for place, draft in enumerate(drafts):
            beside = hits[place - 1 : place] + hits[place + 1 : place + 2]
            if not hits[place] or not any(beside):
                continue
            draft.kind, draft.level = BlockKind.LIST_ITEM, 1
            bullet = _BULLET.match(draft.text)
            if bullet:
                draft.edit([(0, bullet.end(), "")])
