"""An open library: its lock, its clock, its settings, its transactions and its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from desktop.library import state
from desktop.library.database import Database
from desktop.library.lock import LibraryLock
from desktop.library.undo import UndoLog
from desktop.paths import Folders, library_file
from desktop.settings import Settings
from desktop.study.session import StudyDay, study_day

if TYPE_CHECKING:
    from desktop.glossary.sources.opening import SourceList

Listener = Callable[[frozenset[str]], None]

#: The kinds of record that listeners hear about.
KINDS = frozenset(
    {"documents", "glossary", "notes", "cards", "reviews", "settings", "marks", "decks"}
)


class OpenLibrary:
    """What every part of a workspace stands on; ``open`` makes one, ``close`` ends it."""

    def __init__(
        self,
        database: Database,
        lock: LibraryLock,
        now: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        self._database = database
        self._lock = lock
        self._clock = now
        self._zone = zone
        self._undo = UndoLog(database)
        self._removed: set[str] = set()  # the texts of documents that were removed this session
        self._listeners: list[Listener] = []
        self._settings: Settings | None = None
        self._cache: Path | None = None

    @classmethod
    def open(
        cls,
        folders: Folders,
        *,
        now: Callable[[], datetime] | None = None,
        zone: tzinfo | None = None,
    ) -> Self:
        """Open the reader's library, or make an empty one.

        ``now`` returns an aware time (the system's clock by default); ``zone`` decides when a day
        begins (the system's by default). Raises ``LibraryInUseError`` when another Glossator has
        it open and ``LibraryError`` when it can't be used.
        """
        path = library_file(folders)
        lock = LibraryLock(path)
        try:
            database = Database.open(path)
            library = cls(database, lock, now or (lambda: datetime.now(UTC)), zone)
            library._cache = folders.cache
            return library
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the library and let others open it."""
        try:
            self._database.close()
        finally:
            self._lock.release()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the changed kinds after each commit; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def settings(self) -> Settings:
        """Return the reader's settings."""
        if self._settings is None:
            self._settings = state.read_settings(self._database)
        return self._settings

    def sources(self) -> SourceList:
        """Return the reader's dictionaries and encyclopaedias, for an analysis."""
        from desktop.glossary.sources.opening import SourceList

        return SourceList(self.settings().sources, self._cache)

    def save_settings(self, settings: Settings) -> None:
        """Store the reader's settings."""
        with self._change("settings"):
            state.write_settings(self._database, settings)
            self._settings = None

    def state(self, key: str) -> Any | None:
        """Return a JSON value that ``save_state`` stored, ``None`` where there is none."""
        return state.read_state(self._database, key)

    def save_state(self, key: str, value: Any) -> None:
        """Store a JSON value of the window: geometry, splitter, last document."""
        with self._change():
            state.write_state(self._database, key, value)

    def undo(self) -> str | None:
        """Take back the reader's last action of this session and return its name."""
        step = self._undo.undo()
        if step is None:
            return None
        self._tell(step.kinds)
        return step.name

    def redo(self) -> str | None:
        """Do again what was taken back last and return its name."""
        step = self._undo.redo()
        if step is None:
            return None
        self._tell(step.kinds)
        return step.name

    def undo_name(self) -> str | None:
        """Return the name of the action that ``undo`` would take back."""
        return self._undo.next_name

    def redo_name(self) -> str | None:
        """Return the name of the action that ``redo`` would do again."""
        return self._undo.next_redo_name

    def _now(self) -> datetime:
        """Return the time in UTC, in the whole milliseconds that the library keeps."""
        now = self._clock().astimezone(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _today(self) -> StudyDay:
        """Return the present day of study."""
        return study_day(self._now(), self.settings().day_start_hour, self._zone)

    @contextmanager
    def _change(self, *kinds: str) -> Iterator[None]:
        """Run the block as one transaction and tell the listeners."""
        with self._database.transaction():
            yield
        self._tell(frozenset(kinds))

    @contextmanager
    def _action(self, name: str, *kinds: str) -> Iterator[None]:
        """Run the block as one transaction that can be undone, and tell the listeners."""
        with self._undo.recording(name, frozenset(kinds)):
            yield
        self._tell(frozenset(kinds))

    def _tell(self, kinds: frozenset[str]) -> None:
        """Tell the listeners which kinds changed."""
        if kinds:
            for listener in tuple(self._listeners):
                listener(kinds)
