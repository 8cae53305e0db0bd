"""Which words an abbreviation stands for: its letters, laid against the words in their order.

A letter that begins a word counts most, one inside a word that has begun counts less, and a word
that gives no letter costs something unless it is a small one. The best alignment is found by
dynamic programming over (word, letters used); its score per letter tells how well the two fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Score per letter from which an alignment is believed. ``FAIR`` lets letters stand inside words,
#: for pairs that brackets hold together; ``STRICT`` asks for initials.
FAIR, STRICT = 1.15, 2.3

_INITIAL, _RUN, _INSIDE, _BURIED = 3.0, 1.2, 0.75, -1.0
_SKIPPED, _SKIPPED_SMALL, _SKIPPED_LAST = -1.9, -0.25, -1.6
_LOST_DIGIT = -0.6
_SMALL = frozenset(
    "a an and as at by de des di du et for from in la of on or the to und with".split()
)
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|[^\W\d_]")
_NUMBERS = {
    "0": ("zero",),
    "1": ("one", "first", "mono", "single"),
    "2": ("two", "second", "di", "bi", "double", "twice"),
    "3": ("three", "third", "tri", "triple"),
    "4": ("four", "tetra", "quadr"),
    "5": ("five", "fifth", "penta"),
    "6": ("six", "hexa"),
    "7": ("seven", "hepta"),
    "8": ("eight", "octa"),
    "9": ("nine", "ninth"),
}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi", "7": "vii", "8": "viii"}


@dataclass(frozen=True, slots=True)
class Alignment:
    """The long form begins at code point ``start``; ``score`` is per letter of the short form."""

    start: int
    score: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the long form, lower case, and where it begins."""

    text: str
    start: int

    @property
    def is_small(self) -> bool:
        return self.text in _SMALL


def align(short: str, long: str, *, whole: bool = False) -> Alignment | None:
    """Return where in ``long``, which ends with it, the long form begins; None if nothing fits.

    ``whole``: the long form is all of ``long``. Of equal alignments the shortest wins.
    """
    letters = _PIECE.findall(short.casefold())
    words = [_Piece(match.group().casefold(), match.start()) for match in _WORD.finditer(long)]
    if not letters or not words:
        return None
    table = _best_scores(letters, words)
    starts = [_first_content(words)] if whole else range(len(words) - 1, -1, -1)
    best: Alignment | None = None
    for start in starts:
        score = table[start] / len(letters)
        better = score > (best.score + 1e-9 if best else float("-inf"))
        if better and not words[start].is_small:
            best = Alignment(0 if whole else words[start].start, score)
    return best


def _first_content(words: Sequence[_Piece]) -> int:
    return 1 if len(words) > 1 and words[0].text in {"the", "a", "an"} else 0


def _best_scores(letters: list[str], words: list[_Piece]) -> list[float]:
    """Return for each word the best score of an alignment that begins with it.

    ``rest[i][j]`` is the best score of laying letters ``j`` … against words ``i`` …; its column 0
    with the first letter forced onto the word's beginning is what is wanted.
    """
    count = len(letters)
    impossible = float("-inf")
    rest = [[impossible] * (count + 1) for _ in range(len(words) + 1)]
    rest[len(words)][count] = 0.0
    begins = [impossible] * len(words)
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        for j in range(count + 1):
            skipped = rest[i + 1][j] + _cost_of_skipping(word, ends=j == count)
            best = skipped
            for used, score, initial in _takes(word.text, letters, j):
                total = score + rest[i + 1][j + used]
                best = max(best, total)
                if j == 0 and initial:
                    begins[i] = max(begins[i], total)
            rest[i][j] = best
        for j in range(count - 1, 0, -1):  # a digit may stand for nothing that is written
            if letters[j].isdigit():
                rest[i][j] = max(rest[i][j], rest[i][j + 1] + _LOST_DIGIT)
    return begins


def _cost_of_skipping(word: _Piece, *, ends: bool) -> float:
    if word.is_small or word.text.isdigit():
        return _SKIPPED_SMALL
    return _SKIPPED_LAST if ends else _SKIPPED


def _takes(word: str, letters: Sequence[str], j: int) -> Iterator[tuple[int, float, bool]]:
    """Yield (letters used, score, whether the first is initial) for what a word can give."""
    if j >= len(letters):
        return
    place, score = _first_take(word, letters[j])
    if place < 0:
        return
    initial = score > 0
    yield 1, score, initial
    used = 1
    while j + used < len(letters):
        letter = letters[j + used]
        following = word.find(letter, place)
        if following < 0:
            if not letter.isdigit():
                return
            score += _LOST_DIGIT
        else:
            score += _RUN if following == place else _INSIDE
            place = following + len(letter)
        used += 1
        yield used, score, initial


def _first_take(word: str, letter: str) -> tuple[int, float]:
    """Return the place behind a letter's first match in a word and its score, or (-1, 0)."""
    if word.startswith(letter):
        return len(letter), _INITIAL
    for number in _NUMBERS.get(letter, ()):
        if word.startswith(number):
            return len(number), _INITIAL
    if _ROMAN.get(letter) == word:
        return len(word), _INITIAL
    if letter == "x" and word.startswith("ex"):
        return 2, _INITIAL
    place = word.find(letter)
    return (place + len(letter), _BURIED) if place > 0 else (-1, 0.0)
