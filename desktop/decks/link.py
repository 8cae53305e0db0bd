"""The link of a card back to its sentence: ``glossator://note/…``, one address for each note.

It names the note alone, so that it holds when the text moves, is renamed or is read anew. In Anki
it also tells which note of the library an Anki note is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

SCHEME = "glossator"

_PREFIX = f"{SCHEME}://note/"
_LINK = re.compile(re.escape(_PREFIX) + r"([\w.~%-]+)", re.IGNORECASE)


def note_link(note_id: str) -> str:
    """Return the address of a note."""
    return _PREFIX + quote(note_id, safe="")


def is_link(address: str) -> bool:
    """Return whether ``address`` is meant for Glossator, even if it names nothing."""
    return address.lower().startswith(f"{SCHEME}:")


def linked_note(address: str) -> str | None:
    """Return the id of the note that ``address`` names, if it names one.

    Browsers and desktops may put a slash at its end or write the scheme in capitals.
    """
    match = _LINK.match(address.strip().rstrip("/"))
    return unquote(match[1]) if match else None


def note_linked_in(fields: Iterable[str]) -> str | None:
    """Return the id of the note that the first link in ``fields`` names, if there is one."""
    for field in fields:
        if match := _LINK.search(field):
            return unquote(match[1])
    return None
