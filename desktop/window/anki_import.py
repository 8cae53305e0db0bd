"""Taking decks from Anki in: the package is read beside the window, told of, then taken in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.errors import Cancelled, GlossatorError, InputError
from desktop.window.import_bar import ImportBar
from desktop.window.importing import Step
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.anki_packages import ImportPlan, Incoming
    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)

#: The endings of what Anki exports.
PACKAGES = (".apkg", ".colpkg")


def is_package(path: Path) -> bool:
    """Return whether a file is called as Anki calls its packages."""
    return path.suffix.lower() in PACKAGES


class AnkiImport(QObject):
    """Brings packages into the library, one after the other; the reader agrees to each."""

    told = Signal(object)  # ImportPlan: what was done
    _stepped = Signal(float)
    _read = Signal(object)  # Incoming
    _failed = Signal(object)

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self._lane = lane
        self._waiting: list[Path] = []
        self._path: Path | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.bar = ImportBar(window)
        self.bar.cancel_wanted.connect(self._stop.set)
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._plan, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def choose(self) -> None:
        """Ask for packages and take them in."""
        endings = " ".join(f"*{ending}" for ending in PACKAGES)
        chosen, _filter = QFileDialog.getOpenFileNames(
            self._window, "Import from Anki", "", f"Anki decks ({endings})"
        )
        self.open([Path(name) for name in chosen])

    def open(self, files: Sequence[Path]) -> None:
        """Take packages in, after those that wait already."""
        self._waiting += files
        if self._path is None:
            self._next()

    def close(self) -> None:
        """Stop what is under way."""
        self._waiting.clear()
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _next(self) -> None:
        self.bar.end()
        self._path = self._waiting.pop(0) if self._waiting else None
        if self._path is not None:
            self._stop.clear()
            self._show_step(0.0)
            self._thread = threading.Thread(target=self._work, args=(self._path,), daemon=True)
            self._thread.start()

    def _work(self, path: Path) -> None:
        from desktop.operations.anki_packages import read_package

        try:
            incoming = read_package(path, report=self._report_step)
        except GlossatorError as error:
            self._failed.emit(error)
        except Exception as error:
            log.exception("A defect in the reading of a package")
            self._failed.emit(error)
        else:
            self._read.emit(incoming)

    def _report_step(self, done: int, total: int) -> None:
        """Tell how far it is, from whatever thread; stop it where the reader wants that."""
        if self._stop.is_set():
            raise Cancelled("The import was stopped.")
        self._stepped.emit(done / max(total, 1))

    def _show_step(self, fraction: float) -> None:
        if self._path is not None:
            self.bar.show_step(Step(1, 1, self._path.name, fraction))

    def _plan(self, incoming: Incoming) -> None:
        self._lane.submit(
            lambda workspace: workspace.plan_import(incoming),
            lambda plan: self._ask(incoming, plan),
            self._report,
        )

    def _ask(self, incoming: Incoming, plan: ImportPlan) -> None:
        from desktop.window.anki_import_dialog import AnkiImportDialog

        self.bar.end()
        if not plan.fates:
            self._report(InputError(f"{incoming.path.name} holds no cards."))
        elif AnkiImportDialog(self._window, incoming, plan).exec():
            self._show_step(0.0)
            self._lane.submit(
                lambda workspace: workspace.take_in(incoming, report=self._report_step),
                self._taken,
                self._report,
            )
        else:
            self._next()

    def _taken(self, plan: ImportPlan) -> None:
        self.told.emit(plan)
        self._next()

    def _report(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._window.messages.report(error)
        else:
            self._window.messages.tell("The import was stopped; nothing was taken in.")
        self._next()
