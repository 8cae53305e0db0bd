"""The browser in the window: what its actions do, what it asks for, what comes back to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.window.jobs import Lane
from desktop.window.rail import Page
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.card_reader import BrowserLists, CardRow, Sorting
    from desktop.window.browser_desk import BrowserDesk, Found
    from desktop.window.browser_page import BrowserPage
    from desktop.window.main_window import MainWindow

#: Under which names the window keeps the browser's layout and the reader's searches.
_LAYOUT, _SEARCHES = "browser", "saved_searches"

#: The actions on chosen cards, as its menu has them.
_MENU = (
    "browse_edit", "browse_info", "browse_in_text", None,
    "browse_suspend", "browse_bury", "browse_mark", "browse_flag", None,
    "browse_move", "browse_tags", "browse_due", "browse_forget", None,
    "browse_replace", "browse_duplicates", "browse_export", None,
    "browse_save", "browse_guide", None, "browse_delete",
)  # fmt: skip


class BrowserActions(QObject):
    """Stands between the window, the browser's page and its desk."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self._desk: BrowserDesk | None = None
        self._lists: BrowserLists | None = None
        self._searches: dict[str, str] = {}
        self._query = ""  # the first search, once the layout has come back
        self._keep_later = QTimer(self)
        self._keep_later.setSingleShot(True)
        self._keep_later.setInterval(1500)
        self._keep_later.timeout.connect(self._keep_layout)
        window.page_entered.connect(self._page_entered)

    @property
    def page(self) -> BrowserPage:
        """The page; it is made with what it needs when it is first asked for."""
        place = self._window.browser_place
        if place.page is None:
            self._connect(place.make())
        assert place.page is not None
        return place.page

    @property
    def desk(self) -> BrowserDesk:
        """What searches and changes."""
        self.page  # noqa: B018 (it makes the desk)
        assert self._desk is not None
        return self._desk

    def close(self) -> None:
        """Keep the layout and end what is under way."""
        if self._desk is not None:
            if self._keep_later.isActive():
                self._keep_layout()
            self._desk.close()

    def show(self, query: str) -> None:
        """Go to the browser with a search."""
        self._query = query
        first = self._window.browser_place.page is None
        self._window.go_to(Page.BROWSE)
        if not first:
            self.page.search(query)

    def _connect(self, page: BrowserPage) -> None:
        from desktop.window.browser_desk import BrowserDesk

        desk = self._desk = BrowserDesk(self._lane)
        page.search_wanted.connect(self._search)
        page.model.rows_wanted.connect(desk.read_rows)
        page.current_changed.connect(self._show_current)
        page.selection_changed.connect(self._show_selection)
        page.layout_changed.connect(self._keep_later.start)
        page.actions_wanted.connect(self._show_menu)
        page.table.doubleClicked.connect(lambda _i: page.preview.edit())
        page.table.entered.connect(page.preview.edit)
        page.preview.edited.connect(desk.edit)
        page.preview.evidence_wanted.connect(self._window.show_in_text)
        page.preview.editing_ended.connect(page.table.setFocus)
        page.sidebar.save_wanted.connect(self.save_search)
        page.sidebar.forget_wanted.connect(self._forget_search)
        page.sidebar.rename_wanted.connect(self._rename)
        page.below.splitterMoved.connect(lambda *_: self._keep_later.start())
        page.beside.splitterMoved.connect(lambda *_: self._keep_later.start())
        desk.found.connect(page.show_found)
        desk.found.connect(self._found)
        desk.refused.connect(page.refuse)
        desk.rows_read.connect(page.model.take_rows)
        desk.lists_changed.connect(self._take_lists)
        desk.note_read.connect(page.preview.show_note)
        desk.library_changed.connect(self._library_changed)
        desk.did.connect(lambda said: self._window.messages.tell(said, "Undo", self._undo))
        desk.exported.connect(self._window.exports.tell_cards)
        desk.failed.connect(self._window.messages.report)
        desk.state(_LAYOUT, self._begin)
        desk.state(_SEARCHES, self._take_searches)
        desk.read_lists()

    def _begin(self, kept: Any) -> None:
        """Bring the layout back and make the first search."""
        if isinstance(kept, dict):
            self.page.restore_layout(kept)
        self.page.search(self._query)

    # -- what the reader asks for

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.page.field.setFocus()
        self.page.field.selectAll()

    def edit(self) -> None:
        """Edit the card that the cursor is at."""
        self.page.preview.edit()

    def show_in_text(self) -> None:
        """Show the sentence of the card in its text."""
        self.page.preview.show_evidence()

    def show_info(self) -> None:
        """Show all that is known of the card."""
        from desktop.window import study_dialogs

        card_id = self.page.current_id()
        if card_id is not None:
            study_dialogs.show_card_info(self._window, self._lane, card_id)

    def toggle_suspended(self) -> None:
        """Suspend the chosen cards; wake them where the one at the cursor is suspended."""
        row = self.page.current_row()
        if row is not None:
            self.desk.suspend(self._chosen(), not row.suspended)

    def toggle_marked(self) -> None:
        """Mark the chosen notes, or take the mark from them."""
        row = self.page.current_row()
        if row is not None:
            self.desk.mark(self._chosen(), not row.marked)

    def bury(self) -> None:
        """Put the chosen cards off until tomorrow."""
        self.desk.bury(self._chosen())

    def ask_flag(self) -> None:
        """Ask for a flag, by its number."""
        from desktop.window.browser_columns import FLAGS

        if not self._chosen():
            return
        menu = QMenu(self.page)
        for number, (name, _light, _dark) in enumerate(FLAGS):
            action = menu.addAction(f"&{number}  {name}")
            action.triggered.connect(partial(self._flag, number))
        table = self.page.table
        below = table.visualRect(table.currentIndex()).bottomLeft()
        menu.exec(table.viewport().mapToGlobal(below))
        menu.deleteLater()

    def _flag(self, number: int, _on: bool = False) -> None:
        self.desk.flag(self._chosen(), number)

    def move(self) -> None:
        """Ask for a deck and put the chosen cards there."""
        from desktop.window.browser_dialogs import DeckQuestion

        row, chosen = self.page.current_row(), self._chosen()
        if row is None:
            return
        decks = self._lists.decks if self._lists else ()
        question = DeckQuestion(self._window, len(chosen), decks, row.deck)
        if question.exec() and question.deck:
            self.desk.move(chosen, question.deck)

    def change_tags(self) -> None:
        """Ask for tags and give them to the chosen notes."""
        from desktop.window.browser_dialogs import TagsQuestion

        chosen = self._chosen()
        tags = self._lists.tags if self._lists else ()
        if not chosen:
            return
        question = TagsQuestion(self._window, len(chosen), tags)
        if question.exec():
            add, remove = question.tags
            if add or remove:
                self.desk.tag(chosen, add, remove)

    def set_due(self) -> None:
        """Ask for a day and let the chosen cards come then."""
        from desktop.window.browser_dialogs import DueQuestion

        chosen = self._chosen()
        if chosen:
            question = DueQuestion(self._window, len(chosen))
            if question.exec():
                self.desk.set_due(chosen, question.wish)

    def forget(self) -> None:
        """Let the chosen cards begin anew."""
        self.desk.forget(self._chosen())

    def delete(self) -> None:
        """Delete the chosen notes, with all of their cards."""
        self.desk.delete(self._chosen())

    def replace(self) -> None:
        """Ask what to find and replace in the chosen notes; in all found where one is chosen."""
        from desktop.window.browser_dialogs import ReplaceQuestion

        chosen = self._chosen()
        if len(chosen) < 2:
            chosen = self.page.model.card_ids
        if not chosen:
            return
        question = ReplaceQuestion(
            self._window,
            len(chosen),
            lambda wish, told: self.desk.count_replacements(chosen, wish, told),
        )
        if question.exec():
            self.desk.replace(chosen, question.wish)

    def find_duplicates(self) -> None:
        """Show notes that have the same text."""
        from desktop.window.browser_dialogs import DuplicatesDialog

        dialog = DuplicatesDialog(self._window, self.desk.find_duplicates)
        dialog.chosen.connect(self._show_notes)
        dialog.exec()

    def export(self) -> None:
        """Ask for a file and write the chosen cards into it."""
        chosen, exports = self._chosen(), self._window.exports
        if not chosen:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._window,
            f"Export {counted(len(chosen), 'card')}",
            str(exports.folder / "Cards.apkg"),
            "Anki package (*.apkg);;CSV (*.csv);;TSV (*.tsv)",
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".apkg")
            exports.folder = path.parent
            self.desk.export(chosen, path, f"Glossator::{path.stem}")

    def save_search(self) -> None:
        """Ask for a name and keep the present search."""
        from desktop.window.browser_dialogs import NameQuestion

        query = self.page.field.text().strip()
        question = NameQuestion(self._window, query, list(self._searches))
        if question.exec() and question.name:
            self._keep_searches({**self._searches, question.name: query})

    def show_guide(self) -> None:
        """Show what a search can be made of."""
        from desktop.window.search_guide import SearchGuide

        SearchGuide(self._window).exec()

    # -- answers

    def _search(self, query: str, sorting: Sorting) -> None:
        from desktop.operations.card_reader import StudiedNow

        scope = self._window.study.scope
        self.desk.search(query, sorting, StudiedNow(scope.deck_id, scope.document_id))

    def _rename(self, kind: str, name: str) -> None:
        """Ask for another name of a deck or a tag."""
        from desktop.window.browser_dialogs import RenameQuestion

        question = RenameQuestion(self._window, kind, name)
        if question.exec() and question.name and question.name != name:
            if kind == "deck":
                self.desk.rename_deck(name, question.name)
            else:
                self.desk.rename_tag(name, question.name)

    def _undo(self) -> None:
        self._window.cards.undo()

    def _chosen(self) -> list[int]:
        return self.page.selected_ids()

    def _page_entered(self, page: int) -> None:
        if page == Page.BROWSE:
            self.desk.set_shown(True)
        elif self._desk is not None:
            self._desk.set_shown(False)

    def _library_changed(self) -> None:
        self.page.search_again()
        self.desk.read_lists()

    def _found(self, _found: Found) -> None:
        self.page.model.refresh()

    def _take_lists(self, lists: BrowserLists) -> None:
        self._lists = lists
        self.page.fields = lists.fields
        self.page.sidebar.show_lists(lists)

    def _take_searches(self, kept: Any) -> None:
        if isinstance(kept, dict):
            self._searches = {str(name): str(query) for name, query in kept.items()}
        self.page.sidebar.show_saved(self._searches)

    def _forget_search(self, name: str) -> None:
        self._keep_searches({n: q for n, q in self._searches.items() if n != name})

    def _keep_searches(self, searches: dict[str, str]) -> None:
        self._searches = searches
        self.page.sidebar.show_saved(searches)
        self.desk.keep(_SEARCHES, searches)

    def _keep_layout(self) -> None:
        self.desk.keep(_LAYOUT, self.page.kept_layout())

    def _show_current(self, row: CardRow | None) -> None:
        before = self.page.preview.row
        self.page.preview.show_row(row)
        if row is not None and (before is None or row != before):
            self.desk.read_note(row.id, row.note_id)

    def _show_selection(self, number: int) -> None:
        found = len(self.page.model.card_ids)
        chosen = f"{number:,} of " if number > 1 else ""
        self.page.count.setText(chosen + counted(found, "card"))

    def _show_notes(self, note_ids: Sequence[str]) -> None:
        self.page.search("nid:" + ",".join(note_ids))

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self.page)
        actions = self._window.actions_by_id
        for name in _MENU:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
        menu.exec(place)
        menu.deleteLater()
