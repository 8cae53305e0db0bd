"""The fields of a glossary entry for editing: name, kind, meaning, other names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.edits import Add, AddAlias, Define, Edit, Entry, RemoveAlias, Rename
from desktop.glossary.term import DefinitionSource, Term, TermKind
from desktop.window import theme
from desktop.window.wording import TERM_KINDS

_LINES = 4


class EntryForm(QWidget):
    """Edits one entry, or a new one; Ctrl+Enter saves, Escape cancels."""

    saved = Signal(object)  # list[Edit], one step of undo
    cancelled = Signal()

    def __init__(
        self, term: Term | None = None, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._term = term
        self.name = QLineEdit(term.term if term else name)
        self.kind = QComboBox()
        for kind, (one, _many) in TERM_KINDS.items():
            self.kind.addItem(one, kind.value)
        chosen = term.kind if term else _likely_kind(name)
        self.kind.setCurrentIndex(self.kind.findData(chosen.value))
        meaning = term.definition.text if term and term.definition else ""
        self.meaning = QPlainTextEdit(meaning)
        self.meaning.setFont(theme.serif(theme.TYPE_LARGE))
        self.meaning.setTabChangesFocus(True)
        self.meaning.setPlaceholderText("What it means, in your own words")
        self.meaning.setFixedHeight(self.meaning.fontMetrics().lineSpacing() * _LINES + 22)
        self.aliases = QLineEdit("; ".join(_other_names(term)))
        self.aliases.setPlaceholderText("Set apart by semicolons")
        self.save_button = QPushButton("Save" if term else "Add the entry")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip("Save (Ctrl+Enter)")
        self.save_button.clicked.connect(self.save)
        self.name.textChanged.connect(self._allow)
        self._lay_out()
        self._allow()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 20)
        column.setSpacing(6)
        for label, field in (
            ("Name", self.name), ("Kind", self.kind), ("Meaning", self.meaning),
            ("Other names in the text", self.aliases),
        ):  # fmt: skip
            heading = QLabel(label)
            heading.setProperty("role", "heading")
            heading.setBuddy(field)
            field.setAccessibleName(label)
            column.addWidget(heading)
            column.addWidget(field)
            column.addSpacing(4)
        definition = self._term.definition if self._term else None
        if definition is not None and definition.source is DefinitionSource.READER:
            again = QPushButton("Give back the meaning that was found")
            again.setProperty("role", "link")
            again.clicked.connect(self._give_back)
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        cancel = QPushButton("Cancel")
        cancel.setProperty("role", "quiet")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(self.save_button)
        row.addWidget(cancel)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def start(self) -> None:
        """Put the cursor where the reader most likely wants to write: into the meaning."""
        self.meaning.setFocus()
        self.meaning.moveCursor(self.meaning.textCursor().MoveOperation.End)

    def edits(self) -> list[Edit]:
        """Return what the reader changed, to be applied in this order."""
        name = " ".join(self.name.text().split())
        kind = TermKind(self.kind.currentData())
        meaning = " ".join(self.meaning.toPlainText().split())
        names = self._names()
        entry, term = Entry(name, kind), self._term
        if term is None:
            return [Add(entry, meaning or None, tuple(names))]
        changes: list[Edit] = []
        if entry != Entry.of(term):
            changes.append(Rename(Entry.of(term), name, kind))
        before = term.definition.text if term.definition else ""
        if meaning != " ".join(before.split()):
            changes.append(Define(entry, meaning or None))
        old = _other_names(term)
        changes += [AddAlias(entry, alias) for alias in names if alias not in old]
        changes += [RemoveAlias(entry, alias) for alias in old if alias not in names]
        return changes

    def save(self) -> None:
        """Give out what changed; nothing changed is a cancel."""
        if not self.save_button.isEnabled():
            return
        changes = self.edits()
        if changes:
            self.saved.emit(changes)
        else:
            self.cancelled.emit()

    def _names(self) -> list[str]:
        found = (" ".join(name.split()) for name in self.aliases.text().split(";"))
        return list(dict.fromkeys(name for name in found if name))

    def _give_back(self) -> None:
        assert self._term is not None
        self.saved.emit([Define(Entry.of(self._term), None)])

    def _allow(self) -> None:
        self.save_button.setEnabled(bool(self.name.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter (or Enter in a line), cancel with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.matches(QKeySequence.StandardKey.Cancel):
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


def _other_names(term: Term | None) -> list[str]:
    return [alias for alias in term.aliases if alias != term.term] if term else []


def _likely_kind(name: str) -> TermKind:
    """Return what a selection most likely is: a name, initials or a word."""
    if name.isupper() and " " not in name:
        return TermKind.ABBREVIATION
    if name[:1].isupper():
        return TermKind.PERSON if " " in name else TermKind.PLACE
    return TermKind.CONCEPT if " " in name else TermKind.WORD
