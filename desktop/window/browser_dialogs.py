"""The questions of the browser: decks, tags, days, find and replace, duplicates, a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.decks.replacing import Replacement
from desktop.errors import GlossatorError, InputError
from desktop.study.dates_due import DueWish
from desktop.window.messages import elide
from desktop.window.segments import Segments
from desktop.window.wording import counted

_COUNT_MS = 200

#: Where text is replaced, by the words for it.
_SIDES = {"Everywhere": "", "Question": "front", "Answer": "back"}


class _Question(QDialog):
    """A title, a form, a sentence, and two buttons."""

    def __init__(self, parent: QWidget, title: str, agree: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 24, 28, 22)
        self.column.setSpacing(14)
        head = QLabel(title)
        head.setProperty("role", "title")
        self.column.addWidget(head)
        self.form = QFormLayout()
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setHorizontalSpacing(20)
        self.form.setVerticalSpacing(12)
        self.column.addLayout(self.form)
        self.sentence = QLabel()
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.column.addWidget(self.sentence)
        self.agree = QPushButton(agree)
        self.agree.setProperty("role", "primary")
        self.agree.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)


class DeckQuestion(_Question):
    """Asks for a deck that is there, or the name of a new one."""

    def __init__(self, parent: QWidget, number: int, decks: Sequence[str], current: str) -> None:
        super().__init__(parent, "Move to a deck", "Move")
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems(list(decks))
        self.name.setCurrentText(current)
        self.name.setAccessibleName("Deck")
        self.form.addRow("Deck", self.name)
        self.sentence.setText(
            f"{counted(number, 'card')}. A new name makes a new deck; :: nests one in another."
        )
        self.name.editTextChanged.connect(lambda text: self.agree.setEnabled(bool(text.strip())))

    @property
    def deck(self) -> str:
        """The name of the deck."""
        return self.name.currentText().strip()


class TagsQuestion(_Question):
    """Asks which tags to add and which to take away."""

    def __init__(self, parent: QWidget, number: int, tags: Sequence[str]) -> None:
        super().__init__(parent, "Change tags", "Change")
        self.add, self.remove = QLineEdit(), QLineEdit()
        for field, name in ((self.add, "Add"), (self.remove, "Remove")):
            field.setAccessibleName(f"{name} tags")
            completer = QCompleter(list(tags), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
            self.form.addRow(name, field)
        self.sentence.setText(
            f"On the notes of {counted(number, 'card')}. Blanks part tags; :: nests one in another."
        )

    @property
    def tags(self) -> tuple[list[str], list[str]]:
        """The tags to add and those to remove."""
        return self.add.text().split(), self.remove.text().split()


class DueQuestion(_Question):
    """Asks when cards should come again."""

    def __init__(self, parent: QWidget, number: int) -> None:
        super().__init__(parent, "Set the day", "Set")
        self.field = QLineEdit("1")
        self.field.setAccessibleName("Days from today")
        self.form.addRow("Days from today", self.field)
        self._number = number
        self.field.textChanged.connect(self._check)
        self._check()

    @property
    def wish(self) -> DueWish:
        """What was typed."""
        return DueWish.parse(self.field.text())

    def _check(self) -> None:
        try:
            wish = self.wish
        except InputError as error:
            self.sentence.setText(str(error))
            self.agree.setEnabled(False)
            return
        self.agree.setEnabled(True)
        when = "today" if not wish.first else f"in {counted(wish.first, 'day')}"
        if wish.last > wish.first:
            when = f"in {wish.first} to {wish.last} days, spread"
        interval = ", which is their interval too" if wish.new_interval else ""
        self.sentence.setText(f"{counted(self._number, 'card')} will come {when}{interval}.")


class NameQuestion(_Question):
    """Asks for the name of a search."""

    def __init__(self, parent: QWidget, query: str, names: Sequence[str]) -> None:
        super().__init__(parent, "Save this search", "Save")
        self.field = QLineEdit(elide(query, 40))
        self.field.setAccessibleName("Name of the search")
        self.field.selectAll()
        self.form.addRow("Name", self.field)
        self._names, self._query = set(names), query
        self.field.textChanged.connect(self._check)
        self._check()

    @property
    def name(self) -> str:
        """The name."""
        return self.field.text().strip()

    def _check(self) -> None:
        self.agree.setEnabled(bool(self.name))
        again = " It replaces the search of this name." if self.name in self._names else ""
        self.sentence.setText(f"{self._query or 'All cards'}.{again}")


class RenameQuestion(_Question):
    """Asks for another name of a deck or a tag."""

    def __init__(self, parent: QWidget, kind: str, name: str) -> None:
        super().__init__(parent, f"Rename the {kind}", "Rename")
        self.field = QLineEdit(name)
        self.field.setAccessibleName(f"New name of the {kind}")
        self.field.selectAll()
        self.form.addRow("Name", self.field)
        self.sentence.setText(f"Each {kind} below it goes with it; :: nests one in another.")
        self.field.textChanged.connect(lambda text: self.agree.setEnabled(bool(text.strip())))

    @property
    def name(self) -> str:
        """The new name."""
        return self.field.text().strip()


class ReplaceQuestion(_Question):
    """Asks what to find and what to put there; says at once how many notes would change."""

    def __init__(
        self,
        parent: QWidget,
        number: int,
        count: Callable[[Replacement, Callable[[Any], object]], None],
    ) -> None:
        super().__init__(parent, "Find and replace", "Replace")
        self.find_field, self.put_field = QLineEdit(), QLineEdit()
        self.find_field.setAccessibleName("Find")
        self.put_field.setAccessibleName("Replace with")
        self.side = Segments(list(_SIDES), "Where")
        self.regex = QCheckBox("Regular expression ($1 for a group)")
        self.match_case = QCheckBox("Match upper and lower case")
        self.form.addRow("Find", self.find_field)
        self.form.addRow("Replace with", self.put_field)
        self.form.addRow("Where", self.side)
        self.form.addRow("", self.regex)
        self.form.addRow("", self.match_case)
        self._number, self._count = number, count
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_COUNT_MS)
        self._waiting.timeout.connect(self._ask)
        for field in (self.find_field, self.put_field):
            field.textChanged.connect(self._changed)
        for box in (self.regex, self.match_case):
            box.toggled.connect(self._changed)
        self.side.chosen.connect(self._changed)
        self.find_field.setFocus()
        self._changed()

    @property
    def wish(self) -> Replacement:
        """What is to be replaced."""
        return Replacement(
            self.find_field.text(),
            self.put_field.text(),
            self.regex.isChecked(),
            self.match_case.isChecked(),
            _SIDES[self.side.choice],
        )

    def _changed(self, *_args: object) -> None:
        self.agree.setEnabled(False)
        if self.find_field.text():
            self._waiting.start()
        else:
            self.sentence.setText(f"In the notes of {counted(self._number, 'chosen card')}.")

    def _ask(self) -> None:
        wish = self.wish

        def told(found: Any) -> None:
            if wish != self.wish:
                return
            if isinstance(found, Exception):
                self.sentence.setText(
                    str(found) if isinstance(found, GlossatorError) else "This can't be replaced."
                )
                return
            self.agree.setEnabled(bool(found))
            self.sentence.setText(
                f"{counted(len(found), 'note')} would change." if found else "Nothing to replace."
            )

        self._count(wish, told)


class DuplicatesDialog(_Question):
    """Lists the texts that several notes have; one is chosen to be shown in the table."""

    chosen = Signal(list)  # note ids

    def __init__(
        self, parent: QWidget, find: Callable[[str, Callable[[Any], object]], None]
    ) -> None:
        super().__init__(parent, "Notes with the same text", "Show them all")
        self.setMinimumSize(560, 420)
        self.side = Segments(["Question", "Answer"], "Compared")
        self.form.addRow("Compared", self.side)
        self.list = QListWidget()
        self.list.setAccessibleName("Texts of several notes")
        self.column.insertWidget(2, self.list, 1)
        self._find = find
        self.side.chosen.connect(lambda _name: self._look())
        self.list.itemActivated.connect(self._take)
        self._look()

    def accept(self) -> None:
        """Show all of them, or the one that the cursor is at."""
        every = [
            note
            for place in range(self.list.count())
            for note in self.list.item(place).data(Qt.ItemDataRole.UserRole)
        ]
        if every:
            self.chosen.emit(every)
        super().accept()

    def _look(self) -> None:
        self.sentence.setText("Looking…")
        self.list.clear()
        side = {"Question": "front", "Answer": "back"}[self.side.choice]
        self._find(side, self._show)

    def _show(self, groups: Any) -> None:
        self.list.clear()
        for text, notes in groups:
            item = QListWidgetItem(f"{counted(len(notes), 'note')}: {elide(text, 90)}")
            item.setData(Qt.ItemDataRole.UserRole, notes)
            self.list.addItem(item)
        self.agree.setEnabled(bool(groups))
        self.sentence.setText(
            f"{counted(len(groups), 'text')} on several notes; Enter shows one of them."
            if groups
            else "No two notes have the same text there."
        )

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        super().accept()
