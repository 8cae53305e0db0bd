"""Drop capitals: the large first letter of a chapter goes back to its word."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reading.layout.words import Word

_LARGE = 1.8  # sizes of the body's type
_REACH = 1.5
_APART = 0.2


def with_initials_joined(words: Sequence[Word], size: float) -> list[Word]:
    """Return the words of a page with each drop capital put before the word that it begins.

    The lines beside it then begin where it does, so that none of them looks indented.
    """
    initials = [w for w in words if _is_initial(w, size)]
    gone: set[int] = set()
    for initial in initials:
        beside = _beside(initial, words, size)
        if len({round(word.baseline) for word in beside}) < 2:
            continue
        first = min(beside, key=lambda word: (word.baseline, word.left))
        alone = initial.text in "AI" and first.left - initial.right > _APART * first.size
        first.text = initial.text + (" " if alone else "") + first.text
        first.order = initial.order
        for word in beside:
            word.left = initial.left
        gone.add(id(initial))
    return [word for word in words if id(word) not in gone]


def _is_initial(word: Word, size: float) -> bool:
    return len(word.text) == 1 and word.text.isupper() and word.size >= _LARGE * size


def _beside(initial: Word, words: Sequence[Word], size: float) -> list[Word]:
    """Return the first word of each line that stands right of a large letter."""
    return [
        word
        for word in words
        if -0.3 * size <= word.left - initial.right <= _REACH * size
        and word.size <= 1.3 * size
        and initial.top - 0.5 * size <= word.baseline <= initial.baseline + 0.3 * size
    ]
