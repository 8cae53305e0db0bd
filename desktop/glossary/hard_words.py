"""The words of a text that a reader may not know, with the sentence that each first stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.glossary import dictionary
from desktop.glossary.difficulty import difficulties
from desktop.glossary.levels import is_hard
from desktop.glossary.sense_choice import Question
from desktop.glossary.sources.opening import EMBEDDED, Sources
from desktop.language.analysis import Analysis
from desktop.reading.document import Span
from desktop.settings import DEFAULT_LEVEL

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


#: How many occurrences of a word are compared with its senses.
_ASKED = 3


@dataclass(frozen=True, slots=True)
class HardWord:
    """A hard word: how it first occurs, how hard it is (0..1), and all its places.

    ``questions`` are its first few occurrences, which together tell the sense.
    """

    questions: tuple[Question, ...]
    difficulty: float
    mentions: tuple[Span, ...]

    @property
    def first(self) -> Question:
        """The first occurrence, for which the sense is chosen."""
        return self.questions[0]

    @property
    def lemma(self) -> str:
        """The form under which the dictionary has the word."""
        return self.first.lemma


def find_hard_words(
    analysis: Analysis,
    taken: set[tuple[int, int]],
    level: str = DEFAULT_LEVEL,
    *,
    without: Collection[str] = (),
    sources: Sources = EMBEDDED,
) -> list[HardWord]:
    """Return the words hard at ``level`` that a dictionary knows, hardest first.

    ``taken`` holds (block, token) of what other terms cover, ``without`` lemmas to leave out.
    """
    found: dict[tuple[str, str], list[tuple[Token, Span]]] = defaultdict(list)
    for block in analysis.document.body():
        for token in analysis.docs[block.index]:
            if (block.index, token.i) in taken or not _is_plain_word(token):
                continue
            lemma = sources.entry_form(token.text, token.lemma_, token.tag_)
            if lemma is not None and lemma not in without:
                span = Span(block.index, token.idx, token.idx + len(token))
                found[lemma, _part_of_speech(token, lemma)].append((token, span))
    scores = _difficulties(found)
    words = [
        HardWord(_questions(places, lemma, pos), score, tuple(span for _, span in places))
        for (lemma, pos), places in found.items()
        if is_hard(score := scores[lemma], level)
    ]
    return sorted(_one_per_lemma(words), key=lambda word: (-word.difficulty, word.mentions[0]))


def _difficulties(found: Mapping[tuple[str, str], list[tuple[Token, Span]]]) -> dict[str, float]:
    """Return the difficulty of each lemma, that of the place where it is easiest."""
    firsts = {key: places[0][0] for key, places in found.items()}
    targets = [token.doc[token.i : token.i + 1] for token in firsts.values()]
    scores: dict[str, float] = {}
    each = difficulties(targets, [lemma for lemma, _ in firsts])
    for (lemma, _), score in zip(firsts, each, strict=True):
        scores[lemma] = min(score, scores.get(lemma, 1.0))
    return scores


def _questions(places: Sequence[tuple[Token, Span]], lemma: str, pos: str) -> tuple[Question, ...]:
    return tuple(_question(token, lemma, pos) for token, _ in places[:_ASKED])


def _question(token: Token, lemma: str, pos: str) -> Question:
    sentence = token.sent
    start = token.idx - sentence.start_char
    near = _sentences_near(sentence)
    return Question(lemma, pos, sentence.text, start, start + len(token), near)


def _sentences_near(sentence: Sentence) -> tuple[str, ...]:
    """Return a sentence with the two before and after it in its paragraph."""
    around = list(sentence.doc.sents)
    place = next(i for i, other in enumerate(around) if other.start == sentence.start)
    return tuple(other.text for other in around[max(0, place - 2) : place + 3])


def _part_of_speech(token: Token, lemma: str) -> str:
    """Return a token's part of speech; a noun before a noun may be the adjective ("interstate")."""
    before_noun = token.pos_ == "NOUN" and token.dep_ == "compound"
    if before_noun and any(sense.pos == "ADJ" for sense in dictionary.senses(lemma)):
        return "NOUN|ADJ"
    return str(token.pos_)


def _is_plain_word(token: Token) -> bool:
    """Return whether a token is an ordinary word: a content word, not capitalised, no number."""
    return (
        token.pos_ in {"NOUN", "VERB", "ADJ", "ADV"}
        and token.is_alpha
        and len(token) > 3
        and (token.text.islower() or (bool(token.is_sent_start) and not token.ent_type_))
        and not _is_hyphenated(token)
    )


def _one_per_lemma(words: Sequence[HardWord]) -> Iterator[HardWord]:
    """Join the parts of speech of a lemma under the one that occurs most."""
    grouped: dict[str, list[HardWord]] = defaultdict(list)
    for word in words:
        grouped[word.lemma].append(word)
    for same in grouped.values():
        main = max(same, key=lambda word: (len(word.mentions), word.first.pos))
        spans = sorted(span for word in same for span in word.mentions)
        yield replace(main, mentions=tuple(spans))


def _is_hyphenated(token: Token) -> bool:
    """Return whether a token is a part of a hyphenated compound, which means another thing."""
    doc, i = token.doc, token.i
    after = i + 1 < len(doc) and doc[i + 1].text == "-" and not token.whitespace_
    before = i > 0 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_
    return bool(before or after)
