"""Which entries the glossary lists, in which order and groups, for what is read and on show."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.glossary.guard import Place, term_until
from desktop.glossary.keys import term_key
from desktop.glossary.search import Query, searchable
from desktop.glossary.term import Term, TermKind
from desktop.reading.document import Document, Span
from desktop.window.wording import TERM_KINDS

# Where a term without mentions is sorted: behind all others.
_NOWHERE = Span(10**9, 0, 0)

#: A line of the list: the index of a term, or the head of a group.
Row = int | str


class Order(StrEnum):
    """How the entries are sorted."""

    IMPORTANCE = "Importance"
    PLACE = "Place"
    ALPHABET = "A–Z"
    KIND = "Kind"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants listed; ``on_show`` are the terms on the page, to come first.

    ``hidden`` are the keys of terms that are left out: the reader knows them.
    """

    words: str = ""
    kind: str | None = None
    order: Order = Order.IMPORTANCE
    on_show: tuple[int, ...] | None = None
    reach: Place | None = None
    hidden: frozenset[str] = frozenset()


class GlossaryRows:
    """Arranges the terms of one glossary; what doesn't change between two choices is kept."""

    def __init__(self, terms: Sequence[Term] = (), document: Document | None = None) -> None:
        self.terms = tuple(terms)
        self._document = document
        self._texts: dict[int, str] = {}
        self._seen: dict[int, Term | None] = {}
        self._reach: Place | None = None
        self._base_choice: Choice | None = None
        self._base: list[int] = []

    # Worked out when they are first needed: most glossaries are shown whole, by importance.

    @functools.cached_property
    def _firsts(self) -> list[Span]:
        return [min(term.mentions, default=_NOWHERE) for term in self.terms]

    @functools.cached_property
    def _ends(self) -> list[Place]:
        return [_end(term) for term in self.terms]

    def term(self, index: int) -> Term | None:
        """Return a term as far as the reader may know it, ``None`` where it is yet to come."""
        if self._reach is None or self._document is None or self._ends[index] <= self._reach:
            return self.terms[index]
        if index not in self._seen:
            self._seen[index] = term_until(self.terms[index], self._reach, self._document)
        return self._seen[index]

    def key(self, index: int) -> str:
        """Return the key of a term, the same in all texts."""
        return term_key(self.terms[index].term, self.terms[index].kind)

    def set_reach(self, reach: Place | None) -> None:
        """Tell no more than the text up to ``reach`` does."""
        if reach != self._reach:
            self._reach = reach
            self._seen, self._texts, self._base_choice = {}, {}, None

    def open_indices(self) -> list[int]:
        """Return the indices of the terms that the reader has come to."""
        reach = self._reach
        if reach is None:
            return list(range(len(self.terms)))
        return [i for i, first in enumerate(self._firsts) if (first.block, first.end) <= reach]

    def arrange(self, choice: Choice) -> list[Row]:
        """Return the lines of the list."""
        self.set_reach(choice.reach)
        base = replace(choice, on_show=None)
        if base != self._base_choice:
            self._base_choice, self._base = base, self._chosen(base)
        if choice.on_show is None:
            return self._grouped(self._base, choice.order)
        chosen = set(self._base)
        near = [index for index in choice.on_show if index in chosen]
        rest = [index for index in self._base if index not in set(near)]
        rows: list[Row] = [head("On this page", len(near)), *near] if near else []
        if rest and near and choice.order is not Order.KIND:
            rows.append(head("Elsewhere", len(rest)))
        return rows + self._grouped(rest, choice.order)

    def _chosen(self, choice: Choice) -> list[int]:
        rows = self.open_indices()
        if choice.hidden:
            rows = [i for i in rows if self.key(i) not in choice.hidden]
        if choice.kind is not None:
            rows = [i for i in rows if self.terms[i].kind == choice.kind]
        query = Query(choice.words)
        if query:
            rows = [i for i in rows if query.finds(self._text(i))]
        if choice.order is Order.PLACE:
            rows.sort(key=lambda i: self._firsts[i])
        elif choice.order is Order.ALPHABET:
            rows.sort(key=lambda i: self.terms[i].term.casefold())
        return rows

    def _text(self, index: int) -> str:
        if index not in self._texts:
            term = self.term(index)
            self._texts[index] = searchable(term, self._document) if term else ""
        return self._texts[index]

    def _grouped(self, rows: list[int], order: Order) -> list[Row]:
        if order is not Order.KIND:
            return list(rows)
        kinds: dict[TermKind, list[int]] = {kind: [] for kind in TERM_KINDS}
        for index in rows:
            kinds[self.terms[index].kind].append(index)
        lines: list[Row] = []
        for kind, members in kinds.items():
            if members:
                lines += [head(TERM_KINDS[kind][1], len(members)), *members]
        return lines


def head(name: str, number: int) -> str:
    """Return the head of a group."""
    return f"{name} · {number}"


def _end(term: Term) -> Place:
    """Return the place after which there is nothing more to know of a term."""
    spans = list(term.mentions)
    if term.definition is not None and term.definition.evidence is not None:
        spans.append(term.definition.evidence.span)
    return max(((span.block, span.end) for span in spans), default=(_NOWHERE.block, 0))
