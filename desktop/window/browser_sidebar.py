"""The side of the browser: saved searches, days, flags, states, decks, tags, texts, as a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QTreeWidget, QTreeWidgetItem

from desktop.window import theme
from desktop.window.browser_columns import FLAGS
from desktop.window.browser_query import quoted

if TYPE_CHECKING:
    from desktop.operations.card_reader import BrowserLists

_QUERY = Qt.ItemDataRole.UserRole + 1
_SAVED = Qt.ItemDataRole.UserRole + 2
_NAME = Qt.ItemDataRole.UserRole + 3  # of a deck or a tag

_DAYS = (
    ("Due", "is:due"),
    ("Added today", "added:1"),
    ("Edited today", "edited:1"),
    ("Studied today", "rated:1"),
    ("First time today", "introduced:1"),
    ("Again today", "rated:1:1"),
    ("Overdue", "is:due prop:due<0"),
)
_STATES = (
    ("New", "is:new"),
    ("Learning", "is:learn"),
    ("Review", "is:review"),
    ("Suspended", "is:suspended"),
    ("Buried", "is:buried"),
    ("Leeches", "is:leech"),
    ("Marked", "is:marked"),
    ("Fading", "prop:r<0.8"),
)


class BrowserSidebar(QTreeWidget):
    """Says what was chosen, and how it joins the search that is there."""

    chosen = Signal(str, str)  # a query; "", "and", "or", "not"
    save_wanted = Signal()
    forget_wanted = Signal(str)  # the name of a saved search
    rename_wanted = Signal(str, str)  # deck or tag, its name

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("browser_sidebar")
        self.setAccessibleName("Searches, decks and tags")
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(lambda item, _c: self._choose(item))
        self._saved: dict[str, str] = {}
        self._lists: BrowserLists | None = None

    def show_saved(self, searches: Mapping[str, str]) -> None:
        """Show the searches that the reader saved."""
        self._saved = dict(searches)
        self._fill()

    def show_lists(self, lists: BrowserLists) -> None:
        """Show what cards can be chosen by."""
        if lists != self._lists:
            self._lists = lists
            self._fill()

    def _fill(self) -> None:
        """Build the tree anew; what was open stays open."""
        opened = self._open_paths()
        current = self.currentItem()
        chosen = current.data(0, _QUERY) if current is not None else None
        self.clear()
        self._add("All cards", "")
        saved = self._group("Saved searches")
        for name, query in self._saved.items():
            item = self._add(name, query, saved)
            item.setData(0, _SAVED, name)
        if not self._saved:
            self._hint(saved, "Ctrl+S saves a search")
        days, states = self._group("Today"), self._group("State")
        for name, query in _DAYS:
            self._add(name, query, days)
        for name, query in _STATES:
            self._add(name, query, states)
        flags = self._group("Flags")
        for number, (name, light, dark) in enumerate(FLAGS):
            item = self._add(name, f"flag:{number}", flags)
            if number:
                item.setForeground(0, QBrush(QColor(dark if theme.colours().dark else light)))
        if self._lists is not None:
            self._fill_lists(self._lists)
        self._open(opened)
        self._choose_again(chosen)

    def _fill_lists(self, lists: BrowserLists) -> None:
        decks = self._group("Decks")
        self._tree(decks, lists.decks, "deck:")
        tags = self._group("Tags")
        self._tree(tags, lists.tags, "tag:")
        self._add("Without a tag", "tag:none", tags)
        texts = self._group("Texts")
        for title in lists.documents:
            self._add(title, "doc:" + quoted(title), texts)
        if not lists.documents:
            self._hint(texts, "No cards of a text yet")
        types = self._group("Note types")
        for name in lists.note_types:
            self._add(name, "note:" + quoted(name), types)
        if len(lists.presets) > 1:
            presets = self._group("Deck options")
            for name in lists.presets:
                self._add(name, "preset:" + quoted(name, wild=False), presets)

    def _tree(self, root: QTreeWidgetItem, names: Sequence[str], key: str) -> None:
        """Add nested names; a part that no name stands for itself is there too."""
        made: dict[str, QTreeWidgetItem] = {}
        for name in names:
            parts = name.split("::")
            for end in range(1, len(parts) + 1):
                path = "::".join(parts[:end])
                if path not in made:
                    above = made["::".join(parts[: end - 1])] if end > 1 else root
                    made[path] = self._add(parts[end - 1], key + quoted(path), above)
                    made[path].setData(0, _NAME, path)

    def _group(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name])
        item.setFont(0, theme.small_capitals(theme.TYPE_TINY))
        item.setForeground(0, QBrush(QColor(theme.colours().muted)))
        self.addTopLevelItem(item)
        return item

    def _add(self, name: str, query: str, above: QTreeWidgetItem | None = None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name])
        item.setData(0, _QUERY, query)
        item.setToolTip(0, query or name)
        if above is None:
            self.addTopLevelItem(item)
        else:
            above.addChild(item)
        return item

    def _hint(self, above: QTreeWidgetItem, text: str) -> None:
        item = QTreeWidgetItem([text])
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(0, QBrush(QColor(theme.colours().muted)))
        above.addChild(item)

    # -- what is open and chosen

    def _paths(self) -> dict[tuple[str, ...], QTreeWidgetItem]:
        found: dict[tuple[str, ...], QTreeWidgetItem] = {}

        def walk(item: QTreeWidgetItem, above: tuple[str, ...]) -> None:
            path = (*above, item.text(0))
            found[path] = item
            for place in range(item.childCount()):
                if (child := item.child(place)) is not None:
                    walk(child, path)

        for place in range(self.topLevelItemCount()):
            if (item := self.topLevelItem(place)) is not None:
                walk(item, ())
        return found

    def _open_paths(self) -> set[tuple[str, ...]] | None:
        """Return what is open, ``None`` before the first filling."""
        if not self.topLevelItemCount():
            return None
        paths = {path for path, item in self._paths().items() if item.isExpanded()}
        if not any(path[0] == "Decks" for path in self._paths()):
            paths |= {("Decks",), ("Tags",)}
        return paths

    def _open(self, opened: set[tuple[str, ...]] | None) -> None:
        wanted = opened if opened is not None else {("Saved searches",), ("Today",)}
        for path, item in self._paths().items():
            item.setExpanded(path in wanted)

    def _choose_again(self, query: str | None) -> None:
        if query is None:
            return
        for item in self._paths().values():
            if item.data(0, _QUERY) == query:
                self.setCurrentItem(item)
                return

    # -- choosing

    def _choose(self, item: QTreeWidgetItem) -> None:
        query = item.data(0, _QUERY)
        if query is None:
            item.setExpanded(not item.isExpanded())
            return
        held = QGuiApplication.keyboardModifiers()
        way = ""
        if held & Qt.KeyboardModifier.AltModifier:
            way = "not"
        elif held & Qt.KeyboardModifier.ControlModifier:
            way = "and"
        elif held & Qt.KeyboardModifier.ShiftModifier:
            way = "or"
        self.chosen.emit(query, way)

    def event(self, event: QEvent) -> bool:
        """Keep Delete and F2 for the list itself: beside it they are other actions."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space, forget a saved search with Delete, rename with F2."""
        item = self.currentItem()
        if item is not None and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
        ):  # fmt: skip
            self._choose(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete and item.data(0, _SAVED):
            self.forget_wanted.emit(item.data(0, _SAVED))
        elif item is not None and event.key() == Qt.Key.Key_F2 and item.data(0, _NAME):
            kind = "deck" if item.data(0, _QUERY).startswith("deck:") else "tag"
            self.rename_wanted.emit(kind, item.data(0, _NAME))
        else:
            super().keyPressEvent(event)

    def _show_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        menu = QMenu(self)
        if item is not None and (query := item.data(0, _QUERY)) is not None:
            menu.addAction("Search", lambda: self.chosen.emit(query, ""))
            menu.addAction("Narrow the search to it", lambda: self.chosen.emit(query, "and"))
            menu.addAction("Add it to the search", lambda: self.chosen.emit(query, "or"))
            menu.addAction("Leave it out of the search", lambda: self.chosen.emit(query, "not"))
            menu.addSeparator()
            if name := item.data(0, _NAME):
                kind = "deck" if query.startswith("deck:") else "tag"
                menu.addAction(f"Rename the {kind}…", lambda: self.rename_wanted.emit(kind, name))
            if name := item.data(0, _SAVED):
                menu.addAction("Forget this saved search", lambda: self.forget_wanted.emit(name))
        menu.addAction("Save the present search…", self.save_wanted.emit)
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()
