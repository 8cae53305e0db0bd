"""How much a fact is worth: what it asks for, what it carries, where it stands."""

from __future__ import annotations

import math
import re
from collections import Counter

from desktop.facts.mentions import DATES, FIGURES, NAMES, Mention
from desktop.language import frequency

#: A fact's parts and their weights; the sum is 1.
_TARGET, _CARRIED, _CENTRAL, _PLACE = 0.45, 0.25, 0.2, 0.1
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Below this Zipf frequency a word is one of a subject rather than of everyday speech.
_TECHNICAL = 4.0


def importance(
    worth: float,
    carried: list[Mention],
    statement: str,
    frequencies: Counter[str],
    place: float,
    judging: int,
) -> float:
    """Return 0..1 from the target's worth, the mentions carried, centrality and place (0 first).

    Centrality is the mean log frequency in the document of the statement's words.
    """
    names = len({m.name for m in carried if m.kind in NAMES | {"concept"}})
    figures = sum(m.kind in FIGURES | DATES for m in carried)
    weight = max((m.importance for m in carried), default=0.0)
    words = [w.lower() for w in _WORD.findall(statement)]
    technical = {w for w in words if len(w) > 4 and frequency.zipf(w) < _TECHNICAL}
    load = 0.22 * names + 0.18 * figures + 0.3 * weight + 0.12 * min(3, len(technical))
    load = min(1.0, load)
    logs = [math.log1p(frequencies[w] - 1) for w in words if frequencies[w]]
    top = math.log1p(max(frequencies.values(), default=1))
    central = min(1.0, 2.5 * sum(logs) / (len(logs) * top)) if logs and top else 0.0
    total = _TARGET * min(worth, 1.0) + _CARRIED * load + _CENTRAL * central
    total += _PLACE * (1 - place)
    length = len(statement.split())
    total -= 0.006 * max(0, length - 24) + 0.04 * judging + 0.1 * (judging > 1)
    return round(max(0.0, min(1.0, total)), 4)


def content_words(text: str) -> frozenset[str]:
    """Return the lower-case words of three letters and more, cut to their first six letters."""
    return frozenset(word.lower()[:6] for word in _WORD.findall(text))


def nearly_same(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether two statements share most of their words."""
    smaller = min(len(left), len(right))
    return bool(smaller) and len(left & right) / smaller >= 0.8
