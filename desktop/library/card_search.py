"""Find cards by a search: its values become one SQL query over the library.

Conditions are on a card ``c`` or on its note ``n``. Those on notes are gathered, so that the notes
are looked through once, and come to the cards as a set of ids. What few rows decide (names of
decks, tags, types) is looked up beforehand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.library.database import Database
from desktop.library.note_text import NoteText, Values
from desktop.library.schedule_terms import compared_quantity, interval_sql
from desktop.library.study_decks import SEPARATOR, all_decks
from desktop.library.times import to_ms
from desktop.library.type_search import of_types, template_places
from desktop.study import search
from desktop.study.search import IdKind, Matching, State
from desktop.study.session import StudyDay
from desktop.study.wildcards import Pattern, without_accents

_DAY_MS = 86_400_000

#: For so many cards it is quicker to look their notes up than to look through all notes.
_FEW = 5_000
#: What is no card of an accepted note doesn't count; of the suspended ones the note must be asked.
_THERE = (
    "(c.active = 1 OR (c.suspended = 1 AND EXISTS (SELECT 1 FROM notes a "
    "WHERE a.id = c.note_id AND a.status = 'accepted')))"
)
_AWAKE = "(c.suspended = 0 AND coalesce(c.buried_until, 0) <= {now})"


#: By what cards can be sorted: the names, and the keys on a card or on its note.
CARD_ORDERS = {
    "added": ("c.id",),
    "deck": ("(SELECT k.name FROM decks k WHERE k.id = c.deck_id) COLLATE NOCASE",),
    "due": ("c.state = 0", "c.due", "c.new_order"),
    "interval": (interval_sql("c"),),
    "stability": ("c.stability",),
    "difficulty": ("c.difficulty",),
    "reps": ("c.reps",),
    "lapses": ("c.lapses",),
    "flag": ("c.flag",),
    "state": ("c.suspended", "c.state"),
    "position": ("c.new_order",),
}
NOTE_ORDERS = {
    "front": ("n.front COLLATE NOCASE",),
    "back": ("n.back COLLATE NOCASE",),
    "kind": ("n.kind",),
    "tags": ("n.tags COLLATE NOCASE",),
    "edited": ("n.modified",),
    "document": (
        "(SELECT nd.title FROM note_documents nd WHERE nd.note_id = n.id "
        "ORDER BY nd.document_id LIMIT 1) COLLATE NOCASE",
    ),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a search is made: the time, the day of study, the deck that is studied now."""

    now: datetime
    day: StudyDay
    deck_id: int | None = None

    def cutoff(self, days: int) -> int:
        """Return, in milliseconds, when the last ``days`` days of study began; 1 is today."""
        return to_ms(self.day.end) - days * _DAY_MS


@dataclass(frozen=True, slots=True)
class _Condition:
    """SQL of a condition; ``of_note`` says whether it is on ``n``, else it is on ``c``."""

    sql: str
    values: Values = ()
    of_note: bool = False
    opposite: bool = False  # a negation of a condition on notes
    near: tuple[str, Values] | None = None  # the same, quick for few notes
    weight: int = 0  # how few notes it leaves, by a guess


def find_cards(
    database: Database,
    node: search.Node,
    moment: Moment,
    *,
    order: str = "added",
    backwards: bool = False,
) -> list[int]:
    """Return the ids of the cards that a search finds, in the order of ``order``.

    Raises ``SearchError`` when a regular expression takes too long.
    """
    compiler = _Compiler(database, moment)
    try:
        condition = compiler.on_card(compiler.compile(node))
        notes = "" if order in CARD_ORDERS else " JOIN notes n ON n.id = c.note_id"
        way = " DESC" if backwards else ""
        keys = ", ".join(key + way for key in CARD_ORDERS.get(order) or NOTE_ORDERS[order])
        # As one JSON text: a hundred thousand rows would take longer to fetch than to find.
        found = database.value(
            f"SELECT json_group_array(id) FROM (SELECT c.id FROM cards c{notes} "
            f"WHERE {_THERE} AND {condition.sql} ORDER BY {keys}, c.id{way})",
            condition.values,
        )
        compiler.text.check()
    finally:
        compiler.text.close()
    ids: list[int] = json.loads(found)
    return ids


class _Compiler:
    """Turns the values of one search into conditions."""

    def __init__(self, database: Database, moment: Moment) -> None:
        self._database = database
        self._moment = moment
        self.text = NoteText(database)
        self._negations = 0  # around what is compiled now

    def on_card(self, condition: _Condition) -> _Condition:
        """Return a condition on notes as one on cards."""
        if not condition.of_note:
            return condition
        way = "NOT IN" if condition.opposite else "IN"
        inside = f"SELECT n.id FROM notes n WHERE {condition.sql}"
        return _Condition(f"c.note_id {way} ({inside})", condition.values)

    def compile(self, node: search.Node) -> _Condition:
        """Return the condition of a node."""
        match node:
            case search.All(parts):
                return self._joined([self.compile(part) for part in parts], "AND")
            case search.Either(parts):
                return self._joined([self.compile(part) for part in parts], "OR")
            case search.Not(part):
                self._negations += 1
                condition = self.compile(part)
                self._negations -= 1
                return self._opposite(condition)
            case search.Words():
                test = self.text.words(node)
                values = test.values if test.far_values is None else test.far_values
                near = (test.near, test.values)
                return _Condition(test.far, values, of_note=True, near=near, weight=test.weight)
            case search.Field():
                return _Condition(*self.text.field(node), of_note=True)
            case search.Duplicates(number):
                of_type = self._of_types(lambda one, _name: one == number)
                return _Condition(
                    *self.text.duplicates(node, (of_type.sql, of_type.values)), of_note=True
                )
            case search.Tag():
                return self._tagged(node)
            case _:
                return self._leaf(node)

    def _leaf(self, node: search.Node) -> _Condition:
        match node:
            case search.Deck() | search.CurrentDeck() | search.Preset():
                return self._in_decks(node)
            case search.NoteType(pattern):
                return self._of_types(lambda _id, name: pattern.matches(name))
            case search.Template():
                return self._of_template(node)
            case search.Document(pattern):
                like = "coalesce(d.title, d.source_name) LIKE ? ESCAPE '\\'"
                return _Condition(
                    "n.id IN (SELECT nd.note_id FROM note_documents nd JOIN documents d "
                    f"ON d.id = nd.document_id WHERE {like})",
                    (pattern.like,),
                    of_note=True,
                )
            case search.Kind(kind):
                return _Condition("n.kind = ?", (kind,), of_note=True)
            case search.Nothing():
                return _Condition("0")
            case _:
                return self._scheduled(node)

    def _scheduled(self, node: search.Node) -> _Condition:
        match node:
            case search.InState(state):
                return self._in_state(state)
            case search.Flag(number):
                return _Condition(f"c.flag = {number}")
            case search.Property():
                return _Condition(
                    compared_quantity(self._database, node, self._moment.now, self._moment.day)
                )
            case search.Answered():
                return self._answered(node)
            case search.Within(event, days):
                return self._within(event, days)
            case search.Ids():
                return self._with_ids(node)
        raise AssertionError(node)  # pragma: no cover (a node that was forgotten here)

    # -- joining

    def _opposite(self, condition: _Condition) -> _Condition:
        if condition.of_note:
            return replace(condition, opposite=not condition.opposite)
        return _Condition(f"NOT ({condition.sql})", condition.values)

    def _joined(self, parts: Sequence[_Condition], word: str) -> _Condition:
        """Join conditions; those on notes become one."""
        if not parts:
            return _Condition("1")
        notes = [part for part in parts if part.of_note]
        cards = [part for part in parts if not part.of_note]
        if notes:
            joined = _joined_notes(notes, word)
            if not cards:
                return joined
            near = _joined_notes([_near(part) for part in notes], word)
            if word == "AND" and (narrow := self._narrowed(cards, near)) is not None:
                return narrow
            cards.insert(0, self.on_card(joined)) if word == "OR" else cards.append(
                self.on_card(joined)
            )
        sql = f" {word} ".join(part.sql for part in cards)
        return _Condition(f"({sql})", sum((part.values for part in cards), ()))

    def _narrowed(self, cards: Sequence[_Condition], notes: _Condition) -> _Condition | None:
        """Join conditions where those on cards leave few: then only the notes of these are read.

        Not within a negation: there an unknown quantity is neither true nor false.
        """
        if self._negations:
            return None
        sql = " AND ".join(part.sql for part in cards)
        values: Values = sum((part.values for part in cards), ())
        rows = self._database.rows(f"SELECT c.id FROM cards c WHERE {sql} LIMIT {_FEW + 1}", values)
        if len(rows) > _FEW:
            return None
        way = "NOT EXISTS" if notes.opposite else "EXISTS"
        note = f"{way} (SELECT 1 FROM notes n WHERE n.id = c.note_id AND {notes.sql})"
        ids = json.dumps([row[0] for row in rows])
        chosen = "c.id IN (SELECT value FROM json_each(?))"
        return _Condition(f"({chosen} AND {note})", (ids, *notes.values))

    # -- what few rows decide

    def _in_decks(self, node: search.Deck | search.CurrentDeck | search.Preset) -> _Condition:
        decks = all_decks(self._database)
        match node:
            case search.Deck(pattern):
                found = re.compile(
                    f"{pattern.regex()}({SEPARATOR}.*)?", re.IGNORECASE | re.DOTALL
                ).fullmatch
                ids = [deck.id for deck in decks if found(deck.name)]
                if pattern.raw == "*":
                    return _Condition("1")
            case search.CurrentDeck():
                name = next((d.name for d in decks if d.id == self._moment.deck_id), None)
                ids = [] if name is None else [
                    d.id for d in decks if d.name == name or d.name.startswith(name + SEPARATOR)
                ]  # fmt: skip
            case search.Preset(name):
                rows = self._database.rows("SELECT id, name FROM deck_options")
                chosen = {r["id"] for r in rows if r["name"].casefold() == name.casefold()}
                ids = [deck.id for deck in decks if deck.options_id in chosen]
        return _Condition(f"c.deck_id IN ({', '.join(map(str, ids))})")

    def _tagged(self, node: search.Tag) -> _Condition:
        raw = node.pattern.raw
        if node.matching is Matching.PLAIN and raw.lower() == "none":
            return _Condition("n.tags = '[]'", of_note=True)
        if node.matching is Matching.PLAIN and raw == "*":
            return _Condition("1", of_note=True)
        passes = tag_test(node)
        rows = self._database.rows("SELECT DISTINCT tags FROM notes")
        untagged = [""] if node.matching is Matching.REGEX else []
        lists = [row[0] for row in rows if any(map(passes, json.loads(row[0]) or untagged))]
        return _Condition(
            "n.tags IN (SELECT value FROM json_each(?))",
            (json.dumps(lists, ensure_ascii=False),),
            of_note=True,
        )

    def _of_types(self, chosen: Callable[[int, str], bool]) -> _Condition:
        """Return the condition that a note is of a type that passes ``chosen`` (id, name)."""
        return _Condition(of_types(self._database, chosen), of_note=True)

    def _of_template(self, node: search.Template) -> _Condition:
        if node.ordinal is not None:
            return _Condition(f"c.ordinal = {node.ordinal}")
        parts = []
        for number, places in template_places(self._database, node.pattern).items():
            of_type = self.on_card(self._of_types(lambda one, _n, wanted=number: one == wanted))  # type: ignore[misc]
            listed = ", ".join(map(str, places))
            parts.append(_Condition(f"(c.ordinal IN ({listed}) AND {of_type.sql})"))
        return self._joined(parts, "OR") if parts else _Condition("0")

    def _with_ids(self, node: search.Ids) -> _Condition:
        if node.kind is IdKind.NOTE_TYPE:
            return self._of_types(lambda one, _name: str(one) in node.ids)
        if node.kind is IdKind.NOTE:
            listed = (json.dumps(node.ids),)
            inside = "SELECT f.note_id FROM foreign_notes f WHERE CAST(f.anki_id AS TEXT) IN {}"
            each = "(SELECT value FROM json_each(?))"
            return _Condition(
                f"(n.id IN {each} OR n.id IN ({inside.format(each)}))", listed * 2, of_note=True
            )
        column = "c.id" if node.kind is IdKind.CARD else "c.deck_id"
        return _Condition(f"{column} IN ({', '.join(str(int(one)) for one in node.ids)})")

    # -- the schedule

    def _in_state(self, state: State) -> _Condition:
        now, end = to_ms(self._moment.now), to_ms(self._moment.day.end)
        awake, asleep = _AWAKE.format(now=now), f"coalesce(c.buried_until, 0) > {now}"
        tags = {State.LEECH: "leech", State.MARKED: "marked"}
        if state in tags:
            return self._tagged(search.Tag(Pattern(tags[state])))
        sql = {
            State.NEW: "c.state = 0",
            State.LEARNING: "c.state IN (1, 3)",
            State.REVIEW: "c.state IN (2, 3)",
            State.DUE: f"(c.state <> 0 AND c.due < {end} AND {awake})",
            State.SUSPENDED: "c.suspended = 1",
            State.BURIED: f"(c.suspended = 0 AND {asleep})",
            State.BURIED_BY_READER: f"(c.suspended = 0 AND {asleep})",
            State.BURIED_SIBLING: "0",
        }
        return _Condition(sql[state])

    def _answered(self, node: search.Answered) -> _Condition:
        table = "reviews"
        if node.manual:
            table = (
                "(SELECT id, card_id FROM schedule_changes "
                "UNION ALL SELECT id, card_id FROM anki_reviews WHERE rating = 0)"
            )
        day = f"r.id >= {self._moment.cutoff(1 - node.days)}"
        later = f"r.id >= {self._moment.cutoff(-node.days)}"
        times = {
            "=": f"{day} AND NOT {later}",
            "!=": f"NOT ({day} AND NOT {later})",
            "<": f"NOT {day}",
            "<=": f"NOT {later}",
            ">": later,
            ">=": day,
        }
        rating = f" AND r.rating = {node.rating}" if node.rating else ""
        inside = f"SELECT r.card_id FROM {table} r WHERE {times[node.operator]}{rating}"
        return _Condition(f"c.id IN ({inside})")

    def _within(self, event: str, days: int) -> _Condition:
        begin = self._moment.cutoff(days)
        if event == "added":
            return _Condition(f"c.id > {begin}")
        if event == "edited":
            return _Condition(f"n.modified > {begin // 1000}", of_note=True)
        first = "(SELECT min(e.id) FROM reviews e WHERE e.card_id = c.id)"
        inside = f"SELECT r.card_id FROM reviews r WHERE r.id > {begin}"
        return _Condition(f"(c.id IN ({inside}) AND {first} > {begin})")


def tag_test(node: search.Tag) -> Callable[[str], bool]:
    """Return the test of one tag."""
    if node.matching is Matching.REGEX:
        expression = re.compile(node.pattern.raw, re.IGNORECASE)
        return lambda tag: expression.search(tag) is not None
    pattern = node.pattern
    if node.matching is Matching.NO_ACCENTS:
        pattern = pattern.without_accents()
    whole = re.compile(pattern.regex(r"\S", r"\S*") + "(::.*)?", re.IGNORECASE)
    if node.matching is Matching.NO_ACCENTS:
        return lambda tag: whole.fullmatch(without_accents(tag)) is not None
    return lambda tag: whole.fullmatch(tag) is not None


def _near(condition: _Condition) -> _Condition:
    """Return a condition in the form that is quick for few notes."""
    if condition.near is None:
        return condition
    return replace(condition, sql=condition.near[0], values=condition.near[1])


def _joined_notes(notes: Sequence[_Condition], word: str) -> _Condition:
    """Join conditions on notes; negations are left outside where that keeps the set small.

    Of several that must hold, the one that leaves fewest notes looks through all of them.
    """
    heaviest = max(notes, key=lambda part: 0 if part.opposite else part.weight)
    if word == "AND" and heaviest.weight and not heaviest.opposite:
        notes = [part if part is heaviest else _near(part) for part in notes]
    values: tuple[Any, ...] = sum((part.values for part in notes), ())
    if all(part.opposite for part in notes):
        inverse = "OR" if word == "AND" else "AND"
        sql = f" {inverse} ".join(part.sql for part in notes)
        return _Condition(f"({sql})", values, of_note=True, opposite=True)
    sql = f" {word} ".join(f"NOT {part.sql}" if part.opposite else part.sql for part in notes)
    return _Condition(f"({sql})", values, of_note=True)
