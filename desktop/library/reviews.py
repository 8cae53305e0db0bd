"""Cards and the review log: reading them and the storing of an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from desktop.errors import LibraryError
from desktop.library.database import Database
from desktop.library.times import from_ms, optional_ms, optional_time, to_ms
from desktop.study.card import Card, CardState, Rating, Review


def card_from_row(row: Any) -> Card:
    """Build a card from its row."""
    return Card(
        id=row["id"],
        note_id=row["note_id"],
        ordinal=row["ordinal"],
        state=CardState(row["state"]),
        step=row["step"],
        stability=row["stability"],
        difficulty=row["difficulty"],
        due=optional_time(row["due"]),
        last_review=optional_time(row["last_review"]),
        reps=row["reps"],
        lapses=row["lapses"],
        suspended=bool(row["suspended"]),
        buried_until=optional_time(row["buried_until"]),
        deck_id=row["deck_id"],
        flag=row["flag"],
    )


def read_card(database: Database, card_id: int) -> Card:
    """Return a card; raises ``LibraryError`` when it is gone."""
    row = database.row("SELECT * FROM cards WHERE id = ?", (card_id,))
    if row is None:
        raise LibraryError("This card is no longer in the library; it may have been deleted.")
    with database.decoding("a card"):
        return card_from_row(row)


def store_answer(database: Database, card: Card, review: Review) -> None:
    """Store a card as an answer left it, and the answer in the log."""
    database.run(
        "UPDATE cards SET state = ?, step = ?, stability = ?, difficulty = ?, due = ?, "
        "last_review = ?, reps = ?, lapses = ?, buried_until = ? WHERE id = ?",
        (
            int(card.state), card.step, card.stability, card.difficulty, optional_ms(card.due),
            optional_ms(card.last_review), card.reps, card.lapses,
            optional_ms(card.buried_until), card.id,
        ),
    )  # fmt: skip
    moment = to_ms(review.reviewed_at)
    review_id = moment
    while database.row("SELECT 1 FROM reviews WHERE id = ?", (review_id,)):
        review_id += 1
    database.run(
        "INSERT INTO reviews (id, card_id, rating, reviewed_at, took_ms, state_before, "
        "state_after, stability, difficulty, interval, last_interval) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review_id, review.card_id, int(review.rating), moment, review.took_ms,
            int(review.state_before), int(review.state_after), review.stability,
            review.difficulty, _span_ms(review.interval), _span_ms(review.last_interval),
        ),
    )  # fmt: skip


def last_answer(database: Database) -> tuple[int, int] | None:
    """Return the id and the card of the answer that was given last."""
    row = database.row("SELECT id, card_id FROM reviews ORDER BY id DESC LIMIT 1")
    return None if row is None else (row["id"], row["card_id"])


def history(database: Database, card_id: int) -> list[Review]:
    """Return all answers to a card, oldest first."""
    rows = database.rows("SELECT * FROM reviews WHERE card_id = ? ORDER BY id", (card_id,))
    with database.decoding("a review"):
        return [_review(row) for row in rows]


def all_reviews(database: Database) -> list[Review]:
    """Return the whole log, oldest first."""
    rows = database.rows("SELECT * FROM reviews ORDER BY id")
    with database.decoding("a review"):
        return [_review(row) for row in rows]


def studied_terms(database: Database) -> list[tuple[str, Card]]:
    """Return each card that was studied of a note made from a term, with the term's name."""
    rows = database.rows(
        "SELECT n.term AS term, c.* FROM notes n JOIN cards c ON c.note_id = n.id "
        "WHERE n.term IS NOT NULL AND c.stability IS NOT NULL ORDER BY c.id"
    )
    with database.decoding("a card"):
        return [(row["term"], card_from_row(row)) for row in rows]


def _review(row: Any) -> Review:
    """Build a review from its row."""
    return Review(
        card_id=row["card_id"],
        rating=Rating(row["rating"]),
        reviewed_at=from_ms(row["reviewed_at"]),
        took_ms=row["took_ms"],
        state_before=CardState(row["state_before"]),
        state_after=CardState(row["state_after"]),
        stability=row["stability"],
        difficulty=row["difficulty"],
        interval=timedelta(milliseconds=row["interval"]),
        last_interval=timedelta(milliseconds=row["last_interval"]),
    )


def _span_ms(span: timedelta) -> int:
    """Return a span of time in milliseconds."""
    return span // timedelta(milliseconds=1)
