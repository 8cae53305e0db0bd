"""Definitions that stand in the phrase of a term: appositions, brackets, "X, or …", compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.glossary.appositions import agrees, from_apposition, is_complete
from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.stating import Stated, clause_end, judges, state
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Places of which "the … of X" names X itself; "the capital of X" and the like name a part of it.
_CLASSES = frozenset(
    """
    borough city colony country county duchy emirate island kingdom municipality peninsula port
    principality province republic state territory town village
    """.split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BRACKETED_NOISE = re.compile(
    r"^(?:see|cf|e\.g|fig|table|ibid|pp?\.|born|died|right|left|n\s?=)\b|\d|\bbeing\b"
)
_OCCASION = re.compile(
    r"(?:the|an?)\s(?:\w+\s)?(?:first|second|third|last|latest|next|only|same)\s", re.IGNORECASE
)


def from_phrase(doc: Doc, root: Token, start: int, end: int) -> Iterator[Stated]:
    """Yield the definitions in the noun phrase of the term at tokens ``start`` … ``end``."""
    yield from from_apposition(doc, root, start, end)
    yield from _from_or(doc, root, start, end)
    yield from _from_brackets(doc, root, end)
    if is_quoted_in_brackets(doc, start, end) or _is_called_in_brackets(doc, start):
        yield from _from_phrase_before(doc, start)
    yield from _from_class_of(doc, root, start)
    yield from _from_compound(doc, root, end)
    yield from _from_words_before(doc, root, start, end)


def from_entry(doc: Doc, start: int, end: int) -> Iterator[Stated]:
    """Find "X: the …" and "X – the …" where the block begins so, as in a glossary."""
    while start and doc[start - 1].is_punct:
        start -= 1
    if start or end + 3 >= len(doc) or doc[end].text not in {":", "–", "—", "-"}:
        return
    sentence = next(
        (s for s in doc.sents if s.start > end or s.end > end + 3), doc[end + 1 : len(doc)]
    )
    first = end + 1
    head = doc[first : sentence.end].root if first < sentence.end else doc[first]
    if head.pos_ != "NOUN" or doc[first].pos_ == "PROPN":
        return
    if any(t.dep_ in {"nsubj", "nsubjpass"} and t.head == head for t in head.children):
        return
    if any(child.dep_ in {"conj", "appos"} for child in head.children):
        return  # "Keywords: this, that"
    last = clause_end(doc, head)
    yield from state(doc, first, min(last, sentence.end - 1), 0.93, "entry")


def is_quoted_in_brackets(doc: Doc, start: int, end: int) -> bool:
    """Return whether a phrase is named as contracts do it: … (the “covered deposits”)."""
    before = [token.text for token in doc[max(0, start - 3) : start]]
    after = doc[end].text if end < len(doc) else ""
    opens = before[-1:] in (["“"], ['"']) and "(" in before
    return opens and after in {"”", '"'}


def _is_called_in_brackets(doc: Doc, start: int) -> bool:
    """Return whether "(called the" or "(known as" stands before a term."""
    words = [token.lower_ for token in doc[max(0, start - 4) : start]]
    while words and words[-1] in {"the", "a", "an", "“", '"', "as"}:
        words.pop()
    return words[-2:] in (["(", "called"], ["(", "known"], ["(", "termed"])


def _from_phrase_before(doc: Doc, start: int) -> Iterator[Stated]:
    """Find what stands before the bracket in "deposits of up to … (the “covered deposits”)"."""
    bracket = next((i for i in range(start - 1, -1, -1) if doc[i].text == "("), 0)
    last = bracket - 1
    if last < 1:
        return
    head = doc[last]
    while head.head.pos_ in {"NOUN", "ADP", "NUM"} and head.head.i < head.i:
        head = head.head
    bare = head.left_edge.lower_ == "the" and head.i == last
    if head.pos_ == "NOUN" and not bare:
        yield from state(doc, head.left_edge.i, last, 0.85, "named")


def _from_or(doc: Doc, root: Token, start: int, end: int) -> Iterator[Stated]:
    """Find "X, or the …," where what follows is longer than a second name."""
    if end + 3 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ != "or":
        return
    head = next((c for c in root.children if c.dep_ in {"conj", "appos"} and c.i > end), None)
    if head is None and doc[end + 2].tag_ == "VBG":
        head = doc[end + 2]  # which the parser may hang on the verb
    if head is None or head.left_edge.i != end + 2 or _is_listed(doc, root, start):
        return
    if any(child.dep_ == "nummod" for child in root.children):
        return
    last = clause_end(doc, head)
    following = doc[end + 2]
    gerund = head.tag_ == "VBG" and last - head.i >= 2 and "NNS" not in root.tag_
    if any(token.lemma_ == root.lemma_ for token in doc[end + 2 : last + 1]):
        return  # one of several: "attacks, or changes related to the attacks"
    completed = any(child.dep_ in {"prep", "acl", "relcl"} for child in head.rights)
    paired = any(child.dep_ == "cc" and child.lower_ == "and" for child in head.children)
    phrase = head.pos_ == "NOUN" and agrees(root, head) and (completed or paired)
    opens = following.lower_ in {"a", "an", "the", "any"} or following.dep_ != "det"
    if opens and (gerund or (phrase and last - end >= 4)):
        yield from state(doc, end + 2, last, 0.82, "or")


def _is_listed(doc: Doc, root: Token, start: int) -> bool:
    """Return whether a term is one of several: "a, b, or the c"."""
    first = root.left_edge.i
    return root.dep_ == "conj" or (0 < start <= first and doc[first - 1].text == ",")


def _from_brackets(doc: Doc, root: Token, end: int) -> Iterator[Stated]:
    """Find "X (a … of …)"."""
    if end >= len(doc) or doc[end].text != "(":
        return
    close = next((i for i in range(end + 1, min(end + 40, len(doc))) if doc[i].text == ")"), None)
    if close is None or close - end < 3:
        return
    inside = doc[end + 1 : close]
    opens, head = inside[0], inside.root
    is_list = opens.dep_ != "det" and any(token.text in {",", ":", ";"} for token in inside)
    said = any(token.tag_ in _FINITE and token.dep_ != "relcl" for token in inside)
    told = any(token.dep_ in {"nsubj", "nsubjpass"} and token.head == head for token in inside)
    if head.pos_ != "NOUN" or judges(head) or is_list or (said and told):
        return
    if opens.lower_ == "one" or opens.tag_ in {"CD", "PRP$"} or _repeats(doc, opens, end):
        return
    known = opens.lower_ == "the" and any(child.dep_ == "det" for child in root.lefts)
    if known or not agrees(root, head) or not is_complete(root, head):
        return  # "a neutral stimulus (the edge of a yard)" is an instance
    completed = any(c.dep_ in {"acl", "relcl"} for c in head.rights)
    named = "NNP" in root.tag_ and any(c.dep_ == "prep" for c in head.rights)
    articled = opens.lower_ in {"a", "an", "the", "any"} and opens.head == head
    if not articled and not named and not (completed and head.tag_ == "NNS"):
        return
    if _BRACKETED_NOISE.search(inside.text) or _OCCASION.match(inside.text):
        return
    yield from state(doc, end + 1, close - 1, 0.8, "brackets")


def _repeats(doc: Doc, opens: Token, end: int) -> bool:
    """Return whether a bracket explains one word of the term: "afferent fibres (afferent means"."""
    return opens.lower_ in {token.lower_ for token in doc[max(0, end - 3) : end]}


def _from_class_of(doc: Doc, root: Token, start: int) -> Iterator[Stated]:
    """Find the class in "the self-ruled island of X"."""
    prep = root.head
    if root.dep_ != "pobj" or prep.lower_ != "of" or prep.i + 1 < start - 1:
        return
    noun = prep.head
    if noun.tag_ != "NN" or noun.text not in _CLASSES:
        return
    if any(t.tag_ in {"JJS", "RBS"} for left in noun.lefts for t in left.subtree):
        return  # "the wealthiest city of X" is not X
    first = noun.left_edge.i
    if doc[first].dep_ == "det":
        first += 1
    if first < noun.i:  # a bare "city of" says too little
        yield from state(doc, first, noun.i, 0.6, "class")


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
    yield from state(doc, end, _complement_end(doc, complement), 0.6, "compound")


def _complement_end(doc: Doc, prep: Token) -> int:
    """Return the end of "between A, B and C": before a further "and" that joins other things."""
    last = prep.right_edge.i
    joints = [
        token.i for token in doc[prep.i : last + 1] if token.dep_ == "cc" and token.lower_ == "and"
    ]
    for second in joints[1:]:
        return int(second - 1)
    return int(last)


def _from_words_before(doc: Doc, root: Token, start: int, end: int) -> Iterator[Stated]:
    """Find "Saudi-led alliance" in "the Saudi-led alliance X": a class before a name."""
    if "NNP" not in root.tag_ or start < 2:
        return
    noun = doc[start - 1]
    if doc[start - 2].text == "-":  # "the 37-storey X"
        return
    if noun.tag_ != "NN" or noun.dep_ not in {"compound", "nmod"} or noun.head.i >= end:
        return
    kind = kind_of_noun(noun.text)
    if kind in {None, TermKind.CONCEPT} or not start <= noun.head.i < end:
        return
    first = start - 1
    while first > 0 and _may_belong(doc[first - 1]):
        first -= 1
    form = "office" if kind is TermKind.PERSON else "class"
    if first < start - 1:
        yield from state(doc, first, start - 1, 0.6, form)


def _may_belong(token: Token) -> bool:
    """Return whether a word can stand between the article and a class noun."""
    joined = token.i > 0 and token.nbor(-1).text == "-"
    return token.text == "-" or (
        (token.pos_ in {"ADJ", "NOUN", "PROPN", "ADV"} or (token.pos_ == "VERB" and joined))
        and token.dep_ in {"amod", "compound", "nmod", "npadvmod", "advmod", "nummod"}
    )
