"""The foot of the study page: one button that turns the card, then four that rate it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.study.card import Rating
from desktop.window.wording import interval

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem

_RATINGS = (
    (Rating.AGAIN, "Again"),
    (Rating.HARD, "Hard"),
    (Rating.GOOD, "Good"),
    (Rating.EASY, "Easy"),
)
#: What the buttons do while cramming, where nothing is scheduled.
_CRAMMED = {
    Rating.AGAIN: "soon",
    Rating.HARD: "later",
    Rating.GOOD: "known",
    Rating.EASY: "known",
}


class AnswerBar(QWidget):
    """Emits what was pressed."""

    turn_wanted = Signal()
    rated = Signal(object)  # Rating

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.show_button = QPushButton("Show answer")
        self.show_button.setProperty("role", "primary")
        self.show_button.setMinimumHeight(52)
        self.show_button.setToolTip("Show the answer (Space)")
        self.show_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_button.clicked.connect(self.turn_wanted)
        row.addWidget(self.show_button)
        self.buttons: dict[Rating, QPushButton] = {}
        for rating, name in _RATINGS:
            button = QPushButton()
            button.setProperty("role", "rating")
            button.setProperty("name", name)
            button.setProperty("rating", int(rating))
            button.setToolTip(f"{name} ({int(rating)})")
            # Space means Good, whichever button was clicked last.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, r=rating: self.rated.emit(r))
            self.buttons[rating] = button
            row.addWidget(button, 1)

    def set_item(self, item: StudyItem) -> None:
        """Write on the buttons how long each sends the card away."""
        for rating, button in self.buttons.items():
            away = _CRAMMED[rating] if item.cramming else interval(item.intervals[rating])
            name = button.property("name")
            button.setText(f"{name}\n{away}")
            told = f", {away}" if item.cramming else f", again in {away}"
            button.setAccessibleName(name + told)

    def show_state(self, *, shown: bool, editing: bool) -> None:
        """Offer what can be done now."""
        self.show_button.setVisible(not shown and not editing)
        for button in self.buttons.values():
            button.setVisible(shown and not editing)
