"""Which words a reader may not know: rarity first, then grade; derived forms count as their base.

The score is a logistic function of the Zipf frequency of the commonest form that a word derives
from, of its SCOWL grade and of the CEFR level at which learners meet it. A reader's level moves the
threshold.
"""

from __future__ import annotations

import functools
import math
import re

from desktop.language import frequency

#: Score from which a word is hard for a reader of a CEFR level.
THRESHOLDS = {"A2": 0.1, "B1": 0.25, "B2": 0.5, "C1": 0.65, "C2": 0.8}
DEFAULT_LEVEL = "B2"

_ENDINGS = (
    ("ization", "ize"), ("isation", "ise"), ("ilities", "ility"), ("iness", "y"), ("ility", "le"),
    ("ies", "y"), ("ied", "y"), ("ily", "y"), ("ness", ""), ("ing", ""), ("ing", "e"), ("ed", ""),
    ("ed", "e"), ("es", ""), ("s", ""), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""),
)  # fmt: skip
_PARTS = re.compile(r"[^\W\d_]+")


@functools.cache
def difficulty(word: str) -> float:
    """Return how hard a word is, from 0 (everyone's) to 1 (few readers')."""
    forms = _bases(word.casefold())
    zipf = max(frequency.zipf(form) for form in forms)
    grade = min(frequency.grade(form) for form in forms)
    if zipf < 2.0 and (parts := _compound(word.casefold())):
        zipf = max(zipf, min(frequency.zipf(part) for part in parts) - 1.0)
        grade = max(frequency.grade(part) for part in parts)
    levels = [level for form in forms if (level := frequency.cefr_level(form)) is not None]
    learned = min(levels) - 4.0 if levels else 0.0
    return 1 / (1 + math.exp(-(2.2 * (4.0 - zipf) + 0.045 * (grade - 35) + 0.6 * learned)))


def is_hard(word: str, level: str = DEFAULT_LEVEL) -> bool:
    """Return whether a reader of the CEFR level may not know the word."""
    return difficulty(word) >= THRESHOLDS[level]


def _bases(word: str) -> list[str]:
    """Return the word with the forms that it may be inflected or regularly derived from."""
    forms = [word]
    for ending, replacement in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        forms.append(stem + replacement)
        if not replacement and len(stem) > 3 and stem[-1] == stem[-2]:
            forms.append(stem[:-1])
    return forms + [variant for form in forms for variant in _american(form)]


def _american(word: str) -> list[str]:
    """Return the American spellings of a British one, which the news corpus doesn't count."""
    swaps = (("our", "or"), ("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("tre", "ter"),
             ("amme", "am"), ("scept", "skept"))  # fmt: skip
    return [word.replace(british, american) for british, american in swaps if british in word]


def _compound(word: str) -> tuple[str, str] | None:
    """Return the two common words that a closed compound is made of ("seatbelt"), or None."""
    for cut in range(3, len(word) - 2):
        left, right = word[:cut], word[cut:].removesuffix("s")
        if min(frequency.zipf(left), frequency.zipf(right)) > 4.0:
            return left, right
    return None
