"""Definitions in appositions: "X, the … of …," and "the … of …, X,".

The parser hangs many an apposition on a word further back, or takes it for an object or a subject;
so the commas around it count as much as its place in the parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.stating import OPINION, Stated, clause_end, judges, state
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CALLED = frozenset("call know term name dub nickname title label entitle".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})
#: How far behind the comma the head of an apposition stands.
_NEAR = 7


def from_apposition(doc: Doc, root: Token, start: int, end: int) -> Iterator[Stated]:
    """Find "X, the … of …," and "the … of …, X,"."""
    if any(child.tag_ == "PRP$" for child in root.lefts):
        return  # "my neighbour, the tax-gatherer" is one man
    bracketed = end < len(doc) and doc[end].text == "(" and root.pos_ == "NOUN"
    for child in root.children:
        if (
            child.dep_ == "appos"
            and not bracketed  # which `_from_brackets` judges
            and child.i >= end
            and _describes(child)
            and agrees(root, child)
            and is_complete(root, child)
            and not _reverses(doc, start, child)
            and not _is_real_subject(doc, start, child)
        ):
            last = clause_end(doc, child)
            between = doc[end : child.left_edge.i]
            is_label = any(token.text == ":" for token in between) and doc[
                child.left_edge.i
            ].dep_ != ("det")
            aside = between.text.strip(" ,")
            is_near = len(between) <= 2 or (aside.startswith("(") and aside.endswith(")"))
            if is_near and not is_label:
                yield from state(doc, child.left_edge.i, last, 0.9, "apposition")
    yield from _from_next_phrase(doc, root, end)
    yield from _from_phrase_in_front(doc, root, start)


def _from_phrase_in_front(doc: Doc, root: Token, start: int) -> Iterator[Stated]:
    """Find "the president of UPT, X" and "the political poem X"."""
    head = root.head
    if root.dep_ != "appos" or head.i >= start or not _describes(head):
        return
    last = root.left_edge.i - 1
    tail = doc[head.left_edge.i : last + 1]
    said = any(token.tag_ in _FINITE for token in tail)
    listed = any(child.dep_ == "conj" for child in root.children) and head.tag_ != "NNS"
    apart = doc[start - 1].text == ","
    of_a_name = apart and any(c.pos_ == "PROPN" and c.dep_ == "compound" for c in head.lefts)
    if start - last > 3 or head.left_edge.i >= last or said or listed or of_a_name:
        return
    first = head.left_edge.i
    if doc[first].tag_ == "PRP$":  # "his 1925 novel X": the class, not whose it is
        if not apart and kind_of_noun(head.text) is TermKind.WORK:
            yield from state(doc, first + 1, last, 0.4, "class")
        return
    yield from state(doc, first, last, 0.7, "apposition")


def _from_next_phrase(doc: Doc, root: Token, end: int) -> Iterator[Stated]:
    """Find "X, the doctrine that …" where the parser hangs the apposition elsewhere."""
    if end + 2 >= len(doc) or doc[end].text not in {",", "–", "—", ":"}:
        return
    noun = _next_noun(doc, root, end)
    if noun is None or (noun.head == root and noun.dep_ != "conj"):
        return
    start = root.left_edge.i
    joined = root.dep_ == "conj" and root.pos_ == "NOUN"
    if joined or noun.ent_type_ in _MEASURES or judges(noun) or noun.lemma_.casefold() in OPINION:
        return
    fits = agrees(root, noun) and is_complete(root, noun) and not _reverses(doc, start, noun)
    if fits and _is_misplaced(doc, root, noun, end) and not _is_real_subject(doc, start, noun):
        yield from state(doc, end + 1, clause_end(doc, noun), 0.9, "apposition")


def _next_noun(doc: Doc, root: Token, end: int) -> Token | None:
    """Return the head of the noun phrase behind the comma, if it may restate the term."""
    opens = doc[end + 1]
    noun = opens
    while noun.head.i > noun.i and noun.head.i - end < _NEAR and noun.pos_ not in {"VERB", "AUX"}:
        noun = noun.head
    if noun.pos_ != "NOUN" or noun.left_edge.i != end + 1:
        return None
    plain = opens == noun or opens.pos_ == "ADJ"
    if opens.dep_ == "det" or (plain and noun.tag_ == root.tag_ == "NNS" and _is_completed(noun)):
        return noun
    return None


def _is_completed(noun: Token) -> bool:
    return any(child.dep_ in {"prep", "acl", "relcl"} for child in noun.rights)


def _is_misplaced(doc: Doc, root: Token, noun: Token, end: int) -> bool:
    """Return whether a noun phrase is an apposition though the parse says otherwise."""
    if noun.dep_ == "conj":  # a list has an "and"
        chain = [noun.head, noun, *noun.children]
        return noun.head == root and not any(c.dep_ in {"cc", "conj"} for t in chain
                                             for c in t.children if c != noun)  # fmt: skip
    if any(child.dep_ == "conj" and child.pos_ in {"PROPN", "NOUN"} for child in noun.children):
        return False
    if noun.dep_ in {"appos", "npadvmod", "dep"} or _is_second_object(noun):
        return True
    if not _is_completed(noun):
        return False
    if noun.dep_ in {"dobj", "attr"} and noun.head.i < root.left_edge.i:
        # No comma parts a verb from its object: "suffer from X, the tendency to …".
        return not any(token.text == "," for token in doc[noun.head.i : end])
    after = noun.right_edge.i + 1
    opens = root.left_edge.i == root.sent.start and root.ent_type_ not in _MEASURES
    closed = after + 1 < len(doc) and doc[after].text == "," and doc[end].text == ","
    is_subject = noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.i > after
    return is_subject and opens and closed and root.dep_ not in {"pobj", "pcomp"}


def agrees(term: Token, noun: Token) -> bool:
    """Return whether two nouns can be one thing: "two observations, the effect" can't."""
    plural, other = (token.tag_ in {"NNS", "NNPS"} for token in (term, noun))
    explained = not plural and noun.left_edge.lower_ == "the"
    by_clause = explained and any(child.dep_ == "relcl" for child in noun.rights)
    return plural == other or "NNP" in term.tag_ or by_clause


def is_complete(term: Token, noun: Token) -> bool:
    """Return whether "the …" says of itself what is meant, and of the term rather than its whole.

    "An extension of the brain, the spinal cord" names the extension.
    """
    if noun.left_edge.dep_ != "det":
        return True
    is_person = kind_of_noun(noun.text) is TermKind.PERSON
    prep = term.head
    if prep.lower_ == "to" and prep.head.lower_ == "according" and not is_person:
        return False  # "according to the board, a cause of …"
    outer = prep.head if term.dep_ == "pobj" and prep.dep_ == "prep" else None
    part = outer is not None and outer.left_edge.lower_ in {"a", "an", "another"}
    if noun.left_edge.lower_ != "the":
        return True
    origin = any(c.dep_ == "amod" and c.ent_type_ in {"NORP", "GPE"} for c in noun.lefts)
    return ((_is_completed(noun) or origin) and not part) or is_person


def _is_real_subject(doc: Doc, start: int, noun: Token) -> bool:
    """Return whether "In X, a man who … argued": the phrase after a fronted name is the subject."""
    sentence = noun.sent
    fronted = (
        start > 0 and doc[sentence.start].pos_ in {"ADP", "SCONJ"} and start - sentence.start < 3
    )
    after = noun.right_edge.i + 1
    return fronted and after < len(doc) and doc[after].tag_ in _FINITE


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
    if noun.pos_ != "NOUN" or noun.ent_type_ in _MEASURES:
        return False
    return not _lists(noun) and not judges(noun) and noun.lemma_.casefold() not in OPINION


def _lists(noun: Token) -> bool:
    """Return whether a noun stands in a list: "remorse, an attempt to …, and even a …"."""
    if noun.dep_ == "conj":
        return True
    return any(
        token.dep_ == "conj"
        and (token.pos_ == "PROPN" or token.left_edge.dep_ == "det")
        and token.head == noun
        for token in noun.children
    )
