"""Collections and tags: the labels by which a reader keeps the texts of a library together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.library.database import Database


class LabelKind(StrEnum):
    """A collection holds texts that belong together; a tag says something of one."""

    COLLECTION = "collection"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Label:
    """A collection or a tag, and how many texts have it."""

    id: int
    kind: LabelKind
    name: str
    documents: int


def all_labels(database: Database) -> list[Label]:
    """Return the labels in the order of their names, collections first."""
    rows = database.rows(
        "SELECT l.id, l.kind, l.name, count(d.document_id) AS documents FROM labels l "
        "LEFT JOIN document_labels d ON d.label_id = l.id GROUP BY l.id ORDER BY l.kind, l.name"
    )
    return [Label(r["id"], LabelKind(r["kind"]), r["name"], r["documents"]) for r in rows]


def labels_of_documents(database: Database) -> dict[int, list[int]]:
    """Return the numbers of each document's labels."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in database.rows(
        "SELECT document_id, label_id FROM document_labels ORDER BY document_id, label_id"
    ):
        found[row["document_id"]].append(row["label_id"])
    return found


def find_or_make(database: Database, kind: LabelKind, name: str) -> int:
    """Return the number of a label, made where there is none of that name."""
    database.run("INSERT OR IGNORE INTO labels (kind, name) VALUES (?, ?)", (kind.value, name))
    return int(
        database.value("SELECT id FROM labels WHERE kind = ? AND name = ?", (kind.value, name))
    )


def put(database: Database, label_id: int, document_ids: Sequence[int]) -> None:
    """Give documents a label; those that are gone are passed over."""
    database.run_many(
        "INSERT OR IGNORE INTO document_labels (document_id, label_id) "
        "SELECT id, ? FROM documents WHERE id = ?",
        [(label_id, number) for number in document_ids],
    )


def take(database: Database, label_id: int, document_ids: Sequence[int]) -> None:
    """Take a label from documents; a tag that no document has any more is gone."""
    database.run_many(
        "DELETE FROM document_labels WHERE label_id = ? AND document_id = ?",
        [(label_id, number) for number in document_ids],
    )
    database.run(
        "DELETE FROM labels WHERE id = ? AND kind = 'tag' "
        "AND NOT EXISTS (SELECT 1 FROM document_labels WHERE label_id = labels.id)",
        (label_id,),
    )


def rename(database: Database, label_id: int, name: str) -> None:
    """Give a label another name; where another one has it, both become one."""
    other = database.value(
        "SELECT o.id FROM labels l JOIN labels o ON o.kind = l.kind AND o.id <> l.id "
        "AND o.name = ? WHERE l.id = ?",
        (name, label_id),
    )
    if other is None:
        database.run("UPDATE labels SET name = ? WHERE id = ?", (name, label_id))
        return
    database.run(
        "INSERT OR IGNORE INTO document_labels (document_id, label_id) "
        "SELECT document_id, ? FROM document_labels WHERE label_id = ?",
        (other, label_id),
    )
    database.run("DELETE FROM labels WHERE id = ?", (label_id,))


def delete(database: Database, label_id: int) -> None:
    """Delete a label; the texts that had it stay."""
    database.run("DELETE FROM labels WHERE id = ?", (label_id,))
