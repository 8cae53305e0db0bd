"""Which paragraphs of a text have cards, and why the others have none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.decks.deck import Deck
from desktop.facts.fact import Fact, Facts
from desktop.reading.document import Document

#: A paragraph of fewer words hardly holds a fact that stands alone.
_SHORT = 12


class Gap(StrEnum):
    """Why a paragraph has no card."""

    REFUSED = "refused"
    OPINION = "opinion"
    MINOR = "minor"
    TOO_SHORT = "too_short"
    NO_FACT = "no_fact"


#: What each reason tells the reader.
GAPS = {
    Gap.REFUSED: "All cards that it gave were refused.",
    Gap.OPINION: "It states views, not facts.",
    Gap.MINOR: "What it states matters little beside the rest of the text.",
    Gap.TOO_SHORT: "It is too short to hold a fact that stands alone.",
    Gap.NO_FACT: "No statement in it stands alone.",
}


@dataclass(frozen=True, slots=True)
class ParagraphCoverage:
    """A paragraph of the body with the ids of its cards, or the reason why it has none.

    ``rules`` are those by which its cards were refused, the most frequent first.
    """

    block: int
    notes: tuple[str, ...] = ()
    gap: Gap | None = None
    rules: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the paragraph as a JSON object."""
        return {
            "block": self.block,
            "cards": list(self.notes),
            "reason": self.gap.value if self.gap else None,
            "rules": list(self.rules),
        }


def paragraph_coverage(
    document: Document, facts: Facts, deck: Deck
) -> tuple[ParagraphCoverage, ...]:
    """Return the body paragraphs in order; ``deck`` is the whole deck of the document."""
    notes: dict[int, list[str]] = defaultdict(list)
    for note in deck.notes:
        notes[note.evidence.span.block].append(note.id)
    rules: dict[int, list[str]] = defaultdict(list)
    for refused in deck.refused:
        rules[refused.note.evidence.span.block] += [f.rule for f in refused.findings]
    stated: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts.facts:
        stated[fact.evidence.span.block].append(fact)
    paragraphs = []
    for block in document.body():
        index = block.index
        if notes[index]:
            paragraphs.append(ParagraphCoverage(index, tuple(notes[index])))
            continue
        gap = _gap(block.text, stated[index], bool(rules[index]))
        broken = sorted(set(rules[index]), key=lambda rule: (-rules[index].count(rule), rule))
        paragraphs.append(ParagraphCoverage(index, (), gap, tuple(broken)))
    return tuple(paragraphs)


def _gap(text: str, stated: list[Fact], refused: bool) -> Gap:
    """Return why a paragraph without a card has none."""
    if refused:
        return Gap.REFUSED
    if stated:
        return Gap.OPINION if all(fact.opinion for fact in stated) else Gap.MINOR
    return Gap.TOO_SHORT if len(text.split()) < _SHORT else Gap.NO_FACT
