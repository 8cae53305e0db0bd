"""Browsing the cards: searching them beside the library's thread, and changing many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.decks.deck import Deck, Note
from desktop.errors import LibraryError
from desktop.library import card_marks, decks, documents, judgements
from desktop.operations.counting import counted
from desktop.operations.open_library import OpenLibrary

if TYPE_CHECKING:
    from desktop.decks.replacing import Replacement
    from desktop.operations.card_reader import CardReader, CardRow, Replaced, Sorting
    from desktop.reading.document import Picture
    from desktop.study.dates_due import DueWish

#: Where the deck that was studied last is kept, which a search calls the current one.
CURRENT_DECK = "current_deck"


class Browsing(OpenLibrary):
    """The part of a workspace that finds cards and changes many of them at once."""

    def card_reader(self) -> CardReader:
        """Return a reader of this library for another thread."""
        from desktop.operations.card_reader import CardReader

        hour = self.settings().day_start_hour
        return CardReader(self._database.path, self._now, self._zone, hour)

    def choose_deck(self, deck_id: int) -> None:
        """Note which deck is the one that ``deck:current`` asks for."""
        self.save_state(CURRENT_DECK, deck_id)

    def find_cards(self, query: str, sorting: Sorting | None = None) -> list[int]:
        """Return the ids of the cards that ``query`` finds; raises ``SearchError``."""
        from desktop.operations.card_reader import found_cards

        deck = self.state(CURRENT_DECK)
        deck_id = deck if isinstance(deck, int) else None
        return found_cards(self._database, query, sorting, self._now(), self._today(), deck_id)

    def card_rows(self, card_ids: Sequence[int]) -> list[CardRow]:
        """Return the rows of cards, as a table shows them."""
        from desktop.operations.card_reader import read_rows

        return read_rows(self._database, card_ids, self._now())

    def read_note(self, note_id: str) -> tuple[Note, int | None]:
        """Return a note with the document of its evidence, if it is from one."""
        return decks.read_note(self._database, note_id)

    def notes_of_cards(self, card_ids: Sequence[int]) -> list[str]:
        """Return the notes of cards, each once."""
        return card_marks.notes_of(self._database, card_ids)

    def bury_cards(self, card_ids: Sequence[int]) -> None:
        """Hide cards until the next day of study."""
        with self._action(counted("Bury", len(card_ids)), "cards"):
            card_marks.bury_cards(self._database, card_ids, self._today().end)

    def tag_cards(
        self, card_ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        """Add tags to the notes of cards and take others from them."""
        notes = card_marks.notes_of(self._database, card_ids)
        with self._action("Change tags", "notes"):
            card_marks.change_tags(self._database, notes, self._now(), add=add, remove=remove)

    def rename_tag(self, name: str, new: str) -> int:
        """Give a tag, and those below it, another name on all notes; return how many have it.

        Without a new name the tag is taken away.
        """
        if any(letter.isspace() for letter in new):
            raise LibraryError("A tag has no blanks; write them as _ or nest it with ::.")
        with self._action("Rename tag", "notes"):
            return card_marks.rename_tag(self._database, name, new, self._now())

    def set_due(self, card_ids: Sequence[int], wish: DueWish) -> None:
        """Let cards come again on a day that the reader chose."""
        from desktop.library import card_changes

        with self._action(counted("Set day of", len(card_ids)), "cards"):
            card_changes.set_due(self._database, card_ids, wish, self._today().start, self._now())

    def replace_in_cards(self, card_ids: Sequence[int], wish: Replacement) -> int:
        """Replace text in the notes of cards; return how many notes changed.

        A note that would lose a side, or a cloze its last gap, stays as it is.
        """
        from desktop.operations.card_reader import replaced
        from desktop.operations.foreign_wording import ForeignWording

        found = replaced(self._database, card_ids, wish)
        foreign = ForeignWording(self._database)
        done = 0
        with self._action("Replace text", "notes", "cards"):
            for change in found:
                try:
                    if change.foreign:
                        foreign.reword(change.note_id, change.fields, self._now())
                    else:
                        self._reword(change)
                except LibraryError:
                    continue
                done += 1
        return done

    def foreign_fields(self, note_id: str) -> dict[str, str] | None:
        """Return the fields of a note of a type from Anki, as HTML; ``None`` for one of ours."""
        from desktop.operations.foreign_wording import ForeignWording

        return ForeignWording(self._database).fields(note_id)

    def edit_foreign(self, note_id: str, changed: Mapping[str, str]) -> None:
        """Give fields of a note of a type from Anki another text."""
        from desktop.operations.foreign_wording import ForeignWording

        with self._action("Edit card", "notes", "cards"):
            ForeignWording(self._database).reword(note_id, changed, self._now())

    def _reword(self, change: Replaced) -> None:
        from desktop.decks.faces import reworded

        note, _source = decks.read_note(self._database, change.note_id)
        fields = change.fields
        changed = reworded(
            note, front=fields.get("front"), back=fields.get("back"), cloze=fields.get("cloze")
        )
        judgements.remember(self._database, note, judgements.EDITED)
        decks.edit_note(self._database, changed, self._now())

    def export_cards(self, card_ids: Sequence[int], path: Path, name: str) -> int:
        """Write the notes of cards as a deck to ``path``; return how many there are.

        Notes of types that came from Anki are left out.
        """
        from desktop.operations.texts import export_deck, pictures_of_notes

        rows = [row for row in self.card_rows(card_ids) if not row.foreign]
        sources = {row.note_id: row.document_id for row in rows}
        notes = [decks.read_note(self._database, note_id)[0] for note_id in sources]
        if not notes:
            raise LibraryError("None of these cards is of a note that can be exported here.")
        deck = Deck(name, name, "", tuple(notes))
        pictures: dict[str, Sequence[Picture]] = {}
        for document_id in sorted({source for source in sources.values() if source is not None}):
            document = documents.read_document(self._database, document_id)
            pictures |= pictures_of_notes(deck, document)
        export_deck(deck, path, pictures=pictures)
        return len(notes)
