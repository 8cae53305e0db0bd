"""What stands between the statistics page and the library: counting, beside both of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.window.beside import Beside
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.statistics import CountedThing, Counting


class StatisticsDesk(QObject):
    """Counts while the page is on show, anew when something was answered meanwhile."""

    counted = Signal(object)  # Statistics
    things_changed = Signal(object)  # list[CountedThing]
    texts_counted = Signal(object)  # dict[int, TextMemory], by document
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._beside = Beside("statistics")
        self._beside.failed.connect(self.failed)
        self._texts_beside = Beside("memory of texts")
        self._texts_beside.failed.connect(self.failed)
        self._thing: CountedThing | None = None  # None: everything
        self._shown = False
        lane.changed.connect(self._library_changed)

    def set_shown(self, shown: bool) -> None:
        """Say whether the page is on show."""
        self._shown = shown
        if shown:
            self._lane.submit(
                lambda ws: ws.counted_things(), self.things_changed.emit, self.failed.emit
            )
            self.count()

    def choose(self, thing: CountedThing) -> None:
        """Count the cards of something else."""
        self._thing = thing
        self.count()

    def count(self) -> None:
        """Count anew."""
        thing = self._thing
        self._lane.submit(lambda ws: ws.counting(thing), self._run, self.failed.emit)

    def count_texts(self) -> None:
        """Count how well each text is remembered."""
        self._lane.submit(lambda ws: ws.counting(), self._run_texts, self.failed.emit)

    def close(self) -> None:
        """End what is under way."""
        self._beside.close()
        self._texts_beside.close()

    def _run(self, counting: Counting) -> None:
        self._beside.run(lambda _tell: counting.read(), self.counted.emit)

    def _run_texts(self, counting: Counting) -> None:
        self._texts_beside.run(lambda _tell: counting.texts(), self.texts_counted.emit)

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if self._shown and kinds & {"notes", "cards", "reviews"}:
            self.count()
