"""What the reader changed in a glossary: small edits that hold for every later analysis too.

An edit names its entry as the reader saw it, by name and kind, and places by the words around
them, so that it finds both again in a glossary that a newer program or a corrected text gave.
``apply_edits`` is pure: the same edits on the same glossary give the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.glossary.finding import find_mentions
from desktop.glossary.keys import normalised_form, term_key
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Document, Span

#: What the reader adds is as important as can be.
_OWN_IMPORTANCE = 1.0
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the glossary by what the reader knows it by."""

    term: str
    kind: TermKind

    @classmethod
    def of(cls, term: Term) -> Entry:
        """Return how an edit names ``term``."""
        return cls(term.term, term.kind)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention by its words and what stands around them; ``block`` and ``start`` are a hint."""

    block: int
    start: int
    before: str
    words: str
    after: str

    @classmethod
    def of(cls, document: Document, span: Span) -> Place:
        """Return the place of ``span``."""
        text = document.blocks[span.block].text
        before = text[max(0, span.start - _AROUND) : span.start]
        after = text[span.end : span.end + _AROUND]
        return cls(span.block, span.start, before, text[span.start : span.end], after)

    def find(self, document: Document) -> Span | None:
        """Return where the place is in ``document`` now, nearest to where it was."""
        context = self.before + self.words + self.after
        found = []
        for block in document.blocks:
            at = block.text.find(context)
            while at >= 0:
                start = at + len(self.before)
                distance = (abs(block.index - self.block), abs(start - self.start))
                found.append((distance, Span(block.index, start, start + len(self.words))))
                at = block.text.find(context, at + 1)
        return min(found)[1] if found else None


@dataclass(frozen=True, slots=True)
class Define:
    """The reader's own definition of an entry; none gives back what the program found."""

    entry: Entry
    text: str | None


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name or kind for an entry."""

    entry: Entry
    term: str
    kind: TermKind


@dataclass(frozen=True, slots=True)
class AddAlias:
    """One more name of an entry; its mentions count from now on."""

    entry: Entry
    alias: str


@dataclass(frozen=True, slots=True)
class RemoveAlias:
    """A name that is not the entry's; what goes by it alone is no mention any more."""

    entry: Entry
    alias: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entries that are one: ``other`` goes into ``entry``."""

    entry: Entry
    other: Entry


@dataclass(frozen=True, slots=True)
class Split:
    """An entry that is two: what goes by ``aliases``, or stands at ``places``, becomes ``new``."""

    entry: Entry
    new: Entry
    aliases: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """An entry that is none."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Add:
    """An entry of the reader's own."""

    entry: Entry
    text: str | None = None
    aliases: tuple[str, ...] = ()


Edit = Define | Rename | AddAlias | RemoveAlias | Merge | Split | Remove | Add


def apply_edits(glossary: Glossary, edits: Sequence[Edit], document: Document) -> Glossary:
    """Return ``glossary`` as the reader wants it: ``edits`` one after the other.

    An edit of an entry that is no longer there is passed over; only what the reader wrote or
    added is kept, with the mentions that the text has of it.
    """
    terms = list(glossary.terms)
    originals = {term_key(term.term, term.kind): term.definition for term in terms}
    for edit in edits:
        _APPLY[type(edit)](terms, edit, document, originals)
    terms.sort(key=lambda term: -term.importance)
    return replace(glossary, terms=tuple(terms))


def find_entry(terms: Sequence[Term], entry: Entry) -> int | None:
    """Return the index of the term that ``entry`` names: by key, by form, then by an alias."""
    key, form = term_key(entry.term, entry.kind), normalised_form(entry.term)
    by_form = by_alias = None
    for index, term in enumerate(terms):
        if term_key(term.term, term.kind) == key:
            return index
        if by_form is None and normalised_form(term.term) == form:
            by_form = index
        if by_alias is None and any(normalised_form(alias) == form for alias in term.aliases):
            by_alias = index
    return by_form if by_form is not None else by_alias


_Originals = dict[str, Definition | None]


def _define(terms: list[Term], edit: Define, document: Document, originals: _Originals) -> None:
    at = find_entry(terms, edit.entry)
    if edit.text is None:
        if at is not None:
            found = originals.get(term_key(terms[at].term, terms[at].kind))
            terms[at] = replace(terms[at], definition=found)
        return
    own = Definition(edit.text, DefinitionSource.READER)
    if at is not None:
        terms[at] = replace(terms[at], definition=own)
    else:  # the reader's words stay, whatever the program finds now
        terms.append(_new_term(edit.entry, (), own, document, terms))


def _rename(terms: list[Term], edit: Rename, document: Document, _originals: _Originals) -> None:
    at = find_entry(terms, edit.entry)
    if at is None:
        return
    term = terms[at]
    aliases = tuple(a for a in (*term.aliases, term.term) if not _same(a, edit.term))
    if _same(term.term, edit.term):  # a matter of spelling
        aliases = term.aliases
    mentions = term.mentions or find_mentions(document, [edit.term])
    terms[at] = replace(
        term, term=edit.term, kind=edit.kind, aliases=tuple(dict.fromkeys(aliases)),
        mentions=mentions,
    )  # fmt: skip
    _relate(terms, term.term, edit.term)


def _add_alias(
    terms: list[Term], edit: AddAlias, document: Document, _originals: _Originals
) -> None:
    at = find_entry(terms, edit.entry)
    if at is None:
        return
    term = terms[at]
    others = [s for i, t in enumerate(terms) if i != at for s in t.mentions]
    found = find_mentions(document, [edit.alias], [*others, *term.mentions])
    aliases = term.aliases
    if not any(_same(edit.alias, name) for name in (term.term, *aliases)):
        aliases = (*aliases, edit.alias)
    terms[at] = replace(term, aliases=aliases, mentions=_union(term.mentions, found))


def _remove_alias(
    terms: list[Term], edit: RemoveAlias, document: Document, _originals: _Originals
) -> None:
    at = find_entry(terms, edit.entry)
    if at is None:
        return
    term = terms[at]
    rest = tuple(alias for alias in term.aliases if not _same(alias, edit.alias))
    gone = set(_going_by(term, [edit.alias], document))
    kept = tuple(span for span in term.mentions if span not in gone)
    terms[at] = replace(term, aliases=rest, mentions=kept)


def _merge(terms: list[Term], edit: Merge, _document: Document, _originals: _Originals) -> None:
    at, other = find_entry(terms, edit.entry), find_entry(terms, edit.other)
    if at is None or other is None or at == other:
        return
    into, gone = terms[at], terms[other]
    names = dict.fromkeys((*into.aliases, gone.term, *gone.aliases))
    terms[at] = replace(
        into,
        aliases=tuple(name for name in names if not _same(name, into.term)),
        importance=max(into.importance, gone.importance),
        definition=_better(into.definition, gone.definition),
        mentions=_union(into.mentions, gone.mentions),
    )
    _relate(terms, gone.term, into.term)
    del terms[other]


def _split(terms: list[Term], edit: Split, document: Document, _originals: _Originals) -> None:
    at = find_entry(terms, edit.entry)
    if at is None:
        return
    term = terms[at]
    moved = set(_going_by(term, [edit.new.term, *edit.aliases], document))
    places = {span for place in edit.places if (span := place.find(document)) is not None}
    if edit.places:  # chosen one by one: these alone
        moved = places
    out = [edit.new.term, *edit.aliases]
    terms[at] = replace(
        term,
        aliases=tuple(a for a in term.aliases if not any(_same(a, name) for name in out)),
        mentions=tuple(span for span in term.mentions if span not in moved),
    )
    terms.append(
        replace(
            _new_term(edit.new, edit.aliases, None, document, terms),
            importance=term.importance,
            mentions=tuple(sorted(moved)),
        )
    )


def _remove(terms: list[Term], edit: Remove, _document: Document, _originals: _Originals) -> None:
    at = find_entry(terms, edit.entry)
    # A term that merely has this name as an alias is not what was removed.
    if at is not None and _same(terms[at].term, edit.entry.term):
        _relate(terms, terms[at].term, None)
        del terms[at]


def _add(terms: list[Term], edit: Add, document: Document, _originals: _Originals) -> None:
    own = Definition(edit.text, DefinitionSource.READER) if edit.text else None
    at = find_entry(terms, edit.entry)
    if at is not None and _same(terms[at].term, edit.entry.term):  # found by a newer program
        names = dict.fromkeys((*terms[at].aliases, *edit.aliases))
        terms[at] = replace(
            terms[at], definition=own or terms[at].definition, aliases=tuple(names),
            importance=_OWN_IMPORTANCE,
        )  # fmt: skip
        return
    terms.append(_new_term(edit.entry, edit.aliases, own, document, terms))


_APPLY: dict[type[Any], Callable[[list[Term], Any, Document, _Originals], None]] = {
    Define: _define, Rename: _rename, AddAlias: _add_alias, RemoveAlias: _remove_alias,
    Merge: _merge, Split: _split, Remove: _remove, Add: _add,
}  # fmt: skip


def _new_term(
    entry: Entry,
    aliases: Sequence[str],
    definition: Definition | None,
    document: Document,
    terms: Sequence[Term],
) -> Term:
    """Return a term of the reader's with every mention in the text."""
    taken = [span for term in terms for span in term.mentions]
    mentions = find_mentions(document, [entry.term, *aliases], taken)
    return Term(entry.term, entry.kind, tuple(aliases), _OWN_IMPORTANCE, definition, mentions)


def _relate(terms: list[Term], name: str, now: str | None) -> None:
    """Let relations to ``name`` lead to what it is called now, or nowhere."""
    for index, term in enumerate(terms):
        if name in term.related:
            names = [now if other == name else other for other in term.related]
            related = tuple(dict.fromkeys(n for n in names if n is not None and n != term.term))
            terms[index] = replace(term, related=related)


def _better(first: Definition | None, second: Definition | None) -> Definition | None:
    """Return the reader's own definition, else the first that there is."""
    if second is not None and second.source is DefinitionSource.READER:
        return second
    return first or second


def _going_by(term: Term, names: Sequence[str], document: Document) -> list[Span]:
    """Return the mentions of ``term`` whose words are one of ``names`` in some form."""
    wanted = set(find_mentions(document, names))
    return [span for span in term.mentions if span in wanted]


def _union(first: Sequence[Span], second: Sequence[Span]) -> tuple[Span, ...]:
    """Return both in the order of the text; of two that overlap the longer, else the earlier."""
    kept: list[Span] = []
    for span in sorted((*first, *second), key=lambda s: (s.block, s.start - s.end, s.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def _same(first: str, second: str) -> bool:
    return normalised_form(first) == normalised_form(second)
