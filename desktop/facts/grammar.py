"""Questions of grammar that the resolution of references asks of the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.facts.vocabulary import SAYING

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_cut_off(first: Token) -> bool:
    """Return whether the name begins before its first token ("Second" of "Second World War")."""
    if first.is_sent_start or not first.i:
        return False
    before = first.nbor(-1)
    return before.text[0].isupper() and not before.is_sent_start and before.dep_ == "compound"


def is_rival(head: Token, root: Token) -> bool:
    """Return whether a noun is an object of the main verb, and no mere place of it."""
    if head.dep_ in {"dobj", "attr"}:
        return head.head == root
    placed = head.head.lower_ in {"in", "at", "on", "since", "during", "by"}
    return head.dep_ == "pobj" and not placed and head.head.head == root


def modified(noun: Token) -> bool:
    """Return whether the noun takes something up ("these cells", "other men", "both sides")."""
    leaning = {"these", "those", "other", "such", "both", "the", "some", "many", "several"}
    return any(child.lower_ in leaning for child in noun.lefts)


def subject_of(root: Token) -> Token | None:
    """Return the subject of a clause's root."""
    return next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def own_subject(token: Token) -> Token | None:
    """Return the subject of the clause that ``token`` is an object of, None for a possessive."""
    if token.tag_ == "PRP$" or token.dep_ in {"nsubj", "nsubjpass"}:
        return None
    verb = token.head
    while verb.dep_ in {"prep", "pobj", "xcomp", "dobj", "agent"} and verb.head != verb:
        verb = verb.head
    return subject_of(verb)


def part_of(noun: Token, subject: Token | None) -> bool:
    """Return whether a noun belongs to the noun phrase of the subject."""
    return subject is not None and subject.left_edge.i <= noun.i <= subject.right_edge.i


def deep_in(noun: Token, subject: Token | None) -> bool:
    """Return whether a noun stands in a clause that describes the subject."""
    clause = noun
    while clause.head != clause and clause != subject:
        if clause.dep_ in {"relcl", "acl"} and clause.head == subject:
            return True
        clause = clause.head
    return False


def is_loose_also(token: Token) -> bool:
    """Return whether an "also" or "then" ties the sentence to the one before and can go."""
    if token.lower_ == "then" and any(t.lower_ in {"if", "when"} for t in token.sent):
        return False
    if token.lower_ == "too" and token.i and token.nbor(-1).text == ",":
        return token.i + 1 < len(token.doc) and token.nbor(1).text == ","
    if (
        token.lower_ not in {"also", "then"}
        or token.head.pos_ not in {"VERB", "AUX"}
        or not token.whitespace_
    ):
        return False
    return not any(t.lower_ == "only" for t in token.sent if t.i < token.i)


def loose_range(token: Token) -> tuple[int, int, str]:
    """Return the edit that takes a loose "also" out, a "too" with the commas around it."""
    if token.lower_ == "too":
        comma = token.nbor(1)
        return token.nbor(-1).idx, comma.idx + len(comma.text), ""
    return token.idx, token.idx + len(token.text_with_ws), ""


def is_idiom(token: Token) -> bool:
    """Return whether "it" is the empty object of "as X put it"."""
    return token.dep_ == "dobj" and token.head.lemma_ == "put" and token.head.dep_ == "advcl"


def is_expletive(token: Token) -> bool:
    """Return whether this "it" stands for a clause that follows ("it is clear that …")."""
    if token.dep_ == "expl":
        return True
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    later = [c for c in token.head.children if c.i > token.head.i]
    clausal = any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj", "relcl"} for c in later)
    told = [c for c in later if c.dep_ != "attr" or c.pos_ in {"PROPN", "ADJ"} or _is_bare(c)]
    deep = any(g.dep_ in {"ccomp", "xcomp", "relcl", "acl"} for c in told for g in c.children)
    linking = token.head.lemma_ in {"be", "seem", "appear", "take", "become", "happen"}
    if token.head.lemma_ == "be":
        linking = any(c.dep_ in {"acomp", "attr", "prep"} for c in token.head.children)
    said = token.dep_ == "nsubjpass" and clausal and token.head.lemma_ in SAYING
    return (linking and (clausal or deep)) or said


def _is_bare(noun: Token) -> bool:
    """Return whether a noun stands without "a" or "an": "it is no wonder that …"."""
    return not any(c.lower_ in {"a", "an", "the"} for c in noun.lefts)


def is_weakened(root: Token) -> bool:
    """Return whether the verb is negated or stands with a modal."""
    return any(c.dep_ == "neg" or c.tag_ == "MD" for c in root.children)


def has_more(root: Token) -> bool:
    """Return whether an "also" says that there was another answer before."""
    return any(c.lower_ in {"also", "too", "further"} and c.dep_ == "advmod" for c in root.children)
