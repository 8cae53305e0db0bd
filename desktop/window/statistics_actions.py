"""The statistics page in the window: what it asks for, and what comes back to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.jobs import Lane
from desktop.window.rail import Page
from desktop.window.statistics_desk import StatisticsDesk

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


class StatisticsActions(QObject):
    """Joins the page with what counts for it."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self.desk: StatisticsDesk = StatisticsDesk(lane)
        view = window.statistics_view
        window.page_entered.connect(self._page_entered)
        self.desk.counted.connect(view.show_statistics)
        self.desk.things_changed.connect(view.show_things)
        self.desk.failed.connect(window.messages.report)
        view.thing_chosen.connect(self.desk.choose)
        view.saved.connect(self._tell_saved)
        view.failed.connect(window.messages.report)

    def close(self) -> None:
        """End what is under way."""
        self.desk.close()

    def _page_entered(self, page: int) -> None:
        self.desk.set_shown(page == Page.STATISTICS)

    def _tell_saved(self, path: Path) -> None:
        self._window.messages.tell(f"Saved as {path.name}.")
