"""What asks for an amount: "what percentage of", "how much", "how long", by its part in the clause.

An amount that plays another part is hidden in its statement instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import Proposition, Role
from desktop.facts.mentions import Mention
from desktop.facts.target import head_of
from desktop.facts.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs that take a sum of money as what is given, got or lost.
_SUMS = words(
    """cost pay raise spend receive donate earn lose invest win borrow contribute charge owe lend
    collect save bequeath demand offer provide fetch gross"""
)
_SCALES = words("long wide high tall deep thick old heavy broad large away")
#: What makes an amount a rough one; it stays before the question word.
_ROUGHLY = re.compile(
    r"(?:about|around|over|under|nearly|almost|roughly|approximately|some|up to|at least|at most"
    r"|more than|less than|fewer than|as much as|an estimated|only|just)",
    re.IGNORECASE,
)
#: What verbs of measure ask.
_MEASURING = {"weigh": "how much", "last": "how long"}
_PREPOSITIONS = frozenset({"for", "by", "to", "at", "from"})


def approximate_start(mention: Mention, clause: Clause) -> int:
    """Return where the amount begins with the words that make it a rough one."""
    before = clause.unit.text[clause.unit.start : mention.start]
    found = re.search(rf"(?:^|\s)({_ROUGHLY.pattern})\s+$", before, re.IGNORECASE)
    return clause.unit.start + found.start(1) if found else mention.start


def asked_amount(mention: Mention, tokens: list[Token], clause: Clause) -> Proposition | None:
    """Return the question for an amount of money, a share or a measure, None where it is clumsy."""
    head = head_of(tokens)
    if any(c.dep_ in {"conj", "appos", "cc"} for c in head.children):
        return None
    if head.dep_ in {"npadvmod", "quantmod"} and head.head.lower_ in _SCALES:
        return _scaled(mention, head, clause)
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        return _named_amount(mention, head, clause)
    phrase = _phrase(mention, tokens, head, clause)
    if phrase is None:
        return None
    start, end, opening = phrase
    if head == clause.subject and clause.subject_range == (start, end):
        return propose(
            clause, Role.SUBJECT, mention.kind, (start, end), plural=True, opening=opening
        )
    if head.head != clause.root:
        return _behind_preposition(mention, head, (start, end), clause)
    if head.dep_ == "attr" and clause.root.lemma_ == "be":
        bare = opening.split()[-1] in {"percentage", "much"}
        return propose(clause, Role.OBJECT, mention.kind, (start, end)) if bare else None
    told = clause.subject_range[0] > clause.unit.tokens[0].i or any(
        c.dep_ in {"amod", "prep", "poss"} for c in clause.subject.children
    )
    measuring = head.dep_ in {"dobj", "npadvmod"} and clause.root.lemma_ in _MEASURING
    if measuring and told and not opening_rest(opening):
        opening = _MEASURING[clause.root.lemma_]
        return propose(clause, Role.COUNT, mention.kind, (start, end), opening=opening)
    if head.dep_ != "dobj":
        return None
    if mention.kind == "money" and clause.root.lemma_ not in _SUMS:
        return None
    if mention.kind == "quantity":
        return None
    return propose(clause, Role.COUNT, mention.kind, (start, end), opening=opening)


def opening_rest(opening: str) -> bool:
    """Return whether a question for an amount names what it is an amount of."""
    return not re.search(r"(?:how much|what|percentage)$", opening)


def _phrase(
    mention: Mention, tokens: list[Token], head: Token, clause: Clause
) -> tuple[int, int, str] | None:
    """Return the token range of the whole phrase and the words that ask for its amount."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    doc = head.doc
    led = doc[first : tokens[0].i].text
    if led and not _ROUGHLY.fullmatch(led):
        return None
    tail = doc[tokens[-1].i + 1 : last]
    if len(tail) > 9 or any(t.is_punct and t.text != "-" for t in tail):
        return None
    kind = "percentage" if mention.kind == "percent" else ""
    question = f"what {kind}" if kind else "how much"
    rest = clause.words(tail.start, tail.end) if len(tail) else ""
    if rest and not (kind and rest.startswith("of ")):
        return None
    roughly = "about" if led.lower() == "some" else led.lower()
    return first, last, " ".join(part for part in (roughly, question, rest) if part)


def _behind_preposition(
    mention: Mention, head: Token, span: tuple[int, int], clause: Clause
) -> Proposition | None:
    """Return the question of "sold for $3 million", "fell by 4 percent"."""
    preposition = head.head
    direct = head.dep_ == "pobj" and preposition.dep_ == "prep" and preposition.head == clause.root
    if not direct or preposition.lower_ not in _PREPOSITIONS or preposition.i != span[0] - 1:
        return None
    if mention.kind == "money":
        opening = f"{preposition.lower_} how much"
        if preposition.lower_ != "for":
            opening = f"{preposition.lower_} what amount"
    elif mention.kind == "percent" and preposition.lower_ in {"by", "to"}:
        opening = f"{preposition.lower_} what percentage"
    else:
        return None
    if span[1] - span[0] > len(_mention_tokens(head, mention)) or _has_twin(preposition, clause):
        return None
    span = (preposition.i, span[1])
    return propose(clause, Role.COUNT, mention.kind, span, opening=opening)


def _named_amount(mention: Mention, head: Token, clause: Clause) -> Proposition | None:
    """Return the question of "has a death rate of 9 percent", "stands at a height of 90 metres"."""
    noun = head.head.head
    last = head.right_edge.i + 1
    tight = noun.right_edge.i + 1 == last and noun.i + 1 == head.head.i
    bare = last - head.left_edge.i == len(_mention_tokens(head, mention))
    if not tight or not bare or noun.tag_ != "NN":
        return None
    lefts = [t for t in noun.lefts if t.dep_ != "det"]
    if len(lefts) != sum(t.dep_ in {"amod", "compound"} for t in lefts):
        return None
    if not any(t.dep_ == "det" and t.lower_ in {"a", "an"} for t in noun.lefts):
        return None
    name = clause.words(lefts[0].left_edge.i if lefts else noun.i, noun.i + 1)
    start = noun.left_edge.i
    if noun.dep_ == "dobj" and noun.head == clause.root:
        opening = f"what {name}"
    elif noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head == clause.root:
        opening, start = f"{noun.head.lower_} what {name}", noun.head.i
        if start != noun.left_edge.i - 1:
            return None
    else:
        return None
    return propose(clause, Role.COUNT, mention.kind, (start, last), opening=opening)


def _mention_tokens(head: Token, mention: Mention) -> list[Token]:
    """Return the tokens of the mention that ``head`` heads."""
    return [t for t in head.sent if mention.start <= t.idx < mention.end]


def _has_twin(preposition: Token, clause: Clause) -> bool:
    """Return whether "from … to …" has a second half, which would be asked for as well."""
    pairs = {"from", "to"}
    return preposition.lower_ in pairs and any(
        c.lower_ in pairs and c != preposition for c in clause.root.children
    )


def _scaled(mention: Mention, head: Token, clause: Clause) -> Proposition | None:
    """Return the question of "is 1,280 metres long"."""
    scale = head.head
    if scale.dep_ != "acomp" or scale.head != clause.root or clause.root.lemma_ != "be":
        return None
    if head.left_edge.i != scale.left_edge.i or scale.right_edge != scale:
        return None
    span = (scale.left_edge.i, scale.i + 1)
    return propose(clause, Role.COUNT, mention.kind, span, opening=f"how {scale.lower_}")
