"""Cards that the reader writes: their identity, and a first draft from a selection."""

from __future__ import annotations

from dataclasses import replace

from desktop.decks.deck import Note, NoteKind
from desktop.decks.identity import note_id
from desktop.glossary.term import DefinitionSource
from desktop.reading.document import Document, Evidence, Span
from desktop.reading.sentences import sentence_around


def evidence_of(document: Document, selected: Span) -> Evidence:
    """Return the sentences that a selection touches."""
    return sentence_around(document, selected)


def draft(document: Document, selected: Span, kind: NoteKind) -> Note:
    """Return a first draft of a card on the selected words.

    They are the answer of a question, the gap in their sentence, or the term to be explained.
    """
    evidence = evidence_of(document, selected)
    words = " ".join(document.quote(selected).split())
    note = Note(
        id="",
        kind=kind,
        front="",
        back=words,
        evidence=evidence,
        rule=f"written_{DefinitionSource.READER.value}",
        tags=("glossator",),
        title=document.name,
        author=", ".join(document.authors),
    )
    if kind is NoteKind.TERM:
        return replace(note, front=words, back="")
    if kind is NoteKind.QUESTION:
        return note
    start, end = (at - evidence.span.start for at in (selected.start, selected.end))
    quote = evidence.quote
    if not words or "{{" in quote:
        return replace(note, cloze=quote, back=quote)
    source = f"{quote[:start]}{{{{c1::{quote[start:end]}}}}}{quote[end:]}"
    return replace(note, cloze=" ".join(source.split()), back=quote)


def identified(note: Note) -> Note:
    """Return a written card with its identity: its sentence and what the reader asks for."""
    asked = note.cloze or f"{note.front}\x1f{note.back}"
    return replace(note, id=note_id(note.evidence.quote, f"written {note.kind.value}", asked))
