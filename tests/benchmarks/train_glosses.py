"""Train the tagger of glosses: ``python -m tests.benchmarks.train_glosses WORDNET``.

``WORDNET`` is the folder of WordNet 3.0's database (``data.noun`` …). Where a lemma's gloss in our
dictionary is that of just one part of speech there, it is an example. Printed is how many glosses
of a fifth of the lemmas, held out, are tagged right; the weights of a training on everything are
written to ``resources/models/gloss_pos.bin``.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from desktop.glossary import dictionary, gloss_model
from desktop.glossary.gloss_model import BUCKETS, ORDER, SCALE, features
from desktop.paths import resource

_FILES = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
_ROUNDS = 4
_RATE = 0.3
_BATCH = 256
_RIDGE = 1e-6


def parts_in(folder: Path) -> dict[tuple[str, str], set[str]]:
    """Map (lemma, gloss) to the parts of speech under which the database has them."""
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, part in _FILES.items():
        for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            head, _, text = line.partition(" | ")
            fields = head.split()
            gloss = dictionary.tidy(re.split(r';\s*"', text.strip())[0]).casefold()
            for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
                lemma = re.sub(r"\(\w+\)$", "", word).replace("_", " ").casefold()
                parts[lemma, gloss].add(part)
    return parts


def _is_held_out(lemma: str) -> bool:
    return hashlib.sha256(lemma.encode()).digest()[0] % 5 == 0


def fit(rows: list[tuple[str, str, int]]) -> Any:
    """Return weights of shape (BUCKETS + 1, 4): softmax regression by AdaGrad (Duchi, 2011).

    The last row is that of no feature and stays zero.
    """
    found = [features(lemma, gloss) for lemma, gloss, _ in rows]
    matrix = np.full((len(rows), max(map(len, found))), BUCKETS, dtype=np.int32)
    for row, places in zip(matrix, found, strict=True):
        row[: len(places)] = places
    right = np.array([part for *_, part in rows])
    chance = np.random.default_rng(0)
    weights = np.zeros((BUCKETS + 1, len(ORDER)))
    squares = np.full_like(weights, 1e-6)
    for _ in range(_ROUNDS):
        order = chance.permutation(len(rows))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            scores = weights[matrix[batch]].sum(axis=1)
            error = np.exp(scores - scores.max(axis=1, keepdims=True))
            error /= error.sum(axis=1, keepdims=True)
            error[np.arange(len(batch)), right[batch]] -= 1
            step = np.zeros_like(weights)
            np.add.at(step, matrix[batch].ravel(), np.repeat(error, matrix.shape[1], axis=0))
            step = step / len(batch) + _RIDGE * weights
            squares += step * step
            weights -= _RATE * step / np.sqrt(squares)
            weights[BUCKETS] = 0.0
    return weights


def write(weights: Any) -> None:
    """Write the weights as whole numbers of 16 bits and let the model read them anew."""
    whole = np.clip(np.rint(weights[:BUCKETS] * SCALE), -32_768, 32_767).astype("<i2")
    resource("models", "gloss_pos.bin").write_bytes(whole.tobytes())
    gloss_model._weights.cache_clear()


def main() -> None:
    """Print the share of held-out glosses that are right, train on everything and write."""
    known = parts_in(Path(sys.argv[1]))
    rows = [
        (lemma, gloss, ORDER.index(next(iter(parts))))
        for lemma in dictionary.lemmas()
        for gloss in dictionary.glosses(lemma)
        if len(parts := known.get((lemma, gloss.casefold()), set())) == 1
    ]
    write(fit([row for row in rows if not _is_held_out(row[0])]))
    right = asked = 0
    for lemma in filter(_is_held_out, dictionary.lemmas()):
        glosses = dictionary.glosses(lemma)
        for gloss, part in zip(glosses, gloss_model.parts_of_speech(lemma, glosses), strict=True):
            parts = known.get((lemma, gloss.casefold()), set())
            asked += len(parts) == 1
            right += parts == {part}
    print(f"{asked} glosses held out, {right / asked:.4f} tagged right")
    write(fit(rows))


if __name__ == "__main__":
    main()
