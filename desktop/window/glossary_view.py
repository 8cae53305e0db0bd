"""The glossary beside the text: search, kinds, order, and one entry in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.term import Glossary
from desktop.reading.document import Document, Span
from desktop.window.card_stack import CardStack
from desktop.window.chips import FilterChips
from desktop.window.empty_state import EmptyState
from desktop.window.entry_page import EntryPage
from desktop.window.glossary_list import (
    INDEX_ROLE,
    EntryDelegate,
    GlossaryModel,
    Order,
    summary,
)
from desktop.window.icons import icon
from desktop.window.segments import Segments
from desktop.window.wording import TERM_KINDS


class GlossaryView(QStackedWidget):
    """The list of entries and, in its place, the entry that was chosen."""

    mention_wanted = Signal(object)  # Span
    evidence_wanted = Signal(object)  # Span
    entry_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Glossary")
        self._document: Document | None = None
        self.model = GlossaryModel()
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search the glossary")
        self.search.setAccessibleName("Search the glossary")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", 16), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        self.kinds = FilterChips({k: many for k, (_one, many) in TERM_KINDS.items()})
        self.order = Segments([order.value for order in Order], "Sort by")
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        self.list = CardStack("Glossary entries")
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.installEventFilter(self)
        self.empty = EmptyState("glossary", "No entries yet")
        self._below = QStackedWidget()
        self._below.addWidget(self.list)
        self._below.addWidget(self.empty)
        self.entry = EntryPage()
        self.addWidget(self._list_page())
        self.addWidget(self.entry)
        self._connect()

    def _list_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 6, 0)
        column.setSpacing(10)
        self._controls = QWidget()
        top = QVBoxLayout(self._controls)
        top.setContentsMargins(0, 0, 10, 0)
        top.setSpacing(10)
        top.addWidget(self.search)
        top.addWidget(self.kinds)
        row = QHBoxLayout()
        row.addWidget(self._summary)
        row.addStretch()
        row.addWidget(self.order)
        top.addLayout(row)
        column.addWidget(self._controls)
        column.addWidget(self._below, 1)
        return page

    def _connect(self) -> None:
        self.search.textChanged.connect(self._choose)
        self.kinds.chosen.connect(self._choose)
        self.order.chosen.connect(self._choose)
        self.list.clicked.connect(self._open)
        self.entry.closed.connect(self.show_list)
        self.entry.mention_wanted.connect(self.mention_wanted)
        self.entry.evidence_wanted.connect(self.evidence_wanted)

    # -- what is shown

    def show_glossary(self, glossary: Glossary | None, document: Document | None) -> None:
        """Show the entries of ``glossary``; an open entry stays open where it still exists."""
        same = document is self._document
        self._document = document
        bar = self.list.verticalScrollBar()
        before = bar.value() if same else 0
        self.model.set_terms(glossary.terms if glossary else ())
        self.kinds.set_counts(term.kind for term in self.model.terms)
        self._say()
        self.list.doItemsLayout()
        bar.setValue(before)
        open_term = self.entry.term
        if same and self.currentWidget() is self.entry and open_term is not None:
            for index, term in enumerate(self.model.terms):
                if term.term == open_term.term:
                    if term != open_term:
                        self.show_entry(index)
                    return
        self.setCurrentIndex(0)

    def show_waiting(self, title: str, text: str = "") -> None:
        """Say what is going on while there are no entries."""
        self.empty.say(title, text, drawing="glossary")
        self._say()

    def show_entry(self, index: int, mention: Span | None = None) -> None:
        """Open the entry of the term with that index in the glossary."""
        if self._document is None or not 0 <= index < len(self.model.terms):
            return
        self.entry.show_term(self.model.terms[index], self._document, mention)
        row = self.model.row_of(index)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
        from_list = self.list.hasFocus()
        self.setCurrentWidget(self.entry)
        if from_list:
            self.entry.setFocus()

    def show_list(self) -> None:
        """Go back to the list of entries."""
        if self.currentWidget() is self.entry:
            self.setCurrentIndex(0)
            self.list.setFocus()
            self.entry_closed.emit()

    def step_mention(self, by: int) -> None:
        """Go to the next or previous mention of the open entry."""
        if self.currentWidget() is self.entry:
            self.entry.step(by)

    def _choose(self) -> None:
        self.model.set_filter(
            words=self.search.text(), kind=self.kinds.kind, order=Order(self.order.choice)
        )
        self._say()

    def _say(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.terms)
        self._controls.setVisible(total > 0)
        self._summary.setText(summary(shown, total))
        if total and not shown:
            self.empty.say("Nothing found", "No entry contains these words.", drawing="search")
        self._below.setCurrentWidget(self.list if shown else self.empty)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.show_entry(index.data(INDEX_ROLE))

    # -- Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open an entry with Enter; go from the search to the list with the down key."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.list and enter:
                self._open(self.list.currentIndex())
                return True
            if watched is self.search and (enter or event.key() == Qt.Key.Key_Down):
                if self.model.rowCount():
                    self.list.setFocus()
                    self.list.setCurrentIndex(self.model.index(0))
                return True
            if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifying glass for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))
