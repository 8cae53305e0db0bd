"""The pictures that came with a document, drawn at the width of the page; nothing is fetched."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.reading.document import Document, Picture

SCHEME = "picture:"

#: Larger pictures are scaled down while they are decoded (pixels a side).
_LARGEST_SIDE = 4096


def load_picture(
    document: Document, name: str, width: int, ratio: float, paper: str | None = None
) -> QImage | None:
    """Return the document's picture ``name`` fitted to ``width`` logical pixels, if it can be.

    A drawing without a ground of its own is laid on ``paper`` (``#rrggbb``).
    """
    picture = next((p for p in document.pictures if p.name == name), None)
    return None if picture is None else draw_picture(picture, width, ratio, paper)


def draw_picture(
    picture: Picture, width: int, ratio: float, paper: str | None = None
) -> QImage | None:
    """Return a picture fitted to ``width`` logical pixels, ``None`` where it can't be drawn."""
    if "svg" in picture.media_type:
        return _drawn(picture, width, ratio, paper)
    return _decoded(picture, width, ratio)


def _drawn(picture: Picture, width: int, ratio: float, paper: str | None) -> QImage | None:
    renderer = QSvgRenderer(QByteArray(picture.data))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        return None
    height = round(width * size.height() / size.width())
    image = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor(paper) if paper else Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _decoded(picture: Picture, width: int, ratio: float) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.data))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isEmpty() and max(size.width(), size.height()) > _LARGEST_SIDE:
        bounds = QSize(_LARGEST_SIDE, _LARGEST_SIDE)
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > width * ratio:
        image = image.scaledToWidth(
            round(width * ratio), Qt.TransformationMode.SmoothTransformation
        )
    image.setDevicePixelRatio(ratio)
    return image
