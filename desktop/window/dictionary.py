"""Any word of the text looked up in the reader's dictionaries: by two clicks or by key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from desktop.glossary.edits import Add, Entry
from desktop.glossary.term import TermKind
from desktop.window.jobs import Lane
from desktop.window.look_up_card import LookUpCard
from desktop.window.messages import elide
from desktop.window.selecting import select, selected_places, selection_rects

if TYPE_CHECKING:
    from desktop.glossary.sources.entry import Entry as Sense
    from desktop.operations.looking_up import LookedUp
    from desktop.reading.document import Document
    from desktop.window.main_window import MainWindow

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


class Dictionary(QObject):
    """Stands between the page, the dictionaries and the glossary."""

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self.card = LookUpCard(window.reader)
        self.card.keep_wanted.connect(self._keep)
        window.reader.word_wanted.connect(self.look_up)

    def look_up(self) -> None:
        """Look up what is selected; without a selection, the first word on show."""
        reader, document = self._window.reader, self._document()
        if document is None:
            return
        if not reader.textCursor().hasSelection():
            self.select_word(forward=True)
        words = reader.textCursor().selectedText().replace("\u00ad", "").replace("\u2029", " ")
        first, last = (rect.translated(self._origin()) for rect in selection_rects(reader))
        place = first.united(last) if first.top() == last.top() else last
        language = document.language
        self._lane.submit(
            lambda ws: ws.look_up(words, language),
            lambda found: self._show(found, place),
            self._window.messages.report,
        )

    def select_word(self, *, forward: bool) -> None:
        """Select the next or previous word of the text."""
        reader, document = self._window.reader, self._document()
        if document is None:
            return
        places = selected_places(reader, document)
        begin, end = places or (reader.place(), reader.place())
        block, offset = end if forward else begin
        while 0 <= block < len(document.blocks):
            spans = [match.span() for match in _WORD.finditer(document.blocks[block].text)]
            if forward:
                spans = [span for span in spans if span[0] >= offset]
            else:
                spans = [span for span in reversed(spans) if span[1] <= offset]
            if spans:
                start, stop = spans[0]
                select(reader, (block, start), (block, stop))
                reader.say(document.blocks[block].text[start:stop])
                return
            block += 1 if forward else -1
            offset = 0 if forward else 1 << 30

    def _show(self, found: LookedUp, place: QRect) -> None:
        if not found.senses:
            word = elide(found.words, 40)
            self._window.messages.tell(
                f"No dictionary here has “{word}”." if word else "Select a word to look it up."
            )
            return
        self._window.marking.bar.hide()
        self.card.show_word(found, place)
        self._window.reader.say(self.card.words())

    def _keep(self, sense: Sense) -> None:
        add = Add(Entry(sense.lemma, TermKind.WORD), sense.gloss)
        self._window.glossary.edit([add], f"“{elide(sense.lemma, 40)}” is in the glossary now.")

    def _origin(self) -> QPoint:
        return self._window.reader.mapToGlobal(self._window.reader.rect().topLeft())

    def _document(self) -> Document | None:
        text = self._window.desk.text
        return text.document if text else None
