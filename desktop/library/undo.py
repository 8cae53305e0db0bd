"""Undo and redo for one session: triggers note the inverse of every change that an action makes.

While an action is recorded, each inserted, changed or deleted row of the reader's tables leaves
the SQL that takes it back in a temporary table. Undoing runs these statements, last one first, in
one transaction. Only the columns that an action changed are put back, so that what came
between (a new analysis, say) stays. What undoing changes is recorded in the same way: its inverses
are the redo.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.errors import LibraryError
from desktop.library.database import Database

#: What a reader's action may change. All of them are rowid tables.
UNDOABLE_TABLES = (
    "documents", "document_contents", "pictures", "reading_positions", "notes", "note_documents",
    "deleted_notes", "cards", "reviews", "glossary_edits", "known_terms", "document_terms",
    "card_judgements", "deck_options", "decks", "note_types", "foreign_notes", "media",
    "schedule_changes",
    "anki_cards", "anki_reviews", "anki_decks", "anki_presets",
    "highlights", "bookmarks", "labels", "document_labels",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One action of the reader: its number, its name for the menu, the kinds it changed."""

    number: int
    name: str
    kinds: frozenset[str]


class UndoLog:
    """The actions of this session, last one on top; it lives and dies with the connection.

    A new action forgets those that were taken back.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._steps: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._number = 0
        database.run("CREATE TEMP TABLE undo_recording (step INTEGER)")
        database.run(
            "CREATE TEMP TABLE undo_log (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, "
            "inverse TEXT NOT NULL)"
        )
        database.run("CREATE INDEX temp.undo_log_step ON undo_log (step)")
        for table in UNDOABLE_TABLES:
            for trigger in _triggers(database, table):
                database.run(trigger)

    @property
    def next_name(self) -> str | None:
        """The name of the action that ``undo`` would take back."""
        return self._steps[-1].name if self._steps else None

    @property
    def next_redo_name(self) -> str | None:
        """The name of the action that ``redo`` would do again."""
        return self._undone[-1].name if self._undone else None

    @contextmanager
    def recording(self, name: str, kinds: frozenset[str]) -> Iterator[None]:
        """Run the block in a transaction and remember it as one action, if it changes anything."""
        with self._database.transaction():
            number = self._begin()
            yield
            changed = self._end(number)
        if changed:
            self._forget(self._undone)
            self._steps.append(UndoStep(number, name, kinds))

    def undo(self) -> UndoStep | None:
        """Take back the last action and return it; ``None`` when there is nothing."""
        return self._move(self._steps, self._undone)

    def redo(self) -> UndoStep | None:
        """Do again what was taken back last and return it; ``None`` when there is nothing."""
        return self._move(self._undone, self._steps)

    def clear(self) -> None:
        """Forget all actions."""
        self._steps.clear()
        self._undone.clear()
        self._database.run("DELETE FROM undo_log")

    def _move(self, source: list[UndoStep], target: list[UndoStep]) -> UndoStep | None:
        """Run the inverses of the last step of ``source``; their own go on ``target``."""
        if not source:
            return None
        step = source[-1]
        try:
            number = self._take_back(step)
        except LibraryError:
            self.clear()
            raise
        source.pop()
        target.append(UndoStep(number, step.name, step.kinds))
        return step

    def _take_back(self, step: UndoStep) -> int:
        """Run the inverses of a step, last one first, as one transaction; return its redo."""
        database = self._database
        with database.transaction():
            # A row may come back before the one that it refers to.
            database.run("PRAGMA defer_foreign_keys = ON")
            inverses = database.rows(
                "SELECT inverse FROM undo_log WHERE step = ? ORDER BY id DESC", (step.number,)
            )
            number = self._begin()
            for row in inverses:
                database.run(row["inverse"])
            self._end(number)
            database.run("DELETE FROM undo_log WHERE step = ?", (step.number,))
        return number

    def _begin(self) -> int:
        """Record from now on; return the number of the new step."""
        self._number += 1
        self._database.run("INSERT INTO undo_recording VALUES (?)", (self._number,))
        return self._number

    def _end(self, number: int) -> bool:
        """Record no more; return whether anything changed."""
        self._database.run("DELETE FROM undo_recording")
        found = self._database.row("SELECT 1 FROM undo_log WHERE step = ?", (number,))
        return found is not None

    def _forget(self, steps: list[UndoStep]) -> None:
        """Forget steps with what they would change."""
        for step in steps:
            self._database.run("DELETE FROM undo_log WHERE step = ?", (step.number,))
        steps.clear()


def _triggers(database: Database, table: str) -> tuple[str, str, str]:
    """Return the statements that create the table's three triggers."""
    columns = [row["name"] for row in database.rows(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{column}"' for column in columns)
    values = " || ',' || ".join(f'quote(OLD."{column}")' for column in columns)
    restored = " || ".join(
        f"""CASE WHEN OLD."{column}" IS NOT NEW."{column}"
            THEN ', "{column}" = ' || quote(OLD."{column}") ELSE '' END"""
        for column in columns
    )

    def trigger(event: str, condition: str, inverse: str) -> str:
        return (
            f"CREATE TEMP TRIGGER undo_{table}_{event} AFTER {event} ON main.{table} "
            f"WHEN EXISTS (SELECT 1 FROM undo_recording){condition} BEGIN "
            "INSERT INTO undo_log (step, inverse) "
            f"VALUES ((SELECT step FROM undo_recording), {inverse}); END"
        )

    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    return (
        trigger("INSERT", "", f"'DELETE FROM {table} WHERE rowid = ' || NEW.rowid"),
        trigger(
            "DELETE",
            "",
            f"'INSERT INTO {table} (rowid, {names}) VALUES (' || OLD.rowid || ',' || {values} "
            "|| ')'",
        ),
        trigger(
            "UPDATE",
            f" AND ({changed})",
            f"'UPDATE {table} SET ' || substr({restored}, 3) || ' WHERE rowid = ' || NEW.rowid",
        ),
    )
