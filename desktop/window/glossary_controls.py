"""The controls above the glossary: search, kinds, order, what comes first and how far."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.window.chips import FilterChips
from desktop.window.flow_layout import FlowLayout
from desktop.window.glossary_rows import Order
from desktop.window.icons import icon
from desktop.window.wording import TERM_KINDS


class GlossaryControls(QWidget):
    """Says what the reader wants listed; ``changed`` after each change."""

    changed = Signal()
    guard_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search the glossary")
        self.search.setAccessibleName("Search the glossary")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", 16), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.kinds = FilterChips({k: many for k, (_one, many) in TERM_KINDS.items()})
        self.follow = _switch("Page first", "What stands in the text on show comes first")
        self.guard = _switch(
            "Read so far", "Nothing from beyond the furthest place that you have read"
        )
        self.known = _switch("Known too", "Also what you said that you know")
        self.known.hide()
        self.order = QComboBox()
        self.order.addItems([order.value for order in Order])
        self.order.setAccessibleName("Sort by")
        self.order.setToolTip("Sort by")
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.kinds)
        row = QWidget()
        flow = FlowLayout(row, spacing=6)
        for widget in (self.follow, self.guard, self.known, self.order):
            flow.addWidget(widget)
        column.addWidget(row)
        column.addWidget(self.summary)
        self.search.textChanged.connect(self.changed)
        self.kinds.chosen.connect(self.changed)
        self.order.currentTextChanged.connect(self.changed)
        self.follow.toggled.connect(self.changed)
        self.known.toggled.connect(self.changed)
        self.guard.toggled.connect(self.guard_changed)

    def set_kinds(self, kinds: Iterable[str]) -> None:
        """Show how often each kind occurs."""
        self.kinds.set_counts(kinds)

    def set_guard(self, on: bool) -> None:
        """Show whether the spoiler guard is on."""
        self.guard.blockSignals(True)
        self.guard.setChecked(on)
        self.guard.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifying glass for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))


def _switch(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "chip")
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(f"{text}: {tip[0].lower()}{tip[1:]}")
    button.setCheckable(True)
    return button
