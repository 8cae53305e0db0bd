"""The entries of a dictionary file, kept in an SQLite file so that a look-up reads no more."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop.errors import InputError
from desktop.glossary.sources.entry import Entry, SourceKind, reference

#: Changes when what is kept, or how a dictionary's text is taken apart, changes.
VERSION = 1
#: What one dictionary may hold; the largest in general use have some three million senses.
MAX_SENSES = 4_000_000
MAX_GLOSS = 2_000
#: More senses of one form than this are no help to a reader.
_MAX_FOUND = 40

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sense (
    key TEXT NOT NULL, form TEXT NOT NULL, pos TEXT NOT NULL, gloss TEXT NOT NULL,
    examples TEXT NOT NULL, synonyms TEXT NOT NULL, related TEXT NOT NULL, count INTEGER
);
"""


@dataclass(frozen=True, slots=True)
class About:
    """A dictionary's title, licence and language, as far as it tells them."""

    name: str
    licence: str = ""
    language: str = ""


def key(form: str) -> str:
    """Return the form under which a word or phrase is looked up."""
    return " ".join(form.replace("’", "'").replace("_", " ").casefold().split())


def write_index(path: Path, about: About, senses: Iterable[Entry]) -> None:
    """Write the senses in their order; a file at ``path`` is complete or not there.

    Raises ``InputError`` where there is no sense, or more than a dictionary can have.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as database:
            database.executescript(_SCHEMA)
            database.execute("BEGIN")
            count = 0
            for count, sense in enumerate(senses, 1):
                if count > MAX_SENSES:
                    raise InputError("it has too many entries")
                database.execute("INSERT INTO sense VALUES (?,?,?,?,?,?,?,?)", _row(sense))
            if not count:
                raise InputError("it has no entry that can be read")
            values = {"name": about.name, "licence": about.licence, "language": about.language}
            database.executemany("INSERT INTO about VALUES (?,?)", values.items())
            database.execute("CREATE INDEX sense_key ON sense (key)")
            database.execute("COMMIT")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _row(sense: Entry) -> tuple[str | int | None, ...]:
    lists = (sense.examples[:4], sense.synonyms[:8], sense.related[:4])
    return (
        key(sense.lemma),
        sense.lemma,
        sense.pos,
        sense.gloss[:MAX_GLOSS],
        *(json.dumps([text[:MAX_GLOSS] for text in texts]) for texts in lists),
        sense.count,
    )


class IndexedDictionary:
    """A dictionary that ``write_index`` wrote."""

    kind = SourceKind.DICTIONARY

    def __init__(self, path: Path) -> None:
        # The index is rebuilt when it can't be read, so it is never written to here.
        self._database = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._about: dict[str, str] = dict(self._database.execute("SELECT name, value FROM about"))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @cached_property
    def name(self) -> str:
        """The dictionary's title."""
        return self._about["name"]

    @cached_property
    def licence(self) -> str:
        """The dictionary's licence, empty where it names none."""
        return self._about["licence"]

    @cached_property
    def language(self) -> str:
        """The language of its words, empty where it names none."""
        return self._about["language"]

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the senses of a form in the dictionary's order."""
        rows = self._database.execute(
            "SELECT form, gloss, pos, examples, synonyms, related, count FROM sense"
            " WHERE key = ? ORDER BY rowid LIMIT ?",
            (key(form), _MAX_FOUND),
        )
        return tuple(
            Entry(
                lemma,
                gloss,
                pos,
                rank,
                tuple(json.loads(examples)),
                tuple(json.loads(synonyms)),
                tuple(json.loads(related)),
                count,
                reference(self, lemma),
            )
            for rank, (lemma, gloss, pos, examples, synonyms, related, count) in enumerate(rows)
        )
