"""The reader's glossaries: edits, known terms, and one list of the terms of all documents."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.glossary.edit_json import edit_from_json, edit_to_json
from desktop.glossary.edits import Edit
from desktop.glossary.keys import normalised_form, term_key
from desktop.glossary.term import DefinitionSource, Glossary, TermKind
from desktop.library.database import Database
from desktop.library.times import to_ms

#: Separates the keys of aliases, so that a whole key can be looked for.
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class TermInDocument:
    """A term as one document has it."""

    document_id: int
    title: str
    key: str
    term: str
    kind: TermKind
    mentions: int
    definition: str | None
    source: DefinitionSource | None


@dataclass(frozen=True, slots=True)
class LibraryTerm:
    """One entry for all documents that have the term; ``mentions`` counts those of all."""

    key: str
    term: str
    kind: TermKind
    documents: int
    mentions: int
    definition: str | None
    source: DefinitionSource | None
    known: bool


# -- edits


def read_edits(database: Database, document_id: int) -> list[Edit]:
    """Return what the reader changed in the glossary of a document, in the order of doing."""
    rows = database.rows(
        "SELECT edit FROM glossary_edits WHERE document_id = ? ORDER BY id", (document_id,)
    )
    with database.decoding("an edit of a glossary"):
        return [edit_from_json(json.loads(row["edit"])) for row in rows]


def add_edit(database: Database, document_id: int, edit: Edit, now: datetime) -> None:
    """Store one more edit."""
    text = json.dumps(edit_to_json(edit), ensure_ascii=False, sort_keys=True)
    database.run(
        "INSERT INTO glossary_edits (document_id, edit, made_at) VALUES (?, ?, ?)",
        (document_id, text, to_ms(now)),
    )


def copy_edits(database: Database, source: int, target: int) -> None:
    """Give the edits of one document to another one."""
    database.run(
        "INSERT INTO glossary_edits (document_id, edit, made_at) "
        "SELECT ?, edit, made_at FROM glossary_edits WHERE document_id = ? ORDER BY id",
        (target, source),
    )


def edited_documents_like(database: Database, document_id: int) -> list[int]:
    """Return other documents with edits and this one's title or file name, the latest first."""
    rows = database.rows(
        "SELECT other.id FROM documents d JOIN documents other ON other.id <> d.id "
        "AND (other.title = d.title OR other.source_name = d.source_name) WHERE d.id = ? "
        "AND EXISTS (SELECT 1 FROM glossary_edits e WHERE e.document_id = other.id) "
        "ORDER BY other.id DESC",
        (document_id,),
    )
    return [row["id"] for row in rows]


# -- what the reader knows


def known_keys(database: Database) -> frozenset[str]:
    """Return the keys of the terms that the reader knows."""
    return frozenset(row["key"] for row in database.rows("SELECT key FROM known_terms"))


def known_names(database: Database) -> list[str]:
    """Return the names of the terms that the reader knows, in the order of knowing."""
    return [row["term"] for row in database.rows("SELECT term FROM known_terms ORDER BY rowid")]


def set_known(
    database: Database, terms: Sequence[tuple[str, TermKind]], known: bool, now: datetime
) -> None:
    """Note that the reader knows terms, or that they don't."""
    if known:
        rows = [(term_key(term, kind), term, to_ms(now)) for term, kind in terms]
        database.run_many(
            "INSERT INTO known_terms (key, term, known_at) VALUES (?, ?, ?) "
            "ON CONFLICT (key) DO NOTHING",
            rows,
        )
    else:
        database.run_many(
            "DELETE FROM known_terms WHERE key = ?", [(term_key(*term),) for term in terms]
        )


# -- the list of terms


def list_terms(database: Database, document_id: int, glossary: Glossary) -> None:
    """Bring the list of a document's terms into line with its glossary; few rows change."""
    wanted: dict[str, tuple[Any, ...]] = {}
    for term in glossary.terms:
        names = {term_key(alias, term.kind) for alias in term.aliases}
        meaning = term.definition
        row = (
            term.term,
            term.kind.value,
            _BREAK + "".join(sorted(f"{name}{_BREAK}" for name in names)),
            round(term.importance, 4),
            len(term.mentions),
            meaning.text if meaning else None,
            meaning.source.value if meaning else None,
        )
        wanted.setdefault(term_key(term.term, term.kind), row)
    present = {
        row["key"]: tuple(row)[1:]
        for row in database.rows(
            "SELECT key, term, kind, names, importance, mentions, definition, source "
            "FROM document_terms WHERE document_id = ?",
            (document_id,),
        )
    }
    changed = {key: row for key, row in wanted.items() if present.get(key) != row}
    gone = [key for key in present if key not in wanted or key in changed]
    database.run_many(
        "DELETE FROM document_terms WHERE document_id = ? AND key = ?",
        [(document_id, key) for key in gone],
    )
    database.run_many(
        "INSERT INTO document_terms (document_id, key, term, kind, names, importance, mentions, "
        "definition, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(document_id, key, *row) for key, row in changed.items()],
    )
    database.run(
        "UPDATE documents SET terms_listed = 1 WHERE id = ? AND terms_listed = 0", (document_id,)
    )


def unlisted_documents(database: Database) -> list[tuple[int, str]]:
    """Return id and text hash of the analysed documents whose terms are not listed yet."""
    rows = database.rows(
        "SELECT id, text_hash FROM documents d WHERE terms_listed = 0 AND EXISTS "
        "(SELECT 1 FROM analyses a WHERE a.text_hash = d.text_hash) ORDER BY id"
    )
    return [(row["id"], row["text_hash"]) for row in rows]


def term_in_documents(
    database: Database, term: str, kind: TermKind, aliases: Sequence[str] = ()
) -> list[TermInDocument]:
    """Return the documents that have a term, in the order of adding.

    Two entries are one when the name of either is the name or an alias of the other and their
    kinds agree; a shared alias alone is not enough.
    """
    key = term_key(term, kind)
    keys = {key, *(term_key(alias, kind) for alias in aliases)}
    rows = database.rows(
        "SELECT t.*, coalesce(d.title, d.source_name) AS title FROM document_terms t "
        "JOIN documents d ON d.id = t.document_id "
        "WHERE t.key IN (SELECT value FROM json_each(:keys)) OR instr(t.names, :name) > 0 "
        "ORDER BY t.document_id, t.key <> :key, t.importance DESC",
        {
            "keys": json.dumps(sorted(keys), ensure_ascii=False),
            "name": f"{_BREAK}{key}{_BREAK}",
            "key": key,
        },
    )
    found: dict[int, TermInDocument] = {}
    for row in rows:  # of two entries in one document the one of the same name
        found.setdefault(row["document_id"], _in_document(row))
    return list(found.values())


def library_terms(
    database: Database,
    *,
    words: str = "",
    kinds: Collection[TermKind] | None = None,
    limit: int | None = None,
    known: bool = True,
) -> list[LibraryTerm]:
    """Return one entry for each term of the library: those of most documents first.

    ``words`` must stand in the name; without ``known`` what the reader knows is left out.
    """
    conditions, parameters = _conditions(words, kinds, known)
    rows = database.rows(
        "SELECT t.key, count(*) AS documents, sum(t.mentions) AS mentions, "
        f"max(t.importance) AS importance FROM document_terms t {conditions} GROUP BY t.key "
        "ORDER BY documents DESC, importance DESC, t.key LIMIT :limit",
        parameters | {"limit": -1 if limit is None else limit},
    )
    best = _best_entries(database, [row["key"] for row in rows])
    familiar = known_keys(database)
    return [
        LibraryTerm(
            key=row["key"],
            term=best[row["key"]]["term"],
            kind=TermKind(best[row["key"]]["kind"]),
            documents=row["documents"],
            mentions=row["mentions"],
            definition=best[row["key"]]["definition"],
            source=_source(best[row["key"]]),
            known=row["key"] in familiar,
        )
        for row in rows
    ]


def library_kinds(database: Database, *, words: str = "") -> dict[TermKind, int]:
    """Return how many terms of each kind the library has."""
    conditions, parameters = _conditions(words, None, True)
    rows = database.rows(
        f"SELECT t.kind, count(DISTINCT t.key) AS number FROM document_terms t {conditions} "
        "GROUP BY t.kind ORDER BY t.kind",
        parameters,
    )
    return {TermKind(row["kind"]): row["number"] for row in rows}


def documents_with_keys(database: Database, keys: Collection[str]) -> list[tuple[str, int]]:
    """Return each key with each document that lists it."""
    rows = database.rows(
        "SELECT key, document_id FROM document_terms "
        "WHERE key IN (SELECT value FROM json_each(?)) ORDER BY document_id",
        (json.dumps(sorted(keys), ensure_ascii=False),),
    )
    return [(row["key"], row["document_id"]) for row in rows]


def documents_of_terms(database: Database) -> dict[str, list[int]]:
    """Return for each key the documents that list it, in the order of adding."""
    found: dict[str, list[int]] = {}
    rows = database.rows("SELECT key, document_id FROM document_terms ORDER BY document_id, key")
    for row in rows:
        found.setdefault(row["key"], []).append(row["document_id"])
    return found


def names_of_keys(database: Database, keys: Collection[str]) -> set[str]:
    """Return the names that the terms with these keys have in the documents."""
    rows = database.rows(
        "SELECT DISTINCT term FROM document_terms WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(keys), ensure_ascii=False),),
    )
    return {row["term"] for row in rows}


def _conditions(
    words: str, kinds: Collection[TermKind] | None, known: bool
) -> tuple[str, dict[str, Any]]:
    """Return the WHERE of a choice among the terms."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if words.strip():
        conditions.append("instr(substr(t.key, instr(t.key, ':') + 1), :words) > 0")
        parameters["words"] = normalised_form(words)
    if kinds is not None:
        conditions.append("t.kind IN (SELECT value FROM json_each(:kinds))")
        parameters["kinds"] = json.dumps([kind.value for kind in kinds])
    if not known:
        conditions.append("t.key NOT IN (SELECT key FROM known_terms)")
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), parameters


def _best_entries(database: Database, keys: Sequence[str]) -> dict[str, Any]:
    """Return for each key the row to show: the reader's own words, then the most important."""
    # SQLite takes the other columns from the row that has the maximum. What decides stands in
    # the index; only the rows that were chosen are read.
    rows = database.rows(
        "WITH best AS (SELECT rowid AS place, key, max(CASE source WHEN 'reader' THEN 8 "
        "WHEN 'document' THEN 6 ELSE (source IS NOT NULL) * 4 END + importance) "
        "FROM document_terms INDEXED BY document_terms_key "
        "WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key) "
        "SELECT t.key, t.term, t.kind, t.definition, t.source FROM best "
        "CROSS JOIN document_terms t ON t.rowid = best.place",
        (json.dumps(keys, ensure_ascii=False),),
    )
    return {row["key"]: row for row in rows}


def _in_document(row: Any) -> TermInDocument:
    return TermInDocument(
        document_id=row["document_id"],
        title=row["title"],
        key=row["key"],
        term=row["term"],
        kind=TermKind(row["kind"]),
        mentions=row["mentions"],
        definition=row["definition"],
        source=_source(row),
    )


def _source(row: Any) -> DefinitionSource | None:
    return DefinitionSource(row["source"]) if row["source"] else None
