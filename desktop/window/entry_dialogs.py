"""Dialogs on glossary entries: a new one, two that are one, and one that is two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.edits import Edit, Entry, Merge, Place, Split
from desktop.glossary.finding import find_mentions
from desktop.glossary.term import Term
from desktop.reading.document import Document
from desktop.reading.sentences import sentence_around
from desktop.window.card_stack import CardStack
from desktop.window.entry_form import EntryForm
from desktop.window.flow_layout import FlowLayout
from desktop.window.glossary_list import INDEX_ROLE, EntryDelegate, GlossaryModel
from desktop.window.glossary_rows import Choice
from desktop.window.mention_list import context
from desktop.window.messages import elide


class NewEntryDialog(QDialog):
    """Asks what a new entry says; ``edits`` adds it once the dialog is accepted."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("New entry")
        self.setMinimumWidth(460)
        self.form = EntryForm(name=name)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 20, 8, 4)
        title = QLabel("A new entry")
        title.setProperty("role", "title")
        title.setContentsMargins(20, 0, 20, 4)
        column.addWidget(title)
        column.addWidget(self.form)
        self.edits: list[Edit] = []
        (self.form.meaning if name else self.form.name).setFocus()

    def _save(self, edits: list[Edit]) -> None:
        self.edits = edits
        self.accept()


class MergeDialog(QDialog):
    """Asks which other entry is the same as ``term``."""

    def __init__(
        self, parent: QWidget, term: Term, terms: Sequence[Term], document: Document
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge entries")
        self.resize(480, min(620, parent.height() - 60))
        self._term = term
        own = {word for name in (term.term, *term.aliases) for word in _words(name)}
        others = [other for other in terms if other.term != term.term]
        # What shares a word with the entry is the likeliest.
        others.sort(key=lambda other: -len(own & _words(other.term)))
        self.model = GlossaryModel()
        self.model.set_terms(others, document)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(10)
        column.addWidget(_title("Which entry is the same?"))
        column.addWidget(_muted(f"It becomes a part of “{term.term}”: its names and its mentions."))
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search the glossary")
        self.search.setAccessibleName("Search the glossary")
        self.search.textChanged.connect(self._choose)
        column.addWidget(self.search)
        self.list = CardStack("Entries")
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.doubleClicked.connect(self.accept)
        column.addWidget(self.list, 1)
        self.merge_button = QPushButton("Merge")
        column.addWidget(_buttons(self, self.merge_button))
        self._choose()

    @property
    def edits(self) -> list[Edit]:
        """What the choice comes to."""
        index = self.list.currentIndex().data(INDEX_ROLE)
        if index is None:
            return []
        return [Merge(Entry.of(self._term), Entry.of(self.model.terms[index]))]

    def _choose(self) -> None:
        self.model.choose(Choice(words=self.search.text()))
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
        self.merge_button.setEnabled(self.model.rowCount() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search to the list with the down key."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


class SplitDialog(QDialog):
    """Asks which mentions of ``term`` are of something else, and what that is called."""

    def __init__(self, parent: QWidget, term: Term, document: Document) -> None:
        super().__init__(parent)
        self.setWindowTitle("Split an entry")
        self.resize(560, min(560, parent.height() - 60))
        self._term, self._document = term, document
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(10)
        column.addWidget(_title(f"What is not “{elide(term.term, 40)}”?"))
        column.addWidget(_muted("Tick the mentions of something else; they get their own entry."))
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of the new entry")
        self.name.setAccessibleName("Name of the new entry")
        self.name.textChanged.connect(self._allow)
        column.addWidget(self.name)
        aliases = [alias for alias in term.aliases if alias != term.term]
        if aliases:
            column.addWidget(self._alias_buttons(aliases))
        column.addWidget(self._mention_list(), 1)
        self.split_button = QPushButton("Split")
        column.addWidget(_buttons(self, self.split_button))
        self._allow()

    @property
    def edits(self) -> list[Edit]:
        """What the choice comes to."""
        name = " ".join(self.name.text().split())
        places = tuple(
            Place.of(self._document, span)
            for span, box in zip(self._term.mentions, self.boxes, strict=True)
            if box.isChecked()
        )
        new = Entry(name, self._term.kind)
        return [Split(Entry.of(self._term), new, (), places)]

    def choose_alias(self, alias: str) -> None:
        """Tick the mentions that go by ``alias`` and call the new entry so."""
        found = set(find_mentions(self._document, [alias]))
        for span, box in zip(self._term.mentions, self.boxes, strict=True):
            box.setChecked(span in found)
        self.name.setText(alias)

    def _alias_buttons(self, aliases: Sequence[str]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, spacing=6)
        for alias in aliases:
            button = QPushButton(f"Those called “{elide(alias, 30)}”")
            button.setProperty("role", "link")
            button.clicked.connect(lambda _on=False, a=alias: self.choose_alias(a))
            flow.addWidget(button)
        return row

    def _mention_list(self) -> QWidget:
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 4, 8, 4)
        self.boxes: list[QCheckBox] = []
        for span in self._term.mentions:
            words, _marked = context(self._document, span, room=26)
            box = QCheckBox(" ".join(words.split()).replace("&", "&&"))
            box.setToolTip(sentence_around(self._document, span).quote)
            box.toggled.connect(self._allow)
            self.boxes.append(box)
            rows.addWidget(box)
        rows.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Mentions")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def _allow(self) -> None:
        ticked = sum(box.isChecked() for box in self.boxes)
        named = bool(self.name.text().strip())
        self.split_button.setEnabled(named and ticked > 0)


def _buttons(dialog: QDialog, primary: QPushButton) -> QDialogButtonBox:
    primary.setProperty("role", "primary")
    primary.setDefault(True)
    buttons = QDialogButtonBox()
    buttons.addButton(primary, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    label.setWordWrap(True)
    return label


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def _words(name: str) -> set[str]:
    return {word for word in name.casefold().split() if len(word) > 2}
