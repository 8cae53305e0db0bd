"""Counting reviews and cards for the statistics page, by a connection that only reads.

Numbers are handed over as one text of many: for each row that is handed over by itself the reader
would have to wait for its turn among the program's threads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.library.database import Database
from desktop.library.times import from_ms, to_ms
from desktop.study.card_figures import MATURE_DAYS, MICRO
from desktop.study.local_days import Stretch
from desktop.study.statistics import TOOK_BITS

_DAY_MS = 86_400_000

#: An answer as ``desktop.study.statistics`` unpacks it.
_PACKED = (
    "(((((:day * 24 + (id + :offset) / 3600000 % 24) * 4 + state_before) * 4 + "
    f"(last_interval >= {_DAY_MS}) + (last_interval >= {MATURE_DAYS * _DAY_MS})) * 4 + rating - 1) "
    f"<< {TOOK_BITS}) | (took_ms & {(1 << TOOK_BITS) - 1})"
)

#: A card of accepted notes; those that wait for a decision are no one's work yet.
_COUNTED = "(c.active = 1 OR c.suspended = 1)"


@dataclass(frozen=True, slots=True)
class CountedScope:
    """Whose cards are counted: those of a document, of some decks, or all."""

    document_id: int | None = None
    deck_ids: tuple[int, ...] | None = None


def first_review(database: Database) -> datetime | None:
    """Return the time of the first answer in the log."""
    first = database.value("SELECT min(id) FROM reviews")
    return None if first is None else from_ms(first)


def choose_cards(database: Database, scope: CountedScope) -> bool:
    """Keep the cards of a scope for the other counts; ``False`` when it is the whole library."""
    database.run("DROP TABLE IF EXISTS temp.chosen_cards")
    if scope == CountedScope():
        return False
    decks = None if scope.deck_ids is None else json.dumps(scope.deck_ids)
    database.run("CREATE TEMP TABLE chosen_cards (id INTEGER PRIMARY KEY)")
    database.run(
        "INSERT INTO chosen_cards SELECT c.id FROM cards c WHERE "
        "(:document IS NULL OR c.note_id IN "
        "(SELECT note_id FROM note_documents WHERE document_id = :document)) AND "
        "(:decks IS NULL OR c.deck_id IN (SELECT value FROM json_each(:decks)))",
        {"document": scope.document_id, "decks": decks},
    )
    return True


def packed_answers(database: Database, stretches: Sequence[Stretch], *, chosen: bool) -> str:
    """Return the answers of some stretches, packed; days are counted from that of the first."""
    some = " AND card_id IN (SELECT id FROM temp.chosen_cards)" if chosen else ""
    sql = f"SELECT group_concat({_PACKED}, ' ') FROM reviews WHERE id >= :start AND id < :end{some}"
    texts = [
        database.value(
            sql,
            {
                "day": stretch.day - stretches[0].day,
                "offset": stretch.offset,
                "start": stretch.start,
                "end": stretch.end,
            },
        )
        for stretch in stretches
    ]
    return " ".join(text for text in texts if text)


def packed_cards(database: Database, *, chosen: bool) -> str:
    """Return what is counted of each card: the columns of ``CardTable`` as whole numbers."""
    some = " AND c.id IN (SELECT id FROM temp.chosen_cards)" if chosen else ""
    columns = (
        "c.id", "c.state", f"CAST(coalesce(c.stability, -1) * {MICRO} AS INTEGER)",
        f"CAST(coalesce(c.difficulty, -1) * {MICRO} AS INTEGER)", "coalesce(c.due, -1)",
        "coalesce(c.last_review, -1)", "c.suspended", "coalesce(c.buried_until, -1)",
        "coalesce(c.deck_id, -1)",
    )  # fmt: skip
    one = f"printf('{' '.join(['%d'] * len(columns))}', {', '.join(columns)})"
    sql = f"SELECT group_concat({one}, ' ') FROM cards c WHERE {_COUNTED}{some}"
    return database.value(sql) or ""


def packed_cards_of_documents(database: Database, *, chosen: bool) -> str:
    """Return document and card of each card that is counted, a space between all numbers."""
    some = " AND c.id IN (SELECT id FROM temp.chosen_cards)" if chosen else ""
    return (
        database.value(
            "SELECT group_concat(nd.document_id || ' ' || c.id, ' ') FROM note_documents nd "
            f"CROSS JOIN cards c ON c.note_id = nd.note_id WHERE {_COUNTED}{some}"
        )
        or ""
    )


def titles(database: Database) -> dict[int, str]:
    """Return the titles of all documents by id."""
    rows = database.rows(
        "SELECT id, coalesce(nullif(title, ''), source_name) AS title FROM documents"
    )
    return {row["id"]: row["title"] for row in rows}


def answers_of_decks(database: Database, options_id: int) -> list[Any]:
    """Return all answers to cards of decks with a preset, in the order of card and time.

    A card without a deck is studied by the default preset, which is the first.
    """
    return database.rows(
        "SELECT r.card_id, r.id, r.rating, r.state_before FROM cards c "
        "LEFT JOIN decks d ON d.id = c.deck_id CROSS JOIN reviews r ON r.card_id = c.id "
        "WHERE coalesce(d.options_id, 1) = ? ORDER BY c.id, r.id",
        (options_id,),
    )


def store_memories(
    database: Database, memories: Mapping[int, tuple[float, float]], made_at: datetime
) -> None:
    """Store new stabilities and difficulties of cards that weren't answered since ``made_at``.

    Their due times stay.
    """
    until = to_ms(made_at)
    database.run_many(
        "UPDATE cards SET stability = ?, difficulty = ? WHERE id = ? AND last_review <= ?",
        ((*memory, card, until) for card, memory in memories.items()),
    )


def cards_to_plan(database: Database, *, chosen: bool) -> list[Any]:
    """Return the cards that are studied, new ones in their order."""
    some = " AND c.id IN (SELECT id FROM temp.chosen_cards)" if chosen else ""
    return database.rows(
        "SELECT c.id, c.note_id, c.state, c.stability, c.difficulty, c.due, c.last_review "
        f"FROM cards c WHERE c.active = 1{some} ORDER BY c.new_order, c.id"
    )


def seconds_per_answer(database: Database) -> float:
    """Return how long the last thousand answers took on average, 8 seconds without any."""
    mean = database.value(
        "SELECT avg(took_ms) FROM (SELECT took_ms FROM reviews ORDER BY id DESC LIMIT 1000)"
    )
    return 8.0 if mean is None else float(mean) / 1000
