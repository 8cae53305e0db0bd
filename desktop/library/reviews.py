"""Cards and the review log: what comes next, how much waits, and the storing of an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.errors import LibraryError
from desktop.library.database import Database
from desktop.library.times import from_ms, optional_ms, optional_time, to_ms
from desktop.study.card import Card, CardState, Rating, Review
from desktop.study.session import StudyDay, Tally

_AWAKE = "coalesce(c.buried_until, 0) <= :now"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cards are studied: those of some notes, else of one document, else all."""

    document_id: int | None = None
    note_ids: tuple[str, ...] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of the named parameters ``document`` and ``notes``."""
        notes = None if self.note_ids is None else json.dumps(self.note_ids)
        return {"document": self.document_id, "notes": notes}


@dataclass(frozen=True, slots=True)
class _Queue:
    """Cards that wait: which ones, in which order, and the partial index that has them so."""

    condition: str
    order: str
    index: str

    def query(self, scope: Scope) -> str:
        """Return the queue's FROM and WHERE for the cards in ``scope``."""
        if scope.note_ids is not None:
            return (
                "FROM json_each(:notes) n CROSS JOIN cards c ON c.note_id = n.value "
                f"WHERE +c.active = 1 AND {_AWAKE} AND {self.condition}"
            )
        if scope.document_id is None:
            # Named, because SQLite would rather sort all new cards than read them in order.
            return (
                f"FROM cards c INDEXED BY {self.index} "
                f"WHERE c.active = 1 AND {_AWAKE} AND {self.condition}"
            )
        # The cross join and the sign keep SQLite at the document's own few cards: by an index of
        # all that is due it might pass thousands of others before the first of this document.
        return (
            "FROM note_documents nd CROSS JOIN cards c ON c.note_id = nd.note_id "
            f"WHERE nd.document_id = :document AND +c.active = 1 AND {_AWAKE} AND {self.condition}"
        )


_LEARNING = _Queue("c.state IN (1, 3) AND c.due <= :due", "c.due, c.id", "cards_due")
_REVIEW = _Queue("c.state = 2 AND c.due < :due", "c.due, c.id", "cards_due")
_NEW = _Queue("c.state = 0", "c.new_order, c.id", "cards_new")


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


def bury(database: Database, card_id: int, until: datetime) -> None:
    """Hide a card until ``until``."""
    database.run("UPDATE cards SET buried_until = ? WHERE id = ?", (to_ms(until), card_id))


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


def next_learning(database: Database, now: datetime, until: datetime, scope: Scope) -> Card | None:
    """Return the learning card that is due first, by ``until`` at the latest."""
    return _first(database, _LEARNING, now, until, scope)


def next_review(database: Database, now: datetime, day: StudyDay, scope: Scope) -> Card | None:
    """Return the review that has been due longest, of those due on this day of study."""
    return _first(database, _REVIEW, now, day.end, scope)


def next_new(database: Database, now: datetime, scope: Scope) -> Card | None:
    """Return the first card never studied, in the order of the documents."""
    return _first(database, _NEW, now, now, scope)


def count_learning(database: Database, now: datetime, until: datetime, scope: Scope) -> int:
    """Count the learning cards that are due by ``until``."""
    return _count(database, _LEARNING, now, until, scope, limit=-1)


def available(
    database: Database, now: datetime, day: StudyDay, scope: Scope, limits: Tally
) -> Tally:
    """Count the new cards and the reviews of the day, each no further than its limit."""
    return Tally(
        _count(database, _NEW, now, now, scope, limit=limits.new),
        _count(database, _REVIEW, now, day.end, scope, limit=limits.review),
    )


def done_today(database: Database, day: StudyDay, scope: Scope) -> Tally:
    """Count the new cards that were begun and the reviews that were done on this day."""
    row = database.row(
        "SELECT count(CASE WHEN state_before = 0 THEN 1 END) AS new, "
        "count(CASE WHEN state_before = 2 THEN 1 END) AS review FROM reviews "
        "WHERE id >= :start AND id < :end AND (:document IS NULL OR card_id IN "
        "(SELECT c.id FROM cards c JOIN note_documents nd ON nd.note_id = c.note_id "
        "WHERE nd.document_id = :document)) AND (:notes IS NULL OR card_id IN "
        "(SELECT c.id FROM cards c WHERE c.note_id IN (SELECT value FROM json_each(:notes))))",
        {"start": to_ms(day.start), "end": to_ms(day.end)} | scope.parameters,
    )
    assert row is not None
    return Tally(row["new"], row["review"])


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


def _first(
    database: Database, queue: _Queue, now: datetime, due: datetime, scope: Scope
) -> Card | None:
    """Return the first card of a queue."""
    row = database.row(
        f"SELECT c.* {queue.query(scope)} ORDER BY {queue.order} LIMIT 1",
        {"now": to_ms(now), "due": to_ms(due)} | scope.parameters,
    )
    with database.decoding("a card"):
        return None if row is None else card_from_row(row)


def _count(
    database: Database,
    queue: _Queue,
    now: datetime,
    due: datetime,
    scope: Scope,
    *,
    limit: int,
) -> int:
    """Count the cards of a queue, no further than ``limit``."""
    return int(
        database.value(
            f"SELECT count(*) FROM (SELECT 1 {queue.query(scope)} LIMIT :limit)",
            {"now": to_ms(now), "due": to_ms(due), "limit": limit} | scope.parameters,
        )
    )


def _span_ms(span: timedelta) -> int:
    """Return a span of time in milliseconds."""
    return span // timedelta(milliseconds=1)
