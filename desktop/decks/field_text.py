"""What the fields of our own note types say as plain text: ``apkg.note_fields`` turned round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.decks.cloze_text import plain_text
from desktop.decks.deck import NoteKind
from desktop.decks.note_types import NOTE_TYPES, OCCLUSION

_LINE = re.compile(r"(?i)<br ?/?>|</(?:div|p|li)>")

#: Our note types by their ids in Anki.
OWN_TYPES = {note_type.id: kind for kind, note_type in NOTE_TYPES.items()}

#: Of which all gaps are regions of a picture; what it says can't be changed as text.
OCCLUSION_TYPE = OCCLUSION.id


def is_own_type(type_id: int) -> bool:
    """Return whether a note type of Anki is one of ours."""
    return type_id in OWN_TYPES or type_id == OCCLUSION_TYPE


def field_text(markup: str) -> str:
    """Return the plain text of a field, with its lines."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    return plain_text(_LINE.sub("\n", markup)).strip()


def own_sides(type_id: int, fields: Sequence[str]) -> tuple[str, str, str | None]:
    """Return front, back and cloze source that the fields of one of our types say.

    The front of a cloze is left empty: it follows from its source.
    """
    kind = OWN_TYPES.get(type_id)
    if kind is NoteKind.CLOZE:
        return "", field_text(fields[1]), field_text(fields[0])
    return field_text(fields[0]), field_text(fields[1]), None


def same_text(one: str | None, other: str | None) -> bool:
    """Return whether two texts differ in white space at most."""
    return (one or "").split() == (other or "").split()
