"""The two faces of a card: what is asked and what is answered, for each gap of a cloze note."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.decks.deck import Note, NoteKind
from desktop.errors import LibraryError

_GAP = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


def card_faces(note: Note, ordinal: int) -> tuple[str, str]:
    """Return front and back of the note's card ``ordinal`` as plain text."""
    if note.kind is not NoteKind.CLOZE or note.cloze is None:
        return note.front, note.back
    if ordinal == 0 and len({match[1] for match in _GAP.finditer(note.cloze)}) == 1:
        return note.front, note.back
    return cloze_faces(note.cloze, ordinal + 1)


def cloze_faces(source: str, number: int) -> tuple[str, str]:
    """Return the text with the gaps of ``number`` hidden (or their hints), and the full text."""

    def hidden(gap: re.Match[str]) -> str:
        if int(gap[1]) != number:
            return gap[2]
        return f"[{gap[3]}]" if gap[3] else "[…]"

    return _GAP.sub(hidden, source), _GAP.sub(lambda gap: gap[2], source)


def reworded(
    note: Note,
    *,
    front: str | None = None,
    back: str | None = None,
    cloze: str | None = None,
    tags: tuple[str, ...] | None = None,
) -> Note:
    """Return the note in the reader's words; front and back of a cloze follow from its source.

    Raises ``LibraryError`` when a side would be empty or a cloze had no gap.
    """
    if note.kind is NoteKind.CLOZE and cloze is not None:
        numbers = [int(match[1]) for match in _GAP.finditer(cloze) if match[2].strip()]
        if not numbers or min(numbers) < 1:
            raise LibraryError("A cloze card needs a gap, written {{c1::like this}}.")
        front, back = cloze_faces(cloze, min(numbers))
    changed = replace(
        note,
        front=note.front if front is None else front.strip(),
        back=note.back if back is None else back.strip(),
        cloze=note.cloze if cloze is None else cloze.strip(),
        tags=note.tags if tags is None else tags,
    )
    if not changed.front or not changed.back:
        raise LibraryError("A card needs both sides: what is asked and what is answered.")
    return changed
