"""Cloze cards: a statement with whole units hidden, in Anki's notation."""

from __future__ import annotations

import re

from desktop.facts.fact import Fact

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
