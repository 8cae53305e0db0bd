"""Chips that say which kinds of term are underlined in the text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from desktop.window.wording import TERM_KINDS

_COLUMNS = 3


class KindChoice(QWidget):
    """A chip for each kind; all that are switched on are marked."""

    changed = Signal()

    def __init__(self, unmarked: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        without = frozenset(unmarked)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.buttons: dict[str, QToolButton] = {}
        for number, (kind, (_one, many)) in enumerate(TERM_KINDS.items()):
            button = QToolButton()
            button.setProperty("role", "chip")
            button.setText(many)
            button.setCheckable(True)
            button.setChecked(kind not in without)
            button.setAccessibleName(f"Underline {many.lower()}")
            button.toggled.connect(self.changed)
            self.buttons[kind.value] = button
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, *divmod(number, _COLUMNS))

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The kinds that get no mark."""
        return tuple(kind for kind, button in self.buttons.items() if not button.isChecked())
