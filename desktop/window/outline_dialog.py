"""The outline of a text: its headings, to choose where to read on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.reading.document import Section

_INDENT = "    "
_ROW_HEIGHT = 30


class OutlineDialog(QDialog):
    """Lists sections; ``chosen`` is the one that was chosen."""

    def __init__(self, parent: QWidget, sections: Sequence[Section], block: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("Outline")
        self.resize(460, 520)
        self.chosen: Section | None = None
        self._sections = [section for section in sections if section.title]
        self.field = QLineEdit()
        self.field.setPlaceholderText("Narrow down")
        self.field.setAccessibleName("Narrow the outline down")
        self.list = QListWidget()
        self.list.setAccessibleName("Outline")
        self.list.setObjectName("outline")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        least = min((section.level for section in self._sections), default=1)
        for section in self._sections:
            item = QListWidgetItem(_INDENT * (section.level - least) + (section.title or ""))
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setToolTip(section.title or "")
            self.list.addItem(item)
            if section.start <= block:
                self.list.setCurrentItem(item)
        none = QLabel("This text has no headings.")
        none.setProperty("role", "muted")
        none.setVisible(not self._sections)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.field)
        column.addWidget(none)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.setFocus()

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for row, section in enumerate(self._sections):
            title = (section.title or "").casefold()
            self.list.item(row).setHidden(not all(word in title for word in wanted))
        rows = (row for row in range(self.list.count()) if not self.list.item(row).isHidden())
        self.list.setCurrentRow(next(rows, -1))

    def _choose(self, _item: object = None) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.chosen = self._sections[row]
            self.accept()
