"""The reader's glossaries: editing an entry, knowing a term, one entry for all texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop.decks.deck import NoteKind
from desktop.errors import LibraryError
from desktop.glossary.edits import (
    Add,
    AddAlias,
    Define,
    Edit,
    Merge,
    Remove,
    RemoveAlias,
    Rename,
    Split,
)
from desktop.glossary.keys import term_key
from desktop.glossary.levels import at_level
from desktop.glossary.term import Glossary, Term, TermKind
from desktop.library import decks, documents, glossary
from desktop.library.decks import NoteStatus
from desktop.library.glossary import LibraryTerm, TermInDocument
from desktop.operations.edited import (
    edited_glossary,
    latest_analysed,
    latest_glossary,
    list_missing_terms,
    refresh_document,
)
from desktop.operations.open_library import OpenLibrary
from desktop.operations.preparing import Preparation, prepare

#: A text of which this share was read counts as read.
_READ = 0.9

_NAMES: dict[type[Edit], str] = {
    Define: "Change definition", Rename: "Rename entry", AddAlias: "Add name",
    RemoveAlias: "Remove name", Merge: "Merge entries", Split: "Split entry",
    Remove: "Remove entry", Add: "Add entry",
}  # fmt: skip


class Glossaries(OpenLibrary):
    """The part of a workspace that holds the glossaries."""

    def glossary(self, document_id: int) -> Glossary | None:
        """Return the glossary of a document as the reader edited it, from its newest analysis."""
        return latest_glossary(self._database, document_id)

    def with_edits(self, document_id: int, found: Glossary) -> Glossary:
        """Return a glossary that was found just now with the reader's edits."""
        if documents.text_hash_of(self._database, document_id) is None:
            return found
        chosen = at_level(found, self.settings().reading_level)
        return edited_glossary(self._database, document_id, chosen)

    def edit_glossary(self, document_id: int, edits: Sequence[Edit]) -> None:
        """Change the glossary of a document; ``edits`` are one step of undo.

        Raises ``LibraryError`` for an entry without a name and a document that is gone.
        """
        if documents.text_hash_of(self._database, document_id) is None:
            raise LibraryError("The text of this entry was removed; open it again first.")
        for edit in edits:
            _check(edit)
        if not edits:
            return
        name = _NAMES[type(edits[0])] if len(edits) == 1 else "Edit entry"
        now = self._now()
        with self._action(name, "glossary", "notes", "cards"):
            for edit in edits:
                glossary.add_edit(self._database, document_id, edit, now)
            analysed = latest_analysed(self._database, document_id)
            refresh_document(self._database, document_id, analysed, now)

    # -- what the reader knows

    def known_keys(self) -> frozenset[str]:
        """Return the keys of the terms that the reader knows, in whatever text."""
        return glossary.known_keys(self._database)

    def know(self, terms: Sequence[tuple[str, TermKind]], known: bool = True) -> None:
        """Note that the reader knows terms, or doesn't; cards that only were proposed follow."""
        database, now = self._database, self._now()
        keys = {term_key(*term) for term in terms}
        what = terms[0][0] if len(terms) == 1 else f"{len(terms)} terms"
        name = f"Know {what}" if known else f"Don't know {what}"
        with self._action(name, "glossary", "notes", "cards"):
            glossary.set_known(database, terms, known, now)
            if known:
                names = glossary.names_of_keys(database, keys)
                decks.drop_proposals(database, sorted(names | {term for term, _kind in terms}))
                return
            for document_id in {number for _key, number in self._documents_with(keys)}:
                refresh_document(database, document_id, latest_analysed(database, document_id), now)

    # -- all texts

    def term_in_documents(self, term: Term) -> list[TermInDocument]:
        """Return every document that has the term, with what it means there."""
        self._list_missing()
        return glossary.term_in_documents(self._database, term.term, term.kind, term.aliases)

    def library_terms(
        self,
        *,
        words: str = "",
        kinds: Collection[TermKind] | None = None,
        limit: int | None = None,
        known: bool = True,
    ) -> list[LibraryTerm]:
        """Return one entry for each term of the library, those of most documents first."""
        self._list_missing()
        return glossary.library_terms(
            self._database, words=words, kinds=kinds, limit=limit, known=known
        )

    def library_kinds(self, *, words: str = "") -> dict[TermKind, int]:
        """Return how many terms of each kind the library has."""
        self._list_missing()
        return glossary.library_kinds(self._database, words=words)

    def documents_of_terms(self) -> dict[str, list[int]]:
        """Return the ids of the documents of each term of the library, by key."""
        self._list_missing()
        return glossary.documents_of_terms(self._database)

    # -- before reading

    def prepare_reading(self, document_id: int) -> Preparation | None:
        """Judge which important terms of a document are new; ``None`` before its analysis."""
        found = self.glossary(document_id)
        if found is None:
            return None
        keys = {term_key(term.term, term.kind) for term in found.terms}
        titles = documents.read_titles(self._database, _READ)
        read: dict[str, str] = {}
        for key, number in self._documents_with(keys):
            if number != document_id and number in titles:
                read.setdefault(key, titles[number])
        learnt = decks.learnt_terms(self._database)
        return prepare(
            document_id,
            found,
            known=self.known_keys(),
            learnt={term_key(t.term, t.kind) for t in found.terms if t.term.casefold() in learnt},
            read=read,
        )

    def learn_terms(self, document_id: int, terms: Sequence[Term]) -> list[str]:
        """Accept the cards of terms, making those that lack; return the ids of their notes."""
        from desktop.decks.build import build_term_note

        document = documents.read_document(self._database, document_id)
        present = {
            record.note.term: record
            for record in decks.records(self._database, document_id)
            if record.note.kind is NoteKind.TERM
        }
        now, ids = self._now(), []
        with self._action("Learn terms first", "notes", "cards"):
            for term in terms:
                record = present.get(term.term)
                note = record.note if record else build_term_note(term, document)
                if note is None:
                    continue
                if record is None and decks.note_exists(self._database, note.id):
                    decks.link_note(self._database, document_id, note, now)
                elif record is None:
                    decks.insert_accepted(self._database, document_id, note, now)
                ids.append(note.id)
            decks.set_status(self._database, ids, NoteStatus.ACCEPTED, now)
        return ids

    def _documents_with(self, keys: Collection[str]) -> list[tuple[str, int]]:
        self._list_missing()
        return glossary.documents_with_keys(self._database, keys)

    def _list_missing(self) -> None:
        """List the terms of texts that an older program analysed, once."""
        if glossary.unlisted_documents(self._database):
            with self._database.transaction():
                list_missing_terms(self._database)


def _check(edit: Edit) -> None:
    """Refuse an edit that leaves an entry without a name or meaning."""
    names = [edit.entry.term]
    if isinstance(edit, Rename):
        names.append(edit.term)
    elif isinstance(edit, AddAlias | RemoveAlias):
        names.append(edit.alias)
    elif isinstance(edit, Split):
        names.append(edit.new.term)
        if term_key(edit.new.term, edit.new.kind) == term_key(edit.entry.term, edit.entry.kind):
            raise LibraryError("The new entry needs a name of its own.")
    if not all(name.strip() for name in names):
        raise LibraryError("An entry needs a name.")
    if isinstance(edit, Define) and edit.text is not None and not edit.text.strip():
        raise LibraryError("A definition needs words; leave it out to get back the program's own.")
