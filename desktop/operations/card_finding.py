"""Searching the library's cards on the command line: a table, or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.operations.card_reader import CardRow, Sorting
from desktop.operations.readable import table_lines
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders

SORTS = (
    "added", "back", "deck", "difficulty", "document", "due", "edited", "flag", "front",
    "interval", "kind", "lapses", "position", "reps", "stability", "state", "tags",
)  # fmt: skip


def cards_json(library: Path | None, query: str, *, sort: str, limit: int | None) -> dict[str, Any]:
    """Return the cards that a query finds as JSON."""
    number, rows = _found(library, query, sort, limit)
    return {"query": query, "cards_found": number, "cards": [_card_json(row) for row in rows]}


def card_table(
    library: Path | None, query: str, *, sort: str, limit: int | None, width: int
) -> list[str]:
    """Return the cards that a query finds as a table."""
    number, rows = _found(library, query, sort, limit)
    if not rows:
        return ["No card is what this search asks for."]
    lines = list(
        table_lines(
            ("Card", "Question", "Answer", "Deck", "Due"),
            [(str(r.id), _flat(r.front), _flat(r.back), r.deck, _due(r)) for r in rows],
            width,
        )
    )
    return lines + ([f"… and {number - len(rows)} more cards"] if number > len(rows) else [])


def _found(
    library: Path | None, query: str, sort: str, limit: int | None
) -> tuple[int, list[CardRow]]:
    column = sort.removeprefix("-")
    workspace = Workspace.open(reader_folders(library))
    try:
        ids = workspace.find_cards(query, Sorting(column, sort.startswith("-")))
        return len(ids), workspace.card_rows(ids[:limit])
    finally:
        workspace.close()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _due(row: CardRow) -> str:
    if row.suspended:
        return "suspended"
    return row.due.astimezone().date().isoformat() if row.due else "new"


def _card_json(row: CardRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "note": row.note_id,
        "ordinal": row.ordinal,
        "kind": row.kind.value,
        "note_type": row.note_type,
        "template": row.template,
        "front": row.front,
        "back": row.back,
        "deck": row.deck,
        "tags": list(row.tags),
        "document": row.document_id,
        "state": row.state.name.lower(),
        "suspended": row.suspended,
        "buried": row.buried,
        "flag": row.flag,
        "due": row.due.isoformat() if row.due else None,
        "interval": row.interval,
        "stability": row.stability,
        "difficulty": row.difficulty,
        "reps": row.reps,
        "lapses": row.lapses,
        "added": row.added.isoformat(),
        "edited": row.edited.isoformat(),
    }
