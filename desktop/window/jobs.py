"""The serial lane: one thread owns the reader's library, the window asks it and goes on.

Work is handed over as a function of the workspace; its result comes back on the window's thread
through a signal. The lane works in order of arrival, so what was saved is seen by what is read.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import GlossatorError

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

T = TypeVar("T")

log = logging.getLogger(__name__)


class Lane(QObject):
    """One thread with the workspace in it; ``changed`` says which kinds of record a commit changed.

    Jobs that still wait when the lane closes are finished first: nothing asked for is lost.
    """

    changed = Signal(object)  # frozenset[str]
    failed = Signal(object)  # an exception that no caller wanted for itself
    _returned = Signal(object)  # a function to call on the window's thread

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        super().__init__()
        self._open_workspace = open_workspace
        self._jobs: queue.SimpleQueue[Callable[[Workspace], None] | None] = queue.SimpleQueue()
        self._opened = threading.Event()
        self._error: BaseException | None = None
        self._returned.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="library lane", daemon=True)
        self._thread.start()

    def wait_until_open(self) -> None:
        """Wait until the library is open; raise what prevented it."""
        self._opened.wait()
        if self._error is not None:
            raise self._error

    def submit(
        self,
        work: Callable[[Workspace], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run ``work`` on the lane, then ``done`` with its result on the window's thread.

        An exception goes to ``failed``, or to the signal of that name.
        """

        def job(workspace: Workspace) -> None:
            try:
                result = work(workspace)
            except Exception as error:
                caught = error
                if not isinstance(error, GlossatorError):
                    log.exception("A defect in the work on the library")
                self._returned.emit(lambda: (failed or self.failed.emit)(caught))
            else:
                if done is not None:
                    self._returned.emit(lambda: done(result))

        self._jobs.put(job)

    def ask(self, work: Callable[[Workspace], T]) -> T:
        """Run ``work`` on the lane and wait for its result; for start-up and tests only."""
        box: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()

        def job(workspace: Workspace) -> None:
            try:
                box.put((True, work(workspace)))
            except Exception as error:
                box.put((False, error))

        self._jobs.put(job)
        fine, result = box.get()
        if not fine:
            raise result
        answer: T = result
        return answer

    def close(self) -> None:
        """Finish what was asked for, close the library and end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            workspace = self._open_workspace()
        except BaseException as error:
            self._error = error
            self._opened.set()
            return
        workspace.subscribe(self.changed.emit)
        self._opened.set()
        try:
            while (job := self._jobs.get()) is not None:
                job(workspace)
        finally:
            workspace.close()

    def _call(self, function: Callable[[], object]) -> None:
        function()
