"""What the reader thought of the cards that the program made: what the ranker learns from.

The notes themselves tell what was accepted as it stood and what was refused. Of a card that was
edited or deleted the library keeps the numbers that it had when it was made. Nothing of it leaves
the library.
"""

from __future__ import annotations

import json

from desktop.decks.deck import Note
from desktop.decks.features import features
from desktop.decks.quality import lint
from desktop.decks.ranking import MAX_JUDGEMENTS, Judgement
from desktop.library.database import Database
from desktop.library.decks import NoteStatus, decided_notes
from desktop.library.state import read_state, write_state

#: What an edited card counts: it was worth keeping, but not as it stood.
EDITED, DELETED = 0.5, 0.0

#: The key of the decisions that the reader wanted to be forgotten.
_FORGOTTEN = "forgotten_judgements"


def remember(database: Database, note: Note, kept: float) -> None:
    """Keep what a note of ours was like before the reader edits or deletes it."""
    untouched = "SELECT 1 FROM notes WHERE id = ? AND origin = 'text' AND edited = 0"
    if database.row(untouched, (note.id,)) is None:
        return
    database.run(
        "INSERT INTO card_judgements (note_id, kept, numbers) VALUES (?, ?, ?) "
        "ON CONFLICT (note_id) DO UPDATE SET kept = excluded.kept, numbers = excluded.numbers",
        (note.id, kept, json.dumps(_numbers(note), sort_keys=True)),
    )


def judgements(database: Database) -> list[Judgement]:
    """Return what the reader decided, in the order of the notes' making, newest last."""
    forgotten = set(read_state(database, _FORGOTTEN) or ())
    notes = [(note, status) for note, status in decided_notes(database) if note.id not in forgotten]
    stored = database.rows("SELECT kept, numbers FROM card_judgements ORDER BY id")
    with database.decoding("a judgement of a card"):
        found = [Judgement(json.loads(row["numbers"]), row["kept"]) for row in stored]
    room = max(0, MAX_JUDGEMENTS - len(found))
    recent = notes[-room:] if room else []
    return [
        Judgement(_numbers(note), float(status is NoteStatus.ACCEPTED)) for note, status in recent
    ] + found


def forget(database: Database) -> None:
    """Let the ranker be as it came: what was decided until now counts no more."""
    decided = database.rows("SELECT id FROM notes WHERE status <> 'proposed' ORDER BY id")
    write_state(database, _FORGOTTEN, [row["id"] for row in decided])
    database.run("DELETE FROM card_judgements")


def _numbers(note: Note) -> dict[str, float]:
    """Return what a note is like, rounded for the library."""
    return {name: round(value, 4) for name, value in features(note, lint(note)).items()}
