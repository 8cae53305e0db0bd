"""The reading page: the set document with its terms marked, and the ways to move in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from desktop.glossary.term import Glossary, Term
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.hover_card import HoverCard
from desktop.window.ornaments import draw_ornaments
from desktop.window.term_marks import TermMarks
from desktop.window.typesetting import LINK_SCHEME, PageStyle, Typesetter

_SAMPLE = "the two presidents met before the games and signed what they had agreed on, "
_HOVER_MS = 350
_SETTLE_MS = 160
_LEAST_MARGIN = 28
_TOP, _BOTTOM = 52, 200
_SMALLEST, _LARGEST = 9, 32


class ReaderView(QTextBrowser):
    """Shows one document; positions go in and out as block and code-point offset."""

    term_activated = Signal(int)  # index in the glossary
    link_activated = Signal(str)
    place_changed = Signal(int, int, float)  # block, offset, fraction read
    size_changed = Signal(int)  # reading size in points
    painted = Signal()  # once for each document, when its text is first on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName("Text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._document: Document | None = None
        self._typesetter: Typesetter | None = None
        self._page: QTextDocument | None = None
        self._marks = TermMarks()
        self._family, self._points, self._measure, self._mark_terms = "", 14, 68, True
        self._theme_name = theme.colours().name
        self._fresh = False
        self._lit: list[tuple[Span, bool]] = []  # (span, is evidence)
        # Where the text is to begin; kept until it was painted, for sizes change before that.
        self._wanted_place: tuple[int, int] | None = None
        self._hover_card = HoverCard(self)
        self._last_activated: Span | None = None
        self._hovered = ""
        self._hover_timer = _timer(self, _HOVER_MS, self._show_hover_card)
        self._place_timer = _timer(self, _SETTLE_MS, self._tell_place)
        self._width_timer = _timer(self, _SETTLE_MS, self._set_again)
        self.anchorClicked.connect(self._anchor_clicked)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown

    def show_document(
        self, document: Document, place: tuple[int, int] | None = None, *, keep_marks: bool = False
    ) -> None:
        """Show ``document`` with the text at ``place`` (block, offset) at the top."""
        self._document = document
        if not keep_marks:
            self._marks = TermMarks()
            self._lit = []
        self._hover_card.hide()
        self._set()
        self._fresh = not keep_marks
        if place is not None and (place[0] or place[1]):
            self._wanted_place = place
            self._scroll_to(place)
        else:
            self._wanted_place = None
            self.verticalScrollBar().setValue(0)

    def set_glossary(self, glossary: Glossary | None) -> None:
        """Mark the terms of ``glossary`` in the text, in place of those marked before."""
        self._marks.terms = glossary.terms if glossary else ()
        self._mark()

    def set_reading_style(self, family: str, points: int, measure: int, mark_terms: bool) -> None:
        """Set the face, its size in points, the line length in characters and the marks."""
        style = (family, points, measure, mark_terms)
        if style != (self._family, self._points, self._measure, self._mark_terms):
            self._family, self._points, self._measure, self._mark_terms = style
            self._set_again()

    def change_size(self, step: int) -> None:
        """Make the letters ``step`` points larger (0: the standard size)."""
        points = max(_SMALLEST, min(_LARGEST, self._points + step)) if step else 14
        if points != self._points:
            self.set_reading_style(self._family, points, self._measure, self._mark_terms)
            self.size_changed.emit(points)

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

    def clear_light(self) -> None:
        """Put out what was lit up."""
        self._lit = []
        self.setExtraSelections([])

    @property
    def lit(self) -> Sequence[Span]:
        """The spans that are lit up."""
        return [span for span, _evidence in self._lit]

    def place(self) -> tuple[int, int]:
        """Return the block and offset of the first line on show."""
        if self._typesetter is None:
            return 0, 0
        return self._typesetter.place(self.cursorForPosition(QPoint(2, 4)).position())

    def fraction(self) -> float:
        """Return how much of the text has been on show, 0..1."""
        bar = self.verticalScrollBar()
        reach = max(1, self.document().size().height() - _BOTTOM)
        return min(1.0, (bar.value() + self.viewport().height()) / reach)

    def term_at(self, block: int, offset: int) -> int | None:
        """Return the index of the term marked at a place in the text."""
        return self._marks.term_at(block, offset)

    def position_of(self, span: Span) -> QRect:
        """Return where ``span`` begins, in coordinates of the viewport."""
        assert self._typesetter is not None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._typesetter.range_of(span)[0])
        return self.cursorRect(cursor)

    # -- setting the page

    def _text_width(self) -> int:
        metrics = QFontMetricsF(theme.serif(self._pixels(), family=self._family))
        wanted = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * self._measure
        bar = self.verticalScrollBar().sizeHint().width()
        return int(min(wanted, max(120, self.width() - bar - 2 * _LEAST_MARGIN)))

    def _pixels(self) -> float:
        return self._points * self.logicalDpiY() / 72

    def _set(self) -> None:
        if self._document is None:
            return
        width = self._text_width()
        self._place_margins(width)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        style = PageStyle(self._pixels(), self._family, width, self.devicePixelRatioF())
        self._typesetter = Typesetter(self._document, style)
        self._typesetter.set_into(document)
        frame = QTextFrameFormat()
        frame.setTopMargin(_TOP)
        frame.setBottomMargin(_BOTTOM)
        document.rootFrame().setFrameFormat(frame)
        document.setTextWidth(width)
        self.setDocument(document)
        if self._page is not None:
            self._page.deleteLater()
        self._page = document
        self._theme_name = theme.colours().name
        self._mark()

    def _set_again(self) -> None:
        if self._document is not None:
            fresh = self._fresh
            place = self._wanted_place or self.place()
            self.show_document(self._document, place, keep_marks=True)
            self._wanted_place = place if fresh else None
            self._fresh = fresh
            self._paint_light()

    def _place_margins(self, width: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        side = max(_LEAST_MARGIN, (self.width() - bar - width) // 2)
        self.setViewportMargins(side, 0, max(0, self.width() - bar - width - side), 0)

    def _mark(self) -> None:
        if self._typesetter is not None:
            self._marks.apply(self.document(), self._typesetter, visible=self._mark_terms)

    # -- light, links and the hover card

    def _light(self, spans: list[tuple[Span, bool]]) -> None:
        self._lit = spans
        self._wanted_place = None  # it is here that the reader wants to be now
        self._paint_light()
        if spans and self._typesetter is not None:
            self._centre(spans[0][0])

    def _paint_light(self) -> None:
        if self._typesetter is None:
            return
        c = theme.colours()
        selections = []
        for span, evidence in self._lit:
            selection = QTextEdit.ExtraSelection()
            start, end = self._typesetter.range_of(span)
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(QColor(c.evidence if evidence else c.found))
            selections.append(selection)
        self.setExtraSelections(selections)

    def _centre(self, span: Span) -> None:
        rect = self.position_of(span)
        height = self.viewport().height()
        if not height * 0.12 < rect.top() < height * 0.72:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - int(height * 0.33))

    def _scroll_to(self, place: tuple[int, int]) -> None:
        block = min(place[0], len(self._document.blocks) - 1) if self._document else 0
        rect = self.position_of(Span(block, place[1], place[1]))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rect.top() - 4)

    def _anchor_clicked(self, url: QUrl) -> None:
        address = url.toString()
        self._hover_card.hide()
        index = self._marks.index_of(address)
        if index is not None and self._typesetter is not None:
            at = self.textCursor().selectionStart()
            self._last_activated = self._marks.mention_at(*self._typesetter.place(at))
            self.term_activated.emit(index)
        elif address.startswith(LINK_SCHEME):
            self.link_activated.emit(address.removeprefix(LINK_SCHEME))

    def _term_of(self, address: str) -> Term | None:
        index = self._marks.index_of(address)
        return self._marks.terms[index] if index is not None else None

    def _show_hover_card(self) -> None:
        term = self._term_of(self._hovered)
        if term is None:
            return
        pointer = self.mapFromGlobal(self.cursor().pos())
        self._hover_card.show_term(term, pointer, int(self._pixels()))

    def _forget_hover(self) -> None:
        self._hovered = ""
        self._hover_timer.stop()
        self._hover_card.hide()

    def _scrolled(self) -> None:
        self._forget_hover()
        self._place_timer.start()

    def _tell_place(self) -> None:
        if self._document is not None:
            block, offset = self.place()
            self.place_changed.emit(block, offset, self.fraction())

    # -- Qt's own events

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing: the document's own pictures are given to the page when it is set."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure; what is set for another width is set again when the size settles."""
        place = self._wanted_place
        if place is None and self._document is not None and self.verticalScrollBar().value():
            place = self.place()
        width = self._text_width()
        self._place_margins(width)
        super().resizeEvent(event)
        if self._typesetter is None:
            return
        if width != self._typesetter.style.width:
            self._typesetter.style = replace(self._typesetter.style, width=width)
            if self._document is not None and self._document.pictures:
                self._width_timer.start()
        if place is not None:
            self._scroll_to(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the wanted place: Qt shows the cursor's, which is the top."""
        super().showEvent(event)
        if self._wanted_place is not None:
            self._scroll_to(self._wanted_place)

    def changeEvent(self, event: QEvent) -> None:
        """Set the page again in the colours of a new theme."""
        super().changeEvent(event)
        shown = getattr(self, "_theme_name", None)  # None while Qt builds the widget
        if event.type() == QEvent.Type.PaletteChange and shown not in (None, theme.colours().name):
            self._theme_name = theme.colours().name
            QTimer.singleShot(0, self, self._set_again)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars and bullets, then the text."""
        if self._typesetter is not None:
            painter = QPainter(self.viewport())
            draw_ornaments(
                painter, event.rect(), self.document(), self._typesetter,
                self.verticalScrollBar().value(),
            )  # fmt: skip
            painter.end()
        super().paintEvent(event)
        if self._fresh:
            self._fresh = False
            QTimer.singleShot(0, self, self._first_painted)

    def _first_painted(self) -> None:
        self._wanted_place = None
        self.painted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a term means when the pointer rests on it."""
        super().mouseMoveEvent(event)
        anchor = self.anchorAt(event.position().toPoint())
        if anchor != self._hovered:
            self._hovered = anchor
            self._hover_card.hide()
            if anchor:
                self._hover_timer.start()
            else:
                self._hover_timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the hover card when the pointer leaves the page."""
        super().leaveEvent(event)
        self._forget_hover()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the size of the letters."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_size(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put out the light with Escape; page with Space."""
        if event.key() == Qt.Key.Key_Escape and self._lit:
            self.clear_light()
        elif event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar = self.verticalScrollBar()
            page = int(self.viewport().height() * 0.88)
            bar.setValue(bar.value() + (-page if back else page))
        else:
            super().keyPressEvent(event)


def _timer(owner: ReaderView, milliseconds: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer
