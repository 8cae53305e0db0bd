"""Comparing what a reader typed with the answer, letter by letter, as Anki's type-in cards do."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Letters(StrEnum):
    """How a run of letters compares."""

    SAME = "same"
    WRONG = "wrong"  # typed, but not in the answer
    MISSING = "missing"  # in the answer, but not typed


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters of one kind that stand together."""

    letters: Letters
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed and the answer, each in runs."""

    typed: tuple[Run, ...]
    answer: tuple[Run, ...]

    @property
    def right(self) -> bool:
        """Whether every letter is right."""
        return all(run.letters is Letters.SAME for run in self.typed + self.answer)


def compare(typed: str, answer: str) -> Comparison:
    """Compare what was typed with the answer; white space and the form of accents don't count.

    Anki tells capitals apart, and so do we.
    """
    given, wanted = _plain(typed), _plain(answer)
    mine: list[Run] = []
    theirs: list[Run] = []
    matcher = difflib.SequenceMatcher(None, given, wanted, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            mine.append(Run(Letters.SAME, given[start:end]))
            theirs.append(Run(Letters.SAME, wanted[from_:to]))
            continue
        if end > start:
            mine.append(Run(Letters.WRONG, given[start:end]))
        if to > from_:
            theirs.append(Run(Letters.MISSING, wanted[from_:to]))
    return Comparison(tuple(mine), tuple(theirs))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
