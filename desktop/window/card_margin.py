"""The cards of the text in its margin: a quiet bar beside each sentence that has some.

The bar tells by its form how far its cards are: dots for proposed ones, a thin line for accepted
ones, a strong line for those that are studied, dashes where these fade from memory. Like the marks
of the terms it is painted for the lines on show alone and is no part of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLineF, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.library.decks import NoteStatus
from desktop.reading.document import Span
from desktop.study.card import CardState
from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.messages import elide
from desktop.window.wording import NOTE_KINDS, counted

if TYPE_CHECKING:
    from desktop.library.decks import CardRecord
    from desktop.operations.remembering import SentenceMemory
    from desktop.window.set_page import SetPage

_WIDTH, _AWAY = 16, 8  # of the strip; how far it stands from the text
_LEAST_HEIGHT = 6.0
_MOST_TOLD = 4


class MarkState(IntEnum):
    """How far the cards of a sentence are; of several the furthest counts."""

    PROPOSED = 0
    ACCEPTED = 1
    STUDIED = 2


_WORDS = {
    MarkState.PROPOSED: "proposed",
    MarkState.ACCEPTED: "accepted",
    MarkState.STUDIED: "studied",
}


@dataclass(frozen=True, slots=True)
class CardMark:
    """A sentence with its cards."""

    span: Span
    state: MarkState
    records: tuple[CardRecord, ...]

    @property
    def note_ids(self) -> list[str]:
        """The ids of its notes."""
        return [record.note.id for record in self.records]

    def words(self) -> str:
        """Return what the mark says: how many cards, and what they ask."""
        lines = [f"{counted(len(self.records), 'card')} on this sentence"]
        for record in self.records[:_MOST_TOLD]:
            kind = NOTE_KINDS[record.note.kind][0]
            lines.append(f"{kind}, {_WORDS[_state(record)]}: {elide(record.note.front, 120)}")
        return "\n".join(lines)


def card_marks(records: Iterable[CardRecord]) -> list[CardMark]:
    """Return the sentences with cards that were not refused, in the order of the text."""
    found: dict[Span, list[CardRecord]] = {}
    for record in records:
        if record.status is not NoteStatus.REFUSED:
            found.setdefault(record.note.evidence.span, []).append(record)
    return [
        CardMark(span, max(_state(r) for r in found[span]), tuple(found[span]))
        for span in sorted(found)
    ]


def _state(record: CardRecord) -> MarkState:
    if record.status is not NoteStatus.ACCEPTED:
        return MarkState.PROPOSED
    studied = any(card.state is not CardState.NEW for card in record.cards)
    return MarkState.STUDIED if studied else MarkState.ACCEPTED


class CardMargin(QWidget):
    """A strip beside a page; a click or a key leads from a sentence to its cards."""

    cards_wanted = Signal(object)  # list of note ids
    sentence_wanted = Signal(object)  # Span

    def __init__(self, page: SetPage) -> None:
        super().__init__(page)
        self.setAccessibleName("Cards in the text")
        self.setMouseTracking(True)
        self._page = page
        self._marks: list[CardMark] = []
        self._current: Span | None = None
        self._fading: dict[Span, bool] = {}  # of sentences that were studied
        self._painted: object = None
        page.viewport().installEventFilter(self)
        page.verticalScrollBar().valueChanged.connect(self.update)

    @property
    def marks(self) -> Sequence[CardMark]:
        """The marked sentences in the order of the text."""
        return self._marks

    def set_cards(self, records: Iterable[CardRecord]) -> None:
        """Mark the sentences of other cards."""
        marks = card_marks(records)
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_sentences(self, sentences: Iterable[SentenceMemory]) -> None:
        """Tell of sentences whether they fade from memory."""
        self._fading = {sentence.span: sentence.fading for sentence in sentences}
        self.update()

    def step(self, forward: bool) -> CardMark | None:
        """Go to the next or previous marked sentence; ``None`` after the last."""
        spans = [mark.span for mark in self._marks]
        if self._current is not None and self._current in self._page.lit:
            at = bisect_left(spans, self._current)
            known = at < len(spans) and spans[at] == self._current
            following = at + known if forward else at - 1
        else:  # from the top of what is on show
            block, offset = self._page.place()
            at = bisect_left(spans, Span(block, offset, offset))
            following = at if forward else at - 1
        if not 0 <= following < len(spans):
            return None
        mark = self._marks[following]
        self._ask(mark)
        return mark

    def _ask(self, mark: CardMark) -> None:
        self._current = mark.span
        self.sentence_wanted.emit(mark.span)
        self.cards_wanted.emit(mark.note_ids)
        self.update()

    # -- where they stand

    def bars(self) -> list[tuple[CardMark, QRectF]]:
        """Return the marks on show with the place of each bar in the strip."""
        geometry = self._page.page_geometry
        if geometry is None:
            return []
        shift = self._page.verticalScrollBar().value()
        blocks = geometry.blocks_between(shift, shift + self.height())
        first = bisect_left(self._marks, blocks.start, key=lambda mark: mark.span.block)
        found = []
        for mark in self._marks[first:]:
            if mark.span.block >= blocks.stop:
                break
            pieces = geometry.pieces(mark.span)
            if not pieces:
                continue
            # As far down its first line as the sentence begins in it: no two bars overlap.
            width = max(1.0, geometry.width)
            top = pieces[0].top + (pieces[0].bottom - pieces[0].top) * pieces[0].left / width
            last = pieces[-1]
            bottom = last.top + (last.bottom - last.top) * min(1.0, last.right / width)
            origin = geometry.top_of(mark.span.block) - shift
            height = max(_LEAST_HEIGHT, bottom - top - 2)
            found.append((mark, QRectF(0, origin + top + 1, self.width(), height)))
        return found

    def mark_at(self, y: float) -> CardMark | None:
        """Return the mark beside a height of the strip."""
        near = [(abs(box.center().y() - y), mark) for mark, box in self.bars() if _near(box, y)]
        return min(near, key=lambda one: one[0])[1] if near else None

    def place(self) -> None:
        """Stand at the left of the text."""
        view: QRect = self._page.viewport().geometry()
        self.setGeometry(view.left() - _AWAY - _WIDTH, view.top(), _WIDTH, view.height())

    # -- Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page: its size, and what is painted of it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.place()
        elif event.type() == QEvent.Type.Paint and self._painted != self._seen():
            self.update()
        return super().eventFilter(watched, event)

    def _seen(self) -> object:
        geometry = self._page.page_geometry
        width = geometry.width if geometry else 0
        return id(geometry), width, self._page.lit, theme.colours().name

    def sizeHint(self) -> QSize:
        """Return the width of the strip."""
        return QSize(_WIDTH, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars of the sentences on show."""
        self._painted = self._seen()
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._page.lit
        for mark, box in self.bars():
            if not box.toAlignedRect().intersects(event.rect()):
                continue
            fades = self._fading.get(mark.span, False)
            painter.setPen(_pen(mark.state, strong=mark.span in lit, fades=fades))
            x = self.width() - 4.0
            painter.drawLine(QLineF(x, box.top() + 1.5, x, box.bottom() - 1.5))
            if mark.span in lit:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(c.accent))
                painter.drawEllipse(QRectF(x - 10, box.top() + 1, 5, 5))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say which cards a sentence has."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(event.pos().y())
            if mark is None:
                QToolTip.hideText()
            else:
                lines = [*mark.words().split("\n"), *self._memory_words(mark)]
                shown = "<br>".join(escape(line) for line in lines)
                QToolTip.showText(event.globalPos(), f"<qt>{shown}</qt>", self)
            return True
        return super().event(event)

    def _memory_words(self, mark: CardMark) -> list[str]:
        """Return whether a sentence is remembered, if it was studied."""
        if mark.span not in self._fading:
            return []
        return ["It fades from memory." if self._fading[mark.span] else "It is remembered."]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a mark can be clicked."""
        found = self.mark_at(event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the cards of the mark that was clicked."""
        mark = self.mark_at(event.position().y())
        if mark is not None and event.button() is Qt.MouseButton.LeftButton:
            self._ask(mark)


def _near(box: QRectF, y: float) -> bool:
    return box.top() - 2 <= y <= box.bottom() + 2


def _pen(state: MarkState, *, strong: bool, fades: bool) -> QPen:
    """Return the pen of a bar: dots, a thin line, a strong line, dashes where it fades."""
    c = theme.colours()
    ink, share, width, style = {
        MarkState.PROPOSED: (c.muted, 0.55, 2.0, Qt.PenStyle.CustomDashLine),
        MarkState.ACCEPTED: (c.good, 0.6, 1.5, Qt.PenStyle.SolidLine),
        MarkState.STUDIED: (c.good, 0.85, 3.0, Qt.PenStyle.SolidLine),
    }[state]
    if fades:
        ink, style = c.warning, Qt.PenStyle.CustomDashLine
    pen = QPen(QColor(mixed(c.page, ink, 1.0 if strong else share)), width, style)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if fades:
        pen.setDashPattern([1.6, 1.6])
    elif state is MarkState.PROPOSED:
        pen.setDashPattern([0.01, 2.2])
    return pen
