"""How the terms of a glossary belong together: seat and country, work and author, office and land.

A term is related to the terms that its definition names, to the country whose capital or people it
is, to the country that the office before a person's name speaks of ("Chinese President …") and,
for a work, to the person behind "by". Terms that merely stand near each other are not related.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.glossary import gazetteer
from desktop.glossary.encyclopedia import key
from desktop.glossary.names import Mention
from desktop.glossary.peoples import home_of
from desktop.glossary.term import Term, TermKind
from desktop.reading.document import Document

#: More would be a list, not a pointer.
_MOST = 6
#: What a definition names only in passing is in its later part.
_DEFINING = 160
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_BY = re.compile(
    r"[”\"’,]?\s+(?:\(\d{4}\)\s+)?(?:was\s+)?(?:written\s+|painted\s+)?by\s+(?:the\s+)?"
)
_VAGUE = frozenset({TermKind.WORD, TermKind.CONCEPT})


def relate(document: Document, terms: Sequence[Term], mentions: Sequence[Mention]) -> list[Term]:
    """Return the terms with ``related`` filled, by the terms' names."""
    owners = _owners(terms)
    longest = max((len(form.split()) for form in owners), default=1)
    titles: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.title:
            titles[mention.text].append(mention.title)
    result = []
    for term in terms:
        found = [
            *_of_offices(term, titles, owners),
            *_of_place(term, owners),
            *_authors(document, term, owners, longest),
            *_named_in(term, owners, longest),
        ]
        names = dict.fromkeys(name for name in found if name != term.term)
        result.append(replace(term, related=tuple(names)[:_MOST]) if names else term)
    return result


def _owners(terms: Sequence[Term]) -> dict[str, str]:
    """Map each form of a name, and each term of several words, to the term's name."""
    owners: dict[str, str] = {}
    for term in sorted(terms, key=lambda term: -term.importance):
        for form in (term.term, *term.aliases):
            if term.kind not in _VAGUE or " " in form or form[:1].isupper():
                owners.setdefault(key(form), term.term)
    return owners


def _forms_in(text: str, owners: dict[str, str], longest: int) -> Iterable[str]:
    """Yield the terms that a text names, the longest form at each place, in their order."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            last = words[at + length - 1]
            form = text[words[at].start() : last.end()].rstrip(".").removesuffix("’s")
            is_name = form[:1].isupper() or length > 1
            if is_name and (owner := owners.get(key(form.removesuffix("'s")))):
                yield owner
                at += length - 1
                break
        at += 1


def _named_in(term: Term, owners: dict[str, str], longest: int) -> Iterable[str]:
    """Yield what the definition names; a plain word's gloss names examples, not relations."""
    if term.definition is None or term.kind is TermKind.WORD:
        return ()
    return _forms_in(term.definition.text[:_DEFINING], owners, longest)


def _of_offices(term: Term, titles: dict[str, list[str]], owners: dict[str, str]) -> Iterable[str]:
    if term.kind is TermKind.PERSON:
        for form in (term.term, *term.aliases):
            for title in titles.get(form, ()):
                yield from _forms_in(title, owners, 2)
                homes = [home_of(word) for word in title.split()]
                yield from (owners[key(home)] for home in homes if home and key(home) in owners)


def _of_place(term: Term, owners: dict[str, str]) -> Iterable[str]:
    """Yield the country of a capital and of a people."""
    homes = []
    if term.kind is TermKind.PLACE:
        homes = [gazetteer.country_of_capital(form) for form in (term.term, *term.aliases)]
    elif term.kind is TermKind.CONCEPT and term.term[:1].isupper():
        homes = [home_of(term.term)]
    return [owners[key(home)] for home in homes if home and key(home) in owners]


def _authors(document: Document, term: Term, owners: dict[str, str], longest: int) -> Iterable[str]:
    """Yield the person whom "by" names directly behind a work."""
    if term.kind is not TermKind.WORK:
        return
    for span in term.mentions:
        text = document.blocks[span.block].text
        match = _BY.match(text, span.end)
        if match:
            yield from list(_forms_in(text[match.end() : match.end() + 60], owners, longest))[:1]
