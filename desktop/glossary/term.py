"""Terms, their definitions and the glossary: immutable values, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.reading.document import Evidence, Span


class TermKind(StrEnum):
    """What a glossary entry names."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    EVENT = "event"
    WORK = "work"
    CONCEPT = "concept"
    ABBREVIATION = "abbreviation"
    WORD = "word"


class DefinitionSource(StrEnum):
    """Where a definition comes from, most trusted first after the reader's own."""

    READER = "reader"
    DOCUMENT = "document"
    ENCYCLOPEDIA = "encyclopedia"
    DICTIONARY = "dictionary"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means: from the text (``evidence``) or from a reference work (``reference``).

    ``reference`` names the entry and its licence. ``confidence`` (0..1) is the probability that
    this is the sense meant here; ``other_senses`` are the dictionary's remaining glosses.
    """

    text: str
    source: DefinitionSource
    evidence: Evidence | None = None
    reference: str | None = None
    confidence: float = 1.0
    other_senses: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the definition as the contract's JSON object."""
        return {
            "text": self.text,
            "source": self.source.value,
            "evidence": self.evidence.to_json() if self.evidence else None,
            "reference": self.reference,
            "confidence": round(self.confidence, 3),
            "other_senses": list(self.other_senses),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Definition:
        """Read what ``to_json`` wrote."""
        evidence = Evidence.from_json(data["evidence"]) if data["evidence"] else None
        return cls(
            data["text"],
            DefinitionSource(data["source"]),
            evidence,
            data["reference"],
            data.get("confidence", 1.0),
            tuple(data.get("other_senses", ())),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry with every place where it occurs; ``importance`` is 0..1.

    ``related`` names other terms of the same glossary: a seat's country, a work's author.
    """

    term: str
    kind: TermKind
    aliases: tuple[str, ...]
    importance: float
    definition: Definition | None
    mentions: tuple[Span, ...]
    related: tuple[str, ...] = ()
    difficulty: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the term as the contract's JSON object."""
        return {
            "term": self.term,
            "kind": self.kind.value,
            "aliases": list(self.aliases),
            "importance": round(self.importance, 4),
            "definition": self.definition.to_json() if self.definition else None,
            "mentions": [{"block": m.block, "start": m.start, "end": m.end} for m in self.mentions],
            "related": list(self.related),
            "difficulty": self.difficulty,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Term:
        """Read what ``to_json`` wrote."""
        return cls(
            data["term"],
            TermKind(data["kind"]),
            tuple(data["aliases"]),
            data["importance"],
            Definition.from_json(data["definition"]) if data["definition"] else None,
            tuple(Span(m["block"], m["start"], m["end"]) for m in data["mentions"]),
            tuple(data.get("related", ())),
            data.get("difficulty"),
        )


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one document, most important first."""

    title: str
    sha256: str
    terms: tuple[Term, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the glossary as the contract's JSON object."""
        return {
            "document": {"title": self.title, "sha256": self.sha256},
            "terms": [term.to_json() for term in self.terms],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Glossary:
        """Read what ``to_json`` wrote."""
        head = data["document"]
        return cls(head["title"], head["sha256"], tuple(Term.from_json(t) for t in data["terms"]))
