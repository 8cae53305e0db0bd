"""Rows for a table of cards, and the lists by which cards are chosen: read, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.decks.deck import NoteKind
from desktop.decks.note_types import NOTE_TYPES, OCCLUSION
from desktop.library.database import Database
from desktop.library.note_text import OUR_FIELDS, field_names, template_names
from desktop.library.schedule_terms import interval_sql, position_sql
from desktop.library.study_decks import all_decks
from desktop.library.times import from_ms, optional_time, to_ms
from desktop.study.card import CardState

_ROWS = f"""
SELECT c.*, n.kind, n.front, n.back, n.tags, n.modified, n.origin,
    ({interval_sql("c")}) AS interval_days, ({position_sql("c")}) AS position,
    (SELECT k.name FROM decks k WHERE k.id = c.deck_id) AS deck,
    (SELECT t.name FROM foreign_notes f JOIN note_types t ON t.id = f.note_type_id
        WHERE f.note_id = n.id) AS foreign_type,
    (SELECT t.config FROM foreign_notes f JOIN note_types t ON t.id = f.note_type_id
        WHERE f.note_id = n.id) AS foreign_config,
    coalesce(n.cloze, '') LIKE '{{{{c_::image-occlusion:%' AS occluded,
    (SELECT min(nd.document_id) FROM note_documents nd WHERE nd.note_id = n.id) AS document_id,
    (SELECT nd.title FROM note_documents nd WHERE nd.note_id = n.id
        ORDER BY nd.document_id LIMIT 1) AS document
FROM json_each(?) chosen CROSS JOIN cards c ON c.id = chosen.value JOIN notes n ON n.id = c.note_id
ORDER BY chosen.key
"""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as a table shows it; ``document_id`` is ``None`` for one that came from Anki.

    ``interval`` is in days, 0 outside review; ``note_type`` and ``template`` are their names.
    """

    id: int
    note_id: str
    ordinal: int
    kind: NoteKind
    note_type: str
    template: str
    front: str
    back: str
    deck: str
    deck_id: int | None
    tags: tuple[str, ...]
    state: CardState
    suspended: bool
    buried: bool
    due: datetime | None
    position: int
    interval: int
    stability: float | None
    difficulty: float | None
    last_review: datetime | None
    reps: int
    lapses: int
    flag: int
    added: datetime
    edited: datetime
    document: str
    document_id: int | None
    foreign: bool  # of a type that came from Anki

    @property
    def marked(self) -> bool:
        """Whether the reader marked its note."""
        return "marked" in self.tags


@dataclass(frozen=True, slots=True)
class BrowserLists:
    """What cards can be chosen by: full names of decks and tags, titles, types, presets."""

    decks: tuple[str, ...]
    tags: tuple[str, ...]
    documents: tuple[str, ...]
    note_types: tuple[str, ...]
    presets: tuple[str, ...]
    fields: tuple[str, ...]


def read_rows(database: Database, card_ids: Sequence[int], now: datetime) -> list[CardRow]:
    """Return the rows of some cards, in their order; cards that are gone are left out."""
    rows = database.rows(_ROWS, (json.dumps(list(card_ids)),))
    with database.decoding("a card"):
        return [_row(row, to_ms(now)) for row in rows]


def read_lists(database: Database) -> BrowserLists:
    """Return what the cards of the library can be chosen by, each list sorted."""
    tags: set[str] = set()
    with database.decoding("the tags of a card"):
        for row in database.rows("SELECT DISTINCT tags FROM notes WHERE status = 'accepted'"):
            tags.update(json.loads(row[0]))
    titles = database.rows(
        "SELECT DISTINCT coalesce(d.title, d.source_name) AS title FROM documents d "
        "WHERE EXISTS (SELECT 1 FROM note_documents nd JOIN cards c ON c.note_id = nd.note_id "
        "WHERE nd.document_id = d.id)"
    )
    types = database.rows("SELECT name, config FROM note_types")
    with database.decoding("a note type"):
        fields = {name for row in types for name in field_names(row["config"])} | OUR_FIELDS
    ours = [note_type.name for note_type in (*NOTE_TYPES.values(), OCCLUSION)]
    presets = database.rows("SELECT name FROM deck_options")
    return BrowserLists(
        tuple(deck.name for deck in all_decks(database)),
        _sorted(tags),
        _sorted(row["title"] for row in titles),
        tuple(ours) + _sorted(row["name"] for row in types),
        _sorted(row["name"] for row in presets),
        _sorted(fields),
    )


def _sorted(names: Any) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def _row(row: Any, now: int) -> CardRow:
    """Build a row of the table."""
    kind, ordinal = NoteKind(row["kind"]), row["ordinal"]
    ours = OCCLUSION if row["occluded"] else NOTE_TYPES[kind]
    names = [name for name, _file in ours.templates]
    if row["foreign_type"] is not None:
        names = template_names(row["foreign_config"])
    return CardRow(
        id=row["id"],
        note_id=row["note_id"],
        ordinal=ordinal,
        kind=kind,
        note_type=row["foreign_type"] or ours.name,
        template=names[ordinal] if ordinal < len(names) else f"{names[-1]} {ordinal + 1}",
        front=row["front"],
        back=row["back"],
        deck=row["deck"] or "",
        deck_id=row["deck_id"],
        tags=tuple(json.loads(row["tags"])),
        state=CardState(row["state"]),
        suspended=bool(row["suspended"]),
        buried=not row["suspended"] and (row["buried_until"] or 0) > now,
        due=optional_time(row["due"]),
        position=row["position"],
        interval=int(row["interval_days"]),
        stability=row["stability"],
        difficulty=row["difficulty"],
        last_review=optional_time(row["last_review"]),
        reps=row["reps"],
        lapses=row["lapses"],
        flag=row["flag"],
        added=from_ms(row["id"]),
        edited=from_ms(row["modified"] * 1000),
        document=row["document"] or "",
        document_id=row["document_id"],
        foreign=row["foreign_type"] is not None,
    )
