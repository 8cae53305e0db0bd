"""The real Anki as the judge of what Glossator writes: imports it and says what came of it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.import_export_pb2 import ImportCsvRequest


@dataclass(frozen=True)
class Verdict:
    """How many notes Anki took as new, updated, known already, or could not place."""

    new: int
    updated: int
    duplicate: int
    conflicting: int
    other: int = 0


class AnkiJudge:
    """One fresh Anki collection."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def take_package(self, path: Path) -> Verdict:
        options = ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=False)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        return _verdict(self.collection.import_anki_package(request).log)

    def take_text(self, path: Path) -> Verdict:
        metadata = self.collection.get_csv_metadata(path=str(path), delimiter=None)
        request = ImportCsvRequest(path=str(path), metadata=metadata)
        return _verdict(self.collection.import_csv(request).log)

    def problems(self) -> list[str]:
        """Return what Anki's own check of the database repairs; nothing where all is well."""
        report, sound = self.collection.fix_integrity()
        found = [line for line in report.splitlines() if line and "optimized" not in line]
        return found if sound else found or [report]

    def cards(self, query: str = "") -> list[RenderedCard]:
        """Return the cards as Anki would show them, in the order in which new cards come."""
        found = [self.collection.get_card(cid) for cid in self.collection.find_cards(query)]
        found.sort(key=lambda card: (card.due, card.ord))
        return [RenderedCard.of(card) for card in found]

    def note(self, guid: str) -> Any:
        """Return the note with this GUID."""
        nid = self.collection.db.scalar("select id from notes where guid = ?", guid)
        assert nid is not None, f"Anki has no note {guid}"
        return self.collection.get_note(nid)


@dataclass(frozen=True)
class RenderedCard:
    """A card as Anki renders it, with and without its markup."""

    guid: str
    template: str
    deck: str
    tags: tuple[str, ...]
    position: int
    front_html: str
    back_html: str
    front: str
    back: str

    @classmethod
    def of(cls, card: Any) -> RenderedCard:
        front, back = card.question(), card.answer()
        return cls(
            guid=card.note().guid,
            template=card.template()["name"],
            deck=card.col.decks.name(card.did),
            tags=tuple(card.note().tags),
            position=card.due,
            front_html=front,
            back_html=back,
            front=visible_text(front),
            back=visible_text(back),
        )


def visible_text(markup: str) -> str:
    """Return the words that a person sees, white space as single spaces."""
    without_style = re.sub(r"(?s)<style>.*?</style>", "", markup)
    spaced = re.sub(
        r"(?i)<(br|/?div|/?blockquote|/?footer|hr|/?article)\b[^>]*>", " ", without_style
    )
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", spaced)).split())


def _verdict(log: Any) -> Verdict:
    return Verdict(
        new=len(log.new),
        updated=len(log.updated),
        duplicate=len(log.duplicate),
        conflicting=len(log.conflicting),
        other=sum(
            len(getattr(log, name))
            for name in (
                "first_field_match",
                "missing_notetype",
                "missing_deck",
                "empty_first_field",
            )
        ),
    )
