"""ZIP containers (EPUB, DOCX, ODT, zipped FB2): members read within limits, nothing extracted."""

from __future__ import annotations

import io
import posixpath
import stat
import unicodedata
import zipfile
import zlib
from urllib.parse import unquote

from desktop.errors import InputError
from desktop.reading.limits import Limits

_CHUNK = 1 << 20


class Archive:
    """The members of a ZIP container by name; raises ``InputError`` with the bare reason."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        end = data.rfind(b"PK\x05\x06")
        # Asked before Python reads the directory, which takes a hundred times its size.
        if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > 300 * limits.members:
            raise InputError("it holds far too many files")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError("it is damaged or not complete") from error
        infos = self._zip.infolist()
        if len(infos) > limits.members:
            raise InputError(f"it holds more than {limits.members:,} files")
        # A link is no file: its contents are a path elsewhere.
        files = [info for info in infos if not stat.S_ISLNK(info.external_attr >> 16)]
        self._infos = {info.filename.replace("\\", "/"): info for info in files}
        self._folded = {folded_name(name): name for name in reversed(self._infos)}

    @property
    def names(self) -> list[str]:
        """The names of all members, in the order of the container."""
        return list(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Return the contents of a member; raises ``InputError``, ``KeyError`` if there is none."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise InputError("it is locked with a password")
        most = min(self._limits.member, self._left)
        if info.file_size > most:
            raise InputError(_too_large(self._limits))
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                # The size that the directory states may be a lie.
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    if size > most:
                        raise InputError(_too_large(self._limits))
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
                NotImplementedError) as error:  # fmt: skip
            raise InputError("it is damaged or not complete") from error
        self._left -= size
        return b"".join(pieces)

    def find(self, base: str, reference: str) -> str | None:
        """Return the member that ``reference`` in the member ``base`` names, if there is one.

        An absolute path begins at the container; a remote address and a way out of the container
        name none. Names that differ in case, or in how they write an accent, are the same.
        """
        bare = reference.split("#", 1)[0].split("?", 1)[0]
        for path in (unquote(bare), bare):
            name = _member_name(base, path)
            found = name if name in self._infos else self._folded.get(folded_name(name or ""))
            if found is not None:
                return found
        return None


def folded_name(name: str) -> str:
    """Return a member's name without its case, its accents composed."""
    return unicodedata.normalize("NFC", name).casefold()


def _member_name(base: str, reference: str) -> str | None:
    """Return the name that a reference in a member leads to, if it can be one."""
    path = reference.replace("\\", "/")
    if not path or "://" in path or path.startswith(("//", "data:", "mailto:")):
        return None
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def _too_large(limits: Limits) -> str:
    return (
        f"unpacked, it is larger than a text may be ({limits.unpacked >> 20} MB, a part of it "
        f"{limits.member >> 20} MB)"
    )
