"""How hard a word is for a reader where it stands.

Two things are weighed on the logarithmic scale: how rare the word is (whoever never met it can't
know it) and the chance that readers mark it in its sentence (a long, learned word among easy ones).
What learners' word lists have at a level is known from that level on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.glossary.levels import just_known_at
from desktop.glossary.rarity import rarity
from desktop.glossary.word_model import word_model
from desktop.language.frequency import cefr_level
from desktop.settings import READING_LEVELS

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

#: Where the learners' lists end: B2, counted from A1.
_LISTED_UP_TO = 4

#: From this chance on that some of twenty readers mark it, a word counts as marked.
MARKED = 0.5

#: Weights of the two logits. Readers mark half of all content words that are no rarer than
#: "dispute"; so only a chance above nine in ten speaks for a word.
_RARITY_WEIGHT, _CHANCE_WEIGHT, _USUAL_CHANCE = 0.75, 0.5, 0.9


def difficulties(targets: Sequence[TokenSpan], lemmas: Sequence[str]) -> list[float]:
    """Return how hard each word is, from 0 (everyone knows it) to 1 (few do).

    Of a form and its lemma the commoner counts: "promulgated" is as hard as "promulgate".
    """
    chances = word_model().chances(targets)
    return [
        min(
            _joined(min(rarity(target.text), rarity(lemma)), chance),
            _limit(target.text, lemma),
        )
        for target, lemma, chance in zip(targets, lemmas, chances, strict=True)
    ]


def _limit(form: str, lemma: str) -> float:
    """Return the highest difficulty that a word can have, by the level at which it is learned.

    The lists end at B2; what the package says of other words is computed from their frequency.
    """
    found = [level for word in (form, lemma) if (level := cefr_level(word)) is not None]
    learned = math.ceil(min(found, default=_LISTED_UP_TO + 1))
    if learned > _LISTED_UP_TO:
        return 1.0
    return just_known_at(READING_LEVELS[max(0, learned - 2)])


def _joined(rare: float, chance: float) -> float:
    score = _RARITY_WEIGHT * _logit(rare)
    score += _CHANCE_WEIGHT * (_logit(chance) - _logit(_USUAL_CHANCE))
    return round(1 / (1 + math.exp(-score)), 3)


def _logit(share: float) -> float:
    held = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(held / (1 - held))
