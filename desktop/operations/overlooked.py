"""Names that one portion of a text knows, in the portions that didn't see them as names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desktop.glossary.keys import kind_class
from desktop.glossary.runs import is_common
from desktop.glossary.term import Term
from desktop.operations.merging import MergedTerm
from desktop.reading.document import Block, BlockKind, Document, Span

_WORD = re.compile(r"\w+")
_UNSEARCHED = frozenset({BlockKind.CODE, BlockKind.FIGURE})


def with_overlooked(
    document: Document, portions: Sequence[range], entries: Sequence[MergedTerm]
) -> list[MergedTerm]:
    """Return the entries with the places of names in portions that have none of them.

    ``portions`` are ranges of blocks, numbered as in ``MergedTerm.documents``. Only what is
    written exactly so counts, only a form that is one entry's alone, and no everyday word.
    """
    by_word = _forms_by_first_word(entries)
    covered: dict[int, list[Span]] = defaultdict(list)
    for entry in entries:
        if _is_name(entry.term):
            for span in entry.term.mentions:
                covered[span.block].append(span)
    known = [set(entry.documents) for entry in entries]
    added: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for portion, blocks in enumerate(portions):
        for index in blocks:
            for span, owner in _found_in(document.blocks[index], by_word):
                free = not any(span.overlaps(other) for other in covered[index])
                if free and portion not in known[owner]:
                    added[owner].append((portion, span))
    return [_with(entry, added.get(place, ())) for place, entry in enumerate(entries)]


def _is_name(term: Term) -> bool:
    return kind_class(term.term, term.kind) != "idea"


def _forms_by_first_word(entries: Sequence[MergedTerm]) -> dict[str, list[tuple[str, int]]]:
    """Return the forms that are one name's alone, the longest first, by their first word."""
    owners: dict[str, set[int]] = defaultdict(set)
    for place, entry in enumerate(entries):
        for form in (entry.term.term, *entry.term.aliases):
            owners[form].add(place)
    by_word: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for form, places in owners.items():
        place = min(places)
        word = _WORD.match(form)
        telling = form[:1].isupper() and len(form) > 2 and (" " in form or not is_common(form))
        if len(places) == 1 and word and telling and _is_name(entries[place].term):
            by_word[word.group()].append((form, place))
    return {
        word: sorted(forms, key=lambda each: (-len(each[0]), each[0]))
        for word, forms in by_word.items()
    }


def _found_in(block: Block, by_word: dict[str, list[tuple[str, int]]]) -> list[tuple[Span, int]]:
    """Return the places of the forms in a block, with the number of their entry."""
    found: list[tuple[Span, int]] = []
    if block.kind in _UNSEARCHED:
        return found
    text, free = block.text, 0
    for word in _WORD.finditer(text):
        if word.start() < free:
            continue
        for form, entry in by_word.get(word.group(), ()):
            end = word.start() + len(form)
            if text.startswith(form, word.start()) and not text[end : end + 1].isalnum():
                found.append((Span(block.index, word.start(), end), entry))
                free = end
                break
    return found


def _with(entry: MergedTerm, added: Sequence[tuple[int, Span]]) -> MergedTerm:
    if not added:
        return entry
    mentions = (*entry.term.mentions, *(span for _, span in added))
    documents = (*entry.documents, *(portion for portion, _ in added))
    return replace(entry, term=replace(entry.term, mentions=mentions), documents=documents)
