"""The whole library as plain files: nothing that a reader made is locked into our own format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.decks.writing import write_whole
from desktop.errors import OutputError
from desktop.library.database import Database
from desktop.library.glossary import known_names
from desktop.library.reviews import all_reviews
from desktop.operations.annotation_files import highlights_as
from desktop.operations.listing import texts_json
from desktop.operations.texts import document_json

if TYPE_CHECKING:
    from desktop.operations.workspace import CardRecord, DocumentSummary, Workspace

_NOT_IN_NAMES = re.compile(r"[^\w\- ]+")


def export_library(workspace: Workspace, database: Database, folder: Path) -> None:
    """Write settings, reviews, known terms and, for each document, all that it has.

    JSON as on the command line, reviews as CSV. Raises ``OutputError`` when the folder can't be
    written or is not empty.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise OutputError(f"The folder {folder} is not empty; choose a new one.")
        _write_json(folder / "settings.json", workspace.settings().to_json())
        _write_json(folder / "known_terms.json", known_names(database))
        write_whole(folder / "reviews.csv", _reviews_csv(database).encode())
        lines = workspace.documents()
        _write_json(folder / "library.json", texts_json(lines, workspace.labels()))
        for line in lines:
            _export_document(workspace, line, folder)
    except OSError as error:
        raise OutputError(
            f"The library can't be exported to {folder} ({error.strerror or error}); "
            "choose another folder."
        ) from error


def _export_document(workspace: Workspace, line: DocumentSummary, folder: Path) -> None:
    """Write one document's folder, e.g. ``0001 Title``."""
    document = workspace.document(line.id)
    title = _NOT_IN_NAMES.sub("", line.title).strip()[:60]
    place = folder / f"{line.id:04} {title}".strip()
    place.mkdir()
    _write_json(place / "text.json", document_json(document))
    _write_json(place / "cards.json", [_card_json(r) for r in workspace.cards(line.id)])
    marked = workspace.marked_texts(line.id)
    if marked[0].passages or marked[0].bookmarks:
        write_whole(place / "highlights.json", highlights_as("json", marked).encode())
    glossary = workspace.glossary(line.id)
    if glossary is not None:
        _write_json(place / "glossary.json", glossary.to_json())
    for number, picture in enumerate(document.pictures, 1):
        # The reader's own names may hold anything; the number keeps them apart.
        suffix = _NOT_IN_NAMES.sub("", picture.media_type.rpartition("/")[2].partition("+")[0])
        write_whole(place / f"picture {number}.{suffix or 'bin'}", picture.data)


def _card_json(record: CardRecord) -> dict[str, Any]:
    """Return a note with what the reader made of it and its cards' schedules."""
    cards = [
        {
            "id": card.id,
            "ordinal": card.ordinal,
            "state": card.state.name.lower(),
            "stability": card.stability,
            "difficulty": card.difficulty,
            "due": card.due.isoformat() if card.due else None,
            "last_review": card.last_review.isoformat() if card.last_review else None,
            "reps": card.reps,
            "lapses": card.lapses,
            "suspended": card.suspended,
        }
        for card in record.cards
    ]
    decided = {"status": record.status.value, "edited": record.edited, "cards": cards}
    return record.note.to_json() | {"modified": record.note.modified} | decided


def _reviews_csv(database: Database) -> str:
    """Return the review log as a table with a head."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(
        ("reviewed_at", "card_id", "rating", "took_ms", "state_before", "state_after",
         "stability", "difficulty", "interval_seconds")
    )  # fmt: skip
    rows: Iterable[Any] = (
        (
            r.reviewed_at.isoformat(), r.card_id, r.rating.name.lower(), r.took_ms,
            r.state_before.name.lower(), r.state_after.name.lower(), r.stability, r.difficulty,
            r.interval.total_seconds(),
        )
        for r in all_reviews(database)
    )  # fmt: skip
    table.writerows(rows)
    return text.getvalue()


def _write_json(path: Path, value: Any) -> None:
    """Write JSON as the command line prints it."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    write_whole(path, (text + "\n").encode())
