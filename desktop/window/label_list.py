"""The pane beside the library: texts by how far they were read, collections, tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from desktop.window import theme
from desktop.window.library_model import MIME, State, dragged

if TYPE_CHECKING:
    from desktop.operations.workspace import Label

_CHOICE = Qt.ItemDataRole.UserRole + 1
_TEXT = Qt.ItemDataRole.UserRole + 2
WIDTH = 208


class LabelList(QListWidget):
    """Emits what the reader chooses: a ``State`` or the number of a label."""

    chosen = Signal(object)
    texts_dropped = Signal(int, object)  # label id, document ids
    rename_wanted = Signal(int, str)
    delete_wanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels")
        self.setAccessibleName("Collections and tags")
        self.setFixedWidth(WIDTH)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.currentItemChanged.connect(self._choose)
        self._shown: object = None

    def show_labels(self, counts: Mapping[State, int], labels: Sequence[Label]) -> None:
        """Show the states and labels with how many texts have each."""
        shown = (dict(counts), tuple(labels), theme.colours().name)
        if shown == self._shown:
            return
        self._shown = shown
        current = self.choice
        self.blockSignals(True)
        self.clear()
        for state, number in counts.items():
            if number or state in {State.ALL, State.READING}:
                self._add(state.value, number, state)
        for kind, head in (("collection", "Collections"), ("tag", "Tags")):
            ours = [label for label in labels if label.kind == kind]
            if ours:
                self._add_head(head)
            for label in ours:
                self._add(label.name, label.documents, label.id)
        self.blockSignals(False)
        self.choose(current)

    @property
    def choice(self) -> State | int:
        """What is chosen."""
        item = self.currentItem()
        found = item.data(_CHOICE) if item is not None else None
        return found if isinstance(found, int) else State(found or State.ALL)

    def choose(self, choice: State | int) -> None:
        """Choose a state or a label; all texts where that is gone."""
        items = [self.item(row) for row in range(self.count())]
        wanted = choice if isinstance(choice, int) else choice.value
        rows = [row for row, one in enumerate(items) if one.data(_CHOICE) == wanted]
        self.setCurrentRow(rows[0] if rows else 0)

    def _add(self, name: str, number: int, choice: State | int) -> None:
        item = QListWidgetItem(f"{name}   {number:,}")
        item.setData(_CHOICE, choice if isinstance(choice, int) else choice.value)
        item.setData(_TEXT, name)
        item.setToolTip(name)
        self.addItem(item)

    def _add_head(self, name: str) -> None:
        item = QListWidgetItem(name)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.small_capitals(theme.TYPE_TINY))
        self.addItem(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_CHOICE) is not None:
            self.chosen.emit(self.choice)

    def _show_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        number = item.data(_CHOICE) if item is not None else None
        if item is None or not isinstance(number, int):
            return
        name = item.data(_TEXT)
        menu = QMenu(self)
        menu.addAction("Rename…", lambda: self.rename_wanted.emit(number, name))
        menu.addAction("Delete (its texts stay)", lambda: self.delete_wanted.emit(number, name))
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()

    # -- texts are dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take texts of the library."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take texts over a label alone."""
        item = self.itemAt(event.position().toPoint())
        label = item is not None and isinstance(item.data(_CHOICE), int)
        event.setAccepted(label and event.mimeData().hasFormat(MIME))

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the texts under the label that they were dropped on."""
        item = self.itemAt(event.position().toPoint())
        number = item.data(_CHOICE) if item is not None else None
        texts = dragged(event.mimeData())
        if isinstance(number, int) and texts:
            self.texts_dropped.emit(number, texts)
            event.acceptProposedAction()
