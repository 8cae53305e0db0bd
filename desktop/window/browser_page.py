"""The browser: a search over a table of cards, with lists at its side and the card below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import SearchError
from desktop.window.browser_columns import COLUMNS, USUAL_COLUMNS
from desktop.window.browser_preview import BrowserPreview
from desktop.window.browser_query import joined, unknown_fields
from desktop.window.browser_sidebar import BrowserSidebar
from desktop.window.browser_table import CardTable, CardTableView
from desktop.window.empty_state import EmptyState
from desktop.window.icons import IconButton
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.card_reader import CardRow, Sorting
    from desktop.window.browser_desk import Found

_NOTHING = "No card is what this search asks for."

#: Typing rests so long before the search is made.
_TYPING_MS = 150

_ROW_HEIGHT = 30

#: More chosen cards than this are not chosen again after a change.
_KEPT_SELECTION = 2_000


class BrowserPage(QWidget):
    """Shows cards and says what is searched and chosen; changes nothing by itself."""

    search_wanted = Signal(str, object)  # the query, Sorting
    current_changed = Signal(object)  # CardRow | None
    selection_changed = Signal(int)
    layout_changed = Signal()
    actions_wanted = Signal(QPoint)  # on the screen

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = CardTable()
        self.field = QLineEdit()
        self.error = QLabel()
        self.count = QLabel()
        self.table = CardTableView()
        self.sidebar = BrowserSidebar()
        self.preview = BrowserPreview()
        self.empty = EmptyState("search", "Nothing found")
        self.columns_button = IconButton("columns", "Columns…")
        self.more_button = IconButton("more", "What can be done with the chosen cards (Shift+F10)")
        self._sort_column, self._backwards = "added", False
        self._searched: str | None = None
        self.fields: tuple[str, ...] = ()  # that notes have
        self._shown = ""  # the search whose cards are on show
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_field()
        self._build_table()
        self.error.setProperty("role", "warning")
        self.error.setWordWrap(True)
        self.error.setContentsMargins(24, 6, 24, 8)
        self.error.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.below = QSplitter(Qt.Orientation.Vertical)
        self.below.addWidget(self._stack)
        self.below.addWidget(self.preview)
        self.below.setSizes([460, 200])
        self.below.setCollapsible(0, False)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.addWidget(self.sidebar)
        self.beside.addWidget(self.below)
        self.beside.setSizes([216, 900])
        self.beside.setStretchFactor(1, 1)
        self.beside.setCollapsible(1, False)
        for splitter in (self.below, self.beside):
            splitter.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.error)
        column.addWidget(self.beside, 1)

    def _build_field(self) -> None:
        self.field.setObjectName("search")
        self.field.setAccessibleName("Search the cards")
        self.field.setPlaceholderText("Search, as in Anki: words, deck:…, tag:…, is:due, prop:s<7")
        self.field.setClearButtonEnabled(True)
        self.count.setProperty("role", "muted")

    def _build_table(self) -> None:
        table = self.table
        table.setObjectName("browser_table")
        table.setAccessibleName("Cards found")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows, heads = table.verticalHeader(), table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        heads.setSectionsMovable(True)
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicatorClearable(False)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.setStretchLastSection(True)
        # A head is painted by whether its whole column is chosen, which asks of every row; of an
        # empty choice it asks of none.
        heads.setSelectionModel(QItemSelectionModel(self.model, heads))
        self.set_columns(USUAL_COLUMNS)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("header")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(56)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(12)
        title = QLabel("Browse")
        title.setProperty("role", "section")
        row.addWidget(title)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button in (self.columns_button, self.more_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return head

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _t: self._typing.start())
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._search_now)
        self._typing.timeout.connect(self._search)
        self.sidebar.chosen.connect(self._take_part)
        heads = self.table.horizontalHeader()
        heads.sectionClicked.connect(self._sort_by)
        heads.customContextMenuRequested.connect(lambda p: self._ask_columns(heads.mapToGlobal(p)))
        heads.sectionResized.connect(lambda *_: self.layout_changed.emit())
        heads.sectionMoved.connect(lambda *_: self.layout_changed.emit())
        self.columns_button.clicked.connect(
            lambda: self._ask_columns(self.columns_button.mapToGlobal(QPoint(0, 36)))
        )
        self.more_button.clicked.connect(
            lambda: self.actions_wanted.emit(self.more_button.mapToGlobal(QPoint(0, 36)))
        )
        self.table.customContextMenuRequested.connect(
            lambda p: self.actions_wanted.emit(self.table.viewport().mapToGlobal(p))
        )
        self._watch_selection()
        self.model.dataChanged.connect(lambda *_: self._tell_current())

    def _watch_selection(self) -> None:
        chosen = self.table.selectionModel()
        chosen.currentRowChanged.connect(lambda *_: self._tell_current())
        chosen.selectionChanged.connect(lambda *_: self._tell_selection())

    # -- searching

    @property
    def sorting(self) -> Sorting:
        """How the cards are sorted."""
        from desktop.operations.card_reader import Sorting

        return Sorting(self._sort_column, self._backwards)

    def focus_target(self) -> QWidget:
        """Return what takes the keys."""
        return self.table

    def set_sorting(self, column: str, backwards: bool) -> None:
        """Sort by a column from the next search on."""
        self._sort_column, self._backwards = column, backwards
        self._show_sorting()

    def search(self, query: str) -> None:
        """Put a search into the field and make it."""
        self.field.setText(query)
        self._search()

    def search_again(self) -> None:
        """Make the present search again: the library changed."""
        self._searched = None
        self._search()

    def show_found(self, found: Found) -> None:
        """Show what a search found; what was chosen stays chosen where it is still there."""
        self._say("")
        if found.card_ids == self.model.card_ids and found.card_ids:
            self.model.refresh()
            return
        chosen, current = self.selected_ids(_KEPT_SELECTION), self.current_id()
        bar = self.table.verticalScrollBar()
        place = bar.value() if found.query == self._shown else 0
        self._shown = found.query
        self.model.set_cards(found.card_ids)
        self.count.setText(counted(len(found.card_ids), "card"))
        self._stack.setCurrentIndex(0 if found.card_ids else 1)
        if not found.card_ids:
            self._say_nothing_found(found.query)
        self._choose_again(chosen, current)
        if place:
            bar.setValue(place)
        self._tell_current()
        self._tell_selection()

    def refuse(self, error: Exception) -> None:
        """Say what is wrong with the search."""
        self._say(str(error))

    def _check(self, query: str) -> None:
        """Say while typing what can't be understood."""
        from desktop.study.search_parser import parse_search

        try:
            parse_search(query)
        except SearchError as error:
            self._say(str(error))
        else:
            self._say("")

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)

    def _say_nothing_found(self, query: str) -> None:
        if query.strip():
            unknown = unknown_fields(query, self.fields)
            why = f"No note has a field “{unknown[0]}”." if unknown else _NOTHING
            self.empty.say("Nothing found", why, drawing="search")
        else:
            self.empty.say(
                "No cards yet",
                "Accept cards of a text, or take a deck in from Anki.",
                drawing="cards",
            )

    def _search(self) -> None:
        query = self.field.text()
        self._typing.stop()
        if query != self._searched and self.error.isHidden():
            self._searched = query
            self.search_wanted.emit(query, self.sorting)

    def _search_now(self) -> None:
        self._search()
        self.table.setFocus()

    def _take_part(self, query: str, way: str) -> None:
        self.search(joined(self.field.text(), query, way))

    # -- columns

    def set_columns(self, names: Sequence[str], widths: dict[str, int] | None = None) -> None:
        """Show columns, as wide as they were."""
        self.model.set_columns(names or USUAL_COLUMNS)
        heads = self.table.horizontalHeader()
        for place, column in enumerate(self.model.columns):
            heads.resizeSection(place, (widths or {}).get(column.id, column.width))
        self._show_sorting()

    def kept_layout(self) -> dict[str, Any]:
        """Return what the browser wants to find again."""
        heads = self.table.horizontalHeader()
        order = [heads.logicalIndex(place) for place in range(heads.count())]
        return {
            "columns": [self.model.columns[place].id for place in order],
            "widths": {c.id: heads.sectionSize(i) for i, c in enumerate(self.model.columns)},
            "sort": [self._sort_column, self._backwards],
            "beside": self.beside.sizes(),
            "below": self.below.sizes(),
        }

    def restore_layout(self, kept: dict[str, Any]) -> None:
        """Bring back what ``kept_layout`` returned."""
        self.set_columns(kept.get("columns", ()), kept.get("widths"))
        column, backwards = kept.get("sort", ("added", False))
        self.set_sorting(str(column), bool(backwards))
        for splitter, name in ((self.beside, "beside"), (self.below, "below")):
            if name in kept:
                splitter.setSizes(kept[name])

    def _ask_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        shown = {column.id for column in self.model.columns}
        for column in COLUMNS:
            action = menu.addAction(column.head)
            action.setCheckable(True)
            action.setChecked(column.id in shown)
            action.triggered.connect(lambda on, c=column.id: self._toggle_column(c, on))
        menu.exec(place)
        menu.deleteLater()

    def _toggle_column(self, name: str, on: bool) -> None:
        kept = self.kept_layout()
        columns = [c for c in kept["columns"] if c != name] + [name] * on
        if columns:
            self.set_columns(columns, kept["widths"])
            self.layout_changed.emit()

    def _sort_by(self, place: int) -> None:
        column = self.model.columns[place]
        if column.order:
            again = column.order == self._sort_column
            self.set_sorting(column.order, not self._backwards if again else False)
            self.search_again()
            self.layout_changed.emit()
        else:
            self._show_sorting()

    def _show_sorting(self) -> None:
        heads = self.table.horizontalHeader()
        places = [i for i, c in enumerate(self.model.columns) if c.order == self._sort_column]
        way = Qt.SortOrder.DescendingOrder if self._backwards else Qt.SortOrder.AscendingOrder
        heads.setSortIndicator(places[0] if places else -1, way)

    # -- what is chosen

    def current_row(self) -> CardRow | None:
        """Return the card that the cursor is at."""
        return self.model.row_at(self.table.currentIndex().row())

    def current_id(self) -> int | None:
        """Return the id of the card that the cursor is at."""
        place = self.table.currentIndex().row()
        return self.model.card_ids[place] if 0 <= place < len(self.model.card_ids) else None

    def selected_ids(self, most: int | None = None) -> list[int]:
        """Return the ids of the chosen cards, in their order; none if more than ``most``."""
        ranges = self._ranges()
        if most is not None and sum(end - begin for begin, end in ranges) > most:
            return []
        return [card for begin, end in sorted(ranges) for card in self.model.card_ids[begin:end]]

    def _choose_again(self, chosen: list[int], current: int | None) -> None:
        place = self.model.place_of(current) if current is not None else -1
        if place < 0:
            place = 0 if self.model.card_ids else -1
        if place < 0:
            return
        self.table.setCurrentIndex(self.model.index(place, 0))
        if len(chosen) > 1:
            places = {card: i for i, card in enumerate(self.model.card_ids)}
            selection, last = QItemSelection(), len(self.model.columns) - 1
            for card in chosen:
                if (row := places.get(card)) is not None:
                    selection.select(self.model.index(row, 0), self.model.index(row, last))
            self.table.selectionModel().select(
                selection, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_row())

    def _tell_selection(self) -> None:
        self.selection_changed.emit(sum(end - begin for begin, end in self._ranges()))

    def _ranges(self) -> list[tuple[int, int]]:
        """Return the chosen rows as half-open ranges."""
        chosen = self.table.selectionModel().selection()
        found = [chosen.at(place) for place in range(chosen.count())]
        return [(one.top(), one.bottom() + 1) for one in found]
