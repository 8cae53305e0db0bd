"""The blocks of one note, as all formats with notes of their own write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft

_REFERENCE = re.compile(r"\[[^\[\]]{1,8}\]")


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


def label_notes(drafts: Sequence[Draft]) -> None:
    """Write before each note the label under which the text refers to it, if it is missing."""
    labels: dict[str, str] = {}
    for draft in drafts:
        for mark in draft.marks:
            said = draft.text[mark.start : mark.end]
            if mark.target and _REFERENCE.fullmatch(said):
                labels.setdefault(mark.target.removeprefix("#"), said)
    for draft in drafts:
        label = labels.get(draft.anchor or "") if draft.kind is BlockKind.FOOTNOTE else None
        if label is not None and not _begins(draft.text, label[1:-1]):
            draft.edit([(0, 0, f"{label} ")])


def _begins(text: str, label: str) -> bool:
    """Return whether a note begins with its label, however that is set."""
    return text.lstrip(" \t\n([").startswith(label)
