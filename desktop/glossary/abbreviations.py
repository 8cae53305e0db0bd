"""Abbreviations that a text explains: "the World Health Organization (WHO)", in either order.

The method is Schwartz and Hearst's (2003): a bracket holds a candidate short form, and its letters
are matched from right to left against the words before the bracket; the first letter must begin
a word. Added are the opposite order, "WHO (World Health Organization)", and a preference for
letters at the start of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.reading.document import Document, Span

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SHORT = re.compile(r"^[^\W_][\w./+&’'-]{1,9}$")
_SMALL = frozenset("a an and de for in la of on the to".split())
_WORD = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with the long form that the text gives it, and where both stand."""

    short: str
    long: str
    short_span: Span
    long_span: Span


def find_abbreviations(document: Document) -> list[Abbreviation]:
    """Return the abbreviations that the text explains, each once, in reading order."""
    found: dict[str, Abbreviation] = {}
    for block in document.body():
        for abbreviation in _in_text(block.index, block.text):
            found.setdefault(abbreviation.short, abbreviation)
    return list(found.values())


def _in_text(index: int, text: str) -> Iterator[Abbreviation]:
    for match in _BRACKET.finditer(text):
        inner_start = match.start(1)
        inner = re.split(r"[;,]\s", match.group(1), maxsplit=1)[0].strip().strip("“”\"'’")
        offset = text.find(inner, inner_start)
        if is_short_form(inner):
            found = _long_form_before(inner, text[: match.start()])
            if found is not None:
                yield _pair(index, text, (offset, offset + len(inner)), found)
                continue
        before = re.search(r"([^\W_][\w./&-]{1,9})\s*$", text[: match.start()])
        if before and is_short_form(before.group(1)) and " " in inner:
            start = _match(before.group(1), inner)
            if start == 0:
                yield _pair(index, text, before.span(1), (offset, offset + len(inner)))


def _pair(index: int, text: str, short: tuple[int, int], long: tuple[int, int]) -> Abbreviation:
    return Abbreviation(
        text[short[0] : short[1]],
        text[long[0] : long[1]],
        Span(index, *short),
        Span(index, *long),
    )


def is_short_form(text: str) -> bool:
    """Return whether a string looks like an abbreviation: short, with a capital or digit in it."""
    letters = [c for c in text if c.isalpha()]
    if not _SHORT.match(text) or not letters:
        return False
    capitals = sum(c.isupper() for c in letters)
    mixed = capitals >= 2 or (capitals >= 1 and len(letters) <= 3) or any(c.isdigit() for c in text)
    return mixed and not (text[0].isdigit() and capitals == 0)


def _long_form_before(short: str, text: str) -> tuple[int, int] | None:
    """Return where in ``text`` (which ends at the bracket) the long form stands."""
    text = text.rstrip()
    words = list(_WORD.finditer(text))
    letters = sum(c.isalnum() for c in short)
    window = words[-min(letters + 5, letters * 2) :]
    if not window:
        return None
    start = window[0].start()
    clause = max(text.rfind(mark, start) for mark in (". ", "; ", ": ", " (", ") "))
    start = max(start, clause + 2 if clause >= 0 else start)
    at = _match(short, text[start:])
    if at is None:
        return None
    long = text[start + at :].strip()
    if len(long) <= len(short) or short in long.split():
        return None
    begin = start + at
    return begin, begin + len(long)


def _match(short: str, long: str) -> int | None:
    """Return where the long form starts within ``long``, or None when the letters don't fit."""
    by_initials = _match_initials(short, long)
    if by_initials is not None:
        return by_initials
    place = len(long) - 1
    letters = [c.casefold() for c in short if c.isalnum()]
    folded = long.casefold()
    for number in range(len(letters) - 1, -1, -1):
        first = number == 0
        while place >= 0 and (
            folded[place] != letters[number] or (first and not _begins_word(folded, place))
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    return place + 1


def _match_initials(short: str, long: str) -> int | None:
    """Return where the words start whose first letters, small words aside, are the short form."""
    letters = "".join(c for c in short.casefold() if c.isalnum())
    initials = ""
    for word in reversed(list(re.finditer(r"[^\W_]+", long))):
        if word.group().casefold() not in _SMALL:
            initials = word.group()[0].casefold() + initials
        if initials == letters and len(letters) > 1:
            return word.start()
        if len(initials) >= len(letters):
            return None
    return None


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
