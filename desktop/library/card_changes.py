"""Changes of many cards at once: when they are due, what their notes say; and notes alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.decks.deck import NoteKind
from desktop.library.database import Database
from desktop.library.times import to_ms
from desktop.study.dates_due import DueWish

_CHOSEN = "(SELECT value FROM json_each(?))"
_DAY_MS = 86_400_000

#: What FSRS knows of a card that was never answered here when its day is set by hand.
_MIDDLE_DIFFICULTY = 5.0


@dataclass(frozen=True, slots=True)
class NoteText:
    """The wording of a note; ``foreign`` for one of a type that came from Anki."""

    note_id: str
    kind: NoteKind
    front: str
    back: str
    cloze: str | None
    foreign: bool


def note_texts(database: Database, card_ids: Sequence[int] | None = None) -> list[NoteText]:
    """Return the wording of the notes of some cards, or of all cards; each note once."""
    chosen = "" if card_ids is None else f" AND c.id IN {_CHOSEN}"
    rows = database.rows(
        "SELECT n.id, n.kind, n.front, n.back, n.cloze, EXISTS (SELECT 1 FROM foreign_notes f "
        "WHERE f.note_id = n.id) AS known FROM notes n WHERE n.status = 'accepted' AND n.id IN "
        f"(SELECT c.note_id FROM cards c WHERE 1{chosen}) ORDER BY n.added_at, n.id",
        () if card_ids is None else (json.dumps(list(card_ids)),),
    )
    return [
        NoteText(r["id"], NoteKind(r["kind"]), r["front"], r["back"], r["cloze"], bool(r["known"]))
        for r in rows
    ]


def duplicates(database: Database, side: str = "front") -> list[tuple[str, list[str]]]:
    """Return the texts that several notes have on a side, each with its notes, most first."""
    from desktop.library.note_text import plain_text

    found: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for note in note_texts(database):
        text = note.back if side == "back" else note.front
        if note.kind is NoteKind.CLOZE and side == "front" and note.cloze:
            text = note.cloze
        key = " ".join(plain_text(text).casefold().split())
        if key:
            found.setdefault(key, []).append(note.note_id)
            shown.setdefault(key, plain_text(text))
    several = [(shown[key], ids) for key, ids in found.items() if len(ids) > 1]
    return sorted(several, key=lambda one: (-len(one[1]), one[0].casefold()))


def set_due(
    database: Database, card_ids: Sequence[int], wish: DueWish, today: datetime, now: datetime
) -> None:
    """Let cards come as reviews so many days from today; ``today`` is when that began.

    A card without a memory gets one that fades by that day as far as is wanted.
    """
    rows = database.rows(
        "SELECT id, stability, difficulty, last_review FROM cards "
        f"WHERE id IN {_CHOSEN} ORDER BY id",
        (json.dumps(list(card_ids)),),
    )
    changes = []
    for row in rows:
        days = wish.days_of(row["id"])
        due = to_ms(today) + days * _DAY_MS
        known = row["stability"] is not None and row["last_review"] is not None
        last, stability = row["last_review"], row["stability"]
        if not known or wish.new_interval:
            last, stability = due - max(days, 1) * _DAY_MS, float(max(days, 1))
        difficulty = row["difficulty"] or _MIDDLE_DIFFICULTY
        changes.append((stability, difficulty, due, last, row["id"]))
    database.run_many(
        "UPDATE cards SET state = 2, step = NULL, stability = ?, difficulty = ?, due = ?, "
        "last_review = ?, buried_until = NULL WHERE id = ?",
        changes,
    )
    note_changes(database, card_ids, "due", now)


def note_changes(database: Database, card_ids: Sequence[int], kind: str, now: datetime) -> None:
    """Write down that the schedule of cards was changed by hand."""
    moment = max(
        to_ms(now), int(database.value("SELECT coalesce(max(id), 0) FROM schedule_changes")) + 1
    )
    database.run_many(
        "INSERT INTO schedule_changes (id, card_id, kind) VALUES (?, ?, ?)",
        [(moment + place, card, kind) for place, card in enumerate(card_ids)],
    )
