"""What the library knows of Anki's side: how notes stood when both last met, and what was told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.library.database import Database
from desktop.library.decks import NoteStatus, set_status
from desktop.library.study_decks import ensure_deck
from desktop.library.times import to_ms

_CHOSEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a note stood on both sides, each as JSON; ``anki_id`` is its number in that Anki."""

    note_id: str
    anki_id: int
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card with its deck's name; ``rests`` also where its note was refused."""

    id: int
    note_id: str
    ordinal: int
    deck: str
    rests: bool
    flag: int


def meetings(database: Database, peer: str) -> list[Meeting]:
    """Return how all notes stood when the library last met this Anki."""
    rows = database.rows(
        "SELECT note_id, anki_id, ours, coalesce(theirs, ours) AS theirs FROM anki_meetings "
        "WHERE peer = ? ORDER BY id",
        (peer,),
    )
    return [Meeting(row["note_id"], row["anki_id"], row["ours"], row["theirs"]) for row in rows]


def keep_meetings(database: Database, peer: str, found: Iterable[Meeting]) -> None:
    """Store how notes stand now."""
    database.run_many(
        "INSERT INTO anki_meetings (peer, note_id, anki_id, ours, theirs) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (peer, note_id) DO UPDATE SET anki_id = excluded.anki_id, "
        "ours = excluded.ours, theirs = excluded.theirs",
        [
            (peer, m.note_id, m.anki_id, m.ours, None if m.theirs == m.ours else m.theirs)
            for m in found
        ],
    )


def forget_meetings(database: Database, peer: str, note_ids: Sequence[str]) -> None:
    """Forget notes that are gone on both sides."""
    database.run(
        f"DELETE FROM anki_meetings WHERE peer = ? AND note_id IN {_CHOSEN}",
        (peer, json.dumps(list(note_ids))),
    )


def deleted_ids(database: Database) -> set[str]:
    """Return the ids of all notes that the reader deleted."""
    return {row["note_id"] for row in database.rows("SELECT note_id FROM deleted_notes")}


def known_status(database: Database, note_ids: Sequence[str]) -> dict[str, NoteStatus]:
    """Return what the reader decided about those of the notes that the library has."""
    rows = database.rows(
        f"SELECT id, status FROM notes WHERE id IN {_CHOSEN}", (json.dumps(list(note_ids)),)
    )
    return {row["id"]: NoteStatus(row["status"]) for row in rows}


def placed_cards(database: Database, note_ids: Sequence[str] | None = None) -> list[PlacedCard]:
    """Return the cards of notes, or all: those without a gap any more are left out."""
    chosen = "" if note_ids is None else f"AND c.note_id IN {_CHOSEN}"
    rows = database.rows(
        "SELECT c.id, c.note_id, c.ordinal, coalesce(k.name, 'Glossator') AS deck, c.suspended, "
        "c.flag, n.status FROM cards c JOIN notes n ON n.id = c.note_id "
        "LEFT JOIN decks k ON k.id = c.deck_id "
        f"WHERE (c.active = 1 OR c.suspended = 1 OR n.status = 'refused') {chosen} "
        "ORDER BY c.note_id, c.ordinal",
        () if note_ids is None else (json.dumps(list(note_ids)),),
    )
    return [
        PlacedCard(
            row["id"], row["note_id"], row["ordinal"], row["deck"],
            bool(row["suspended"]) or row["status"] == "refused", row["flag"],
        )
        for row in rows
    ]  # fmt: skip


def place_card(
    database: Database,
    card: PlacedCard,
    now: datetime,
    *,
    deck: str,
    suspended: bool,
    flag: int,
) -> None:
    """Put a card into a deck, let it rest or wake it, and give it a flag, as Anki has it."""
    row = database.row("SELECT status FROM notes WHERE id = ?", (card.note_id,))
    if row is None:
        return
    database.run(
        "UPDATE cards SET deck_id = ?, suspended = ?, flag = ? WHERE id = ?",
        (ensure_deck(database, deck, now), int(suspended), flag, card.id),
    )
    set_status(database, [card.note_id], NoteStatus(row["status"]), now)  # wakes it, or not


def give_back_answers(database: Database, card_id: int, review_ids: Sequence[int]) -> None:
    """Let a card that was deleted and came back have the answers that it had before."""
    for table in ("reviews", "anki_reviews"):
        database.run(
            f"UPDATE {table} SET card_id = ? WHERE id IN {_CHOSEN} "
            "AND card_id NOT IN (SELECT id FROM cards)",
            (card_id, json.dumps(list(review_ids))),
        )


def content_times(
    database: Database, digests: Mapping[str, str], modified: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """Return when the content of each note last changed, in seconds, and remember it.

    ``modified`` is what the library says. Where what is written differs from what was written
    before although the library told no change (a picture was added, the program writes its
    cards otherwise), that is a change of now.
    """
    known: dict[str, Any] = {
        row["note_id"]: row for row in database.rows("SELECT * FROM anki_contents")
    }
    times: dict[str, int] = {}
    for note_id, digest in digests.items():
        told = known.get(note_id)
        times[note_id] = modified[note_id]
        if told is None:
            continue
        if told["digest"] == digest:
            times[note_id] = told["modified"]
        elif modified[note_id] <= told["modified"]:
            times[note_id] = max(to_ms(now) // 1000, told["modified"] + 1)
    database.run_many(
        "INSERT INTO anki_contents (note_id, digest, modified) VALUES (?, ?, ?) "
        "ON CONFLICT (note_id) DO UPDATE SET digest = excluded.digest, "
        "modified = excluded.modified",
        [(note_id, digest, times[note_id]) for note_id, digest in digests.items()],
    )
    return times
