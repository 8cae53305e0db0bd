"""What the reader does with highlights and bookmarks: by keys, at the selection, in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent

from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.reading.document import Span
from desktop.window.highlight_card import NoteEditor
from desktop.window.reading_page import MARKS
from desktop.window.selecting import next_sentence, select, selected_places, selection_rects
from desktop.window.selection_bar import SelectionBar

if TYPE_CHECKING:
    from desktop.glossary.guard import Place
    from desktop.operations.annotation_files import MarkedText, Passage
    from desktop.reading.document import Document
    from desktop.window.main_window import MainWindow
    from desktop.window.marks_list import MarkRow

_NOTHING = "Select some words in the text first."


class Marking(QObject):
    """Stands between the page, its layer of highlights, the list and the desk of marks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._colour = HIGHLIGHT_COLOURS[0]
        self._wanted: tuple[int, bool] | None = None  # a new highlight, and whether to note it
        self._note_next = False
        self._sentence: Span | None = None  # the one that the keys selected last
        self.bar = SelectionBar(window.reader)
        self.editor = NoteEditor(window)
        self.bar.colour_wanted.connect(self.highlight)
        self.bar.note_wanted.connect(self.note)
        self.bar.card_wanted.connect(window.card_actions.write)
        self.bar.remove_wanted.connect(self.remove)
        self.bar.look_up_wanted.connect(window.dictionary.look_up)
        window.reader.selection_made.connect(self._show_bar)
        window.reader.selectionChanged.connect(self._selection_changed)
        window.reader.verticalScrollBar().valueChanged.connect(self.bar.hide)
        window.reader.installEventFilter(self)

    # -- highlights

    def highlight(self, colour: str = "") -> None:
        """Highlight what is selected, or give the current highlight the colour."""
        window, document = self._window, self._document()
        if document is None:
            return
        if colour:
            self._colour = colour
        places = self._selected(document)
        same = self._passage_of(places) if places else self._current()
        self.bar.hide()
        if same is not None and (places or colour):
            window.marks.recolour(same.highlight.id, self._colour)
            self._select_nothing()
        elif places is not None:
            window.marks.highlight(*places, self._colour)
            self._select_nothing()
        else:
            window.messages.tell(f"{_NOTHING} Then H highlights them.")

    def number(self, number: int) -> None:
        """Highlight in the colour of that number, from 1."""
        self.highlight(HIGHLIGHT_COLOURS[number - 1])

    def note(self) -> None:
        """Write the note of the current highlight, or highlight the selection and note it."""
        document = self._document()
        places = self._selected(document) if document else None
        same = self._passage_of(places) if places else self._current()
        self.bar.hide()
        if same is not None:
            self.edit_note(same.highlight.id)
        elif places is not None:
            self._note_next = True
            self._window.marks.highlight(*places, self._colour)
            self._select_nothing()
        else:
            self._window.messages.tell(f"{_NOTHING} Then A highlights them with a note.")

    def remove(self) -> None:
        """Remove the current highlight."""
        current = self._current()
        self.bar.hide()
        if current is not None:
            self._window.marks.remove(current.highlight.id)

    def edit_note(self, highlight_id: int, place: object = None) -> None:
        """Let the reader write the note of a highlight, at its place or at that of its row."""
        passage = self._window.highlights.passage(highlight_id)
        if passage is None:
            return
        self._window.highlights.forget_hover()
        if not isinstance(place, QRect):
            here = self._window.highlights.place_of(passage)
            reader = self._window.reader
            here = here or QRect(reader.rect().center(), reader.rect().center())
            place = QRect(reader.mapToGlobal(here.topLeft()), here.size())
        self.editor.edit(passage.highlight, place)

    def step(self, *, forward: bool) -> None:
        """Go to the next or previous highlight and tell of it."""
        window, layer = self._window, self._window.highlights
        placed = [one for one in layer.passages if one.spans]
        at = next((i for i, p in enumerate(placed) if p.highlight.id == layer.current), None)
        if at is None:
            here = window.reader.place()
            before = sum(_begin(one) < here for one in placed)
            at = before if forward else before - 1
        else:
            at += 1 if forward else -1
        if not 0 <= at < len(placed):
            window.messages.tell(
                "There is no further highlight." if placed else "Nothing is marked."
            )
            return
        self._go(placed[at])

    def current_span(self) -> Span | None:
        """Return the first part of the current highlight, for a card."""
        current = self._current()
        return current.spans[0] if current and current.spans else None

    # -- bookmarks

    def bookmark(self) -> None:
        """Bookmark the page on show, or take its bookmark away."""
        window, reader = self._window, self._window.reader
        if self._document() is None:
            return
        first, last = reader.place(), reader.end_place()
        for number, place in window.highlights.bookmarks:
            if first <= place < last:
                window.marks.remove_bookmark(number)
                return
        window.marks.add_bookmark(first)

    # -- sentences by keys

    def select_sentence(self, *, forward: bool, extend: bool = False) -> None:
        """Select the next or previous sentence, or add it to the selection."""
        document, reader = self._document(), self._window.reader
        if document is None:
            return
        places = selected_places(reader, document)
        begin, end = places or (reader.place(), reader.place())
        found = next_sentence(document, end if forward else begin, forward=forward)
        if found is None:
            return
        first: Place = (found.block, found.start)
        last: Place = (found.block, found.end)
        if extend and places:
            first, last = min(first, begin), max(last, end)
        reader.setFocus()
        select(reader, first, last)
        self._sentence = found
        reader.say(document.quote(found))

    # -- the list

    def go_to_row(self, row: MarkRow) -> None:
        """Go to the place of a highlight or bookmark."""
        window = self._window
        passage = None if row.is_bookmark else window.highlights.passage(row.id)
        if row.place is None:
            window.messages.tell("The present text has these words no more; they are kept here.")
        elif passage is not None:
            self._go(passage)
        else:
            window.navigation.go_to(row.place)

    def remove_row(self, row: MarkRow) -> None:
        """Remove a highlight or bookmark of the list."""
        if row.is_bookmark:
            self._window.marks.remove_bookmark(row.id)
        else:
            self._window.marks.remove(row.id)

    # -- answers to signals

    def show_marks(self, text: MarkedText | None) -> None:
        """Show what is marked on the page and in the list."""
        window = self._window
        window.highlights.set_marks(text)
        window.marks_view.show_marks(text)
        if self._wanted and window.highlights.passage(self._wanted[0]):
            (number, note), self._wanted = self._wanted, None
            window.highlights.set_current(number)
            if note:
                self.edit_note(number)

    def highlighted(self, highlight_id: int) -> None:
        """Make a new highlight the current one as soon as it is on the page."""
        self._wanted, self._note_next = (highlight_id, self._note_next), False

    def clicked(self, highlight_id: int) -> None:
        """Offer what can be done with a highlight that was clicked."""
        layer = self._window.highlights
        passage = layer.passage(highlight_id)
        place = layer.place_of(passage) if passage else None
        self._window.marks_view.choose(highlight_id)
        if place is not None:
            self.bar.show_at(place, place, marked=True)

    # -- inside

    def _go(self, passage: Passage) -> None:
        window = self._window
        spans = passage.spans or ()
        window.navigation.note_jump()
        window.reader.setFocus()
        window.reader.clear_light()
        window.reader.bring_into_view(spans[0])
        window.highlights.set_current(passage.highlight.id)
        window.highlights.show_note(passage)
        note = f" Note: {passage.highlight.note}" if passage.highlight.note else ""
        window.reader.say(f"{passage.highlight.anchor.exact}.{note}")

    def _selected(self, document: Document) -> tuple[Place, Place] | None:
        """Return what is selected, or the sentence that is lit up while nothing is current."""
        reader = self._window.reader
        places = selected_places(reader, document)
        if places is None and self._current() is None and reader.lit:
            span = reader.lit[0]
            places = (span.block, span.start), (span.block, span.end)
        return places

    def _passage_of(self, places: tuple[Place, Place]) -> Passage | None:
        """Return the highlight of just these words."""
        for passage in self._window.highlights.passages:
            spans = passage.spans
            if spans and (_begin(passage), (spans[-1].block, spans[-1].end)) == places:
                return passage
        return None

    def _current(self) -> Passage | None:
        return self._window.highlights.passage(self._window.highlights.current)

    def _document(self) -> Document | None:
        text = self._window.desk.text
        return text.document if text else None

    def _select_nothing(self) -> None:
        cursor = self._window.reader.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self._window.reader.setTextCursor(cursor)

    def _show_bar(self) -> None:
        document = self._document()
        if document is not None and selected_places(self._window.reader, document):
            self.bar.show_at(*selection_rects(self._window.reader), marked=False)

    def _selection_changed(self) -> None:
        self.bar.hide()
        if self._window.reader.textCursor().hasSelection():
            self._window.highlights.set_current(None)

    def show_list(self) -> None:
        """Show the marks beside the text, with the focus in them."""
        self._window.show_side(MARKS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the note with Enter; put away with Escape what is there for the moment."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            layer = self._window.highlights
            if event.key() == Qt.Key.Key_Escape and (
                not self.bar.isHidden() or not layer.card.isHidden() or layer.current is not None
            ):
                self.bar.hide()
                layer.forget_hover()
                layer.set_current(None)
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
            if enter and layer.current is not None and not self._window.reader.at_stop:
                self.edit_note(layer.current)
                return True
        return super().eventFilter(watched, event)


def _begin(passage: Passage) -> Place:
    spans = passage.spans or ()
    return spans[0].block, spans[0].start
