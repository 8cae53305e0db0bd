"""Documents, notes, analyses and clocks for the tests of the library and of what uses it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.decks.deck import Deck, Note, NoteKind
from desktop.facts.fact import Facts
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.library.database import Database
from desktop.operations.analysing import Analysed
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.reading.document import (
    Block,
    BlockKind,
    Document,
    LeftOut,
    LeftOutKind,
    Mark,
    MarkKind,
    Picture,
    Source,
    Span,
)

VERSION = "test.1"

TABLES = (
    "settings", "state", "documents", "document_contents", "pictures", "reading_positions",
    "analyses", "notes", "note_documents", "deleted_notes", "cards", "reviews",
    "glossary_edits", "known_terms", "document_terms", "card_judgements", "deck_options", "decks",
    "note_types", "foreign_notes", "media", "schedule_changes", "anki_cards", "anki_reviews",
    "anki_decks", "anki_presets",
    "highlights", "bookmarks",
    "anki_meetings", "anki_contents",
    "labels", "document_labels",
)  # fmt: skip


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def move(self, **span: float) -> None:
        self.time += timedelta(**span)


def open_workspace(home: Path, clock: Clock | None = None) -> Workspace:
    return Workspace.open(reader_folders(home), now=clock or Clock(), zone=UTC)


def make_document(
    title: str = "Rivers", paragraphs: int = 6, pictures: Sequence[Picture] = ()
) -> Document:
    texts = [
        f"{title} number {i} is {100 + i} miles long and — naïve — runs." for i in range(paragraphs)
    ]
    blocks = [Block(0, BlockKind.TITLE, title)]
    for index, text in enumerate(texts, 1):
        marks = (Mark(0, 6, MarkKind.LINK, "https://example.org"), Mark(7, 13, MarkKind.STRONG))
        blocks.append(Block(index, BlockKind.PARAGRAPH, text, marks=marks if index == 1 else ()))
    if pictures:
        blocks.append(Block(len(blocks), BlockKind.FIGURE, "A map", picture=pictures[0].name))
    blocks.append(Block(len(blocks), BlockKind.HEADING, "End", level=2))
    return Document(
        title=title,
        kicker="Water",
        standfirst=None,
        authors=("Ann Lee", "Bo Ek"),
        date="2024-05-01",
        language="en",
        source=Source(f"{title.lower()}.txt", hashlib.sha256(title.encode()).hexdigest(), "txt"),
        blocks=tuple(blocks),
        left_out=(LeftOut(LeftOutKind.ADVERTISEMENT, "Buy boats"),),
        warnings=("One line was joined.",),
        pictures=tuple(pictures),
    )


def make_note(document: Document, block: int, **changes: Any) -> Note:
    text = document.blocks[block].text
    values: dict[str, Any] = {
        "id": f"{document.title}-{block}",
        "kind": NoteKind.QUESTION,
        "front": f"How long is {document.title} number {block - 1}?",
        "back": f"{99 + block} miles",
        "evidence": document.evidence(Span(block, 0, len(text))),
        "fact": f"fact-{block}",
        "rule": "quantity",
        "confidence": 0.75,
        "tags": ("length",),
        "title": document.name,
        "author": ", ".join(document.authors),
    }
    return Note(**(values | changes))


def make_cloze(document: Document, block: int, gaps: int = 2) -> Note:
    words = document.blocks[block].text.split(" ")
    for number in range(1, gaps + 1):
        words[number * 2] = f"{{{{c{number}::{words[number * 2]}}}}}"
    return make_note(
        document,
        block,
        id=f"{document.title}-cloze-{block}",
        kind=NoteKind.CLOZE,
        front="[…]",
        back=document.blocks[block].text,
        cloze=" ".join(words),
    )


def make_analysed(document: Document, notes: Sequence[Note] | None = None) -> Analysed:
    if notes is None:
        notes = [make_note(document, i) for i in range(1, 5)] + [make_cloze(document, 5)]
    definition = Definition("a long water", DefinitionSource.DICTIONARY, None, "A book")
    mentions = (Span(1, 0, 3),)
    term = Term("river", TermKind.WORD, ("stream",), 0.5, definition, mentions)
    head = (document.name, document.source.sha256)
    return Analysed(
        Glossary(*head, (term,)),
        Facts(*head, ()),
        Deck(document.name, *head, tuple(notes)),
    )


def add_analysed(
    workspace: Workspace, document: Document, notes: Sequence[Note] | None = None
) -> int:
    document_id = workspace.add_document(document)
    workspace.save_analysed(document_id, VERSION, make_analysed(document, notes))
    return document_id


def accept_all(workspace: Workspace, document_id: int | None = None) -> None:
    workspace.accept([record.note.id for record in workspace.cards(document_id)])


def change_options(workspace: Workspace, **changes: Any) -> None:
    """Let all decks be studied by other options."""
    workspace.save_options(replace(workspace.options(), **changes))


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table with its rowid."""
    return {
        table: [tuple(row) for row in database.rows(f"SELECT rowid, * FROM {table} ORDER BY rowid")]
        for table in TABLES
    }
