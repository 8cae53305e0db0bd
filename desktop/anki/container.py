"""The container of an Anki package: a ZIP file with a collection, a list of media, and these.

``collection.anki21b`` (since 2022) and its media are compressed with Zstandard, the list is a
message; ``collection.anki21`` and ``collection.anki2`` lie there plain, the list is JSON. A newer
package has an old collection too, which only says that Anki should be updated.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.anki.protobuf import parse
from desktop.decks.collection import MediaFile
from desktop.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MB = 1024 * 1024

#: The newest form of package that is known (field 1 of ``meta``).
_NEWEST = 3

_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]")

#: What goes wrong within a damaged archive.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, zstd.ZstdError, EOFError, OSError, NotImplementedError,
    RuntimeError, UnicodeError, ValueError, KeyError, TypeError, IndexError, AttributeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """What a package may hold and its process take; sizes are in bytes, times in seconds."""

    file: int = 4096 * _MB
    collection: int = 600 * _MB
    medium: int = 100 * _MB  # as in Anki
    media: int = 2048 * _MB
    members: int = 200_000
    listing: int = 64 * _MB
    memory: int = 3072 * _MB
    silence: float = 60.0
    longest: float = 900.0


class Container:
    """An open package; every call raises one of ``DAMAGE`` or ``InputError`` with the reason."""

    def __init__(self, path: Path, limits: PackageLimits) -> None:
        self._limits = limits
        self._archive = zipfile.ZipFile(path)
        self._members = {info.filename: info for info in self._archive.infolist()}
        if len(self._members) > limits.members:
            raise InputError("it holds more files than a package may")
        named = [name for name in _COLLECTIONS if name in self._members]
        if not named:
            raise InputError("it holds no cards; choose a file that Anki exported")
        self.collection_name = named[0]
        self.packed = named[0] == _COLLECTIONS[0]
        if "meta" in self._members:
            version = parse(self._read("meta", _MB)).get(1, [1])[-1]
            if not isinstance(version, int) or version > _NEWEST:
                raise InputError("a newer Anki made it; export it there with “Support older”")

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def collection(self) -> bytes:
        """Return the collection's SQLite file."""
        return self._unpacked(self.collection_name, self._limits.collection)

    def media(self) -> tuple[list[MediaFile], int]:
        """Return the media that are there under a usable name, and how many are not."""
        if "media" not in self._members:
            return [], 0
        data = self._unpacked("media", self._limits.listing)
        listed = self._entries(data) if self.packed else self._names(data)
        found: dict[str, MediaFile] = {}
        for file in listed:
            if file.member in self._members and not _NOT_IN_NAMES.search(file.name):
                found.setdefault(file.name, file)
        return list(found.values()), len(listed) - len(found)

    def medium(self, member: str) -> bytes:
        """Return the contents of a media file."""
        return self._unpacked(member, self._limits.medium)

    def _entries(self, data: bytes) -> list[MediaFile]:
        found = []
        for position, body in enumerate(parse(data).get(1, [])):
            entry = parse(body)
            name = entry.get(1, [b""])[-1].decode()
            member = str(entry.get(255, [position])[-1])
            size, sha1 = int(entry.get(2, [0])[-1]), entry.get(3, [b""])[-1].hex()
            found.append(MediaFile(unicodedata.normalize("NFC", name), member, size, sha1))
        return [file for file in found if file.name]

    def _names(self, data: bytes) -> list[MediaFile]:
        """Return the media of an older package, in which a number stands for each name."""
        listed: Any = json.loads(data or b"{}")
        found = []
        for member, name in sorted(listed.items(), key=_by_number):
            size = self._members[member].file_size if member in self._members else 0
            found.append(MediaFile(unicodedata.normalize("NFC", str(name)), member, size, ""))
        return [file for file in found if file.name]

    def _unpacked(self, name: str, most: int) -> bytes:
        data = self._read(name, most)
        if not self.packed:
            return data
        reader = zstd.ZstdDecompressor()
        plain = reader.decompress(data, most + 1)
        if len(plain) > most:
            raise InputError(_too_large(name))
        if not reader.eof:
            raise ValueError("a packed member that ends early")
        return bytes(plain)

    def _read(self, name: str, most: int) -> bytes:
        with self._archive.open(self._members[name]) as member:
            return _bounded(member, name, most)


def _bounded(member: IO[bytes], name: str, most: int) -> bytes:
    data = member.read(most + 1)
    if len(data) > most:
        raise InputError(_too_large(name))
    return data


def _too_large(name: str) -> str:
    what = "a collection" if name in _COLLECTIONS else "a file"
    return f"it holds {what} that is too large"


def _by_number(pair: tuple[str, Any]) -> tuple[int, str]:
    return (int(pair[0]) if pair[0].isdecimal() else sys.maxsize, pair[0])
