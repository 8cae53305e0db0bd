"""What somebody is reported to say: its facts are asked for as theirs, "According to X, …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, clause_of, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.grammar import is_weakened
from desktop.facts.target import Target
from desktop.facts.vocabulary import LEANING, SAYING, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from desktop.facts.units import Unit

#: Verbs after which a "that" clause is what somebody holds, or what some work has shown.
_REPORTING = SAYING | words("show reveal demonstrate indicate confirm recall discover hypothesize")
_REPORTING -= words("ask tell hold deny answer")
_LONGEST_SOURCE = 8
_LONGEST_VIEW = 8
_VAGUE = LEANING | words("it he she they this that these those some others many one it there who")

Within = Callable[["Unit", Clause], Iterator[Target]]


def reported(clause: Clause, within: Within) -> Iterator[Target]:
    """Yield what ``within`` finds in the clause that is reported, asked for by its source."""
    root = clause.root
    if root.lemma_.lower() not in _REPORTING or is_weakened(root):
        return
    if clause.subject_range[0] != clause.unit.tokens[0].i or clause.subject.dep_ != "nsubj":
        return
    source = _source(clause)
    told = next((c for c in root.children if c.dep_ == "ccomp" and c.i > root.i), None)
    if not source or told is None:
        return
    inner = _inner(clause, told)
    if inner is None:
        return
    named = clause.subject.pos_ == "PROPN" or source[:1].isupper()
    for target in [*within(inner.unit, inner), *(_views(inner) if named else ())]:
        asked = target.proposition
        if asked is None:
            continue
        own = asked.role in {Role.DEFINED, Role.EXPANSION} or bool(asked.lead)
        if not own:
            yield replace(target, proposition=_by(source, asked), attributed=True)


def _views(inner: Clause) -> Iterator[Target]:
    """Yield what somebody holds something to be or to do, whatever the verb."""
    root = inner.root
    for child in root.children:
        held = child.dep_ in {"dobj", "attr"} and child.i > root.i and child.pos_ == "NOUN"
        phrase = [t for t in child.subtree if t.i < inner.tail_end]
        if not held or not 2 <= len(phrase) <= _LONGEST_VIEW or phrase[0].i != root.i + 1:
            continue
        told = inner.subject.pos_ != "PRON" and not any(t.pos_ == "PRON" for t in phrase[:1])
        pointing = any(
            t.is_punct or t.like_num or t.lower_ in _VAGUE - {"that", "who"} for t in phrase
        )
        if not told or pointing or phrase[-1].i + 1 != inner.tail_end:
            continue
        span = (phrase[0].idx, phrase[-1].idx + len(phrase[-1].text))
        asked = propose(inner, Role.OBJECT, "thing", (phrase[0].i, phrase[-1].i + 1))
        yield Target((span,), FactKind.POSITION, "thing", "view", 0.78, ("what?",), "", asked)


def _source(clause: Clause) -> str:
    """Return who says it, "" where the text around would have to tell."""
    own = list(clause.root.doc[clause.subject_range[0] : clause.subject_range[1]])
    if len(own) > _LONGEST_SOURCE or any(t.lower_ in _VAGUE or t.pos_ == "PRON" for t in own):
        return ""
    edited = any(a <= own[0].idx < b for a, b, _ in clause.edits)
    text = clause.words(*clause.subject_range)
    lower = not edited and own[0].pos_ in {"DET", "ADJ", "NOUN", "NUM", "VERB"}
    return text[:1].lower() + text[1:] if lower and not own[0].text.isupper() else text


def _inner(clause: Clause, told: Token) -> Clause | None:
    """Return the reported clause, None where it isn't a plain statement to the end of the unit."""
    unit = clause.unit
    tokens = [t for t in told.subtree if t in unit.tokens]
    while tokens and (tokens[0].dep_ == "mark" or tokens[0].is_punct):
        if tokens[0].dep_ == "mark" and tokens[0].lower_ != "that":
            return None
        tokens = tokens[1:]
    if len(tokens) < 4 or tokens[0].i <= clause.root.i:
        return None
    if any(t.tag_ == "PRP$" and t.i < told.i for t in tokens):
        return None
    if any(t.is_quote for t in tokens) or tokens[-1].i + 2 < unit.tokens[-1].i:
        return None
    part = replace(
        unit,
        root=told,
        start=tokens[0].idx,
        end=tokens[-1].idx + len(tokens[-1].text),
        tokens=tuple(tokens),
    )
    return clause_of(part, clause.edits)


def _by(source: str, asked: Proposition) -> Proposition:
    """Put the source before the question."""
    return replace(asked, lead=f"according to {source}")
