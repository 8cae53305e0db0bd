"""Before a text is read: which of its important terms are new to the reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.glossary.keys import term_key
from desktop.glossary.term import Glossary, Term, TermKind

#: So many terms are shown at once.
SHOWN = 8

#: Places and people a reader mostly knows, or learns enough of from the text.
_NEED = {TermKind.PLACE: 0.4, TermKind.PERSON: 0.7}


class Acquaintance(StrEnum):
    """How a reader has met a term before."""

    NEW = "new"
    KNOWN = "known"
    LEARNT = "learnt"
    READ = "read"


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """An important term; ``where`` is the title of the text in which the reader met it."""

    term: Term
    acquaintance: Acquaintance
    where: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """The important terms of a document, those that are new to the reader first."""

    document_id: int
    terms: tuple[KeyTerm, ...]

    @property
    def new(self) -> tuple[Term, ...]:
        """The terms that are new."""
        return tuple(t.term for t in self.terms if t.acquaintance is Acquaintance.NEW)


def prepare(
    document_id: int,
    glossary: Glossary,
    *,
    known: Collection[str],
    learnt: Collection[str],
    read: Mapping[str, str],
    limit: int = SHOWN,
) -> Preparation:
    """Judge the most important defined terms of a glossary.

    ``known`` and ``learnt`` are keys of terms, ``read`` maps keys to the titles of read texts.
    """
    defined = [term for term in glossary.terms if term.definition and term.mentions]
    defined.sort(key=lambda term: -term.importance * _NEED.get(term.kind, 1.0))
    judged = []
    for term in defined[:limit]:
        key = term_key(term.term, term.kind)
        if key in known:
            judged.append(KeyTerm(term, Acquaintance.KNOWN))
        elif key in learnt:
            judged.append(KeyTerm(term, Acquaintance.LEARNT))
        elif key in read:
            judged.append(KeyTerm(term, Acquaintance.READ, read[key]))
        else:
            judged.append(KeyTerm(term, Acquaintance.NEW))
    judged.sort(key=lambda entry: entry.acquaintance is not Acquaintance.NEW)
    return Preparation(document_id, tuple(judged))
