"""Ways through a text: outline, search, links and notes, and back after each jump."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.reading.document import BlockKind, Document, Span
from desktop.reading.search import MOST, find_words
from desktop.window.note_card import NoteCard
from desktop.window.set_page import make_timer

if TYPE_CHECKING:
    from desktop.glossary.guard import Place
    from desktop.window.main_window import MainWindow

_CHAPTERS_AT_ONCE = 4  # are searched; some milliseconds
_KEPT = 100  # places to go back to


class History:
    """The places that were left by a jump, and those that were gone back from."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    def leave(self, place: Place) -> None:
        """Remember ``place``: a jump leads away from it."""
        if self._back[-1:] != [place]:
            self._back = [*self._back, place][-_KEPT:]
        self._forward = []

    def back(self, here: Place) -> Place | None:
        """Return the place left last, if there is one; ``here`` can be gone forward to."""
        if not self._back:
            return None
        self._forward.append(here)
        return self._back.pop()

    def forward(self, here: Place) -> Place | None:
        """Return the place gone back from last, if there is one."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()


class Navigation(QObject):
    """Moves the reader through the open text."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._history = History()
        self._hits: list[Span] = []
        self._current = 0
        self._words, self._begin, self._shown = "", Span(0, 0, 0), False
        self._waiting: list[range] = []  # blocks that are still to be searched
        self._search_timer = make_timer(self, 0, self._search_on)
        self.note = NoteCard(window.reader)
        self.note.jump_wanted.connect(self.go_to_block)
        bar = window.reading_page.find_bar
        bar.words_changed.connect(self._search)
        bar.step_wanted.connect(self.step_hit)
        bar.closed.connect(self._end_search)
        window.reader.figure_wanted.connect(self.enlarge)
        window.reader.leaving.connect(lambda place: self._history.leave(place))

    def new_text(self) -> None:
        """Forget the ways through another text."""
        self._history = History()
        self.note.hide()
        self._window.reading_page.find_bar.put_away()

    # -- back and forward

    def back(self) -> None:
        """Go back to where the last jump began."""
        self._go(self._history.back(self._window.reader.place()))

    def forward(self) -> None:
        """Go forward again."""
        self._go(self._history.forward(self._window.reader.place()))

    def _go(self, place: Place | None) -> None:
        if place is None:
            self._window.messages.tell("There is no jump to go back or forward from.")
        else:
            self._window.reader.go_to_place(place)

    # -- outline and links

    def show_outline(self) -> None:
        """Let the reader choose a heading to go to."""
        from desktop.window.outline_dialog import OutlineDialog

        document = self._document()
        if document is None:
            return
        block = self._window.reader.place()[0]
        dialog = OutlineDialog(self._window, document.sections(), block)
        if dialog.exec() and dialog.chosen is not None:
            self.go_to_block(dialog.chosen.start)

    def go_to_block(self, block: int) -> None:
        """Jump to the beginning of a block."""
        self.go_to((block, 0))

    def go_to(self, place: Place) -> None:
        """Jump to a place."""
        self.note_jump()
        self._window.reader.go_to_place(place)
        self._window.reader.setFocus()

    def note_jump(self) -> None:
        """Remember the place on show: a jump leads away from it."""
        self._history.leave(self._window.reader.place())

    def follow(self, address: str) -> bool:
        """Show the note that a link within the text leads to, or jump; ``False``: no such place."""
        document = self._document()
        block = document.place_of(address[1:]) if document and address.startswith("#") else None
        if document is None or block is None:
            return False
        if document.blocks[block].kind is BlockKind.FOOTNOTE:
            reader = self._window.reader
            text = note_text(document, block)
            self.note.show_note(block, text, reader.place_of_link(address))
            reader.say(text)
        else:
            self.go_to_block(block)
        return True

    def enlarge(self, block: int | None = None) -> None:
        """Show a picture as large as the screen allows: the first on show, or that of a block."""
        from desktop.window.figure_dialog import FigureDialog

        document, shown = self._document(), self._window.reader.figures_on_show()
        block = next(iter(shown), None) if block is None else block
        if document is not None and block is not None:
            FigureDialog(self._window, document, block).exec()

    # -- search

    def search(self) -> None:
        """Ask for words to search for, first for those that are selected."""
        document, selected = self._document(), self._window.reader.selected_span()
        if document is not None:
            words = document.quote(selected) if selected else ""
            self._window.reading_page.find_bar.ask(words if len(words) <= 80 else "")

    def step_hit(self, step: int) -> None:
        """Go to the next or previous place found, round the ends."""
        if self._hits:
            self._current = (self._current + step) % len(self._hits)
            self._show_hit()

    def _search(self, words: str) -> None:
        """Search some chapters at a time: a whole book would hold up the window."""
        block, offset = self._window.reader.place()
        self._hits, self._words, self._begin = [], words, Span(block, offset, offset)
        self._shown = False
        self._waiting = list(batched_chapters(self._window.reader.chapters))
        self._search_on()

    def _search_on(self) -> None:
        document = self._document()
        if document is not None and self._waiting:
            most = MOST - len(self._hits)
            self._hits += find_words(document, self._words, most, self._waiting.pop(0))
            if len(self._hits) >= MOST:
                self._waiting = []
        following = bisect_left(self._hits, self._begin)
        if not self._shown and self._hits and (following < len(self._hits) or not self._waiting):
            self._shown, self._current = True, following % len(self._hits)
            self._show_hit()
        elif self._shown:
            self._show_count()
        elif not self._waiting:
            self._window.reader.show_hits((), 0)
            self._show_count()
        if self._waiting:
            self._search_timer.start()

    def _show_hit(self) -> None:
        self._window.reader.show_hits(self._hits, self._current)
        self._show_count()

    def _show_count(self) -> None:
        number = len(self._hits)
        self._window.reading_page.find_bar.show_count(self._current, number, more=number >= MOST)

    def _end_search(self) -> None:
        self._search_timer.stop()
        self._hits, self._waiting = [], []
        self._window.reader.show_hits((), 0)
        self._window.reader.setFocus()

    def _document(self) -> Document | None:
        text = self._window.desk.text
        return text.document if text else None


def batched_chapters(chapters: Sequence[range]) -> Iterator[range]:
    """Yield the chapters some at a time, as one range of blocks each."""
    for at in range(0, len(chapters), _CHAPTERS_AT_ONCE):
        some = chapters[at : at + _CHAPTERS_AT_ONCE]
        yield range(some[0].start, some[-1].stop)


def note_text(document: Document, block: int) -> str:
    """Return the text of the note that begins with ``block``, all of its paragraphs."""
    parts = [document.blocks[block].text]
    for following in document.blocks[block + 1 :]:
        if following.kind is not BlockKind.FOOTNOTE or following.anchor is not None:
            break
        if following.text.startswith("["):
            break
        parts.append(following.text)
    return "\n\n".join(parts)
