"""What an import would do to each note: add it, change it, leave it, or leave the reader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection as Some
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.decks.apkg import TAG_PREFIX
from desktop.decks.collection import Collection, CollectionNote
from desktop.decks.unmarking import is_own_type, says_other
from desktop.library.anki_notes import KnownNote


class Fate(StrEnum):
    """What becomes of a note of the package."""

    NEW = "new"
    CHANGED = "changed"  # the one here takes the contents of the package
    SAME = "same"
    KEPT = "kept"  # it differs, but the one here is newer or was edited by the reader
    DELETED = "deleted"  # by the reader, here; a card of a text doesn't come back unasked


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The fate of each note of a collection, in its order."""

    fates: tuple[Fate, ...]
    cards: int
    reviews: int
    decks: int
    media: int
    left_out: tuple[str, ...]

    def count(self, fate: Fate) -> int:
        """Return how many notes have a fate."""
        return Counter(self.fates)[fate]


def plan_import(
    collection: Collection, known: Mapping[str, KnownNote], deleted: Some[str]
) -> ImportPlan:
    """Return what taking in ``collection`` would do to a library with these notes."""
    fates = tuple(_fate(note, known.get(note.guid), deleted) for note in collection.notes)
    used = {card.own_deck_id for card in collection.cards}
    return ImportPlan(
        fates,
        cards=len(collection.cards),
        reviews=len(collection.reviews),
        decks=sum(deck.id in used for deck in collection.decks),
        media=len(collection.media),
        left_out=collection.left_out,
    )


def own_tags(tags: Some[str]) -> list[str]:
    """Return those of a note's tags that the reader gave it."""
    return [tag for tag in tags if not is_reserved(tag)]


def is_reserved(tag: str) -> bool:
    """Return whether a tag is one that Glossator itself gives."""
    return tag == TAG_PREFIX or tag.startswith(f"{TAG_PREFIX}::")


def _fate(note: CollectionNote, known: KnownNote | None, deleted: Some[str]) -> Fate:
    if known is None:
        gone = note.guid in deleted and is_own_type(note.type_id)
        return Fate.DELETED if gone else Fate.NEW
    if not differs(note, known):
        return Fate.SAME
    newer = note.modified > known.modified
    return Fate.CHANGED if newer and not known.edited else Fate.KEPT


def differs(note: CollectionNote, known: KnownNote) -> bool:
    """Return whether fields or the reader's tags of a note are others than those here."""
    if known.fields is not None and not known.in_document:
        return note.fields != known.fields or set(note.tags) != set(known.tags)
    if set(own_tags(note.tags)) - set(known.tags):
        return True
    return says_other(note.type_id, note.fields, known.front, known.back, known.cloze)
