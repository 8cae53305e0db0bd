"""Facts: statements of the text that are worth remembering, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.reading.document import Evidence, Span


class FactKind(StrEnum):
    """What a fact answers."""

    DATE = "date"
    QUANTITY = "quantity"
    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    DEFINITION = "definition"
    CAUSE = "cause"
    POSITION = "position"
    QUOTATION = "quotation"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that stands alone, with the sentence that states it.

    ``statement`` is the sentence with its references resolved. ``answer`` is the part of it that
    is worth asking for and ``answer_span`` where that part stands in the document.
    ``sentence`` and ``answer`` make the fact's stable identity ``id``.
    """

    id: str
    statement: str
    kind: FactKind
    importance: float
    evidence: Evidence
    answer: str
    answer_span: Span
    question: str | None = None
    rule: str = ""
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the fact as the contract's JSON object."""
        span = self.answer_span
        return {
            "id": self.id,
            "statement": self.statement,
            "kind": self.kind.value,
            "importance": round(self.importance, 4),
            "evidence": self.evidence.to_json(),
            "answer": self.answer,
            "answer_span": {"block": span.block, "start": span.start, "end": span.end},
            "question": self.question,
            "rule": self.rule,
            "confidence": round(self.confidence, 3),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Fact:
        """Read what ``to_json`` wrote."""
        span = data["answer_span"]
        return cls(
            id=data["id"],
            statement=data["statement"],
            kind=FactKind(data["kind"]),
            importance=data["importance"],
            evidence=Evidence.from_json(data["evidence"]),
            answer=data["answer"],
            answer_span=Span(span["block"], span["start"], span["end"]),
            question=data.get("question"),
            rule=data["rule"],
            confidence=data["confidence"],
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document, best first."""

    title: str
    sha256: str
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the facts as the contract's JSON object."""
        return {
            "document": {"title": self.title, "sha256": self.sha256},
            "facts": [fact.to_json() for fact in self.facts],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Facts:
        """Read what ``to_json`` wrote."""
        head = data["document"]
        return cls(head["title"], head["sha256"], tuple(Fact.from_json(f) for f in data["facts"]))
