"""The ranker: how probable it is that a careful teacher keeps a card as it stands.

A logistic regression on the numbers of ``desktop.decks.features``. Its shipped weights come from
questions that teachers accepted or refused (``python -m tests.benchmarks.train_cards DIR``); what
one reader accepts and refuses moves them, with the shipped ones as the prior.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.decks.deck import Finding, Note
from desktop.decks.features import features
from desktop.decks.quality import lint
from desktop.paths import resource

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

#: Cards below this probability stay out of the deck.
LEAST_PROBABLE = 0.5
IMPROBABLE = Finding("improbable", "Cards like this one are mostly refused.")

#: How far one reader may move a weight, as standard deviations of the prior: what all teachers
#: judged alike moves little, the share kept of all cards a little more; kinds of cards and the
#: rules that make them are a matter of taste.
_FIRM, _FREE, _ALL = 0.05, 0.6, 0.2
#: More judgements than this change nothing that could be seen.
MAX_JUDGEMENTS = 500
_STEPS = 25


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader decided about a card: 1 kept as it stood, 0 refused, between them edited."""

    numbers: Mapping[str, float]
    kept: float


@dataclass(frozen=True, slots=True)
class Weight:
    """A number's usual value and spread, and what one spread more adds to the log odds."""

    mean: float
    spread: float
    weight: float


@dataclass(frozen=True)
class Ranker:
    """The weights by name, and the log odds of an ordinary card."""

    bias: float
    weights: Mapping[str, Weight]

    def probability(self, note: Note, findings: Iterable[Finding] | None = None) -> float:
        """Return 0..1; ``findings`` are those of the linter, where they are known already."""
        return self.of(features(note, lint(note) if findings is None else findings))

    def of(self, numbers: Mapping[str, float]) -> float:
        """Return the probability for the numbers of a card."""
        odds = self.bias + sum(
            self.weights[name].weight * _standard(self.weights[name], value)
            for name, value in sorted(numbers.items())
            if name in self.weights
        )
        return 1 / (1 + math.exp(-odds))

    def rescored(self, note: Note, before: Ranker) -> Note:
        """Return the note with this ranker's confidence, which ``before`` gave it until now."""
        numbers = features(note, lint(note))
        confidence = min(1.0, note.confidence * self.of(numbers) / before.of(numbers))
        return replace(note, confidence=round(confidence, 3))

    def learnt(self, judgements: Sequence[Judgement]) -> Ranker:
        """Return the ranker of a reader who decided so; the same decisions give the same ranker."""
        if not judgements:
            return self
        import numpy as np

        recent = judgements[-MAX_JUDGEMENTS:]
        known = dict(self.weights)
        for name in sorted({n for j in recent for n in j.numbers if n not in known}):
            known[name] = Weight(0.0, 1.0, 0.0)
        names = sorted(known)
        rows = matrix([j.numbers for j in recent], names, known)
        prior = np.array([self.bias, *(known[name].weight for name in names)])
        spreads = np.array([_ALL, *(_FREE if _is_taste(name) else _FIRM for name in names)])
        kept = np.array([j.kept for j in recent])
        fitted = fit(rows, kept, prior, spreads)
        moved = {
            name: Weight(known[name].mean, known[name].spread, float(weight))
            for name, weight in zip(names, fitted[1:], strict=True)
        }
        return Ranker(float(fitted[0]), moved)

    def to_json(self) -> dict[str, Any]:
        """Return the ranker as a JSON object."""
        rows = {n: [w.mean, w.spread, w.weight] for n, w in sorted(self.weights.items())}
        return {"bias": self.bias, "weights": rows}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Ranker:
        """Read what ``to_json`` wrote."""
        return cls(data["bias"], {name: Weight(*row) for name, row in data["weights"].items()})


@functools.cache
def shipped_ranker() -> Ranker:
    """Return the ranker that comes with the program."""
    return Ranker.from_json(json.loads(resource("models", "card_ranker.json").read_text("utf-8")))


def matrix(
    rows: Sequence[Mapping[str, float]], names: Sequence[str], weights: Mapping[str, Weight]
) -> Array:
    """Return the standardised numbers, one row for each card, after a column of ones."""
    import numpy as np

    return np.array(
        [
            [1.0, *(_standard(weights[n], row[n]) if n in row else 0.0 for n in names)]
            for row in rows
        ]
    )


def fit(rows: Array, targets: Array, prior: Array, spreads: Array) -> Array:
    """Return the weights of highest posterior probability, by Newton's method.

    The prior of each weight is normal with mean ``prior`` and standard deviation ``spreads``.
    """
    import numpy as np

    precision = 1 / spreads**2
    weights = prior.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (targets - chance) - precision * (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return np.asarray(weights, dtype=np.float64)


def _standard(weight: Weight, value: float) -> float:
    """Return a number in spreads from its usual value; far-off values count no more than 3."""
    return max(-3.0, min(3.0, (value - weight.mean) / weight.spread))


def _is_taste(name: str) -> bool:
    """Return whether a number tells what sort of card it is and not how well it is made."""
    return name.startswith(("kind_", "made_"))
