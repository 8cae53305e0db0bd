"""Lists that a file writes out as paragraphs, each with its bullet or number before it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft

_BULLETS = "•‣◦▪▫●○■□–·"
_SIGN = re.compile(rf"\s*([{_BULLETS}*-]|(?:\d{{1,3}}|[A-Za-z])[.)])\s+(?=\S)")
#: One sign for each depth, bound to the text so that no line breaks behind it.
_BOUND = re.compile("\\s*((?:[•◦▪]\N{NO-BREAK SPACE})+|(?:\\d{1,3}[.)]\N{NO-BREAK SPACE})+)(?=\\S)")


def sign_of(text: str) -> tuple[str, int]:
    """Return the bullet or number with which a paragraph begins, and where its text does."""
    found = _SIGN.match(text)
    return (found[1], found.end()) if found else ("", 0)


def tell_items(drafts: Iterable[Draft]) -> None:
    """Make list items of paragraphs that begin with bullets or numbers bound to their text."""
    for draft in drafts:
        found = _BOUND.match(draft.text) if draft.kind is BlockKind.PARAGRAPH else None
        if found is None:
            continue
        signs = found[1].split()
        draft.kind, draft.level = BlockKind.LIST_ITEM, len(signs)
        number = f"{signs[-1]} " if signs[-1][0].isdigit() else ""
        draft.edit([(0, found.end(), number)])
