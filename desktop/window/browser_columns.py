"""The columns of the browser: their heads, what each shows of a card, by what each sorts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.study.card import CardState

if TYPE_CHECKING:
    from desktop.operations.card_reader import CardRow

#: The names of the flags and their colours, light and dark.
FLAGS = (
    ("No flag", "", ""),
    ("Red", "#c9382c", "#f07f70"),
    ("Orange", "#b8651b", "#eba55b"),
    ("Green", "#2f7d4c", "#7fcf9c"),
    ("Blue", "#2b66b0", "#82b4f0"),
    ("Pink", "#b4408a", "#ee93cb"),
    ("Turquoise", "#12777f", "#6fd0d6"),
    ("Purple", "#7145a8", "#bd9bef"),
)

STATES = {
    CardState.NEW: "New",
    CardState.LEARNING: "Learning",
    CardState.REVIEW: "Review",
    CardState.RELEARNING: "Relearning",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``order`` names what it sorts by, ``number`` sets it to the right."""

    id: str
    head: str
    show: Callable[[CardRow, datetime], str]
    order: str = ""
    width: int = 110
    number: bool = False


def state_words(row: CardRow) -> str:
    """Return in what state a card is."""
    if row.suspended:
        return "Suspended"
    return "Buried" if row.buried else STATES[row.state]


def _due(row: CardRow, now: datetime) -> str:
    if row.state is CardState.NEW:
        return f"New #{row.position}"
    if row.due is None:
        return "–"
    due = row.due.astimezone()
    if row.state is not CardState.REVIEW and due.date() == now.astimezone().date():
        return f"{due:%H:%M}"
    return due.date().isoformat()


def _interval(row: CardRow, _now: datetime) -> str:
    if row.state is CardState.NEW:
        return "–"
    return "learning" if not row.interval else days(row.interval)


def days(number: float) -> str:
    """Return a number of days, short."""
    if number >= 365:
        return f"{number / 365:.1f} years"
    if number >= 60:
        return f"{number / 30.4:.1f} months"
    whole = round(number)
    return f"{whole} day" if whole == 1 else f"{whole} days"


def _remembered(row: CardRow, now: datetime) -> str:
    if row.stability is None or row.last_review is None:
        return "–"
    from desktop.study.memory import retrievability

    elapsed = (now - row.last_review).total_seconds() / 86_400
    return f"{retrievability(elapsed, row.stability):.0%}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _date(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()


COLUMNS: tuple[Column, ...] = (
    Column("front", "Question", lambda r, _n: _flat(r.front), "front", 300),
    Column("back", "Answer", lambda r, _n: _flat(r.back), "back", 176),
    Column("deck", "Deck", lambda r, _n: r.deck.replace("::", " › "), "deck", 160),
    Column("due", "Due", _due, "due", 98),
    Column("state", "State", lambda r, _n: state_words(r), "state", 92),
    Column("interval", "Interval", _interval, "interval", 92, True),
    Column("tags", "Tags", lambda r, _n: " ".join(r.tags), "tags", 140),
    Column("remembered", "Remembered", _remembered, "", 104, True),
    Column("stability", "Stability",
           lambda r, _n: "–" if r.stability is None else days(r.stability), "stability", 92, True),
    Column("difficulty", "Difficulty",
           lambda r, _n: "–" if r.difficulty is None else f"{(r.difficulty - 1) / 9:.0%}",
           "difficulty", 92, True),
    Column("reps", "Reviews", lambda r, _n: str(r.reps), "reps", 84, True),
    Column("lapses", "Lapses", lambda r, _n: str(r.lapses), "lapses", 84, True),
    Column("flag", "Flag", lambda r, _n: FLAGS[r.flag][0] if r.flag else "", "flag", 84),
    Column("document", "Text", lambda r, _n: r.document, "document", 180),
    Column("type", "Note type", lambda r, _n: r.note_type, "kind", 150),
    Column("template", "Card", lambda r, _n: r.template, "", 110),
    Column("added", "Added", lambda r, _n: _date(r.added), "added", 104),
    Column("edited", "Edited", lambda r, _n: _date(r.edited), "edited", 104),
)  # fmt: skip

COLUMN_BY_ID = {column.id: column for column in COLUMNS}

#: What the browser shows at first.
USUAL_COLUMNS = ("front", "back", "deck", "due", "state", "tags")
