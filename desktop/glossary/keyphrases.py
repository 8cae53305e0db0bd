"""The noun phrases of a text, ranked by how likely each is one of its terms.

The scorer is a logistic regression over the features of ``termhood``, each of them twice: by
itself, and times the length of the text, since a count says much in a chapter and nothing in an
abstract. ``tests/benchmarks/train_terms.py`` writes the weights.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.glossary.abbreviations import Abbreviation, find_abbreviations
from desktop.glossary.noun_phrases import Phrase, find_phrases
from desktop.glossary.termhood import Features, features
from desktop.language.analysis import Analysis
from desktop.paths import resource

#: Tokens (as powers of 2) from which and up to which the length of a text makes a difference.
_SHORT, _LONG = 7.0, 11.0


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """A noun phrase with the probability that a careful reader would call it a term of the text."""

    phrase: Phrase
    probability: float

    @property
    def text(self) -> str:
        """The form in which it occurs most."""
        return max(self.phrase.forms.items(), key=lambda item: (item[1], item[0]))[0]


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: Mapping[str, tuple[float, float]]


def rank_candidates(
    analysis: Analysis, abbreviations: Iterable[Abbreviation] | None = None
) -> list[Keyphrase]:
    """Return all noun phrases of the text's body, the likeliest terms first."""
    if abbreviations is None:
        abbreviations = find_abbreviations(analysis.document)
    phrases = find_phrases(analysis)
    rows = features(analysis, phrases, {item.long.casefold() for item in abbreviations})
    scored = [
        Keyphrase(phrase, probability(row))
        for phrase, row in zip(phrases.values(), rows, strict=True)
    ]
    return sorted(scored, key=lambda item: (-item.probability, item.phrase.key))


def probability(row: Features) -> float:
    """Return the model's probability for one row of features."""
    model = _model()
    long = longness(row["length"])
    score = model.intercept
    for name, (plain, with_length) in model.weights.items():
        score += (plain + with_length * long) * row[name]
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def longness(length: float) -> float:
    """Return a length (as power of 2, in tokens) from 0, an abstract, to 1, a section of a book."""
    return max(0.0, min(1.0, (length - _SHORT) / (_LONG - _SHORT)))


@functools.cache
def _model() -> _Model:
    data = json.loads(resource("models", "termhood.json").read_text(encoding="utf-8"))
    return _Model(data["intercept"], {name: (a, b) for name, (a, b) in data["weights"].items()})
