"""The fields of a card for editing; used in the list of cards and while studying."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.decks.deck import Note, NoteKind
from desktop.decks.occlusion import is_occlusion
from desktop.window import theme

_LINES = 3


class CardEditor(QWidget):
    """Edits the wording of one note; Ctrl+Enter saves, Escape cancels.

    ``foreign`` are the fields of a note of a type that came from Anki, by their names.
    """

    saved = Signal(object)  # dict[str, str] of the fields that changed
    cancelled = Signal()

    def __init__(
        self,
        note: Note,
        parent: QWidget | None = None,
        *,
        foreign: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = _fields_of(note)
        if foreign is not None:
            self._before = {name: (name, html) for name, html in foreign.items()}
        self.fields: dict[str, QPlainTextEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for name, (label, text) in self._before.items():
            heading = QLabel(label)
            heading.setProperty("role", "heading")
            field = QPlainTextEdit(text)
            field.setAccessibleName(label)
            field.setFont(theme.serif(theme.TYPE_LARGE))
            field.setTabChangesFocus(True)
            field.setFixedHeight(field.fontMetrics().lineSpacing() * (_LINES + 1) + 22)
            heading.setBuddy(field)
            self.fields[name] = field
            column.addWidget(heading)
            column.addWidget(field)
        if note.kind is NoteKind.CLOZE and not is_occlusion(note):
            hint = QLabel("A gap is written {{c1::answer}} or {{c1::answer::hint}}.")
            hint.setProperty("role", "tiny")
            hint.setWordWrap(True)
            column.addWidget(hint)
        row = QHBoxLayout()
        save = QPushButton("Save")
        save.setProperty("role", "primary")
        save.setToolTip("Save (Ctrl+Enter)")
        save.clicked.connect(self.save)
        cancel = QPushButton("Cancel")
        cancel.setProperty("role", "quiet")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(save)
        row.addWidget(cancel)
        row.addStretch()
        column.addLayout(row)

    def start(self) -> None:
        """Put the cursor at the end of the first field."""
        field = next(iter(self.fields.values()))
        field.setFocus()
        field.moveCursor(field.textCursor().MoveOperation.End)

    def save(self) -> None:
        """Give out what changed; nothing changed is a cancel."""
        changed = {
            name: field.toPlainText().strip()
            for name, field in self.fields.items()
            if field.toPlainText().strip() != self._before[name][1]
        }
        if changed:
            self.saved.emit(changed)
        else:
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter, cancel with Escape."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.matches(QKeySequence.StandardKey.Cancel):
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


def _fields_of(note: Note) -> dict[str, tuple[str, str]]:
    if is_occlusion(note):
        return {"front": ("Above the picture", note.front), "back": ("Below it", note.back)}
    if note.kind is NoteKind.CLOZE and note.cloze is not None:
        return {"cloze": ("Sentence with its gap", note.cloze)}
    if note.kind is NoteKind.TERM:
        return {"front": ("Term", note.front), "back": ("Meaning", note.back)}
    return {"front": ("Question", note.front), "back": ("Answer", note.back)}
