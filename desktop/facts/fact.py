"""Facts: statements of the text that are worth remembering, each with its sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
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


class Role(StrEnum):
    """The place of the answer in its clause, which decides the form of the question."""

    SUBJECT = "subject"
    OBJECT = "object"
    DESCRIPTION = "description"
    TIME = "time"
    PLACE = "place"
    COUNT = "count"
    AGENT = "agent"
    EXPANSION = "expansion"
    DEFINED = "defined"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Proposition:
    """A clause with its answer taken out, in the pieces that a question is worded from.

    ``operator`` is the finite auxiliary or copula that changes place with the subject, empty where
    the question needs a form of "do"; ``verb`` is what follows the subject in a statement and
    ``base`` the same with its finite verb in the infinitive. ``asks`` says what the answer is
    ("person", "country", "year" …); ``noun`` is what is counted or chosen from; ``opening`` are the
    words that ask ("about what percentage of the voters") where the role alone doesn't give them.
    """

    role: Role
    asks: str
    subject: str = ""
    operator: str = ""
    verb: str = ""
    base: str = ""
    past: bool = True
    plural_subject: bool = False
    plural_answer: bool = False
    lead: str = ""
    tail: str = ""
    short_tail: str = ""
    noun: str = ""
    opening: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the parts as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Proposition:
        """Read what ``to_json`` wrote."""
        return cls(**{**data, "role": Role(data["role"])})


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that stands alone, with the sentence that states it.

    ``statement`` is the sentence with its references resolved. ``answer`` is the part of it that
    is worth asking for and ``answer_span`` where that part stands in the document.
    The sentence and the answer make the fact's stable identity ``id``. ``targets`` are the ranges
    of ``statement`` that a cloze hides, ``hints`` what is shown in the place of each. A statement
    that is clear only to who knows the text has ``needs_context``; one that is the author's view
    and not a fact has ``opinion``. ``asks`` says what the answer is ("person", "year" …).
    ``as_of`` is the day (or year) for which a fact holds that ages, "undated" where the text has
    none, and empty for what stays true.
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
    targets: tuple[tuple[int, int], ...] = ()
    hints: tuple[str, ...] = ()
    asks: str = ""
    needs_context: bool = False
    opinion: bool = False
    as_of: str = ""
    proposition: Proposition | None = None

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
            "rule": self.rule,
            "confidence": round(self.confidence, 3),
            "question": self.question,
            "targets": [list(target) for target in self.targets],
            "hints": list(self.hints),
            "asks": self.asks,
            "needs_context": self.needs_context,
            "opinion": self.opinion,
            "as_of": self.as_of,
            "proposition": self.proposition.to_json() if self.proposition else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Fact:
        """Read what ``to_json`` wrote."""
        span = data["answer_span"]
        parts = data.get("proposition")
        return cls(
            data["id"],
            data["statement"],
            FactKind(data["kind"]),
            data["importance"],
            Evidence.from_json(data["evidence"]),
            data["answer"],
            Span(span["block"], span["start"], span["end"]),
            question=data.get("question"),
            rule=data["rule"],
            confidence=data["confidence"],
            targets=tuple((start, end) for start, end in data.get("targets", ())),
            hints=tuple(data.get("hints", ())),
            asks=data.get("asks", ""),
            needs_context=data.get("needs_context", False),
            opinion=data.get("opinion", False),
            as_of=data.get("as_of", ""),
            proposition=Proposition.from_json(parts) if parts else None,
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
