"""The texts of the library as a list: filtered, in one of several orders, without delay."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from desktop.window.wording import counted, reading_time

if TYPE_CHECKING:
    from desktop.operations.workspace import DocumentSummary, Label
    from desktop.study.card_figures import TextMemory

SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1

#: What is dragged from the list to a collection: the numbers of texts, between commas.
MIME = "application/x-glossator-texts"

Index = QModelIndex | QPersistentModelIndex

_READ = 0.98  # the share from which on a text counts as read
_ARTICLES = ("the ", "a ", "an ")


class Order(StrEnum):
    """What the list is sorted by; the value is shown."""

    OPENED = "Last read"
    ADDED = "Last added"
    TITLE = "Title"
    AUTHOR = "Author"
    PROGRESS = "Progress"
    LENGTH = "Length"


class State(StrEnum):
    """Texts by how far they were read; the value is shown."""

    ALL = "All texts"
    READING = "Reading"
    NEW = "Not started"
    READ = "Read"
    DUE = "Cards to study"


_HAS: dict[State, Callable[[DocumentSummary], bool]] = {
    State.ALL: lambda _one: True,
    State.READING: lambda one: 0 < one.progress < _READ,
    State.NEW: lambda one: not one.progress,
    State.READ: lambda one: one.progress >= _READ,
    State.DUE: lambda one: one.cards_due + one.cards_new > 0,
}


def state_counts(summaries: Sequence[DocumentSummary]) -> dict[State, int]:
    """Return how many texts are in each state."""
    return {state: sum(map(has, summaries)) for state, has in _HAS.items()}


def plain(text: str) -> str:
    """Return a text without its capitals and accents."""
    text = text.casefold()
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


class LibraryModel(QAbstractListModel):
    """The texts that the reader wants to see, in the order that they chose."""

    def __init__(self) -> None:
        super().__init__()
        self.order = Order.OPENED
        self.words = ""
        self.chosen: State | int = State.ALL  # a state, or a label's number
        self.every: list[DocumentSummary] = []
        self.labels: dict[int, str] = {}
        self._shown: list[DocumentSummary] = []
        self.memories: Mapping[int, TextMemory] = {}

    def set_summaries(self, summaries: Sequence[DocumentSummary]) -> None:
        """Show other texts."""
        self.every = list(summaries)
        self.refresh()

    def set_labels(self, labels: Sequence[Label]) -> None:
        """Take the names of the collections and tags."""
        self.labels = {label.id: label.name for label in labels}
        if self.words:
            self.refresh()

    def refresh(self) -> None:
        """Filter and sort anew; nothing is told where the list stays the same."""
        shown = sorted((one for one in self.every if self._is_wanted(one)), **_KEYS[self.order])
        if shown == self._shown:
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _is_wanted(self, one: DocumentSummary) -> bool:
        if isinstance(self.chosen, State):
            if not _HAS[self.chosen](one):
                return False
        elif self.chosen not in one.labels:
            return False
        if not self.words:
            return True
        names = [self.labels.get(number, "") for number in one.labels]
        said = plain(" ".join((one.title, *one.authors, one.source_name, *names)))
        return all(word in said for word in plain(self.words).replace('"', " ").split())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of texts on show."""
        return 0 if parent.isValid() else len(self._shown)

    def row_of(self, document_id: int) -> int | None:
        """Return the row of a text, None where it is not on show."""
        return next((row for row, one in enumerate(self._shown) if one.id == document_id), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the summary, what a tip or a screen reader says."""
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == SUMMARY_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            authors = f" by {', '.join(one.authors)}" if one.authors else ""
            memory = memory_words(self.memories.get(one.id))
            told = (f"{one.title}{authors}", state_of(one), length_of(one), memory)
            return ", ".join(words for words in told if words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(one)
        return None

    def _tip(self, one: DocumentSummary) -> str:
        names = ", ".join(self.labels[number] for number in one.labels if number in self.labels)
        lines = (
            one.title, ", ".join(one.authors), names, one.source_name,
            memory_words(self.memories.get(one.id)),
            f"Added on {one.added_at.astimezone():%d %B %Y}".replace(" 0", " "),
        )  # fmt: skip
        return "\n".join(line for line in lines if line)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let texts be dragged onto a collection."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the numbers of the texts that are dragged."""
        numbers = sorted({self._shown[index.row()].id for index in indexes})
        data = QMimeData()
        data.setData(MIME, QByteArray(",".join(map(str, numbers)).encode()))
        return data


def dragged(data: QMimeData) -> list[int]:
    """Return the numbers of the texts that were dragged."""
    if not data.hasFormat(MIME):
        return []
    return [int(number) for number in data.data(MIME).toStdString().split(",") if number]


def memory_words(memory: TextMemory | None) -> str:
    """Return what of a text is known, fading and new; nothing before its first answer."""
    if memory is None or not memory.known + memory.fading:
        return ""
    return f"Cards: {memory.known} known, {memory.fading} fading, {memory.new} new"


def state_of(one: DocumentSummary) -> str:
    """Return what there is to do with a text."""
    waiting = one.cards_due + one.cards_new
    if waiting:
        return counted(waiting, "card") + " to study"
    if one.cards_total:
        return "All cards done"
    if one.notes_proposed:
        return counted(one.notes_proposed, "card") + " proposed"
    return "Read" if one.progress >= _READ else "Not started" if not one.progress else "Reading"


def length_of(one: DocumentSummary) -> str:
    """Return how long a text is, or how much of it is left."""
    if 0 < one.progress < _READ:
        left = round(one.word_count * (1 - one.progress))
        return f"{reading_time(left)} left · {one.progress:.0%} read"
    return f"{counted(one.word_count, 'word')} · {reading_time(one.word_count)}"


def _title(one: DocumentSummary) -> str:
    title = plain(one.title)
    return next((title.removeprefix(a) for a in _ARTICLES if title.startswith(a)), title)


def _surname(one: DocumentSummary) -> str:
    return plain(one.authors[0].split()[-1]) if one.authors and one.authors[0].split() else "\uffff"


_KEYS: Mapping[Order, dict[str, Any]] = {
    Order.OPENED: {"key": lambda one: one.opened_at or one.added_at, "reverse": True},
    Order.ADDED: {"key": lambda one: (one.added_at, one.id), "reverse": True},
    Order.TITLE: {"key": _title},
    Order.AUTHOR: {"key": lambda one: (_surname(one), _title(one))},
    Order.PROGRESS: {"key": lambda one: (one.progress, one.opened_at or one.added_at),
                     "reverse": True},
    Order.LENGTH: {"key": lambda one: one.word_count},
}  # fmt: skip
