"""Reading cards for a table: what a search finds, their rows, what they can be chosen by.

The window's start doesn't load it: ``desktop.operations.browsing`` does when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from desktop.decks.deck import NoteKind
from desktop.decks.replacing import Replacement
from desktop.library import card_changes, study_decks
from desktop.library.card_changes import NoteText
from desktop.library.card_search import Moment, find_cards
from desktop.library.card_table import BrowserLists as BrowserLists
from desktop.library.card_table import CardRow as CardRow
from desktop.library.card_table import read_lists
from desktop.library.card_table import read_rows as read_rows
from desktop.library.database import Database
from desktop.operations.foreign_wording import ForeignWording
from desktop.study.search_parser import parse_search
from desktop.study.session import StudyDay, study_day


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column cards stand, and whether the last come first."""

    column: str = "added"
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class StudiedNow:
    """What is studied now: a deck, else the cards of a document, else all."""

    deck_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A note that a replacement changes, with the new text of its fields."""

    note_id: str
    fields: dict[str, str]
    foreign: bool


def found_cards(
    database: Database,
    query: str,
    sorting: Sorting | None,
    now: datetime,
    day: StudyDay,
    deck_id: int | None,
) -> list[int]:
    """Return the ids of the cards that ``query`` finds; raises ``SearchError``."""
    chosen = sorting or Sorting()
    return find_cards(
        database,
        parse_search(query),
        Moment(now, day, deck_id),
        order=chosen.column,
        backwards=chosen.backwards,
    )


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
        deck_id = None if studied is None else studied.deck_id
        if studied is not None and studied.document_id is not None and deck_id is None:
            deck = study_decks.deck_of_document(self._database, studied.document_id)
            deck_id = None if deck is None else deck.id
        now = self._now()
        day = study_day(now, self._start_hour, self._zone)
        return found_cards(self._database, query, sorting, now, day, deck_id)

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
        return [change.note_id for change in replaced(self._database, card_ids, wish)]

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = Database.reader(self._path)
        return self._opened


def replaced(database: Database, card_ids: Sequence[int], wish: Replacement) -> list[Replaced]:
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
            found.append(Replaced(text.note_id, fields, text.foreign))
    return found


def _sides(text: NoteText) -> dict[str, str]:
    """Return the texts of one of our notes that can be changed."""
    if text.kind is NoteKind.CLOZE and text.cloze:
        return {"cloze": text.cloze}
    return {"front": text.front, "back": text.back}
