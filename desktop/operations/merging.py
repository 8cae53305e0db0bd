"""Several texts as one: a merged glossary and a merged deck, each place with its document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.decks.deck import Deck, Note, NoteKind
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.operations.texts import AnalysedText, build_cards

if TYPE_CHECKING:
    from desktop.reading.document import Document

_TRUST = {
    DefinitionSource.READER: 0,
    DefinitionSource.DOCUMENT: 1,
    DefinitionSource.ENCYCLOPEDIA: 2,
    DefinitionSource.DICTIONARY: 3,
}


@dataclass(frozen=True, slots=True)
class MergedTerm:
    """A term of several documents: ``documents[i]`` is where ``term.mentions[i]`` stands.

    ``definition_document`` is the document that the definition comes from.
    """

    term: Term
    documents: tuple[int, ...]
    definition_document: int | None

    def to_json(self) -> dict[str, Any]:
        """Return the term's JSON object with a ``document`` beside every place."""
        data = self.term.to_json()
        for mention, document in zip(data["mentions"], self.documents, strict=True):
            mention["document"] = document
        if data["definition"] and data["definition"]["evidence"]:
            data["definition"]["evidence"]["document"] = self.definition_document
        return data


@dataclass(frozen=True, slots=True)
class MergedGlossary:
    """The glossary of several documents, most important term first."""

    documents: tuple[Document, ...]
    terms: tuple[MergedTerm, ...]

    def chosen(
        self, *, limit: int | None = None, kinds: Collection[TermKind] | None = None
    ) -> MergedGlossary:
        """Return the glossary with its ``limit`` most important terms of ``kinds``."""
        terms = [entry for entry in self.terms if kinds is None or entry.term.kind in kinds]
        return replace(self, terms=tuple(terms[:limit]))

    def to_json(self) -> dict[str, Any]:
        """Return the contract's glossary object with the list of its documents."""
        return merged_head(self.documents) | {"terms": [term.to_json() for term in self.terms]}


@dataclass(frozen=True, slots=True)
class MergedDeck:
    """One deck of several documents: ``origins[i]`` is the document of ``deck.notes[i]``."""

    documents: tuple[Document, ...]
    deck: Deck
    origins: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the contract's cards object with a ``document`` in each card's evidence."""
        cards = self.deck.to_json()["cards"]
        for card, document in zip(cards, self.origins, strict=True):
            card["evidence"]["document"] = document
        return merged_head(self.documents) | {"cards": cards}


def merged_head(documents: Sequence[Document]) -> dict[str, Any]:
    """Return ``document`` (all titles; a hash of all hashes) and ``documents`` (each by itself)."""
    hashes = "\n".join(document.source.sha256 for document in documents)
    return {
        "document": {
            "title": merged_title(documents),
            "sha256": hashlib.sha256(hashes.encode()).hexdigest(),
        },
        "documents": [{"title": d.name, "sha256": d.source.sha256} for d in documents],
    }


def merged_title(documents: Sequence[Document]) -> str:
    """Return the titles of all documents in one line."""
    return " · ".join(document.name for document in documents)


def merge_glossaries(texts: Sequence[AnalysedText]) -> MergedGlossary:
    """Merge terms of one kind that go by the same name in different documents."""
    terms = merge_terms([text.analysed.glossary.terms for text in texts], lambda term: term.kind)
    return MergedGlossary(tuple(text.document for text in texts), tuple(terms))


def merge_terms(
    glossaries: Sequence[Sequence[Term]], group: Callable[[Term], str]
) -> list[MergedTerm]:
    """Merge terms of one group that go by the same name in different glossaries.

    Two terms are one when the name of either is the name or an alias of the other; sharing an
    alias alone is not enough (two people may share a surname).
    """
    merged: list[MergedTerm] = []
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, terms in enumerate(glossaries):
        known = len(merged)  # the terms of one document are distinct already
        taken: set[int] = set()
        for term in terms:
            addition = MergedTerm(
                term, (index,) * len(term.mentions), index if term.definition else None
            )
            alike = {i for name in _names(term) for i in by_name[group(term), name]}
            match = _same_term(merged, sorted(i for i in alike - taken if i < known), term)
            if match is None:
                match = len(merged)
                merged.append(addition)
            else:
                taken.add(match)
                merged[match] = _join(merged[match], addition)
            for name in _names(term):
                by_name[group(term), name].append(match)
    return sorted(merged, key=lambda entry: -entry.term.importance)


def merge_decks(
    texts: Sequence[AnalysedText],
    *,
    name: str | None = None,
    limit: int | None = None,
    kinds: Collection[NoteKind] | None = None,
) -> MergedDeck:
    """Put the cards of several texts into one deck, text after text; ``limit`` is shared out.

    A term that an earlier text already has a card for gets no second one.
    """
    documents = tuple(text.document for text in texts)
    decks = _decks_without_repeats(texts, kinds)
    shares = _shares([len(deck) for deck in decks], limit)
    notes: list[Note] = []
    origins: list[int] = []
    for index, (candidates, share) in enumerate(zip(decks, shares, strict=True)):
        kept = {note.id for note in candidates}
        if share < len(candidates):
            best = build_cards(texts[index], limit=share, kinds=kinds).notes
            kept &= {note.id for note in best}
        chosen = [note for note in candidates if note.id in kept]
        notes += chosen
        origins += [index] * len(chosen)
    deck_name = name or f"Glossator::{_deck_part(documents)}"
    head = merged_head(documents)["document"]
    return MergedDeck(
        documents, Deck(deck_name, head["title"], head["sha256"], tuple(notes)), tuple(origins)
    )


def as_glossary(merged: MergedGlossary) -> Glossary:
    """Return the merged terms as a plain glossary, for a listing without places."""
    head = merged_head(merged.documents)["document"]
    return Glossary(head["title"], head["sha256"], tuple(entry.term for entry in merged.terms))


def _names(term: Term) -> set[str]:
    return {name.casefold() for name in (term.term, *term.aliases)}


def _same_term(merged: Sequence[MergedTerm], candidates: Sequence[int], term: Term) -> int | None:
    """Return the index of the merged term that ``term`` is, an equal name before an alias."""
    name, names = term.term.casefold(), _names(term)
    alias_match = None
    for index in candidates:
        other = merged[index].term.term.casefold()
        if other == name:
            return index
        if alias_match is None and (other in names or name in _names(merged[index].term)):
            alias_match = index
    return alias_match


def _join(first: MergedTerm, second: MergedTerm) -> MergedTerm:
    """Make one term of two: the fuller name, all aliases and mentions, the best definition."""
    a, b = first.term, second.term
    fuller = b if b.term.casefold() not in _names(a) else a
    aliases: dict[str, str] = {}
    for alias in (*a.aliases, *b.aliases, a.term, b.term):
        if alias.casefold() != fuller.term.casefold():
            aliases.setdefault(alias.casefold(), alias)
    definition, origin = a.definition, first.definition_document
    if b.definition and (definition is None or _rank(b.definition) < _rank(definition)):
        definition, origin = b.definition, second.definition_document
    term = replace(
        fuller,
        aliases=tuple(aliases.values()),
        importance=max(a.importance, b.importance),
        definition=definition,
        mentions=a.mentions + b.mentions,
        related=tuple(dict.fromkeys(a.related + b.related)),
    )
    return MergedTerm(term, first.documents + second.documents, origin)


def _rank(definition: Definition) -> int:
    return _TRUST[definition.source]


def _decks_without_repeats(
    texts: Sequence[AnalysedText], kinds: Collection[NoteKind] | None
) -> list[list[Note]]:
    seen_ids: set[str] = set()
    seen_terms: set[str] = set()
    decks: list[list[Note]] = []
    for text in texts:
        fresh = []
        terms_here: set[str] = set()
        for note in build_cards(text, kinds=kinds).notes:
            key = (note.term or note.front).casefold() if note.kind is NoteKind.TERM else ""
            if note.id in seen_ids or (key and key in seen_terms):
                continue
            seen_ids.add(note.id)
            terms_here.add(key)
            fresh.append(note)
        seen_terms |= terms_here - {""}
        decks.append(fresh)
    return decks


def _shares(sizes: Sequence[int], limit: int | None) -> list[int]:
    """Share ``limit`` out evenly, one card at a time, among decks of these sizes."""
    if limit is None or limit >= sum(sizes):
        return list(sizes)
    shares = [0] * len(sizes)
    while limit > 0:
        for index, size in enumerate(sizes):
            if limit > 0 and shares[index] < size:
                shares[index] += 1
                limit -= 1
    return shares


def _deck_part(documents: Sequence[Document]) -> str:
    """Return a name for the deck of several texts; ``::`` in a title must not nest decks."""
    first = documents[0].name.replace("::", ": ")
    return f"{first} + {len(documents) - 1} more"
