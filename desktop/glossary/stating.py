"""What a definition in the text must be like: its span trimmed and checked.

A definition is a phrase that reads on its own. Pointing words ("his book", "the network's
station"), lists, praise and what is left hanging at the end of a cut phrase are no part of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary.kinds import kind_of_description, kind_of_noun
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MAX_WORDS = 35
_CLOSING = frozenset({"”", '"', ")", "’"})
_POINTING = frozenset(
    """
    own some one another neither other his her its their our my your this that these those such
    """.split()
)
#: Words behind which only some of a thing is named, or what it has to do with.
_ADDING = frozenset("especially particularly notably including pertaining relating".split())
#: Nouns of judgement, and nouns that only point to what stands elsewhere.
OPINION = frozenset(
    """
    good bad best worst better worse great greatest important real true very major key main
    threat problem mistake success failure disaster triumph disgrace joke lie way thing reason
    matter question issue example case sign result part one kind sort lot number none
    exception addition aspect feature opposite topic concern priority product outcome
    consequence indication instance step factor site home scene
    """.split()
)
#: Adjectives that praise or compare, rather than define.
_RATING = frozenset(
    """
    popular useful effective powerful excellent essential crucial critical vital central helpful
    valuable interesting different certain
    """.split()
)
#: Of these, the ones that define once they are completed: "the failure to notice …".
NEUTRAL = frozenset("failure success result sign way part number lack kind sort factor".split())
_VERBS = frozenset({"VERB", "AUX"})
#: A clause has more words than this.
_CLAUSE = 3
_RELATIVE = frozenset({"WP", "WP$", "WDT"})
_SORTS = frozenset("form type cause source kind variety".split())
#: In "…, a position that he kept" such a noun takes up what the clause says.
_RESUMING = frozenset(
    """
    position post role decision move feat honour honor record rise fall increase decrease total
    departure contrast shift break reversal reminder tribute testament setback breakthrough victory
    decline figure sum amount distance rank job fact development measure claim sight time moment
    """.split()
)
#: A note's number, a figure's reference that was lost, or a citation at the end.
_APPARATUS = re.compile(
    r"(?:\.?\[(?:note\s?)?\d*\]?|\s?\(\)|\.?:\d[\d:–-]*|\s\((?:see\s)?[^()]*\b(?:1[5-9]|20)\d\d[a-z]?\))+$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(\d\)")
#: Constructions that define whatever article the phrase has.
_LICENSED = frozenset({"apposition", "called", "named", "or", "entry"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A definition in the text: code points ``start`` … ``end`` of its block.

    ``quality`` (0..1) is how surely the construction defines; ``form`` names the construction;
    ``listed`` tells that an enumeration goes on behind it.
    """

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    quality: float
    form: str
    plural: bool = False
    listed: bool = False

    @property
    def kind(self) -> TermKind | None:
        """The kind of thing that the definition's own head noun names."""
        return kind_of_description(self.text)

    @property
    def licensed(self) -> bool:
        """Whether the construction defines the thing as such whatever article the term has."""
        return self.form in _LICENSED


def state(doc: Doc, first: int, last: int, quality: float, form: str) -> Iterator[Stated]:
    """Yield tokens ``first`` … ``last`` (inclusive) as a definition, if they can be one."""
    first, last = _trimmed(doc, first, last)
    if first > last or not _reads_alone(doc[first : last + 1], form):
        return
    span = doc[first : last + 1]
    apparatus = _APPARATUS.search(span.text)
    text = span.text[: apparatus.start()] if apparatus else span.text
    if text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        return
    if text.count('"') % 2 or _NUMBERED.search(text) or "[" in text or "\n" in text:
        return
    sentence = span[0].sent
    yield Stated(
        text,
        span.start_char,
        span.start_char + len(text),
        (sentence.start_char, sentence.start_char + len(sentence.text.rstrip())),
        quality,
        form,
        span.root.tag_ in {"NNS", "NNPS"},
        _goes_on(doc, last) or any(child.dep_ == "conj" for child in span.root.children),
    )


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Take off what joins the phrase to its surroundings, and what a cut has left hanging."""
    while first <= last and (
        doc[first].dep_ == "cc"
        or doc[first].lower_ in {"i.e.", "i.e", "namely", "viz", "already", "basically", "simply"}
        or ((doc[first].is_punct or doc[first].is_space) and doc[first].text not in {"“", '"'})
    ):
        first += 1
    if last + 1 < len(doc) and doc[last + 1].text == "”" and "“" in doc[first : last + 1].text:
        last += "”" not in doc[first : last + 1].text
    pronoun = next((t for t in reversed(doc[first : last + 1]) if t.tag_ in _RELATIVE), None)
    if (
        pronoun is not None
        and last - pronoun.i < _CLAUSE
        and all(t.pos_ not in _VERBS for t in doc[pronoun.i : last + 1])
    ):
        last = pronoun.i - 1  # "a scholar whose" has lost its clause
        last -= last > first and doc[last].pos_ == "ADP"
    while last >= first and _hangs(doc, last):
        last -= 1
    return first, last


def _hangs(doc: Doc, last: int) -> bool:
    token = doc[last]
    if token.dep_ == "cc" or token.tag_ in {"DT", "WDT", "PRP$", "TO"}:
        return True
    if (token.is_punct or token.is_space) and token.text not in _CLOSING:
        return True
    return token.tag_ == "VBG" and last > 0 and doc[last - 1].text == ","


def _reads_alone(span: Span, form: str) -> bool:
    """Return whether a phrase says something without its surroundings."""
    words = [token for token in span if token.is_alpha]
    content = [token for token in words if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}]
    if len(words) > _MAX_WORDS or len(content) < (1 if form in {"office", "class"} else 2):
        return False
    if span[0].lower_ in _POINTING | _ADDING:
        return False  # "his book", "another woman": who is meant stands elsewhere
    if form == "apposition" and len(words) < 3 and words[0].text[:1].isupper():
        return False  # a name beside a name is a list
    texts = [token.lower_ for token in span]
    if {"this", "these"} & set(texts) or any(
        pair in {("that", "particular"), ("that", "same")} for pair in itertools.pairwise(texts)
    ):
        return False
    if form in {"predicate", "entry"}:
        return True
    head = span.root
    if span[0].pos_ == "NUM" and head.tag_ == "NNS":
        return False  # "two companies"
    if form != "office" and head.lemma_.casefold() in _RESUMING and form == "apposition":
        return False
    return not _belongs_to_the_known(span, head)


def _belongs_to_the_known(span: Span, head: Token) -> bool:
    """Return whether a phrase is "the network's station" or "the … in its place"."""
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    if owner is not None and owner.pos_ != "PROPN" and span[0].lower_ in {"the", "its", "their"}:
        return True
    if span[0].lower_ != "the":
        return False
    completed = [c for c in head.rights if c.dep_ in {"prep", "acl", "relcl"} and c in span]
    return any(
        token.tag_ == "PRP$" and token.head.dep_ == "pobj" and token.head.head.head == head
        for token in span
    ) and bool(completed)


def judges(noun: Token) -> bool:
    """Return whether a noun judges or points, rather than defines."""
    says_more = any(right.dep_ in {"prep", "acl", "relcl"} for right in noun.rights)
    lemma = noun.lemma_.casefold()
    if lemma in OPINION and not (says_more and lemma in NEUTRAL):
        return True
    best = any(t.tag_ in {"JJS", "RBS"} for left in noun.lefts for t in left.subtree)
    is_thing = kind_of_noun(lemma) in {None, TermKind.CONCEPT}
    if best and (lemma in _SORTS or (is_thing and "most" in {t.lower_ for t in noun.subtree})):
        return True  # "the most common form of …"
    rated = OPINION | _RATING
    return any(
        token.dep_ == "amod" and (token.lower_ in rated or token.tag_ == "JJR")
        for token in noun.children
    )


def _goes_on(doc: Doc, last: int) -> bool:
    """Return whether ", and …" or another comma item follows, as in an enumeration."""
    following = doc[last + 1 : last + 3]
    words = [token.lower_ for token in following]
    if words in ([",", "a"], [",", "an"]):
        return True
    joint = following[0] if words[:1] in (["and"], ["or"]) else None
    if words in ([",", "and"], [",", "or"]):
        joint = following[1]
        verb_follows = joint.head.pos_ in {"VERB", "AUX"}
        if last + 3 < len(doc) and doc[last + 3].pos_ in {"ADP", "ADV"} and not verb_follows:
            return True
    return joint is not None and joint.head.pos_ not in {"VERB", "AUX"}


def clause_end(doc: Doc, head: Token) -> int:
    """Return the last token of a noun phrase, cut before a clause that goes on with "and"."""
    last = head.right_edge.i
    for token in doc[head.i : last + 1]:
        if token.i > head.i and token.text in {";", "—"}:
            return int(token.i - 1)
        if token.dep_ == "appos" and token.head == head and doc[token.left_edge.i - 1].text == ",":
            return int(token.left_edge.i - 2)
        own = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in token.lefts)
        if token.dep_ == "conj" and token.head.i >= head.i and own and token.pos_ in _VERBS:
            before = doc[token.left_edge.i - 1]
            return int(before.i - 1 if before.dep_ == "cc" or before.is_punct else before.i)
    return int(last)
