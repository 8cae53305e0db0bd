"""What kind of thing a name sounds like: a softmax regression over the name's sentence vector.

The network that makes the vectors has read much of the web: "Boeing" lies near other firms,
"Thatcher" near other people. ``tests/benchmarks/train_names.py`` fits the weights to titles of the
encyclopaedia, cities and names of firms. One vote among others; without vectors there is none.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.glossary.term import TermKind
from desktop.language import similarity
from desktop.paths import resource

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Weights = numpy.typing.NDArray[numpy.float32]

#: The kinds in the order of the weights' columns.
KINDS = (
    TermKind.CONCEPT,
    TermKind.EVENT,
    TermKind.ORGANISATION,
    TermKind.PERSON,
    TermKind.PLACE,
    TermKind.WORK,
)


def chances_of_kinds(names: Sequence[str]) -> list[dict[TermKind, float]]:
    """Return for each name the chance (0..1, together 1) of each kind; empty without vectors."""
    import numpy as np

    if not names or not similarity.available():
        return [{} for _ in names]
    scores = similarity.vectors(names) @ _weights()[:-1] + _weights()[-1]
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return [dict(zip(KINDS, map(float, row), strict=True)) for row in chances]


@functools.cache
def _weights() -> Weights:
    """Return the weights, of shape (385, 6); the last row is the intercept."""
    import numpy as np

    weights: Weights = np.load(resource("models", "name_kinds.npy")).astype(np.float32)
    return weights
