"""What an import from Anki would do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.window.messages import elide
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.anki_packages import ImportPlan, Incoming

_LIMITS = (
    "The cards look as in Anki, as far as plain HTML and CSS go. Scripts don’t run, nothing is"
    " fetched, sounds are listed by name."
)


class AnkiImportDialog(QDialog):
    """Tells the counts of a plan and asks whether to go on."""

    def __init__(self, parent: QWidget, incoming: Incoming, plan: ImportPlan) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import from Anki")
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        title = QLabel(f"Take in {elide(incoming.path.name, 40)}")
        title.setProperty("role", "title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(title)
        column.addLayout(_table(plan_lines(plan)))
        column.addWidget(_muted(contents_line(plan)))
        for sentence in plan.left_out:
            column.addWidget(_muted(f"Left out: {sentence}."))
        column.addWidget(_muted(_LIMITS))
        column.addSpacing(6)
        self.buttons = QDialogButtonBox()
        self.take_button = QPushButton("Take in")
        self.take_button.setProperty("role", "primary")
        self.take_button.setDefault(True)
        self.buttons.addButton(self.take_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)


def plan_lines(plan: ImportPlan) -> list[tuple[int, str]]:
    """Return how many notes meet which fate, in words; fates that none meets are left out."""
    from desktop.operations.anki_packages import Fate

    words = {
        Fate.NEW: "new",
        Fate.CHANGED: "changed in Anki, and taken over",
        Fate.SAME: "already here",
        Fate.KEPT: "different there, but kept as you have them",
        Fate.DELETED: "deleted by you, and left out",
    }
    return [(plan.count(fate), text) for fate, text in words.items() if plan.count(fate)]


def contents_line(plan: ImportPlan) -> str:
    """Return what the package holds in a sentence."""
    parts = [counted(plan.cards, "card"), counted(plan.decks, "deck")]
    if plan.reviews:
        parts.append(counted(plan.reviews, "answer"))
    if plan.media:
        parts.append(counted(plan.media, "file"))
    return f"It holds {', '.join(parts[:-1])} and {parts[-1]}."


def _table(lines: list[tuple[int, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (number, text) in enumerate(lines):
        count = QLabel(f"<b>{number:,}</b>")
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(count, row, 0)
        grid.addWidget(QLabel(f"{'note' if number == 1 else 'notes'} {text}"), row, 1)
    return grid


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
