"""Where words may be broken at the end of a line, by the patterns of their language."""

from __future__ import annotations

import functools
import re
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
#: What runs on without a space and is no prose: addresses, paths, numbers with letters.
_NO_PROSE = re.compile(r"\S*(?:[/\\@_]|\d|\w\.\w)\S*")
_SHORTEST = 5
_LEAST_BEFORE, _LEAST_AFTER = 2, 3


def break_points(text: str, language: str) -> tuple[int, ...]:
    """Return the offsets in ``text`` at which a word may be broken with a hyphen.

    None for a language without patterns, for capitals and for what is no prose.
    """
    patterns = _patterns(language)
    if patterns is None or len(text) < _SHORTEST:
        return ()
    barred = [match.span() for match in _NO_PROSE.finditer(text)]
    found, at = [], 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while at < len(barred) and barred[at][1] <= start:
            at += 1
        if at < len(barred) and barred[at][0] < end:
            continue
        found += [start + point for point in _points(match.group(), language)]
    return tuple(found)


def can_break(language: str) -> bool:
    """Return whether words of a language (ISO 639) can be broken here."""
    return _patterns(language) is not None


@functools.lru_cache(maxsize=50_000)
def _points(word: str, language: str) -> tuple[int, ...]:
    patterns = _patterns(language)
    if patterns is None or len(word) < _SHORTEST or word[1:] != word[1:].lower():
        return ()
    last = len(word) - _LEAST_AFTER
    return tuple(
        int(point)
        for point in patterns.positions(word)
        # Where breaking would change the spelling it is left alone.
        if _LEAST_BEFORE <= point <= last and getattr(point, "data", None) is None
    )


@functools.lru_cache(maxsize=8)
def _patterns(language: str) -> Any:
    """Return the patterns of a language (ISO 639, perhaps with a country), if there are any."""
    try:
        import pyphen
    except ImportError:  # it comes as an extra
        return None
    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=_LEAST_BEFORE, right=_LEAST_AFTER) if name else None
