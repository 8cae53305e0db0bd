"""The reading page: the set document with its terms marked, and the ways to move in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.glossary.guard import Place, term_until
from desktop.glossary.term import Glossary, Term
from desktop.reading.document import Document, Span
from desktop.window.chapter_turning import ChapterTurners, WheelTurn
from desktop.window.hover_card import HoverCard
from desktop.window.light import selections
from desktop.window.mention_index import Mention, MentionIndex
from desktop.window.sentence_tints import SentenceTints
from desktop.window.set_page import SetPage, make_timer
from desktop.window.term_marks import TermLook, TermMarks, Tint, paint_stop, tint_of
from desktop.window.term_stops import Stop, stops_on_show
from desktop.window.typesetting import LINK_SCHEME
from desktop.window.word_hints import WordHints

_HOVER_MS = 350


class ReaderView(SetPage):
    """Shows one document with its terms: by pointer and by keys."""

    term_activated = Signal(int)  # index in the glossary
    link_activated = Signal(str)
    figure_wanted = Signal(int)  # block
    word_wanted = Signal()  # the word that was clicked twice, and is selected

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName("Text")
        self.setMouseTracking(True)
        self._index = MentionIndex()
        self._marks, self._hints = TermMarks(), WordHints()
        self._look = TermLook()
        self._known: frozenset[str] = frozenset()
        self._memory: Mapping[str, float] = {}
        self.sentences = SentenceTints()
        self._reach: Place | None = None
        self._lit: list[tuple[Span, bool]] = []  # (span, is evidence)
        self._hits: Sequence[Span] = ()  # of a search
        self._hover_card = HoverCard(self)
        self._last_activated: Span | None = None
        self._hovered: Mention | None = None
        self._stop: Stop | None = None
        self._twice = False  # a word was clicked twice, and the button is still down
        self._wheel, self._turners = WheelTurn(), ChapterTurners(self)
        self._hover_timer = make_timer(self, _HOVER_MS, self._show_hover_card)
        self.anchorClicked.connect(self._anchor_clicked)

    # -- what is shown

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show ``document`` with the text at ``place`` (block, offset) at the top."""
        self._lit, self._stop, self._hits = [], None, []
        self._hover_card.hide()
        self._index = MentionIndex(document)
        self._hints.forget()
        super().show_document(document, place)

    def set_glossary(self, glossary: Glossary | None) -> None:
        """Mark the terms of ``glossary`` in the text, in place of those marked before."""
        self._index = MentionIndex(self._document, glossary.terms if glossary else ())
        self._choose()

    def set_look(self, look: TermLook) -> None:
        """Tell terms in another way."""
        if look != self._look:
            self._look = look
            self._choose()

    def set_known(self, names: frozenset[str]) -> None:
        """Leave terms of these names, in small letters, unmarked: the reader knows them."""
        if names != self._known:
            self._known = names
            self._choose()

    def set_memory(self, memory: Mapping[str, float]) -> None:
        """Tint terms by the share (0..1) that is remembered of their cards, by name."""
        self._memory = memory
        self.viewport().update()

    def set_reach(self, reach: Place | None) -> None:
        """Tell of terms no more than the text up to ``reach`` does; ``None``: all."""
        self._reach = reach

    def _choose(self) -> None:
        look, known, terms = self._look, self._known, self._index.terms

        def shown(index: int) -> bool:
            term = terms[index]
            return term.kind not in look.unmarked and term.term.casefold() not in known

        self._index.choose(shown if look.marks or look.hints else lambda _index: False)
        self._hints.forget()
        self._find_again()
        self.viewport().update()

    def _find_again(self) -> None:
        """Keep pointer and keys at their mentions: under other terms these have other numbers."""
        hovered, self._hovered = self._hovered, None
        if hovered is not None:
            self._forget_hover()
        stop = self._stop
        if stop is not None and not stop.link:
            found = self._index.at(stop.span.block, stop.span.start)
            if found is not None and found[0] == stop.span:
                self._stop = stop._replace(term=found[1])
            else:
                self._leave_stop()

    def _set(self) -> None:
        super()._set()
        self._hints.forget()
        self._paint_light()

    # -- moving in it

    @property
    def last_activated(self) -> Span | None:
        """The mention that was clicked or entered last."""
        return self._last_activated

    def show_mention(self, span: Span) -> None:
        """Bring a mention into view and light it up."""
        self._light([(span, False)])

    def show_evidence(self, span: Span) -> None:
        """Bring a sentence into view and light it up."""
        self._light([(span, True)])

    def show_hits(self, hits: Sequence[Span], current: int) -> None:
        """Mark the places that a search found and bring the current one into view."""
        self._hits = hits
        if hits:
            self.show_mention(hits[current])
        else:
            self.clear_light()
            self._paint_light()

    def place_of_link(self, address: str) -> QRect:
        """Return where a link on show stands on the screen; else the middle of the page."""
        found = next((stop for stop in self._stops() if stop.link == address), None)
        rect = self.viewport().rect()
        rect = self.position_of(found.span) if found else QRect(rect.center(), rect.center())
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def page_on(self, *, forward: bool) -> None:
        """Scroll by a page, at the end of a chapter to the next one."""
        bar = self.verticalScrollBar()
        if bar.value() == (bar.maximum() if forward else bar.minimum()):
            self.turn_chapter(1 if forward else -1, at_end=not forward)
        else:
            page = int(self.viewport().height() * 0.88)
            bar.setValue(bar.value() + (page if forward else -page))

    def clear_light(self) -> None:
        """Put out what was lit up."""
        self._lit = []
        self.setExtraSelections([])

    @property
    def lit(self) -> Sequence[Span]:
        """The spans that are lit up."""
        return [span for span, _evidence in self._lit]

    @property
    def at_term(self) -> bool:
        """Whether the pointer rests on a term, which has a card of its own."""
        return self._hovered is not None

    @property
    def at_stop(self) -> bool:
        """Whether the keys have come to a term or a link, which Enter opens."""
        return self._stop is not None

    def term_at(self, block: int, offset: int) -> int | None:
        """Return the index of the term marked at a place in the text."""
        found = self._index.at(block, offset)
        return found[1] if found else None

    def indices_on_show(self) -> list[int]:
        """Return the indices of the terms that occur in the text on show, in its order."""
        first, last = self.place(), self.end_place()
        found: dict[int, None] = {}
        for span, index in self._index.mentions_in(range(first[0], last[0] + 1)):
            if first <= (span.block, span.end) and (span.block, span.start) < last:
                found[index] = None
        return list(found)

    # -- light and links

    def _light(self, spans: list[tuple[Span, bool]]) -> None:
        self._lit = spans
        if spans and self._typesetter is not None:
            self.bring_into_view(spans[0][0])
        self._paint_light()

    def _paint_light(self) -> None:
        if self._typesetter is not None:
            self.setExtraSelections(
                selections(self.document(), self._typesetter, self._lit, self._hits)
            )

    def _anchor_clicked(self, url: QUrl) -> None:
        address = url.toString()
        self._forget_hover()
        if address.startswith(LINK_SCHEME):
            self.link_activated.emit(address.removeprefix(LINK_SCHEME))

    def _activate(self, mention: Mention) -> None:
        self._forget_hover()
        self._last_activated = mention[0]
        self.term_activated.emit(mention[1])

    # -- the stops of the keys

    def _stops(self) -> list[Stop]:
        if self._geometry is None or self._document is None:
            return []
        return stops_on_show(
            self._document, self._index, self._geometry,
            self.verticalScrollBar().value(), self.viewport().height(),
        )  # fmt: skip

    def step_term(self, forward: bool) -> bool:
        """Go to the next or previous term on show and tell of it; ``False`` after the last."""
        stops = self._stops()
        at = stops.index(self._stop) if self._stop in stops else (-1 if forward else len(stops))
        following = at + (1 if forward else -1)
        if not 0 <= following < len(stops):
            self._leave_stop()
            return False
        self._stop = stops[following]
        self.viewport().update()
        if self._stop.link:
            self._hover_card.hide()
            self.say(f"Link to {self._stop.link}")
        else:
            self._show_card(self._stop.span, self._stop.term)
            self.say(self._hover_card.words())
        return True

    def _leave_stop(self) -> None:
        self._stop = None
        self._hover_card.hide()
        self.viewport().update()

    def _enter_stop(self) -> None:
        stop = self._stop
        if stop is None:
            return
        if stop.link:
            self.link_activated.emit(stop.link)
        else:
            self._activate((stop.span, stop.term))

    def say(self, words: str) -> None:
        """Let a screen reader say something of the text."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # -- the card

    def _mention_under(self, point: QPoint) -> Mention | None:
        """Return the mention at a point of the viewport, not only near it."""
        if self._typesetter is None or self._geometry is None or not self._look.marks:
            return None
        found = self._index.at(*self.place_at(point))
        if found is None:
            return None
        top = self._geometry.top_of(found[0].block) - self.verticalScrollBar().value()
        for piece in self._geometry.pieces(found[0]):
            inside = top + piece.top <= point.y() <= top + piece.bottom + 4
            if inside and piece.left - 2 <= point.x() <= piece.right + 2:
                return found
        return None

    def figures_on_show(self) -> list[int]:
        """Return the blocks on show that are pictures."""
        if self._document is None:
            return []
        blocks = self._blocks_on_show(self.viewport().rect())
        return [at for at in blocks if self._document.blocks[at].picture is not None]

    def _figure_under(self, point: QPoint) -> int | None:
        if (
            not self.document()
            .documentLayout()
            .imageAt(QPointF(point.x(), point.y() + self.verticalScrollBar().value()))
        ):
            return None
        at = self.place_at(point)[0]
        return at if at in self.figures_on_show() else None

    def _show_hover_card(self) -> None:
        if self._hovered is not None:
            self._show_card(*self._hovered)

    def _show_card(self, span: Span, index: int) -> None:
        term: Term | None = self._index.terms[index]
        if self._reach is not None and self._document is not None:
            reach = max(self._reach, (span.block, span.end))
            term = term_until(self._index.terms[index], reach, self._document)
        if term is None or self._geometry is None:
            return
        pieces = self._geometry.pieces(span)
        if not pieces:
            return
        tint = self._tint(index)
        top = self._geometry.top_of(span.block) - self.verticalScrollBar().value()
        origin = self.viewport().pos()
        first, last = pieces[0], pieces[-1]
        place = QRect(
            round(origin.x() + first.left), round(origin.y() + top + first.top),
            round(max(20.0, first.right - first.left)), round(last.bottom - first.top),
        )  # fmt: skip
        self._hover_card.show_term(term, place, tint if self._look.tints else Tint.NONE)

    def _forget_hover(self) -> None:
        self._hovered = None
        self._hover_timer.stop()
        self._hover_card.hide()

    def _scrolled(self) -> None:
        self._forget_hover()
        super()._scrolled()

    # -- painting

    def _blocks_on_show(self, clip: QRect) -> range:
        assert self._geometry is not None
        shift = self.verticalScrollBar().value()
        return self._geometry.blocks_between(shift + clip.top(), shift + clip.bottom())

    def _tint(self, index: int) -> Tint:
        return tint_of(self._index.terms[index], self._memory, self._look.wanted)

    def _looks(self, blocks: range) -> Iterator[tuple[Mention, str, Tint]]:
        tints = self._look.tints and bool(self._memory)
        for mention in (m for block in blocks for m in self._index.in_block(block)):
            kind = self._index.terms[mention[1]].kind
            yield mention, kind, self._tint(mention[1]) if tints else Tint.NONE

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then what is told of its terms."""
        super().paintEvent(event)
        if self._geometry is None or self._typesetter is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = self.verticalScrollBar().value()
        blocks = self._blocks_on_show(event.rect())
        self.sentences.paint(painter, self._geometry, blocks, shift)
        if self._look.marks:
            self._marks.paint(painter, self._geometry, self._looks(blocks), shift)
        if self._look.hints:
            size = self._typesetter.style.size
            self._hints.paint(painter, self._geometry, self._index, blocks, size, shift)
        if self._stop is not None:
            paint_stop(painter, self._geometry, self._stop.span, shift)
        painter.end()

    # -- Qt's own events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a term means when the pointer rests on it."""
        super().mouseMoveEvent(event)
        found = self._mention_under(event.position().toPoint())
        if found != self._hovered:
            if self._hovered is not None and found is None:
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            self._forget_hover()
            self._hovered = found
            if found is not None:
                self._hover_timer.start()
        if found is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the entry of a term that was clicked; a selection stays a selection."""
        super().mouseReleaseEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and not self.textCursor().hasSelection():
            found = self._mention_under(event.position().toPoint())
            figure = self._figure_under(event.position().toPoint())
            if found is not None:
                self._activate(found)
            elif figure is not None:
                self.figure_wanted.emit(figure)
            else:
                self.clicked_at.emit(event.position().toPoint())
        elif left:
            (self.word_wanted if self._twice else self.selection_made).emit()
        self._twice = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word and ask what it means."""
        super().mouseDoubleClickEvent(event)
        self._twice = event.button() is Qt.MouseButton.LeftButton

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the hover card when the pointer leaves the page."""
        super().leaveEvent(event)
        self._forget_hover()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the term that the keys had come to."""
        super().focusOutEvent(event)
        self._leave_stop()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Step through the terms and links on show with Tab, then on to the next widget."""
        return self.step_term(forward) or QTextEdit.focusNextPrevChild(self, forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the size of the letters."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_size(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        elif self._wheel.turns(self.verticalScrollBar(), event.angleDelta().y()):
            self.page_on(forward=event.angleDelta().y() < 0)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, put away with Escape, page with Space."""
        key = event.key()
        if key == Qt.Key.Key_Escape and (self._stop or self._hover_card.isVisible()):
            self._leave_stop()
        elif key == Qt.Key.Key_Escape and self._lit:
            self.clear_light()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._stop is not None:
            self._enter_stop()
        elif key == Qt.Key.Key_Space:
            self.page_on(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not event.modifiers():
            self.page_on(forward=key == Qt.Key.Key_PageDown)
        else:
            super().keyPressEvent(event)
