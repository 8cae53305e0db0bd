"""A text as a tile: its cover, or one set from its title, and below it the state of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.library_model import SUMMARY_ROLE, length_of, state_of
from desktop.window.text_lines import line_height, paint_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.operations.workspace import DocumentSummary
    from desktop.study.card_figures import TextMemory

_Index = QModelIndex | QPersistentModelIndex

_TILE = QSize(252, 296)
_NARROWEST, _WIDEST = 212, 290
_GAP = 20
_COVER = 206
_PICTURE = 132  # the height that a picture has of the cover
_BANDS = ("person", "place", "organisation", "event", "work", "concept")
_MOST_KEPT = 600

#: The width and height within which a cover is wanted, in logical pixels.
PICTURE_SIZE = QSize(_WIDEST - 22, _PICTURE)


class CoverDelegate(QStyledItemDelegate):
    """Paints tiles; pictures are asked for when they are first to be seen."""

    cover_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covers: dict[tuple[int, str | None], QPixmap | None] = {}
        self.memories: Mapping[int, TextMemory] = {}
        self._tile = _TILE

    def set_cover(self, document_id: int, name: str | None, image: QImage | None) -> None:
        """Take a cover that was asked for, None where the picture can't be shown."""
        if len(self._covers) >= _MOST_KEPT:
            for key in list(self._covers)[: _MOST_KEPT // 4]:
                del self._covers[key]
        self._covers[document_id, name] = None if image is None else QPixmap.fromImage(image)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the size of a tile with the space around it."""
        return self._tile + QSize(_GAP, _GAP)

    def fit(self, width: int) -> bool:
        """Let the tiles fill rows of a width; return whether their own width changes."""
        count = max(1, width // (_NARROWEST + _GAP))
        tile = QSize(min(_WIDEST, max(_NARROWEST, width // count - _GAP)), _TILE.height())
        changed = tile != self._tile
        self._tile = tile
        return changed

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one tile."""
        summary: DocumentSummary = index.data(SUMMARY_ROLE)
        c = theme.colours()
        rect = QRect(option.rect.topLeft(), self._tile).adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = c.accent if focused or chosen else c.line_strong if hovered else c.line
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(c.accent_soft if chosen else c.card))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 11, 11)
        self._paint_cover(painter, rect, summary)
        self._paint_foot(painter, rect, summary)
        painter.restore()

    def _cover(self, summary: DocumentSummary) -> QPixmap | None:
        if summary.cover is None:
            return None
        key = (summary.id, summary.cover)
        if key not in self._covers:
            self._covers[key] = None  # asked for once
            self.cover_wanted.emit(summary.id)
        return self._covers[key]

    def _paint_cover(self, painter: QPainter, rect: QRect, summary: DocumentSummary) -> None:
        c = theme.colours()
        colour = c.kinds[_BANDS[int(summary.text_hash[:2] or "0", 16) % len(_BANDS)]]
        cover = QRect(rect.left() + 10, rect.top() + 10, rect.width() - 20, _COVER)
        picture = self._cover(summary)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(c.card, colour, 0.10 if not c.dark else 0.18)))
        painter.drawRoundedRect(cover, 7, 7)
        if picture is None:
            painter.setBrush(QColor(mixed(c.card, colour, 0.85)))
            painter.drawRoundedRect(QRect(cover.left(), cover.top(), 5, cover.height()), 2, 2)
            _paint_title(painter, cover.adjusted(22, 20, -16, -16), summary, 20, 5)
            return
        _paint_picture(painter, QRect(cover.left(), cover.top(), cover.width(), _PICTURE), picture)
        _paint_title(painter, cover.adjusted(14, _PICTURE + 8, -12, -8), summary, 15, 2)

    def _paint_foot(self, painter: QPainter, rect: QRect, summary: DocumentSummary) -> None:
        c = theme.colours()
        foot = rect.adjusted(16, _COVER + 24, -16, -14)
        track = QRectF(foot.left(), foot.top(), foot.width(), 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(track, 1.5, 1.5)
        if summary.progress > 0.005:
            track.setWidth(max(4.0, foot.width() * min(1.0, summary.progress)))
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(track, 1.5, 1.5)
        font = theme.sans(theme.TYPE_SMALL)
        box = foot.adjusted(0, 10, 0, 0)
        used = paint_lines(painter, box, length_of(summary), font, c.muted, 1)
        colour = c.accent if summary.cards_due + summary.cards_new else c.muted
        strong = theme.sans(theme.TYPE_SMALL, weight=QFont.Weight.DemiBold)
        paint_lines(painter, box.adjusted(0, used + 2, 0, 0), state_of(summary), strong, colour, 1)
        _paint_memory(painter, foot, self.memories.get(summary.id))


def _paint_memory(painter: QPainter, foot: QRect, memory: TextMemory | None) -> None:
    """Paint at the foot of a tile what of the text is known, fading and new, side by side."""
    if memory is None or not memory.known + memory.fading:
        return
    c = theme.colours()
    painter.setPen(Qt.PenStyle.NoPen)
    left = float(foot.left())
    for count, colour in ((memory.known, c.good), (memory.fading, c.warning), (memory.new, c.line)):
        width = foot.width() * count / memory.cards
        painter.setBrush(QColor(colour))
        painter.drawRect(QRectF(left, foot.bottom() + 3, max(0.0, width - 1), 4))
        left += width


def _paint_title(
    painter: QPainter, inner: QRect, summary: DocumentSummary, size: int, lines: int
) -> None:
    """Paint the title, and at the foot of the cover the authors."""
    c = theme.colours()
    font = theme.serif(size, weight=QFont.Weight.DemiBold)
    paint_lines(painter, inner, summary.title, font, c.text, lines)
    if summary.authors:
        author = theme.sans(theme.TYPE_SMALL)
        box = QRect(inner.left(), inner.bottom() - line_height(author), inner.width(), 20)
        paint_lines(painter, box, ", ".join(summary.authors), author, c.muted, 1)


def _paint_picture(painter: QPainter, place: QRect, picture: QPixmap) -> None:
    """Paint a picture: one on its side fills the place, an upright one stands in its middle."""
    size = picture.deviceIndependentSize()
    upright = size.height() > size.width()
    way = (Qt.AspectRatioMode.KeepAspectRatio if upright
           else Qt.AspectRatioMode.KeepAspectRatioByExpanding)  # fmt: skip
    room = QSize(place.width(), place.height() - (12 if upright else 0))
    drawn = size.scaled(room.toSizeF(), way)
    target = QRectF(0, 0, drawn.width(), drawn.height())
    target.moveCenter(QRectF(place).center())
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 7, 7)
    painter.setClipPath(path)
    painter.drawPixmap(target, picture, QRectF(picture.rect()))
    painter.restore()
