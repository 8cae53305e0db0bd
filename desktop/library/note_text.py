"""Comparisons of the text of notes, as SQL: anywhere on a note, or in one of its fields.

A note has the fields that it has in Anki. Ours are named as there, and their first two “Front”
and “Back” as well; a note of a type that came from Anki has that type's. Text in one table is
looked through from its beginning to its end, because a look-up for each note would take longer.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.errors import SearchError
from desktop.library.database import Database
from desktop.study.search import Duplicates, Field, Matching, Words
from desktop.study.wildcards import Pattern, without_accents

#: Parameters of a statement, in the order of its question marks.
Values = tuple[Any, ...]

#: A text that must be there is looked for first if it has so many letters.
_WORTH = 3

#: So long, in seconds, may a regular expression take for all notes.
_PATIENCE = 5.0

#: The fields of our notes: their names, the kinds that have them, the column.
_FIELDS = (
    (("Front", "Question"), ("question",), "n.front"),
    (("Front", "Text"), ("cloze",), "coalesce(n.cloze, '')"),
    (("Front", "Term"), ("term",), "n.front"),
    (("Back", "Answer"), ("question",), "n.back"),
    (("Back", "Sentence"), ("cloze",), "n.back"),
    (("Back", "Definition"), ("term",), "n.back"),
)
_EVIDENCE = (("Evidence", "quote"), ("Title", "title"), ("Author", "author"))

#: The names of the fields of our own notes.
OUR_FIELDS = frozenset(
    [name for names, _kinds, _column in _FIELDS for name in names]
    + [name for name, _column in _EVIDENCE]
)

_OURS = "NOT EXISTS (SELECT 1 FROM foreign_notes f WHERE f.note_id = n.id)"
_BREAK = "char(31)"  # between fields, as in Anki

#: All of a note's fields as one text.
_WHOLE = (
    f"coalesce((SELECT group_concat(j.value, {_BREAK}) FROM foreign_notes f, json_each(f.fields) j "
    "WHERE f.note_id = n.id), CASE n.kind WHEN 'cloze' THEN coalesce(n.cloze, '') ELSE n.front END "
    f"|| {_BREAK} || n.back || coalesce((SELECT {_BREAK} || nd.quote || {_BREAK} || nd.title || "
    f"{_BREAK} || nd.author FROM note_documents nd WHERE nd.note_id = n.id "
    "ORDER BY nd.document_id LIMIT 1), ''))"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test of one text: SQL with ``{}`` where the text stands, and its parameters."""

    sql: str
    values: Values

    def of(self, text: str) -> tuple[str, Values]:
        """Return the test of the SQL expression ``text``."""
        return self.sql.format(text), self.values


@dataclass(frozen=True, slots=True)
class WordsTest:
    """The condition that a text stands on a note, in two forms with the same meaning.

    ``far`` looks through all notes at once, ``near`` is quick for a few. The more letters are
    looked for (``weight``), the fewer notes will have them. ``far_values`` are the parameters of
    ``far`` where they are others.
    """

    far: str
    near: str
    values: Values
    weight: int
    far_values: Values | None = None


class NoteText:
    """Makes the comparisons of one search; ``close`` takes back what it told SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._functions: list[tuple[str, int]] = []
        self._patient: list[_Patient] = []

    def check(self) -> None:
        """Raise ``SearchError`` when an expression took so long that notes were passed over."""
        if any(patient.left <= 0 for patient in self._patient):
            raise SearchError("This regular expression takes too long; make it simpler.")

    def close(self) -> None:
        """Remove the functions of this search."""
        for name, arguments in self._functions:
            self._database.connection.create_function(name, arguments, None)
        self._functions.clear()

    def words(self, node: Words) -> WordsTest:
        """Return the condition on a note ``n`` that a text stands somewhere on it."""
        if node.matching is Matching.PLAIN and not node.pattern.is_glob:
            like = Comparison("{} LIKE ? ESCAPE '\\'", (f"%{node.pattern.like}%",))
            return _anywhere(like, len(node.pattern.text))
        sql, values = self._comparison(node.pattern, node.matching, whole=False).of(_WHOLE)
        piece = required_text(node.pattern, node.matching)
        if len(piece) < _WORTH:
            return WordsTest(sql, sql, values, 0)
        # By far most notes are ruled out sooner; only CASE keeps SQLite to this order.
        coarse = _anywhere(
            Comparison("{} LIKE ? ESCAPE '\\'", (f"%{_escaped(piece)}%",)), len(piece)
        )
        fine = "(CASE WHEN {} THEN {} ELSE 0 END)"
        return WordsTest(
            f"({coarse.far} AND {fine.format(coarse.near, sql)})",
            fine.format(coarse.near, sql),
            coarse.values + values,
            coarse.weight,
            coarse.values + coarse.values + values,
        )

    def field(self, node: Field) -> tuple[str, Values]:
        """Return the condition on a note ``n`` that one of its fields has a text."""
        comparison = self._comparison(node.pattern, node.matching, whole=True)
        if node.name.raw in ("*", "_*") and node.matching is Matching.PLAIN:  # as in Anki: any case
            comparison = self._regular(rf"(?s:\A{node.pattern.regex()}\Z)", simple=True)
        parts: list[tuple[str, Values]] = []
        for names, kinds, column in _FIELDS:
            if any(node.name.matches(name) for name in names):
                sql, values = comparison.of(column)
                listed = ", ".join(f"'{kind}'" for kind in kinds)
                parts.append((f"(n.kind IN ({listed}) AND {sql} AND {_OURS})", values))
        for name, column in _EVIDENCE:
            if node.name.matches(name):
                sql, values = comparison.of(f"nd.{column}")
                inside = f"SELECT nd.note_id FROM note_documents nd WHERE {sql}"
                parts.append((f"n.id IN ({inside})", values))
        for type_id, places in self._places(node.name):
            tests = [comparison.of(f"json_extract(f.fields, '$[{p}]')") for p in places]
            inside = (
                f"SELECT f.note_id FROM foreign_notes f WHERE f.note_type_id = {type_id} "
                f"AND ({' OR '.join(sql for sql, _values in tests)})"
            )
            parts.append((f"n.id IN ({inside})", sum((v for _sql, v in tests), ())))
        if not parts:
            return "0", ()
        return f"({' OR '.join(sql for sql, _v in parts)})", sum((v for _sql, v in parts), ())

    def duplicates(self, node: Duplicates, of_type: tuple[str, Values]) -> tuple[str, Values]:
        """Return the condition that a note of that type has this text in its first field."""
        wanted = plain_text(node.text)
        same = self._function(lambda text: plain_text(text or "") == wanted)
        first = (
            "coalesce((SELECT json_extract(f.fields, '$[0]') FROM foreign_notes f "
            "WHERE f.note_id = n.id), CASE n.kind WHEN 'cloze' THEN n.cloze ELSE n.front END)"
        )
        return f"({of_type[0]} AND {same}({first}))", of_type[1]

    def _comparison(self, pattern: Pattern, matching: Matching, *, whole: bool) -> Comparison:
        """Return the test for ``pattern``; ``whole`` compares with all of the text."""
        if matching is Matching.REGEX:
            return self._regular(pattern.raw)
        if matching is Matching.WORD:
            return self._regular(rf"\b{pattern.regex()}\b", simple=True)
        like = pattern.like if whole else f"%{pattern.like}%"
        if matching is Matching.NO_ACCENTS:
            bare = self._function(lambda text: None if text is None else without_accents(text))
            return Comparison(f"{bare}({{}}) LIKE ? ESCAPE '\\'", (without_accents(like),))
        return Comparison("{} LIKE ? ESCAPE '\\'", (like,))

    def _regular(self, expression: str, *, simple: bool = False) -> Comparison:
        """Return the test for a regular expression, which can't hold the library up for ever."""
        if simple or _is_simple(expression):
            found = re.compile(expression, re.IGNORECASE).search
            name = self._function(lambda text: text is not None and found(text) is not None)
            return Comparison(f"{name}({{}})", ())
        patient = _Patient(expression)
        self._patient.append(patient)
        return Comparison(f"{self._function(patient)}({{}})", ())

    def _function(self, work: Callable[[Any], Any]) -> str:
        """Let SQL call ``work`` with one text; return the name."""
        name = f"search_{len(self._functions)}"
        self._database.connection.create_function(name, 1, work, deterministic=True)
        self._functions.append((name, 1))
        return name

    def _places(self, name: Pattern) -> list[tuple[int, list[int]]]:
        """Return for each type from Anki the places of its fields of that name."""
        found = []
        for row in self._database.rows("SELECT id, config FROM note_types ORDER BY id"):
            places = [i for i, one in enumerate(field_names(row["config"])) if name.matches(one)]
            if places:
                found.append((int(row["id"]), places))
        return found


def _anywhere(comparison: Comparison, weight: int) -> WordsTest:
    """Return the condition that some field passes."""
    front = comparison.of("n.front")[0]
    cloze, back = comparison.of("coalesce(n.cloze, '')")[0], comparison.of("n.back")[0]
    beside = " OR ".join(comparison.of(f"nd.{column}")[0] for _name, column in _EVIDENCE)
    field = comparison.of("j.value")[0]
    own = f"(n.kind <> 'cloze' AND {front}) OR (({cloze} OR {back}) AND {_OURS})"
    foreign = f"EXISTS (SELECT 1 FROM json_each(f.fields) j WHERE {field})"
    far = (
        f"n.id IN (SELECT n.id FROM notes n WHERE {own} UNION ALL "
        f"SELECT nd.note_id FROM note_documents nd WHERE {beside} UNION ALL "
        f"SELECT f.note_id FROM foreign_notes f WHERE {foreign})"
    )
    near = (
        f"({own} OR EXISTS (SELECT 1 FROM note_documents nd "
        f"WHERE nd.note_id = n.id AND ({beside})) "
        f"OR EXISTS (SELECT 1 FROM foreign_notes f WHERE f.note_id = n.id AND {foreign}))"
    )
    return WordsTest(far, near, comparison.values * 7, weight)


def field_names(config: str) -> list[str]:
    """Return the names of the fields of a type from Anki."""
    return _names(config, "fields", "flds")


def template_names(config: str) -> list[str]:
    """Return the names of the templates of a type from Anki."""
    return _names(config, "templates", "tmpls")


def _names(config: str, *keys: str) -> list[str]:
    data = json.loads(config)
    listed: list[Any] = next((data[key] for key in keys if key in data), [])
    return [one if isinstance(one, str) else str(one["name"]) for one in listed]


def plain_text(text: str) -> str:
    """Return the text of HTML, for a comparison."""
    import html

    return html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\xa0", " ").strip()


def required_text(pattern: Pattern, matching: Matching) -> str:
    """Return the longest text that a note must have for certain, in one field; "" without any."""
    if matching is Matching.NO_ACCENTS:
        return ""
    if matching is Matching.REGEX:
        if re.search(r"[|(]|\\[xuUNpP0-9]", pattern.raw):
            return ""
        # Classes, escapes, and what a repetition may leave out part the certain letters.
        raw = re.sub(r"\\.|\[\^?\]?[^\]]*\]|.[*?{][^}]*\}?|[.+^$]", "\n", pattern.raw)
        pieces = re.split(r"[^A-Za-z0-9 ,;:%&'\"-]+", raw)
    else:
        pieces = pattern.literals
        if matching is Matching.WORD:  # compared whatever the case, there of all letters
            pieces = [piece for part in pieces for piece in re.split(r"[^\x00-\x7f]+", part)]
    return max(pieces, key=len, default="")


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _is_simple(expression: str) -> bool:
    """Whether matching takes no long time for certain: one repetition at most, no choice in it."""
    repeated = len(re.findall(r"[*+?{]", expression))
    return repeated == 0 or (repeated == 1 and "|" not in expression and "(" not in expression)


class _Patient:
    """A search with a regular expression that gives up when all texts have taken too long."""

    def __init__(self, expression: str) -> None:
        import regex

        try:
            self._find = regex.compile(expression, regex.IGNORECASE).search
        except regex.error as error:
            raise SearchError(f"“{expression}” is no regular expression ({error}).") from error
        self.left = _PATIENCE

    def __call__(self, text: str | None) -> bool:
        if text is None or self.left <= 0:
            return False
        begin = time.monotonic()
        try:
            return self._find(text, timeout=self.left, concurrent=True) is not None
        except TimeoutError:
            return False
        finally:
            self.left -= time.monotonic() - begin
