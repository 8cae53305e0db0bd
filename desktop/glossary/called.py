"""What the text calls by a name: "an explanation, called a hypothesis", "… is known as X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.phrases import is_quoted_in_brackets
from desktop.glossary.stating import Stated, state
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CALLED = frozenset("call know term name dub nickname title label entitle".split())
_SORTS = frozenset("type kind form sort branch class".split())


def is_introduced(doc: Doc, start: int, end: int) -> bool:
    """Return whether the sentence presents a phrase as a term: "… is called X", "known as X"."""
    root = doc[start:end].root
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
    lemma = verb.lemma_.casefold()
    if is_quoted_in_brackets(doc, start, end):
        return True
    if kind_of_noun(root.text) is TermKind.PERSON:
        return False  # "named president"
    if lemma in {"know", "refer"}:  # "known as X", not "knew X"
        return verb.tag_ == "VBN" and root.dep_ == "pobj"
    if any(token.tag_ in {"JJS", "RBS"} for token in root.subtree):
        return False  # "called the greatest mind of …": praise
    named = lemma in CALLED and verb.tag_ in {"VBN", "VBD"}
    return named and root.i > verb.i and root.dep_ in {"oprd", "attr", "dobj", "pobj"}


def from_called(doc: Doc, root: Token) -> Iterator[Stated]:
    """Find "an explanation, called a hypothesis" and "… is known as X"."""
    verb = root.head
    by_as = root.dep_ == "pobj" and verb.lower_ == "as"
    if by_as:
        verb = verb.head
    lemma = verb.lemma_.casefold()
    if lemma not in CALLED | {"refer"} or root.i < verb.i or verb.tag_ not in {"VBN", "VBD"}:
        return
    if root.dep_ not in {"oprd", "attr", "dobj", "pobj"} or (
        lemma in {"know", "refer"} and not by_as
    ):
        return
    if kind_of_noun(root.text) is TermKind.PERSON:
        return  # "named president" is an office
    if verb.dep_ in {"acl", "relcl"}:
        yield from _called(doc, _whole(verb.head, root), verb.left_edge.i - 1, 0.8)
    behind_comma = verb.i > 1 and doc[verb.i - 1].text == ","
    if verb.dep_ == "conj" and behind_comma and doc[verb.i - 2].pos_ == "NOUN":
        noun = doc[verb.i - 2]
        while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
            noun = noun.head.head
        yield from _called(doc, noun, verb.i - 2, 0.78)
    is_misread = verb.tag_ == "VBD" and behind_comma and root.dep_ == "oprd"
    for child in verb.children:
        if child.dep_ == "nsubjpass" or (is_misread and child.dep_ == "nsubj"):
            yield from _called(doc, child, child.right_edge.i, 0.78)
        elif _is_case(child, verb):
            yield from state(doc, child.left_edge.i, child.right_edge.i, 0.76, "called")


def _called(doc: Doc, noun: Token, last: int, quality: float) -> Iterator[Stated]:
    """Yield a phrase that is given a name, if it says what bears the name."""
    if _is_described(noun, last) and noun.tag_ not in {"NNP", "NNPS"}:
        yield from state(doc, noun.left_edge.i, last, quality, "called")


def _whole(noun: Token, term: Token) -> Token:
    """Return the head of the whole phrase that is called so: "a band of fibres known as the X"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        outer = noun.head.head
        one_of_many = noun.tag_ == "NNS" and term.tag_ != "NNS" and outer.tag_ == "NN"
        indefinite = outer.left_edge.lower_ in {"a", "an"}
        of_the_known = indefinite and (noun.left_edge.lower_ == "the" or noun.tag_ == "NN")
        if not (one_of_many or of_the_known or outer.lemma_ in _SORTS):
            break
        noun = outer
    return noun


def _is_case(clause: Token, verb: Token) -> bool:
    """Return whether a clause is the first one of "When a …, it is called X"."""
    empty = any(c.dep_ == "nsubjpass" and c.lower_ in {"it", "this", "that"} for c in verb.children)
    opens = clause.dep_ == "advcl" and clause.i < verb.i
    return empty and opens and clause.left_edge.lower_ in {"when", "if"}


def _is_described(noun: Token, last: int) -> bool:
    """Return whether "the …" is more than a word that points back ("the new concept")."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    opens = noun.left_edge
    says_more = any(
        child.dep_ in {"prep", "acl", "relcl", "conj"} and noun.i < child.left_edge.i <= last
        for child in noun.rights
    )
    if opens.lower_ == "the":
        return says_more
    if any(child.lower_ in {"different", "certain", "other"} for child in noun.lefts):
        return False  # "each of a different area of the body, called …"
    if noun.tag_ == "NNS" or opens.tag_ not in {"DT"}:
        adjectives = {c.lower_ for c in noun.lefts if c.pos_ == "ADJ"}
        return says_more or bool(adjectives - {"new", "other", "different", "such", "many"})
    return True
