"""The review of cards before they go into the deck: other wordings, refused ones, coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.decks.deck import Note, NoteKind, RefusedNote
from desktop.decks.faces import reworded
from desktop.errors import LibraryError
from desktop.library import decks, documents, judgements
from desktop.operations.edited import edited_analysis, latest_analysed
from desktop.operations.open_library import OpenLibrary

if TYPE_CHECKING:
    from desktop.decks.alternatives import Alternative
    from desktop.decks.coverage import ParagraphCoverage

_KINDS = tuple(NoteKind)


@dataclass(frozen=True, slots=True)
class CardReview:
    """What the analysis kept out of the deck, and what it found in each paragraph."""

    refused: tuple[RefusedNote, ...] = ()
    paragraphs: tuple[ParagraphCoverage, ...] = ()


class Reviewing(OpenLibrary):
    """The part of a workspace at which proposals are looked through."""

    def card_review(self, document_id: int) -> CardReview:
        """Return what there is beside the cards of a document; nothing before its analysis."""
        from desktop.decks.coverage import paragraph_coverage

        found = latest_analysed(self._database, document_id)
        if found is None:
            return CardReview()
        analysed = edited_analysis(self._database, document_id, found)
        document = documents.read_document(self._database, document_id)
        covered = paragraph_coverage(document, analysed.facts, analysed.deck)
        return CardReview(analysed.deck.refused, covered)

    def alternatives(self, document_id: int, note: Note) -> tuple[Alternative, ...]:
        """Return the other forms that a card can take."""
        from desktop.decks.alternatives import alternatives
        from desktop.facts.fact import Facts

        found = latest_analysed(self._database, document_id)
        facts = found.facts if found else Facts("", "", ())
        document = documents.read_document(self._database, document_id)
        return alternatives(note, facts, document)

    def reword_note(self, form: Note) -> None:
        """Give a note the wording and kind of ``form``, which has its id.

        Raises ``LibraryError`` for another kind of a note that was accepted once: Anki would not
        know it again.
        """
        note, _ = decks.read_note(self._database, form.id)
        if form.kind is not note.kind and decks.was_accepted(self._database, note.id):
            raise LibraryError(
                "A card that was accepted keeps its kind, or Anki would not know it again."
            )
        with self._action("Reword card", "notes", "cards"):
            judgements.remember(self._database, note, judgements.EDITED)
            decks.edit_note(self._database, form, self._now())

    def turn_note(self, document_id: int, note: Note) -> Note:
        """Return the best form of ``note`` in the next other kind that it can take.

        Raises ``LibraryError`` where there is none.
        """
        found = self.alternatives(document_id, note)
        at = _KINDS.index(note.kind)
        for kind in (*_KINDS[at + 1 :], *_KINDS[:at]):
            for alternative in found:
                if alternative.note.kind is kind:
                    return alternative.note
        raise LibraryError("This card can be of no other kind.")

    def rescue(self, document_id: int, notes: Sequence[Note]) -> None:
        """Accept notes that the program had kept out of the deck."""
        if documents.text_hash_of(self._database, document_id) is None:
            raise LibraryError("The document of this card was removed; open it again first.")
        name = "Accept card" if len(notes) == 1 else f"Accept {len(notes)} cards"
        with self._action(name, "notes", "cards"):
            for note in notes:
                decks.insert_accepted(
                    self._database, document_id, note, self._now(), origin=decks.ORIGIN_TEXT
                )

    def rescue_reworded(self, document_id: int, note: Note, form: Note) -> None:
        """Accept a note that was kept out in the wording that the reader gave it."""
        with self._action("Accept card", "notes", "cards"):
            decks.insert_accepted(
                self._database, document_id, note, self._now(), origin=decks.ORIGIN_TEXT
            )
            judgements.remember(self._database, note, judgements.EDITED)
            decks.edit_note(self._database, form, self._now())

    def rescue_edited(self, document_id: int, note: Note, fields: Mapping[str, str]) -> None:
        """Accept a note that was kept out, with the fields that the reader changed."""
        form = reworded(
            note, front=fields.get("front"), back=fields.get("back"), cloze=fields.get("cloze")
        )
        self.rescue_reworded(document_id, note, form)

    def block_text(self, document_id: int, block: int) -> str:
        """Return the text of a block, empty where there is none."""
        return documents.block_text(self._database, document_id, block)
