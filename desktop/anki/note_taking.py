"""The notes of a collection in the library, and the types that they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop.anki.media_taking import TakenMedia
from desktop.anki.planning import Fate, ImportPlan, is_reserved, own_tags
from desktop.decks.card_page import spoken_text
from desktop.decks.collection import Collection, CollectionNote, CollectionNoteType
from desktop.decks.deck import Note, NoteKind
from desktop.decks.faces import reworded
from desktop.decks.templates import CardRenderer
from desktop.decks.unmarking import wording_in
from desktop.errors import LibraryError
from desktop.library import anki_notes
from desktop.library.anki_notes import ForeignNote, KnownNote
from desktop.library.database import Database
from desktop.library.decks import NoteStatus, set_status
from desktop.reading.document import Evidence, Span

_PORTION = 2_000

#: Ids are milliseconds; a number beyond the year 2100 is none, and isn't kept.
_LATEST_ID = 4_102_444_800_000

#: Seconds; a note that says it changed after the year 2100 does not.
_LATEST_CHANGE = 4_102_444_800


class TakenTypes:
    """The note types of a collection in the library, under ids of their own where another has it.

    A type that is there already stays, unless it only has other templates or another style now.
    """

    def __init__(self, database: Database, note_types: Sequence[CollectionNoteType]) -> None:
        self._here = {
            number: _stored(number, config)
            for number, config in anki_notes.note_type_configs(database).items()
        }
        self._database = database
        self._offered = {one.id: one for one in note_types}
        self._taken: dict[int, CollectionNoteType] = {}

    def take(self, anki_id: int) -> CollectionNoteType:
        """Return the library's note type for one of the collection; it is stored if it is new."""
        if anki_id not in self._taken:
            self._taken[anki_id] = self._find(self._offered[anki_id])
        return self._taken[anki_id]

    def offered(self, anki_id: int) -> CollectionNoteType:
        """Return a note type as the collection has it."""
        return self._offered[anki_id]

    def _find(self, wanted: CollectionNoteType) -> CollectionNoteType:
        number = wanted.id
        while (known := self._here.get(number)) is not None:
            if known.config | {"id": 0} == wanted.config | {"id": 0}:
                return known
            if known.fields == wanted.fields and _template_names(known) == _template_names(wanted):
                return self._store(number, wanted) if wanted.modified > known.modified else known
            number += 1
        return self._store(number, wanted)

    def _store(self, number: int, wanted: CollectionNoteType) -> CollectionNoteType:
        config = wanted.config | {"id": number}
        stored = CollectionNoteType(number, wanted.name, wanted.modified, config)
        anki_notes.store_note_type(self._database, number, wanted.name, wanted.modified, config)
        self._here[number] = stored
        return stored


class NoteTaking:
    """Stores the notes of one collection."""

    def __init__(
        self, database: Database, collection: Collection, types: TakenTypes, media: TakenMedia,
        now: datetime,
    ) -> None:  # fmt: skip
        self._database = database
        self._collection = collection
        self._types = types
        self._media = media
        self._now = now
        self._renderers: dict[int, CardRenderer] = {}
        self._field_names: dict[int, tuple[str, ...]] = {}
        self._first_cards: dict[int, int] = {}
        for card in collection.cards:
            first = self._first_cards.get(card.note_id, card.ordinal)
            self._first_cards[card.note_id] = min(first, card.ordinal)

    def run(
        self, plan: ImportPlan, known: Mapping[str, KnownNote], tell: Callable[[int], None]
    ) -> None:
        """Store the notes as the plan says."""
        new: list[ForeignNote] = []
        changed: list[ForeignNote] = []
        accepted: list[str] = []
        for done, (note, fate) in enumerate(zip(self._collection.notes, plan.fates, strict=True)):
            if done % _PORTION == 0:
                tell(done)
            here = known.get(note.guid)
            if here is None:
                if fate is Fate.NEW:
                    new.append(self._foreign(note))
            elif here.in_document:
                if here.status is NoteStatus.PROPOSED:
                    accepted.append(here.id)
                self._merge(note, fate, here)
            elif fate is Fate.CHANGED:
                changed.append(self._foreign(note))
        anki_notes.insert_notes(self._database, new, self._now)
        anki_notes.update_notes(self._database, changed)
        set_status(self._database, accepted, NoteStatus.ACCEPTED, self._now)

    def _foreign(self, note: CollectionNote) -> ForeignNote:
        """Return a note as the library keeps it beside its own."""
        note_type = self._types.take(note.type_id)
        if note_type.id not in self._renderers:
            self._renderers[note_type.id] = CardRenderer(note_type)
            self._field_names[note_type.id] = note_type.fields
        fields = self._media.renamed(note.fields)
        named = dict(zip(self._field_names[note_type.id], fields, strict=True))
        first = self._first_cards.get(note.id, 0)
        sides = self._renderers[note_type.id].sides(named, first, tags=" ".join(note.tags))
        front, back = spoken_text(sides, named)
        return ForeignNote(
            id=note.guid,
            anki_id=note.id if 0 < note.id < _LATEST_ID else 0,
            type_id=note_type.id,
            kind=NoteKind.CLOZE.value if note_type.is_cloze else NoteKind.QUESTION.value,
            front=front,
            back=back,
            cloze=None,
            tags=note.tags,
            modified=min(max(note.modified, 0), _LATEST_CHANGE),
            fields=fields,
        )

    def _merge(self, note: CollectionNote, fate: Fate, here: KnownNote) -> None:
        """Give a note of a text what the reader wrote in Anki, and the tags that they added."""
        tags = list(dict.fromkeys([*here.tags, *own_tags(note.tags)]))
        if fate is Fate.CHANGED:
            kept = [tag for tag in here.tags if is_reserved(tag) or tag in note.tags]
            tags = list(dict.fromkeys([*kept, *own_tags(note.tags)]))
            sides = _sides(note, self._types.offered(note.type_id), here)
            if sides is not None:
                changed = min(note.modified, _LATEST_CHANGE)
                anki_notes.reword_note(self._database, here.id, sides, tags, changed)
                return
        if tags != list(here.tags):
            anki_notes.set_tags(self._database, here.id, tags)


def _sides(
    note: CollectionNote, note_type: CollectionNoteType, here: KnownNote
) -> tuple[str, str, str | None] | None:
    """Return the words that Anki has of a note of ours; ``None`` where they make no card."""
    base = Note(here.id, here.kind, here.front, here.back, Evidence(Span(0, 0, 0), ""), here.cloze)
    wording = wording_in(base, dict(zip(note_type.fields, note.fields, strict=True)))
    try:
        changed = reworded(
            base, front=wording.get("front"), back=wording.get("back"), cloze=wording.get("cloze")
        )
    except LibraryError:
        return None
    sides = (changed.front, changed.back, changed.cloze)
    return None if sides == (here.front, here.back, here.cloze) else sides


def _stored(number: int, config: dict[str, Any]) -> CollectionNoteType:
    return CollectionNoteType(number, str(config["name"]), int(config["mod"]), config)


def _template_names(note_type: CollectionNoteType) -> list[str]:
    return [name for name, _front, _back in note_type.templates]
