"""Fit the model of hard words: ``python -m tests.benchmarks.train_words DIR OUT.npz``.

``DIR`` holds the training sets of CWI 2018 as ``words/GENRE_Train.jsonl.gz``. Needs scikit-learn
and lightgbm, which nothing else here does. The linear models' numbers are those of other
sentences (ten folds), so that the trees don't trust them too much. Nothing was chosen on the
development sets but the kind of model and its size.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop.glossary.word_features import BUCKETS, features, letter_buckets, word_buckets
from tests.benchmarks.cwi import Target, read_targets

_DEPTH = 6
_TREES = 200
_SETTINGS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 20, "max_depth": _DEPTH,
    "min_data_in_leaf": 40, "feature_fraction": 0.35, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 10.0, "verbose": -1, "seed": 1, "num_threads": 1, "deterministic": True,
}  # fmt: skip


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    by_genre = read_targets(options.folder / "words", "Train")
    targets = [target for found in by_genre.values() for target in found]
    # Each genre counts, but the largest does not drown the others.
    sizes = [len(found) for found in by_genre.values() for _ in found]
    weights = np.sqrt(len(targets) / len(by_genre) / np.array(sizes, dtype=float))
    np.savez_compressed(options.output, **fit(targets, weights))
    print(f"{options.output.name}: {options.output.stat().st_size / 1000:.0f} kB")


def fit(targets: Sequence[Target], weights: Any) -> dict[str, Any]:
    """Return the arrays of ``WordModel``."""
    import lightgbm
    from sklearn.linear_model import LogisticRegression

    hard = np.array([target.hard for target in targets])
    letters = _matrix([letter_buckets(target.span.text) for target in targets], even=True)
    words = _matrix([word_buckets(target.span.text, target.span.lemma_) for target in targets])
    folds = _folds(targets)
    extra, arrays = [], {}
    scales = []
    for name, matrix, strength in (("letters", letters, 3.0), ("words", words, 1.0)):
        other = np.zeros(len(targets))
        for fold in range(10):
            model = LogisticRegression(C=strength, max_iter=200, solver="liblinear")
            model.fit(matrix[folds != fold], hard[folds != fold])
            other[folds == fold] = model.decision_function(matrix[folds == fold])
        extra.append(other)
        model = LogisticRegression(C=strength, max_iter=200, solver="liblinear")
        model.fit(matrix, hard)
        coefficients = model.coef_[0]
        # The constant goes missing: it moves all rows alike, so the folds leave it out too.
        other -= np.mean(other) - np.mean(matrix @ coefficients)
        scale = float(np.abs(coefficients).max()) / 127
        arrays[name] = np.round(coefficients / scale).astype(np.int8)
        scales.append(scale)
    rows = np.array([features(target.span) for target in targets], dtype=np.float32)
    rows = np.column_stack([rows, *extra]).astype(np.float32)
    trees = lightgbm.train(_SETTINGS, lightgbm.Dataset(rows, hard, weight=weights), _TREES)
    return {**arrays, "scales": np.array(scales), **_full_trees(trees.dump_model()["tree_info"])}


def _folds(targets: Sequence[Target]) -> Any:
    """Return a fold per target; a sentence lies in one fold."""
    order = {s: i for i, s in enumerate(dict.fromkeys(target.sentence for target in targets))}
    return np.array([order[target.sentence] % 10 for target in targets])


def _matrix(buckets: Sequence[Sequence[int]], *, even: bool = False) -> Any:
    """Return one row per target with 1 in its buckets; ``even`` makes all rows of length 1."""
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.concatenate([np.array(row, dtype=np.int32) for row in buckets])
    values = [np.full(len(row), len(row) ** -0.5 if even else 1.0) for row in buckets]
    return csr_matrix((np.concatenate(values), columns, starts), shape=(len(buckets), BUCKETS))


def _full_trees(info: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the trees as full binary trees: what stands below a leaf always goes left."""
    inner = (1 << _DEPTH) - 1
    columns = np.zeros((len(info), inner), dtype=np.uint8)
    thresholds = np.full((len(info), inner), np.inf, dtype=np.float32)
    leaves = np.zeros((len(info), inner + 1), dtype=np.float32)
    for number, tree in enumerate(info):
        todo = [(tree["tree_structure"], 0)]
        while todo:
            node, place = todo.pop()
            if "split_feature" in node:
                columns[number, place] = node["split_feature"]
                thresholds[number, place] = node["threshold"]
                todo += [(node["left_child"], 2 * place + 1), (node["right_child"], 2 * place + 2)]
                continue
            while place < inner:
                place = 2 * place + 1
            leaves[number, place - inner] = node["leaf_value"]
    return {"columns": columns, "thresholds": thresholds, "leaves": leaves}


if __name__ == "__main__":
    main()
