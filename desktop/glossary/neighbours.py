"""What to look at next from a term: its relations, else the terms of the same sentences."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.glossary.keys import normalised_form
from desktop.glossary.term import Term
from desktop.reading.document import Document
from desktop.reading.sentences import sentence_around

_MOST = 6


def neighbours(term: Term, terms: Sequence[Term], document: Document) -> tuple[Term, ...]:
    """Return terms of the same glossary that are related to ``term``, the closest first."""
    if not term.related:
        return _of_the_same_sentences(term, terms, document)
    by_form = {normalised_form(other.term): other for other in terms}
    named = [by_form.get(normalised_form(name)) for name in term.related]
    related = [other for other in named if other is not None and other is not term]
    return tuple(related[:_MOST]) or _of_the_same_sentences(term, terms, document)


def _of_the_same_sentences(
    term: Term, terms: Sequence[Term], document: Document
) -> tuple[Term, ...]:
    sentences = {sentence_around(document, mention).span for mention in term.mentions}
    blocks = {sentence.block for sentence in sentences}
    shared = []
    for other in terms:
        near = [span for span in other.mentions if span.block in blocks]
        number = sum(any(sentence.contains(span) for span in near) for sentence in sentences)
        if number and other.term != term.term:
            shared.append((number, other))
    shared.sort(key=lambda pair: -pair[0])  # stable: of equals the more important one
    return tuple(other for _number, other in shared[:_MOST])
