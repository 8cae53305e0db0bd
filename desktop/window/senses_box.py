"""The other senses that a dictionary gives, one click away, and how sure the chosen one is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.glossary.term import Definition
from desktop.window.passage import Passage
from desktop.window.wording import counted, unsure


class SensesBox(QWidget):
    """Lists the other senses; emits the one that the reader says is meant."""

    sense_chosen = Signal(str)

    def __init__(self, definition: Definition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        doubtful = unsure(definition)
        if doubtful:
            doubt = QLabel(
                f"Perhaps not the sense meant here ({round(100 * definition.confidence)} % sure)."
            )
            doubt.setProperty("role", "warning")
            doubt.setWordWrap(True)
            column.addWidget(doubt)
        senses = definition.other_senses
        self.button = QPushButton(counted(len(senses), "other sense"))
        self.button.setProperty("role", "link")
        self.button.setCheckable(True)
        self.button.setVisible(bool(senses))
        self.box = QFrame()
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        self.choices = []
        for sense in senses:
            choice = Passage(sense, (0, 0), "Take this sense as your definition")
            choice.clicked.connect(lambda _on=False, s=sense: self.sense_chosen.emit(s))
            self.choices.append(choice)
            inner.addWidget(choice)
        self.box.setVisible(doubtful)
        self.button.setChecked(doubtful)
        self.button.toggled.connect(self.box.setVisible)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.box)
