"""Find cards by a search: its values become one SQL query over the library.

Conditions are on a card ``c`` or on its note ``n``. Those on notes are gathered, so that the notes
are looked through once, and come to the cards as a set of ids. What few rows decide (names of
decks, tags, types) is looked up beforehand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.decks.note_types import NOTE_TYPES, OCCLUSION, AnkiNoteType
from desktop.library.database import Database
from desktop.library.note_text import NoteText, Values, template_names
from desktop.library.schedule_terms import compared_quantity, interval_sql
from desktop.library.study_decks import SEPARATOR, all_decks
from desktop.library.times import to_ms
from desktop.study import search
from desktop.study.search import IdKind, Matching, State
from desktop.study.session import StudyDay
from desktop.study.wildcards import Pattern, without_accents

_DAY_MS = 86_400_000
#: What is no card of an accepted note doesn't count; of the suspended ones the note must be asked.
_THERE = (
    "(c.active = 1 OR (c.suspended = 1 AND EXISTS (SELECT 1 FROM notes a "
    "WHERE a.id = c.note_id AND a.status = 'accepted')))"
)
_AWAKE = "(c.suspended = 0 AND coalesce(c.buried_until, 0) <= {now})"
_OCCLUDED = "coalesce(n.cloze, '') LIKE '{{c_::image-occlusion:%'"


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
    opposite: bool = field(default=False)  # a negation of a condition on notes


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
        rows = database.rows(
            f"SELECT c.id FROM cards c{notes} WHERE {_THERE} AND {condition.sql} "
            f"ORDER BY {keys}, c.id{way}",
            condition.values,
        )
        compiler.text.check()
    finally:
        compiler.text.close()
    return [row[0] for row in rows]


class _Compiler:
    """Turns the values of one search into conditions."""

    def __init__(self, database: Database, moment: Moment) -> None:
        self._database = database
        self._moment = moment
        self.text = NoteText(database)

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
                return self._opposite(self.compile(part))
            case search.Words():
                return _Condition(*self.text.words(node), of_note=True)
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
            return _Condition(
                condition.sql, condition.values, of_note=True, opposite=not condition.opposite
            )
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
            cards.insert(0, self.on_card(joined)) if word == "OR" else cards.append(
                self.on_card(joined)
            )
        sql = f" {word} ".join(part.sql for part in cards)
        return _Condition(f"({sql})", sum((part.values for part in cards), ()))

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
        ours = [
            _ours(kind.value)
            for kind, note_type in NOTE_TYPES.items()
            if chosen(note_type.id, note_type.name)
        ]
        if chosen(OCCLUSION.id, OCCLUSION.name):
            ours.append(f"(n.kind = 'cloze' AND {_OCCLUDED})")
        foreign = [
            row["id"]
            for row in self._database.rows("SELECT id, name FROM note_types")
            if chosen(row["id"], row["name"])
        ]
        parts = []
        if ours:
            none = "NOT EXISTS (SELECT 1 FROM foreign_notes f WHERE f.note_id = n.id)"
            parts.append(f"(({' OR '.join(ours)}) AND {none})")
        if foreign:
            listed = ", ".join(map(str, foreign))
            inside = f"SELECT note_id FROM foreign_notes WHERE note_type_id IN ({listed})"
            parts.append(f"n.id IN ({inside})")
        return _Condition(f"({' OR '.join(parts) or '0'})", of_note=True)

    def _of_template(self, node: search.Template) -> _Condition:
        if node.ordinal is not None:
            return _Condition(f"c.ordinal = {node.ordinal}")
        found: list[_Condition] = []
        types: list[tuple[int, list[str]]] = [
            (one.id, [name for name, _file in one.templates]) for one in _OUR_TYPES
        ]
        for row in self._database.rows("SELECT id, config FROM note_types"):
            types.append((row["id"], template_names(row["config"])))
        for number, names in types:
            places = [str(i) for i, name in enumerate(names) if node.pattern.matches(name)]
            if places:
                of_type = self.on_card(self._of_types(lambda one, _n, wanted=number: one == wanted))  # type: ignore[misc]
                sql = f"(c.ordinal IN ({', '.join(places)}) AND {of_type.sql})"
                found.append(_Condition(sql, of_type.values))
        return self._joined(found, "OR") if found else _Condition("0")

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


_OUR_TYPES: tuple[AnkiNoteType, ...] = (*NOTE_TYPES.values(), OCCLUSION)


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


def _joined_notes(notes: Sequence[_Condition], word: str) -> _Condition:
    """Join conditions on notes; negations are left outside where that keeps the set small."""
    values: tuple[Any, ...] = sum((part.values for part in notes), ())
    if all(part.opposite for part in notes):
        inverse = "OR" if word == "AND" else "AND"
        sql = f" {inverse} ".join(part.sql for part in notes)
        return _Condition(f"({sql})", values, of_note=True, opposite=True)
    sql = f" {word} ".join(f"NOT {part.sql}" if part.opposite else part.sql for part in notes)
    return _Condition(f"({sql})", values, of_note=True)


def _ours(kind: str) -> str:
    if kind == "cloze":
        return f"(n.kind = 'cloze' AND NOT {_OCCLUDED})"
    return f"n.kind = '{kind}'"
