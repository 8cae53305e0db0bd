"""The highlights on the page: grounds painted under its text, and what the pointer finds of them.

A highlight with a note has a line under its last line's words and a sign in the margin. Like the
marks of the terms they are no part of the text's format and are painted for the lines on show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from desktop.reading.document import Span
from desktop.window.highlight_card import HighlightCard
from desktop.window.highlight_colours import highlight_colour
from desktop.window.page_geometry import PageGeometry, Piece
from desktop.window.set_page import make_timer

if TYPE_CHECKING:
    from desktop.operations.annotation_files import MarkedText, Passage
    from desktop.window.set_page import SetPage

_HOVER_MS = 350
_LINE = 2
_ASCENT = 0.82  # of what is above the baseline: clear of a hint in the leading


class HighlightLayer(QObject):
    """Paints the highlights of the open text under it; one of them is the current one."""

    activated = Signal(int)  # the id of a highlight that was clicked
    changed = Signal()  # what is marked is other than before

    def __init__(self, page: SetPage) -> None:
        super().__init__(page)
        self._page = page
        self._text: MarkedText | None = None
        self._by_block: dict[int, list[tuple[Span, Passage]]] = {}
        self.current: int | None = None  # the id of the one that the keys have come to
        self._hovered: Passage | None = None
        self.card = HighlightCard(page)
        self._timer = make_timer(self, _HOVER_MS, self._show_hovered)
        page.underlay = self.paint
        page.clicked_at.connect(self._clicked)
        page.viewport().setMouseTracking(True)
        page.viewport().installEventFilter(self)
        page.verticalScrollBar().valueChanged.connect(self.forget_hover)

    # -- what is marked

    @property
    def passages(self) -> Sequence[Passage]:
        """The highlights in the order of the text, the lost ones last."""
        return self._text.passages if self._text else ()

    @property
    def bookmarks(self) -> Sequence[tuple[int, tuple[int, int]]]:
        """The ids and places of the bookmarks that are in the text."""
        marked = self._text.bookmarks if self._text else ()
        return [(mark.id, place) for mark, place in marked if place is not None]

    def set_marks(self, text: MarkedText | None) -> None:
        """Show what is marked in the open text."""
        self._text = text
        self._by_block = {}
        for passage in self.passages:
            for span in passage.spans or ():
                self._by_block.setdefault(span.block, []).append((span, passage))
        if self.passage(self.current) is None:
            self.current = None
        self.forget_hover()
        self._page.viewport().update()
        self.changed.emit()

    def set_current(self, highlight_id: int | None) -> None:
        """Make a highlight the one that the keys work on."""
        self.current = highlight_id
        self._page.viewport().update()

    def passage(self, highlight_id: int | None) -> Passage | None:
        """Return a highlight of the open text."""
        return next((one for one in self.passages if one.highlight.id == highlight_id), None)

    def at(self, block: int, offset: int) -> Passage | None:
        """Return the shortest highlight on a place."""
        found = [
            (sum(span.end - span.start for span in one.spans or ()), -one.highlight.id, one)
            for span, one in self._by_block.get(block, ())
            if span.start <= offset < span.end
        ]
        return min(found, key=lambda one: one[:2])[2] if found else None

    # -- painting

    def on_show(self, blocks: range) -> Iterator[tuple[Span, Passage]]:
        """Yield what is highlighted in ``blocks``, in the order of making: later lies above."""
        found = [one for block in blocks for one in self._by_block.get(block, ())]
        found.sort(key=lambda one: one[1].highlight.id)
        yield from found

    def paint(self, painter: QPainter, clip: QRect, geometry: PageGeometry, shift: int) -> None:
        """Paint the grounds of what falls into ``clip``, ``shift`` pixels scrolled."""
        if not self._by_block:
            return
        blocks = geometry.blocks_between(shift + clip.top(), shift + clip.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for span, passage in self.on_show(blocks):
            colour = highlight_colour(passage.highlight.colour)
            top = geometry.top_of(span.block) - shift
            pieces = geometry.pieces(span)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour.ground))
            for piece in pieces:
                painter.drawRoundedRect(_box(piece, top), 3, 3)
            if passage.highlight.note:
                for piece in pieces:
                    y = round(top + piece.bottom) + 1  # on whole pixels: a line, not a haze
                    line = QRectF(piece.left, y, piece.right - piece.left, _LINE)
                    painter.fillRect(line, QColor(colour.ink))
            if passage.highlight.id == self.current:
                painter.setPen(QPen(QColor(colour.ink), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for piece in pieces:
                    painter.drawRoundedRect(_box(piece, top).adjusted(-1, -1, 1, 1), 4, 4)

    # -- the pointer

    def _under(self, point: QPoint) -> Passage | None:
        """Return the highlight at a point of the viewport, not only near it."""
        geometry = self._page.page_geometry
        if geometry is None or not self._by_block:
            return None
        block, offset = self._page.place_at(point)
        for at in (offset, offset - 1):
            found = self.at(block, at)
            for span in (found.spans or ()) if found else ():
                if span.block != block:
                    continue
                top = geometry.top_of(block) - self._page.verticalScrollBar().value()
                if any(_box(piece, top).contains(point) for piece in geometry.pieces(span)):
                    return found
        return None

    def _clicked(self, point: QPoint) -> None:
        found = self._under(point)
        if found is not None:
            self.forget_hover()
            self.set_current(found.highlight.id)
            self.activated.emit(found.highlight.id)
        elif self.current is not None:
            self.set_current(None)

    def forget_hover(self) -> None:
        """Put the card of a note away."""
        self._hovered = None
        self._timer.stop()
        self.card.hide()

    def _show_hovered(self) -> None:
        if self._hovered is not None and not self._page.at_term:
            self.show_note(self._hovered)

    def show_note(self, passage: Passage) -> None:
        """Show the note of a highlight at its place."""
        place = self.place_of(passage)
        if place is not None and passage.highlight.note:
            self.card.show_note(passage.highlight, place)

    def place_of(self, passage: Passage) -> QRect | None:
        """Return where a highlight of the chapter on show stands, in coordinates of the page."""
        geometry = self._page.page_geometry
        spans = passage.spans or ()
        pieces = [
            (geometry.top_of(span.block), piece)
            for span in spans
            for piece in (geometry.pieces(span) if geometry else ())
            if geometry
        ]
        if not pieces:
            return None
        shift = self._page.verticalScrollBar().value()
        origin = self._page.viewport().pos()
        (first, begin), (last, end) = pieces[0], pieces[-1]
        top = round(first + begin.top - shift + origin.y())
        bottom = round(last + end.bottom - shift + origin.y())
        width = round(max(20.0, begin.right - begin.left))
        return QRect(round(origin.x() + begin.left), top, width, max(8, bottom - top))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a note when the pointer rests on its highlight."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            found = None if event.buttons() else self._under(event.position().toPoint())
            if found is not self._hovered:
                self.forget_hover()
                self._hovered = found
                if found is not None and found.highlight.note:
                    self._timer.start()
        elif event.type() == QEvent.Type.Leave:
            self.forget_hover()
        return super().eventFilter(watched, event)


def _box(piece: Piece, top: float) -> QRectF:
    letters = piece.baseline - _ASCENT * (piece.baseline - piece.top)
    return QRectF(
        piece.left - 1.5, top + letters, piece.right - piece.left + 3, piece.bottom - letters + 1
    )
