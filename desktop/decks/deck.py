"""Notes and decks: what is studied here and what goes to Anki."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.reading.document import Evidence


class NoteKind(StrEnum):
    """The three note types; each has its own fields and templates in Anki."""

    QUESTION = "question"
    CLOZE = "cloze"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its evidence; ``id`` is its stable identity and its Anki GUID.

    ``front`` and ``back`` are plain text for people. For a cloze note ``cloze`` is the Anki source
    (``{{c1::…::hint}}``), ``front`` shows ``[…]`` and ``back`` is the full sentence. ``title`` and
    ``author`` name the text that the evidence is quoted from. ``modified`` is the Unix time in
    seconds of the last change of the content (0 where no library keeps it).
    """

    id: str
    kind: NoteKind
    front: str
    back: str
    evidence: Evidence
    cloze: str | None = None
    fact: str | None = None
    term: str | None = None
    rule: str = ""
    confidence: float = 1.0
    tags: tuple[str, ...] = ()
    title: str = ""
    author: str = ""
    modified: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the note as the contract's JSON object for a card."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "front": self.front,
            "back": self.back,
            "cloze": self.cloze,
            "evidence": self.evidence.to_json(),
            "fact": self.fact,
            "term": self.term,
            "rule": self.rule,
            "confidence": round(self.confidence, 3),
            "tags": list(self.tags),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], *, title: str = "", author: str = "") -> Note:
        """Read what ``to_json`` wrote; title and author stand outside the card's JSON."""
        note = cls(
            data["id"],
            NoteKind(data["kind"]),
            data["front"],
            data["back"],
            Evidence.from_json(data["evidence"]),
        )
        return replace(
            note,
            cloze=data["cloze"],
            fact=data["fact"],
            term=data["term"],
            rule=data["rule"],
            confidence=data["confidence"],
            tags=tuple(data["tags"]),
            title=title,
            author=author,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a card: the rule's name and the reason for the reader."""

    rule: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Return the finding as a JSON object."""
        return {"rule": self.rule, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class RefusedNote:
    """A note that was made but stays out of the deck, with what is wrong with it."""

    note: Note
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the card's JSON object with its findings."""
        return {**self.note.to_json(), "findings": [f.to_json() for f in self.findings]}

    @classmethod
    def from_json(cls, data: dict[str, Any], *, title: str = "", author: str = "") -> RefusedNote:
        """Read what ``to_json`` wrote."""
        findings = tuple(Finding(f["rule"], f["reason"]) for f in data["findings"])
        return cls(Note.from_json(data, title=title, author=author), findings)


@dataclass(frozen=True, slots=True)
class Deck:
    """Notes in the order of study under a nested name (``A::B``).

    ``refused`` are those that the linter or the ranker kept out, in the order of the text.
    """

    name: str
    title: str
    sha256: str
    notes: tuple[Note, ...]
    refused: tuple[RefusedNote, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the deck as the contract's ``cards`` JSON object."""
        return {
            "document": {"title": self.title, "sha256": self.sha256},
            "cards": [note.to_json() for note in self.notes],
        }
