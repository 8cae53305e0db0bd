"""Remember by a date: what to study until then, and what will be remembered on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import GlossatorError
from desktop.study.chart import counted
from desktop.study.plan_chart import outcome, plan_chart
from desktop.window import theme
from desktop.window.beside import Beside
from desktop.window.chart_card import ChartCard
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.exams import Planned, Planning
    from desktop.operations.statistics import CountedThing

_WAIT = 250  # milliseconds after the last change
_AHEAD = 21  # days, as a first proposal


class ExamDialog(QDialog):
    """Plans anew with each change; nothing of it touches the schedule."""

    study_wanted = Signal(object)  # list of note ids
    look_wanted = Signal(object)  # list of note ids, to be looked at whether due or not

    def __init__(
        self, parent: QWidget, lane: Lane, things: Sequence[CountedThing], chosen: int = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Remember by a date")
        self.resize(700, min(640, parent.height() - 40))
        self._lane, self._beside = lane, Beside("planning")
        self._beside.failed.connect(self._show_error)
        self._planned: Planned | None = None
        self.thing = QComboBox()
        for thing in things:
            self.thing.addItem(thing.name, thing)
        self.thing.setCurrentIndex(chosen)
        today = QDate.currentDate()
        self.date = QDateEdit(today.addDays(_AHEAD))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("d MMMM yyyy")
        self.date.setDateRange(today.addDays(1), today.addDays(730))
        self.goal = QSpinBox()
        self.goal.setRange(60, 99)
        self.goal.setValue(90)
        self.goal.setSuffix(" %")
        self.most_new = QSpinBox()
        self.most_new.setRange(-1, 999)
        self.most_new.setValue(-1)
        self.most_new.setSpecialValueText("as many as needed")
        self.words = QLabel("Planning…")
        self.words.setFont(theme.serif(17, weight=QFont.Weight.DemiBold))
        self.words.setWordWrap(True)
        self.chart = ChartCard()
        self.chart.menu_button.hide()
        self.chart.hide()
        self.study_button = QPushButton("Study today's part")
        self.study_button.setProperty("role", "primary")
        self.look_button = QPushButton()
        self.look_button.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(self.plan)
        self._build()
        for signal in (
            self.thing.currentIndexChanged, self.date.dateChanged, self.goal.valueChanged,
            self.most_new.valueChanged,
        ):  # fmt: skip
            signal.connect(lambda _value: self._wait.start())
        self.study_button.clicked.connect(self._study)
        self.look_button.clicked.connect(self._look)
        self.plan()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(8)
        for name, field in (
            ("What", self.thing),
            ("Until", self.date),
            ("Look again below", self.goal),
            ("New cards a day", self.most_new),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        note = QLabel("The plan is played through with your forgetting curves; it changes nothing.")
        note.setProperty("role", "tiny")
        note.setWordWrap(True)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(note, 1)
        foot.addWidget(close)
        foot.addWidget(self.look_button)
        foot.addWidget(self.study_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self.words)
        column.addWidget(self.chart)
        column.addStretch(1)
        column.addLayout(foot)

    def plan(self) -> None:
        """Plan by what is chosen."""
        thing = self.thing.currentData()
        self.study_button.setEnabled(False)
        self._lane.submit(lambda ws: ws.planning(thing), self._run, self._show_error)

    def _run(self, planning: Planning) -> None:
        day, goal = self.date.date(), self.goal.value() / 100
        exam = date(day.year(), day.month(), day.day())
        most = None if self.most_new.value() < 0 else self.most_new.value()
        self._beside.run(
            lambda _tell: (planning, planning.plan(exam, goal=goal, most_new=most)), self._show
        )

    def _show(self, found: tuple[Planning, Planned]) -> None:
        planning, planned = found
        self._planned = planned
        self.words.setText(outcome(planned.plan, planned.cards, planned.new_limit))
        self.chart.setVisible(bool(planned.cards))
        self.chart.show_chart(plan_chart(planned.plan, planning.today, planned.seconds))
        number, looks = len(planned.today), len(planned.looks)
        self.look_button.setVisible(bool(looks))
        self.look_button.setText(f"Look at {counted(looks, 'note')} once more")
        self.study_button.setEnabled(bool(number))
        self.study_button.setText(f"Study today's {counted(number, 'note')}" if number else "Study")

    def _show_error(self, error: Exception) -> None:
        self.words.setText(str(error) if isinstance(error, GlossatorError) else "No plan was made.")
        self.chart.hide()

    def _study(self) -> None:
        if self._planned is not None:
            self.study_wanted.emit(list(self._planned.today))
            self.accept()

    def _look(self) -> None:
        if self._planned is not None:
            self.look_wanted.emit(list(self._planned.looks))
            self.accept()

    def done(self, result: int) -> None:
        """End what is under way with the dialog."""
        self._wait.stop()
        self._beside.cancel()
        super().done(result)
