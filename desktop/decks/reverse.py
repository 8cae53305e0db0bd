"""A definition as a question: the term is asked for, so its own words may not stand in it."""

from __future__ import annotations

import re

#: What stands for words that would give the term away.
BLANK = "[…]"

#: Fewer words of its own than this, and a definition doesn't lead to one term.
LEAST_WORDS = 2

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_RUN = re.compile(r"\[…\](?:[\s\-]+\[…\])+")


def definition_as_question(definition: str, term: str) -> str:
    """Return ``definition`` with the words of ``term`` blanked, in any inflection.

    Words of the term that are short and in lower case (of, the) stay, and so does the common noun
    that ends it (lens in Fresnel lens) where it stands by itself: the definition says what kind of
    thing the term is. Empty when too little would be left to ask with.
    """
    words = [word for word in _WORD.findall(term) if len(word) > 3 or word[0].isupper()]
    head = words.pop() if len(words) > 1 and words[-1].islower() else ""
    stems = [_stem(word) for word in words] or [term.casefold()]
    left = 0
    last_blank = -1

    def blank(match: re.Match[str]) -> str:
        nonlocal left, last_blank
        word = match.group().casefold()
        parts = [word, *re.split(r"[\-'’]", word)]
        ends_term = bool(head) and match.start() == last_blank + 1 and _same(word, _stem(head))
        if ends_term or any(_same(part, stem) for part in parts for stem in stems):
            last_blank = match.end()
            return BLANK
        left += 1
        return match.group()

    asked = _RUN.sub(BLANK, _WORD.sub(blank, definition))
    return asked if left >= LEAST_WORDS else ""


def _stem(word: str) -> str:
    """Return what the inflections of a word share: without a possessive or a plural ending."""
    base = re.sub(r"['’]s?$", "", word.casefold())
    for ending in ("ies", "es", "s", "y", "e"):
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            return base[: -len(ending)]
    return base


def _same(word: str, stem: str) -> bool:
    """Return whether a word is the stem with at most an ending of three letters."""
    return word.startswith(stem) and len(word) - len(stem) <= (3 if len(stem) > 3 else 0)
