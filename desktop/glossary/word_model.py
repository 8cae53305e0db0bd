"""The model of hard words: boosted trees over ``word_features``, evaluated with numpy.

Two linear models over letter sequences and over words give the trees two more numbers; they tell
what endings look learned and which words readers marked. All weights were fitted to the training
part of CWI 2018 (Yimam et al.), where a word counts as hard when one of twenty readers, half of
them learners, marked it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import MissingPieceError
from desktop.glossary.word_features import (
    FEATURES,
    content_zipfs,
    features,
    letter_buckets,
    word_buckets,
)
from desktop.paths import resource

if TYPE_CHECKING:
    import numpy
    import numpy.typing
    from spacy.tokens import Span as TokenSpan

    Numbers = numpy.typing.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class WordModel:
    """Weights: one per bucket of letters and of words, and full binary trees, one a row.

    Inner node ``i`` has the children ``2 i + 1`` (the number is at most the threshold) and
    ``2 i + 2``; ``leaves`` follow from left to right. The scales turn 8-bit weights back.
    """

    letters: Numbers
    words: Numbers
    scales: Numbers
    columns: Numbers
    thresholds: Numbers
    leaves: Numbers

    def chances(self, targets: Sequence[TokenSpan]) -> list[float]:
        """Return for each word or phrase the chance (0..1) that some of twenty readers mark it."""
        import numpy as np

        if not targets:
            return []
        around: dict[tuple[int, int], tuple[float, ...]] = {}
        rows = np.zeros((len(targets), FEATURES + 2), dtype=np.float32)
        for row, target in zip(rows, targets, strict=True):
            sentence = (id(target.doc), target.root.sent.start)
            if sentence not in around:
                around[sentence] = content_zipfs(target.root)
            row[:] = self._row(target, around[sentence])
        scores = self.scores(rows)
        return [round(float(chance), 4) for chance in 1 / (1 + np.exp(-scores))]

    def scores(self, rows: Numbers) -> Numbers:
        """Return the trees' sums for rows of numbers."""
        import numpy as np

        each = np.arange(len(rows))
        depth = self.columns.shape[1].bit_length()
        total = np.zeros(len(rows))
        for columns, thresholds, leaves in zip(
            self.columns, self.thresholds, self.leaves, strict=True
        ):
            node = np.zeros(len(rows), dtype=np.intp)
            for _ in range(depth):
                node = 2 * node + 1 + (rows[each, columns[node]] > thresholds[node])
            total += leaves[node - len(columns)]
        return total

    def _row(self, target: TokenSpan, others: Sequence[float]) -> list[float]:
        letters, words = letter_buckets(target.text), word_buckets(target.text, target.lemma_)
        learned = self.scales[0] * sum(self.letters[i] for i in letters) / math.sqrt(len(letters))
        marked = self.scales[1] * sum(self.words[i] for i in words)
        return [*features(target, others), learned, marked]


@functools.cache
def word_model(path: Path | None = None) -> WordModel:
    """Load the weights once per process; raises ``MissingPieceError`` where they are absent."""
    import numpy as np

    file = path or resource("words", "hard_words.npz")
    if not file.is_file():
        raise MissingPieceError(f"The weights {file.name} are missing; install Glossator again.")
    with np.load(file) as saved:
        arrays = {name: saved[name] for name in saved.files}
    letters, words = arrays["letters"].tolist(), arrays["words"].tolist()
    rest = {name: arrays[name] for name in ("columns", "thresholds", "leaves")}
    return WordModel(letters=letters, words=words, scales=arrays["scales"].tolist(), **rest)
