"""Other forms of a card for the reader to choose from: questions, gaps, a term both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.decks.build import forms
from desktop.decks.cloze import hidden, revealed, shown
from desktop.decks.deck import Finding, Note, NoteKind
from desktop.decks.framing import display_title
from desktop.decks.occlusion import has_picture_in_front
from desktop.decks.quality import lint
from desktop.decks.reverse import BLANK, definition_as_question
from desktop.facts.fact import Facts
from desktop.reading.document import Document


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another form of a card, with what the linter says of it."""

    note: Note
    findings: tuple[Finding, ...]


def alternatives(note: Note, facts: Facts, document: Document) -> tuple[Alternative, ...]:
    """Return the other forms that ``note`` can take, sound ones first; all keep its identity."""
    if has_picture_in_front(note):
        return ()
    found: dict[tuple[str, str, str | None], Note] = {}
    for form in _all_forms(note, facts, document):
        other = replace(
            form, id=note.id, fact=note.fact, term=note.term, rule=note.rule, tags=note.tags,
            confidence=note.confidence, title=note.title, author=note.author,
            modified=note.modified, evidence=note.evidence,
        )  # fmt: skip
        found.setdefault((other.front, other.back, other.cloze), other)
    found.pop((note.front, note.back, note.cloze), None)
    judged = [Alternative(other, lint(other)) for other in found.values()]
    return tuple(sorted(judged, key=lambda one: bool(one.findings)))


def _all_forms(note: Note, facts: Facts, document: Document) -> Iterator[Note]:
    """Yield the forms of the card's fact, then those that its own words can be put into."""
    fact = next((f for f in facts.facts if f.id == note.fact), None) if note.fact else None
    made = [] if fact is None else list(forms(fact, document))
    for form in made:
        yield form
        yield from _one_gap_each(form)
    for form in (note, *made):
        yield from _with_and_without_title(form, display_title(document.name))
    if note.kind is NoteKind.TERM:
        yield from _asked_as_question(note)
    yield from _gap_in_sentence(note)


def _one_gap_each(note: Note) -> Iterator[Note]:
    """Yield a cloze of several gaps with each of them alone."""
    if note.cloze is None or len(hidden(note.cloze)) < 2:
        return
    marks = list(re.finditer(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", note.cloze))
    for kept in marks:
        pieces, end = [], 0
        for mark in marks:
            pieces += [note.cloze[end : mark.start()], mark[0] if mark is kept else mark[1]]
            end = mark.end()
        yield _cloze(note, "".join([*pieces, note.cloze[end:]]))


def _with_and_without_title(note: Note, title: str) -> Iterator[Note]:
    """Yield a card with the name of its text before it, or without."""
    asked = note.cloze if note.kind is NoteKind.CLOZE else note.front
    if note.kind is NoteKind.TERM or not asked:
        return
    bare = re.sub(rf"^(?:In )?“{re.escape(title)}”[,:] ", "", asked)
    if bare != asked:
        changed = bare[:1].upper() + bare[1:]
    elif note.kind is NoteKind.CLOZE:
        changed = f"In “{title}”: {asked}"
    elif re.match(r"(?:Who|Wh|How)", asked):
        changed = f"In “{title}”, {asked[0].lower()}{asked[1:]}"
    else:
        changed = f"“{title}”: {asked}"
    yield _cloze(note, changed) if note.kind is NoteKind.CLOZE else replace(note, front=changed)


def _asked_as_question(note: Note) -> Iterator[Note]:
    """Yield a term's card as a question for its meaning, and as one for the term."""
    yield replace(note, kind=NoteKind.QUESTION, front=f"What is meant by “{note.front}”?")
    asked = definition_as_question(note.back, note.front)
    if asked and BLANK not in asked:
        front = f"What is the term for this: {asked.rstrip('.')}?"
        yield replace(note, kind=NoteKind.QUESTION, front=front, back=note.front)


def _gap_in_sentence(note: Note) -> Iterator[Note]:
    """Yield the quoted sentence with the card's answer hidden, where it stands there just once."""
    quote = note.evidence.quote
    if note.kind is NoteKind.CLOZE or "{{" in quote or "::" in quote:
        return
    answer = note.front if note.kind is NoteKind.TERM else note.back
    places = list(re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", quote, re.IGNORECASE))
    if len(places) == 1 and places[0][0] != quote:
        at = places[0]
        yield _cloze(note, f"{quote[: at.start()]}{{{{c1::{at[0]}}}}}{quote[at.end() :]}")


def _cloze(note: Note, source: str) -> Note:
    return replace(
        note, kind=NoteKind.CLOZE, front=shown(source), back=revealed(source), cloze=source
    )
