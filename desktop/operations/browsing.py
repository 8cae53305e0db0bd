"""Browsing the cards: searching them beside the library's thread, and changing many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.faces import reworded
from desktop.decks.replacing import Replacement
from desktop.errors import LibraryError
from desktop.library import card_changes, card_marks, decks, documents, judgements, study_decks
from desktop.library.card_changes import NoteText
from desktop.library.card_search import Moment, find_cards
from desktop.library.card_table import BrowserLists as BrowserLists
from desktop.library.card_table import CardRow as CardRow
from desktop.library.card_table import read_lists, read_rows
from desktop.library.database import Database
from desktop.operations.counting import counted
from desktop.operations.foreign_wording import ForeignWording
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Picture
from desktop.study.dates_due import DueWish
from desktop.study.search_parser import parse_search
from desktop.study.session import study_day

#: Where the deck that was studied last is kept, which a search calls the current one.
CURRENT_DECK = "current_deck"


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column cards stand, and whether the last come first."""

    column: str = "added"
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class _Replaced:
    """A note that a replacement changes, with the new text of its fields."""

    note_id: str
    fields: dict[str, str]
    foreign: bool


@dataclass(frozen=True, slots=True)
class StudiedNow:
    """What is studied now: a deck, else the cards of a document, else all."""

    deck_id: int | None = None
    document_id: int | None = None


class CardReader:
    """A second reader of the library's file, for the thread that first asks it something.

    It sees what was committed. ``interrupt`` may be called from any thread and ends what it does.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        start_hour: int,
    ) -> None:
        self._path, self._now = path, now
        self._zone, self._start_hour = zone, start_hour
        self._opened: Database | None = None

    def close(self) -> None:
        """Close the file; on the thread that asked."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def interrupt(self) -> None:
        """Let a search that runs on another thread end with ``LibraryError``."""
        if self._opened is not None:
            self._opened.interrupt()

    def find(
        self, query: str, sorting: Sorting | None = None, studied: StudiedNow | None = None
    ) -> list[int]:
        """Return the ids of the cards that ``query`` finds; raises ``SearchError``."""
        chosen = sorting or Sorting()
        deck_id = None if studied is None else studied.deck_id
        if studied is not None and studied.document_id is not None and deck_id is None:
            deck = study_decks.deck_of_document(self._database, studied.document_id)
            deck_id = None if deck is None else deck.id
        node, now = parse_search(query), self._now()
        moment = Moment(now, study_day(now, self._start_hour, self._zone), deck_id)
        return find_cards(
            self._database, node, moment, order=chosen.column, backwards=chosen.backwards
        )

    def rows(self, card_ids: Sequence[int]) -> list[CardRow]:
        """Return the rows of cards."""
        return read_rows(self._database, card_ids, self._now())

    def lists(self) -> BrowserLists:
        """Return what the cards can be chosen by."""
        return read_lists(self._database)

    def duplicates(self, side: str) -> list[tuple[str, list[str]]]:
        """Return the texts that several notes have on a side (front, back), with these notes."""
        return card_changes.duplicates(self._database, side)

    def count_replacements(self, card_ids: Sequence[int], wish: Replacement) -> list[str]:
        """Return the notes that a replacement would change."""
        return [change.note_id for change in _replaced(self._database, card_ids, wish)]

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = Database.reader(self._path)
        return self._opened


class Browsing(OpenLibrary):
    """The part of a workspace that finds cards and changes many of them at once."""

    def card_reader(self) -> CardReader:
        """Return a reader of this library for another thread."""
        hour = self.settings().day_start_hour
        return CardReader(self._database.path, self._now, self._zone, hour)

    def choose_deck(self, deck_id: int) -> None:
        """Note which deck is the one that ``deck:current`` asks for."""
        self.save_state(CURRENT_DECK, deck_id)

    def find_cards(self, query: str, sorting: Sorting | None = None) -> list[int]:
        """Return the ids of the cards that ``query`` finds; raises ``SearchError``."""
        chosen = sorting or Sorting()
        deck = self.state(CURRENT_DECK)
        moment = Moment(self._now(), self._today(), deck if isinstance(deck, int) else None)
        return find_cards(
            self._database,
            parse_search(query),
            moment,
            order=chosen.column,
            backwards=chosen.backwards,
        )

    def card_rows(self, card_ids: Sequence[int]) -> list[CardRow]:
        """Return the rows of cards, as a table shows them."""
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
        with self._action(counted("Set day of", len(card_ids)), "cards"):
            card_changes.set_due(self._database, card_ids, wish, self._today().start, self._now())

    def replace_in_cards(self, card_ids: Sequence[int], wish: Replacement) -> int:
        """Replace text in the notes of cards; return how many notes changed.

        A note that would lose a side, or a cloze its last gap, stays as it is.
        """
        found = _replaced(self._database, card_ids, wish)
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
        return ForeignWording(self._database).fields(note_id)

    def edit_foreign(self, note_id: str, changed: Mapping[str, str]) -> None:
        """Give fields of a note of a type from Anki another text."""
        with self._action("Edit card", "notes", "cards"):
            ForeignWording(self._database).reword(note_id, changed, self._now())

    def _reword(self, change: _Replaced) -> None:
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


def _replaced(database: Database, card_ids: Sequence[int], wish: Replacement) -> list[_Replaced]:
    """Return what a replacement changes."""
    change = wish.worker()
    foreign = ForeignWording(database)
    found = []
    for text in card_changes.note_texts(database, card_ids):
        before = foreign.fields(text.note_id) if text.foreign else _sides(text)
        names = list(before or {})
        if wish.side and (text.foreign or text.kind is not NoteKind.CLOZE):
            names = names[:1] if wish.side == "front" else names[1:]
        after = {name: change(words) for name, words in (before or {}).items() if name in names}
        fields = {name: words for name, words in after.items() if words != (before or {})[name]}
        if fields:
            found.append(_Replaced(text.note_id, fields, text.foreign))
    return found


def _sides(text: NoteText) -> dict[str, str]:
    """Return the texts of one of our notes that can be changed."""
    if text.kind is NoteKind.CLOZE and text.cloze:
        return {"cloze": text.cloze}
    return {"front": text.front, "back": text.back}
