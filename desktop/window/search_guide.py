"""The language of searches on one page: what one may type, and what it finds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.study.search import GUIDE
from desktop.window import theme


class SearchGuide(QDialog):
    """Lists what a search may be made of; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Searching cards")
        self.resize(min(760, parent.width() - 40), min(620, parent.height() - 40))
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(30, 26, 30, 26)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        head = QLabel("What a search can be")
        head.setProperty("role", "title")
        grid.addWidget(head, 0, 0, 1, 2)
        for row, (typed, meaning) in enumerate(GUIDE, 1):
            example, words = QLabel(typed), QLabel(meaning)
            example.setFont(theme.mono(theme.TYPE_SMALL))
            for label in (example, words):
                label.setWordWrap(True)
                label.setTextInteractionFlags(
                    Qt.TextInteractionFlag.TextSelectableByMouse
                    | Qt.TextInteractionFlag.TextSelectableByKeyboard
                )
            grid.addWidget(example, row, 0)
            grid.addWidget(words, row, 1)
        note = QLabel(
            "What isn't supported is told: FSRS has no ease (prop:ease), and cards hold no custom "
            "data (has-cd:, prop:cdn:, prop:cds:)."
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        grid.addWidget(note, len(GUIDE) + 1, 0, 1, 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName("The language of searches")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
