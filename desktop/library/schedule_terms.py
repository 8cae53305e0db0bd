"""What the schedule of a card is, as SQL: its interval, its memory, days until it is due."""

from __future__ import annotations

import json
from datetime import datetime

from desktop.library.anki_cards import NEW_ORDER_BASE
from desktop.library.database import Database
from desktop.library.times import to_ms
from desktop.study.search import Property, Quantity
from desktop.study.session import StudyDay

_DAY_MS = 86_400_000

#: The last of FSRS-6's 21 default parameters, by which forgetting slows down; FSRS-5's is fixed.
_DECAY, _OLD_DECAY = 0.1542, 0.5


def interval_sql(card: str) -> str:
    """Return the expression for a card's interval in days; 0 outside review."""
    days = f"max(1, round(({card}.due - {card}.last_review) / {_DAY_MS}.0))"
    return (
        f"CASE {card}.state WHEN 2 THEN {days} "
        f"WHEN 3 THEN max(1, round({card}.stability)) ELSE 0 END"
    )


def position_sql(card: str) -> str:
    """Return the expression for a new card's place: from 1 in its text, or as Anki counts."""
    order = f"{card}.new_order"
    return (
        f"CASE WHEN {order} >= {NEW_ORDER_BASE} THEN {order} - {NEW_ORDER_BASE} "
        f"ELSE {order} % 1000000 + 1 END"
    )


def compared_quantity(database: Database, node: Property, now: datetime, day: StudyDay) -> str:
    """Return the condition on a card ``c`` that one of its quantities compares so."""
    operator, value = node.operator, node.value
    match node.quantity:
        case Quantity.INTERVAL:
            return f"({interval_sql('c')}) {operator} {value}"
        case Quantity.DUE:
            return _due(operator, int(value), now, day)
        case Quantity.REPS:
            return f"c.reps {operator} {value}"
        case Quantity.LAPSES:
            return f"c.lapses {operator} {value}"
        case Quantity.POSITION:
            return f"(c.state = 0 AND {position_sql('c')} {operator} {value})"
        case Quantity.STABILITY:
            return f"c.stability {operator} {value!r}"
        case Quantity.DIFFICULTY:
            return f"c.difficulty {operator} {value * 9 + 1!r}"
        case Quantity.RETRIEVABILITY:
            return _retrievability(database, operator, value, now)


def _due(operator: str, days: int, now: datetime, day: StudyDay) -> str:
    """Return the comparison of the day on which a card is due; today is 0."""
    begin = to_ms(day.end) + (days - 1) * _DAY_MS
    end = begin + _DAY_MS
    compared = {
        "=": f"c.due >= {begin} AND c.due < {end}",
        "!=": f"(c.due < {begin} OR c.due >= {end})",
        "<": f"c.due < {begin}",
        "<=": f"c.due < {end}",
        ">": f"c.due >= {end}",
        ">=": f"c.due >= {begin}",
    }[operator]
    awake = f"c.suspended = 0 AND coalesce(c.buried_until, 0) <= {to_ms(now)}"
    return f"(c.state <> 0 AND {awake} AND {compared})"


def _retrievability(database: Database, operator: str, value: float, now: datetime) -> str:
    """Return the comparison of the chance that a card is remembered now.

    FSRS: R = (1 + f·t/S) ^ -d, f = 0.9 ^ (-1/d) - 1. Solved for t/S, which falls as R rises; so no
    power has to be computed for each card.
    """
    known = "c.stability IS NOT NULL AND c.last_review IS NOT NULL"
    if value <= 0:
        return f"CASE WHEN {known} THEN {int(operator in ('>', '>=', '!='))} ELSE 0 END"
    flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
    parts = []
    for decay, decks in _decays(database).items():
        factor = 0.9 ** (-1 / decay) - 1
        share = (value ** (-1 / decay) - 1) / factor
        elapsed = f"({to_ms(now)} - c.last_review) / {_DAY_MS}.0"
        listed = ", ".join(map(str, decks))
        parts.append(f"(c.deck_id IN ({listed}) AND {elapsed} {flipped} {share!r} * c.stability)")
    return f"CASE WHEN {known} THEN {' OR '.join(parts) or '0'} ELSE 0 END"


def _decays(database: Database) -> dict[float, list[int]]:
    """Return the decks by the decay of their parameters."""
    rows = database.rows(
        "SELECT k.id, o.options FROM decks k JOIN deck_options o ON o.id = k.options_id"
    )
    found: dict[float, list[int]] = {}
    for row in rows:
        parameters: list[float] = json.loads(row["options"]).get("parameters") or []
        decay = _DECAY if not parameters else _OLD_DECAY
        if len(parameters) >= 21:
            decay = float(parameters[20])
        found.setdefault(decay, []).append(row["id"])
    return found
