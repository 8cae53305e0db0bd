"""The part of speech that a gloss defines, told from the gloss, its lemma and its neighbours.

The dictionary's data leave it out, but list the senses of a lemma in the order adjectives, nouns,
adverbs, verbs. A softmax regression over a gloss's first words and endings gives each gloss its
chances; the likeliest sequence in that order is taken (Viterbi, 1967). Weights:
``tests/benchmarks/train_glosses.py``, fitted to the glosses of WordNet 3.0.
"""

from __future__ import annotations

import functools
import re
import sys
import zlib
from array import array
from collections.abc import Sequence

from desktop.paths import resource

#: The parts of speech in the order in which the data list a lemma's senses.
ORDER = ("ADJ", "NOUN", "ADV", "VERB")
#: Features share so many rows of weights.
BUCKETS = 8192
#: The weights are kept as whole numbers of this part of a unit.
SCALE = 512
#: What a step back in the order costs, as a logarithm: satellites of adjectives stand elsewhere.
_STEP_BACK = 5.0

_LABEL = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[\w’'-]+|[;:(]")
_TELLING = frozenset("who which that manner something genus family someone".split())


def features(lemma: str, gloss: str) -> list[int]:
    """Return the buckets of a gloss's features."""
    words = _WORD.findall((_LABEL.sub("", gloss) or gloss).casefold()) or ["?"]
    first, second, third = [*words, "$", "$"][:3]
    found = [
        f"1={first}", f"2={second}", f"3={third}", f"12={first} {second}",
        f"1s2={first[-2:]}", f"1s3={first[-3:]}", f"1s4={first[-4:]}",
        f"2s3={second[-3:]}", f"3s3={third[-3:]}", f"s12={first[-3:]} {second[-3:]}",
        f"l2={lemma[-2:]}", f"l3={lemma[-3:]}", f"l4={lemma[-4:]}",
        f"n={min(len(words), 6)}", f"z={words[-1]}", f"zs={words[-1][-3:]}",
        f"alone={len(words) == 1}{first[-3:]}",
    ]  # fmt: skip
    found += sorted(f"w={word}" for word in _TELLING.intersection(words))
    if gloss.startswith("("):
        found.append(f"label={gloss[: gloss.find(')')][:20]}")
    return [zlib.crc32(feature.encode()) % BUCKETS for feature in found]


def parts_of_speech(lemma: str, glosses: Sequence[str]) -> list[str]:
    """Return the part of speech of each of a lemma's senses, given in the data's order."""
    if not glosses:
        return []
    rows = [_scores(lemma, gloss) for gloss in glosses]
    best, steps = rows[0], []
    for row in rows[1:]:
        came = [
            max(range(len(ORDER)), key=lambda j: best[j] - (_STEP_BACK if j > k else 0.0))
            for k in range(len(ORDER))
        ]
        best = [row[k] + best[j] - (_STEP_BACK if j > k else 0.0) for k, j in enumerate(came)]
        steps.append(came)
    place = max(range(len(ORDER)), key=lambda k: best[k])
    path = [place]
    for came in reversed(steps):
        place = came[place]
        path.append(place)
    return [ORDER[k] for k in reversed(path)]


def _scores(lemma: str, gloss: str) -> list[float]:
    """Return each part of speech's score, a logarithm of its chance but for a constant."""
    weights, width = _weights(), len(ORDER)
    rows = features(lemma, gloss)
    return [sum(weights[row * width + k] for row in rows) / SCALE for k in range(width)]


@functools.cache
def _weights() -> array[int]:
    """Return the weights, ``len(ORDER)`` for each bucket, as whole numbers."""
    weights = array("h")
    weights.frombytes(resource("models", "gloss_pos.bin").read_bytes())
    if sys.byteorder == "big":
        weights.byteswap()
    return weights
