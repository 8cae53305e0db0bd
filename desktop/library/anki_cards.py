"""Cards that came from Anki and their log, with what Anki keeps of them beside the library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.library.database import Database
from desktop.library.reviews import card_from_row
from desktop.library.times import from_ms, optional_ms, optional_time, to_ms
from desktop.study.card import Card, CardState, Rating, Review

#: New cards from Anki come after those of the documents, by their place there.
NEW_ORDER_BASE = 10**12

_CHOSEN = "(SELECT value FROM json_each(?))"


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


def cards_of(database: Database, note_ids: Sequence[str]) -> dict[tuple[str, int], Card]:
    """Return the cards of notes, by note and ordinal."""
    rows = database.rows(
        f"SELECT * FROM cards WHERE note_id IN {_CHOSEN} ORDER BY note_id, ordinal",
        (json.dumps(list(note_ids)),),
    )
    with database.decoding("a card"):
        return {(row["note_id"], row["ordinal"]): card_from_row(row) for row in rows}


def notes_in_decks(database: Database, deck_ids: Iterable[int]) -> list[str]:
    """Return the notes that have a card in one of the decks."""
    rows = database.rows(
        f"SELECT DISTINCT note_id FROM cards WHERE deck_id IN {_CHOSEN}",
        (json.dumps(sorted(deck_ids)),),
    )
    return [row["note_id"] for row in rows]


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


def accepted_cards(database: Database) -> Iterator[tuple[Card, KeptCard | None]]:
    """Yield the cards of accepted notes, new ones in their order, with what Anki keeps of them."""
    rows = database.each(
        "SELECT c.*, a.modified, a.kind, a.queue, a.due AS kept_due, a.interval, a.factor, "
        'a.reps AS kept_reps, a.lapses AS kept_lapses, a."left", a.flags, a.data, a.due_at, '
        "a.last_review AS kept_last FROM cards c JOIN notes n ON n.id = c.note_id "
        "LEFT JOIN anki_cards a ON a.card_id = c.id WHERE n.status = 'accepted' "
        "ORDER BY c.new_order, c.id"
    )
    for row in rows:
        kept = None
        if row["kind"] is not None:
            columns = (
                row["modified"], row["kind"], row["queue"], row["kept_due"], row["interval"],
                row["factor"], row["kept_reps"], row["kept_lapses"], row["left"], row["flags"],
                row["data"],
            )  # fmt: skip
            kept = KeptCard(columns, optional_time(row["due_at"]), optional_time(row["kept_last"]))
        with database.decoding("a card"):
            yield card_from_row(row), kept


def first_cards(database: Database) -> dict[str, int]:
    """Return the id of the first card of each accepted note that is in a document."""
    rows = database.rows(
        "SELECT c.note_id, min(c.id) AS first FROM cards c JOIN notes n ON n.id = c.note_id "
        "WHERE n.status = 'accepted' AND EXISTS "
        "(SELECT 1 FROM note_documents nd WHERE nd.note_id = n.id) GROUP BY c.note_id"
    )
    return {row["note_id"]: row["first"] for row in rows}


# -- writing


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
