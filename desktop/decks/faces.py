"""The two faces of a card: what is asked and what is answered, for each gap of a cloze note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.decks.deck import Note, NoteKind
from desktop.decks.markup import Gap, parse_cloze
from desktop.decks.occlusion import is_occlusion
from desktop.errors import LibraryError


def card_faces(note: Note, ordinal: int) -> tuple[str, str]:
    """Return front and back of the note's card ``ordinal`` as plain text."""
    if note.kind is not NoteKind.CLOZE or note.cloze is None or is_occlusion(note):
        return note.front, note.back
    pieces = parse_cloze(note.cloze, note.back)
    numbers = {piece.number for piece in pieces if isinstance(piece, Gap)}
    if len(numbers) < 2:
        return note.front, note.back
    return _hidden(pieces, ordinal + 1), note.back


def typed_answer(note: Note, ordinal: int) -> str | None:
    """Return what a reader would type for the note's card: of a cloze the words of its gap.

    ``None`` where there is nothing to type, as on a picture.
    """
    if is_occlusion(note):
        return None
    if note.kind is not NoteKind.CLOZE:
        return note.back
    pieces = parse_cloze(note.cloze or "", note.back)
    gaps = [p.answer for p in pieces if isinstance(p, Gap) and p.number == ordinal + 1]
    return ", ".join(gaps) or None


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
    if note.kind is NoteKind.CLOZE and cloze is not None and cloze.strip() != note.cloze:
        cloze = cloze.strip()
        pieces = parse_cloze(cloze, "")
        gaps = [piece for piece in pieces if isinstance(piece, Gap)]
        if not gaps or not all(gap.number and gap.answer.strip() for gap in gaps):
            raise LibraryError("A cloze card needs a gap, written {{c1::like this}}.")
        front = _hidden(pieces, min(gap.number for gap in gaps))
        back = "".join(piece.answer if isinstance(piece, Gap) else piece for piece in pieces)
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


def _hidden(pieces: Sequence[str | Gap], number: int) -> str:
    """Return the text with the gaps of ``number`` hidden, or their hints in brackets."""
    shown = []
    for piece in pieces:
        if isinstance(piece, str):
            shown.append(piece)
        elif piece.number == number:
            shown.append(f"[{piece.hint or '…'}]")
        else:
            shown.append(piece.answer)
    return "".join(shown)
