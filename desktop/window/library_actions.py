"""What the reader does with the texts of the library: wires its page, asks for names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from desktop.reading.document import Span
from desktop.window.library_desk import LibraryDesk
from desktop.window.messages import elide
from desktop.window.rail import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow


class LibraryActions(QObject):
    """Stands between the library's page and the library."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self.desk = LibraryDesk(lane)
        view, desk = window.library_view, self.desk
        view.remove_wanted.connect(desk.remove)
        view.label_wanted.connect(self._ask_label)
        view.put_wanted.connect(desk.put)
        view.unlabel_wanted.connect(desk.unlabel)
        view.search_wanted.connect(desk.search)
        view.covers.cover_wanted.connect(desk.find_cover)
        view.labels.texts_dropped.connect(desk.put)
        view.labels.rename_wanted.connect(self._ask_name)
        view.labels.delete_wanted.connect(desk.delete)
        view.passages.more_wanted.connect(desk.find_more)
        view.passages.place_wanted.connect(self._show_place)
        desk.labels_changed.connect(view.show_labels)
        desk.cover_found.connect(view.show_cover)
        desk.found.connect(view.show_found)
        desk.more_found.connect(view.passages.rows.set_text)
        desk.removed.connect(self._removed)
        desk.did.connect(self._tell)
        desk.failed.connect(window.messages.report)
        desk.list_labels()

    def search(self) -> None:
        """Look for words in all texts of the library."""
        self._window.go_to(Page.LIBRARY)
        self._window.library_view.search_texts()

    def _show_place(self, document_id: int, block: int, start: int, end: int) -> None:
        self._window.show_in_text(document_id, Span(block, start, end))

    def _removed(self, document_ids: Sequence[int], sentence: str) -> None:
        self._window.desk.forget(document_ids)
        self._tell(elide(sentence, 90))

    def _tell(self, sentence: str) -> None:
        self._window.messages.tell(sentence, "Undo", self._window.cards.undo)

    def _ask_label(self, kind: str, document_ids: Sequence[int]) -> None:
        what = "collection" if kind == "collection" else "tag"
        names = sorted(
            label.name for label in self._window.library_view.known_labels if label.kind == kind
        )
        name, agreed = QInputDialog.getItem(
            self._window, "Glossator", f"Name of the {what}:", names, -1, True
        )
        if agreed and name.strip():
            self.desk.label(kind, name, document_ids)

    def _ask_name(self, label_id: int, name: str) -> None:
        other, agreed = QInputDialog.getText(self._window, "Glossator", "New name:", text=name)
        if agreed and other.strip() and other != name:
            self.desk.rename(label_id, other)
