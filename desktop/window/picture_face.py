"""A picture on a card, with the regions that it hides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.decks.deck import Note
from desktop.decks.occlusion import Region, hidden_regions, hides_all
from desktop.reading.document import Picture
from desktop.window import theme
from desktop.window.pictures import draw_picture

_SHARP = 1200  # pixels at which the picture is drawn once


class PictureFace(QWidget):
    """Paints a picture as large as fits; masks are painted over it."""

    def __init__(self, parent: QWidget | None = None, *, most_height: int = 280) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._most_height = most_height
        self._regions: Sequence[Region] = ()
        self._asked: int | None = None
        self._hide_all = self._revealed = False
        self._seen = ("", "")
        self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: Picture | None, name: str) -> None:
        """Show a picture that ``name`` describes; ``None`` shows nothing."""
        paper = theme.colours().card
        self._image = None if picture is None else draw_picture(picture, _SHARP, 1.0, paper)
        self.setAccessibleName(name)
        self.setVisible(self._image is not None)
        self.updateGeometry()
        self.update()

    def ask(self, picture: Picture | None, note: Note, ordinal: int, *, revealed: bool) -> None:
        """Show the picture of a card, its question or its answer."""
        seen = (note.id, theme.colours().name)
        if seen != self._seen:
            self._seen = seen
            self.show_picture(picture, f"Picture: {note.evidence.quote}")
        hide_all = hides_all(note)
        self.hide_regions(hidden_regions(note), ordinal, hide_all=hide_all, revealed=revealed)

    def hide_regions(
        self, regions: Sequence[Region], asked: int | None, *, hide_all: bool, revealed: bool
    ) -> None:
        """Hide the region number ``asked`` (from 0), and the others too where ``hide_all``."""
        self._regions, self._asked = regions, asked
        self._hide_all, self._revealed = hide_all, revealed
        self.update()

    @property
    def masked(self) -> list[int]:
        """The numbers of the regions that can't be seen now."""
        return [
            number
            for number in range(len(self._regions))
            if (number == self._asked and not self._revealed)
            or (number != self._asked and self._hide_all)
        ]

    def picture_rect(self) -> QRectF:
        """Return where the picture stands in the widget."""
        if self._image is None or self._image.isNull():
            return QRectF(self.rect())
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        return QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())

    def rect_of(self, region: Region) -> QRectF:
        """Return where a region stands in the widget."""
        whole = self.picture_rect()
        return QRectF(
            whole.left() + region.left * whole.width(), whole.top() + region.top * whole.height(),
            region.width * whole.width(), region.height * whole.height(),
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        """Return the size at a usual width."""
        if self._image is None or self._image.isNull():
            return QSize(200, 0)
        height = 560 * self._image.height() // max(1, self._image.width())
        return QSize(560, min(self._most_height, height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and what hides its regions."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._image is not None:
            painter.drawImage(self.picture_rect(), self._image)
        self.paint_regions(painter)
        painter.end()

    def paint_regions(self, painter: QPainter) -> None:
        """Paint the masks, and a frame around the region that was asked for."""
        c, masked = theme.colours(), set(self.masked)
        for number, region in enumerate(self._regions):
            box, asked = self.rect_of(region), number == self._asked
            if number in masked:
                painter.setPen(QPen(QColor(c.text), 1))
                painter.setBrush(QColor(c.accent if asked else c.line_strong))
                painter.drawRect(box)
                if asked:
                    painter.setPen(QColor(c.on_accent))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
            elif asked:
                painter.setPen(QPen(QColor(c.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box)
