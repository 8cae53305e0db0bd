"""The spoiler guard: what a glossary may say to a reader who has come as far as a place."""

from __future__ import annotations

from dataclasses import replace

from desktop.glossary.term import Definition, Term, TermKind
from desktop.reading.document import Document, Span

#: A block and a code-point offset in it.
Place = tuple[int, int]

#: Kinds that go by a name; of the others the entry is a dictionary form, which tells nothing new.
_NAMED = frozenset(
    {TermKind.PERSON, TermKind.PLACE, TermKind.ORGANISATION, TermKind.EVENT, TermKind.WORK}
)


def seen(span: Span, reach: Place) -> bool:
    """Return whether all of ``span`` lies before ``reach``."""
    return (span.block, span.end) <= reach


def term_until(term: Term, reach: Place, document: Document) -> Term | None:
    """Return ``term`` as far as the text up to ``reach`` tells of it, ``None`` before that.

    Later mentions go, and with them names that none of the earlier ones spells and a definition
    whose sentence comes later. A term that has nothing to hide is returned as it is.
    """
    mentions = tuple(span for span in term.mentions if seen(span, reach))
    if not mentions:
        return None
    definition = _definition_until(term.definition, reach)
    if len(mentions) == len(term.mentions):
        return term if definition is term.definition else replace(term, definition=definition)
    spelled = {_plain(document.quote(span)) for span in mentions}
    aliases = tuple(alias for alias in term.aliases if _plain(alias) in spelled)
    name = term.term
    if term.kind in _NAMED and _plain(name) not in spelled:
        name = max((document.quote(span) for span in mentions), key=len)
    return replace(term, term=name, aliases=aliases, definition=definition, mentions=mentions)


def _definition_until(definition: Definition | None, reach: Place) -> Definition | None:
    if definition is None or definition.evidence is None:
        return definition
    return definition if seen(definition.evidence.span, reach) else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
