"""Opinions told from facts by the words that carry the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.facts.units import Unit
from desktop.facts.vocabulary import EVALUATIVE, OBLIGATION, STANCE

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREDICATES = frozenset({"attr", "acomp", "oprd"})


def is_opinion(unit: Unit) -> bool:
    """Return whether the unit judges, urges or predicts instead of telling."""
    root = unit.root
    inside = [t for t in unit.tokens if not _in_quotation(t, unit)]
    if any(t.lower_ in OBLIGATION and t.tag_ == "MD" and t.head == root for t in inside):
        return True
    if any(t.lower_ in STANCE and t.dep_ in {"advmod", "ROOT"} and _near(t, root) for t in inside):
        return True
    if _has_to(root):
        return True
    judged = [t for t in inside if t.lemma_.lower() in EVALUATIVE or t.lower_ in EVALUATIVE]
    if any(_carries(t, root) for t in judged):
        return True
    return len(judged) >= 3


def judging_words(unit: Unit) -> int:
    """Count the words of the unit that judge."""
    return sum(t.lemma_.lower() in EVALUATIVE for t in unit.tokens)


def _carries(token: Token, root: Token) -> bool:
    """Return whether the judging word is the predicate, or the core of it."""
    if token == root:
        return token.pos_ == "ADJ"
    head = token.head
    if token.dep_ in _PREDICATES and head == root:
        return True
    if token.dep_ in {"amod", "compound", "advmod"} and head.dep_ in _PREDICATES:
        return head.head == root and token.pos_ == "ADJ"
    viewed = head.dep_ == "pobj" and head.head.lower_ == "as" and head.head.head == root
    if token.dep_ == "amod" and viewed:
        return True
    return token.dep_ == "dobj" and head == root and token.pos_ == "NOUN"


def _near(token: Token, root: Token) -> bool:
    """Return whether an adverb modifies the main predicate."""
    return token.head == root or token.head.head == root


def _has_to(root: Token) -> bool:
    """Return whether the predicate is "have to" or "need to"."""
    later = any(c.dep_ == "xcomp" and c.i > root.i for c in root.children)
    return root.lemma_ in {"have", "need"} and later


def _in_quotation(token: Token, unit: Unit) -> bool:
    """Return whether the word stands between quotation marks of the unit."""
    text = unit.text[unit.start : token.idx]
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
