"""Takes what a second start of the program asks for: its files and links open in this window."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.operations.second_start import take_requests


class SecondStarts(QObject):
    """Watches ``folder`` while the window is open; ``asked`` brings files and links as given."""

    asked = Signal(object)  # list[str]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        with contextlib.suppress(OSError):
            # What a crash left was withdrawn long ago by those who asked.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            self._watcher.addPath(str(folder))

    def close(self) -> None:
        """Take no more requests."""
        self._watcher.directoryChanged.disconnect(self._look)
        shutil.rmtree(self._folder, ignore_errors=True)

    def show(self, window: QWidget) -> None:
        """Bring the window to the front, where the desktop allows it."""
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _look(self) -> None:
        for wanted in take_requests(self._folder):
            self.asked.emit(wanted)
