"""The set page: one document on paper, its measure, its place, and how these survive changes."""

from __future__ import annotations

import contextlib
import threading
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.glossary.guard import Place
from desktop.reading.chapters import chapters_of, title_of
from desktop.reading.document import Document, Span
from desktop.reading.hyphenation import can_break, is_quick
from desktop.window import theme
from desktop.window.ornaments import draw_ornaments
from desktop.window.page_geometry import PageGeometry
from desktop.window.set_text import SetDocument, without_soft_hyphens
from desktop.window.typesetting import PageStyle, Typesetter

_SAMPLE = "the two presidents met before the games and signed what they had agreed on, "
SETTLE_MS = 160
_LEAST_MARGIN = 28
_TOP, _BOTTOM = 52, 200
#: Some 240 words of English, the usual pace of silent reading, with their spaces.
_LETTERS_A_MINUTE = 1_400
_SMALLEST, _LARGEST, _USUAL = 9, 32, 14


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """The reader's face, its size in points, the line length in characters, room for hints.

    ``justified`` text has an even right edge and words that are broken where need be.
    """

    family: str = ""
    points: int = _USUAL
    measure: int = 68
    hints: bool = False
    justified: bool = True


class SetPage(QTextBrowser):
    """Sets one document, a chapter at a time; places go in and out as block and offset."""

    place_changed = Signal(int, int, float)  # block, offset, fraction read
    view_changed = Signal(object, object)  # Place of the first and after the last line on show
    size_changed = Signal(int)  # reading size in points
    chapter_changed = Signal(int, int)  # its number (from 0), how many there are
    leaving = Signal(object)  # the Place on show before a jump
    clicked_at = Signal(object)  # QPoint of the viewport where nothing else answers
    selection_made = Signal()  # by the pointer
    _patterns_read = Signal(str)
    painted = Signal()  # once for each document, when its text is first on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._document: Document | None = None
        self._typesetter: Typesetter | None = None
        self._geometry: PageGeometry | None = None
        self._page: QTextDocument | None = None
        self._chapters: tuple[range, ...] = ()
        self._lengths: list[int] = [0]  # letters before each chapter, and in all
        self._chapter = 0
        self._style = ReadingStyle()
        self._theme_name = theme.colours().name
        #: Paints on the paper, under the text; gets what is to be painted, where, how far scrolled.
        self.underlay: Callable[[QPainter, QRect, PageGeometry, int], None] | None = None
        self._fresh = False
        # Where the text is to begin; kept until it was painted, for sizes change before that.
        self._wanted_place: Place | None = None
        self._place_timer = make_timer(self, SETTLE_MS, self.tell_place)
        self._width_timer = make_timer(self, SETTLE_MS, self._set_again)
        self._patterns_read.connect(self._can_break)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show ``document`` with the text at ``place`` (block, offset) at the top."""
        self._document = document
        self._chapters = chapters_of(document)
        self._lengths = [0]
        for chapter in self._chapters:
            letters = sum(len(document.blocks[at].text) for at in chapter)
            self._lengths.append(self._lengths[-1] + letters)
        self._chapter = self._chapter_of(place[0]) if place else 0
        self._read_patterns(document.language)
        self._set()
        self._fresh = True
        self._begin_at(place)
        self._place_timer.start()

    def set_reading_style(self, style: ReadingStyle) -> None:
        """Set the page in another style, the same text at the top."""
        if style != self._style:
            self._style = style
            self._set_again()

    def change_size(self, step: int) -> None:
        """Make the letters ``step`` points larger (0: the standard size)."""
        points = max(_SMALLEST, min(_LARGEST, self._style.points + step)) if step else _USUAL
        if points != self._style.points:
            self.set_reading_style(replace(self._style, points=points))
            self.size_changed.emit(points)

    # -- chapters

    @property
    def chapters(self) -> Sequence[range]:
        """The chapters as ranges of the document's blocks; one alone is ever set."""
        return self._chapters

    @property
    def chapter(self) -> int:
        """The number (from 0) of the chapter that is set."""
        return self._chapter

    def chapter_title(self, number: int) -> str | None:
        """Return the title of a chapter, ``None`` where there is no such one or it has none."""
        if self._document is None or not 0 <= number < len(self._chapters):
            return None
        return title_of(self._document, self._chapters[number])

    def turn_chapter(self, step: int, *, at_end: bool = False) -> bool:
        """Turn to the beginning (or end) of the next or previous chapter, if there is one."""
        number = self._chapter + step
        if not 0 <= number < len(self._chapters):
            return False
        self._wanted_place = None
        self._set_chapter(number)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if at_end else 0)
        self._place_timer.start()
        return True

    def _chapter_of(self, block: int) -> int:
        return max(0, bisect_right(self._chapters, block, key=lambda part: part.start) - 1)

    def _set_chapter(self, number: int) -> None:
        if number != self._chapter:
            self._chapter = number
            self._set()

    # -- places in it

    @property
    def page_geometry(self) -> PageGeometry | None:
        """Where the words of the set page stand, ``None`` without a page."""
        return self._geometry

    @property
    def lit(self) -> Sequence[Span]:
        """The spans that are lit up."""
        return ()

    @property
    def at_term(self) -> bool:
        """Whether the pointer rests on what has a card of its own."""
        return False

    def selected_span(self) -> Span | None:
        """Return what is selected, as far as it stands in the block where it begins."""
        cursor = self.textCursor()
        if self._typesetter is None or self._document is None or not cursor.hasSelection():
            return None
        block, start = self._typesetter.place(cursor.selectionStart())
        last, end = self._typesetter.place(cursor.selectionEnd())
        text = self._document.blocks[block].text
        end = end if last == block else len(text)
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        return Span(block, start, end) if start < end else None

    def place_of(self, position: int) -> Place:
        """Return the block and offset of a position in the set text."""
        return self._typesetter.place(position) if self._typesetter else (0, 0)

    def position(self, place: Place) -> int:
        """Return the position in the set text of a place of this chapter."""
        return self._typesetter.position(*place) if self._typesetter else 0

    def place(self) -> Place:
        """Return the block and offset of the first line on show."""
        return self.place_at(QPoint(2, 4))

    def end_place(self) -> Place:
        """Return the block and offset after the last line that is wholly on show."""
        if self._document is None or not self._document.blocks:
            return 0, 0
        if self._chapter_fraction() >= 1.0:
            last = self._chapters[self._chapter].stop - 1
            return last, len(self._document.blocks[last].text)
        return self.place_at(QPoint(self.viewport().width() - 1, self.viewport().height() - 4))

    def place_at(self, point: QPoint) -> Place:
        """Return the block and offset at a point of the viewport."""
        return self.place_of(self.cursorForPosition(point).position())

    def fraction(self) -> float:
        """Return how much of the text stands before the end of what is on show, 0..1."""
        if not self._lengths[-1]:
            return self._chapter_fraction()
        before, after = self._lengths[self._chapter : self._chapter + 2]
        return (before + (after - before) * self._chapter_fraction()) / self._lengths[-1]

    def minutes_left(self) -> int:
        """Return how long the rest of the text takes at a usual pace."""
        letters = self._lengths[-1] * (1 - self.fraction())
        return round(letters / _LETTERS_A_MINUTE)

    def _chapter_fraction(self) -> float:
        bar = self.verticalScrollBar()
        reach = max(1, self.document().size().height() - _BOTTOM)
        return min(1.0, (bar.value() + self.viewport().height()) / reach)

    def position_of(self, span: Span) -> QRect:
        """Return where ``span``, of this chapter, begins, in coordinates of the viewport."""
        assert self._typesetter is not None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._typesetter.range_of(span)[0])
        return self.cursorRect(cursor)

    def bring_into_view(self, span: Span) -> None:
        """Turn and scroll to ``span`` unless it stands well within the page that is on show."""
        self._wanted_place = None  # it is here that the reader wants to be now
        here, chapter = self.place(), self._chapter_of(span.block)
        turned = chapter != self._chapter
        self._set_chapter(chapter)
        rect = self.position_of(span)
        height = self.viewport().height()
        if turned or not height * 0.12 < rect.top() < height * 0.72:
            self.leaving.emit(here)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - int(height * 0.33))

    def go_to_place(self, place: Place) -> None:
        """Turn and scroll so that the text at ``place`` stands at the top."""
        self._wanted_place = None
        self._scroll_to(place)
        self._place_timer.start()

    def tell_place(self) -> None:
        """Say where the text on show begins and ends."""
        if self._document is not None:
            block, offset = self.place()
            self.place_changed.emit(block, offset, self.fraction())
            self.view_changed.emit((block, offset), self.end_place())

    # -- setting the page

    def _text_width(self) -> int:
        metrics = QFontMetricsF(theme.serif(self._pixels(), family=self._style.family))
        wanted = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * self._style.measure
        bar = self.verticalScrollBar().sizeHint().width()
        return int(min(wanted, max(120, self.width() - bar - 2 * _LEAST_MARGIN)))

    def _pixels(self) -> float:
        return self._style.points * self.logicalDpiY() / 72

    def _set(self) -> None:
        if self._document is None:
            return
        width = self._text_width()
        self._place_margins(width)
        document = SetDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        style = PageStyle(
            self._pixels(), self._style.family, width, self.devicePixelRatioF(),
            self._style.hints, self._style.justified,
        )  # fmt: skip
        blocks = self._chapters[self._chapter] if self._chapters else range(0)
        self._typesetter = Typesetter(self._document, style, blocks)
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
        self._geometry = PageGeometry(document, self._typesetter)
        self._theme_name = theme.colours().name
        self.chapter_changed.emit(self._chapter, len(self._chapters))

    def _read_patterns(self, language: str) -> None:
        """Learn beside the window where words may be broken, if that takes long."""
        if not is_quick(language):

            def read() -> None:
                can_break(language)
                with contextlib.suppress(RuntimeError):  # the page may be gone by now
                    self._patterns_read.emit(language)

            threading.Thread(target=read, name="hyphenation", daemon=True).start()

    def _can_break(self, language: str) -> None:
        if self._document is not None and self._document.language == language:
            self._set_again()

    def _set_again(self) -> None:
        if self._document is not None:
            fresh = self._fresh
            place = self._wanted_place or self.place()
            self._set()
            self._begin_at(place)
            self._wanted_place = place if fresh else None

    def _place_margins(self, width: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        side = max(_LEAST_MARGIN, (self.width() - bar - width) // 2)
        self.setViewportMargins(side, 0, max(0, self.width() - bar - width - side), 0)

    def _begin_at(self, place: Place | None) -> None:
        if place is not None and (place[0] or place[1]):
            self._wanted_place = place
            self._scroll_to(place)
        else:
            self._wanted_place = None
            self.verticalScrollBar().setValue(0)

    def _scroll_to(self, place: Place) -> None:
        if self._document is None or not self._document.blocks:
            return
        block = min(place[0], len(self._document.blocks) - 1)
        self._set_chapter(self._chapter_of(block))
        rect = self.position_of(Span(block, place[1], place[1]))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rect.top() - 4)

    def _scrolled(self) -> None:
        self._place_timer.start()

    # -- Qt's own events

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the text as the document has it: soft hyphens are the page's own."""
        return without_soft_hyphens(super().createMimeDataFromSelection())

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
        if width != self._typesetter.style.width and self._typesetter.fit(width):
            self._width_timer.start()
        if place is not None:
            self._scroll_to(place)
        self._place_timer.start()

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
            if self.underlay is not None and self._geometry is not None:
                shift = self.verticalScrollBar().value()
                self.underlay(painter, event.rect(), self._geometry, shift)
            painter.end()
        super().paintEvent(event)
        if self._fresh:
            self._fresh = False
            QTimer.singleShot(0, self, self._first_painted)

    def _first_painted(self) -> None:
        self._wanted_place = None
        self.painted.emit()


def make_timer(owner: QObject, milliseconds: int, run: Callable[[], None]) -> QTimer:
    """Return a timer that calls ``run`` once, so long after it was started last."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer
