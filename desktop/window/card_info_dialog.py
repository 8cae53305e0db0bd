"""About a card: its state, its curve of forgetting, and every answer to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.marking import FLAGS, CardInfo
from desktop.study.card import CardState, Rating, Review
from desktop.study.scheduler import format_interval
from desktop.window import theme
from desktop.window.forgetting_curve import ForgettingCurve

_STATES = {
    CardState.NEW: "New",
    CardState.LEARNING: "Learning",
    CardState.REVIEW: "Review",
    CardState.RELEARNING: "Relearning",
}
_RATINGS = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}
_COLUMNS = ("When", "Kind", "Answer", "Interval", "Stability", "Difficulty", "Time")


class CardInfoDialog(QDialog):
    """Shows what is known of a card."""

    def __init__(self, parent: QWidget, info: CardInfo) -> None:
        super().__init__(parent)
        self.setWindowTitle("About the card")
        self.resize(min(760, parent.width() - 40), min(700, parent.height() - 40))
        title = QLabel(info.note.front)
        title.setFont(theme.serif(theme.TYPE_LARGE + 2, weight=QFont.Weight.DemiBold))
        title.setWordWrap(True)
        self.table = _table(info)
        close = QPushButton("Close")
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 18)
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(_facts(info))
        if info.history:
            self.curve = ForgettingCurve(info)
            column.addWidget(self.curve, 3)
            column.addWidget(self.table, 2)
        else:
            column.addWidget(_muted("This card was not answered yet."))
            column.addStretch(1)
        column.addWidget(buttons)


def facts_of(info: CardInfo) -> list[tuple[str, str]]:
    """Return what is told of a card, each with its name."""
    card = info.card
    share = info.retrievability
    spent = sum(review.took_ms for review in info.history) / 1000
    each = spent / max(len(info.history), 1)
    pairs: list[tuple[str, str | None]] = [
        ("Deck", info.deck.replace("::", " › ")),
        ("State", _STATES[card.state] + (", suspended" if card.suspended else "")),
        ("Due", _moment(card.due)),
        ("Last answer", _moment(card.last_review)),
        ("Remembered now", None if share is None else f"{share:.0%}"),
        ("Stability", None if card.stability is None else _days(card.stability)),
        ("Difficulty", None if card.difficulty is None else f"{card.difficulty / 10:.0%}"),
        ("Answers", f"{card.reps}, of these {card.lapses} lapses"),
        ("Time", f"{spent:.0f} s, {each:.1f} s each" if info.history else None),
        ("Flag", FLAGS[card.flag] if card.flag else None),
        ("Tags", ", ".join(info.note.tags) or None),
        ("Text", info.note.title or None),
    ]
    return [(name, value) for name, value in pairs if value]


def _facts(info: CardInfo) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    for number, (name, value) in enumerate(facts_of(info)):
        label, text = QLabel(name), QLabel(value)
        label.setProperty("role", "muted")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row, place = divmod(number, 2)
        grid.addWidget(label, row, place * 2)
        grid.addWidget(text, row, place * 2 + 1)
    for place in (1, 3):
        grid.setColumnStretch(place, 1)
    return grid


def _table(info: CardInfo) -> QTableWidget:
    table = QTableWidget(len(info.history), len(_COLUMNS))
    table.setHorizontalHeaderLabels(list(_COLUMNS))
    table.setAccessibleName("Answers, the latest first")
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setMinimumHeight(84)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    for row, review in enumerate(reversed(info.history)):
        for column, text in enumerate(_cells(review)):
            table.setItem(row, column, QTableWidgetItem(text))
    return table


def _cells(review: Review) -> tuple[str, ...]:
    return (
        _moment(review.reviewed_at) or "",
        "Learning" if review.state_before is CardState.NEW else _STATES[review.state_before],
        f"{int(review.rating)} {_RATINGS[review.rating]}",
        format_interval(review.interval).removeprefix("<"),
        _days(review.stability),
        f"{review.difficulty / 10:.0%}",
        f"{review.took_ms / 1000:.1f} s",
    )


def _days(days: float) -> str:
    return format_interval(timedelta(days=days)).removeprefix("<")


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
