"""The decks as a tree, with what waits in each; one is chosen for study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import GlossatorError
from desktop.study.session import DueCounts

if TYPE_CHECKING:
    from desktop.operations.study_options import StudyDeck
    from desktop.operations.workspace import Workspace
    from desktop.window.jobs import Lane

_ID = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1

_Found = tuple[list["StudyDeck"], dict[int, DueCounts]]


class DecksDialog(QDialog):
    """Shows the decks; Enter studies the chosen one."""

    study_wanted = Signal(int)  # deck id
    options_wanted = Signal(int)

    def __init__(self, parent: QWidget, lane: Lane) -> None:
        super().__init__(parent)
        self.setWindowTitle("Decks")
        self.resize(min(640, parent.width() - 40), min(560, parent.height() - 40))
        self._lane = lane
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Decks")
        self.tree.setHeaderLabels(["Deck", "New", "Learning", "Review"])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.itemActivated.connect(self._study)
        self.told = QLabel()
        self.told.setProperty("role", "warning")
        self.told.setWordWrap(True)
        self.told.hide()
        row = QHBoxLayout()
        study = QPushButton("Study")
        study.setProperty("role", "primary")
        study.setDefault(True)
        study.clicked.connect(self._study)
        options, rename = QPushButton("Options…"), QPushButton("Rename…")
        options.clicked.connect(self._options)
        rename.clicked.connect(self._rename)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        for button in (study, options, rename):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(close)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(24, 20, 24, 18)
        column_.setSpacing(12)
        column_.addWidget(self.tree, 1)
        column_.addWidget(self.told)
        column_.addLayout(row)
        self._ask()

    @property
    def chosen(self) -> int | None:
        """The deck that is chosen."""
        item = self.tree.currentItem()
        return None if item is None else int(item.data(0, _ID))

    def _ask(self) -> None:
        self._lane.submit(lambda ws: (ws.decks(), ws.deck_counts()), self._show)

    def _show(self, found: _Found) -> None:
        decks, counts = found
        kept = self.chosen
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for deck in decks:
            above, _, name = deck.name.rpartition("::")
            due = counts[deck.id]
            numbers = [str(n) if n else "" for n in (due.new, due.learning, due.review)]
            item = QTreeWidgetItem([name, *numbers])
            item.setData(0, _ID, deck.id)
            item.setData(0, _NAME, deck.name)
            item.setToolTip(0, deck.name)
            for column in (1, 2, 3):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            if above in items:
                items[above].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            items[deck.name] = item
            if deck.id == kept:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        first = self.tree.topLevelItem(0)
        if self.tree.currentItem() is None and first is not None:
            self.tree.setCurrentItem(first)
        if not decks:
            self.told.setText("There is no deck yet: the first accepted card of a text makes one.")
            self.told.show()

    def _study(self) -> None:
        if self.chosen is not None:
            self.study_wanted.emit(self.chosen)
            self.accept()

    def _options(self) -> None:
        if self.chosen is not None:
            self.options_wanted.emit(self.chosen)

    def _rename(self) -> None:
        item, deck_id = self.tree.currentItem(), self.chosen
        if item is None or deck_id is None:
            return
        name, agreed = QInputDialog.getText(
            self, "Rename the deck", "Name; “::” stands between a deck and one within it:",
            text=item.data(0, _NAME),
        )  # fmt: skip
        if agreed and name.strip():
            self._lane.submit(lambda ws: _renamed(ws, deck_id, name), self._told_renamed)

    def _told_renamed(self, problem: str) -> None:
        self.told.setText(problem)
        self.told.setVisible(bool(problem))
        self._ask()


def _renamed(workspace: Workspace, deck_id: int, name: str) -> str:
    """Rename a deck; return what prevented it."""
    try:
        workspace.rename_deck(deck_id, name)
    except GlossatorError as error:
        return str(error)
    return ""
