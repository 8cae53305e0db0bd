"""The choice of the sense that is meant in a sentence, among those that a dictionary lists.

What counts: how often the dictionary's corpus has each sense (or their order, where it has none);
the cosine of the words around, and of the sentences around, with the gloss, with the glosses and
words near the sense, and with its examples; and the words that gloss and sentences share, each
weighed by its rarity. The weights were fitted on the documents of Senseval-2 and SemEval-2007
(``tests/benchmarks/senses.py``; each document judged by weights fitted on the others).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary import dictionary
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.sources.entry import Entry
from desktop.glossary.term import TermKind
from desktop.language import frequency, similarity

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Vector = numpy.typing.NDArray[numpy.float32]

#: Weights of the logarithm of a sense's share in the corpus, and of its rank where none is known.
_COUNT_WEIGHT = 0.65
_RANK_WEIGHT = 0.9
#: Weights of a unit of cosine: gloss with the words around, with the sentences around; example.
_WINDOW_WEIGHT = 5.7
_NEAR_WEIGHT = 2.6
_EXAMPLE_WEIGHT = 4.3
#: Weight of the words that gloss and sentences share.
_OVERLAP_WEIGHT = 0.16
#: How much the other occurrences in the text count beside the one in question: mostly, a word has
#: one sense in one text.
_DISCOURSE_WEIGHT = 1.0
#: Words on either side that are compared with the gloss.
_WINDOW = 7
#: Added, where no counts are known, for a gloss that speaks of a name which the sentence doesn't
#: ("the navy of the United States"): such a sense is of that one thing.
_FOREIGN_NAME = -1.5
#: Added for a place of that name: "a port in southern Lebanon" is no meaning of "tyre".
_NAMESAKE = -5.0
_PLACE = TermKind.PLACE
#: Added for a sense whose part of speech is not the one of the word in its sentence.
_OTHER_POS = math.log(0.03)
_MAX_SENSES = 40
_MAX_EXAMPLES = 3

_NAME = re.compile(r"\b[A-Z][a-z]+")
_WORD = re.compile(r"[a-z]{3,}")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")


@dataclass(frozen=True, slots=True)
class Question:
    """A word in its sentence: ``sentence[start:end]`` is the occurrence of the lemma.

    ``near`` are the sentences around, this one among them, where they are known.
    """

    lemma: str
    pos: str
    sentence: str
    start: int
    end: int
    near: tuple[str, ...] = ()

    def around(self) -> str:
        """Return some words around the occurrence, with the word itself."""
        before = self.sentence[: self.start].split()[-_WINDOW:]
        after = self.sentence[self.end :].split()[:_WINDOW]
        return " ".join((*before, self.sentence[self.start : self.end], *after))

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences around, at least its own."""
        return self.near or (self.sentence,)


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense meant in a sentence, how sure that is (0..1), and the others, likeliest first."""

    sense: Entry
    confidence: float
    others: tuple[Entry, ...]


#: What gives the senses of a form as a part of speech.
LookUp = Callable[[str, str], tuple[Entry, ...]]


def embedded_senses(form: str, _pos: str) -> tuple[Entry, ...]:
    """Return the senses of the dictionary that comes with the program."""
    return dictionary.senses(form)


def choose(
    questions: Sequence[Question], senses: LookUp = embedded_senses, *, by_meaning: bool = True
) -> list[Choice | None]:
    """Choose a sense for each word in its sentence; None where there is no entry.

    The questions are of one text: those on the same word inform each other. Without sentence
    vectors, or without ``by_meaning``, the dictionary's order decides alone.
    """
    found = [_candidates(senses(q.lemma, q.pos), q.pos) for q in questions]
    scores = [_prior(q, candidates) for q, candidates in zip(questions, found, strict=True)]
    if by_meaning and similarity.available():
        vectors = _vectors(questions, found)
        for question, candidates, row in zip(questions, found, scores, strict=True):
            if len(candidates) > 1:
                meant = _meaning(question, candidates, vectors)
                row[:] = [score + more for score, more in zip(row, meant, strict=True)]
        scores = _agreed(questions, scores)
    return [
        _weighed(candidates, question, row) if candidates else None
        for candidates, question, row in zip(found, questions, scores, strict=True)
    ]


def _candidates(found: Sequence[Entry], pos: str) -> tuple[Entry, ...]:
    """Return the senses worth weighing, those of the part of speech first.

    The others stay in: a source's part of speech may be told from its gloss alone.
    """
    return tuple(sorted(found, key=lambda sense: not _agrees(sense, pos)))[:_MAX_SENSES]


def _agrees(sense: Entry, pos: str) -> bool:
    """Return whether a sense is of the part of speech, or of one of several ("NOUN|ADJ")."""
    if pos == "ADV" and sense.pos == "ADJ":
        return True  # their glosses read alike
    return not sense.pos or sense.pos in pos


def _prior(question: Question, found: Sequence[Entry]) -> list[float]:
    """Return what speaks for each sense before its meaning is looked at."""
    named = set(_NAME.findall(question.sentence))
    fitting = [sense for sense in found if _agrees(sense, question.pos)]
    counted = any(sense.count for sense in fitting)
    total = sum(0.5 + (sense.count or 0) for sense in fitting)
    scores: list[float] = []
    for place, sense in enumerate(found):
        if counted and sense in fitting:
            score = _COUNT_WEIGHT * math.log((0.5 + (sense.count or 0)) / total)
        else:
            score = -_RANK_WEIGHT * math.log(1 + place)
        if not _agrees(sense, question.pos):
            score += _OTHER_POS
        if not counted and set(_NAME.findall(sense.gloss)) - named:
            is_thing = question.lemma.islower() and kind_of_description(sense.gloss) is _PLACE
            score += _NAMESAKE if is_thing else _FOREIGN_NAME
        scores.append(score)
    return scores


def _described(sense: Entry) -> str:
    """Return a sense in words: its lemma, its synonyms, its gloss."""
    return f"{', '.join((sense.lemma, *sense.synonyms))}: {sense.gloss}"


def _vectors(
    questions: Sequence[Question], found: Sequence[Sequence[Entry]]
) -> Mapping[str, Vector]:
    """Return the vector of every text that is compared, all computed in one go."""
    texts: dict[str, None] = {}
    for question, candidates in zip(questions, found, strict=True):
        if len(candidates) > 1:
            texts.update(dict.fromkeys((question.around(), *question.sentences())))
            for sense in candidates:
                texts.update(dict.fromkeys((_described(sense), *sense.examples[:_MAX_EXAMPLES])))
    return dict(zip(texts, similarity.vectors(list(texts)), strict=True))


def _meaning(
    question: Question, found: Sequence[Entry], vectors: Mapping[str, Vector]
) -> list[float]:
    """Return how well each sense goes with the words and sentences around."""
    window = vectors[question.around()]
    first, *rest = question.sentences()
    together = sum((vectors[text] for text in rest), vectors[first])
    near = together / max(1e-9, math.sqrt(float(together @ together)))
    own = set(_stems(question.lemma))
    context = {stem for text in question.sentences() for stem in _stems(text)} - own
    examples = [
        max((float(vectors[e] @ window) for e in sense.examples[:_MAX_EXAMPLES]), default=math.inf)
        for sense in found
    ]
    # A sense without an example is no better than the worst of those with one.
    least = min((value for value in examples if value < math.inf), default=0.0)
    scores: list[float] = []
    for sense, example in zip(found, examples, strict=True):
        described = vectors[_described(sense)]
        score = (
            _WINDOW_WEIGHT * float(described @ window)
            + _NEAR_WEIGHT * float(described @ near)
            + _EXAMPLE_WEIGHT * (example if example < math.inf else least)
            + _OVERLAP_WEIGHT * _overlap(sense, context, own)
        )
        scores.append(round(score, 4))
    return scores


def _overlap(sense: Entry, context: set[str], own: set[str]) -> float:
    """Return the rarity of the words that a sense's texts share with the sentences (Lesk)."""
    texts = (_described(sense), *sense.examples, *sense.related)
    words = {stem: word for text in texts for stem, word in _stems(text).items()}
    shared = (words.keys() & context) - own
    rarity = sum(max(0.0, _COMMON - frequency.zipf(words[stem])) for stem in sorted(shared))
    return _RARITY * rarity / (1 + math.log(1 + len(words)))


#: Words of this Zipf value and above say nothing; a unit below it is worth this much.
_COMMON = 6.3
_RARITY = 2.3


def _stems(text: str) -> dict[str, str]:
    """Return the words of a text by their stems."""
    return {_ENDING.sub("", word): word for word in _WORD.findall(text.casefold())}


def _agreed(questions: Sequence[Question], scores: Sequence[list[float]]) -> list[list[float]]:
    """Let the occurrences of a word in one text inform each other."""
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        same[question.lemma, question.pos].append(place)
    agreed = list(scores)
    for places in same.values():
        if len(places) > 1 and scores[places[0]]:
            total = [sum(column) for column in zip(*(scores[i] for i in places), strict=True)]
            share = _DISCOURSE_WEIGHT / (len(places) - 1)
            for i in places:
                agreed[i] = [
                    (own + share * (all_of_them - own)) / (1 + _DISCOURSE_WEIGHT)
                    for own, all_of_them in zip(scores[i], total, strict=True)
                ]
    return agreed


def _weighed(found: Sequence[Entry], question: Question, scores: Sequence[float]) -> Choice:
    """Turn the scores into probabilities and pick the likeliest sense."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    order = sorted(range(len(found)), key=lambda i: (-weights[i], i))
    best = order[0]
    confidence = weights[best] / sum(weights)
    if not _agrees(found[best], question.pos):
        confidence *= 0.5  # the entry doesn't know the word as this part of speech
    return Choice(found[best], confidence, tuple(found[i] for i in order[1:]))
