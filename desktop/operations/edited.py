"""An analysis with what the reader changed: glossary, cards, the list of all terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.decks.deck import NoteKind
from desktop.glossary.edits import Add, Define, apply_edits
from desktop.glossary.keys import term_key
from desktop.glossary.term import DefinitionSource, Glossary
from desktop.library import decks, documents, glossary, judgements, state
from desktop.library.database import Database
from desktop.library.decks import NoteStatus
from desktop.settings import DEFAULT_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.decks.deck import Note
    from desktop.decks.ranking import Ranker
    from desktop.operations.analysing import Analysed
    from desktop.reading.document import Document

#: The share of a new text's paragraphs that a known one must have to be taken for its correction.
_SAME_TEXT = 0.5


def edited_glossary(database: Database, document_id: int, found: Glossary) -> Glossary:
    """Return the glossary that was found in a document with the reader's edits."""
    edits = glossary.read_edits(database, document_id)
    if not edits:
        return found
    return apply_edits(found, edits, documents.read_document(database, document_id))


def edited_analysis(database: Database, document_id: int, analysed: Analysed) -> Analysed:
    """Return an analysis with the reader's edits; its cards follow the glossary."""
    edits = glossary.read_edits(database, document_id)
    if not edits:
        return analysed
    from desktop.decks.build import build_deck

    document = documents.read_document(database, document_id)
    terms = apply_edits(analysed.glossary, edits, document)
    deck = build_deck(analysed.facts, terms, document, name=analysed.deck.name)
    return replace(analysed, glossary=terms, deck=deck)


def for_reader(database: Database, analysed: Analysed) -> Analysed:
    """Return an analysis with the words that are hard at the reader's level."""
    level = state.read_settings(database).reading_level
    return analysed if level == DEFAULT_LEVEL else analysed.at_level(level)


def latest_analysed(database: Database, document_id: int) -> Analysed | None:
    """Return the newest analysis of a document, ``None`` where there is none.

    It is as it was made, but with the words that are hard for the reader.
    """
    from desktop.operations.analysing import Analysed

    text_hash = documents.text_hash_of(database, document_id)
    data = documents.latest_analysis(database, text_hash) if text_hash else None
    try:
        return None if data is None else for_reader(database, Analysed.from_json(data))
    except (KeyError, TypeError, ValueError):
        return None  # of an older form: it will be made again


def latest_glossary(database: Database, document_id: int) -> Glossary | None:
    """Return the glossary of the newest analysis, edited, and read no more of it than needed."""
    if state.read_settings(database).reading_level != DEFAULT_LEVEL:
        analysed = latest_analysed(database, document_id)
        return edited_glossary(database, document_id, analysed.glossary) if analysed else None
    text_hash = documents.text_hash_of(database, document_id)
    data = documents.latest_analysis(database, text_hash) if text_hash else None
    try:
        found = None if data is None else Glossary.from_json(data["glossary"])
    except (KeyError, TypeError, ValueError):
        return None
    return None if found is None else edited_glossary(database, document_id, found)


def refresh_document(
    database: Database, document_id: int, analysed: Analysed | None, now: datetime
) -> None:
    """Bring cards and terms of a document into line with its analysis and the reader's edits."""
    from desktop.decks.build import is_reader_s

    if analysed is None:
        return
    current = edited_analysis(database, document_id, analysed)
    known = glossary.known_keys(database)
    familiar = {t.term for t in current.glossary.terms if term_key(t.term, t.kind) in known}
    notes = [n for n in current.deck.notes if n.kind is not NoteKind.TERM or n.term not in familiar]
    studied = _reword_studied(database, document_id, current.glossary, now)
    notes = [n for n in notes if not (is_reader_s(n) and n.term in studied)]
    decks.sync_notes(database, document_id, _for_reader(database, notes), now)
    glossary.list_terms(database, document_id, current.glossary)


def reader_ranker(database: Database) -> Ranker:
    """Return the ranker of cards as the reader's decisions have moved it."""
    from desktop.decks.ranking import shipped_ranker

    return shipped_ranker().learnt(judgements.judgements(database))


def _for_reader(database: Database, notes: Sequence[Note]) -> list[Note]:
    """Return the notes with the confidence that this reader's decisions give them."""
    from desktop.decks.build import is_reader_s
    from desktop.decks.ranking import shipped_ranker

    shipped, own = shipped_ranker(), reader_ranker(database)
    if own is shipped:
        return list(notes)
    return [note if is_reader_s(note) else own.rescored(note, shipped) for note in notes]


def list_missing_terms(database: Database) -> None:
    """List the terms of documents that were analysed before there was a list."""
    for document_id, _hash in glossary.unlisted_documents(database):
        terms = latest_glossary(database, document_id) or Glossary("", "", ())
        glossary.list_terms(database, document_id, terms)


def inherit_edits(database: Database, document_id: int, document: Document) -> None:
    """Give a new document the edits of the one that it corrects, if the library has that.

    It has the title or the file name of the new one, and half of its paragraphs to the letter.
    """
    blocks = {block.text for block in document.body()}
    for earlier in glossary.edited_documents_like(database, document_id):
        other = documents.read_document(database, earlier)
        if len(blocks & {block.text for block in other.body()}) >= _SAME_TEXT * len(blocks):
            glossary.copy_edits(database, earlier, document_id)
            return


def _reword_studied(
    database: Database, document_id: int, terms: Glossary, now: datetime
) -> set[str]:
    """Give the reader's definitions to the cards that are studied already; return their terms.

    A card whose wording the reader changed by hand stays as it is.
    """
    own = {
        term.term: term.definition.text
        for term in terms.terms
        if term.definition is not None and term.definition.source is DefinitionSource.READER
    }
    if not own:
        return set()
    from desktop.decks.build import is_reader_s

    edits = glossary.read_edits(database, document_id)
    written = {edit.text for edit in edits if isinstance(edit, Define | Add)}
    studied = set()
    for record in decks.records(database, document_id, [NoteStatus.ACCEPTED]):
        note = record.note
        if note.kind is not NoteKind.TERM or note.term is None or note.term not in own:
            continue
        if not is_reader_s(note):
            studied.add(note.term)
        if not record.edited or note.back in written:
            decks.edit_note(database, replace(note, back=own[note.term]), now)
    return studied
