"""Small questions of the study page: cramming, catching up, a vacation."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.study_options import Backlog
from desktop.study.cramming import CramOrder
from desktop.window.wording import counted

_ORDERS = {
    "At random": CramOrder.RANDOM,
    "Most fading first": CramOrder.FADING_FIRST,
    "As in the texts": CramOrder.POSITION,
}


class _Question(QDialog):
    """A title, an explanation, some fields, and two buttons."""

    def __init__(self, parent: QWidget, title: str, text: str, go: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.text = QLabel(text)
        self.text.setWordWrap(True)
        self.text.setProperty("role", "muted")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(18)
        self.form.setVerticalSpacing(10)
        self.go = QPushButton(go)
        self.go.setProperty("role", "primary")
        buttons = QDialogButtonBox()
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 18)
        column.setSpacing(16)
        column.addWidget(self.text)
        column.addLayout(self.form)
        column.addWidget(buttons)


class CramDialog(_Question):
    """Asks in which order and how many cards are crammed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, "Cram",
            "Go through the cards of what is studied now, due or not, until each was known."
            " Their schedule stays as it is, and nothing is written to their history.",
            "Begin",
        )  # fmt: skip
        self.orders = QComboBox()
        self.orders.addItems(list(_ORDERS))
        self.number = QSpinBox()
        self.number.setRange(1, 9999)
        self.number.setValue(100)
        self.number.setSuffix(" cards at most")
        self.form.addRow("Order", self.orders)
        self.form.addRow("Number", self.number)

    @property
    def order(self) -> CramOrder:
        """The order that was chosen."""
        return _ORDERS[self.orders.currentText()]

    @property
    def limit(self) -> int:
        """How many cards at most."""
        return self.number.value()


class CatchUpDialog(_Question):
    """Asks over how many days a backlog is spread; 0 days end that."""

    def __init__(self, parent: QWidget, backlog: Backlog) -> None:
        super().__init__(
            parent, "Catch up",
            f"{counted(backlog.waiting, 'review')} wait. They are spread over some days, those"
            " that fade most first; new cards come again when a day's share is done.",
            "Spread",
        )  # fmt: skip
        self._waiting = backlog.waiting
        self.days = QSpinBox()
        self.days.setRange(0 if backlog.days_left else 1, 365)
        self.days.setSpecialValueText("Not at all")
        self.days.setValue(backlog.days_left or max(2, min(backlog.waiting // 100, 30)))
        self.days.setSuffix(" days")
        self.share = QLabel()
        self.form.addRow("Spread over", self.days)
        self.form.addRow("", self.share)
        self.days.valueChanged.connect(self._tell)
        self._tell()

    @property
    def chosen_days(self) -> int:
        """The days that were chosen."""
        return self.days.value()

    def _tell(self) -> None:
        days = self.days.value()
        share = -(-self._waiting // days) if days else 0
        self.share.setText(f"About {counted(share, 'review')} a day, and what comes due anew"
                           if days else "The limits of the decks hold again")  # fmt: skip


class VacationDialog(_Question):
    """Asks from which day to which nothing is to be asked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, "Vacation",
            "Nothing is asked on these days. What comes due meanwhile is spread over as many days"
            " after them, two weeks at most, most fading first. You can come back earlier.",
            "Take the days off",
        )  # fmt: skip
        today = QDate.currentDate()
        self.first, self.last = QDateEdit(today), QDateEdit(today.addDays(7))
        for name, field in (("First day", self.first), ("Last day", self.last)):
            field.setCalendarPopup(True)
            field.setDisplayFormat("d MMMM yyyy")
            field.setMinimumDate(today)
            self.form.addRow(name, field)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        first, last = (
            date(field.date().year(), field.date().month(), field.date().day())
            for field in (self.first, self.last)
        )
        return first, max(first, last)
