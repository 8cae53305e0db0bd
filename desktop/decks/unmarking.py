"""The way back from Anki's fields to our notes: HTML as plain text, fields as front and back."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from desktop.decks.deck import Note, NoteKind
from desktop.decks.occlusion import is_occlusion

_INVISIBLE = re.compile(r"(?is)<(style|script|head)\b.*?</\1\s*>|<!--.*?-->")
_BREAK = re.compile(
    r"(?i)\s*<(?:br\b[^>]*|/?(?:div|p|li|ul|ol|tr|table|h[1-6]|blockquote))\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


def from_html(field: str) -> str:
    """Return the text that a field shows: the inverse of ``to_html``, and more forgiving."""
    text = _INVISIBLE.sub("", field)
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ")
    lines = [" ".join(line.split(" ")).rstrip() for line in text.splitlines()]
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def wording_in(note: Note, fields: Mapping[str, str]) -> dict[str, str]:
    """Return what ``fields`` say of a note's wording, as ``front``, ``back`` and ``cloze``.

    Only those of our own fields count that a reader's edit can come back from.
    """
    names = {"Question": "front", "Answer": "back"}
    if is_occlusion(note):
        names = {"Header": "front"}
    elif note.kind is NoteKind.CLOZE:
        names = {"Text": "cloze"}
    elif note.kind is NoteKind.TERM:
        names = {"Term": "front", "Definition": "back"}
    return {ours: from_html(fields[name]) for name, ours in names.items() if name in fields}
