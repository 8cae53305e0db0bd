"""The statistics page: charts of what was studied, in two columns where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import GlossatorError
from desktop.study.chart import Chart, counted, in_minutes, number
from desktop.study.charts import MAKERS
from desktop.study.day_bins import Period
from desktop.window.chart_card import ChartCard
from desktop.window.empty_state import EmptyState
from desktop.window.icons import IconButton
from desktop.window.segments import Segments

if TYPE_CHECKING:
    from desktop.operations.statistics import CountedThing
    from desktop.study.statistics import Statistics

_PERIODS = {
    "1 month": Period.MONTH,
    "3 months": Period.QUARTER,
    "1 year": Period.YEAR,
    "All": Period.ALL,
}
_TWO_COLUMNS = 860  # pixels from which on charts stand side by side
_WIDE = frozenset({"forecast", "calendar", "texts", "added"})


class StatisticsView(QWidget):
    """Shows the numbers that it is given; what is to be counted goes out as a signal."""

    thing_chosen = Signal(object)  # CountedThing
    saved = Signal(object)  # Path
    failed = Signal(object)
    plan_wanted = Signal()
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Statistics")
        self._found: Statistics | None = None
        self._columns, self._slot = 1, (0, 0)
        self._left: list[Callable[[Statistics, Period], Chart]] = []  # charts to be shown still
        self._steps = QTimer(self)
        self._steps.setInterval(0)
        self._steps.timeout.connect(self._show_next)
        self.views: dict[str, ChartCard] = {}
        self.thing = QComboBox()
        self.thing.setAccessibleName("What is counted")
        self.thing.setMinimumWidth(180)
        self.thing.setMaximumWidth(320)
        self.period = Segments(_PERIODS, "Period")
        self.today = QLabel()
        self.today.setProperty("role", "muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(28, 20, 28, 28)
        column.setSpacing(14)
        column.addWidget(self.today)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        self.empty = EmptyState(
            "study",
            "Nothing to count yet",
            "What you study is counted here from the first card on.",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(self._stack, 1)
        self.period.chosen.connect(lambda _name: self._show())
        self.thing.activated.connect(self._choose)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("header")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(56)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(14)
        title = QLabel("Statistics")
        title.setProperty("role", "section")
        row.addWidget(title)
        row.addStretch()
        row.addWidget(self.thing)
        row.addWidget(self.period)
        row.addWidget(self._menu_button())
        return head

    def _menu_button(self) -> QWidget:
        self.more = IconButton("more", "Plan and fit")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self.more)
        menu.addAction("Remember by a date…", self.plan_wanted.emit)
        menu.addAction("Fit the schedule to your answers…", self.fit_wanted.emit)
        self.more.setMenu(menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return self.more

    def show_things(self, things: Sequence[CountedThing]) -> None:
        """Offer what can be counted; the choice stays where it is still there."""
        chosen = self.thing.currentData()
        self.thing.clear()
        for thing in things:
            self.thing.addItem(thing.name, thing)
        at = next((i for i, thing in enumerate(things) if thing == chosen), 0)
        self.thing.setCurrentIndex(at)
        if things and chosen is not None and things[at] != chosen:
            self.thing_chosen.emit(things[at])

    def show_statistics(self, found: Statistics) -> None:
        """Show other numbers."""
        self._found = found
        self._show()

    def focus_target(self) -> QWidget:
        """Return what takes the keys when the page is entered."""
        first = next(iter(self.views.values()), None)
        return first.canvas if first is not None else self.thing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the charts in as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Show the charts in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for view in getattr(self, "views", {}).values():
                view.canvas.update()
                view.legend.update()

    # -- inside

    def _show(self) -> None:
        """Show the charts one after the other, so that the window answers in between."""
        found = self._found
        if found is None:
            return
        if not found.days and not sum(found.cards.maturity.values()):
            self._left = []
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self.today.setText(_today(found))
        self._left = list(MAKERS)
        self._steps.start()

    def _show_next(self) -> None:
        if not self._left or self._found is None:
            self._steps.stop()
            return
        chart = self._left.pop(0)(self._found, _PERIODS[self.period.choice])
        view = self.views.get(chart.key)
        if view is None:
            view = self.views[chart.key] = ChartCard()
            view.save_wanted.connect(self._save)
            view.canvas.entered.connect(lambda v=view: self.area.ensureWidgetVisible(v, 0, 12))
            self._place(chart.key, view)
        view.show_chart(chart)

    def _arrange(self) -> None:
        """Put wide charts over the whole width, the others side by side."""
        columns = 2 if self.width() >= _TWO_COLUMNS else 1
        if columns == self._columns:
            return
        self._columns, self._slot = columns, (0, 0)
        for key, view in self.views.items():
            self._place(key, view)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def _place(self, key: str, view: ChartCard) -> None:
        """Put a chart at the next free place."""
        row, column = self._slot
        wide = key in _WIDE or self._columns == 1
        if wide and column:
            row, column = row + 1, 0
        self._grid.addWidget(view, row, column, 1, self._columns if wide else 1)
        column = 0 if wide or column else 1
        self._slot = (row + (not column), column)

    def _choose(self, at: int) -> None:
        self.thing_chosen.emit(self.thing.itemData(at))

    def _save(self, view: ChartCard, ending: str) -> None:
        """Ask where to, and write the picture or the numbers."""
        assert view.chart is not None
        kind = "Pictures (*.png)" if ending == "png" else "Comma-separated values (*.csv)"
        name, _filter = QFileDialog.getSaveFileName(
            self, "Save the chart", f"{view.chart.title}.{ending}", kind
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != f".{ending}":
            path = path.with_name(f"{path.name}.{ending}")
        try:
            view.save(path)
        except GlossatorError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(path)


def _today(found: Statistics) -> str:
    """Return what was studied today, in a sentence."""
    day = found.days.get(found.today)
    if day is None:
        return "Nothing was answered today yet."
    right = sum(day.right)
    return (
        f"Today: {counted(day.total, 'answer')} in {in_minutes(day.seconds)}, "
        f"{number(100 * right / day.total)} % right."
    )
