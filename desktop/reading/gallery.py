"""The pictures that come inside a file, kept once each and within limits."""

from __future__ import annotations

import posixpath

from desktop.reading.document import Picture
from desktop.reading.limits import Limits
from desktop.reading.pictures import MAX_PICTURE
from desktop.reading.signatures import picture_type


class Gallery:
    """The pictures of one file so far, and what is to be said of those that can't be shown."""

    def __init__(self, limits: Limits) -> None:
        self.pictures: list[Picture] = []
        self.warnings: list[str] = []
        self._left = limits.pictures
        self._told: dict[str, str | None] = {}

    def add(self, name: str, data: bytes | None) -> str | None:
        """Keep a picture; return its name, or None when it can't be shown."""
        if name not in self._told:
            self._told[name] = self._add(name, data)
        return self._told[name]

    def has(self, name: str) -> bool:
        """Return whether ``add`` was asked for this picture before."""
        return name in self._told

    def remote(self, target: str) -> None:
        """Say that a picture elsewhere is not fetched."""
        self.warn(f"The picture {target[:80]} is not on this computer and was not fetched.")

    def warn(self, sentence: str) -> None:
        """Say something once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _add(self, name: str, data: bytes | None) -> str | None:
        shown = posixpath.basename(name)[:80]
        if data is None:
            self.warn(f"The picture {shown} is missing in the file.")
            return None
        media_type = picture_type(data)
        if media_type is None:
            self.warn(f"The picture {shown} is in no format that can be shown.")
            return None
        if len(data) > MAX_PICTURE or len(data) > self._left:
            self.warn(f"The picture {shown} is too large to be shown.")
            return None
        self._left -= len(data)
        self.pictures.append(Picture(name, media_type, data))
        return name
