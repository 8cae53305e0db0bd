"""A new card from what is selected in the text, with the linter's findings as one types."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.decks.cloze import hidden, revealed, shown
from desktop.decks.deck import Finding, Note, NoteKind
from desktop.decks.quality import lint
from desktop.decks.written import draft
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.messages import elide
from desktop.window.segments import Segments
from desktop.window.set_page import make_timer
from desktop.window.wording import NOTE_KINDS

_LINT_MS = 150
_LINES = 3
_LABELS = {
    NoteKind.QUESTION: ("Question", "Answer"),
    NoteKind.CLOZE: ("Sentence with its gap", ""),
    NoteKind.TERM: ("Term", "Meaning"),
}
_INCOMPLETE = {
    NoteKind.QUESTION: "Write a question and its answer.",
    NoteKind.CLOZE: "Select the words to be hidden and make a gap of them (Ctrl+Shift+C).",
    NoteKind.TERM: "Write the term and what it means.",
}


class NewCardDialog(QDialog):
    """Asks for a card on the words at ``selected``; ``note`` is what the reader wrote."""

    def __init__(self, parent: QWidget, document: Document, selected: Span) -> None:
        super().__init__(parent)
        self.setWindowTitle("New card")
        self.setMinimumWidth(520)
        self._drafts = {kind: draft(document, selected, kind) for kind in NoteKind}
        self._kind = NoteKind.QUESTION
        self.findings: tuple[Finding, ...] = ()
        self.kinds = Segments([one for one, _many in NOTE_KINDS.values()], "Kind of card")
        self.kinds.chosen.connect(self._change_kind)
        self._labels = (QLabel(), QLabel())
        self.fields = (self._field(self._labels[0]), self._field(self._labels[1]))
        self.gap_button = QPushButton("Make a gap of the selected words")
        self.gap_button.setProperty("role", "quiet")
        self.gap_button.setToolTip("Hide the selected words (Ctrl+Shift+C)")
        self.gap_button.clicked.connect(self.make_gap)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self, self.make_gap)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._lint_timer = make_timer(self, _LINT_MS, self.check)
        self._lay_out()
        for field in self.fields:
            field.textChanged.connect(self._lint_timer.start)
        self._show_kind()

    def _field(self, label: QLabel) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setFont(theme.serif(theme.TYPE_LARGE))
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * (_LINES + 1) + 22)
        label.setProperty("role", "heading")
        label.setBuddy(field)
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(8)
        title = QLabel("A new card")
        title.setProperty("role", "title")
        column.addWidget(title)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        for label, field in zip(self._labels, self.fields, strict=True):
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.gap_button, 0, Qt.AlignmentFlag.AlignLeft)
        quoted = QFrame()
        quoted.setObjectName("evidence")
        inside = QVBoxLayout(quoted)
        inside.setContentsMargins(12, 8, 12, 8)
        quote = QLabel(elide(self._drafts[self._kind].evidence.quote, 320))
        quote.setFont(theme.serif(theme.TYPE_BASE))
        quote.setTextFormat(Qt.TextFormat.PlainText)
        quote.setWordWrap(True)
        quote.setAccessibleName(f"It is quoted with the card: {quote.text()}")
        inside.addWidget(quote)
        column.addWidget(quoted)
        column.addWidget(self.told)
        self.save_button = QPushButton("Save")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip("Save (Ctrl+Enter)")
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    # -- what is written

    @property
    def note(self) -> Note:
        """The card as it stands in the fields."""
        first, second = (" ".join(field.toPlainText().split()) for field in self.fields)
        base = self._drafts[self._kind]
        if self._kind is NoteKind.CLOZE:
            return replace(base, cloze=first, front=shown(first), back=revealed(first))
        return replace(base, front=first, back=second)

    def is_complete(self) -> bool:
        """Return whether there is something to ask and something to answer."""
        note = self.note
        if note.cloze is not None:
            return any(words.strip() for words in hidden(note.cloze))
        return bool(note.front and note.back)

    def make_gap(self) -> None:
        """Hide the selected words of the sentence, in a gap of their own."""
        field = self.fields[0]
        cursor = field.textCursor()
        words = cursor.selectedText()
        if self._kind is not NoteKind.CLOZE or not words.strip():
            return
        text = field.toPlainText()
        number = next(n for n in range(1, 1000) if f"{{{{c{n}::" not in text)
        core = words.strip()
        before, after = words.split(core)[0], words[words.index(core) + len(core) :]
        cursor.insertText(f"{before}{{{{c{number}::{core}}}}}{after}")
        field.setFocus()

    def check(self) -> None:
        """Say what is wrong with the card as it stands."""
        self._lint_timer.stop()
        complete = self.is_complete()
        self.findings = lint(self.note) if complete else ()
        if not complete:
            self._tell(_INCOMPLETE[self._kind], "muted")
        elif self.findings:
            lines = "\n".join(f"• {finding.reason}" for finding in self.findings)
            self._tell(lines, "warning")
        else:
            self._tell("Nothing is wrong with this card.", "muted")
        self.save_button.setEnabled(complete)
        self.save_button.setText("Save all the same" if self.findings else "Save")

    def _tell(self, text: str, role: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        if self.told.property("role") != role:
            self.told.setProperty("role", role)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

    def _save(self) -> None:
        self.check()
        if self.save_button.isEnabled():
            self.accept()

    def _change_kind(self, name: str) -> None:
        self._drafts[self._kind] = self.note
        self._kind = next(kind for kind, (one, _many) in NOTE_KINDS.items() if one == name)
        self._show_kind()

    def _show_kind(self) -> None:
        note, gap = self._drafts[self._kind], self._kind is NoteKind.CLOZE
        texts = (note.cloze or "", "") if gap else (note.front, note.back)
        for label, field, name, text in zip(
            self._labels, self.fields, _LABELS[self._kind], texts, strict=True
        ):
            label.setText(name)
            field.setAccessibleName(name)
            field.setPlainText(text)
            label.setVisible(bool(name))
            field.setVisible(bool(name))
        self.gap_button.setVisible(gap)
        empty = next((f for f in self.fields if f.isVisibleTo(self) and not f.toPlainText()), None)
        (empty or self.fields[0]).setFocus()
        self.check()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        else:
            super().keyPressEvent(event)
