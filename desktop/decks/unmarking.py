"""The way back from Anki's fields to our notes: HTML as plain text, fields as front and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desktop.decks.cloze_text import plain_text
from desktop.decks.deck import Note, NoteKind
from desktop.decks.note_types import NOTE_TYPES, OCCLUSION
from desktop.decks.occlusion import is_occlusion

_BREAK = re.compile(
    r"(?i)\s{0,99}<(?:br\b[^>]{0,999}|/?(?:div|p|li|ul|ol|tr|table|h[1-6]|blockquote))\b[^>]{0,999}>"
)

#: The kinds of our own note types, by their ids in Anki.
_OWN_KINDS = {note_type.id: kind for kind, note_type in NOTE_TYPES.items()}


def from_html(field: str) -> str:
    """Return the text that a field shows: the inverse of ``to_html``, and more forgiving."""
    text = plain_text(_BREAK.sub("\n", field))
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


def is_own_type(type_id: int) -> bool:
    """Return whether a note type of Anki is one of ours."""
    return type_id in _OWN_KINDS or type_id == OCCLUSION.id


def says_other(
    type_id: int, fields: Sequence[str], front: str, back: str, cloze: str | None
) -> bool:
    """Return whether the fields of a note of ours say another wording than the one given.

    Of a picture with hidden regions nothing counts that Anki could have changed.
    """
    kind = _OWN_KINDS.get(type_id)
    if kind is None:
        return False
    first = from_html(fields[0])
    if kind is NoteKind.CLOZE:
        return first.split() != (cloze or "").split()
    return first.split() != front.split() or from_html(fields[1]).split() != back.split()
