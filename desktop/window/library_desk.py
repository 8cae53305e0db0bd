"""What the library's page asks of the library: labels, covers, search, removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.window.cover_delegate import PICTURE_SIZE
from desktop.window.jobs import Lane
from desktop.window.pictures import draw_picture
from desktop.window.set_page import make_timer
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

T = TypeVar("T")

_TYPED_MS = 120
_CHANGED_MS = 250
_MOST_TEXTS, _MOST_PASSAGES, _EVERY_PASSAGE = 20, 3, 300
_RATIO = 2.0  # covers are kept sharp for fine screens


class LibraryDesk(QObject):
    """Works through the lane; what it finds goes out as signals on the window's thread."""

    labels_changed = Signal(object)  # list[Label]
    cover_found = Signal(int, object, object)  # document id, the picture's name, QImage or None
    found = Signal(str, object)  # the words, Found
    more_found = Signal(object)  # DocumentPassages
    removed = Signal(object, str)  # document ids, a sentence
    did = Signal(str)  # a sentence on what can be taken back
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._words = ""
        self._typed = make_timer(self, _TYPED_MS, self._search)
        self._changed = make_timer(self, _CHANGED_MS, self.list_labels)
        lane.changed.connect(self._library_changed)

    def list_labels(self) -> None:
        """Ask for the collections and tags."""
        self._lane.submit(lambda ws: ws.labels(), self.labels_changed.emit)

    def find_cover(self, document_id: int) -> None:
        """Ask for the cover of a text; it is decoded beside the window's thread."""

        def work(workspace: Workspace) -> tuple[str | None, QImage | None]:
            picture = workspace.cover(document_id)
            if picture is None:
                return None, None
            return picture.name, draw_picture(picture, PICTURE_SIZE.width(), _RATIO)

        def found(result: tuple[str | None, QImage | None]) -> None:
            self.cover_found.emit(document_id, *result)

        self._lane.submit(work, found, self.failed.emit)

    # -- search

    def search(self, words: str) -> None:
        """Look for words in all texts, when the reader rests from typing."""
        self._words = words
        self._typed.start()

    def _search(self) -> None:
        words = self._words

        def work(workspace: Workspace) -> object:
            if words != self._words:
                return None  # typed on meanwhile
            return workspace.search(
                words, unfinished=True, most_documents=_MOST_TEXTS, most_passages=_MOST_PASSAGES
            )

        def found(answer: object) -> None:
            if answer is not None:
                self.found.emit(words, answer)

        self._lane.submit(work, found, self.failed.emit)

    def find_more(self, document_id: int) -> None:
        """Ask for all passages of one text."""
        words = self._words

        def found(answer: object) -> None:
            best = getattr(answer, "best", ())
            if best and words == self._words:
                self.more_found.emit(best[0])

        self._lane.submit(
            lambda ws: ws.search(
                words, unfinished=True, most_passages=_EVERY_PASSAGE, document_id=document_id
            ),
            found,
            self.failed.emit,
        )

    # -- changes

    def remove(self, document_ids: Sequence[int]) -> None:
        """Remove texts; it can be taken back."""

        def work(workspace: Workspace) -> str:
            titles = {line.id: line.title for line in workspace.documents()}
            number = workspace.remove_documents(document_ids)
            if number == 1:
                return f"“{titles[document_ids[0]]}” was removed."
            return f"{counted(number, 'text')} were removed."

        def gone(sentence: str) -> None:
            self.removed.emit(list(document_ids), sentence)

        self._lane.submit(work, gone, self.failed.emit)

    def label(self, kind: str, name: str, document_ids: Sequence[int]) -> None:
        """Put texts into a collection or give them a tag."""
        from desktop.operations.workspace import LabelKind

        what = "in the collection" if kind == LabelKind.COLLECTION else "tagged"
        sentence = f"{_are(len(document_ids))} {what} “{' '.join(name.split())}”."
        self._change(lambda ws: ws.label(LabelKind(kind), name, document_ids), sentence)

    def put(self, label_id: int, document_ids: Sequence[int]) -> None:
        """Give texts a label that is there."""

        def work(workspace: Workspace) -> None:
            label = next((one for one in workspace.labels() if one.id == label_id), None)
            if label is not None:
                workspace.label(label.kind, label.name, document_ids)

        self._change(work, f"{counted(len(document_ids), 'text')} added.")

    def unlabel(self, label_id: int, document_ids: Sequence[int]) -> None:
        """Take a label from texts."""
        sentence = f"{counted(len(document_ids), 'text')} taken out."
        self._change(lambda ws: ws.unlabel(label_id, document_ids), sentence)

    def rename(self, label_id: int, name: str) -> None:
        """Give a label another name."""
        self._change(lambda ws: ws.rename_label(label_id, name), f"Now called “{name.strip()}”.")

    def delete(self, label_id: int, name: str) -> None:
        """Delete a label; its texts stay."""
        self._change(lambda ws: ws.delete_label(label_id), f"“{name}” was deleted; its texts stay.")

    def _change(self, work: Callable[[Workspace], object], sentence: str) -> None:
        self._lane.submit(work, lambda _result: self.did.emit(sentence), self.failed.emit)

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if "documents" in kinds:
            self._changed.start()


def _are(number: int) -> str:
    return f"{counted(number, 'text')} {'is' if number == 1 else 'are'}"
