"""Search in the text of all documents, through the index that the database keeps of their words.

Capitals and accents make no difference. Words may stand anywhere in a block, words in quotation
marks side by side; the index knows which blocks have them, the words themselves are then found
in the stored text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.library.database import Database

#: How many blocks a document has at most in the index (see the migration).
_BLOCKS = 1 << 20
_PHRASE = re.compile(r'"([^"]*)"?|(\S+)')
_TOKEN = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_QUOTES = str.maketrans("“”„«»", '"""""')
_Token = tuple[str, int, int]  # folded, start, end
_BEFORE, _AROUND = 60, 200  # characters of an excerpt


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: phrases, each of folded words; the last word may be unfinished."""

    phrases: tuple[tuple[str, ...], ...]
    unfinished: bool = False

    def expression(self) -> str:
        """Return the query in the language of the index."""
        parts = ['"' + " ".join(phrase) + '"' for phrase in self.phrases]
        return " ".join(parts) + ("*" if self.unfinished else "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with what was looked for: offsets of its first place, an excerpt, marks in that."""

    block: int
    start: int
    end: int
    excerpt: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DocumentPassages:
    """The blocks of one document with what was looked for: their number, the first of them."""

    document_id: int
    title: str
    authors: tuple[str, ...]
    count: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: how many documents and blocks in all, and the best documents."""

    documents: int
    passages: int
    best: tuple[DocumentPassages, ...]


def parse_query(words: str, *, unfinished: bool = False) -> Query | None:
    """Read what a reader typed; None where it holds nothing to look for."""
    phrases: list[tuple[str, ...]] = []
    quoted = False
    for match in _PHRASE.finditer(words.translate(_QUOTES)):
        quoted = match[1] is not None
        tokens = tuple(fold(token[0]) for token in _TOKEN.finditer(match[1] or match[2] or ""))
        if tokens:
            phrases.append(tokens)
    if not phrases:
        return None
    open_end = unfinished and not quoted and words[-1:].isalnum()
    return Query(tuple(phrases), open_end)


def fold(token: str) -> str:
    """Return a word without its capitals and accents."""
    plain = unicodedata.normalize("NFKD", token.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def search(
    database: Database, query: Query, *, documents: int, passages: int, document_id: int | None
) -> Found:
    """Return the best ``documents`` with at most ``passages`` of each; or those of one document."""
    expression = query.expression()
    low, high = 0, (1 << 62)
    if document_id is not None:
        low, high = document_id * _BLOCKS, (document_id + 1) * _BLOCKS - 1
    rows = database.rows(
        "SELECT document, n, d.title, d.source_name, d.authors FROM "
        "(SELECT rowid >> 20 AS document, count(*) AS n FROM passages "
        "WHERE passages MATCH ? AND rowid BETWEEN ? AND ? GROUP BY document) "
        "JOIN documents d ON d.id = document",
        (expression, low, high),
    )
    with database.decoding("the search"):
        best = sorted(rows, key=lambda row: (not _named(row, query), -row["n"], row["document"]))
        found = tuple(
            DocumentPassages(
                row["document"],
                row["title"] or row["source_name"],
                tuple(json.loads(row["authors"])),
                row["n"],
                tuple(_passages(database, row["document"], query, passages)),
            )
            for row in best[:documents]
        )
    return Found(len(rows), sum(row["n"] for row in rows), found)


def _named(row: Any, query: Query) -> bool:
    """Return whether a document's title holds all that is looked for; asked of all that do."""
    title = row["title"] or row["source_name"]
    title = title.lower() if title.isascii() else fold(title)
    return all(word in title for phrase in query.phrases for word in phrase)


def _passages(database: Database, document_id: int, query: Query, most: int) -> Iterator[Passage]:
    """Yield the first blocks of a document that hold what is looked for."""
    rows = database.rows(
        "SELECT rowid - ? AS block FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY rowid LIMIT ?",
        (document_id * _BLOCKS, query.expression(), document_id * _BLOCKS,
         (document_id + 1) * _BLOCKS - 1, most),
    )  # fmt: skip
    wanted = [row["block"] for row in rows]
    texts = database.rows(
        "SELECT b.key AS block, json_extract(b.value, '$.text') AS text FROM document_contents c, "
        "json_each(c.content, '$.blocks') b WHERE c.document_id = ? "
        "AND b.key IN (SELECT value FROM json_each(?)) ORDER BY b.key",
        (document_id, json.dumps(wanted)),
    )
    for row in texts:
        yield _passage(row["block"], row["text"], query)


def _passage(block: int, text: str, query: Query) -> Passage:
    """Return the excerpt of a block around its first place."""
    places = sorted(set(_matches(text, query)))
    start, end = places[0] if places else (0, 0)
    first = max(0, start - _BEFORE)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    last = min(len(text), first + _AROUND)
    if last < len(text):
        space = text.rfind(" ", max(end, first + 1), last)
        last = space if space > first else last
    lead, tail = "…" if first else "", "…" if last < len(text) else ""
    body, moved = _on_one_line(text[first:last])
    marks = tuple(
        (moved[s - first] + len(lead), moved[e - first] + len(lead))
        for s, e in places
        if first <= s and e <= last
    )
    return Passage(block, start, end, lead + body + tail, marks)


def _on_one_line(text: str) -> tuple[str, list[int]]:
    """Return a text with single spaces, and where each of its characters came to stand."""
    pieces: list[str] = []
    moved: list[int] = []
    for letter in text:
        moved.append(len(pieces))
        if not letter.isspace():
            pieces.append(letter)
        elif not pieces or pieces[-1] != " ":
            pieces.append(" ")
    return "".join(pieces), [*moved, len(pieces)]


def _matches(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Yield where the phrases of a query stand in a text."""
    tokens = _tokens(text)
    for number in range(len(query.phrases)):
        yield from _places(tokens, query, number)


def _tokens(text: str) -> list[_Token]:
    return [(fold(one[0]), one.start(), one.end()) for one in _TOKEN.finditer(text)]


def _places(tokens: Sequence[_Token], query: Query, number: int) -> Iterator[tuple[int, int]]:
    """Yield where one phrase of a query stands."""
    phrase = query.phrases[number]
    open_end = query.unfinished and number == len(query.phrases) - 1
    for at in range(len(tokens) - len(phrase) + 1):
        if _stands(tokens, at, phrase, open_end=open_end):
            yield tokens[at][1], tokens[at + len(phrase) - 1][2]


def _stands(tokens: Sequence[_Token], at: int, phrase: Sequence[str], *, open_end: bool) -> bool:
    """Return whether a phrase stands at a token."""
    for step, word in enumerate(phrase):
        token = tokens[at + step][0]
        last = open_end and step == len(phrase) - 1
        if not (token.startswith(word) if last else token == word):
            return False
    return True
