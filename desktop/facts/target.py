"""A part of a statement that is worth being asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.fact import FactKind, Proposition
from desktop.facts.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to ask for: its ranges in the block, what it is, how much it is worth (0..1).

    ``hints`` stand in the gaps of a cloze; ``answer`` is the wording of the answer where it isn't
    the text at the ranges. Where it is ``attributed``, what is asked names whose view it is.
    """

    ranges: tuple[tuple[int, int], ...]
    kind: FactKind
    asks: str
    rule: str
    worth: float
    hints: tuple[str, ...] = ("",)
    answer: str = ""
    proposition: Proposition | None = None
    attributed: bool = False


def tokens_in(unit: Unit, start: int, end: int) -> list[Token]:
    """Return the unit's tokens that lie whole in the block's range."""
    return [t for t in unit.tokens if start <= t.idx and t.idx + len(t.text) <= end]


def head_of(tokens: list[Token]) -> Token:
    """Return the token of a range whose head lies outside it."""
    return next((t for t in tokens if t.head not in tokens or t.head == t), tokens[-1])


def half_of_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a hyphen, a slash, a letter or a digit ties the range to its neighbours."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    tied = any(sign and sign in "-‑/" for sign in (before, after))
    ranged = after in {"–", "—"} and text[end + 1 : end + 2].isdigit()
    ranged = ranged or "±" in text[max(0, start - 2) : start] + text[end : end + 2]
    return tied or ranged or before.isalnum() or after.isalnum()
