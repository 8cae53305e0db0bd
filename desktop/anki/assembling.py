"""The rows that a package's process sends become a collection; nothing in them is trusted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from desktop.anki.isolated_package import ROWS as ROWS
from desktop.decks.collection import (
    FIELD_SEPARATOR,
    Collection,
    CollectionCard,
    CollectionDeck,
    CollectionNote,
    CollectionNoteType,
    CollectionPreset,
    CollectionReview,
    MediaFile,
)

_LONG, _WORD, _TIME = 2**63 - 1, 2**31 - 1, 2**33

#: The numbers that Anki's own columns hold, least and most, from ``id`` on; others break it.
_CARD_BOUNDS = (
    (-_LONG, _LONG), (-_LONG, _LONG), (-_LONG, _LONG), (0, 65_535), (0, _TIME), (0, 3), (-3, 4),
    (-_WORD, _WORD), (0, _WORD), (0, 65_535), (0, _WORD), (0, _WORD), (0, _WORD), (-_WORD, _WORD),
    (-_LONG, _LONG), (0, 255),
)  # fmt: skip
_REVIEW_BOUNDS = (
    (-_LONG, _LONG), (-_LONG, _LONG), (0, 4), (-_WORD, _WORD), (-_WORD, _WORD), (0, _WORD),
    (0, _WORD), (0, 5),
)  # fmt: skip


@dataclass(slots=True)
class Parts:
    """The rows that came so far."""

    notes: list[CollectionNote] = field(default_factory=list)
    cards: list[CollectionCard] = field(default_factory=list)
    reviews: list[CollectionReview] = field(default_factory=list)

    def add(self, body: bytes) -> None:
        """Take a portion of rows; raises ``ValueError`` or ``TypeError`` for what are none."""
        table, rows = json.loads(body)
        if table == "notes":
            self.notes += [_note(*row) for row in rows]
        elif table == "cards":
            for row in rows:
                self.cards.append(CollectionCard(*_bounded(row, _CARD_BOUNDS), *_texts(row[-1:])))
        else:
            for row in rows:
                self.reviews.append(CollectionReview(*_bounded(row, _REVIEW_BOUNDS)))


def assemble(head: dict[str, Any], parts: Parts) -> Collection:
    """Return the collection; what refers to something that isn't there is left out and counted."""
    note_types = {one.id: one for one in (_note_type(config) for config in head["types"])}
    decks = [_deck(config) for config in head["decks"]]
    notes = _sound_notes(parts.notes, note_types)
    known = {note.id for note in notes}
    cards = [card for card in parts.cards if card.note_id in known]
    with_cards = {card.note_id for card in cards}
    notes = [note for note in notes if note.id in with_cards]
    left_out = [
        f"{number} {what}"
        for number, what in (
            (len(parts.notes) - len(notes), "notes without a card or a note type"),
            (len(parts.cards) - len(cards), "cards without a note"),
            (int(head["media_lost"]), "media files that are missing or have no usable name"),
        )
        if number
    ]
    west = head["west"]
    return Collection(
        created=int(head["created"]),
        created_west=int(west) if isinstance(west, int | float) else None,
        fsrs=bool(head["fsrs"]),
        notes=tuple(notes),
        cards=tuple(cards),
        reviews=tuple(parts.reviews),
        note_types=tuple(sorted(note_types.values(), key=lambda one: one.id)),
        decks=tuple(sorted(decks, key=lambda deck: deck.name)),
        presets=tuple(sorted((_preset(c) for c in head["presets"]), key=lambda one: one.id)),
        media=tuple(
            MediaFile(str(name), str(member), int(size), str(sha1))
            for name, member, size, sha1 in sorted(head["media"])
        ),
        left_out=tuple(left_out),
    )


def _note(number: Any, type_id: Any, modified: Any, guid: Any, tags: Any, text: Any) -> Any:
    if type(number) is not int or type(type_id) is not int or type(modified) is not int:
        raise TypeError("a number is none")
    fields = tuple(text.split(FIELD_SEPARATOR))
    return CollectionNote(number, guid, type_id, modified, tuple(tags.split()), fields)


def _bounded(row: Any, bounds: tuple[tuple[int, int], ...]) -> list[Any]:
    """Return the numbers that a row begins with, each within its bounds."""
    numbers = []
    for value, (least, most) in zip(row, bounds, strict=False):
        if type(value) is not int:
            raise TypeError("a number is none")
        numbers.append(value if least <= value <= most else least if value < least else most)
    if len(numbers) < len(bounds):
        raise TypeError("a row is too short")
    return numbers


def _texts(values: Any) -> list[Any]:
    if any(type(value) is not str for value in values):
        raise TypeError("a text is none")
    return list(values)


def _sound_notes(
    notes: list[CollectionNote], note_types: dict[int, CollectionNoteType]
) -> list[CollectionNote]:
    """Return the notes with a type and a GUID of their own, each with all fields of its type."""
    widths = {one.id: len(one.fields) for one in note_types.values()}
    found: dict[str, CollectionNote] = {}
    for note in notes:
        width = widths.get(note.type_id)
        if width is None or not note.guid or note.guid in found:
            continue
        if len(note.fields) != width:
            fields = (note.fields + ("",) * width)[:width]
            note = CollectionNote(
                note.id, note.guid, note.type_id, note.modified, note.tags, fields
            )
        found[note.guid] = note
    return list(found.values())


def _note_type(config: dict[str, Any]) -> CollectionNoteType:
    for part, names in (("flds", ("name",)), ("tmpls", ("name", "qfmt", "afmt"))):
        config[part].sort(key=lambda one: int(one["ord"]))
        for one in config[part]:
            if any(not isinstance(one[name], str) for name in names):
                raise TypeError("a text is none")
    if not config["flds"] or not config["tmpls"]:
        raise ValueError("a note type without fields or templates")
    return CollectionNoteType(int(config["id"]), str(config["name"]), int(config["mod"]), config)


def _deck(config: dict[str, Any]) -> CollectionDeck:
    preset = 0 if config.get("dyn") else int(config.get("conf", 1))
    return CollectionDeck(
        int(config["id"]), str(config["name"]), int(config["mod"]), preset, config
    )


def _preset(config: dict[str, Any]) -> CollectionPreset:
    return CollectionPreset(int(config["id"]), str(config["name"]), int(config["mod"]), config)
