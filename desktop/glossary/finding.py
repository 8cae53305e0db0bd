"""Where a name stands in a document: whole words, with the regular endings of its last word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.reading.document import Document, Span

_APOSTROPHE = re.compile("['’]")
_VOWELS = "aeiou"
_LEAST_INFLECTED = 3


def find_mentions(
    document: Document, names: Iterable[str], taken: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """Return the places of ``names`` in the order of the text, the longest name first.

    A name with a capital is found as it is written or in capitals, another one in any case. What
    lies within one of ``taken`` (a longer name of something else) is no mention.
    """
    patterns = [_pattern(name) for name in sorted(set(names), key=lambda n: (-len(n), n)) if name]
    by_block: dict[int, list[Span]] = {}
    for span in taken:
        by_block.setdefault(span.block, []).append(span)
    found: list[Span] = []
    for block in document.blocks:
        here: list[Span] = []
        closed = by_block.get(block.index, ())
        for pattern in patterns:
            for match in pattern.finditer(block.text):
                span = Span(block.index, match.start(), match.end())
                if any(span.overlaps(other) for other in here):
                    continue
                if not any(other.contains(span) and other != span for other in closed):
                    here.append(span)
        found += here
    return tuple(sorted(found))


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds ``name`` as whole words, its spaces being any white space."""
    words = name.split()
    *lead, last = [_APOSTROPHE.sub("['’]", re.escape(word)) for word in words]
    capital = name != name.lower()
    body = r"\s+".join([*lead, _inflected(words[-1], last)])
    if capital and not name.isupper():
        body = rf"(?:{body}|{re.escape(name.upper())})"
    return re.compile(rf"(?<!\w){body}(?!\w)", 0 if capital else re.IGNORECASE)


def _inflected(word: str, escaped: str) -> str:
    """Return the pattern of a word and its regular forms (plural, -ed, -ing)."""
    if len(word) < _LEAST_INFLECTED or not word.isalpha():
        return escaped
    if word != word.lower():  # a name: its plural at most
        return rf"{escaped}(?:e?s)?"
    forms = [rf"{escaped}(?:e?s|ed|ing)?"]
    if word.endswith("y") and word[-2] not in _VOWELS:
        forms.append(rf"{escaped[:-1]}(?:ies|ied)")
    elif word.endswith("e"):
        forms.append(rf"{escaped}d")
        forms.append(rf"{escaped[:-1]}ing")
    elif word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS:
        forms.append(rf"{escaped}{word[-1]}(?:ed|ing)")
    return f"(?:{'|'.join(forms)})"
