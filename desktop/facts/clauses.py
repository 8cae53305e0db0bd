"""A clause in the pieces that a question is worded from: lead, subject, verb, tail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.fact import Proposition, Role
from desktop.facts.units import FINITE, Unit, has_subject, word_range

if TYPE_CHECKING:
    from spacy.tokens import Token

Edits = tuple[tuple[int, int, str], ...]

_CLOSING = frozenset({Role.OBJECT, Role.DESCRIPTION, Role.COUNT})
_LOOSE = frozenset({"advcl", "relcl", "appos", "acl", "parataxis", "conj"})
#: What can be added to a noun between commas.
_ADDED = frozenset({"appos", "relcl", "acl", "prep", "amod", "advcl", "npadvmod", "advmod"})
_BINDING_MARKS = frozenset(
    {"if", "unless", "because", "when", "after", "before", "until", "till", "since", "than", "as"}
)
#: Openings that belong to the subject, so that a question can't begin with them.
_LOOSE_OPENINGS = frozenset({"like", "unlike", "with", "without", "as", "although", "though"})
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """The main clause of a unit; token ranges are half-open indices into the unit's ``Doc``.

    ``operator`` is the finite auxiliary or copula, None where the verb itself is finite.
    """

    unit: Unit
    edits: Edits
    subject: Token
    subject_range: tuple[int, int]
    operator: Token | None
    verb_start: int
    tail_start: int
    tail_end: int
    short_end: int
    common: bool = False
    proper: bool = False

    @property
    def root(self) -> Token:
        """The main verb, or the copula."""
        return self.unit.root

    def words(self, start: int, end: int, without: tuple[int, int] | None = None) -> str:
        """Return the tokens ``start``–``end`` as text, edited, without brackets and ``without``."""
        tokens = [t for t in self.unit.tokens if start <= t.i < end]
        if not tokens:
            return ""
        edits = [*self.edits, *((a, b, "") for a, b in self.unit.drops)]
        if without:
            edits.append((without[0], without[1], ""))
        left, right = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
        text = word_range(self.unit.text, left, right, edits, capital=False).text
        text = _BRACKETS.sub("", text)
        text = re.sub(r"\s+([,;.])", r"\1", re.sub(r"\s+", " ", text))
        return text.strip(" ,;:–—")


def clause_of(
    unit: Unit, edits: Edits, *, common: bool = False, proper: bool = False
) -> Clause | None:
    """Return the unit's main clause, or None where it isn't a plain statement.

    ``common`` and ``proper`` say that the unit opens with a common noun or a name, whatever the
    tagger takes it for.
    """
    root = unit.root
    if root.pos_ not in {"VERB", "AUX"}:
        return None
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.i > root.i or any(c.dep_ == "expl" for c in root.children):
        return None
    auxiliaries = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    operator = auxiliaries[0] if auxiliaries else (root if root.lemma_ == "be" else None)
    if not is_finite(root) or (operator is not None and operator.i < subject.i):
        return None
    start, end = _core(subject)
    if not unit.tokens or start < unit.tokens[0].i:
        return None
    verb_start = _verb_start(root, operator)
    between = [t for t in unit.tokens if end <= t.i < verb_start]
    if between and between[0].text not in {",", "(", "–", "—"}:
        return None
    last = unit.tokens[-1].i + 1
    while last > root.i + 1 and root.doc[last - 1].text in {".", ",", ";", ":", "!"}:
        last -= 1
    tail_end = _before_second_verb(root, last)
    return Clause(
        unit, edits, subject, (start, end), operator, verb_start, root.i + 1, tail_end,
        _short_end(root, tail_end), common, proper,
    )  # fmt: skip


def is_finite(root: Token) -> bool:
    """Return whether a verb or its first auxiliary is finite.

    A plural's present tense looks like an infinitive and is tagged as one at times.
    """
    auxiliaries = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    if auxiliaries:
        return auxiliaries[0].tag_ in FINITE
    return root.tag_ in FINITE or root.tag_ == "VB"


def _core(subject: Token) -> tuple[int, int]:
    """Return the range of a noun phrase without what is set off by commas behind it."""
    start, end = subject.left_edge.i, subject.right_edge.i + 1
    for child in subject.lefts:
        behind = subject.doc[child.right_edge.i + 1]
        if child.dep_ in {"acl", "advcl", "prep"} and behind.text == ",":
            # "Freed from its mortgage, the farm …": no part of the noun phrase.
            start = max(start, behind.i + 1)
    for child in subject.children:
        loose = child.dep_ in _ADDED and child.i > subject.i
        if loose and child.left_edge.i > subject.i:
            before = subject.doc[child.left_edge.i - 1]
            if before.text in {",", "(", "–", "—"}:
                end = min(end, before.i)
    return start, end


def _verb_start(root: Token, operator: Token | None) -> int:
    """Return where the verb group begins, with the adverbs that stand before the verb."""
    first = (operator or root).i
    while first and root.doc[first - 1].dep_ in {"advmod", "neg"}:
        adverb = root.doc[first - 1]
        if adverb.head.i != root.i or adverb.text[0].isupper():
            break
        first -= 1
    return first


def _before_second_verb(root: Token, last: int) -> int:
    """Return where a co-ordinated second predicate begins ("… and declares that …")."""
    for child in root.children:
        second = child.dep_ == "conj" and child.i > root.i
        if second and child.tag_ in FINITE | {root.tag_}:
            links = [c for c in root.children if c.dep_ == "cc" and root.i < c.i < child.i]
            cut = links[-1].i if links else child.left_edge.i
            while cut > root.i + 1 and root.doc[cut - 1].text in {",", ";"}:
                cut -= 1
            # "fought and lost a war": what both verbs share stands behind the second.
            last = min(last, cut) if cut > root.i + 1 else last
            break
    return _before_second_clause(root, last)


def _before_second_clause(root: Token, last: int) -> int:
    """Return where a further clause with a subject of its own is added by ", and"."""
    for token in root.doc[root.i + 2 : last]:
        if token.lower_ not in {"and", "but", "while", "whereas"}:
            continue
        following = root.doc[token.i + 1 : token.i + 3]
        carried = {"conj", "aux", "auxpass"}
        predicate = [t for t in following if t.tag_ in {"VBD", "VBZ"} and t.dep_ in carried]
        if predicate and token.i > root.i + 2 and token.dep_ == "cc":
            cut = int(token.i - (token.nbor(-1).text == ","))
            return cut if _is_whole(root, cut) else last
        own = [v for v in root.doc[token.i + 1 : last] if v.dep_ == "conj" and is_finite(v)]
        own = [v for v in own if v.left_edge.i == token.i + 1 and has_subject(v)]
        if token.nbor(-1).text != "," and not own:
            continue
        verbs = [t for t in root.doc[token.i + 1 : last] if t.tag_ in FINITE or is_finite(t)]
        if any(
            v.dep_ in {"conj", "advcl"} and v.left_edge.i in {token.i, token.i + 1} for v in verbs
        ):
            cut = int(token.i - (token.nbor(-1).text == ","))
            return cut if _is_whole(root, cut) else last
    return last


def _short_end(root: Token, tail_end: int) -> int:
    """Return where the tail can be cut without a loss of truth: before a loose addition."""
    for token in root.doc[root.i + 2 : tail_end]:
        if token.nbor(-1).text not in {",", "–", "—"}:
            continue
        opener = token
        while opener.head.i > token.i and opener.head.left_edge.i >= token.i:
            opener = opener.head
        marks = {c.lower_ for c in opener.children if c.dep_ in {"mark", "advmod"}}
        listed = opener.dep_ == "appos" and opener.pos_ == "PROPN"
        loose = opener.dep_ in _LOOSE - {"conj"} and not listed and not marks & _BINDING_MARKS
        if loose and _is_whole(root, token.i - 1):
            return token.i - 1
    return tail_end


def _is_whole(root: Token, end: int) -> bool:
    """Return whether nothing before ``end`` depends on a word behind it."""
    return all(t.head.i < end or t.is_punct for t in root.doc[root.i + 1 : end])


def propose(
    clause: Clause,
    role: Role,
    asks: str,
    answer: tuple[int, int],
    *,
    plural: bool = False,
    noun: str = "",
    opening: str = "",
) -> Proposition | None:
    """Cut the answer (a token range) out of the clause; None where ``role`` needs it elsewhere."""
    first, last = clause.subject_range
    doc = clause.root.doc
    chars = (doc[answer[0]].idx, doc[answer[1] - 1].idx + len(doc[answer[1] - 1].text))
    in_lead = answer[1] <= first
    in_tail = answer[0] >= clause.tail_start and answer[1] <= clause.tail_end
    if role is not Role.SUBJECT and not in_lead and not in_tail:
        return None
    end = clause.tail_end
    if in_tail and answer[1] < end and doc[answer[1]].is_punct and role in _CLOSING:
        # "… is known as a Varsovian – in Polish, …": what is added to the answer goes with it.
        end = answer[1]
    if role is Role.CAUSE and in_tail and answer[1] < end:
        return None
    if in_tail and answer[1] < len(doc) and doc[answer[1]].tag_ in {"WDT", "WP", "WP$", "WRB"}:
        return None
    if in_tail and answer[1] < end and doc[answer[1]].dep_ == "cc":
        # "… with drought and a number of pests": the answer is but a half.
        return None
    lead = clause.words(clause.unit.tokens[0].i, first, chars if in_lead else None)
    if in_lead and lead.strip(" ,"):
        return None
    if clause.tail_start < clause.tail_end and doc[clause.tail_start].is_punct:
        return None
    if role is Role.SUBJECT and lead and not _leads_safely(clause, asks):
        return None
    tail = clause.words(clause.tail_start, end, chars if in_tail else None)
    short = tail
    if clause.short_end < end and (not in_tail or answer[1] <= clause.short_end):
        short = clause.words(clause.tail_start, clause.short_end, chars if in_tail else None)
    root, operator = clause.root, clause.operator
    verb = clause.words(clause.verb_start, root.i + 1)
    after = ""
    if operator is not None:
        between = (
            clause.words(clause.verb_start, operator.i),
            clause.words(operator.i + 1, root.i + 1),
        )
        after = " ".join(part for part in between if part) if operator.i < root.i else between[0]
    else:
        adverbs = clause.words(clause.verb_start, root.i)
        after = f"{adverbs} {root.lemma_}".strip()
    subject = clause.words(first, last)
    if "," in subject and "," in {doc[last - 1].text, doc[last].text}:
        subject += ","  # what is added to a noun within it is closed as well
    joined = any(c.dep_ == "conj" for c in clause.subject.children)
    return Proposition(
        role=role,
        asks=asks,
        subject=_lowered(subject, clause),
        operator=operator.text.lower() if operator is not None else "",
        verb=verb,
        base=after,
        past=(operator or root).tag_ == "VBD",
        plural_subject=joined or clause.subject.tag_ in {"NNS", "NNPS"},
        plural_answer=plural,
        lead=lead,
        tail=tail,
        short_tail=short,
        noun=noun,
        opening=opening,
    )


def _leads_safely(clause: Clause, asks: str) -> bool:
    """Return whether "…, who" after the lead can't be read as a relative clause on its noun."""
    if asks == "thing" and clause.unit.tokens[0].lower_ not in _LOOSE_OPENINGS:
        return True
    doc = clause.root.doc
    opening = clause.unit.tokens[0]
    tokens = [t for t in clause.unit.tokens if t.i < clause.subject_range[0] and not t.is_punct]
    last = tokens[-1] if tokens else opening
    timely = last.ent_type_ in {"DATE", "TIME"} or last.like_num or last.pos_ in {"VERB", "ADV"}
    return timely and doc[opening.i].lower_ not in {"like", "unlike", "with", "as"}


def _lowered(text: str, clause: Clause) -> str:
    """Take the capital of a sentence's start off a word that has none of its own."""
    first = clause.unit.root.doc[clause.subject_range[0]]
    edited = any(a <= first.idx < b for a, b, _ in clause.edits)
    if clause.common and first.i == clause.unit.tokens[0].i and not edited:
        return text[:1].lower() + text[1:]
    if clause.proper and first.i == clause.unit.tokens[0].i and first.pos_ != "DET":
        return text
    ordinary = first.pos_ not in {"PROPN", "INTJ", "X", "SYM", "PUNCT"}
    own = first.ent_type_ not in {"", "CARDINAL", "DATE", "ORDINAL"} and first.pos_ != "DET"
    if (
        not ordinary
        or edited
        or own
        or (len(first) > 1 and first.text.isupper())
        or not first.is_sent_start
    ):
        return text
    return text[:1].lower() + text[1:]
