"""The statistics page in the window: what it asks for, what comes back, and its two dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from desktop.window.jobs import Lane
from desktop.window.rail import Page
from desktop.window.statistics_desk import StatisticsDesk

if TYPE_CHECKING:
    from desktop.library.study_decks import Preset
    from desktop.operations.fitting import Fitted
    from desktop.operations.statistics import CountedThing
    from desktop.window.main_window import MainWindow


class StatisticsActions(QObject):
    """Joins the page with what counts for it."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self._dialog: QDialog | None = None
        self.desk: StatisticsDesk = StatisticsDesk(lane)
        window.statistics_place.made.connect(self._connect)
        window.page_entered.connect(self._page_entered)
        self.desk.texts_counted.connect(window.library_view.show_memories)
        self.desk.failed.connect(window.messages.report)

    def _connect(self) -> None:
        view = self._window.statistics_view
        self.desk.counted.connect(view.show_statistics)
        self.desk.things_changed.connect(view.show_things)
        view.thing_chosen.connect(self.desk.choose)
        view.saved.connect(self._tell_saved)
        view.failed.connect(self._window.messages.report)
        view.plan_wanted.connect(self.plan)
        view.fit_wanted.connect(self.fit)

    def close(self) -> None:
        """End what is under way."""
        if self._dialog is not None:
            self._dialog.reject()
        self.desk.close()

    def plan(self) -> None:
        """Let the reader plan for a date."""
        failed = self._window.messages.report
        self._lane.submit(lambda ws: ws.counted_things(), self._show_plan, failed)

    def fit(self) -> None:
        """Let the reader fit the schedule to their answers."""
        failed = self._window.messages.report
        self._lane.submit(lambda ws: ws.presets(), self._show_fit, failed)

    def _show_plan(self, things: Sequence[CountedThing]) -> None:
        from desktop.window.exam_dialog import ExamDialog

        chosen = self._window.statistics_view.thing.currentData()
        at = next((i for i, thing in enumerate(things) if thing == chosen), 0)
        dialog = ExamDialog(self._window, self._lane, things, at)
        dialog.study_wanted.connect(self._study)
        dialog.look_wanted.connect(self._look)
        self._open(dialog)

    def _show_fit(self, presets: Sequence[Preset]) -> None:
        from desktop.window.fit_dialog import FitDialog

        dialog = FitDialog(self._window, self._lane, presets)
        dialog.taken.connect(self._take_fit)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog whose work ends with it, and with the window."""
        self._dialog = dialog
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    def _dialog_closed(self, _result: int) -> None:
        self._dialog = None  # the window owns it: an answer of the library may still come to it

    def _take_fit(self, fitted: Fitted) -> None:
        def done(_nothing: None) -> None:
            self._window.messages.tell(
                "Cards are scheduled by your own memory now.", "Undo", self._window.cards.undo
            )

        failed = self._window.messages.report
        self._lane.submit(lambda ws: ws.take_fit(fitted), done, failed)

    def _study(self, note_ids: Sequence[str]) -> None:
        self._window.study.study_only(note_ids)
        self._window.go_to(Page.STUDY)

    def _look(self, note_ids: Sequence[str]) -> None:
        """Go through cards that are not due; their schedule stays."""
        from desktop.study.cramming import CramOrder

        study = self._window.study
        study.study_only(note_ids)
        study.begin_cramming(CramOrder.FADING_FIRST, len(note_ids))
        self._window.go_to(Page.STUDY)

    def _page_entered(self, page: int) -> None:
        shown = page == Page.STATISTICS
        if shown:
            self._window.statistics_place.make()
        self.desk.set_shown(shown)
        if page == Page.LIBRARY:
            self.desk.count_texts()

    def _tell_saved(self, path: Path) -> None:
        self._window.messages.tell(f"Saved as {path.name}.")
