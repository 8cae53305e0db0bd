"""Words cut at a line end: does the hyphen belong to the word (self-ruled) or to the line?

The document's own vocabulary decides first; then a list of English words with their frequency in
news (installed with the program); then how hyphenated words are made.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from desktop.errors import MissingPieceError
from desktop.installed_data import text_lines, word_counts, word_list_file
from desktop.reading.draft import HARD_BREAK, Draft

_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*")
_CUT = re.compile(r"[-\N{HYPHEN}\N{SOFT HYPHEN}][ \t]*[\n\N{LINE SEPARATOR}]\s*")
_DASH = "\N{EM DASH}"
_CLOSED_DASH = re.compile(rf"[\w,;!?.”’]{_DASH}[\w“‘]")
_OPEN_DASH = re.compile(rf"[ \t]{_DASH}|{_DASH}[ \t]")
_WINDOW = 60  # characters in which the longest word fits
_LEFT = re.compile(r"[\w.]+(?:['’]\w+)*(?:-[\w]+)*$")
_RIGHT = re.compile(r"\w+(?:['’]\w+)*(?:-\w+)*")

#: Beginnings that are often written with a hyphen before a word of its own, and ones that are
#: not words but are rarely parted by one.
_LOOSE_PREFIXES = frozenset(
    "self ex non half mid quasi all cross anglo sino franco neo semi pre anti co bi pro post oxy "
    "vice multi".split()
)
_FAST_PREFIXES = frozenset(
    "re un in im de dis sub inter intra over under out up counter geo macro micro super hyper "
    "trans fore mis be for en em con com per ab ad ob tele photo hydro bio electro thermo infra "
    "ultra mono poly para auto kilo mega milli centi ver be ge er ent zer".split()
)
_INFLECTIONS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "al", "y", "ians", "ans")

#: How often a word must occur in the list to count as one that compounds are made of.
_COMMON = 18
_RARE = 30
_PARTICIPLE = re.compile(r"\w{2,}(?:ed|ing|style|born|wide|like|led|free|era|type)$")


class Vocabulary:
    """The words of one document: how often each stands solid and how often with a hyphen.

    Pieces of words that are cut at a line end are not counted.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        closed = opened = 0
        for text in texts:
            closed += len(_CLOSED_DASH.findall(text))
            opened += len(_OPEN_DASH.findall(text))
            plain = text.replace("’", "'").lower()
            self.counts.update(_WORD.findall(plain))
            for cut in _CUT.finditer(plain):
                left = plain[max(0, cut.start() - _WINDOW) : cut.start()].split()[-1:]
                right = plain[cut.end() : cut.end() + _WINDOW].split()[:1]
                for piece in left + right:
                    self.counts.subtract(_WORD.findall(piece))
        #: Whether dashes—such as these—are set without spaces.
        self.closed_dashes = closed > 2 * opened

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Decide for ``left-`` at a line end and ``right`` at the start of the next line."""
        if len(left) < 2 or not left[0].isalpha() or not left[-1].isalpha():
            return True  # no word is parted after one letter, and no number at all
        if not right[:1].isalpha():
            return True
        low, high = left.lower().replace("’", "'"), right.lower().replace("’", "'")
        solid, hyphenated = self.counts[low + high], self.counts[f"{low}-{high}"]
        if solid != hyphenated:
            return hyphenated > solid
        if right[0].isupper():
            return not (left.isupper() and right.isupper() and self.is_word(low + high))
        if "-" in left or "-" in right:  # a compound of more than two parts
            return self.is_word(low.rsplit("-", 1)[-1]) and self.is_word(high.split("-")[0])
        return self._by_words(left, low, high)

    def _by_words(self, left: str, low: str, high: str) -> bool:
        """Decide by what is known of the two halves and of the whole."""
        whole = word_frequencies().get(low + high, 0)
        if low in _LOOSE_PREFIXES and len(high) > 2 and self.is_word(high) and whole < _RARE:
            return self._hyphenates(low)
        if low in _FAST_PREFIXES or self.is_word(low + high):
            return False
        if left[0].isupper():
            # Names are parted more often than compounded: Mary-land, but English-speaking.
            return bool(_PARTICIPLE.fullmatch(high)) and self._is_common(high)
        # Two words that stand on their own, and no known word when joined: a compound.
        return len(high) > 2 and self._is_common(low) and self._is_common(high)

    def _hyphenates(self, prefix: str) -> bool:
        """Return whether the document writes ``prefix`` with a hyphen as a rule."""
        hyphenated = solid = 0
        frequencies = word_frequencies()
        for word, count in self.counts.items():
            if word.startswith(prefix + "-"):
                hyphenated += count
            elif word.startswith(prefix):
                rest = word[len(prefix) :]
                # "present" is not made of "sent"; the rarer of two words is made of the other.
                if len(rest) > 3 and frequencies.get(rest, 0) > 5 * frequencies.get(word, 0):
                    solid += count
        return hyphenated >= solid

    def _is_common(self, word: str) -> bool:
        return len(word) > 1 and (self.counts[word] > 1 or
                                  word_frequencies().get(word, 0) >= _COMMON)  # fmt: skip

    def is_word(self, word: str) -> bool:
        """Return whether ``word``, or the word that it is an inflection of, is known."""
        frequencies, names = word_frequencies(), word_list()
        word = word.lower()
        if self.counts[word] or word in frequencies or word in names:
            return True
        for ending in _INFLECTIONS:
            if word.endswith(ending) and len(word) - len(ending) > 3:
                stem = word[: -len(ending)]
                if any(form in frequencies or form in names for form in (stem, stem + "e",
                                                                         stem + "y")):  # fmt: skip
                    return True
        return False


@functools.cache
def word_frequencies() -> dict[str, int]:
    """Return word → occurrences in a million sentences of English news; empty when not there."""
    try:
        return word_counts()
    except MissingPieceError:
        return {}  # a text still opens: the document's own words decide


@functools.cache
def word_list() -> frozenset[str]:
    """Return the nouns and names of the installed dictionary; empty when it is not there."""
    try:
        return frozenset(text_lines(word_list_file("nouns.txt")))
    except MissingPieceError:
        return frozenset()


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
    if vocabulary.closed_dashes and _is_closed_dash(text, end, start):
        return 0, ""
    if not hyphen or hyphen not in _HYPHENS or not text[end - 2 : end - 1].isalnum():
        return 0, " "
    if not text[start : start + 1].isalnum():
        return 0, " "
    if hyphen == "\N{SOFT HYPHEN}":
        return 1, ""
    before = text[max(0, end - _WINDOW) : end - 1].split()
    left = _LEFT.search(before[-1]) if before else None
    right = _RIGHT.match(text, start, start + _WINDOW)
    if left is None or right is None:
        return 0, ""
    suspended = _suspended(right[0]) and left[0].islower()
    if suspended and not vocabulary.is_word((left[0] + right[0]).lower()):
        return 0, " "
    return (0, "") if vocabulary.keeps_hyphen(left[0], right[0]) else (1, "")


def _is_closed_dash(text: str, end: int, start: int) -> bool:
    """Return whether a dash stands at a line end without the space that would go with it."""
    before, after = text[end - 2 : end], text[start : start + 2]
    ends = len(before) == 2 and before[1] == _DASH and not before[0].isspace()
    begins = len(after) == 2 and after[0] == _DASH and not after[1].isspace()
    return (
        (ends and after[:1].isalnum())
        or (begins and before[-1:].isalnum())
        or (begins and before[-1:] in ",;:!?.”’")
    )


def _suspended(word: str) -> bool:
    """Return whether a hyphen before ``word`` is left hanging: "short- and long-term"."""
    return word in {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "en", "of"}
