"""Decks from facts and terms: each fact in the kind of card that suits it, in order of study."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desktop.decks.cloze import can_hide, cloze_source, revealed, shown
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.quality import lint, lint_deck
from desktop.decks.questions import ask
from desktop.facts.extract import normalised
from desktop.facts.fact import Fact, Facts
from desktop.glossary.term import DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Document, Evidence, Span

#: A fact below this importance makes no card, unless its paragraph would have none.
_LEAST = 0.3
#: A definition that is surer than this makes a card.
_SURE = {
    DefinitionSource.READER: 0.0,
    DefinitionSource.DOCUMENT: 0.5,
    DefinitionSource.ENCYCLOPEDIA: 0.8,
    DefinitionSource.DICTIONARY: 0.8,
}
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A note with what decides on its place: importance, and where it stands in the text."""

    note: Note
    importance: float
    place: Span


def build_deck(
    facts: Facts,
    glossary: Glossary,
    document: Document,
    *,
    name: str | None = None,
    limit: int | None = None,
    kinds: Collection[NoteKind] | None = None,
) -> Deck:
    """Return the cards of a document in order of study, which is the order of its text.

    ``kinds`` keeps notes of these kinds only; ``limit`` keeps the most important ones.
    """
    wanted = frozenset(kinds) if kinds is not None else frozenset(NoteKind)
    chosen = _from_facts(facts, document, wanted)
    if NoteKind.TERM in wanted:
        chosen += _from_terms(glossary, document, chosen)
    faults = lint_deck(c.note for c in chosen)
    sound = [c for c in chosen if not faults[c.note.id]]
    if limit is not None:
        best = sorted(sound, key=lambda c: (-c.importance, c.place, c.note.id))[: max(0, limit)]
        sound = best
    ordered = sorted(sound, key=lambda c: (c.place, c.note.kind.value, c.note.id))
    title = document.name
    return Deck(
        name or "Glossator::" + title.replace("::", ":"),
        title,
        document.source.sha256,
        tuple(c.note for c in ordered),
    )


def note_id(quote: str, target: str, answer: str) -> str:
    """Return a note's stable identity from its sentence, what is asked and the answer.

    Neither the wording of the card nor its place counts, so a reworded question, a corrected typo
    elsewhere and a second text with the same sentence leave it as it is (20 characters).
    """
    key = "\x1f".join(("glossator note 1", normalised(quote), target, normalised(answer)))
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def _from_facts(facts: Facts, document: Document, wanted: frozenset[NoteKind]) -> list[_Candidate]:
    """Return sound cards of the facts, best first, at most two a sentence."""
    chosen: list[_Candidate] = []
    per_sentence: Counter[Span] = Counter()
    covered: set[int] = set()
    kinds: set[tuple[Span, str]] = set()
    for fact in sorted(facts.facts, key=lambda f: (-f.importance, f.evidence.span, f.answer_span)):
        span = fact.evidence.span
        weak = fact.importance < _LEAST and span.block in covered
        again = (span, fact.kind.value) in kinds
        if per_sentence[span] >= 2 or weak or (again and per_sentence[span]):
            continue
        note = _note(fact, document, wanted)
        if note is None:
            continue
        per_sentence[span] += 1
        kinds.add((span, fact.kind.value))
        covered.add(span.block)
        chosen.append(_Candidate(note, fact.importance, fact.answer_span))
    return chosen


def _note(fact: Fact, document: Document, wanted: frozenset[NoteKind]) -> Note | None:
    """Return the first sound form of a fact's card: a question, else a cloze."""
    for note in _forms(fact, document):
        if note.kind in wanted and not lint(note):
            return note
    return None


def _forms(fact: Fact, document: Document) -> Iterator[Note]:
    """Yield the forms that a fact's card can take, the best first."""
    author = ", ".join(document.authors)
    base = Note(
        id=note_id(fact.evidence.quote, fact.asks, fact.answer),
        kind=NoteKind.QUESTION,
        front="",
        back="",
        evidence=fact.evidence,
        fact=fact.id,
        rule=fact.rule,
        confidence=fact.confidence,
        tags=("glossator", f"glossator::{fact.kind.value}"),
        title=document.name,
        author=author,
    )
    from dataclasses import replace

    question = ask(fact)
    if question and not fact.opinion:
        front = _with_context(question, document) if fact.needs_context else question
        yield replace(base, front=front, back=_answer(fact.answer))
    if can_hide(fact):
        prefix = _prefix(fact, document)
        if prefix is None:
            return
        source = prefix + cloze_source(fact.statement, fact.targets, fact.hints)
        yield replace(
            base, kind=NoteKind.CLOZE, front=shown(source), back=revealed(source), cloze=source
        )


def _with_context(question: str, document: Document) -> str:
    """Name the text that the question is about."""
    return f"In “{document.name}”, {question[0].lower()}{question[1:]}"


def _prefix(fact: Fact, document: Document) -> str | None:
    """Return what a cloze needs before its statement; None where an opinion has no author."""
    if fact.opinion:
        if not document.authors:
            return None
        return f"According to {document.authors[0]} in “{document.name}”: "
    return f"In “{document.name}”: " if fact.needs_context else ""


def _answer(text: str) -> str:
    """Return an answer as it stands on the back: without loose punctuation."""
    answer = text.strip(" ,;:")
    return answer[:1].upper() + answer[1:]


def _from_terms(
    glossary: Glossary, document: Document, chosen: list[_Candidate]
) -> list[_Candidate]:
    """Return cards of the terms that are defined surely, placed where each is first met."""
    defined = {normalised(c.note.back) for c in chosen if c.note.rule == "definition"}
    cards = []
    for term in glossary.terms:
        definition = term.definition
        if definition is None or definition.confidence < _SURE[definition.source]:
            continue
        if normalised(term.term) in defined or not term.mentions:
            continue
        evidence = definition.evidence or _sentence_around(document, min(term.mentions))
        cards.append(
            _Candidate(_term_note(term, evidence, document), term.importance, min(term.mentions))
        )
    return cards


def _term_note(term: Term, evidence: Evidence, document: Document) -> Note:
    """Return the card of a term; one term of a reference work is one card in all texts."""
    definition = term.definition
    assert definition is not None
    own = definition.source is DefinitionSource.DOCUMENT
    quote = evidence.quote if own else definition.source.value
    kind = "word" if term.kind is TermKind.WORD else "term"
    return Note(
        id=note_id(quote, "term", term.term),
        kind=NoteKind.TERM,
        front=term.term,
        back=definition.text,
        evidence=evidence,
        term=term.term,
        rule=f"{kind}_{definition.source.value}",
        confidence=round(definition.confidence, 3),
        tags=("glossator", f"glossator::{term.kind.value}"),
        title=document.name,
        author=", ".join(document.authors),
    )


def _sentence_around(document: Document, mention: Span) -> Evidence:
    """Return the sentence in which a term is met, by its punctuation."""
    text = document.blocks[mention.block].text
    start, end = 0, len(text.rstrip())
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= mention.start:
            start = match.end()
        elif match.start() >= mention.end:
            end = match.start() + len(match.group().rstrip())
            break
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return document.evidence(Span(mention.block, start, end))
