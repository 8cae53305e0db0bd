"""The reader's dictionaries and encyclopaedias in the order in which they are asked."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import GlossatorError
from desktop.settings import SourceSetting

_EMBEDDED = {
    "encyclopedia": ("Wikipedia, 10,000 introductions", "Comes with the program. CC BY-SA 4.0."),
    "dictionary": ("Open English WordNet 2024", "Comes with the program. CC BY 4.0."),
}
_READING = "Reading it for the first time …"
_HEIGHT = 104
_ROW = 28


class SourceList(QWidget):
    """A list to put in order, switch on and off, and add to; ``changed`` says that it differs."""

    changed = Signal()
    _described = Signal(object, str)  # SourceSetting, sentence; from a thread

    def __init__(self, sources: tuple[SourceSetting, ...], cache: Path | None) -> None:
        super().__init__()
        self._cache = cache
        self._about: dict[SourceSetting, str] = {}
        self.list = QListWidget()
        self.list.setObjectName("sources")  # its look is in the style sheet
        self.list.setAccessibleName("Sources in the order in which they are asked")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setFixedHeight(_HEIGHT)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.add = QPushButton("&Add…")
        self.remove = QPushButton("&Remove")
        self.up = QPushButton("Move &up")
        self.down = QPushButton("Move &down")
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(2 * self.about.fontMetrics().lineSpacing() + 4)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        beside = QVBoxLayout()
        beside.addLayout(buttons)
        beside.addWidget(self.about)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(36)
        row.addWidget(self.list, 1)
        row.addLayout(beside, 1)
        for source in sources:
            self.list.addItem(_item(source))
        self._connect()
        self.list.setCurrentRow(0)

    @property
    def sources(self) -> tuple[SourceSetting, ...]:
        """The sources as they now are."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(
            replace(_source(item), enabled=item.checkState() is Qt.CheckState.Checked)
            for item in items
        )

    def add_place(self, place: str) -> None:
        """Put a file, or a lexicon of the wn database, before all others."""
        from desktop.glossary.sources.opening import setting_for

        try:
            setting = setting_for(place)
        except GlossatorError as error:
            self.about.setText(str(error))
            return
        known = [source.place for source in self.sources]
        if setting.place not in known:
            self.list.insertItem(0, _item(setting))
            self.changed.emit()
        self.list.setCurrentRow(max(0, known.index(setting.place) if setting.place in known else 0))
        self.list.setFocus()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_current)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self._described.connect(self._keep_description, Qt.ConnectionType.QueuedConnection)
        self.add.clicked.connect(self._choose_files)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))

    def _choose_files(self) -> None:
        from desktop.glossary.sources.opening import file_patterns

        names, _filter = QFileDialog.getOpenFileNames(
            self, "Add dictionaries or encyclopaedias", "", f"Sources ({file_patterns()})"
        )
        for name in names:
            self.add_place(name)

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None and not _source(item).embedded:
            self.list.takeItem(self.list.row(item))
            self.changed.emit()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.changed.emit()

    def _show_current(self, row: int) -> None:
        item = self.list.item(row)
        self.remove.setEnabled(item is not None and not _source(item).embedded)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
        if item is None:
            self.about.clear()
            return
        source = replace(_source(item), enabled=True)
        if source.embedded:
            self.about.setText(_EMBEDDED[source.kind][1])
        elif source in self._about:
            self.about.setText(self._about[source])
        else:
            self.about.setText(_READING)
            threading.Thread(target=self._describe, args=(source,), daemon=True).start()

    def _describe(self, source: SourceSetting) -> None:
        """Open the source off the window's thread; a large dictionary takes its time."""
        from desktop.glossary.sources.opening import describe

        text = describe(source, self._cache)
        with contextlib.suppress(RuntimeError):  # the dialog may be gone already
            self._described.emit(source, text)

    def _keep_description(self, source: SourceSetting, text: str) -> None:
        self._about[source] = text
        item = self.list.currentItem()
        if item is not None and replace(_source(item), enabled=True) == source:
            self.about.setText(text)


def _item(source: SourceSetting) -> QListWidgetItem:
    name = _EMBEDDED[source.kind][0] if source.embedded else Path(source.place).name
    item = QListWidgetItem(name)
    item.setSizeHint(QSize(0, _ROW))
    item.setData(Qt.ItemDataRole.UserRole, source)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    state = Qt.CheckState.Checked if source.enabled else Qt.CheckState.Unchecked
    item.setCheckState(state)
    if source.place:
        item.setToolTip(source.place)
    return item


def _source(item: QListWidgetItem) -> SourceSetting:
    source = item.data(Qt.ItemDataRole.UserRole)
    assert isinstance(source, SourceSetting)
    return source
