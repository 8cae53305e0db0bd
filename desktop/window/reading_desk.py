"""How far the reader has come in the open text, and what they remember of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.window.jobs import Lane
from desktop.window.set_page import make_timer

if TYPE_CHECKING:
    from desktop.glossary.guard import Place
    from desktop.operations.workspace import Workspace

_SAVE_MS = 400
#: Who jumped ahead and stays so long has read there.
_STAY_MS = 20_000
_MEMORY_MS = 250
#: Memory fades while a window stands open.
_FADE_MS = 600_000


class ReadingDesk(QObject):
    """Keeps the furthest place read in the library; works through the lane."""

    reach_changed = Signal(object)  # Place: the furthest that was ever read
    memory_changed = Signal(object)  # dict[str, float]: share remembered by a term's name
    recall_changed = Signal(object)  # TextRecall of the open text

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._document_id: int | None = None
        self._reach: Place | None = None  # None until the library told it
        self._view: tuple[Place, Place] | None = None  # the beginning and end of what is on show
        self._save_timer = make_timer(self, _SAVE_MS, self.flush)
        self._stay_timer = make_timer(self, _STAY_MS, self._stayed)
        self._memory_timer = make_timer(self, _MEMORY_MS, self.ask_for_memory)
        lane.changed.connect(self._library_changed)

    @property
    def reach(self) -> Place:
        """The furthest place that was ever read; the beginning until the library told it."""
        return self._reach or (0, 0)

    def set_document(self, document_id: int | None) -> None:
        """Go to another text."""
        self.flush()
        self._document_id, self._reach, self._view = document_id, None, None
        self._stay_timer.stop()
        if document_id is None:
            return

        def told(place: Place) -> None:
            if self._document_id == document_id:
                self._reach = place
                self.reach_changed.emit(place)
                if self._view is not None:
                    self.show_view(*self._view)

        self._lane.submit(lambda ws: ws.furthest_read(document_id), told)
        self._memory_timer.start()

    def show_view(self, first: Place, last: Place) -> None:
        """Note which part of the text is on show, at rest.

        What follows on what was read is read; a jump ahead is not, until the reader stays there.
        """
        self._view = (first, last)
        if self._reach is None:
            return
        if first <= self._reach:
            self._extend(last)
        else:
            self._stay_timer.start()

    def flush(self) -> None:
        """Store the furthest place."""
        if self._save_timer.isActive() and self._document_id is not None and self._reach:
            self._save_timer.stop()
            document_id, place = self._document_id, self._reach
            self._lane.submit(lambda ws: ws.save_furthest_read(document_id, place))

    def ask_for_memory(self) -> None:
        """Ask how well terms and sentences are remembered, off the window's thread."""
        self._lane.submit(_memory, self.memory_changed.emit)
        number = self._document_id
        if number is not None:

            def told(recall: object) -> None:
                if self._document_id == number:
                    self.recall_changed.emit(recall)

            self._lane.submit(lambda ws: ws.text_recall(number), told)
        self._memory_timer.setInterval(_FADE_MS)
        self._memory_timer.start()

    def _extend(self, place: Place) -> None:
        self._stay_timer.stop()
        if self._reach is not None and place > self._reach:
            self._reach = place
            self._save_timer.start()
            self.reach_changed.emit(place)

    def _stayed(self) -> None:
        if self._view is not None:
            self._extend(self._view[1])

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"notes", "cards", "reviews", "settings"}:
            self._memory_timer.setInterval(_MEMORY_MS)
            self._memory_timer.start()


def _memory(workspace: Workspace) -> dict[str, float]:
    return workspace.term_memory()
