"""Train the scorer of terms: ``python -m tests.benchmarks.train_terms GLOSSARY KEYPHRASES``.

``GLOSSARY`` holds ``psychology2e.jsonl.gz`` (a section's ``text`` → the authors' ``glossary``),
``KEYPHRASES`` holds ``semeval2017.jsonl.gz`` (``text`` → ``gold``). Printed is F1 by five-fold
cross-validation, the folds of consecutive sections and abstracts; the weights of a training on
everything are written to ``resources/models/termhood.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desktop.glossary.abbreviations import find_abbreviations
from desktop.glossary.keyphrases import longness
from desktop.glossary.noun_phrases import find_phrases
from desktop.glossary.termhood import features
from desktop.language.analysis import Analysis, analyse
from desktop.paths import resource
from tests.benchmarks.terms import count_hits, f1_of, gold_keyphrases, gold_terms, stemmed
from tests.benchmarks.text import read, rows

_FOLDS = 5
_RIDGE = 3.0
_ROUNDS = 15


@dataclass(frozen=True)
class Sample:
    """A text's phrases as a matrix, which of them are right, and all that is right."""

    keys: list[str]
    matrix: Any
    right: Any
    gold: set[str]


def sample(analysis: Analysis, gold: set[str]) -> tuple[list[str], Sample]:
    """Return the names of the features and the sample of one text."""
    phrases = find_phrases(analysis)
    long_forms = {item.long.casefold() for item in find_abbreviations(analysis.document)}
    found = features(analysis, phrases, long_forms)
    names = list(found[0]) if found else []
    plain = np.array([[float(row[name]) for name in names] for row in found])
    length = longness(found[0]["length"]) if found else 0.0
    keys = [stemmed(key) for key in phrases]
    right = np.array([key in gold for key in keys], dtype=float)
    return names, Sample(keys, np.hstack([plain, plain * length]), right, gold)


def fit(samples: Sequence[Sample]) -> tuple[Any, float]:
    """Return weights and intercept of a logistic regression with a ridge, by Newton's method."""
    matrix = np.vstack([one.matrix for one in samples])
    right = np.concatenate([one.right for one in samples])
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    scale[scale < 1e-9] = 1.0
    scaled = np.hstack([(matrix - mean) / scale, np.ones((len(matrix), 1))])
    ridge = np.eye(scaled.shape[1]) * _RIDGE
    ridge[-1, -1] = 0.0
    weights = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        expected = 1.0 / (1.0 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (right - expected) - ridge @ weights
        hessian = (scaled * (expected * (1 - expected))[:, None]).T @ scaled + ridge
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    plain = weights[:-1] / scale
    return plain, float(weights[-1] - plain @ mean)


def cross_validate(groups: Sequence[Sequence[Sample]]) -> list[list[list[str]]]:
    """Return for each text of each group its phrases, ranked by a model that hasn't seen it."""
    ranked: list[list[list[str]]] = [[[] for _ in group] for group in groups]
    for fold in range(_FOLDS):
        held = [[i for i in range(len(g)) if i * _FOLDS // len(g) == fold] for g in groups]
        known = [
            one
            for group, out in zip(groups, held, strict=True)
            for i, one in enumerate(group)
            if i not in set(out) and len(one.keys)
        ]
        weights, intercept = fit(known)
        for group, out, result in zip(groups, held, ranked, strict=True):
            for i in out:
                scores = group[i].matrix @ weights + intercept if group[i].keys else np.zeros(0)
                order = np.argsort(-scores, kind="stable")
                result[i] = [group[i].keys[place] for place in order]
    return ranked


def samples_of(
    path: Path, gold: Callable[[dict[str, Any]], set[str]]
) -> tuple[list[str], list[Sample]]:
    """Parse the texts of a file and return the names of the features and a sample for each."""
    found = [sample(analyse(read(row["text"])), gold(row)) for row in rows(path)]
    return max((names for names, _ in found), key=len), [one for _, one in found]


def main() -> None:
    """Cross-validate, print, train on everything and write the weights."""
    names, sections = samples_of(Path(sys.argv[1]) / "psychology2e.jsonl.gz", gold_terms)
    _, abstracts = samples_of(Path(sys.argv[2]) / "semeval2017.jsonl.gz", gold_keyphrases)
    ranked = cross_validate([sections, abstracts])
    for title, group, result, sizes in (
        ("textbook sections", sections, ranked[0], (10,)),
        ("abstracts", abstracts, ranked[1], (5, 10, 15)),
    ):
        for size in sizes:
            pairs = zip(result, group, strict=True)
            total = sum(
                (count_hits(found, one.gold, size) for found, one in pairs),
                start=count_hits([], set(), 1),
            )
            print(f"{title:18s} cross-validated F1@{size} {f1_of(total):.3f}")
    weights, intercept = fit([one for one in (*sections, *abstracts) if one.keys])
    half = len(names)
    table = {
        name: [round(float(weights[i]), 5), round(float(weights[half + i]), 5)]
        for i, name in enumerate(names)
    }
    text = json.dumps({"intercept": round(intercept, 5), "weights": table}, indent=1)
    resource("models", "termhood.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
