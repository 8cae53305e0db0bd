"""OpenDocument texts that are one XML file (FODT) instead of a container."""

from __future__ import annotations

import base64
import binascii

from desktop.reading.docx_package import child
from desktop.reading.xml_tree import Element


class FlatText:
    """Stands in for the container: each of its parts is the whole file."""

    names = ("content.xml", "styles.xml", "meta.xml")

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, _name: str) -> bytes:
        """Return a part."""
        return self._data


def is_flat(data: bytes) -> bool:
    """Return whether an OpenDocument text is one XML file, in whatever encoding."""
    return b"<" in data[:16] and not data.startswith(b"PK")


def inline_picture(image: Element) -> bytes | None:
    """Return the bytes of a picture that stands within the text."""
    body = child(image, "binary-data")
    try:
        return base64.b64decode(body.text or "") if body is not None else None
    except (binascii.Error, ValueError):
        return None
