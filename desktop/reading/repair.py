"""Broken paragraphs mended: lines joined, words cut by a line end, a column or a page made whole.

The rules were measured on broken *and* on unbroken copies: joining whatever lacks a full stop
ruins news and verse. A cut word before lower case is certain; so is a long paragraph without an
end before a lower-case start. A capital after an open paragraph counts only in a text that has
shown two certain breaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading.document import BlockKind
from desktop.reading.draft import HARD_BREAK, Draft
from desktop.reading.hyphens import Vocabulary, line_glue, settle_line_ends
from desktop.reading.sentences import (
    ends_clause,
    ends_in_cut_word,
    ends_sentence,
    starts_lower,
    starts_sentence,
)

_HARD_BREAK_AROUND = re.compile(f"[ \\t]*{HARD_BREAK}[ \\t]*")

#: Kinds whose line ends stand for themselves.
_VERBATIM = frozenset({BlockKind.CODE, BlockKind.TABLE, BlockKind.FIGURE})

#: What may stand between the halves of a paragraph without ending it.
_INTERRUPTIONS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.FIGURE, BlockKind.CAPTION, BlockKind.CREDIT,
     BlockKind.FOOTNOTE, BlockKind.TABLE}
)  # fmt: skip

_LONG = 60  # characters: a shorter paragraph without an end may be a heading or a label
_OPEN_TAIL = (",", ";", "–", "—", "-")
_LONGEST = 20_000  # characters: no paragraph grows beyond
_CERTAIN_NEEDED = 2
_MOST_INTERRUPTIONS = 3
_LONGEST_INTERRUPTION = 40  # words


def settle_whole(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a source that marks its paragraphs; line breaks become line ends."""
    for draft in drafts:
        draft.edit([(m.start(), m.end(), "\n") for m in _HARD_BREAK_AROUND.finditer(draft.text)])
        if draft.kind not in _VERBATIM:
            draft.trim()
    return [draft for draft in drafts if draft.text.strip() or draft.picture]


def mend_certain(drafts: Sequence[Draft]) -> tuple[list[Draft], int]:
    """Return the drafts with lines and certain breaks mended, and how many breaks there were."""
    vocabulary = Vocabulary(draft.text for draft in drafts)
    for draft in drafts:
        if draft.kind not in _VERBATIM:
            settle_line_ends(draft, vocabulary)
            draft.trim()
    whole = [draft for draft in drafts if draft.text or draft.picture]
    mended = _join(whole, vocabulary, certain_only=True)
    return mended, len(whole) - len(mended)


def mend_likely(drafts: list[Draft], certain: int) -> list[Draft]:
    """Return the drafts with likely breaks mended too, if the text has shown ``certain`` ones.

    Called when the frame is told, so that no caption is joined to a paragraph.
    """
    if certain < _CERTAIN_NEEDED:
        return drafts
    return _join(drafts, Vocabulary(draft.text for draft in drafts), certain_only=False)


def _join(drafts: list[Draft], vocabulary: Vocabulary, *, certain_only: bool) -> list[Draft]:
    """Join each open paragraph with the one that goes on with it."""
    mended: list[Draft] = []
    taken: set[int] = set()
    for place, draft in enumerate(drafts):
        if place in taken:
            continue
        mended.append(draft)
        while True:
            rest = _continuation(drafts, place, draft, taken, certain_only=certain_only)
            if rest is None:
                break
            _append(draft, drafts[rest], vocabulary)
            taken.add(rest)
            place = rest
    return mended


def _continuation(
    drafts: list[Draft], place: int, draft: Draft, taken: set[int], *, certain_only: bool
) -> int | None:
    """Return where the paragraph ``draft``, whose last part stands at ``place``, goes on."""
    if not _is_open(draft):
        return None
    between = 0
    for after in range(place + 1, len(drafts)):
        other = drafts[after]
        if after in taken:
            continue
        if other.kind is draft.kind and _goes_on(draft, other, between, certain_only):
            return after
        between += 1
        if between > _MOST_INTERRUPTIONS or not _interrupts(other):
            return None
    return None


def _is_open(draft: Draft) -> bool:
    """Return whether a paragraph lacks its end."""
    if draft.kind not in {BlockKind.PARAGRAPH, BlockKind.QUOTE} or "\n" in draft.text:
        return False
    if len(draft.text) > _LONGEST:
        return False
    return ends_in_cut_word(draft.text) or (
        len(draft.text) >= _LONG and not ends_clause(draft.text)
    )


def _goes_on(draft: Draft, other: Draft, between: int, certain_only: bool) -> bool:
    """Return whether ``other`` is the rest of the open paragraph ``draft``."""
    if "\n" in other.text:
        return False
    if starts_lower(other.text):
        return ends_in_cut_word(draft.text) or len(draft.text) >= _LONG
    if certain_only or between or not starts_sentence(other.text):
        return False
    whole = len(other.text) >= _LONG and ends_sentence(other.text)
    return (whole and draft.text[-1:].isalnum()) or (draft.text.endswith(_OPEN_TAIL[:1]) and whole)


def _interrupts(draft: Draft) -> bool:
    """Return whether a block may stand within a paragraph: a caption, a credit, a pulled line."""
    return (
        draft.kind in _INTERRUPTIONS
        and len(draft.text.split(None, _LONGEST_INTERRUPTION)) <= _LONGEST_INTERRUPTION
        and not starts_lower(draft.text)
    )


def _append(draft: Draft, other: Draft, vocabulary: Vocabulary) -> None:
    """Add the rest of a paragraph, mending a word that was cut."""
    end = len(draft.text)
    cut, glue = line_glue(draft.text + other.text, end, end, vocabulary)
    if cut:
        draft.edit([(end - cut, end, "")])
    draft.append(other, glue)
