"""The shell of the window: its pages, its rail and buttons, and the ways between them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.window.actions import Scope, tint
from desktop.window.card_margin import CardMargin
from desktop.window.cards_view import CardsView
from desktop.window.empty_state import EmptyState
from desktop.window.glossary_view import GlossaryView
from desktop.window.highlight_layer import HighlightLayer
from desktop.window.icons import IconButton, app_icon
from desktop.window.late_page import LatePage
from desktop.window.library_view import LibraryView
from desktop.window.mark_margin import MarkMargin
from desktop.window.marks_view import MarksView
from desktop.window.messages import Messages, elide
from desktop.window.rail import Page, Rail
from desktop.window.reader_view import ReaderView
from desktop.window.reading_page import CARDS, GLOSSARY, MARKS, ReadingPage
from desktop.window.study_view import StudyView

if TYPE_CHECKING:
    from desktop.window.browser_page import BrowserPage
    from desktop.window.statistics_view import StatisticsView

_MENU = (
    "open", "export", "export_glossary", "export_highlights", "export_all_highlights",
    "print", None,
    "import_anki", "anki_push", "anki_sync", "anki_compare", None,
    "before_reading", "reread", "check_reading", "left_out", None,
    "new_card", "picture_card", "add_entry", None,
    "outline", "find_text", "search_library", "bookmark", "back", "forward", None,
    "undo", "redo", None, "dark", "text_alone", "full_screen", "preferences", None,
    "help", "about", None, "quit",
)  # fmt: skip


_RECENT = 8


class Shell(QMainWindow):
    """The views in their places; it knows nothing of the library."""

    page_entered = Signal(int)
    recent_chosen = Signal(int)  # document id
    files_dropped = Signal(object)  # list[Path]

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Glossator")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 520)
        self.text_alone: bool | None = None  # while it is: whether the pane was there before
        self.messages = Messages(self)
        self.rail = Rail()
        self.library_view = LibraryView()
        self.reader: ReaderView = ReaderView()
        self.card_margin = CardMargin(self.reader)
        self.highlights = HighlightLayer(self.reader)
        self.mark_margin = MarkMargin(self.reader, self.highlights)
        self.glossary_view: GlossaryView = GlossaryView()
        self.marks_view = MarksView()
        self.text_cards_view = CardsView()
        self.all_cards_view = CardsView()
        self.study_view: StudyView = StudyView()
        self.statistics_place: LatePage[StatisticsView] = LatePage(_statistics)
        self.browser_place: LatePage[BrowserPage] = LatePage(_browser)
        self.no_text = EmptyState(
            "drop", "No text is open", "Drop a file here, or open one.", "Open a text"
        )
        self.reading_page = ReadingPage(
            self.reader, self.glossary_view, self.text_cards_view, self.marks_view, self.no_text
        )
        self.pages = QStackedWidget()
        self._build()

    def scopes(self) -> dict[Scope, tuple[QWidget, ...]]:
        """Return the widgets that each scope of the actions covers."""
        return {
            Scope.READ: (self.reading_page,),
            Scope.TEXT: (self.reader,),
            Scope.ENTRY: (self.glossary_view.entry,),
            Scope.CARDS: (self.text_cards_view, self.all_cards_view),
            Scope.STUDY: (self.study_view,),
            Scope.BROWSE: (self.browser_place,),
        }

    @property
    def statistics_view(self) -> StatisticsView:
        """The statistics page, made when it is first asked for."""
        return self.statistics_place.make()

    # -- its parts

    def _build(self) -> None:
        for page in (
            self.library_view, self.reading_page, self._cards_page(), self.study_view,
            self.statistics_place, self.browser_place,
        ):  # fmt: skip
            self.pages.addWidget(page)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self._drop_place = EmptyState("drop", "Drop to read", "It is added to your library.")
        self._drop_place.setParent(body)
        self._drop_place.setObjectName("drop_place")
        self._drop_place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._drop_place.hide()

    def _cards_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setObjectName("header")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(56)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 12, 0)
        title = QLabel("Cards")
        title.setProperty("role", "section")
        row.addWidget(title)
        row.addStretch()
        self._cards_buttons = row
        column.addWidget(head)
        middle = QHBoxLayout()
        middle.addStretch(1)
        self.all_cards_view.setMaximumWidth(860)
        middle.addWidget(self.all_cards_view, 100)
        middle.addStretch(1)
        column.addLayout(middle, 1)
        return page

    def add_buttons(self, actions: Mapping[str, QAction]) -> None:
        """Put the buttons of ``actions`` and the menu in their places."""
        for name in ("outline", "find_text", "left_out", "smaller", "larger", "export", "pane"):
            self.reading_page.buttons.addWidget(_button(actions[name]))
        self._cards_buttons.addWidget(_button(actions["export"]))
        for name in ("dark", "preferences"):
            self.rail.foot.addWidget(_button(actions[name]), 0, Qt.AlignmentFlag.AlignHCenter)
        more = IconButton("menu", "Menu (Alt+M)")
        more.setShortcut("Alt+M")
        menu = QMenu(more)
        menu.aboutToShow.connect(lambda: tint(menu))
        self._recent = QMenu("Recent texts", menu)
        for entry in _MENU:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[entry])
            if entry == "open":
                menu.addMenu(self._recent)
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.rail.foot.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_recent(self, texts: Sequence[tuple[int, str]]) -> None:
        """Offer ``texts`` (id and title, the latest first) in the menu."""
        self._recent.clear()
        for document_id, title in texts[:_RECENT]:
            action = self._recent.addAction(elide(title).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, d=document_id: self.recent_chosen.emit(d))
        self._recent.setEnabled(bool(texts))

    # -- places

    def go_to(self, page: Page) -> None:
        """Go to one of the places of the window."""
        if page is not Page.READ and self.text_alone is not None:
            self.toggle_text_alone()
        self.rail.set_page(page)
        self.pages.setCurrentIndex(int(page))
        self.page_entered.emit(int(page))
        self.page_focus(page).setFocus()

    def show_side(self, name: str) -> None:
        """Show the glossary, the cards or the marks beside the text, with the focus in it."""
        self.go_to(Page.READ)
        self.reading_page.show_tab(name)
        self._side_list().setFocus()

    def toggle_pane(self) -> None:
        """Show or hide the pane beside the text."""
        self.reading_page.pane.setVisible(self.reading_page.pane.isHidden())

    def focus_search(self) -> None:
        """Put the cursor into the search field of the pane."""
        self.reading_page.pane.show()
        if self.reading_page.tabs.choice == GLOSSARY:
            self.glossary_view.show_list()
            self.glossary_view.search.setFocus()
        elif self.reading_page.tabs.choice == MARKS:
            self.marks_view.search.setFocus()
        else:
            self.text_cards_view.search.setFocus()

    def _side_list(self) -> QWidget:
        lists = {GLOSSARY: self.glossary_view.list, MARKS: self.marks_view.list}
        return lists.get(self.reading_page.tabs.choice, self.text_cards_view.list)

    def focus_next_part(self) -> None:
        """Move the focus from the rail to the page to the pane and on."""
        place = next(b for b in self.rail.findChildren(IconButton) if b.isChecked())
        parts: list[QWidget] = [place, self.page_focus(Page(self.pages.currentIndex()))]
        if self.pages.currentWidget() is self.reading_page and self.reading_page.pane.isVisible():
            parts.append(self._side_list())
        focus = QApplication.focusWidget()
        at = next((i for i, part in enumerate(parts) if part is focus), 0)
        parts[(at + 1) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    def page_focus(self, page: Page) -> QWidget:
        """Return the widget of a page that takes the keys."""
        focus: dict[Page, QWidget] = {
            Page.LIBRARY: self.library_view.list,
            Page.READ: self.reader,
            Page.CARDS: self.all_cards_view.focus_target(),
            Page.STUDY: self.study_view,
            Page.STATISTICS: self.statistics_place.focus_target(),
            Page.BROWSE: self.browser_place.focus_target(),
        }
        return focus[page]

    def active_cards(self) -> CardsView:
        """Return the list of cards that the reader is at."""
        on_page = self.pages.currentWidget() is not self.reading_page
        return self.all_cards_view if on_page else self.text_cards_view

    def toggle_text_alone(self) -> None:
        """Show nothing but the text, or the rail, the head and the pane again."""
        if self.text_alone is None:
            self.go_to(Page.READ)
            self.text_alone = not self.reading_page.pane.isHidden()
            self._show_around(there=False, pane=False)
        else:
            pane, self.text_alone = self.text_alone, None
            self._show_around(there=True, pane=pane)

    def _show_around(self, *, there: bool, pane: bool) -> None:
        self.rail.setVisible(there)
        self.reading_page.show_text_alone(not there)
        self.reading_page.pane.setVisible(pane)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- what the window keeps of itself

    def restore(self, state: Mapping[str, Any]) -> None:
        """Bring back what ``kept_state`` returned at the end of an earlier session."""
        self.resize(1280, 840)
        if isinstance(geometry := state.get("geometry"), str):
            self.restoreGeometry(QByteArray(base64.b64decode(geometry)))
        if isinstance(width := state.get("pane_width"), int):
            self.reading_page.set_pane_width(width)
        if state.get("tab") in (CARDS, MARKS):
            self.reading_page.show_tab(state["tab"])
        self.reading_page.pane.setVisible(state.get("pane", True) is not False)
        self.library_view.restore(state.get("library"))
        self.go_to(Page.READ)

    def kept_state(self) -> dict[str, Any]:
        """Return what the window wants to find again at the next start."""
        pane = self.text_alone
        if pane is None:
            pane = not self.reading_page.pane.isHidden()
        return {
            "geometry": base64.b64encode(self.saveGeometry().data()).decode(),
            "pane_width": self.reading_page.pane_width,
            "tab": self.reading_page.tabs.choice,
            "pane": pane,
            "library": self.library_view.kept_state(),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the text alone, then the full screen with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text_alone is not None:
            self.toggle_text_alone()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._drop_place.setGeometry(self.pages.geometry().adjusted(12, 12, -12, -12))
            self._drop_place.show()
            self._drop_place.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the sign away that files can be dropped."""
        self._drop_place.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        self._drop_place.hide()
        urls = event.mimeData().urls()
        self.files_dropped.emit([Path(u.toLocalFile()) for u in urls if u.isLocalFile()])
        event.acceptProposedAction()


def _button(action: QAction) -> IconButton:
    """Return a button with an action's icon and, as its tip, its text and keys."""
    keys = action.shortcut().toString()
    tip = action.text().rstrip("…") + (f" ({keys})" if keys else "")
    button = IconButton(cast(str, action.property("icon_name")), tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    return button


def _statistics() -> StatisticsView:
    from desktop.window.statistics_view import StatisticsView

    return StatisticsView()


def _browser() -> BrowserPage:
    from desktop.window.browser_page import BrowserPage

    return BrowserPage()
