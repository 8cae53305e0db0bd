"""The cards that wait to be studied: which ones, in which order, and what was done of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from desktop.library.database import Database
from desktop.library.reviews import card_from_row
from desktop.library.times import to_ms
from desktop.study.card import Card
from desktop.study.cramming import CramOrder
from desktop.study.memory import retrievability
from desktop.study.options import NewOrder, ReviewOrder
from desktop.study.session import DueCounts, StudyDay, Tally

_AWAKE = "coalesce(c.buried_until, 0) <= :now"
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cards are studied: those of some notes, else of one document or of decks, else all."""

    document_id: int | None = None
    note_ids: tuple[str, ...] | None = None
    deck_ids: tuple[int, ...] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of the named parameters ``document``, ``notes`` and ``decks``."""
        notes = None if self.note_ids is None else json.dumps(self.note_ids)
        decks = None if self.deck_ids is None else json.dumps(self.deck_ids)
        return {"document": self.document_id, "notes": notes, "decks": decks}

    def query(self, condition: str, index: str) -> str:
        """Return FROM and WHERE for the active cards in the scope that are awake.

        ``index`` is the partial index that has all such cards in their order.
        """
        if self.note_ids is not None:
            source = "json_each(:notes) n CROSS JOIN cards c ON c.note_id = n.value WHERE"
        elif self.document_id is not None:
            # The cross join and the sign keep SQLite at the document's own few cards: by an index
            # of all that is due it might pass thousands of others before its first.
            source = (
                "note_documents nd CROSS JOIN cards c ON c.note_id = nd.note_id "
                "WHERE nd.document_id = :document AND"
            )
        elif self.deck_ids is not None:
            source = "json_each(:decks) k CROSS JOIN cards c ON c.deck_id = k.value WHERE"
        else:
            # Named, because SQLite would rather sort all new cards than read them in order.
            source = f"cards c INDEXED BY {index} WHERE"
            return f"FROM {source} c.active = 1 AND {_AWAKE} AND {condition}"
        return f"FROM {source} +c.active = 1 AND {_AWAKE} AND {condition}"


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is asked what waits: the time, the day of study around it, the day's random seed."""

    now: datetime
    day: StudyDay

    @property
    def parameters(self) -> dict[str, int]:
        """The values of the named parameters of time."""
        start, end = to_ms(self.day.start), to_ms(self.day.end)
        return {"now": to_ms(self.now), "start": start, "end": end, "salt": start // _DAY_MS}


class Waiting(NamedTuple):
    """A card that waits; ``due`` in milliseconds, 0 for a new card."""

    id: int
    note_id: str
    deck_id: int | None
    due: int


# A card that was answered today waits for its day even where that day has 25 hours.
_REVIEW = "c.state = 2 AND c.due < :end AND (c.last_review < :start OR c.due <= :now)"
_NEW = "c.state = 0"
# A step that leads into another day is due from that day's morning.
_LEARNING = "c.state IN (1, 3) AND c.due < :end AND (c.due <= :until OR c.last_review < :start)"

_OVERDUE_DAYS = "((:end - 1 - c.due) / 86400000)"
_DECK = "(SELECT k.name FROM decks k WHERE k.id = c.deck_id) COLLATE NOCASE"
_MEMORY = "glossator_retrievability(c.stability, (:now - c.last_review) / 86400000.0, c.deck_id)"

_REVIEW_ORDERS = {
    ReviewOrder.DUE: "c.due",
    ReviewOrder.DUE_DECK: f"{_OVERDUE_DAYS} DESC, {_DECK}",
    ReviewOrder.DECK_DUE: f"{_DECK}, c.due",
    ReviewOrder.SHORTEST: "c.due - c.last_review",
    ReviewOrder.LONGEST: "c.due - c.last_review DESC",
    ReviewOrder.EASIEST: "c.difficulty",
    ReviewOrder.HARDEST: "c.difficulty DESC",
    ReviewOrder.FADING_FIRST: _MEMORY,
    ReviewOrder.FADING_LAST: f"{_MEMORY} DESC",
    ReviewOrder.OVERDUE: "(:now - c.due) * 1.0 / max(c.due - c.last_review, 1) DESC",
    ReviewOrder.RANDOM: "glossator_shuffle(:salt, c.id)",
    ReviewOrder.ADDED: "c.id",
    ReviewOrder.ADDED_LAST: "c.id DESC",
}
_NEW_ORDERS = {
    NewOrder.POSITION: "c.new_order",
    NewOrder.RANDOM_NOTES: "glossator_shuffle(:salt, c.note_id), c.ordinal",
    NewOrder.RANDOM_CARDS: "glossator_shuffle(:salt, c.id)",
    NewOrder.NEWEST_FIRST: "c.new_order DESC",
}
_CRAM_ORDERS = {
    CramOrder.RANDOM: "glossator_shuffle(:now, c.id)",
    CramOrder.FADING_FIRST: f"c.stability IS NULL, {_MEMORY}",
    CramOrder.POSITION: "c.new_order",
}


def waiting_reviews(
    database: Database, moment: Moment, scope: Scope, order: ReviewOrder, decays: dict[int, float]
) -> Generator[Waiting]:
    """Yield the reviews of the day in ``order``; ``decays`` is FSRS's own for each deck."""
    _add_functions(database, decays)
    source = scope.query(_REVIEW, "cards_due")
    found = _waiting(database, f"{source} ORDER BY {_REVIEW_ORDERS[order]}, c.id", moment, scope)
    return _shuffled_days(found, moment) if order is ReviewOrder.DUE else found


def waiting_new(
    database: Database, moment: Moment, scope: Scope, order: NewOrder
) -> Generator[Waiting]:
    """Yield the cards never studied in ``order``."""
    _add_functions(database, {})
    source = scope.query(_NEW, "cards_new")
    return _waiting(database, f"{source} ORDER BY {_NEW_ORDERS[order]}, c.id", moment, scope)


def next_learning(database: Database, moment: Moment, until: datetime, scope: Scope) -> Card | None:
    """Return the learning card that is due first, by ``until`` at the latest."""
    row = database.row(
        f"SELECT c.* {scope.query(_LEARNING, 'cards_due')} ORDER BY c.due, c.id LIMIT 1",
        {"until": to_ms(until)} | moment.parameters | scope.parameters,
    )
    with database.decoding("a card"):
        return None if row is None else card_from_row(row)


def count_learning(database: Database, moment: Moment, until: datetime, scope: Scope) -> int:
    """Count the learning cards that are due by ``until``."""
    sql = f"SELECT count(*) {scope.query(_LEARNING, 'cards_due')}"
    values = {"until": to_ms(until)} | moment.parameters | scope.parameters
    return int(database.value(sql, values))


def learning_notes(database: Database, moment: Moment, scope: Scope) -> set[str]:
    """Return the notes of the learning cards that come today."""
    sql = f"SELECT c.note_id {scope.query(_LEARNING, 'cards_due')}"
    values = {"until": to_ms(moment.day.end)} | moment.parameters | scope.parameters
    return {row["note_id"] for row in database.rows(sql, values)}


def count_reviews(database: Database, moment: Moment, scope: Scope) -> int:
    """Count all reviews that wait today, whatever the limits."""
    sql = f"SELECT count(*) {scope.query(_REVIEW, 'cards_due')}"
    return int(database.value(sql, moment.parameters | scope.parameters))


def waiting_by_deck(database: Database, moment: Moment, until: datetime) -> dict[int, DueCounts]:
    """Return what waits in each deck by itself, whatever the limits."""
    parts = {"new": (_NEW, "cards_new"), "learning": (_LEARNING, "cards_due"),
             "review": (_REVIEW, "cards_due")}  # fmt: skip
    values = {"until": to_ms(until)} | moment.parameters
    found: dict[int, dict[str, int]] = {}
    for name, (condition, index) in parts.items():
        # By the partial indexes: what is not due today is not looked at.
        source = Scope().query(condition, index)
        for row in database.rows(
            f"SELECT c.deck_id, count(*) AS number {source} GROUP BY c.deck_id", values
        ):
            found.setdefault(row["deck_id"], {})[name] = row["number"]
    return {
        deck: DueCounts(n.get("new", 0), n.get("learning", 0), n.get("review", 0))
        for deck, n in found.items()
    }


def may_be_asked(database: Database, card_id: int, moment: Moment, scope: Scope) -> Card | None:
    """Return a card if it waits today and is in the scope."""
    learning = _LEARNING.replace(":until", ":end")
    condition = f"c.id = :card AND (({_NEW}) OR ({_REVIEW}) OR ({learning}))"
    if scope == Scope():
        source = f"FROM cards c WHERE c.active = 1 AND {_AWAKE} AND {condition}"
    else:
        source = scope.query(condition, "")
    row = database.row(
        f"SELECT c.* {source}", {"card": card_id} | moment.parameters | scope.parameters
    )
    with database.decoding("a card"):
        return None if row is None else card_from_row(row)


def crammed(
    database: Database, moment: Moment, scope: Scope, order: CramOrder, limit: int
) -> list[int]:
    """Return the active cards in the scope, due or not, in the order of cramming."""
    _add_functions(database, {})
    if scope == Scope():
        source = f"FROM cards c WHERE c.active = 1 AND {_AWAKE}"
    else:
        source = scope.query("1", "")
    rows = database.rows(
        f"SELECT c.id {source} ORDER BY {_CRAM_ORDERS[order]}, c.id LIMIT :limit",
        {"limit": limit} | moment.parameters | scope.parameters,
    )
    return [row["id"] for row in rows]


def done_today(database: Database, day: StudyDay, scope: Scope) -> dict[int | None, Tally]:
    """Return for each deck how many new cards were begun and reviews done on this day."""
    within = (
        "SELECT c.id FROM cards c JOIN note_documents nd ON nd.note_id = c.note_id "
        "WHERE nd.document_id = :document"
        if scope.document_id is not None
        else "SELECT c.id FROM cards c WHERE c.note_id IN (SELECT value FROM json_each(:notes))"
    )
    chosen = scope.document_id is not None or scope.note_ids is not None
    restriction = f"AND r.card_id IN ({within}) " if chosen else ""
    if scope.deck_ids is not None:
        restriction = "AND c.deck_id IN (SELECT value FROM json_each(:decks)) "
    rows = database.rows(
        "SELECT c.deck_id, count(CASE WHEN r.state_before = 0 THEN 1 END) AS new, "
        "count(CASE WHEN r.state_before = 2 THEN 1 END) AS review "
        "FROM reviews r LEFT JOIN cards c ON c.id = r.card_id "
        f"WHERE r.id >= :start AND r.id < :end {restriction}GROUP BY c.deck_id",
        {"start": to_ms(day.start), "end": to_ms(day.end)} | scope.parameters,
    )
    return {row["deck_id"]: Tally(row["new"], row["review"]) for row in rows}


def _waiting(database: Database, source: str, moment: Moment, scope: Scope) -> Generator[Waiting]:
    sql = f"SELECT c.id, c.note_id, c.deck_id, coalesce(c.due, 0) AS due {source}"
    for row in database.each(sql, moment.parameters | scope.parameters):
        yield Waiting(*row)


def _shuffled_days(found: Generator[Waiting], moment: Moment) -> Generator[Waiting]:
    """Shuffle cards that come due on the same day: one learnt beside another would recall it."""
    end, salt = moment.parameters["end"], moment.parameters["salt"]
    day: list[Waiting] = []
    number = None
    for card in found:
        late = (end - 1 - card.due) // _DAY_MS
        if late != number:
            yield from sorted(day, key=lambda c: _shuffle(salt, c.id))
            day, number = [], late
        day.append(card)
    yield from sorted(day, key=lambda c: _shuffle(salt, c.id))


def _shuffle(salt: int, value: int | str) -> int:
    """Return a number that orders values at random, another way for each salt."""
    return zlib.crc32(f"{salt}:{value}".encode())


def _add_functions(database: Database, decays: dict[int, float]) -> None:
    """Give SQLite the functions that the orders name."""

    def memory(stability: float | None, days: float | None, deck_id: int | None) -> float:
        if stability is None or days is None:
            return 0.0
        decay = None if deck_id is None else decays.get(deck_id)
        return retrievability(days, stability, decay)

    connection = database.connection
    connection.create_function("glossator_retrievability", 3, memory)
    connection.create_function("glossator_shuffle", 2, _shuffle, deterministic=True)
