"""The thread on which a text is laid out for paper: a long one takes longer than a frame."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import GlossatorError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.window.printed_text import PrintedText

log = logging.getLogger(__name__)


class PrintWorker(QObject):
    """Makes one text after another and paints its pages; answers by signals."""

    laid_out = Signal(int)  # how many pages there are
    painted = Signal(int, object)  # number of the page, QImage
    written = Signal(object)  # Path of a PDF
    printed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._text: PrintedText | None = None
        self._made = 0  # layouts that were asked for: the last one counts
        self._thread = threading.Thread(target=self._run, name="print worker", daemon=True)
        self._thread.start()

    def lay_out(self, make: Callable[[], PrintedText]) -> None:
        """Lay a text out; ``make`` is called on the thread."""
        self._made += 1
        wanted = self._made

        def work() -> None:
            if wanted == self._made:
                self._text = make()
                self.laid_out.emit(self._text.pages)

        self._jobs.put(work)

    def paint(self, number: int, width: int, ratio: float) -> None:
        """Paint a page as a picture."""

        def work() -> None:
            if self._text is not None and 0 <= number < self._text.pages:
                self.painted.emit(number, self._text.image(number, width, ratio))

        self._jobs.put(work)

    def write(self, path: Path) -> None:
        """Write the text as PDF."""
        from desktop.window.printed_text import write_pdf

        def work() -> None:
            if self._text is not None:
                write_pdf(path, self._text)
                self.written.emit(path)

        self._jobs.put(work)

    def print_on(self, printer: QPrinter, first: int, last: int) -> None:
        """Print the pages ``first`` to ``last`` (from 1; 0: all)."""

        def work() -> None:
            if self._text is not None:
                pages = range(max(0, first - 1), min(last or self._text.pages, self._text.pages))
                self._text.print_on(printer, pages)
                self.printed.emit()

        self._jobs.put(work)

    def close(self) -> None:
        """Finish what was asked for and end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:
                if not isinstance(error, GlossatorError):
                    log.exception("A defect in printing")
                self.failed.emit(error)
        self._text = None  # it dies on the thread that made it
