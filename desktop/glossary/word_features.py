"""What tells whether a word or phrase is hard: numbers about its words and about its sentence.

The order of the numbers is part of the weights in ``resources/words``: they are fitted to it by
``python -m tests.benchmarks.train_words``.
"""

from __future__ import annotations

import functools
import math
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary import dictionary
from desktop.glossary.rarity import bases, rarity
from desktop.language import frequency

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

#: How many weights the letter sequences share.
BUCKETS = 1 << 16
#: How many numbers ``features`` returns.
FEATURES = 52

_UNLISTED = 7.0
_POS = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM", "ADP", "PRON")
_ENTITIES = {
    "PERSON": 1, "GPE": 2, "LOC": 2, "NORP": 3, "ORG": 4, "DATE": 5, "TIME": 5,
    "CARDINAL": 6, "ORDINAL": 6, "QUANTITY": 6, "PERCENT": 6, "MONEY": 6,
}  # fmt: skip
_ROLES = (
    "nsubj", "dobj", "pobj", "ROOT", "amod", "compound", "advmod", "conj", "ccomp", "xcomp",
    "advcl", "relcl", "prep", "acl", "attr", "det", "appos", "nsubjpass",
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class WordNumbers:
    """What the word lists say of one word, whatever sentence it stands in."""

    rarity: float
    zipf: float
    base_zipf: float
    base_level: float
    syllables: int
    row: tuple[float, ...]


@functools.lru_cache(maxsize=50_000)
def word_numbers(form: str, lemma: str) -> WordNumbers:
    """Return the numbers of a word form with its lemma."""
    word, base = form.casefold(), lemma.casefold()
    forms = bases(word)
    zipf, base_zipf = frequency.zipf(word), max(frequency.zipf(f) for f in forms)
    levels = [level for f in forms if (level := frequency.cefr_level(f)) is not None]
    base_level = min(levels, default=_UNLISTED)
    score = rarity(word)
    syllables = len(_VOWELS.findall(word.removesuffix("e"))) or 1
    senses, lemma_senses = dictionary.senses(word), dictionary.senses(base)
    pieces, rank = frequency.vocabulary_rank(word)
    lemma_pieces, lemma_rank = frequency.vocabulary_rank(base)
    row = (
        score, zipf, frequency.zipf(base), base_zipf,
        frequency.grade(word), min(frequency.grade(f) for f in forms),
        frequency.cefr_level(word) or _UNLISTED, frequency.cefr_level(base) or _UNLISTED,
        base_level, len(senses), max(len(senses), len(lemma_senses)),
        len(lemma_senses[0].gloss.split()) if lemma_senses else 0,
        len(word), len(base), syllables, pieces, math.log1p(rank), lemma_pieces,
        math.log1p(lemma_rank), form[:1].isupper(), len(form) > 1 and form.isupper(),
        sum(letter in "aeiou" for letter in word) / max(1, len(word)),
    )  # fmt: skip
    return WordNumbers(
        score, zipf, base_zipf, base_level, syllables, tuple(float(value) for value in row)
    )


def features(target: TokenSpan, others: Sequence[float] | None = None) -> list[float]:
    """Return the numbers of a word or phrase where it stands.

    ``others`` is ``content_zipfs`` of its sentence, where the caller has it.
    """
    tokens = [token for token in target if token.text.isalnum()] or list(target)
    words = [word_numbers(token.text, token.lemma_) for token in tokens]
    content = [w for w, t in zip(words, tokens, strict=True) if not t.is_stop] or words
    hardest = max(content, key=lambda w: (10 * w.rarity - w.zipf, w.syllables))
    zipfs = [w.zipf for w in words]
    second = sorted(w.base_zipf for w in content)[1] if len(content) > 1 else 9.0
    return [
        *hardest.row,
        len(target.text.split()), len(tokens), len(target.text),
        min(zipfs), max(zipfs), sum(zipfs) / len(zipfs), sum(w.rarity for w in words),
        min(len(token) for token in tokens), second,
        sum(token.text[:1].isupper() for token in tokens), len(words) - len(content),
        max(w.base_level for w in content), sum(w.syllables for w in words),
        *_around(target, hardest.zipf, content_zipfs(target.root) if others is None else others),
    ]  # fmt: skip


def _around(target: TokenSpan, zipf: float, others: Sequence[float]) -> Iterator[float]:
    """Yield the numbers of the target's part in its sentence."""
    root, sentence = target.root, target.root.sent
    yield from (_place(_POS, root.pos_), _place(_POS, target[0].pos_), _place(_ROLES, root.dep_))
    yield _ENTITIES.get(root.ent_type_, 7 if root.ent_type_ else 0)
    yield sum(token.pos_ == "PROPN" for token in target) / len(target)
    start = target.start - sentence.start
    yield from (start, len(sentence), start / len(sentence))
    rarer = sum(other < zipf for other in others)
    yield from (rarer, rarer / max(1, len(others)), sum(others) / max(1, len(others)))
    doc = target.doc
    for place in (target.start - 1, target.end):
        token = doc[place] if 0 <= place < len(doc) else None
        yield frequency.zipf(token.text) if token is not None and token.is_alpha else 0.0
        yield _place(_POS, token.pos_) if token is not None else -1
        yield token is not None and token.text in "-–"


def content_zipfs(token: Token) -> tuple[float, ...]:
    """Return the Zipf values of the content words of a token's sentence."""
    return tuple(
        frequency.zipf(other.text) for other in token.sent if other.is_alpha and not other.is_stop
    )


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


@functools.lru_cache(maxsize=50_000)
def letter_buckets(text: str) -> tuple[int, ...]:
    """Return the buckets of a target's sequences of two to five letters within its words."""
    parts = {
        padded[i : i + size]
        for padded in (f" {word} " for word in text.split())
        for size in range(2, 6)
        for i in range(len(padded) - size + 1)
    }
    return _buckets(parts)


@functools.lru_cache(maxsize=50_000)
def word_buckets(text: str, lemma: str) -> tuple[int, ...]:
    """Return the buckets of the target itself, of its lemma and of its words."""
    return _buckets({f"={text}", f"~{lemma.casefold()}", *(f"+{word}" for word in text.split())})


def _buckets(parts: set[str]) -> tuple[int, ...]:
    return tuple(sorted({zlib.crc32(part.encode()) % BUCKETS for part in parts}))
