"""What a paragraph is on its page: heading, caption, footnote, item of a list, code, or body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading.document import BlockKind
from desktop.reading.frame import FIGURE_LABEL
from desktop.reading.layout.paragraphs import BULLET, NUMBERED, Paragraph, Setting
from desktop.reading.layout.words import PlacedPicture
from desktop.reading.sentences import ends_sentence, starts_lower

#: How much larger than the body a heading is set, and how much smaller a note or a caption.
_LARGER, _MUCH_LARGER, _SMALLER = 1.1, 1.6, 0.93
_HEADING_WORDS, _HEADING_LINES = 22, 4
_CAPTION_WORDS, _CAPTION_LETTERS = 90, 8
_CODE_LINES = 2

#: What a footnote begins with: its number, or a sign.
NOTE_MARK = re.compile(r"(\d{1,3}|[*∗†‡§¶#]{1,3}|[a-z](?=\s))[.)]?\s*(?=[^\W\d_]|[\"'“‘„«(\[])")


def tell_kinds(
    columns: Sequence[Sequence[Paragraph]], setting: Setting, pictures: Sequence[PlacedPicture],
    titles: frozenset[str],
) -> list[BlockKind]:  # fmt: skip
    """Return the kind of each paragraph of one page, column after column.

    ``titles`` are the headings that the outline of the document names, without white space.
    """
    kinds: list[BlockKind] = []
    for paragraphs in columns:
        notes = _notes_from(paragraphs, columns, setting)
        for place, paragraph in enumerate(paragraphs):
            if place >= notes:
                kinds.append(BlockKind.FOOTNOTE)
                continue
            near = [*paragraphs[max(0, place - 1) : place], *paragraphs[place + 1 : place + 2]]
            kinds.append(_kind(paragraph, near, setting, pictures, titles))
    return kinds


def squeezed(text: str) -> str:
    """Return a heading as it is compared with the outline: letters and digits alone."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _notes_from(
    paragraphs: Sequence[Paragraph], columns: Sequence[Sequence[Paragraph]], setting: Setting
) -> int:
    """Return from which paragraph of a column on there are but footnotes at the foot."""
    start = len(paragraphs)
    while start > 0 and _is_small(paragraphs[start - 1], setting):
        start -= 1
    if start == len(paragraphs):
        return start
    body = [p for column in columns for p in column if _is_body(p, setting)]
    if not body or (start == 0 and not _below(paragraphs[0], body)):
        return len(paragraphs)
    if not _reaches_foot(paragraphs[-1], body) or (start and _leads(paragraphs[start - 1])):
        return len(paragraphs)
    # What is small above the first mark, set apart from the notes, is a caption or a table.
    marked = [place for place in range(start, len(paragraphs))
              if NOTE_MARK.match(paragraphs[place].text)
              and not FIGURE_LABEL.match(paragraphs[place].text)]  # fmt: skip
    if marked:
        return marked[0]
    labelled = any(FIGURE_LABEL.match(p.text) for p in paragraphs[start:])
    return len(paragraphs) if labelled else start


def _leads(paragraph: Paragraph) -> bool:
    """Return whether a paragraph reads like the heading of a list of works: one or two words."""
    return len(paragraph.text.split()) <= 3 and paragraph.text[-1:].isalpha()


def _is_small(paragraph: Paragraph, setting: Setting) -> bool:
    return paragraph.size <= _SMALLER * setting.size


def _is_body(paragraph: Paragraph, setting: Setting) -> bool:
    return abs(paragraph.size - setting.size) <= 0.06 * setting.size


def _below(paragraph: Paragraph, body: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph stands below all of the body that is above or beside it."""
    return all(p.lines[-1].baseline < paragraph.lines[0].baseline for p in body)


def _reaches_foot(paragraph: Paragraph, body: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph ends as low on the page as any of the body."""
    return paragraph.lines[-1].baseline >= max(p.lines[-1].baseline for p in body) - 2


def _kind(
    paragraph: Paragraph, near: Sequence[Paragraph], setting: Setting,
    pictures: Sequence[PlacedPicture], titles: frozenset[str],
) -> BlockKind:  # fmt: skip
    """Tell the kind of a paragraph that is no footnote."""
    text = paragraph.text
    if FIGURE_LABEL.match(text):
        return BlockKind.CAPTION
    if _is_heading(paragraph, setting, titles):
        return BlockKind.HEADING
    if not setting.fixed and _is_code(paragraph):
        return BlockKind.CODE
    if BULLET.match(text) and (text[0] not in "-–—*·" or _has_sibling(paragraph, near)):
        return BlockKind.LIST_ITEM
    if NUMBERED.match(text) and _has_sibling(paragraph, near):
        return BlockKind.LIST_ITEM
    if _is_small(paragraph, setting) and len(text.split()) <= _CAPTION_WORDS:
        between = len(near) == 2 and all(not _is_small(p, setting) for p in near)
        told = sum(c.isalpha() for c in text) >= _CAPTION_LETTERS
        if told and (between or _beside_picture(paragraph, pictures)):
            return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def _has_sibling(paragraph: Paragraph, near: Sequence[Paragraph]) -> bool:
    pattern = BULLET if BULLET.match(paragraph.text) else NUMBERED
    return any(pattern.match(p.text) for p in near)


def _is_heading(paragraph: Paragraph, setting: Setting, titles: frozenset[str]) -> bool:
    """Return whether a paragraph is set as a heading: larger or bolder than the body, and short."""
    text = paragraph.text
    words = len(text.split())
    if len(paragraph.lines) > _HEADING_LINES or words > _HEADING_WORDS or paragraph.verse:
        return False
    letters = sum(c.isalpha() for c in text)
    if letters < 2 or letters < 0.5 * len(text.replace(" ", "")):
        return False
    if squeezed(text) in titles:
        return True
    ratio = paragraph.size / setting.size
    if starts_lower(text) or text.rstrip()[-1] in ",;":
        return False
    if ratio >= _LARGER:
        return ratio >= _MUCH_LARGER or not (ends_sentence(text) and words > 12)
    bold = all(line.bold for line in paragraph.lines)
    sentence = ends_sentence(text) and words > 6
    return bold and ratio >= _SMALLER and words <= 16 and not sentence


def _is_code(paragraph: Paragraph) -> bool:
    words = [word for line in paragraph.lines for word in line.words]
    return len(paragraph.lines) >= _CODE_LINES and all(word.fixed for word in words)


def _beside_picture(paragraph: Paragraph, pictures: Sequence[PlacedPicture]) -> bool:
    """Return whether a picture stands right above or below a paragraph."""
    top, bottom = paragraph.lines[0].top, paragraph.lines[-1].bottom
    reach = 2.5 * paragraph.size
    return any(
        picture.left < paragraph.right and picture.right > paragraph.left
        and (0 <= top - picture.bottom + 3 <= reach or 0 <= picture.top - bottom + 3 <= reach)
        for picture in pictures
    )  # fmt: skip
