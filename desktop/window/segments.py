"""A row of choices of which one is on, set in one pill."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget


class Segments(QWidget):
    """Emits the name of the choice that was made."""

    chosen = Signal(str)

    def __init__(self, names: Iterable[str], label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._buttons: dict[str, QToolButton] = {}
        for name in names:
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setAccessibleName(f"{label}: {name}")
            button.clicked.connect(lambda _on, n=name: self.choose(n))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        self.choice = next(iter(self._buttons))
        self._buttons[self.choice].setChecked(True)
        self._let_tab_find_the_choice()

    def choose(self, name: str) -> None:
        """Make the choice ``name``."""
        self._buttons[name].setChecked(True)
        if name != self.choice:
            self.choice = name
            self._let_tab_find_the_choice()
            self.chosen.emit(name)

    def _let_tab_find_the_choice(self) -> None:
        """Tab comes to the choice that is on; the arrow keys go on from there."""
        for name, button in self._buttons.items():
            on = name == self.choice
            policy = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def set_text(self, name: str, text: str) -> None:
        """Show ``text`` on the choice ``name``."""
        self._buttons[name].setText(text)
