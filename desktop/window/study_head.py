"""The head of the study page: how many cards wait, the time, and what is studied."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from desktop.study.session import DueCounts
from desktop.window import theme
from desktop.window.action_spec import tint
from desktop.window.icons import IconButton
from desktop.window.segments import Segments

THIS_TEXT, ALL_TEXTS = "This text", "All texts"

_MENU = (
    "edit_studied", "mark", "bury", "bury_note", "suspend", "suspend_note", "forget",
    "delete_studied", None,
    "card_info", "evidence", "in_text", None,
    "decks", "deck_options", "cram", "catch_up", "vacation", "auto_advance",
)  # fmt: skip


class StudyHead(QWidget):
    """Shows the counts; ``scope`` is what is studied, ``menu`` what else can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        self.scope = Segments((THIS_TEXT, ALL_TEXTS), "What to study")
        self.timer = QLabel()
        self.timer.setProperty("role", "muted")
        self.timer.hide()
        self.auto = QLabel("auto")
        self.auto.setProperty("role", "muted")
        self.auto.setToolTip("Cards advance by themselves (Shift+A)")
        self.auto.hide()
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self._counts = {name: QLabel() for name in ("new", "learning", "review")}
        self._due, self._now = DueCounts(0, 0, 0), ""
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(16)
        self.title = QLabel("Study")
        self.title.setProperty("role", "section")
        row.addWidget(self.title)
        row.addWidget(self.told)
        row.addStretch()
        row.addWidget(self.auto)
        row.addWidget(self.timer)
        for label in self._counts.values():
            row.addWidget(label)
        row.addSpacing(4)
        row.addWidget(self.scope)
        more = IconButton("more", "What else can be done with the card and the deck")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu = QMenu(more)
        more.setMenu(self.menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(more)

    def fill_menu(self, actions: Mapping[str, QAction]) -> None:
        """Offer what else can be done."""
        for name in _MENU:
            if name is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(actions[name])
        self.menu.aboutToShow.connect(lambda: tint(self.menu))

    def show_counts(self, due: DueCounts, now: str) -> None:
        """Show how many cards wait; ``now`` names the kind of the card on show."""
        self._due, self._now = due, now
        self.refresh()

    def show_seconds(self, seconds: int | None) -> None:
        """Show how long the card is on show, ``None`` for no timer."""
        self.timer.setVisible(seconds is not None)
        if seconds is not None:
            self.timer.setText(f"{seconds // 60}:{seconds % 60:02d}")

    def refresh(self) -> None:
        """Write the counts in the colours of the theme."""
        c = theme.colours()
        numbers = {
            "new": (self._due.new, c.kinds["question"]),
            "learning": (self._due.learning, c.accent),
            "review": (self._due.review, c.good),
        }
        for name, (number, colour) in numbers.items():
            style = "text-decoration: underline;" if name == self._now else ""
            label = self._counts[name]
            label.setText(
                f"<span style='color:{colour}; font-weight:600; {style}'>{number}</span>"
                f"<span style='color:{c.muted}'> {name}</span>"
            )
            label.setAccessibleName(f"{number} {name}")
