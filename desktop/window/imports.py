"""Opening files in the window: their progress, what became of them, versions of known texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.import_bar import ImportBar
from desktop.window.importing import Batch, Importer, Step, Version, summary
from desktop.window.messages import elide
from desktop.window.rail import Page

if TYPE_CHECKING:
    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow


class Imports(QObject):
    """Stands between the window and the files that come into its library."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self._version: Version | None = None
        self.importer = Importer(lane)
        self.bar = ImportBar(window)
        self.bar.cancel_wanted.connect(self.importer.cancel)
        self.importer.stepped.connect(self._show_step)
        self.importer.finished.connect(self._finished)
        self.importer.similar.connect(self._keep_version)
        self.importer.failed.connect(window.messages.report)

    def open_files(self, files: Sequence[Path]) -> None:
        """Add files; a single one is shown, of several the reader is told in one sentence."""
        self.importer.open_files(files)

    def close(self) -> None:
        """Stop what is under way."""
        self.importer.close()

    def _show_step(self, step: Step) -> None:
        self.bar.show_step(step)

    def _keep_version(self, version: Version) -> None:
        self._version = version

    def _finished(self, batch: Batch) -> None:
        self.bar.end()
        window, version, self._version = self._window, self._version, None
        ids = batch.ids
        if len(ids) == 1:
            window.open_and_read(ids[0])
        elif ids:
            window.go_to(Page.LIBRARY)
            window.library_view.choose(ids)
        alone = len(ids) == 1 and not batch.errors and not batch.stopped
        told = "" if alone else summary(batch)
        if version is not None:
            window.messages.tell(
                f"{told} “{elide(version.title)}” looks like another version of "
                f"“{elide(version.old_title)}”; both are kept.".strip(),
                "Replace the old one",
                lambda: self._replace(version),
            )
        elif told:
            window.messages.tell(told)

    def _replace(self, version: Version) -> None:
        self._window.desk.forget([version.id])
        self.importer.replace(version)
        self._window.open_and_read(version.old_id)
