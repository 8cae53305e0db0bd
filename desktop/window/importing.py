"""Files on their way into the library: one after the other, beside the window, to be stopped."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import Cancelled, GlossatorError, InputError
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace
    from desktop.reading.document import Document

log = logging.getLogger(__name__)

#: Longer texts are not compared with those of the library: that would hold up what else waits.
_MOST_COMPARED = 100_000  # words


@dataclass(frozen=True, slots=True)
class Step:
    """Which file is being opened: its number among all that wait, and how far it is (0..1)."""

    number: int
    total: int
    name: str
    fraction: float


@dataclass(slots=True)
class Batch:
    """What became of the files that were opened together."""

    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    stopped: bool = False
    waiting: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def ids(self) -> list[int]:
        """The texts in the library, new or known, in the order of the files."""
        return sorted(self.added + self.known, key=(self.added + self.known).index)


@dataclass(frozen=True, slots=True)
class Version:
    """A new text that seems to be another version of one that is there."""

    id: int
    title: str
    old_id: int
    old_title: str


class Importer(QObject):
    """Reads files on a thread of its own and hands the documents to the lane."""

    stepped = Signal(object)  # Step
    arrived = Signal(int)  # document id
    finished = Signal(object)  # Batch
    similar = Signal(object)  # Version
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._files: queue.SimpleQueue[tuple[Path, Batch] | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._number = self._total = 0

    def open_files(self, files: Sequence[Path]) -> None:
        """Add files to the library, behind those that wait already."""
        if not files:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="importer", daemon=True)
            self._thread.start()
        if self._number == self._total:
            self._number = self._total = 0
        self._stop.clear()
        batch = Batch(waiting=len(files))
        self._total += len(files)
        for path in files:
            self._files.put((path, batch))

    def cancel(self) -> None:
        """Stop opening; what was added so far stays."""
        self._stop.set()

    def close(self) -> None:
        """Stop and end the thread."""
        self._stop.set()
        if self._thread is not None:
            self._files.put(None)
            self._thread.join(timeout=5)

    def replace(self, version: Version) -> None:
        """Put a new text in the place of the version that was there."""

        def work(workspace: Workspace) -> None:
            document = workspace.document(version.id)
            workspace.remove_documents([version.id])
            workspace.replace_text(version.old_id, document)

        self._lane.submit(work, None, self.failed.emit)

    # -- on the importer's thread

    def _run(self) -> None:
        while (job := self._files.get()) is not None:
            path, batch = job
            self._number += 1
            if self._stop.is_set():
                batch.stopped = True
                self._done(batch)
                continue
            try:
                self._read(path, batch)
            except Cancelled:
                batch.stopped = True
                self._done(batch)
            except Exception as error:
                if not isinstance(error, GlossatorError):
                    log.exception("A defect in opening a file")
                batch.errors.append(error)
                self._done(batch)

    def _read(self, path: Path, batch: Batch) -> None:
        from desktop.reading.opener import open_document

        step = Step(self._number, self._total, path.name, 0.0)
        self.stepped.emit(step)

        def watch(fraction: float) -> None:
            if self._stop.is_set():
                raise Cancelled
            self.stepped.emit(Step(self._number, self._total, path.name, fraction))

        document = open_document(path, watch=watch)
        self._lane.submit(
            lambda ws: self._add(ws, document, batch),
            lambda _none: self._done(batch),
            self._failing(batch),
        )

    def _failing(self, batch: Batch) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            batch.errors.append(error)
            self._done(batch)

        return failed

    def _done(self, batch: Batch) -> None:
        """Count a file; the last one of a batch ends it (from either thread, one at a time)."""
        self._lane.submit(lambda _ws: None, lambda _none: self._count(batch))

    # -- on the lane

    def _add(self, workspace: Workspace, document: Document, batch: Batch) -> None:
        known = workspace.known_document(document)
        earlier = None
        if known is None and document.word_count() <= _MOST_COMPARED:
            earlier = workspace.earlier_version(document)
        number = workspace.add_document(document)
        (batch.added if known is None else batch.known).append(number)
        self.arrived.emit(number)
        if earlier is not None:
            self.similar.emit(Version(number, document.name, earlier.id, earlier.title))

    # -- on the window's thread

    def _count(self, batch: Batch) -> None:
        batch.waiting -= 1
        if batch.waiting == 0:
            self.finished.emit(batch)


def summary(batch: Batch) -> str:
    """Return one sentence, or a few, on what became of several files."""
    from desktop.window.wording import counted

    parts = []
    if batch.added:
        parts.append(f"{counted(len(batch.added), 'text')} added to the library.")
    if batch.known:
        was = "was" if len(batch.known) == 1 else "were"
        parts.append(f"{counted(len(batch.known), 'text')} {was} there already.")
    if batch.stopped:
        parts.append("The rest was not opened.")
    if batch.errors:
        first = batch.errors[0]
        said = str(first) if isinstance(first, GlossatorError) else str(
            InputError("One file could not be opened; the details are in the log.")
        )  # fmt: skip
        parts.append(said)
        if len(batch.errors) > 1:
            parts.append(f"{counted(len(batch.errors) - 1, 'more file')} could not be added.")
    return " ".join(parts)
