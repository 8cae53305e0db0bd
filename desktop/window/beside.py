"""Long work beside the window and the library's lane: one thread, with progress and an end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import Cancelled, GlossatorError

T = TypeVar("T")

log = logging.getLogger(__name__)


class Beside(QObject):
    """Runs one work at a time; a new one takes the place of the one before it."""

    failed = Signal(object)
    _returned = Signal(object)  # a function to call on the window's thread

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._returned.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._thread is not None and self._thread.is_alive()

    def run(
        self,
        work: Callable[[Callable[[float], None]], T],
        done: Callable[[T], object],
        progress: Callable[[float], object] | None = None,
    ) -> None:
        """Run ``work`` on a thread, then ``done`` with its result on the window's.

        The work is handed a function to tell its progress (0..1), which raises ``Cancelled`` in it
        when nobody wants the result any more.
        """
        self.cancel()
        stop = self._stop = threading.Event()

        def tell(share: float) -> None:
            if stop.is_set():
                raise Cancelled
            if progress is not None:
                self._returned.emit(lambda: None if stop.is_set() else progress(share))

        def job() -> None:
            try:
                result = work(tell)
            except Cancelled:
                return
            except Exception as error:
                if stop.is_set():
                    return  # whoever asked may be gone
                caught = error
                if not isinstance(error, GlossatorError):
                    log.exception("A defect in the work of %s", self._name)
                self._returned.emit(lambda: None if stop.is_set() else self.failed.emit(caught))
            else:
                self._returned.emit(lambda: None if stop.is_set() else done(result))

        self._thread = threading.Thread(target=job, name=self._name, daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Let the work end where it next tells its progress; its result is not wanted."""
        self._stop.set()

    def close(self) -> None:
        """End the work and wait for that."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _call(self, function: Callable[[], object]) -> None:
        function()
