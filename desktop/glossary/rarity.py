"""How rare a word is to a reader: derived forms count as their base.

The score is a logistic function of the Zipf frequency of the commonest form that a word derives
from, of its SCOWL grade and of the CEFR level at which learners meet it. The frequency is that in
the news, or nearer to that in books where the word is commoner there ("meadow").
"""

from __future__ import annotations

import functools
import math
import re

from desktop.language import frequency

_ENDINGS = (
    ("ization", "ize"), ("isation", "ise"), ("ilities", "ility"), ("iness", "y"), ("ility", "le"),
    ("ies", "y"), ("ied", "y"), ("ily", "y"), ("ness", ""), ("ing", ""), ("ing", "e"), ("ed", ""),
    ("ed", "e"), ("es", ""), ("s", ""), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""),
)  # fmt: skip
_PARTS = re.compile(r"[^\W\d_]+")


@functools.cache
def rarity(word: str) -> float:
    """Return how rare a word is, from 0 (everyone's) to 1 (few readers')."""
    forms = bases(word.casefold())
    zipf = max(read_zipf(form) for form in forms)
    grade = min(frequency.grade(form) for form in forms)
    if zipf < 2.0 and (parts := _compound(word.casefold())):
        zipf = max(zipf, min(frequency.zipf(part) for part in parts) - 1.0)
        grade = max(frequency.grade(part) for part in parts)
    zipf = max([zipf, *(read_zipf(form) - 1.0 for form in _stems(word.casefold()))])
    levels = [level for form in forms if (level := frequency.cefr_level(form)) is not None]
    learned = min(levels) - 4.2 if levels else 0.0
    return 1 / (1 + math.exp(-(2.2 * (4.0 - zipf) + 0.045 * (grade - 35) + 0.9 * learned)))


def read_zipf(form: str) -> float:
    """Return the Zipf value of a form in the news, raised half-way to that in books if higher.

    The books' is estimated from the rank in a vocabulary made of books and Wikipedia, for the
    forms that it has whole (fitted to the words that both know: r = -0.76).
    """
    news = frequency.zipf(form)
    pieces, rank = frequency.vocabulary_rank(form)
    if pieces > 1 or rank < 1:
        return news
    return max(news, (news + 11.41 - 1.85 * math.log10(rank)) / 2)


def bases(word: str) -> list[str]:
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


def _stems(word: str) -> list[str]:
    """Return what a word is derived from where the meaning may shift: "rocky", "disapprove"."""
    stems = [
        word.removesuffix(ending) + letter
        for ending in ("y", "ful", "less", "ward", "ment", "able")
        for letter in ("", "e")
        if word.endswith(ending)
    ]
    stems += [word.removeprefix(start) for start in ("un", "dis", "re") if word.startswith(start)]
    return [stem for stem in stems if len(stem) > 3 and frequency.is_known(stem)]


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
