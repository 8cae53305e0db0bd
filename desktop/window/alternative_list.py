"""Other forms of a card to choose from, below the card: by click, by Tab and Enter, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.window.card_rows import answer_of
from desktop.window.passage import Passage
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from desktop.decks.alternatives import Alternative

_MOST = 9


class AlternativeList(QWidget):
    """Shows at most nine forms; emits the note of the one that is chosen."""

    chosen = Signal(object)  # Note
    closed = Signal()

    def __init__(self, found: Sequence[Alternative], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Other wordings")
        self._found = found[:_MOST]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        title = "Other wordings" if found else "No other wording can be made of this card."
        keys = "1" if len(self._found) == 1 else f"1–{len(self._found)}"
        heading = QLabel(f"{title} ({keys}, Esc)" if found else title)
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        self.buttons: list[QPushButton] = []
        for number, one in enumerate(self._found, 1):
            kind = NOTE_KINDS[one.note.kind][0]
            lead = f"{number}  {kind}: "
            text = f"{lead}{one.note.front} — {answer_of(one.note)}"
            if one.findings:
                text += f"  ({one.findings[0].reason})"
            button = Passage(text, (0, len(lead)), f"Take this wording ({number})")
            button.clicked.connect(lambda _on=False, n=number: self._choose(n))
            self.buttons.append(button)
            column.addWidget(button)
        close = QPushButton("Keep it as it is")
        close.setProperty("role", "link")
        close.clicked.connect(self.closed)
        self.buttons.append(close)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

    def start(self) -> None:
        """Take the keys."""
        self.buttons[0].setFocus()

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._found[number - 1].note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number, move with the arrows, leave with Escape."""
        key = event.key()
        number = key - Qt.Key.Key_0.value
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif 1 <= number <= len(self._found):
            self._choose(number)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            at = next((i for i, b in enumerate(self.buttons) if b.hasFocus()), 0)
            step = 1 if key == Qt.Key.Key_Down else -1
            self.buttons[(at + step) % len(self.buttons)].setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for button in self.buttons:
                if button.hasFocus():
                    button.click()
                    return
        else:
            super().keyPressEvent(event)
