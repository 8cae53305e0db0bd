"""A card of a note type from Anki: its own HTML and style, its pictures, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.decks.occlusion_shapes import Mask, Shape
from desktop.reading.document import Picture
from desktop.window import theme
from desktop.window.pictures import draw_picture

if TYPE_CHECKING:
    from desktop.operations.foreign_cards import ForeignFaces

_HINT = "hint:"
_WIDEST = 560
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class ForeignCard(QTextBrowser):
    """Shows one side of a card; links that lead out go out as a signal, hints open in place."""

    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(220)
        self.setAccessibleName("Card")
        self.anchorClicked.connect(self._follow)
        self._faces: ForeignFaces | None = None
        self._answer = False
        self._opened: frozenset[str] = frozenset()
        self._shapes: Sequence[Shape] = ()
        self._masked = ""

    def show_side(self, faces: ForeignFaces | None, *, answer: bool) -> None:
        """Show a side of a card; hints that were opened stay open on its other side."""
        if faces is not self._faces:
            self._opened = frozenset()
        self._faces, self._answer = faces, answer
        self.setVisible(faces is not None)
        if faces is not None:
            self._write(faces)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the card; whatever else is asked for isn't there."""
        faces, name = self._faces, QUrl(name)
        if (
            faces is None
            or not name.isRelative()
            or kind != int(QTextDocument.ResourceType.ImageResource.value)
        ):
            return None
        for key in (name.path(QUrl.ComponentFormattingOption.FullyDecoded), name.toString()):
            if key in faces.media:
                return self._picture(key, faces.media[key])
        return None

    def _write(self, faces: ForeignFaces) -> None:
        page = faces.page(answer=self._answer, opened=self._opened)
        self._shapes = page.shapes
        self._masked = next(iter(faces.media), "") if page.shapes else ""
        colours = theme.colours()
        # As Anki's night mode does: the card's own colours are made for paper.
        night = f".card {{ color: {colours.text}; background-color: transparent; }}"
        cloze = f".cloze {{ color: {colours.accent}; font-weight: bold; }}"
        self.document().clear()
        self.setHtml(page.whole(extra_css=f"{night} {cloze}"))
        self.setAccessibleDescription(self.toPlainText())

    def _picture(self, name: str, data: bytes) -> QImage | None:
        image = _decoded(name, data, theme.colours().card)
        if image is None:
            return None
        if name == self._masked:
            image = _with_masks(image, self._shapes)
        return image

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        if address.startswith(_HINT) and self._faces is not None:
            self._opened |= {address.removeprefix(_HINT)}
            self._write(self._faces)
        else:
            self.link_wanted.emit(address)


@lru_cache(maxsize=8)
def _decoded(name: str, data: bytes, paper: str) -> QImage | None:
    kind = _TYPES.get(PurePosixPath(name).suffix.lower(), "image/jpeg")
    return draw_picture(Picture(name, kind, data), _WIDEST, 1.0, paper)


def _with_masks(image: QImage, shapes: Sequence[Shape]) -> QImage:
    """Return a picture with its regions hidden, or outlined where they are revealed."""
    drawn = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    colours = theme.colours()
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in shapes:
        colour = QColor(colours.accent if shape.mask is not Mask.HIDDEN else colours.muted)
        if shape.mask is Mask.REVEALED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 3))
        else:
            painter.setBrush(colour)
            painter.setPen(QPen(QColor(colours.card), 1))
        points = [QPointF(x * drawn.width(), y * drawn.height()) for x, y in shape.points]
        if shape.kind == "polygon":
            painter.drawPolygon(QPolygonF(points))
        elif shape.kind == "ellipse":
            painter.drawEllipse(QRectF(points[0], points[1]))
        else:
            painter.drawRect(QRectF(points[0], points[1]))
    painter.end()
    return drawn
