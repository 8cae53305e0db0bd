"""The glossary beside the text: search, kinds, order, and one entry in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.glossary.guard import Place
from desktop.glossary.keys import term_key
from desktop.glossary.term import Glossary
from desktop.reading.document import Document, Span
from desktop.window.card_stack import CardStack
from desktop.window.empty_state import EmptyState
from desktop.window.entry_page import EntryPage
from desktop.window.glossary_controls import GlossaryControls
from desktop.window.glossary_list import INDEX_ROLE, EntryDelegate, GlossaryModel, summary
from desktop.window.glossary_rows import Choice, Order

#: Entries that may come in above the one at the top of the list and leave it in its place.
_MORE = 200


class GlossaryView(QStackedWidget):
    """The list of entries and, in its place, the entry that was chosen."""

    mention_wanted = Signal(object)  # Span
    evidence_wanted = Signal(object)  # Span
    entry_closed = Signal()
    guard_changed = Signal(bool)  # whether the spoiler guard is wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Glossary")
        self._document: Document | None = None
        self._on_show: tuple[int, ...] = ()
        self._reach: Place | None = None
        self._known: frozenset[str] = frozenset()
        self._waiting = False  # a change of what is on show waits for the reader's hands
        self.model = GlossaryModel()
        self.controls = GlossaryControls()
        self.search, self.kinds = self.controls.search, self.controls.kinds
        self.search.installEventFilter(self)
        self.list = CardStack("Glossary entries")
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
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
        column.addWidget(self.controls)
        column.addWidget(self._below, 1)
        return page

    def _connect(self) -> None:
        self.controls.changed.connect(self._choose)
        self.controls.guard_changed.connect(self.guard_changed)
        self.list.clicked.connect(self._open)
        self.entry.closed.connect(self.show_list)
        self.entry.mention_wanted.connect(self.mention_wanted)
        self.entry.evidence_wanted.connect(self.evidence_wanted)

    # -- what is shown

    def show_glossary(self, glossary: Glossary | None, document: Document | None) -> None:
        """Show the entries of ``glossary``; an open entry stays open where it still exists."""
        same = document is self._document
        self._document = document
        self._on_show = ()
        terms = glossary.terms if glossary else ()
        self._keep_place(lambda: self.model.set_terms(terms, document), anew=not same)
        self._say()
        self._count()
        self._offer_known()
        open_term = self.entry.term
        if same and self.currentWidget() is self.entry and open_term is not None:
            if self.entry.form is not None:  # not while the reader writes
                return
            index = self.index_of(self.entry.name)
            if index is not None:
                if self.model.terms[index] != open_term:
                    self.show_entry(index)
                return
        self.setCurrentIndex(0)

    def index_of(self, name: str) -> int | None:
        """Return the index of the term of that name, ``None`` where there is none."""
        return next((i for i, term in enumerate(self.model.terms) if term.term == name), None)

    def set_known(self, keys: frozenset[str]) -> None:
        """Leave the terms with these keys out of the list, unless they are asked for."""
        self._known = keys
        self._offer_known()
        self._choose()
        self.entry.set_known(keys)

    def _offer_known(self) -> None:
        known = any(term_key(term.term, term.kind) in self._known for term in self.model.terms)
        self.controls.known.setVisible(known)

    def show_on_page(self, indices: Sequence[int], first: Place) -> None:
        """Learn which terms stand in the text on show, which begins at ``first``.

        The list follows, but not while the reader's hands are on it.
        """
        self.entry.show_place(first)
        if tuple(indices) != self._on_show:
            self._on_show = tuple(indices)
            self._waiting = self.controls.follow.isChecked()
            self._follow()

    def set_reach(self, reach: Place | None) -> None:
        """Tell no more than the text up to ``reach`` does; ``None``: everything."""
        self.controls.set_guard(reach is not None)
        if reach == self._reach:
            return
        had = {id(term) for term in self.model.open_terms()}
        self._reach = reach
        self._choose()
        if had != {id(term) for term in self.model.open_terms()}:
            self._count()

    def show_waiting(self, title: str, text: str = "") -> None:
        """Say what is going on while there are no entries."""
        self.empty.say(title, text, drawing="glossary")
        self._say()

    def show_entry(self, index: int, mention: Span | None = None) -> None:
        """Open the entry of the term with that index in the glossary."""
        if self._document is None or not 0 <= index < len(self.model.terms):
            return
        term = self.model.term(index)
        if term is None:
            return
        self.entry.show_term(term, self._document, self.model.terms, mention)
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

    # -- the list

    def _choose(self) -> None:
        controls = self.controls
        self._waiting = False
        choice = Choice(
            words=self.search.text(),
            kind=self.kinds.kind,
            order=Order(controls.order.currentText()),
            on_show=self._on_show if controls.follow.isChecked() else None,
            reach=self._reach,
            hidden=frozenset() if controls.known.isChecked() else self._known,
        )
        before = self.model.choice
        moved = (choice.words, choice.kind, choice.order) != (
            before.words, before.kind, before.order,
        )  # fmt: skip
        self._keep_place(lambda: self.model.choose(choice), anew=moved)
        self._say()

    def _follow(self) -> None:
        """Bring what is on the page to the top, unless the reader is at the list just now."""
        if self._waiting and not self.list.underMouse() and not self.list.hasFocus():
            self._choose()

    def _keep_place(self, change: Callable[[], bool], *, anew: bool) -> None:
        """Make a change of the list with the same entry at its top, unless it shall begin anew.

        Who is at the top stays there: they want to see what comes first.
        """
        top = self.list.indexAt(QPoint(8, 2))
        index = top.data(INDEX_ROLE) if top.isValid() else None
        bar = self.list.verticalScrollBar()
        if anew or bar.value() == 0 or index is None:
            change()
            return
        above = self.list.visualRect(top).top()
        self.list.lay_out_to(top.row() + len(self._on_show) + _MORE)
        if change() and (row := self.model.row_of(index)) is not None:
            self.list.scrollTo(self.model.index(row), CardStack.ScrollHint.PositionAtTop)
            bar.setValue(bar.value() - above)
        self.list.lay_out_to(0)

    def _count(self) -> None:
        self.controls.set_kinds(term.kind for term in self.model.open_terms())

    def _say(self) -> None:
        shown, total = self.model.entries(), len(self.model.open_terms())
        self.controls.setVisible(bool(self.model.terms))
        self.controls.summary.setText(summary(shown, total, so_far=self._reach is not None))
        self.controls.summary.setVisible(shown != total or self._reach is not None)
        if total and not shown:
            self.empty.say("Nothing found", "No entry contains these words.", drawing="search")
        elif self.model.terms and not total:
            self.empty.say("Nothing so far", "Entries appear as you read on.", drawing="glossary")
        self._below.setCurrentWidget(self.list if shown else self.empty)

    def _open(self, index: QModelIndex) -> None:
        found = index.data(INDEX_ROLE) if index.isValid() else None
        if found is not None:
            self.show_entry(found)

    # -- Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page when the hands leave the list; serve the keys of list and search."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut) and self._waiting:
            self._follow()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Open an entry with Enter; go from the search to the list with the down key."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.list and enter:
            self._open(self.list.currentIndex())
            return True
        if watched is self.search and (enter or event.key() == Qt.Key.Key_Down):
            first = next((r for r in range(2) if self._is_entry(r)), None)
            if first is not None:
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(first))
            return True
        if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    def _is_entry(self, row: int) -> bool:
        return self.model.index(row).data(INDEX_ROLE) is not None
