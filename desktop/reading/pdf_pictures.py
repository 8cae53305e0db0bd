"""The pictures on a PDF page that are large enough to be meant as such."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from desktop.reading.document import Picture
from desktop.reading.layout.words import Page, PlacedPicture
from desktop.reading.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

#: On the page in points, in its own pixels, and how many a page and a document may have.
_SMALLEST, _FEWEST_PIXELS, _MOST_PIXELS = 72.0, 80, 6_000_000
_MOST_ON_PAGE, _MOST = 12, 200

#: Of the page: what covers more is the ground on which the text lies, or its scan.
_GROUND = 0.8


class PictureReader:
    """Reads the pictures of one document, as long as there is room for them."""

    def __init__(self, limits: Limits) -> None:
        self.pictures: dict[str, Picture] = {}
        self._room = limits.pictures

    def read(self, page: pypdfium2.PdfPage, found: Page) -> None:
        """Place the pictures of a page on ``found``, whose text is upright as it is."""
        left, bottom, _, top = page.get_cropbox()
        for image in self._images(page):
            try:
                x1, y1, x2, y2 = image.get_bounds()
                wide, high = x2 - x1, y2 - y1
                ground = wide * high >= _GROUND * found.width * found.height
                if min(wide, high) < _SMALLEST or ground:
                    continue
                name = self._kept(image)
            except (pypdfium2.PdfiumError, OSError, ValueError):
                continue
            if name is not None:
                height = top - bottom
                placed = PlacedPicture(
                    name, x1 - left, height - (y2 - bottom), x2 - left, height - (y1 - bottom)
                )
                found.pictures.append(placed)

    def _images(self, page: pypdfium2.PdfPage) -> Iterator[Any]:
        """Yield the first images of a page."""
        if len(self.pictures) >= _MOST:
            return
        images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        for _, image in zip(range(_MOST_ON_PAGE), images, strict=False):
            yield image

    def _kept(self, image: Any) -> str | None:
        """Keep the data of an image; return the name under which it is kept."""
        width, height = image.get_px_size()
        if min(width, height) < _FEWEST_PIXELS:
            return None
        if image.get_filters() == ["DCTDecode"]:
            data, kind, ending = bytes(image.get_data(decode_simple=False)), "image/jpeg", "jpg"
        elif width * height <= _MOST_PIXELS:
            stream = io.BytesIO()
            image.get_bitmap(render=False).to_pil().convert("RGB").save(stream, "PNG")
            data, kind, ending = stream.getvalue(), "image/png", "png"
        else:
            return None
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        if name not in self.pictures:
            if len(data) > self._room:
                return None
            self._room -= len(data)
            self.pictures[name] = Picture(name, kind, data)
        return name
