"""Cards of other people's note types as they are studied: both sides, rendered, with pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from desktop.decks.card_page import CardPage, card_page, picture_names, side_text
from desktop.decks.cloze_text import gap_only
from desktop.decks.collection import CollectionNoteType
from desktop.decks.deck import Note
from desktop.decks.templates import CardRenderer, RenderedSides
from desktop.library import anki_notes
from desktop.library.database import Database
from desktop.study.card import Card

#: Pictures of a card beyond this many are not shown.
_MOST_PICTURES = 50


@dataclass(frozen=True, slots=True)
class ForeignFaces:
    """Both sides of a card as Anki renders them; ``media`` are the pictures that they name."""

    sides: RenderedSides
    css: str
    fields: Mapping[str, str]
    ordinal: int
    media: Mapping[str, bytes]

    def page(self, *, answer: bool, opened: frozenset[str] = frozenset()) -> CardPage:
        """Return one side to be shown; ``opened`` are the hints that the reader opened."""
        side = self.sides.answer if answer else self.sides.question
        typed = self._typed if answer else lambda _field: ""
        return card_page(side, self.css, media=self.media, opened=opened, typed=typed)

    def _typed(self, name: str) -> str:
        """Return what stands on the answer where Anki compares what was typed."""
        kind, _, field = name.rpartition(":")
        text = self.fields.get(field, "")
        if kind.endswith("cloze"):
            text = gap_only(text, self.ordinal + 1, question=False)
        return f"<div>{text}</div>"


def foreign_faces(database: Database, card: Card, note: Note, deck: str) -> ForeignFaces | None:
    """Return the sides of a card whose note has a type of its own; ``None`` for any other."""
    found = anki_notes.foreign_fields(database, note.id)
    if found is None:
        return None
    type_id, fields = found
    config = anki_notes.note_type_config(database, type_id)
    note_type = CollectionNoteType(type_id, str(config["name"]), int(config["mod"]), config)
    named = dict(zip(note_type.fields, fields, strict=False))
    sides = CardRenderer(note_type).sides(
        named, card.ordinal, deck=deck, tags=" ".join(note.tags), flag=card.flag, card_id=card.id
    )
    media: dict[str, bytes] = {}
    for name in picture_names(sides.question, sides.answer)[:_MOST_PICTURES]:
        for known in (name, unquote(name)):
            data = anki_notes.read_medium(database, known)
            if data is not None:
                media[name] = data
                break
    return ForeignFaces(sides, note_type.css, named, card.ordinal, media)


def spoken(faces: ForeignFaces) -> tuple[str, str]:
    """Return both sides as text, for those who hear them."""
    return (
        side_text(faces.page(answer=False).body),
        side_text(faces.page(answer=True).body),
    )
