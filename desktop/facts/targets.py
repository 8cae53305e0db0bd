"""What a statement is worth being asked for, from all the rules."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.facts.clauses import Clause
from desktop.facts.complements import agents, complements, deeds
from desktop.facts.doing import identities, means, objects, places, subjects
from desktop.facts.expository import comparisons, members, quotations, reasons, specified
from desktop.facts.figures import changes, dated, measures, numbered, ordinal, spans
from desktop.facts.listing import lists
from desktop.facts.mentions import DATES, FIGURES, Mention, Mentions
from desktop.facts.naming import between, expansions, named, named_kinds, titles
from desktop.facts.reported import reported
from desktop.facts.target import Target, half_of_a_word, tokens_in
from desktop.facts.telling import (
    causes,
    definitions,
    descriptions,
    names_given,
    terms_given,
)
from desktop.facts.units import Unit


def targets_of(unit: Unit, clause: Clause | None, mentions: Mentions) -> Iterator[Target]:
    """Yield everything in the unit that can be asked for."""
    found = mentions.within(unit.block.index, unit.start, unit.end)
    found = [m for m in found if not any(a <= m.start < b for a, b in unit.drops)]
    taken: list[tuple[int, int]] = []
    wide = [
        *changes(unit, found),
        *spans(unit, found),
        *measures(unit),
        *titles(unit),
        *between(unit, found),
    ]
    wide += [*members(unit, clause), *quotations(unit, mentions)]
    wide += [t for t in lists(unit, found, clause) if not _within(t, wide)]
    for target in wide:
        taken += target.ranges
        yield target
    yield from expansions(unit)
    if clause is not None:
        for target in reported(clause, lambda part, inner: targets_of(part, inner, mentions)):
            taken += target.ranges
            yield target
        yield from descriptions(clause)
        yield from definitions(clause, mentions)
        yield from causes(clause)
        yield from names_given(clause)
        yield from terms_given(clause)
        yield from named_kinds(clause, mentions)
        yield from identities(clause, mentions)
        yield from places(clause, mentions)
        yield from complements(clause)
        yield from agents(clause, mentions)
        yield from deeds(clause, mentions)
        yield from means(clause)
        yield from reasons(clause)
        yield from comparisons(clause)
        yield from specified(clause, mentions)
        yield from objects(clause, mentions)
        yield from subjects(clause, mentions)
    for mention in found:
        if any(a <= mention.start and mention.end <= b for a, b in taken):
            continue
        single = _single(mention, unit, clause)
        if single is not None:
            yield single


def _within(target: Target, others: list[Target]) -> bool:
    """Return whether a target lies in one that is known already."""
    ranges = [r for other in others for r in other.ranges]
    return any(a <= start and end <= b for start, end in target.ranges for a, b in ranges)


def _single(mention: Mention, unit: Unit, clause: Clause | None) -> Target | None:
    """Return what one name, date or figure is worth."""
    tokens = tokens_in(unit, mention.start, mention.end)
    opening = unit.text[unit.start : mention.start]
    if opening.count("(") > opening.count(")"):
        return None
    if any(t.lower_ == "so" and t.nbor(-1).lower_ == "and" for t in unit.tokens[1:-1]):
        # "… two, then four, and so on": none of them is the one.
        return None
    if not tokens or half_of_a_word(unit.text, mention.start, mention.end):
        return None
    if mention.kind in DATES:
        return dated(mention, tokens, clause, unit)
    if mention.kind in FIGURES:
        return numbered(mention, tokens, clause, unit)
    if mention.kind == "ordinal":
        return ordinal(mention, tokens, clause, unit)
    return named(mention, tokens, clause, unit)
