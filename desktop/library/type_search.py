"""Conditions on the types of notes, ours and those from Anki, and on their templates."""

from __future__ import annotations

from collections.abc import Callable

from desktop.decks.note_types import NOTE_TYPES, OCCLUSION
from desktop.library.database import Database
from desktop.library.note_text import template_names
from desktop.study.wildcards import Pattern

_OCCLUDED = "coalesce(n.cloze, '') LIKE '{{c_::image-occlusion:%'"
_OURS = "NOT EXISTS (SELECT 1 FROM foreign_notes f WHERE f.note_id = n.id)"


def of_types(database: Database, chosen: Callable[[int, str], bool]) -> str:
    """Return the condition that a note ``n`` is of a type that passes ``chosen`` (id, name)."""
    ours = [
        _of_kind(kind.value)
        for kind, note_type in NOTE_TYPES.items()
        if chosen(note_type.id, note_type.name)
    ]
    if chosen(OCCLUSION.id, OCCLUSION.name):
        ours.append(f"(n.kind = 'cloze' AND {_OCCLUDED})")
    parts = [f"(({' OR '.join(ours)}) AND {_OURS})"] if ours else []
    rows = database.rows("SELECT id, name FROM note_types")
    foreign = [str(row["id"]) for row in rows if chosen(row["id"], row["name"])]
    if foreign:
        inside = f"SELECT note_id FROM foreign_notes WHERE note_type_id IN ({', '.join(foreign)})"
        parts.append(f"n.id IN ({inside})")
    return f"({' OR '.join(parts) or '0'})"


def template_places(database: Database, pattern: Pattern) -> dict[int, list[int]]:
    """Return, by type, the places of its templates whose names match."""
    types = [
        (one.id, [name for name, _file in one.templates])
        for one in (*NOTE_TYPES.values(), OCCLUSION)
    ]
    rows = database.rows("SELECT id, config FROM note_types")
    types += [(row["id"], template_names(row["config"])) for row in rows]
    found = {
        number: [place for place, name in enumerate(names) if pattern.matches(name)]
        for number, names in types
    }
    return {number: places for number, places in found.items() if places}


def _of_kind(kind: str) -> str:
    if kind == "cloze":
        return f"(n.kind = 'cloze' AND NOT {_OCCLUDED})"
    return f"n.kind = '{kind}'"
