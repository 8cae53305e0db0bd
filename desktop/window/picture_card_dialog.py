"""A card from a figure: what it shows is asked for, or regions of it are hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.decks.deck import Note
from desktop.decks.occlusion import caption_of, figures, occlusion_note, picture_note
from desktop.reading.document import Document, Picture
from desktop.window.messages import elide
from desktop.window.occlusion_canvas import OcclusionCanvas

_KEYS = (
    "Draw a region with the mouse, or add one with Insert. Arrows move it, Shift and arrows resize"
    " it, Page Down chooses the next, Delete removes it. Without a region the card asks what the"
    " picture shows."
)
_ASK, _ASK_REGION = "What does this picture show?", "What is hidden here?"


class PictureCardDialog(QDialog):
    """Asks for a card on one of the figures; ``note`` is what comes of it."""

    def __init__(self, parent: QWidget, document: Document, figure: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("New card from a picture")
        self.resize(680, min(720, parent.height() - 40))
        self._document = document
        self.choice = QComboBox()
        self.choice.setAccessibleName("Picture")
        for block, caption in figures(document):
            self.choice.addItem(elide(caption or f"Picture {self.choice.count() + 1}", 80), block)
        self.choice.setCurrentIndex(max(0, self.choice.findData(figure)))
        self.canvas = OcclusionCanvas()
        self.front = QLineEdit(_ASK)
        self.front.setAccessibleName("What the card asks")
        self.back = QLineEdit()
        self.back.setAccessibleName("Answer")
        self._back_label = QLabel("Answer")
        self.hide_all = QCheckBox("Hide the other regions too")
        self.hide_all.setChecked(True)
        self.state = QLabel()
        self.add_button = QPushButton("Add a region")
        self.remove_button = QPushButton("Remove it")
        self.save_button = QPushButton("Save")
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._show_figure)
        self.canvas.changed.connect(self._changed)
        self.front.textChanged.connect(self._allow)
        self.back.textChanged.connect(self._allow)
        self.add_button.clicked.connect(lambda: self.canvas.add())
        self.remove_button.clicked.connect(self.canvas.remove)
        self._show_figure()
        self.canvas.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 18)
        column.setSpacing(8)
        title = QLabel("A card from a picture")
        title.setProperty("role", "title")
        column.addWidget(title)
        column.addWidget(self.choice)
        column.addWidget(self.canvas, 100)
        self.state.setProperty("role", "muted")
        keys = QLabel(_KEYS)
        keys.setProperty("role", "tiny")
        keys.setWordWrap(True)
        row = QHBoxLayout()
        for button in (self.add_button, self.remove_button):
            button.setProperty("role", "quiet")
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self.hide_all)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(keys)
        for label, field in ((QLabel("What the card asks"), self.front),
                             (self._back_label, self.back)):  # fmt: skip
            label.setProperty("role", "heading")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        self.save_button.setProperty("role", "primary")
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    @property
    def note(self) -> Note:
        """The card as it stands."""
        figure, front = self.choice.currentData(), " ".join(self.front.text().split())
        if self.canvas.regions:
            return occlusion_note(
                self._document, figure, front, self.canvas.regions,
                hide_all=self.hide_all.isChecked(),
            )  # fmt: skip
        return picture_note(self._document, figure, front, " ".join(self.back.text().split()))

    def _picture(self) -> Picture | None:
        name = self._document.blocks[self.choice.currentData()].picture
        return next((p for p in self._document.pictures if p.name == name), None)

    def _show_figure(self) -> None:
        caption = caption_of(self._document, self.choice.currentData()).quote
        self.canvas.show_picture(self._picture(), f"Picture: {caption}")
        self.canvas.set_regions([])
        self.back.setText(" ".join(caption.split()))

    def _changed(self) -> None:
        regions = bool(self.canvas.regions)
        self.state.setText(self.canvas.words())
        self.back.setVisible(not regions)
        self._back_label.setVisible(not regions)
        self.hide_all.setVisible(regions)
        self.remove_button.setEnabled(self.canvas.current >= 0)
        if self.front.text() in (_ASK, _ASK_REGION):
            self.front.setText(_ASK_REGION if regions else _ASK)
        self._allow()

    def _allow(self) -> None:
        answered = bool(self.canvas.regions) or bool(self.back.text().strip())
        self.save_button.setEnabled(answered and bool(self.front.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter; Enter alone does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save_button.click()
        else:
            super().keyPressEvent(event)
