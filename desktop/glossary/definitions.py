"""Definitions that the text itself states: appositions, copulas, "known as", compounds, offices.

Each finder looks at the words around one occurrence of a term in the dependency parse and returns
the words that say what it is. Statements that are denied, hedged or somebody's opinion define
nothing. The sentence is the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary.kinds import kind_of_description, kind_of_noun
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAX_WORDS = 35
#: Places of which "the … of X" names X itself; "the capital of X" and the like name a part of it.
_CLASSES = frozenset(
    """
    borough city colony country county district duchy emirate island kingdom municipality
    peninsula port principality province region republic state suburb territory town village
    """.split()
)
_CALLED = frozenset("call know term name dub nickname title label entitle".split())
_DEFINING = frozenset("mean denote describe designate".split())
#: "X is also a …" says one more thing of X, not what it is.
_BESIDE = frozenset("also still now often sometimes thus therefore then even".split())
_CLOSING = frozenset({"”", '"', ")", "’"})
_POINTING = frozenset(
    "one another other his her its their our my your this that these those such".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_HEDGES = frozenset("seem may might could perhaps maybe probably possibly allegedly would".split())
_OPINION = frozenset(
    """
    good bad best worst better worse great greatest important real true very major key main
    threat problem mistake success failure disaster triumph disgrace joke lie way thing reason
    matter question issue example case sign result part one kind sort lot number none
    """.split()
)
#: Of these, the ones that define once they are completed: "the failure to notice …".
_NEUTRAL = frozenset("failure success result sign way part number lack kind sort".split())
_BRACKETED_NOISE = re.compile(
    r"^(?:see|cf|e\.g|fig|table|ibid|pp?\.|born|died|right|left|n\s?=)\b|\d"
)


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


def stated_definitions(doc: Doc, start: int, end: int, title: str = "") -> list[Stated]:
    """Return what the sentence says the term at tokens ``start`` … ``end`` is, surest first.

    ``title`` is the office that stands before a person's name ("Chinese President").
    """
    root = doc[start:end].root
    found: list[Stated] = []
    if title and len(title) > 3:
        found += _from_title(doc, start, title)
    if not _is_denied(root):
        found += _from_copula(doc, root, start)
        found += _from_defining_verb(doc, root, start)
        found += _from_called(doc, root)
    found += _from_apposition(doc, root, start, end)
    found += _from_brackets(doc, end)
    if _is_quoted_in_brackets(doc, start, end):
        found += _from_phrase_before(doc, start)
    found += _from_class_of(doc, root, start)
    found += _from_compound(doc, root, end)
    return sorted(found, key=lambda item: (-item.quality, item.start))


def _is_denied(token: Token) -> bool:
    """Return whether the clause of a token is negated, hedged or a question."""
    verb = token.head
    words = [*verb.children, verb]
    return any(word.dep_ == "neg" or word.lemma_.casefold() in _HEDGES for word in words) or (
        token.sent.text.rstrip("”\"' ").endswith("?")
    )


def _stated(doc: Doc, first: int, last: int, quality: float, form: str) -> Iterator[Stated]:
    """Yield tokens ``first`` … ``last`` (inclusive) as a definition, if they can be one."""
    while first <= last and (
        doc[first].dep_ == "cc"
        or doc[first].lower_ in {"i.e.", "i.e", "namely", "viz"}
        or ((doc[first].is_punct or doc[first].is_space) and doc[first].text != "“")
    ):
        first += 1
    while last >= first and (
        doc[last].dep_ == "cc"
        or ((doc[last].is_punct or doc[last].is_space) and doc[last].text not in _CLOSING)
    ):
        last -= 1
    if first > last:
        return
    span = doc[first : last + 1]
    words = [token for token in span if token.is_alpha]
    content = [token for token in words if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}]
    if len(words) > _MAX_WORDS or len(content) < (1 if form == "office" else 2):
        return
    text = span.text
    if span[0].lower_ in _POINTING:
        return  # "his book", "another woman": who is meant stands elsewhere
    if form == "apposition" and len(words) < 3 and words[0].text[:1].isupper():
        return  # a name beside a name is a list
    if text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        return
    sentence = span[0].sent
    yield Stated(
        text,
        span.start_char,
        span.end_char,
        (sentence.start_char, sentence.start_char + len(sentence.text.rstrip())),
        quality,
        form,
        span.root.tag_ in {"NNS", "NNPS"},
        _goes_on(doc, last) or any(child.dep_ == "conj" for child in span.root.children),
    )


def _goes_on(doc: Doc, last: int) -> bool:
    """Return whether ", and …" or another comma item follows, as in an enumeration."""
    following = doc[last + 1 : last + 3]
    words = [token.lower_ for token in following]
    joint = following[0] if words[:1] in (["and"], ["or"]) else None
    if words in ([",", "and"], [",", "or"]):
        joint = following[1]
    return joint is not None and joint.head.pos_ not in {"VERB", "AUX"}


def _from_title(doc: Doc, start: int, title: str) -> Iterator[Stated]:
    length = len(title.split())
    first = start - 1
    while first > 0 and doc[first:start].text != title and start - first < length * 2 + 2:
        first -= 1
    words = title.split()
    if doc[first:start].text.strip() == title and (len(words) > 1 or len(words[0]) > 6):
        yield from _stated(doc, first, start - 1, 0.6, "office")


def _starts_phrase(root: Token, start: int) -> bool:
    """Return whether the term is the whole noun phrase that ``root`` heads."""
    left = root.left_edge.i
    return all(token.dep_ in {"det", "punct"} or token.i >= start for token in root.doc[left:start])


def _from_copula(doc: Doc, root: Token, start: int) -> Iterator[Stated]:
    """Find "X is/was a …"."""
    verb = root.head
    if root.dep_ != "nsubj" or verb.lemma_ != "be" or not _starts_phrase(root, start):
        return
    if any(child.dep_ in {"prep", "poss"} and child.i > start for child in root.children):
        return
    for child in verb.children:
        if child.dep_ != "attr" or child.i < verb.i or child.pos_ not in {"NOUN", "PROPN"}:
            continue
        left = child.left_edge.i
        articled = doc[left].lower_ in {"a", "an", "the", "any", "one"} or child.tag_ == "NNS"
        is_role = child.tag_ == "NN" and kind_of_noun(child.text) is TermKind.PERSON
        says_more = any(right.dep_ in {"prep", "acl", "relcl"} for right in child.rights)
        if not (articled or is_role):
            continue
        if child.lemma_.casefold() in _OPINION and not (says_more and child.lemma_ in _NEUTRAL):
            continue
        if any(token.dep_ == "amod" and token.lower_ in _OPINION for token in child.children):
            continue
        quality = 0.7 if any(t.lower_ in _BESIDE for t in verb.children) else 0.95
        last = _with_verbs_complements(verb, _clause_end(doc, child))
        yield from _stated(doc, left, last, quality, "copula")


def _with_verbs_complements(verb: Token, last: int) -> int:
    """Take in "… through a membrane" where the parser hangs it on the verb, not on the noun."""
    for child in verb.children:
        if child.dep_ == "prep" and child.left_edge.i == last + 1:
            last = child.right_edge.i
    return last


def _clause_end(doc: Doc, head: Token) -> int:
    """Return the last token of a noun phrase, cut before a clause that goes on with "and"."""
    last = head.right_edge.i
    for token in doc[head.i : last + 1]:
        if token.i > head.i and token.text in {";", "—"}:
            return int(token.i - 1)
        if token.dep_ == "appos" and token.head == head and doc[token.left_edge.i - 1].text == ",":
            return int(token.left_edge.i - 2)
        relative = any(child.dep_ == "mark" or child.tag_ == "WDT" for child in token.lefts)
        ends = token.dep_ == "conj" and token.head.i >= head.i and not relative
        if ends and token.pos_ in {"VERB", "AUX"}:
            before = doc[token.left_edge.i - 1]
            return int(before.i - 1 if before.dep_ == "cc" or before.is_punct else before.i)
    return int(last)


def _from_defining_verb(doc: Doc, root: Token, start: int) -> Iterator[Stated]:
    """Find "X refers to …", "X means …", "X is defined as …", "X consists of …"."""
    verb = root.head
    if root.dep_ not in {"nsubj", "nsubjpass"} or not _starts_phrase(root, start):
        return
    lemma = verb.lemma_.casefold()
    if lemma in _DEFINING and root.dep_ == "nsubj" and verb.tag_ in {"VBZ", "VBP"}:
        for child in verb.children:
            if child.dep_ == "dobj" and child.i > verb.i:
                yield from _stated(doc, child.left_edge.i, _clause_end(doc, child), 0.85, "verb")
    for prep in verb.children:
        wanted = {"refer": "to", "define": "as", "consist": "of"}.get(lemma)
        if prep.dep_ == "prep" and prep.lower_ == wanted and prep.i > verb.i:
            for child in prep.children:
                if child.dep_ in {"pobj", "pcomp"}:
                    last = _clause_end(doc, child)
                    yield from _stated(doc, child.left_edge.i, last, 0.97, "verb")


def is_introduced(doc: Doc, start: int, end: int) -> bool:
    """Return whether the sentence presents a phrase as a term: "… is called X", "known as X"."""
    root = doc[start:end].root
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
    lemma = verb.lemma_.casefold()
    if _is_quoted_in_brackets(doc, start, end):
        return True
    if lemma in {"know", "refer"}:  # "known as X", not "knew X"
        return verb.tag_ == "VBN" and root.dep_ == "pobj"
    if any(token.tag_ in {"JJS", "RBS"} for token in root.subtree):
        return False  # "called the greatest mind of …": praise
    named = lemma in _CALLED and verb.tag_ in {"VBN", "VBD"}
    return named and root.i > verb.i and root.dep_ in {"oprd", "attr", "dobj", "pobj"}


def _is_quoted_in_brackets(doc: Doc, start: int, end: int) -> bool:
    """Return whether a phrase is named as contracts do it: … (the “covered deposits”)."""
    before = [token.text for token in doc[max(0, start - 3) : start]]
    after = doc[end].text if end < len(doc) else ""
    opens = before[-1:] in (["“"], ['"']) and "(" in before
    return opens and after in {"”", '"'}


def _from_called(doc: Doc, root: Token) -> Iterator[Stated]:
    """Find "an explanation, called a hypothesis" and "… is known as X"."""
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
    if verb.lemma_.casefold() not in _CALLED or root.i < verb.i:
        return
    if root.dep_ not in {"oprd", "attr", "dobj", "pobj"}:
        return
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBN", "VBD"}:
        noun = verb.head
        if noun.pos_ in {"NOUN", "PROPN"} and noun.tag_ not in {"NNP", "NNPS"}:
            last = verb.left_edge.i - 1
            yield from _stated(doc, noun.left_edge.i, last, 0.8, "called")
    for child in verb.children:
        if child.dep_ == "nsubjpass" and child.pos_ == "NOUN":
            yield from _stated(doc, child.left_edge.i, child.right_edge.i, 0.75, "called")


def _from_apposition(doc: Doc, root: Token, start: int, end: int) -> Iterator[Stated]:
    """Find "X, the … of …," and "the … of …, X,"."""
    for child in root.children:
        if (
            child.dep_ == "appos"
            and child.i >= end
            and _describes(child)
            and not _reverses(doc, start, child)
        ):
            last = _clause_end(doc, child)
            between = doc[end : child.left_edge.i]
            is_label = any(token.text == ":" for token in between) and doc[
                child.left_edge.i
            ].dep_ != ("det")
            aside = between.text.strip(" ,")
            is_near = len(between) <= 2 or (aside.startswith("(") and aside.endswith(")"))
            if is_near and not is_label:
                yield from _stated(doc, child.left_edge.i, last, 0.9, "apposition")
    yield from _from_next_phrase(doc, root, end)
    if root.dep_ == "appos" and root.head.i < start and _describes(root.head):
        head = root.head
        last = root.left_edge.i - 1
        said = any(token.tag_ in _FINITE for token in doc[head.left_edge.i : last + 1])
        if start - last <= 3 and head.left_edge.i < last and not said:
            yield from _stated(doc, head.left_edge.i, last, 0.7, "apposition")


def _from_next_phrase(doc: Doc, root: Token, end: int) -> Iterator[Stated]:
    """Find "X, the doctrine that …" where the parser hangs the apposition on an earlier noun."""
    if end + 2 >= len(doc) or doc[end].text not in {",", "–", "—"} or doc[end + 1].dep_ != "det":
        return
    noun = doc[end + 1].head
    misplaced = noun.dep_ in {"appos", "npadvmod", "dep"} or _is_second_object(noun)
    plain = noun.tag_ == "NN" and noun.head != root and noun.left_edge.i == end + 1
    if misplaced and plain and _describes(noun) and not _reverses(doc, root.left_edge.i, noun):
        yield from _stated(doc, end + 1, _clause_end(doc, noun), 0.9, "apposition")


def _is_second_object(noun: Token) -> bool:
    """Return whether the verb has an object already, so that this one restates something."""
    objects = [child for child in noun.head.children if child.dep_ == "dobj"]
    return noun.dep_ == "dobj" and len(objects) > 1 and noun != objects[0]


def _reverses(doc: Doc, start: int, noun: Token) -> bool:
    """Return whether the second phrase is the term itself, or leads to it.

    "A single assumption, the chain condition" and "sugar, a process known as chemosynthesis" say
    nothing of the assumption and of sugar.
    """
    before = doc[start - 1].lower_ if start else ""
    opens = doc[noun.left_edge.i].lower_
    indefinite = before in {"a", "an"} or doc[start].lower_ in {"a", "an"}
    if indefinite and opens == "the":
        return True
    if opens == "the" and any(child.pos_ == "PROPN" for child in noun.lefts):
        return True  # "a municipal code, the Visby law"
    return any(
        child.dep_ in {"acl", "relcl"} and child.lemma_.casefold() in _CALLED
        for child in noun.children
    )


def _describes(noun: Token) -> bool:
    """Return whether a noun phrase can say what something is: common noun, no list, no date."""
    if noun.pos_ != "NOUN" or noun.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"}:
        return False
    return not _lists(noun) and noun.lemma_.casefold() not in _OPINION


def _lists(noun: Token) -> bool:
    return noun.dep_ == "conj" or any(
        child.dep_ == "conj" and child.pos_ == "PROPN" for child in noun.children
    )


def _from_brackets(doc: Doc, end: int) -> Iterator[Stated]:
    """Find "X (A, B and C)"."""
    if end >= len(doc) or doc[end].text != "(":
        return
    close = next((i for i in range(end + 1, min(end + 40, len(doc))) if doc[i].text == ")"), None)
    if close is None or close - end < 3:
        return
    inside = doc[end + 1 : close]
    opens = inside[0]
    is_phrase = opens.pos_ in {"DET", "NOUN", "ADJ"} and opens.lower_ != "one"
    is_list = opens.dep_ != "det" and any(token.text in {",", ":", ";"} for token in inside)
    said = any(token.tag_ in _FINITE and token.dep_ != "relcl" for token in inside)
    if not is_phrase or is_list or said or not any(token.pos_ == "NOUN" for token in inside):
        return
    if _BRACKETED_NOISE.search(inside.text):
        return
    yield from _stated(doc, end + 1, close - 1, 0.8, "brackets")


def _from_phrase_before(doc: Doc, start: int) -> Iterator[Stated]:
    """Find what stands before the bracket in "deposits of up to … (the “covered deposits”)"."""
    bracket = next(i for i in range(start - 1, -1, -1) if doc[i].text == "(")
    last = bracket - 1
    head = doc[last]
    while head.head.pos_ in {"NOUN", "ADP", "NUM"} and head.head.i < head.i:
        head = head.head
    if head.pos_ == "NOUN" and bracket > 0:
        yield from _stated(doc, head.left_edge.i, last, 0.85, "named")


def _from_class_of(doc: Doc, root: Token, start: int) -> Iterator[Stated]:
    """Find the class in "the self-ruled island of X"."""
    prep = root.head
    if root.dep_ != "pobj" or prep.lower_ != "of" or prep.i + 1 < start - 1:
        return
    noun = prep.head
    if noun.tag_ != "NN" or noun.text not in _CLASSES:
        return
    first = noun.left_edge.i
    if doc[first].dep_ == "det":
        first += 1
    if first < noun.i:  # a bare "city of" says too little
        yield from _stated(doc, first, noun.i, 0.6, "class")


def _from_compound(doc: Doc, root: Token, end: int) -> Iterator[Stated]:
    """Find "defence pact between A, B and C" in "the X defence pact between A, B and C"."""
    noun = root.head
    while noun.dep_ == "compound" and noun.head.i > noun.i:
        noun = noun.head
    if root.dep_ not in {"compound", "nmod", "amod"} or noun.pos_ != "NOUN" or noun.i < end:
        return
    if any(token.is_punct for token in doc[end : noun.i]) or kind_of_noun(noun.text) is None:
        return
    between = [
        token for token in doc[end : noun.i] if token.dep_ not in {"compound", "amod", "nmod"}
    ]
    complement = next(
        (c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"between", "among"}),
        None,
    )
    if between or complement is None or complement.i != noun.i + 1:
        return
    yield from _stated(doc, end, _complement_end(doc, complement), 0.6, "compound")


def _complement_end(doc: Doc, prep: Token) -> int:
    """Return the end of "between A, B and C": before a further "and" that joins other things."""
    last = prep.right_edge.i
    joints = [
        token.i for token in doc[prep.i : last + 1] if token.dep_ == "cc" and token.lower_ == "and"
    ]
    for second in joints[1:]:
        return int(second - 1)
    return int(last)
