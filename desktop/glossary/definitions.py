"""Definitions that the text itself states in a clause: "X is a …", "X refers to …", "called X".

Each finder looks at the words around one occurrence of a term in the dependency parse and returns
the words that say what it is. Statements that are denied, hedged or somebody's opinion define
nothing. The sentence is the evidence. What stands in the phrase itself is found in `phrases`,
what is called by a name in `called`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.glossary.called import from_called
from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.phrases import (
    from_entry,
    from_phrase,
)
from desktop.glossary.runs import TITLES
from desktop.glossary.stating import OPINION, Stated, clause_end, judges, state
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINING = frozenset("mean denote describe designate".split())
_COMPLEMENT = {"refer": "to", "define": "as", "consist": "of", "describe": "as"}
#: "X is also a …" says one more thing of X, not what it is.
_BESIDE = frozenset("also still now often sometimes thus therefore then even".split())
_HEDGES = frozenset(
    "seem may might could perhaps maybe probably possibly allegedly would must should".split()
)
#: Verbs whose clause is somebody's view, and the openings of such a view.
_BELIEF = frozenset(
    "believe think claim argue feel suggest suspect fear hope assume insist say write "
    "conclude maintain propose theorize theorise".split()
)
_ABSTRACT = frozenset("difference error goal aim purpose role".split())
#: What tells news rather than holds a doctrine.
_TELLING = frozenset(
    "report study article paper letter statement survey text book chapter poll newspaper".split()
)
#: "The final stage is the …" names one of several.
_RANKS = frozenset("first second third fourth last final next other main".split())
METAWORDS = frozenset("term word phrase expression concept notion so called".split())
_OPEN = frozenset("accord whether if unless".split())
#: What a reason or concession states in passing is seldom put as a definition.
_REASONS = frozenset("because since although though while".split())
#: What is said of one case defines nothing.
_CASE = re.compile(r"in (?:this|that|our|these) (?:case|example|experiment|instance|study)")
#: What theories do with what they hold.
_HOLDING = frozenset("mean state hold assert posit propose maintain predict".split())
#: What precedes the word for an office and belongs to it.
_OF_OFFICE = frozenset(["prime", "vice", "deputy", "chief"])


def stated_definitions(doc: Doc, start: int, end: int, title: str = "") -> list[Stated]:
    """Return what the sentence says the term at tokens ``start`` … ``end`` is, surest first.

    ``title`` is the office that stands before a person's name ("Chinese President").
    """
    root = doc[start:end].root
    found: list[Stated] = []
    if _is_part_of_name(root, start):
        return found
    if title and len(title) > 3:
        found += _from_title(doc, start, title)
    subject = _subject_of(root)
    weight = _assurance(subject.head)
    if weight and not _is_denied(subject) and not _goes_on_behind(subject, end):
        found += _from_copula(doc, subject, start, weight)
        found += _from_defining_verb(doc, subject, start, weight)
        found += _from_predicate(doc, subject, start, weight)
    naming = root.head if root.head.lower_ == "as" else root
    if not _is_denied(naming) and not _goes_on_behind(root, end):
        found += from_called(doc, root)
    found += _from_relative(doc, root, end)
    found += from_entry(doc, start, end)
    found += from_phrase(doc, root, start, end)
    return sorted(found, key=lambda item: (-item.quality, item.start))


def _subject_of(root: Token) -> Token:
    """Return the token that stands for the term in its clause: "term" in "the term X refers"."""
    outer = root.head
    named = root.dep_ in {"appos", "compound", "nmod"} and outer.lemma_.casefold() in METAWORDS
    return outer if named and abs(outer.i - root.i) <= 3 else root


def _is_part_of_name(root: Token, start: int) -> bool:
    """Return whether a common noun ends a longer name: "dilemma" in "the Heinz dilemma"."""
    return root.pos_ == "NOUN" and any(
        child.dep_ in {"compound", "amod", "nmod"}
        and child.i < start
        and child.text[:1].isupper()
        and not child.is_sent_start
        for child in root.lefts
    )


def _goes_on_behind(root: Token, end: int) -> bool:
    """Return whether the subject is longer than the term: "the range of reaction states …"."""
    doc = root.doc
    return any(
        child.i >= end
        and (
            child.dep_ in {"prep", "poss", "conj"}
            or (child.dep_ == "appos" and child.left_edge == child and doc[end].text != "(")
        )
        for child in root.children
    )


def _is_denied(token: Token) -> bool:
    """Return whether the clause of a token is negated, hedged or a question."""
    verb = token.head
    words = [*verb.children, verb]
    return any(word.dep_ == "neg" or word.lemma_.casefold() in _HEDGES for word in words) or (
        _closing(token).rstrip("”\"' ").endswith("?")
    )


def _closing(token: Token) -> str:
    """Return the last tokens of a token's sentence."""
    sentence = token.sent
    return str(token.doc[max(sentence.start, sentence.end - 5) : sentence.end].text)


def _assurance(verb: Token) -> float:
    """Return how far the text stands behind a clause: not at all (0) for somebody's view."""
    openings = {c.lemma_.casefold() for c in verb.children if c.dep_ in {"prep", "mark", "advmod"}}
    if any(
        c.dep_ == "prep" and _CASE.match(" ".join(t.lower_ for t in c.subtree))
        for c in verb.children
    ):
        return 0.0
    held = verb.dep_ == "ccomp" and verb.head.lemma_.casefold() in _BELIEF
    proved = verb.dep_ == "acl" and "that" in openings  # "proof that …", "the idea that …"
    if openings & _OPEN or held or proved:
        return 0.0
    return 0.8 if openings & _REASONS else 1.0


def _from_title(doc: Doc, start: int, title: str) -> Iterator[Stated]:
    length = len(title.split())
    first = start - 1
    while first > 0 and doc[first:start].text != title and start - first < length * 2 + 2:
        first -= 1
    words = title.split()
    while first > 0 and doc[first - 1].lower_ in _OF_OFFICE:
        first -= 1  # "Prime" where a sentence begins
        title, words = doc[first:start].text, [doc[first].text, *words]
    if len(words) == 1 and words[0].casefold() in TITLES:
        return  # a rank or an address says too little
    if doc[start - 1].tag_ in {"NNS", "NNPS"}:
        return  # "psychologists A and B"
    if words[-1].islower() and doc[start - 1].pos_ in {"ADP", "DET"}:
        return  # "Count of"
    if doc[first:start].text.strip() == title and (len(words) > 1 or len(words[0]) > 6):
        yield from state(doc, first, start - 1, 0.6, "office")


def _starts_phrase(root: Token, start: int) -> bool:
    """Return whether the term is the whole noun phrase that ``root`` heads."""
    left = root.left_edge.i
    return all(
        token.dep_ in {"det", "punct"} or token.i >= start or token.lower_ in METAWORDS
        for token in root.doc[left:start]
    )


def _from_copula(doc: Doc, root: Token, start: int, weight: float) -> Iterator[Stated]:
    """Find "X is/was a …"."""
    verb = root.head
    if root.dep_ not in {"nsubj", "nsubjpass"} or not _starts_phrase(root, start):
        return
    if root.tag_ == "NNS" and verb.lower_ in {"is", "was"} and root.right_edge.i > root.i:
        return  # the subject is a longer phrase than the parser thinks
    verbs = [verb, *(c for c in verb.children if c.dep_ == "conj" and not _has_subject(c))]
    for said in verbs:
        possible = any(child.lower_ == "can" for child in said.children)
        if said.lemma_ == "be" and not possible and said.pos_ in {"AUX", "VERB"}:
            yield from _from_attribute(doc, root, said, weight)


def _is_completed(article: Token, noun: Token) -> bool:
    """Return whether "the …" goes on or ranks: "is the response" only says which one is meant."""
    if article.lower_ != "the" or kind_of_noun(noun.text) is TermKind.PERSON:
        return True
    best = any(t.tag_ in {"JJS", "RBS"} for left in noun.lefts for t in left.subtree)
    return best or any(child.dep_ in {"prep", "acl", "relcl", "acomp"} for child in noun.rights)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)


def _from_attribute(doc: Doc, root: Token, verb: Token, weight: float) -> Iterator[Stated]:
    for child in verb.children:
        if child.dep_ != "attr" or child.i < verb.i or child.pos_ not in {"NOUN", "PROPN"}:
            continue
        left = child.left_edge.i
        between = doc[verb.i + 1 : left]
        if any(
            token.pos_ not in {"ADV", "PUNCT", "ADP", "NOUN"} or token.text == ":"
            for token in between
        ):
            continue
        if any(token.text in {"“", '"', "``"} for token in between):
            continue
        mass = verb.lower_ == "are" and left < child.i  # "which are tiny fish"
        plural = child.tag_ == "NNS" or mass
        articled = doc[left].lower_ in {"a", "an", "the", "any", "one"} or plural
        is_role = child.tag_ == "NN" and kind_of_noun(child.text) is TermKind.PERSON
        if not _is_completed(doc[left], child):
            continue
        counted = any(right.dep_ == "nummod" for right in child.children)
        if not (articled or is_role) or counted or judges(child) or _specifies(root, doc[left]):
            continue
        beside = any(t.lower_ in _BESIDE for t in verb.children)
        ranked = any(right.lower_ in _RANKS for right in child.children)
        quality = 0.7 if beside or ranked else 0.95
        last = _with_verbs_complements(verb, clause_end(doc, child))
        yield from state(doc, left, last, quality * weight, "copula")


def _specifies(root: Token, article: Token) -> bool:
    """Return whether "a common problem is the lack of …": an instance is named, not defined."""
    if any(child.tag_ == "JJS" or child.lower_ in _RANKS for child in root.children):
        return True
    own = next((child.lower_ for child in root.children if child.dep_ == "det"), "")
    described = any(child.dep_ == "amod" for child in root.children)
    if not own or not described or article.lower_ != "the":
        return False
    return own in {"a", "an", "another"} or root.lemma_.casefold() in OPINION | _ABSTRACT


def _with_verbs_complements(verb: Token, last: int) -> int:
    """Take in "… through a membrane" where the parser hangs it on the verb, not on the noun."""
    for child in verb.children:
        if child.dep_ == "prep" and child.left_edge.i == last + 1:
            last = child.right_edge.i
    return last


def _from_defining_verb(doc: Doc, root: Token, start: int, weight: float) -> Iterator[Stated]:
    """Find "X refers to …", "X means …", "X is defined as …", "we define X as …"."""
    verb = root.head
    whole = _starts_phrase(root, start)
    is_subject = root.dep_ in {"nsubj", "nsubjpass"}
    lemma = verb.lemma_.casefold()
    if whole and root.dep_ == "dobj" and lemma == "define" and root.i > verb.i:
        is_subject = True
    if not is_subject or not whole:
        return
    if lemma in _DEFINING and root.dep_ == "nsubj" and verb.tag_ in {"VBZ", "VBP"}:
        for child in verb.children:
            is_act = child.dep_ == "xcomp" and child.tag_ == "VBG"  # "means selling …"
            if (child.dep_ == "dobj" or is_act) and child.i > verb.i:
                last = clause_end(doc, child)
                yield from state(doc, child.left_edge.i, last, 0.85 * weight, "verb")
    active_consists = lemma == "consist" and verb.tag_ not in {"VBZ", "VBP"}
    hands_on = lemma == "refer" and any(c.dep_ == "dobj" for c in verb.children)
    wanted = None if active_consists or hands_on else _COMPLEMENT.get(lemma)
    if lemma == "describe" and verb.tag_ != "VBN":
        wanted = None
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ == wanted and prep.i > verb.i:
            for child in prep.children:
                if wanted == "of" and child.lemma_ in {"part", "component", "element", "stage"}:
                    continue  # "consists of several parts"
                if child.dep_ in {"pobj", "pcomp"}:
                    last = clause_end(doc, child)
                    last = _with_verbs_complements(verb, _with_verbs_complements(prep, last))
                    yield from state(doc, child.left_edge.i, last, 0.97 * weight, "verb")


def _from_predicate(doc: Doc, root: Token, start: int, weight: float) -> Iterator[Stated]:
    """Find "the theory X states that …" and "X occurs when …": the predicate is the definition."""
    verb = root.head
    if root.dep_ != "nsubj" or verb.tag_ not in {"VBZ", "VBP"} or verb.dep_ != "ROOT":
        return
    if not _starts_phrase(root, start):
        return
    lemma = verb.lemma_.casefold()
    for child in verb.children:
        thinks = not _is_person(root) and root.lemma_.casefold() not in _TELLING
        holds = lemma in _HOLDING and child.dep_ == "ccomp" and thinks
        occurs = (
            lemma in {"occur", "happen"}
            and child.dep_ == "advcl"
            and any(c.lower_ == "when" for c in child.lefts)
        )
        if (holds or occurs) and child.left_edge.i == verb.i + 1:
            last = clause_end(doc, child)
            yield from state(doc, verb.i, last, 0.76 * weight, "predicate")


def _is_person(noun: Token) -> bool:
    return noun.ent_type_ == "PERSON" or kind_of_noun(noun.text) is TermKind.PERSON


def _from_relative(doc: Doc, root: Token, end: int) -> Iterator[Stated]:
    """Find "X, which is a …" and "X, which refers to …"."""
    if end + 1 >= len(doc) or doc[end].text not in {",", ")"}:
        return
    for verb in root.children:
        opens = verb.dep_ == "relcl" and verb.left_edge.lower_ in {"which", "who"}
        if not opens or verb.left_edge.i > end + 6 or verb.tag_ not in {"VBZ", "VBP", "VBD"}:
            continue
        if any(child.dep_ == "neg" for child in verb.children):
            continue
        pronoun = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if pronoun is None or pronoun.lower_ not in {"which", "who"}:
            continue
        if verb.lemma_ == "be":
            for item in _from_attribute(doc, pronoun, verb, 0.92):
                yield from state_again(doc, item)
        else:
            yield from _from_defining_verb(doc, pronoun, pronoun.i, 0.92)


def state_again(doc: Doc, item: Stated) -> Iterator[Stated]:
    """Yield a definition of a relative clause under the name of its own construction."""
    span = doc.char_span(item.start, item.end, alignment_mode="contract")
    if span is not None:
        yield from state(doc, span.start, span.end - 1, item.quality, "relative")
