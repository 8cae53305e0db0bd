"""The blocks of one note, as all formats with notes of their own write them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft


def note_drafts(parts: Sequence[Draft], label: str) -> list[Draft]:
    """Make a note of its blocks: the first begins with the label, "[3] "."""
    for part in parts:
        if part.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE}:
            part.kind, part.level = BlockKind.FOOTNOTE, None
    first = next((part for part in parts if part.kind is BlockKind.FOOTNOTE), None)
    if first is not None:
        lead = len(first.text) - len(first.text.lstrip())
        first.edit([(0, lead, f"[{label}] ")])
    return list(parts)
