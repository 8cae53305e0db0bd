"""Opening files in the window: their progress, what became of them, versions of known texts."""

from __future__ import annotations

import time
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


#: Files that take longer than this are told of, not shown at once.
_AT_ONCE_S = 3.0


class Imports(QObject):
    """Stands between the window and the files that come into its library."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self._version: Version | None = None
        self.importer = Importer(lane)
        self.bar = ImportBar(window)
        self.bar.cancel_wanted.connect(self.importer.cancel)
        self._shown = False  # whether a text of the files under way was shown already
        self.importer.arrived.connect(self._arrived)
        self.importer.stepped.connect(self._show_step)
        self.importer.finished.connect(self._finished)
        self.importer.similar.connect(self._keep_version)
        self.importer.failed.connect(window.messages.report)

    def open_files(self, files: Sequence[Path]) -> None:
        """Add files; a single one is shown, of several the reader is told in one sentence."""
        if files and self._window.desk.text is None:
            self._window.reading_page.show_text(False)
            self._window.no_text.say("Opening…", "It will be here in a moment.")
        self.importer.open_files(files)

    def close(self) -> None:
        """Stop what is under way."""
        self.importer.close()

    def _show_step(self, step: Step) -> None:
        self.bar.show_step(step)

    def _keep_version(self, version: Version) -> None:
        self._version = version

    def _arrived(self, document_id: int) -> None:
        """Show the first text that comes to an empty page."""
        if self._window.desk.text is None and not self._shown:
            self._shown = True
            self._window.open_and_read(document_id)

    def _finished(self, batch: Batch) -> None:
        self.bar.end()
        window, version, self._version = self._window, self._version, None
        window.no_text.say("No text is open", "Drop a file here, or open one.", "Open a text")
        ids, shown, self._shown = batch.ids, self._shown, False
        if not ids and window.desk.text is None:
            window.desk.open_first(())  # the window was started with files that don't open
        # Who went on reading meanwhile is not taken away from it.
        at_once = time.monotonic() - batch.began < _AT_ONCE_S
        if at_once and not shown:
            self._show(ids)
        told = "" if self._says_itself(batch, at_once or shown) else summary(batch)
        if version is not None:
            window.messages.tell(
                f"{told} “{elide(version.title)}” looks like another version of "
                f"“{elide(version.old_title)}”; both are kept.".strip(),
                "Replace the old one",
                lambda: self._replace(version),
            )
        elif told and ids and not at_once:
            window.messages.tell(told, "Show", lambda: self._show(ids))
        elif told:
            window.messages.tell(told)

    def _says_itself(self, batch: Batch, on_show: bool) -> bool:
        """Return whether what became of the files needs no words: one text, which is on show."""
        return on_show and len(batch.ids) == 1 and not batch.errors and not batch.stopped

    def _show(self, ids: Sequence[int]) -> None:
        """Show a single text, or several in the library."""
        if len(ids) == 1:
            self._window.open_and_read(ids[0])
        elif ids:
            self._window.library_view.choose(ids)
            self._window.go_to(Page.LIBRARY)

    def _replace(self, version: Version) -> None:
        self._window.desk.forget([version.id])
        self.importer.replace(version)
        self._window.open_and_read(version.old_id)
