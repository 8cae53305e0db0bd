"""Pictures that stand in the address itself (``data:``) of an image element."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from urllib.parse import unquote_to_bytes

from desktop.reading.gallery import Gallery
from desktop.reading.signatures import picture_type

_TINY = 200  # bytes: a smaller picture only keeps a place free
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
            "image/svg+xml": "svg"}  # fmt: skip


def is_inline(address: str) -> bool:
    """Return whether an address is itself the picture."""
    return address.lstrip()[:5].lower() == "data:"


def add_inline(gallery: Gallery, address: str) -> str | None:
    """Keep the picture that an address holds; return its name, None for a mere place holder."""
    kind, _, body = address.strip()[5:].partition(",")
    try:
        data = (
            base64.b64decode(re.sub(r"\s+", "", body), validate=False)
            if ";base64" in kind.lower()
            else unquote_to_bytes(body)
        )
    except (binascii.Error, ValueError):
        return None
    return add_bytes(gallery, data)


def add_bytes(gallery: Gallery, data: bytes) -> str | None:
    """Keep a picture that has no name; the same one is kept once."""
    media_type = picture_type(data)
    if media_type is None or len(data) < _TINY:
        return None
    digest = hashlib.sha256(data).hexdigest()[:12]
    return gallery.add(f"picture-{digest}.{_ENDINGS[media_type]}", data)
