"""Cloze cards: a statement with whole units hidden, in Anki's notation."""

from __future__ import annotations

import re

from desktop.facts.fact import Fact, FactKind

#: A longer statement is no cloze: too much to read for one gap.
_LONGEST = 32
#: A figure in a shorter statement is hardly tied to anything.
_SHORTEST = 8
#: Other names, dates and figures that a statement must tell for a bare name to be its one answer.
_ANCHORS = 2
_ANCHOR = re.compile(r"(?<!^)(?<![.?!:“\"] )\b(?:[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*|\d[\d,.]*)")
#: Hints that tell too little of a name to ask for it.
#: Rules whose gaps many a phrase would fill.
_OPEN = frozenset({"object", "subject", "complement", "agent", "deed", "comparison", "view"})
_VAGUE = frozenset({"term", "name", "which place?"})

_MARK = re.compile(r"\{\{c(\d+)::(.*?)(?:::([^{}]*?))?\}\}")


def cloze_source(
    statement: str, targets: tuple[tuple[int, int], ...], hints: tuple[str, ...]
) -> str:
    """Return ``statement`` with its targets hidden together as ``{{c1::…::hint}}``."""
    out = ""
    position = 0
    for number, (start, end) in enumerate(targets):
        hint = hints[number] if number < len(hints) else ""
        tail = f"::{hint}" if hint else ""
        out += f"{statement[position:start]}{{{{c1::{statement[start:end]}{tail}}}}}"
        position = end
    return out + statement[position:]


def shown(source: str) -> str:
    """Return what the front shows: ``[…]``, or the hint in brackets, for each hidden part."""
    return _MARK.sub(lambda m: f"[{m.group(3)}]" if m.group(3) else "[…]", source)


def revealed(source: str) -> str:
    """Return the statement without the marks of the cloze."""
    return _MARK.sub(lambda m: m.group(2), source)


def hidden(source: str) -> list[str]:
    """Return the hidden parts in order."""
    return [match.group(2) for match in _MARK.finditer(source)]


def can_hide(fact: Fact) -> bool:
    """Return whether the fact's targets can be hidden: within the statement, free of braces."""
    if not fact.targets or "{{" in fact.statement or "::" in fact.statement:
        return False
    return all(0 <= start < end <= len(fact.statement) for start, end in fact.targets)


def suits_cloze(fact: Fact) -> bool:
    """Return whether a gap in the statement has one answer and is read at a glance."""
    if len(fact.statement.split()) > _LONGEST:
        return False
    if fact.kind is FactKind.QUANTITY and len(fact.statement.split()) < _SHORTEST:
        return False
    if fact.kind is FactKind.CAUSE:
        # A reason fits its gap by its grammar alone.
        return False
    if not fact.rule.startswith("name_") and fact.rule not in _OPEN:
        return True
    rest = shown(cloze_source(fact.statement, fact.targets, ("",) * len(fact.targets)))
    told = len(_ANCHOR.findall(rest))
    return told >= _ANCHORS and not set(fact.hints) & _VAGUE
