"""The media of a collection in the library, each name once; another file of a name gets another."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from desktop.library.anki_notes import media_sums, store_media
from desktop.library.database import Database

#: Where a field names a file: a picture, an object, a sound.
_NAMED = re.compile(
    r"(?i)(\bsrc\s{0,9}=\s{0,9}|\bdata\s{0,9}=\s{0,9})(\"[^\"<>]{1,500}\"|'[^'<>]{1,500}'|[^\s<>]{1,500})"
    r"|\[sound:([^\]\n]{1,500})\]"
)


def named_files(fields: Iterable[str]) -> Iterator[str]:
    """Yield the names of the files that fields name."""
    for field in fields:
        if "<" in field or "[sound:" in field:
            for match in _NAMED.finditer(field):
                name = html.unescape((match[3] or match[2]).strip("\"'"))
                yield name
                yield unquote(name)


class TakenMedia:
    """The names that files got which could not keep their own."""

    def __init__(self) -> None:
        self._renamed: dict[str, str] = {}

    def take(self, database: Database, files: Iterable[tuple[str, bytes]]) -> None:
        """Store files, as long as ``files`` yields them."""
        known = media_sums(database)
        for name, data in files:
            sha1 = hashlib.sha1(data).hexdigest()
            free = name
            if known.get(name, sha1) != sha1:
                path = PurePosixPath(name)
                free = f"{path.stem}-{sha1}{path.suffix}"
                self._renamed[name] = free
            if free not in known:
                store_media(database, free, data, sha1)
                known[free] = sha1

    def renamed(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """Return a note's fields with the names that the files have here."""
        if not self._renamed:
            return fields
        return tuple(_renamed(field, self._renamed) for field in fields)


def _renamed(field: str, names: Mapping[str, str]) -> str:
    if "<" not in field and "[sound:" not in field:
        return field

    def changed(match: re.Match[str]) -> str:
        if match[3] is not None:
            name = names.get(html.unescape(match[3]))
            return match[0] if name is None else f"[sound:{html.escape(name, quote=False)}]"
        quoted = match[2]
        name = names.get(unquote(html.unescape(quoted.strip("\"'"))))
        if name is None:
            name = names.get(html.unescape(quoted.strip("\"'")))
        return match[0] if name is None else f'{match[1]}"{html.escape(name)}"'

    return _NAMED.sub(changed, field)
