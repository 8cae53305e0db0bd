"""Rewording notes of types that came from Anki: their fields change, and what they read as."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.decks.card_page import spoken_text
from desktop.decks.collection import CollectionNoteType
from desktop.decks.deck import NoteKind
from desktop.decks.templates import CardRenderer, is_empty
from desktop.errors import LibraryError
from desktop.library import anki_notes, decks
from desktop.library.anki_notes import ForeignNote
from desktop.library.database import Database
from desktop.library.times import to_ms


class ForeignWording:
    """Reads and rewords foreign notes; knows each note type once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._types: dict[int, tuple[CollectionNoteType, CardRenderer]] = {}
        self._configs = anki_notes.note_type_configs(database)

    def fields(self, note_id: str) -> dict[str, str] | None:
        """Return the fields of a note by name, as HTML; ``None`` for a note of ours."""
        found = anki_notes.foreign_fields(self._database, note_id)
        if found is None:
            return None
        note_type, _renderer = self._type(found[0])
        return dict(zip(note_type.fields, found[1], strict=False))

    def reword(self, note_id: str, changed: Mapping[str, str], now: datetime) -> None:
        """Give fields of a note another text.

        Raises ``LibraryError`` when its first field would be empty: Anki takes no such note.
        """
        found = anki_notes.foreign_fields(self._database, note_id)
        fields = self.fields(note_id)
        if found is None or fields is None:
            raise LibraryError("This card is no longer in the library; it may have been deleted.")
        named = fields | dict(changed)
        if is_empty(next(iter(named.values()), "")):
            raise LibraryError("The first field of a note can't be empty.")
        note_type, renderer = self._type(found[0])
        note, _document = decks.read_note(self._database, note_id)
        first = decks.first_ordinal(self._database, note_id)
        sides = renderer.sides(named, first, tags=" ".join(note.tags))
        front, back = spoken_text(sides, named)
        kind = NoteKind.CLOZE if note_type.is_cloze else NoteKind.QUESTION
        reworded = ForeignNote(
            id=note_id,
            anki_id=0,  # stays as it is
            type_id=note_type.id,
            kind=kind.value,
            front=front,
            back=back,
            cloze=None,
            tags=note.tags,
            modified=max(to_ms(now) // 1000, note.modified + 1),
            fields=tuple(named.values()),
        )
        anki_notes.update_notes(self._database, [reworded])

    def _type(self, type_id: int) -> tuple[CollectionNoteType, CardRenderer]:
        if type_id not in self._types:
            config = self._configs[type_id]
            name, modified = str(config.get("name", "")), int(config.get("mod", 0))
            note_type = CollectionNoteType(type_id, name, modified, config)
            self._types[type_id] = (note_type, CardRenderer(note_type))
        return self._types[type_id]
