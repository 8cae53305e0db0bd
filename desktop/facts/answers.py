"""What people would ask for: phrases of a text ranked by how likely each is to be an answer.

A logistic regression over yes/no features of the parse. Its weights come from articles with the
questions that people asked of them (``python -m tests.benchmarks.train_answers DIR``).
"""

from __future__ import annotations

import copy
import functools
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.vocabulary import words
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.paths import resource
from desktop.reading.document import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

#: A phrase below this probability is no candidate; more would find more and be wrong more often.
LEAST_PROBABLE = 0.23
_LONGEST = 10
_DETERMINERS = words(
    """the a an this that these those its his her their our my your some any many several each
    every such both all other another no"""
)
_BEFORE = _DETERMINERS | words(
    "of in by as called and or , ( is was were are to for with at from about on than"
)
_BEHIND = words("of in and or , . ( ) is was were are to for that which who ’s 's")


@dataclass(frozen=True, slots=True)
class Answer:
    """A phrase that people would ask for, with the probability that somebody does."""

    text: str
    span: Span
    probability: float


class Asked:
    """What makes a phrase worth asking for in one text."""

    def __init__(self, analysis: Analysis, weights: Mapping[str, float] | None = None) -> None:
        self._docs = analysis.docs
        self._weights = shipped_weights() if weights is None else weights
        self._found: dict[int, dict[tuple[int, int], set[str]]] = {}
        self._title = frozenset((analysis.document.title or "").lower().split())
        self._lemmas: Counter[str] = Counter(
            token.lemma_.lower() for doc in analysis.docs for token in doc if token.is_alpha
        )

    def with_weights(self, weights: Mapping[str, float]) -> Asked:
        """Return the same with other weights."""
        other = copy.copy(self)
        other._weights = weights
        return other

    def probability(self, block: int, start: int, end: int) -> float:
        """Return how likely somebody asks for the range of a block's text."""
        doc = self._docs[block]
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            return 0.0
        first, last = _trimmed(doc, span.start, span.end)
        if first == last:
            return 0.0
        sources = self._phrases(block).get((first, last), ())
        return self._of(self.features(doc[first:last], frozenset(sources)))

    def _phrases(self, block: int) -> dict[tuple[int, int], set[str]]:
        """Return the phrases of a block by their tokens, each with what makes it one."""
        if block not in self._found:
            self._found[block] = _phrases(self._docs[block])
        return self._found[block]

    def _of(self, named: frozenset[str]) -> float:
        """Return the probability for the names of a phrase's features."""
        odds = self._weights.get("", 0.0) + sum(self._weights.get(n, 0.0) for n in sorted(named))
        return 1 / (1 + math.exp(-odds))

    def candidates(self, block: int) -> Iterator[tuple[TokenSpan, frozenset[str]]]:
        """Yield the phrases of a block that can be answers, with their features."""
        doc = self._docs[block]
        for (start, end), sources in sorted(self._phrases(block).items()):
            yield doc[start:end], self.features(doc[start:end], frozenset(sources))

    def answers(self, block: int) -> list[Answer]:
        """Return the likely answers of a block in its order, none within another."""
        ranked = sorted(
            ((self._of(named), span) for span, named in self.candidates(block)),
            key=lambda pair: (-pair[0], pair[1].start, pair[1].end),
        )
        kept: list[Answer] = []
        for probability, span in ranked:
            if probability < LEAST_PROBABLE:
                break
            place = Span(block, span.start_char, span.end_char)
            if not any(place.overlaps(other.span) for other in kept):
                kept.append(Answer(span.text, place, probability))
        return sorted(kept, key=lambda answer: answer.span)

    def features(self, span: TokenSpan, sources: frozenset[str]) -> frozenset[str]:
        """Return the names of the features that a phrase has."""
        root = span.root
        lemma = root.lemma_.lower()
        rarest = min((frequency.zipf(t.lower_) for t in span if t.is_alpha), default=0.0)
        sentence = span.sent
        modifiers = sum(c.dep_ in {"amod", "compound", "nummod"} for c in root.lefts)
        whole = "w" if any(s.startswith("ent_") for s in sources) else ""
        named = {f"s:{source}" for source in sources}
        named |= {
            f"dep:{root.dep_}",
            f"pos:{root.pos_}",
            f"tag:{root.tag_}",
            f"dep2:{root.dep_}/{root.head.dep_}",
            f"over:{root.head.pos_}",
            f"len:{min(len(span), 7)}",
            f"ent:{root.ent_type_}{whole}",
            f"zipf:{min(7, int(frequency.zipf(lemma)))}",
            f"rarest:{min(7, int(rarest))}",
            f"told:{min(5, int(math.log2(1 + self._lemmas[lemma])))}",
            f"place:{(span.start - sentence.start) * 5 // max(1, len(sentence))}",
            f"sentence:{min(6, len(sentence) // 8)}",
            f"depth:{min(6, sum(1 for _ in root.ancestors))}",
            f"mods:{min(3, modifiers)}",
            f"before:{_near(span.doc, span.start - 1, _BEFORE)}",
            f"behind:{_near(span.doc, span.end, _BEHIND)}",
            f"block:{min(6, len(span.doc) // 40)}",
        }
        if root.dep_ == "pobj":
            named |= {f"prep:{root.head.lower_}", f"prep_over:{root.head.head.pos_}"}
        named |= {name for name, true in self._flags(span, root) if true}
        return frozenset(named)

    def _flags(self, span: TokenSpan, root: Token) -> Iterator[tuple[str, bool]]:
        """Yield what is simply true or false of a phrase."""
        doc = span.doc
        yield "capital", span.text[0].isupper()
        yield "digit", any(c.isdigit() for c in span.text)
        yield "title", any(t.lower_ in self._title for t in span)
        yield "new", span.text not in doc.text[: span.start_char]
        yield "of_root", root.head == span.sent.root
        yield "first_half", root.i < span.sent.root.i
        before = doc.text[: span.start_char]
        yield "quoted", before.count('"') % 2 == 1
        yield "bracket", before.count("(") > before.count(")")


def find_answers(analysis: Analysis) -> tuple[Answer, ...]:
    """Return what people would ask of the text's body, in its order."""
    asked = Asked(analysis)
    return tuple(a for block in analysis.document.body() for a in asked.answers(block.index))


@functools.cache
def shipped_weights() -> Mapping[str, float]:
    """Return the weights that come with the program, by feature; the intercept's name is ""."""
    weights: dict[str, float] = json.loads(resource("models", "answers.json").read_text("utf-8"))
    return weights


def _near(doc: Doc, index: int, known: frozenset[str]) -> str:
    """Return the word at an index if it is a known one."""
    if not 0 <= index < len(doc):
        return "edge"
    word = doc[index].lower_
    return word if word in known else "_"


def _phrases(doc: Doc) -> dict[tuple[int, int], set[str]]:
    """Return the token ranges that can be answers, each with what makes it one."""
    found: dict[tuple[int, int], set[str]] = {}
    for start, end, source in _raw_phrases(doc):
        first, last = _trimmed(doc, start, end)
        if first < last and last - first <= _LONGEST and any(c.isalnum() for c in doc[first].text):
            found.setdefault((first, last), set()).add(source)
    return found


def _raw_phrases(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Yield entities, noun phrases with what follows them, figures, adjectives, infinitives."""
    for entity in doc.ents:
        yield entity.start, entity.end, f"ent_{entity.label_}"
    for chunk in doc.noun_chunks:
        root = chunk.root
        if root.pos_ == "PRON":
            continue
        yield chunk.start, chunk.end, "np"
        tied = [c for c in root.rights if c.dep_ == "prep"]
        if tied:
            end = tied[0].right_edge.i + 1
            if all(t.dep_ != "relcl" for t in doc[chunk.start : end]):
                yield chunk.start, end, "np_pp"
        if any(c.dep_ == "conj" for c in root.children):
            yield chunk.start, root.right_edge.i + 1, "np_conj"
    for token in doc:
        if token.like_num and token.dep_ == "nummod":
            yield token.i, token.i + 1, "number"
        elif token.dep_ == "amod" and token.pos_ == "ADJ":
            yield token.i, token.i + 1, "amod"
        elif token.dep_ == "acomp":
            yield token.left_edge.i, token.right_edge.i + 1, "acomp"
        elif (token.dep_, token.tag_) in {("pcomp", "VBG"), ("xcomp", "VB")}:
            yield token.i, token.right_edge.i + 1, token.dep_


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take determiners and punctuation off both ends of a range."""

    def loose(token: Token) -> bool:
        return token.is_punct or token.is_space or token.tag_ == "POS"

    while start < end and (loose(doc[start]) or doc[start].lower_ in _DETERMINERS):
        start += 1
    while end > start and loose(doc[end - 1]):
        end -= 1
    return start, end
