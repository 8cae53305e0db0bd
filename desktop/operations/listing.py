"""The list of a library's texts as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.library.documents import DocumentSummary
from desktop.library.labels import Label, LabelKind


def texts_json(lines: Sequence[DocumentSummary], labels: Sequence[Label]) -> dict[str, Any]:
    """Return the texts, each with its collections and tags, as ``library list --json`` has them."""
    by_number = {label.id: label for label in labels}
    return {"documents": [_summary_json(line, by_number) for line in lines]}


def _summary_json(line: DocumentSummary, labels: Mapping[int, Label]) -> dict[str, Any]:
    ours = [labels[number] for number in line.labels]
    return {
        "collections": [one.name for one in ours if one.kind is LabelKind.COLLECTION],
        "tags": [one.name for one in ours if one.kind is LabelKind.TAG],
        "id": line.id,
        "title": line.title,
        "authors": list(line.authors),
        "words": line.word_count,
        "language": line.language,
        "source": line.source_name,
        "added": line.added_at.isoformat(),
        "opened": line.opened_at.isoformat() if line.opened_at else None,
        "progress": round(line.progress, 4),
        "cards": line.cards_total,
        "due": line.cards_due,
        "new": line.cards_new,
        "proposed": line.notes_proposed,
    }
