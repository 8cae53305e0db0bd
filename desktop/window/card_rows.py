"""What the list of cards shows: the reader's choice, and the rows that pass it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.decks.cloze import hidden
from desktop.decks.deck import Finding, Note
from desktop.decks.occlusion import hidden_regions, is_occlusion
from desktop.library.decks import NoteStatus
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.library.decks import CardRecord

STATUS_WORDS = {
    NoteStatus.PROPOSED: "Proposed",
    NoteStatus.ACCEPTED: "Accepted",
    NoteStatus.REFUSED: "Refused",
}


class Shown(StrEnum):
    """Which cards are on show."""

    PROPOSED = "Proposed"
    ACCEPTED = "Accepted"
    REFUSED = "Refused"
    ALL = "All"


@dataclass(frozen=True, slots=True)
class CardChoice:
    """What the reader wants listed: ``block`` is a paragraph, ``least`` a confidence (0..1)."""

    words: str = ""
    kind: str | None = None
    status: Shown = Shown.PROPOSED
    block: int | None = None
    least: float = 0.0

    def passes(self, record: CardRecord) -> bool:
        """Return whether a card is listed."""
        note = record.note
        if self.status is not Shown.ALL and STATUS_WORDS[record.status] != self.status.value:
            return False
        return self.kind in (None, note.kind) and self.passes_apart_from_kind(record)

    def passes_apart_from_kind(self, record: CardRecord) -> bool:
        """Return whether a card is listed once its kind and status are wanted."""
        note = record.note
        if self.block is not None and note.evidence.span.block != self.block:
            return False
        if note.confidence < self.least:
            return False
        words = self.words.casefold().strip()
        texts = (note.front, note.back, note.evidence.quote)
        return not words or any(words in text.casefold() for text in texts)

    @property
    def narrows(self) -> bool:
        """Whether anything but the status is asked for."""
        return bool(self.words or self.kind or self.least) or self.block is not None


def answer_of(note: Note) -> str:
    """Return what the card asks for: of a cloze what its gaps hide."""
    if is_occlusion(note):
        regions = counted(len(hidden_regions(note)), "region")
        return f"{regions} of the picture. {note.back}"
    return " … ".join(hidden(note.cloze)) or note.back if note.cloze else note.back


def status_words(record: CardRecord, kept_out: Mapping[str, tuple[Finding, ...]]) -> str:
    """Return a card's status, how sure it is, and whether it was edited or is suspended."""
    if record.note.id in kept_out:
        return "Kept out"
    words = [STATUS_WORDS[record.status]]
    if record.status is NoteStatus.PROPOSED and not record.edited:
        words.append(percent(record.note.confidence))
    if record.edited:
        words.append("edited")
    if record.card is not None and record.card.suspended:
        words.append("suspended")
    return " · ".join(words)


def percent(share: float) -> str:
    """Return a confidence as whole per cent, rounded down: it is never said to be more."""
    return f"{int(share * 100 + 1e-9)} %"
