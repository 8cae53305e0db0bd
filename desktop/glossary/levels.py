"""From which difficulty on a word is hard at which CEFR level of reading."""

from __future__ import annotations

from dataclasses import replace

from desktop.glossary.term import Glossary
from desktop.settings import DEFAULT_LEVEL, READING_LEVELS

#: One threshold a level, easiest level first; set on essays, news, science and a novel's chapter
#: so that at B2 about four words in a hundred of a demanding essay's vocabulary are hard.
_THRESHOLDS = dict(zip(READING_LEVELS, (0.12, 0.32, 0.62, 0.82, 0.93), strict=True))


def is_hard(difficulty: float, level: str = DEFAULT_LEVEL) -> bool:
    """Return whether a reader of the CEFR level may not know a word of this difficulty (0..1)."""
    return difficulty >= _THRESHOLDS[level]


def just_known_at(level: str) -> float:
    """Return the highest difficulty of a word that a reader of the level knows."""
    return _THRESHOLDS[level] - 0.001


def at_level(glossary: Glossary, level: str = DEFAULT_LEVEL) -> Glossary:
    """Return the glossary without the words that a reader of the level knows."""
    return replace(
        glossary,
        terms=tuple(
            term
            for term in glossary.terms
            if term.difficulty is None or is_hard(term.difficulty, level)
        ),
    )
