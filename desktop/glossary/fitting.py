"""Whether a definition that the text states is one of the term at hand, and which is the best."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.glossary.stating import Stated
from desktop.glossary.term import TermKind

#: Which kinds a definition's head noun may name for a term of a kind; a name's must name one.
_COMPATIBLE = {
    TermKind.PERSON: {TermKind.PERSON},
    TermKind.PLACE: {TermKind.PLACE},
    TermKind.ORGANISATION: {TermKind.ORGANISATION, TermKind.WORK, TermKind.CONCEPT},
    TermKind.EVENT: {TermKind.EVENT, TermKind.CONCEPT},
    TermKind.WORK: {TermKind.WORK, TermKind.CONCEPT, TermKind.ORGANISATION},
}
#: Kinds of names whose definition may have a head noun that no list knows.
_OPEN = frozenset({TermKind.ORGANISATION, TermKind.EVENT, TermKind.WORK})
_ARTICLED = re.compile(r"(?:an?|the|[A-Z]\w+[’']s)\s", re.IGNORECASE)

#: "…, the first default in its history" speaks of the event that the sentence tells.
_OCCASION = re.compile(r"the\s(?:first|second|third|last|latest|next|only)\s", re.IGNORECASE)


def best_for(
    term: str, kind: TermKind, found: Iterable[tuple[int, Stated]]
) -> tuple[int, Stated] | None:
    """Return the best definition that fits a term's kind, with the number of its block.

    A definition whose own head noun names another kind, or several things where the name is one,
    is a definition of something else. A concept may be defined in the plural.
    """
    fitting = [
        (block, item)
        for block, item in found
        if _fits(kind, item)
        and not _repeats(term, item)
        and (not item.plural or term.endswith("s") or kind is TermKind.CONCEPT)
    ]
    return max(fitting, key=lambda pair: (pair[1].quality, -pair[0], -pair[1].start), default=None)


def _repeats(term: str, item: Stated) -> bool:
    """Return whether a definition says the term itself again."""
    return bool(re.search(rf"\b{re.escape(term.casefold())}", item.text.casefold()))


def _is_plain_statement(item: Stated) -> bool:
    """Return whether a definition reads "a …" or "the …" in a construction that is seldom wrong."""
    return item.quality >= 0.9 and bool(_ARTICLED.match(item.text))


def _fits(kind: TermKind, item: Stated) -> bool:
    if item.form == "office":
        return kind is TermKind.PERSON
    if kind is TermKind.CONCEPT and item.form == "apposition":
        is_occasion = _OCCASION.match(item.text)
        says_much = item.plural and len(item.text.split()) > 3
        reads_as_class = says_much or bool(_ARTICLED.match(item.text))
        return reads_as_class and not item.listed and not is_occasion
    if kind in _COMPATIBLE:
        named = item.kind in _COMPATIBLE[kind]
        return named or (item.kind is None and kind in _OPEN and _is_plain_statement(item))
    return item.kind is not TermKind.PERSON
