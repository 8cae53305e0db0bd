"""Writing an Anki package of the library's decks, with or without progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.decks.deck import Deck, Note
from desktop.errors import LibraryError
from desktop.library import anki_notes, decks, study_decks
from desktop.library.decks import NoteStatus
from desktop.operations.anki_exchange import AnkiExchange

if TYPE_CHECKING:
    from desktop.reading.document import Picture

    Pictures = dict[str, Sequence[Picture]]

_NONE = "There are no accepted cards to export; accept some first."

Report = Callable[[int], object]


def _unheard(_rows: int) -> None:
    """Take a report where nobody listens."""


class Packing(AnkiExchange):
    """The part of a workspace that writes packages of whole decks."""

    def write_package(
        self,
        path: str | Path,
        *,
        deck_id: int | None = None,
        document_id: int | None = None,
        with_progress: bool = False,
        report: Report = _unheard,
    ) -> int:
        """Write all accepted cards, or those of a deck with what is in it; return the notes.

        ``document_id`` means the deck of that text.

        Other people's decks go too, with their types and media; ``with_progress`` adds schedules,
        the log, flags and options. ``report`` hears of the rows written and may stop it by
        raising ``Cancelled``. Raises ``LibraryError`` when there is nothing to write and
        ``OutputError`` when the file can't be written.
        """
        from desktop.anki.calendar import Calendar
        from desktop.anki.packing import Packing as Rows
        from desktop.anki.packing import Selection
        from desktop.decks.collection_file import write_collection

        hour = self.settings().day_start_hour
        notes, pictures = self._own_notes()
        if document_id is not None:
            deck = study_decks.deck_of_document(self._database, document_id)
            if deck is None:
                raise LibraryError(_NONE)
            deck_id = deck.id
        within = None if deck_id is None else study_decks.within(self._database, deck_id)
        selection = Selection(notes, pictures, True, within, with_progress)
        rows = Rows(self._database, selection, Calendar(hour, self._zone))
        if not rows.any():
            raise LibraryError(_NONE)
        media = self._package_media(pictures, rows.names_file)
        write_collection(path, rows.outgoing(media, hour), report=report)
        return rows.number

    def deck_id(self, name: str) -> int:
        """Return the deck of that name; raises ``LibraryError`` where there is none."""
        deck = study_decks.find_deck(self._database, name)
        if deck is None:
            raise LibraryError(
                f"The library has no deck “{name}”; write its name in full, as A::B."
            )
        return deck.id

    def _own_notes(self) -> tuple[list[Note], Pictures]:
        """Return the accepted notes of texts, each dated by what is written of it."""
        found: dict[str, Note] = {}
        for record in decks.records(self._database, None, [NoteStatus.ACCEPTED]):
            found.setdefault(record.note.id, record.note)
        pictures = self._anki_pictures(found)
        dated = self.dated(Deck("", "", "", tuple(found.values())), pictures)
        return list(dated.notes), pictures

    def _package_media(
        self, pictures: Pictures, is_named: Callable[[str], bool]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the media by name: those of foreign notes, and the pictures of texts."""
        from desktop.decks.apkg import media_name

        own = {media_name(one): one.data for each in pictures.values() for one in each}
        names = sorted({*own, *anki_notes.media_sums(self._database)})
        for name in names:
            if name not in own and not is_named(name):
                continue
            data = own[name] if name in own else anki_notes.read_medium(self._database, name)
            if data is not None:
                yield name, data
