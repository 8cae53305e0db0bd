"""What textbooks tell: the members of a kind, reasons and purposes, comparisons, words quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.mentions import NAMES, Mentions
from desktop.facts.target import Target
from desktop.facts.units import FINITE, Unit
from desktop.facts.vocabulary import HUMAN, SAYING, VIEWING, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_APART = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_OPEN_LISTS = words("etc other others more including")
#: An answer of more words is too long to be given from memory.
_LONGEST_ANSWER = 8
_PERSONAL = words("i we you he she us me him our your my")
_GAP = re.compile(r"[“\"]([^“”\"]{6,70}?)[.,]?[”\"]")


def members(unit: Unit, clause: Clause | None) -> Iterator[Target]:
    """Yield the named members of a counted kind: "three stages of growth: a, b, and c"."""
    for token in unit.tokens:
        noun = token.head
        counted = _NUMBERS.get(token.lower_)
        if counted is None or token.dep_ != "nummod" or noun.tag_ != "NNS" or noun.i < token.i:
            continue
        mark = next((t for t in unit.tokens if t.i > noun.i and t.text in {":", "—", "–"}), None)
        if mark is None or any(t.tag_ in FINITE for t in noun.doc[noun.i : mark.i]):
            continue
        span = _listed_behind(mark, unit, counted)
        if span is None:
            continue
        asked = _which_members(token, noun, mark, unit, clause)
        if asked is not None:
            answer = re.sub(r"\s+", " ", unit.text[span[0] : span[1]])
            yield Target(
                (span,), FactKind.LIST, "members", "members", 0.95,
                (f"which {token.lower_}?",), answer, asked,
            )  # fmt: skip
            return


def _listed_behind(mark: Token, unit: Unit, counted: int) -> tuple[int, int] | None:
    """Return the range of a list of so many short members that ends the unit."""
    rest = [t for t in unit.tokens if t.i > mark.i]
    while rest and rest[-1].is_punct:
        rest.pop()
    if not rest or any(t.tag_ in FINITE or t.lower_ in _OPEN_LISTS for t in rest):
        return None
    start, end = rest[0].idx, rest[-1].idx + len(rest[-1].text)
    text = unit.text[start:end]
    parts = [part for part in _APART.split(text) if part]
    short = len(text.split()) <= _LONGEST_ANSWER and "(" not in text and ";" not in text
    return (start, end) if short and len(parts) == counted else None


def _which_members(
    number: Token, noun: Token, mark: Token, unit: Unit, clause: Clause | None
) -> Proposition | None:
    """Word what asks for the members, by the part that the counted noun plays."""
    doc = noun.doc
    if number.i != noun.left_edge.i and doc[noun.left_edge.i].lower_ != "the":
        return None
    kind = doc[number.i : mark.i].text.strip(" ,")
    if len(kind.split()) > 12:
        return None
    root = unit.root
    if root.lemma_ == "be" and any(c.dep_ == "expl" for c in root.children):
        copula = "were" if root.tag_ == "VBD" else "are"
        return Proposition(Role.SUBJECT, "members", opening="what", verb=f"{copula} the {kind}")
    if clause is None or noun.i < clause.tail_start:
        return None
    if noun.dep_ == "dobj" and noun.head == root:
        span = (noun.left_edge.i, clause.tail_end)
        return propose(clause, Role.COUNT, "members", span, opening=f"which {kind}")
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.head == root and preposition.lower_ in {"of", "into"}:
        span = (preposition.i, clause.tail_end)
        opening = f"{preposition.lower_} which {kind}"
        return propose(clause, Role.COUNT, "members", span, opening=opening)
    return None


def reasons(clause: Clause) -> Iterator[Target]:
    """Yield why something is so or is done: "because …", "in order to …", "to …"."""
    root = clause.root
    if any(c.dep_ == "neg" for c in root.children):
        return
    for verb in root.children:
        if verb.dep_ != "advcl" or verb.i < root.i:
            continue
        first = verb.left_edge
        inner = [t for t in verb.subtree if t.i < clause.tail_end]
        if not inner or inner[-1].i + 1 != clause.tail_end or len(inner) > _LONGEST_ANSWER + 1:
            continue
        if any(t.lower_ in _PERSONAL or t.text in {",", ";", ":"} for t in inner):
            continue
        because = first.lower_ == "because" and verb.tag_ in FINITE
        purpose = first.lower_ == "to" and verb.tag_ == "VB" and verb.i == first.i + 1
        purpose = purpose and any(c.dep_ == "dobj" for c in root.children)
        if not because and not purpose:
            continue
        rule = "reason" if because else "purpose"
        span = (first.idx, inner[-1].idx + len(inner[-1].text))
        asked = propose(clause, Role.CAUSE, rule, (first.i, inner[-1].i + 1))
        yield Target((span,), FactKind.CAUSE, rule, rule, 0.75, ("why?",), "", asked)
        return


def comparisons(clause: Clause) -> Iterator[Target]:
    """Yield which of a kind is more than another: "Direct messages are clearer than …"."""
    root, subject = clause.root, clause.subject
    if subject.tag_ != "NNS" or any(c.dep_ == "neg" for c in root.children):
        return
    first, last = clause.subject_range
    own = [t for t in root.doc[first:last] if not t.is_space]
    if not 2 <= len(own) <= _LONGEST_ANSWER or any(t.pos_ == "PRON" or t.is_punct for t in own):
        return
    tail = root.doc[clause.tail_start : clause.tail_end]
    than = next((t for t in tail if t.lower_ == "than"), None)
    if than is None or not any(t.tag_ in {"JJR", "RBR"} for t in tail if t.i < than.i):
        return
    if not any(t.pos_ in {"NOUN", "PROPN"} for t in tail if t.i > than.i):
        return
    modified = any(c.dep_ in {"amod", "compound", "prep", "relcl", "acl"} for c in subject.children)
    if not modified or own[0].lower_ in {"the", "some", "many", "most", "these", "all"}:
        return
    kind = subject.text.lower()
    asked = propose(clause, Role.SUBJECT, "which", (first, last), opening=f"which {kind}")
    span = (own[0].idx, own[-1].idx + len(own[-1].text))
    human = subject.lemma_.lower() in HUMAN
    yield Target(
        (span,), FactKind.WHO if human else FactKind.WHAT, "which", "comparison", 0.75,
        (f"which {kind}?",), "", asked,
    )  # fmt: skip


def specified(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield what "a model that explains persuasion" is: its clause asks for its name."""
    root, subject = clause.root, clause.subject
    if root.lemma_ != "be" or clause.operator != root or subject.tag_ != "NN":
        return
    relative = next((c for c in subject.children if c.dep_ == "relcl"), None)
    attribute = next((c for c in root.children if c.dep_ == "attr" and c.i > root.i), None)
    opening = subject.left_edge
    if relative is None or attribute is None or opening.lower_ not in {"a", "an", "another", "the"}:
        return
    pronoun = relative.left_edge
    if pronoun.tag_ not in {"WDT", "WP"} or pronoun.dep_ not in {"nsubj", "nsubjpass"}:
        return
    inner = [t for t in attribute.subtree if t.i < clause.tail_end]
    while inner and inner[-1].is_punct:
        inner.pop()
    plain = not any(t.is_punct or t.dep_ in {"relcl", "advcl"} for t in inner)
    block = clause.unit.block.index
    known = mentions.covering(block, attribute.idx, attribute.idx + len(attribute.text))
    if not inner or len(inner) > _LONGEST_ANSWER or not plain or known is None:
        return
    told = clause.words(pronoun.i + 1, clause.subject_range[1])
    asked = Proposition(
        Role.SUBJECT, "which", opening=f"which {subject.text.lower()}", verb=told, past=True
    )
    named = [t for t in inner if t.dep_ != "det" or t.head != attribute]
    span = (named[0].idx, named[-1].idx + len(named[-1].text))
    yield Target((span,), FactKind.WHAT, "which", "specified", 0.8, ("which?",), "", asked)


def quotations(unit: Unit, mentions: Mentions) -> Iterator[Target]:
    """Yield a few words that are quoted from a speaker whom the unit names."""
    if unit.root.lemma_.lower() not in SAYING | VIEWING:
        return
    subject = next((c for c in unit.root.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return
    named = mentions.covering(unit.block.index, subject.idx, subject.idx + len(subject.text))
    if named is None or named.kind not in NAMES:
        return
    found = list(_GAP.finditer(unit.text, unit.start, unit.end))
    if len(found) != 1 or not 2 <= len(found[0].group(1).split()) <= _LONGEST_ANSWER:
        return
    match = found[0]
    if match.start() < subject.idx or match.group(1)[0].isupper():
        return
    yield Target(
        (match.span(1),), FactKind.QUOTATION, "words", "quotation", 0.75, ("in which words?",)
    )
