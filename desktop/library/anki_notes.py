"""Notes that came from Anki, with their types, cards, log and media, and what Anki keeps of them.

A note of a type that is not ours, or of ours without its text, has its fields in
``foreign_notes``. All writing is in bulk: a deck may have a hundred thousand notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.decks.deck import NoteKind
from desktop.library.database import Database
from desktop.library.decks import NoteStatus
from desktop.library.reviews import card_from_row
from desktop.library.times import from_ms, optional_ms, optional_time, to_ms
from desktop.study.card import Card, CardState, Rating, Review

#: New cards from Anki come after those of the documents, by their place there.
NEW_ORDER_BASE = 10**12

_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: it is called for every note

_CHOSEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What the library has of a note; ``fields`` is ``None`` for one that has no foreign fields."""

    id: str
    kind: NoteKind
    edited: bool
    status: NoteStatus
    modified: int
    front: str
    back: str
    cloze: str | None
    tags: tuple[str, ...]
    in_document: bool
    type_id: int | None
    fields: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note to be stored with its fields; ``front`` and ``back`` are its text for lists."""

    id: str
    anki_id: int
    type_id: int
    kind: str
    front: str
    back: str
    cloze: str | None
    tags: tuple[str, ...]
    modified: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptCard:
    """Anki's own columns of a card, and what the library made of them when it took them."""

    columns: tuple[Any, ...]  # from ``modified`` to ``data``, in the order of the table
    due_at: datetime | None
    last_review: datetime | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of Anki's review log; the answer is the library's own record of it, if it is one."""

    id: int
    card_id: int
    rating: int
    interval: int
    last_interval: int
    factor: int
    took: int
    kind: int
    answer: Review | None = None


# -- reading


def known_notes(database: Database, note_ids: Sequence[str]) -> dict[str, KnownNote]:
    """Return those of the notes that the library has."""
    rows = database.rows(
        "SELECT n.id, n.kind, n.edited, n.status, n.modified, n.front, n.back, n.cloze, n.tags, "
        "EXISTS (SELECT 1 FROM note_documents nd WHERE nd.note_id = n.id) AS in_document, "
        "f.note_type_id, f.fields FROM notes n LEFT JOIN foreign_notes f ON f.note_id = n.id "
        f"WHERE n.id IN {_CHOSEN}",
        (_list(note_ids),),
    )
    with database.decoding("a card"):
        return {row["id"]: _known(row) for row in rows}


def deleted_notes(database: Database, note_ids: Sequence[str]) -> set[str]:
    """Return those of the notes that the reader deleted."""
    rows = database.rows(
        f"SELECT note_id FROM deleted_notes WHERE note_id IN {_CHOSEN}", (_list(note_ids),)
    )
    return {row["note_id"] for row in rows}


def cards_of(database: Database, note_ids: Sequence[str]) -> dict[tuple[str, int], Card]:
    """Return the cards of notes, by note and ordinal."""
    rows = database.rows(
        f"SELECT * FROM cards WHERE note_id IN {_CHOSEN} ORDER BY note_id, ordinal",
        (_list(note_ids),),
    )
    with database.decoding("a card"):
        return {(row["note_id"], row["ordinal"]): card_from_row(row) for row in rows}


def card_ids(database: Database) -> set[int]:
    """Return the ids of all cards, and of all that were studied."""
    rows = database.rows("SELECT id FROM cards UNION SELECT card_id FROM reviews")
    return {row["id"] for row in rows}


def kept_cards(database: Database, numbers: Sequence[int] | None = None) -> dict[int, KeptCard]:
    """Return what Anki keeps of cards (``None``: of all)."""
    chosen = "" if numbers is None else f" WHERE card_id IN {_CHOSEN}"
    rows = database.rows(
        f"SELECT * FROM anki_cards{chosen}", () if numbers is None else (json.dumps(list(numbers)),)
    )
    return {
        row["card_id"]: KeptCard(
            tuple(row)[1:12], optional_time(row["due_at"]), optional_time(row["last_review"])
        )
        for row in rows
    }


def log_keys(database: Database) -> tuple[set[int], set[tuple[int, int]]]:
    """Return the ids that lines of the log have, and their (card, time) pairs."""
    ids: set[int] = set()
    keys: set[tuple[int, int]] = set()
    for row in database.rows("SELECT id, card_id, reviewed_at FROM reviews"):
        ids.add(row["id"])
        keys |= {(row["card_id"], row["id"]), (row["card_id"], row["reviewed_at"])}
    for row in database.rows("SELECT id, card_id FROM anki_reviews"):
        ids.add(row["id"])
        keys.add((row["card_id"], row["id"]))
    return ids, keys


def note_type_configs(database: Database) -> dict[int, dict[str, Any]]:
    """Return the foreign note types by their id, as Anki exchanges them."""
    rows = database.rows("SELECT id, config FROM note_types ORDER BY id")
    with database.decoding("a note type"):
        return {row["id"]: json.loads(row["config"]) for row in rows}


def foreign_fields(database: Database, note_id: str) -> tuple[int, tuple[str, ...]] | None:
    """Return the type and the fields of a foreign note, ``None`` for one that is none."""
    row = database.row(
        "SELECT note_type_id, fields FROM foreign_notes WHERE note_id = ?", (note_id,)
    )
    with database.decoding("a card"):
        return None if row is None else (row[0], tuple(json.loads(row[1])))


def media_sums(database: Database) -> dict[str, str]:
    """Return the names of the media, each with the SHA-1 of its contents."""
    return {row["name"]: row["sha1"] for row in database.rows("SELECT name, sha1 FROM media")}


def read_medium(database: Database, name: str) -> bytes | None:
    """Return the contents of a media file."""
    found: bytes | None = database.value("SELECT data FROM media WHERE name = ?", (name,))
    return found


# -- writing


def store_media(database: Database, name: str, data: bytes, sha1: str) -> None:
    """Store a media file under a name that is free."""
    database.run("INSERT INTO media (name, data, sha1) VALUES (?, ?, ?)", (name, data, sha1))


def store_note_type(database: Database, number: int, name: str, modified: int, config: Any) -> None:
    """Store a note type, or a newer form of it."""
    database.run(
        "INSERT INTO note_types (id, name, config, modified) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, config = excluded.config, "
        "modified = excluded.modified",
        (number, name, json.dumps(config, ensure_ascii=False, sort_keys=True), modified),
    )


def insert_notes(database: Database, notes: Iterable[ForeignNote], now: datetime) -> None:
    """Store new foreign notes; those that were deleted once are there again."""
    added = to_ms(now)
    chosen = list(notes)
    database.run(
        f"DELETE FROM deleted_notes WHERE note_id IN {_CHOSEN}", (_list(n.id for n in chosen),)
    )
    database.run_many(
        "INSERT INTO notes (id, kind, status, origin, front, back, cloze, rule, confidence, tags, "
        "modified, added_at) VALUES (?, ?, 'accepted', 'reader', ?, ?, ?, 'anki', 1.0, ?, ?, ?)",
        (
            (n.id, n.kind, n.front, n.back, n.cloze, _list(n.tags), n.modified, added)
            for n in chosen
        ),
    )
    database.run_many(
        "INSERT INTO foreign_notes (note_id, note_type_id, fields, anki_id) VALUES (?, ?, ?, ?)",
        ((n.id, n.type_id, _list(n.fields), n.anki_id) for n in chosen),
    )


def update_notes(database: Database, notes: Iterable[ForeignNote]) -> None:
    """Give foreign notes the contents that Anki has of them now."""
    chosen = list(notes)
    database.run_many(
        "UPDATE notes SET kind = ?, front = ?, back = ?, cloze = ?, tags = ?, modified = ? "
        "WHERE id = ?",
        ((n.kind, n.front, n.back, n.cloze, _list(n.tags), n.modified, n.id) for n in chosen),
    )
    database.run_many(
        "UPDATE foreign_notes SET note_type_id = ?, fields = ? WHERE note_id = ?",
        ((n.type_id, _list(n.fields), n.id) for n in chosen),
    )


def reword_note(
    database: Database,
    note_id: str,
    sides: tuple[str, str, str | None],
    tags: Sequence[str],
    modified: int,
) -> None:
    """Give a note of a text the words (front, back, cloze) that the reader gave it in Anki."""
    database.run(
        "UPDATE notes SET front = ?, back = ?, cloze = ?, tags = ?, edited = 1, modified = ? "
        "WHERE id = ?",
        (*sides, _list(tags), modified, note_id),
    )


def set_tags(database: Database, note_id: str, tags: Sequence[str]) -> None:
    """Give a note its tags."""
    database.run("UPDATE notes SET tags = ? WHERE id = ?", (_list(tags), note_id))


def insert_cards(database: Database, cards: Iterable[tuple[Card, int, bool, KeptCard]]) -> None:
    """Store new cards: each with its place among new ones, whether it is studied, what is kept."""
    chosen = list(cards)
    database.run_many(
        "INSERT INTO cards (id, note_id, ordinal, state, step, stability, difficulty, due, "
        "last_review, reps, lapses, suspended, buried_until, new_order, active, deck_id, flag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (c.id, c.note_id, c.ordinal, *_schedule(c), place, int(studied), c.deck_id, c.flag)
            for c, place, studied, _kept in chosen
        ),
    )
    _keep(database, ((c.id, kept) for c, _place, _studied, kept in chosen))


def update_cards(database: Database, cards: Iterable[tuple[Card, bool, KeptCard]]) -> None:
    """Give cards the schedule and the flag that Anki has of them now."""
    chosen = list(cards)
    database.run_many(
        "UPDATE cards SET state = ?, step = ?, stability = ?, difficulty = ?, due = ?, "
        "last_review = ?, reps = ?, lapses = ?, suspended = ?, buried_until = ?, active = ?, "
        "flag = ? WHERE id = ?",
        ((*_schedule(c), int(studied), c.flag, c.id) for c, studied, _kept in chosen),
    )
    _keep(database, ((c.id, kept) for c, _studied, kept in chosen))


def insert_log(database: Database, lines: Iterable[LogLine]) -> None:
    """Store lines of Anki's log whose ids are free."""
    chosen = list(lines)
    database.run_many(
        "INSERT INTO anki_reviews (id, card_id, rating, interval, last_interval, factor, took, "
        "kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                one.id, one.card_id, one.rating, one.interval, one.last_interval, one.factor,
                one.took, one.kind,
            )
            for one in chosen
        ),
    )  # fmt: skip
    database.run_many(
        "INSERT INTO reviews (id, card_id, rating, reviewed_at, took_ms, state_before, "
        "state_after, stability, difficulty, interval, last_interval) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                one.id, one.card_id, int(a.rating), to_ms(a.reviewed_at), a.took_ms,
                int(a.state_before), int(a.state_after), a.stability, a.difficulty,
                round(a.interval.total_seconds() * 1000),
                round(a.last_interval.total_seconds() * 1000),
            )
            for one in chosen
            if (a := one.answer) is not None
        ),
    )  # fmt: skip


def whole_log(database: Database) -> list[LogLine]:
    """Return the whole log, oldest first: Anki's lines as they were, and the answers given here."""
    rows = database.rows(
        "SELECT id, card_id, rating, interval, last_interval, factor, took, kind "
        "FROM anki_reviews ORDER BY id"
    )
    found = [LogLine(*row) for row in rows]
    answers = database.rows(
        "SELECT * FROM reviews r WHERE NOT EXISTS "
        "(SELECT 1 FROM anki_reviews a WHERE a.id = r.id) ORDER BY id"
    )
    with database.decoding("a review"):
        found += [
            LogLine(row["id"], row["card_id"], row["rating"], 0, 0, 0, row["took_ms"], 0,
                    _answer(row))
            for row in answers
        ]  # fmt: skip
    return sorted(found, key=lambda line: line.id)


def _answer(row: Any) -> Review:
    return Review(
        card_id=row["card_id"],
        rating=Rating(row["rating"]),
        reviewed_at=from_ms(row["reviewed_at"]),
        took_ms=row["took_ms"],
        state_before=CardState(row["state_before"]),
        state_after=CardState(row["state_after"]),
        stability=row["stability"],
        difficulty=row["difficulty"],
        interval=from_ms(row["interval"]) - from_ms(0),
        last_interval=from_ms(row["last_interval"]) - from_ms(0),
    )


def _schedule(card: Card) -> tuple[Any, ...]:
    """Return the columns of a card's schedule."""
    return (
        int(card.state), card.step, card.stability, card.difficulty, optional_ms(card.due),
        optional_ms(card.last_review), card.reps, card.lapses, int(card.suspended),
        optional_ms(card.buried_until),
    )  # fmt: skip


def _keep(database: Database, cards: Iterable[tuple[int, KeptCard]]) -> None:
    database.run_many(
        "INSERT INTO anki_cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (card_id) DO UPDATE SET modified = excluded.modified, kind = excluded.kind, "
        "queue = excluded.queue, due = excluded.due, interval = excluded.interval, "
        "factor = excluded.factor, reps = excluded.reps, lapses = excluded.lapses, "
        '"left" = excluded."left", flags = excluded.flags, data = excluded.data, '
        "due_at = excluded.due_at, last_review = excluded.last_review",
        (
            (number, *kept.columns, optional_ms(kept.due_at), optional_ms(kept.last_review))
            for number, kept in cards
        ),
    )


def _known(row: Any) -> KnownNote:
    fields = row["fields"]
    return KnownNote(
        id=row["id"],
        kind=NoteKind(row["kind"]),
        edited=bool(row["edited"]),
        status=NoteStatus(row["status"]),
        modified=row["modified"],
        front=row["front"],
        back=row["back"],
        cloze=row["cloze"],
        tags=tuple(json.loads(row["tags"])),
        in_document=bool(row["in_document"]),
        type_id=row["note_type_id"],
        fields=None if fields is None else tuple(json.loads(fields)),
    )


def _list(values: Iterable[str]) -> str:
    return _encode(list(values))
