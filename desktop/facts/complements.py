"""What verbs take besides an object: by prepositions, by whom or what, and deeds as subjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.doing import INDEFINITE, WEAK, is_rare, leads_on, subject_words
from desktop.facts.fact import FactKind, Role
from desktop.facts.grammar import has_more, is_weakened
from desktop.facts.mentions import NAMES, Mentions
from desktop.facts.target import Target
from desktop.facts.vocabulary import HUMAN, SAYING, VIEWING, words

if TYPE_CHECKING:
    from spacy.tokens import Token


#: Verbs with the prepositions by which they take what they are about.
_TAKING: dict[str, set[str]] = {
    "lead": {"to"}, "contribute": {"to"}, "belong": {"to"}, "amount": {"to"}, "result": {"in"},
    "consist": {"of"}, "compose": {"of"}, "depend": {"on", "upon"}, "rely": {"on", "upon"},
    "base": {"on", "upon"}, "focus": {"on"}, "stem": {"from"}, "derive": {"from"},
    "originate": {"from", "in"}, "suffer": {"from"}, "evolve": {"from", "into"},
    "develop": {"from", "into"}, "turn": {"into"}, "transform": {"into"}, "convert": {"into", "to"},
    "divide": {"into"}, "know": {"for"}, "name": {"after", "for"}, "associate": {"with"},
    "attribute": {"to"}, "specialise": {"in"}, "specialize": {"in"}, "feed": {"on"},
    "react": {"with", "to"}, "flow": {"into", "through"}, "concern": {"with"}, "serve": {"as"},
    "measure": {"in"},
}  # fmt: skip


#: Nouns for so many of something, which do what their members do.
_COLLECTIVE = words(
    """group population number majority minority crowd band series set pair line generation class
    team army fleet mass host rest remainder people part half third quarter percentage share"""
)
_CLAUSAL = frozenset({"relcl", "mark"})
_TELLING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
#: A deed must be told with so many words of content to have one doer.
_TOLD = 3


def complements(clause: Clause) -> Iterator[Target]:
    """Yield what a verb takes by its preposition: "To what does frost lead?"."""
    root = clause.root
    found = [c for c in root.children if c.dep_ == "prep" and c.i > root.i]
    if not found or found[0].i != root.i + 1 or is_weakened(root) or has_more(root):
        return
    preposition = found[0]
    noun = _noun_of(preposition)
    if noun is None or preposition.lower_ not in _TAKING.get(root.lemma_, ()):
        return
    inner = [t for t in noun.subtree if t.i < clause.tail_end]
    for place, token in enumerate(inner):
        if token.i > noun.i and token.is_punct:
            inner = inner[:place]
            break
    if not _is_short(inner, preposition.i + 1) or not is_rare(inner):
        return
    following = root.doc[inner[-1].i + 1 : inner[-1].i + 2]
    if any(t.dep_ == "cc" for t in following) or not _is_pointed_subject(clause):
        return
    person = noun.pos_ == "PROPN" and root.lemma_ == "name"
    opening = f"{preposition.lower_} {'whom or what' if person else 'what'}"
    span = (inner[0].idx, inner[-1].idx + len(inner[-1].text))
    asked = propose(clause, Role.OBJECT, "thing", (preposition.i, inner[-1].i + 1), opening=opening)
    yield Target((span,), FactKind.WHAT, "thing", "complement", 0.75, ("what?",), "", asked)


def _noun_of(preposition: Token) -> Token | None:
    """Return the noun that a preposition governs."""
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _is_pointed_subject(clause: Clause) -> bool:
    """Return whether the subject says by itself what is asked about."""
    own = subject_words(clause)
    if any(t.pos_ == "PRON" or t.lower_ in INDEFINITE for t in own):
        return False
    return any(t.pos_ == "PROPN" for t in own) or (len(own) < 7 and is_rare(own))


def agents(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield what does something in the passive: "By what were the expeditions hampered?"."""
    root = clause.root
    preposition = next((c for c in root.children if c.dep_ == "agent" and c.i > root.i), None)
    if preposition is None or is_weakened(root) or has_more(root) or root.lemma_ in WEAK:
        return
    noun = _noun_of(preposition)
    if noun is None or noun.pos_ != "NOUN" or not _is_pointed_subject(clause):
        return
    inner = [t for t in noun.subtree if t.i < clause.tail_end]
    if not _is_short(inner, preposition.i + 1) or inner[-1].i + 1 != clause.tail_end:
        return
    told = [t for t in clause.unit.tokens if t not in inner and t.pos_ in _TELLING]
    block = clause.unit.block.index
    known = mentions.within(block, inner[0].idx, inner[-1].idx + len(inner[-1].text))
    if len(told) < _TOLD or (not known and not is_rare(inner)):
        return
    opening = "by whom" if noun.lemma_.lower() in HUMAN else "by what"
    span = (inner[0].idx, inner[-1].idx + len(inner[-1].text))
    asked = propose(clause, Role.AGENT, "thing", (preposition.i, inner[-1].i + 1), opening=opening)
    yield Target((span,), FactKind.WHAT, "thing", "agent", 0.72, ("what?",), "", asked)


def deeds(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield a past event that did something: "What reunited northern and southern China?"."""
    root, subject = clause.root, clause.subject
    own = subject_words(clause)
    if subject.tag_ != "NN" or (clause.operator or root).tag_ != "VBD" or is_weakened(root):
        return
    if root.lemma_.lower() in WEAK | SAYING | VIEWING or clause.operator is not None:
        return
    if not any(c.dep_ == "prep" and c.lower_ == "of" for c in subject.children):
        return
    if not _is_short(own, own[0].i) or own[0].lower_ != "the":
        return
    if subject.lemma_.lower() in HUMAN | _COLLECTIVE:
        return
    block = clause.unit.block.index
    tail = root.doc[clause.tail_start : clause.tail_end]
    if len(tail) == 0:
        return
    told = mentions.within(block, tail[0].idx, tail[-1].idx + len(tail[-1].text))
    if not any(m.kind in NAMES for m in told) or own[0].lower_ in INDEFINITE:
        return
    asked = propose(clause, Role.SUBJECT, "thing", clause.subject_range, opening="what")
    span = (own[0].idx, own[-1].idx + len(own[-1].text))
    yield Target((span,), FactKind.WHAT, "thing", "deed", 0.75, ("what?",), "", asked)


def _is_short(inner: list[Token], start: int) -> bool:
    """Return whether a phrase is a plain answer that begins where it must."""
    if not 1 <= len(inner) <= 8 or inner[0].i != start:
        return False
    plain = not any(t.pos_ in {"PRON", "AUX"} or t.is_punct or t.dep_ in _CLAUSAL for t in inner)
    return plain and not _leaves_open(inner)


def _leaves_open(inner: list[Token]) -> bool:
    """Return whether a phrase leaves open what it means; "both x and y" doesn't."""
    return inner[0].lower_ != "both" and leads_on(inner)
