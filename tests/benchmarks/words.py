"""Measure the model of hard words: ``python -m tests.benchmarks.words DIR``.

``DIR`` holds CWI 2018 as ``words/GENRE_Dev.jsonl.gz`` (and ``_Train`` for the peers). Printed is
the macro-F1 on each development set, ours at one threshold for all; beside it, in the same run,
three peers whose thresholds are chosen on the training sets: the target's length, its rarest word's
Zipf frequency, and a logistic model of six numbers. Then the processor time for 10,000 words, the
first time and again, when what is known of each word form is at hand.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop.glossary.difficulty import MARKED
from desktop.glossary.word_features import features, word_numbers
from desktop.glossary.word_model import word_model
from tests.benchmarks.cwi import Target, read_targets

_SIX = ("length", "Zipf", "level", "senses", "syllables", "words")
_COLUMNS = (24, 25, 33, 10, 34, 22)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder / "words"
    train, dev = read_targets(folder, "Train"), read_targets(folder, "Dev")
    everything = [target for found in train.values() for target in found]
    hard = _labels(everything)
    peers = [_by_length, _by_zipf, _logistic(_rows(everything), hard)]
    thresholds = [_best_threshold(peer(_rows(everything)), hard) for peer in peers]
    print(f"Macro-F1      n   ours@{MARKED:.2f}   length    Zipf  logistic")
    for genre, targets in dev.items():
        labels, rows = _labels(targets), _rows(targets)
        ours = macro_f1(np.array(word_model().chances([t.span for t in targets])) >= MARKED, labels)
        others = [
            macro_f1(peer(rows) >= threshold, labels)
            for peer, threshold in zip(peers, thresholds, strict=True)
        ]
        figures = "   ".join(f"{figure:.3f}" for figure in others)
        print(f"{genre:10} {len(targets):5}      {ours:.3f}    {figures}")
    spans = [target.span for target in everything[:10_000]]
    word_numbers.cache_clear()
    for when in ("first", "again"):
        begin = time.process_time()
        word_model().chances(spans)
        print(f"10,000 targets, {when}: {time.process_time() - begin:.2f} s")


def macro_f1(said: Any, labels: Any) -> float:
    """Return the mean of the F1 of "hard" and of "not hard"."""
    both = []
    for value in (True, False):
        hits = np.sum((said == value) & (labels == value))
        both.append(2 * hits / max(1, np.sum(said == value) + np.sum(labels == value)))
    return float(np.mean(both))


def _labels(targets: Sequence[Target]) -> Any:
    return np.array([target.hard for target in targets])


def _rows(targets: Sequence[Target]) -> Any:
    return np.array([features(target.span) for target in targets], dtype=float)


def _by_length(rows: Any) -> Any:
    return rows[:, _COLUMNS[0]]


def _by_zipf(rows: Any) -> Any:
    return -rows[:, _COLUMNS[1]]


def _logistic(rows: Any, hard: Any) -> Any:
    """Return a logistic model of six numbers, fitted by Newton's method."""
    columns = list(_COLUMNS)
    middle, spread = rows[:, columns].mean(axis=0), rows[:, columns].std(axis=0)

    def scaled(some: Any) -> Any:
        return np.column_stack([(some[:, columns] - middle) / spread, np.ones(len(some))])

    x, weights = scaled(rows), np.zeros(len(columns) + 1)
    for _ in range(12):
        chance = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (chance * (1 - chance))[:, None]).T @ x + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curvature, x.T @ (hard - chance))
    return lambda some: scaled(some) @ weights


def _best_threshold(scores: Any, hard: Any) -> float:
    tried = np.quantile(scores, np.linspace(0.05, 0.95, 91))
    return float(max(tried, key=lambda threshold: macro_f1(scores >= threshold, hard)))


if __name__ == "__main__":
    main()
