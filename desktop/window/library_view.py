"""The library: the reader's texts as covers, their collections, and search in all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.window.cover_delegate import CoverDelegate
from desktop.window.empty_state import EmptyState
from desktop.window.label_list import LabelList
from desktop.window.library_head import IN_TEXTS, LibraryHead, SelectionBar
from desktop.window.library_model import (
    SUMMARY_ROLE,
    LibraryModel,
    Order,
    State,
    state_counts,
)
from desktop.window.passage_list import PassageList
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.workspace import DocumentSummary, Found, Label
    from desktop.study.card_figures import TextMemory

_ROOM_FOR_LABELS = 860  # the width from which on the pane of collections stands beside the texts
_GRID, _EMPTY, _PASSAGES, _NOTHING = range(4)


class LibraryView(QWidget):
    """Shows the texts; what the reader wants done with them goes out as signals."""

    open_wanted = Signal(int)
    remove_wanted = Signal(object)  # list[int]
    export_wanted = Signal(int)
    add_wanted = Signal()
    label_wanted = Signal(str, object)  # the kind of label, document ids
    unlabel_wanted = Signal(int, object)  # label id, document ids
    put_wanted = Signal(int, object)  # label id, document ids
    search_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = LibraryModel()
        self.list = self._make_list()
        self.covers = CoverDelegate(self.list)
        self.list.setItemDelegate(self.covers)
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.labels = LabelList()
        self.labels.chosen.connect(self._choose)
        self.passages = PassageList()
        self.head = LibraryHead()
        self.head.add_wanted.connect(self.add_wanted)
        self.head.words_changed.connect(self._filter)
        self.head.order_chosen.connect(self._sort)
        self.head.place_chosen.connect(self._show_place)
        self.head.pane.toggled.connect(self.labels.setVisible)
        self.head.go_on.connect(self.enter_results)
        self.selection_bar = SelectionBar()
        self.selection_bar.remove_wanted.connect(self.remove_current)
        self.selection_bar.label_wanted.connect(self._label)
        self.selection_bar.clear_wanted.connect(self.list.clearSelection)
        self.empty = EmptyState(
            "drop", "Your library is empty", "Drop texts here, or open one.", "Open a text"
        )
        self.empty.action_wanted.connect(self.add_wanted)
        self.nothing = EmptyState("search", "Nothing was found", "")
        self.nothing.action_wanted.connect(lambda: self.head.choose_place(IN_TEXTS))
        self._label_kinds: dict[int, Label] = {}
        self._awaited: set[int] = set()
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(self._show_selection)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setAccessibleName("Texts")
        view.setModel(self.model)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMovement(QListView.Movement.Static)
        view.setUniformItemSizes(True)
        view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        view.setDragDropMode(QListView.DragDropMode.DragOnly)
        view.setDragEnabled(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.clicked.connect(self._clicked)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        return view

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.list, self.empty, self.passages, self.nothing):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        body = QHBoxLayout()
        body.setContentsMargins(16, 16, 8, 0)
        body.setSpacing(16)
        body.addWidget(self.labels)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.selection_bar)
        right.addWidget(self._stack, 1)
        body.addLayout(right, 1)
        column.addLayout(body, 1)

    # -- what is shown

    def show_documents(self, summaries: Sequence[DocumentSummary]) -> None:
        """Show the texts of the library."""
        current = self.list.currentIndex().data(SUMMARY_ROLE)
        chosen = set(self.chosen_ids())
        if self._awaited:
            chosen, self._awaited = self._awaited, set()
        self.model.set_summaries(summaries)
        self._choose_again(current.id if current else None, chosen)
        self._show_labels()
        self._show_counts()

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Show the collections and tags."""
        self._label_kinds = {label.id: label for label in labels}
        self.model.set_labels(labels)
        self._show_labels()

    def show_cover(self, document_id: int, name: str, image: QImage | None) -> None:
        """Show a cover that was asked for."""
        self.covers.set_cover(document_id, name, image)
        row = self.model.row_of(document_id)
        if row is not None:
            self.list.update(self.model.index(row))

    def show_memories(self, memories: Mapping[int, TextMemory]) -> None:
        """Show how well each text is remembered."""
        self.model.memories = self.covers.memories = memories
        self.list.viewport().update()

    def show_found(self, words: str, found: Found) -> None:
        """Show the answer to a search in the texts, if it is still asked for."""
        if words != self.head.words:
            return
        self.head.show_found(found.passages)
        self.passages.rows.set_texts(found.best)
        self.passages.choose_first()
        self._turn()

    def _show_labels(self) -> None:
        self.labels.show_labels(state_counts(self.model.every), tuple(self._label_kinds.values()))

    def _show_counts(self) -> None:
        every, shown = len(self.model.every), self.model.rowCount()
        said = counted(every, "text") if every else ""
        self.head.show_count(said if shown == every else f"{shown:,} of {said}", shown)
        self._turn()

    def _turn(self) -> None:
        """Turn to the covers, to the passages, or to what stands in for them."""
        words = self.head.words.strip()
        searching = self.head.place == IN_TEXTS and bool(words)
        if searching:
            page = _PASSAGES if self.passages.rows.rows else _NOTHING
        elif not self.model.every:
            page = _EMPTY
        else:
            page = _GRID if self.model.rowCount() else _NOTHING
        if page == _NOTHING:
            self._say_nothing(words, searching=searching)
        self._stack.setCurrentIndex(page)
        self._show_selection()

    def _say_nothing(self, words: str, *, searching: bool) -> None:
        if not words:
            self.nothing.say("No texts here", "None of your texts belongs here yet.")
        elif searching:
            self.nothing.say("Nothing was found", f"None of the texts has “{words}”.")
        else:
            elsewhere = IN_TEXTS if self.passages.rows.rows else ""
            said = f"No title, author, collection or tag has “{words}”."
            self.nothing.say(
                "Nothing was found", said, f"Look {elsewhere.lower()}" * bool(elsewhere)
            )

    # -- what the reader chooses

    @property
    def known_labels(self) -> list[Label]:
        """The collections and tags of the library."""
        return list(self._label_kinds.values())

    def search_texts(self) -> None:
        """Let the reader look for words in all texts."""
        self.head.choose_place(IN_TEXTS)
        self.head.field.setFocus()
        self.head.field.selectAll()

    def chosen_ids(self) -> list[int]:
        """Return the texts that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.index(row).data(SUMMARY_ROLE).id for row in rows]

    def choose(self, document_ids: Sequence[int]) -> None:
        """Choose texts when they are on show, as those that were just added."""
        self._awaited = set(document_ids)

    def remove_current(self) -> None:
        """Ask to remove the chosen texts."""
        if numbers := self.chosen_ids():
            self.remove_wanted.emit(numbers)

    def kept_state(self) -> dict[str, str]:
        """Return what is to be found again at the next start."""
        return {"order": self.model.order.value}

    def restore(self, state: object) -> None:
        """Bring back what ``kept_state`` returned."""
        order = state.get("order") if isinstance(state, dict) else None
        if order in list(Order):
            self.head.choose_order(Order(order))

    def _choose(self, choice: State | int) -> None:
        self.model.chosen = choice
        self._refresh()

    def _sort(self, order: Order) -> None:
        self.model.order = order
        self._refresh()

    def _filter(self, words: str) -> None:
        self.model.words = words
        self._refresh()
        if words.strip():
            self.search_wanted.emit(words)
        else:
            self.passages.rows.set_texts(())
            self.head.show_found(None)

    def _show_place(self, _place: str) -> None:
        self._turn()

    def _refresh(self) -> None:
        self.model.refresh()
        self._show_counts()

    def enter_results(self) -> None:
        """Move from the search field to what was found."""
        if self._stack.currentIndex() == _PASSAGES:
            self.passages.setFocus()
        elif self.model.rowCount():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))

    def _choose_again(self, current: int | None, chosen: set[int]) -> None:
        select = self.list.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        for number in chosen:
            row = self.model.row_of(number)
            if row is not None:
                select.select(self.model.index(row), flag.Select)
        row = self.model.row_of(current) if current is not None else None
        if row is not None:
            select.setCurrentIndex(self.model.index(row), flag.NoUpdate)

    def _show_selection(self) -> None:
        there = self._stack.currentIndex() == _GRID
        number = len(self.list.selectionModel().selectedIndexes()) if there else 0
        self.selection_bar.show_number(number)

    # -- what the reader does

    def _clicked(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        summary = index.data(SUMMARY_ROLE)
        if summary is not None:
            self.open_wanted.emit(summary.id)

    def _label(self, kind: str) -> None:
        if numbers := self.chosen_ids():
            self.label_wanted.emit(kind, numbers)

    def _show_menu(self, place: QPoint) -> None:
        summary = self.list.indexAt(place).data(SUMMARY_ROLE)
        if summary is None:
            return
        numbers = self.chosen_ids()
        if summary.id not in numbers:
            numbers = [summary.id]
        menu = QMenu(self)
        if len(numbers) == 1:
            menu.addAction("Read", lambda: self.open_wanted.emit(summary.id))
            menu.addAction("Export its cards…", lambda: self.export_wanted.emit(summary.id))
            menu.addSeparator()
        self._add_labels(menu, "collection", "Put into a collection", numbers)
        self._add_labels(menu, "tag", "Tag", numbers)
        menu.addSeparator()
        menu.addAction("Remove from the library", lambda: self.remove_wanted.emit(numbers))
        menu.exec(self.list.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _add_labels(self, menu: QMenu, kind: str, name: str, numbers: list[int]) -> None:
        """Offer the labels of a kind; those that all of the texts have are ticked."""
        part = menu.addMenu(name)
        texts = [one for one in self.model.every if one.id in set(numbers)]
        for label in self._label_kinds.values():
            if label.kind != kind:
                continue
            action = part.addAction(label.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(all(label.id in one.labels for one in texts))
            action.triggered.connect(self._labelling(label.id, numbers))
        if part.actions():
            part.addSeparator()
        part.addAction("New…", lambda: self.label_wanted.emit(kind, numbers))

    def _labelling(self, label_id: int, numbers: list[int]) -> Callable[[bool], None]:
        def change(on: bool) -> None:
            (self.put_wanted if on else self.unlabel_wanted).emit(label_id, numbers)

        return change

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter, ask to remove with Delete."""
        if watched is self.list.viewport():
            room = self.list.viewport().width() - 4
            if event.type() == QEvent.Type.Resize and self.covers.fit(room):
                self.list.scheduleDelayedItemsLayout()
            return False
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.remove_current()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the pane of collections where there is room for it, or where it is asked for."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOM_FOR_LABELS
        if (event.oldSize().width() >= _ROOM_FOR_LABELS) is not roomy or not self.isVisible():
            self.head.pane.setChecked(roomy)
            self.labels.setVisible(roomy)
