"""What a reader exported from Anki, to compare with: read, never written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.anki.package import AnkiPackage
from desktop.anki.peer import OUR_TYPES
from desktop.anki.sides import CardSide, NoteSide, TheirNote
from desktop.decks.collection import QUEUE_SUSPENDED, Collection


class PackagePeer:
    """An ``.apkg`` or ``.colpkg``; ``key`` is the same for all, as nothing is agreed with one."""

    key = "file"

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    @classmethod
    def open(cls, path: Path) -> PackagePeer:
        """Read a package; raises ``InputError``."""
        with AnkiPackage(path) as package:
            return cls(package.collection())

    def notes(self, known: Mapping[int, str]) -> list[TheirNote]:  # noqa: ARG002 (GUIDs tell)
        """Return all notes of our types in the package."""
        ours = {each.id: each.name for each in OUR_TYPES.values()}
        found = self._collection
        types = {t.id: (ours[t.id], t.fields) for t in found.note_types if t.id in ours}
        decks = {deck.id: deck.name for deck in found.decks}
        cards: dict[int, dict[int, tuple[int, CardSide]]] = {}
        for card in found.cards:
            deck = decks.get(card.own_deck_id, "")
            place = CardSide(deck, card.queue == QUEUE_SUSPENDED, card.flag)
            cards.setdefault(card.note_id, {})[card.ordinal] = card.id, place
        notes = []
        for note in found.notes:
            if note.type_id in types:
                name, fields = types[note.type_id]
                mine = dict(sorted(cards.get(note.id, {}).items()))
                side = NoteSide(
                    dict(zip(fields, note.fields, strict=False)),
                    frozenset(note.tags),
                    {number: each[1] for number, each in mine.items()},
                )
                ids = {number: each[0] for number, each in mine.items()}
                notes.append(TheirNote(note.guid, note.id, name, side, ids, note.modified))
        return notes
