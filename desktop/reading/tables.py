"""The cells of a table → one block of rows, or the blocks of a table that only lays out a page."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass

from desktop.reading.document import BlockKind
from desktop.reading.draft import HARD_BREAK, Draft

_LONG_CELL = 120  # words: a cell of several blocks that is longer holds text, not data
_MOST_SPAN = 50


@dataclass(slots=True)
class Cell:
    """One cell: its blocks, how many columns it takes, and whether it only goes on from above."""

    drafts: list[Draft]
    span: int = 1


def table_drafts(rows: Sequence[Sequence[Cell]], ids: MutableMapping[str, Draft]) -> list[Draft]:
    """Return a table as one block with its pictures after it, or as the blocks of its cells.

    ``ids`` holds where links lead; those into a cell then lead to the table.
    """
    drafts = [draft for row in rows for cell in row for draft in cell.drafts]
    if _lays_out(rows):
        return drafts
    table = Draft(BlockKind.TABLE, "")
    for place, row in enumerate(rows):
        if place:
            table.text += "\n"
        for column, cell in enumerate(row):
            if column:
                table.text += "\t"
            _fill(table, cell)
            table.text += "\t" * (min(cell.span, _MOST_SPAN) - 1)
    merged = {id(draft) for draft in drafts}
    ids.update({key: table for key, draft in ids.items() if id(draft) in merged})
    pictures = [draft for draft in drafts if draft.picture]
    return ([table] if table.text.strip() else []) + pictures


def _lays_out(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a table is one column of text, or holds text of several blocks in a cell."""
    most = max((sum(bool(cell.drafts) for cell in row) for row in rows), default=0)
    if most <= 1:
        return True
    return any(
        len(cell.drafts) > 1 and sum(len(d.text.split()) for d in cell.drafts) >= _LONG_CELL
        for row in rows
        for cell in row
    )


def _fill(table: Draft, cell: Cell) -> None:
    """Add the text of a cell on one line."""
    for place, draft in enumerate(draft for draft in cell.drafts if draft.text.strip()):
        if draft.picture:
            continue
        draft.edit([(i, i + 1, " ") for i, c in enumerate(draft.text) if c in "\t\n" + HARD_BREAK])
        draft.trim()
        table.append(draft, " " if place else "")
