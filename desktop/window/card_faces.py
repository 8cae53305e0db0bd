"""The two sides of a card as rich text, with what is asked for in the accent colour."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from desktop.decks.deck import NoteKind
from desktop.decks.occlusion import is_occlusion
from desktop.window import theme

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem

_GAP = re.compile(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}", re.DOTALL)


def question_html(item: StudyItem) -> str:
    """Return what the card asks; in a cloze the gap stands out."""
    text = escape(item.front).replace("\n", "<br>")
    if item.note.kind is NoteKind.CLOZE:
        accent = theme.colours().accent
        text = re.sub(
            r"\[[^\[\]]{1,60}\]", lambda m: f"<span style='color:{accent}'>{m[0]}</span>", text
        )
        return f"<span style='font-weight:400'>{text}</span>"
    return text


def answer_html(item: StudyItem) -> str:
    """Return the answer; of a cloze card the sentence with what was asked for in it."""
    note = item.note
    if note.kind is not NoteKind.CLOZE or note.cloze is None or is_occlusion(note):
        return escape(item.back).replace("\n", "<br>")
    accent, asked = theme.colours().accent, item.card.ordinal + 1
    parts, end = [], 0
    for gap in _GAP.finditer(note.cloze):
        parts.append(escape(note.cloze[end : gap.start()]))
        words = escape(gap[2])
        mine = int(gap[1]) == asked
        parts.append(f"<b style='color:{accent}'>{words}</b>" if mine else words)
        end = gap.end()
    parts.append(escape(note.cloze[end:]))
    return "".join(parts).replace("\n", "<br>")
