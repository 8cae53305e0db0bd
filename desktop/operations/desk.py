"""The reader's cards: deciding on them, writing and editing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.decks.deck import Note
from desktop.decks.faces import reworded
from desktop.decks.ranking import Ranker
from desktop.errors import LibraryError
from desktop.library import decks, documents, judgements
from desktop.library.decks import CardRecord, NoteStatus
from desktop.operations.counting import counted
from desktop.operations.edited import reader_ranker
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Span


class Desk(OpenLibrary):
    """The part of a workspace at which cards are judged and written."""

    def cards(self, document_id: int | None = None) -> list[CardRecord]:
        """Return all notes of a document, or of the library, in the order of study."""
        return decks.records(self._database, document_id)

    def place_of_note(self, note_id: str) -> tuple[int, Span] | None:
        """Return the document and the place of a note's sentence, ``None`` for an unknown note."""
        if not decks.note_exists(self._database, note_id):
            return None
        note, document_id = decks.read_note(self._database, note_id)
        return None if document_id is None else (document_id, note.evidence.span)

    def count_notes(self, document_id: int | None = None) -> dict[NoteStatus, int]:
        """Return how many notes of a document, or of the library, have each status."""
        return decks.count_notes(self._database, document_id)

    def accept(self, note_ids: Sequence[str]) -> None:
        """Accept notes: their cards are studied from now on."""
        self._decide("Accept", note_ids, NoteStatus.ACCEPTED)

    def refuse(self, note_ids: Sequence[str]) -> None:
        """Refuse notes: they are not studied and not proposed again."""
        self._decide("Refuse", note_ids, NoteStatus.REFUSED)

    def delete_notes(self, note_ids: Sequence[str]) -> None:
        """Delete notes with their cards; a new analysis doesn't bring them back."""
        there = [i for i in note_ids if decks.note_exists(self._database, i)]
        read = [decks.read_note(self._database, note_id) for note_id in there]
        notes = [note for note, document_id in read if document_id is not None]
        with self._action(counted("Delete", len(note_ids)), "notes", "cards"):
            for note in notes:
                judgements.remember(self._database, note, judgements.DELETED)
            decks.delete_notes(self._database, note_ids, self._now())

    def edit_note(
        self,
        note_id: str,
        *,
        front: str | None = None,
        back: str | None = None,
        cloze: str | None = None,
        tags: Sequence[str] | None = None,
    ) -> None:
        """Change a note's wording or tags; for a cloze note give its source ``cloze`` alone.

        Raises ``LibraryError`` for an empty side, a cloze without a gap, a note that is gone.
        """
        note, document_id = decks.read_note(self._database, note_id)
        chosen = None if tags is None else tuple(tags)
        changed = reworded(note, front=front, back=back, cloze=cloze, tags=chosen)
        if document_id is None and replace(changed, tags=note.tags) != note:
            raise LibraryError(
                "This card came from Anki with fields of its own; edit them there and take the "
                "deck in again: tags, flags and decks can be changed here."
            )
        with self._action("Edit card", "notes", "cards"):
            if (note.front, note.back, note.cloze) != (changed.front, changed.back, changed.cloze):
                judgements.remember(self._database, note, judgements.EDITED)
            decks.edit_note(self._database, changed, self._now())

    def add_note(self, document_id: int, note: Note) -> None:
        """Add a note that the reader wrote on a document; it is accepted at once."""
        if documents.text_hash_of(self._database, document_id) is None:
            raise LibraryError("The document of this card was removed; open it again first.")
        checked = reworded(note, front=note.front, back=note.back)
        with self._action("Add card", "notes", "cards"):
            decks.insert_accepted(self._database, document_id, checked, self._now())

    def write_note(self, document_id: int, note: Note) -> str:
        """Add a card that the reader wrote, give it its identity and return that.

        Of a cloze its source alone counts. Raises ``LibraryError`` as ``edit_note`` does.
        """
        from desktop.decks.written import identified

        if note.cloze is not None:
            note = reworded(replace(note, cloze=None), cloze=note.cloze)
        named = identified(note)
        self.add_note(document_id, named)
        return named.id

    def card_ranker(self) -> Ranker:
        """Return the ranker of cards as this reader's decisions have moved it."""
        return reader_ranker(self._database)

    def forget_judgements(self) -> None:
        """Let the ranker be as it came; cards and decisions stay."""
        with self._change("settings"):
            judgements.forget(self._database)

    def _decide(self, name: str, note_ids: Sequence[str], status: NoteStatus) -> None:
        """Store the reader's decision on notes."""
        with self._action(counted(name, len(note_ids)), "notes", "cards"):
            decks.set_status(self._database, note_ids, status, self._now())
