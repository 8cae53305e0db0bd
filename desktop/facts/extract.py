"""Key facts of a document, each with its sentence, best first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.facts.answers import Asked
from desktop.facts.apposition import Addition, additions
from desktop.facts.clauses import Clause, clause_of
from desktop.facts.fact import Fact, Facts
from desktop.facts.identity import fact_id, normalised
from desktop.facts.mentions import (
    DATES,
    NAMES,
    OFTEN,
    Mention,
    Mentions,
    find_mentions,
    is_particular,
    joined_names,
)
from desktop.facts.moment import holds_as_of
from desktop.facts.opinions import is_opinion, judging_words
from desktop.facts.ranking import content_words, importance, nearly_same
from desktop.facts.references import Discourse
from desktop.facts.stated import Stated, is_to_come, shortened, stated_in
from desktop.facts.target import Target
from desktop.facts.targets import targets_of
from desktop.facts.units import Unit
from desktop.facts.vocabulary import MONTHS
from desktop.glossary import gazetteer
from desktop.glossary.term import Glossary
from desktop.language.analysis import Analysis
from desktop.reading.document import Block, Document, Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

#: How far an importance is moved by what people would ask, whose usual probability for a fact's
#: answer is ``_USUAL``.
_ASKED, _USUAL = 0.3, 0.25
#: Targets of such worth are not moved down.
_STRONG = 0.85
_DAY = re.compile(rf"\b(?:{MONTHS} \d{{1,2}}|\d{{1,2}} {MONTHS})\b")
_YEAR = re.compile(r"\b\d{4}\b")
#: Rules whose facts are true of a kind of thing, in whatever text they stand.
_EXPLAINING = frozenset({"definition", "term_given", "called", "abbreviation", "specified"})


@dataclass(frozen=True, slots=True)
class _About:
    """What the rules need to know of the whole text: its words, title and date, whether it is
    about one thing that has a name, and the words that it writes small.
    """

    frequencies: Counter[str]
    title: str
    date: str
    particular: bool
    asked: Asked
    common: frozenset[str]


def extract_facts(analysis: Analysis, glossary: Glossary) -> Facts:
    """Return the facts that ``analysis`` states, best first; one or two a sentence at most."""
    document = analysis.document
    mentions = find_mentions(analysis, glossary)
    lemmas, frequencies = _counts(analysis)
    small, common = _common_words(analysis)
    called = re.compile(rf"\b[Tt]he {re.escape(document.title or '?')}\b")
    about = _About(
        frequencies,
        normalised(document.title or ""),
        document.date or "",
        is_particular(document.title or "", mentions, small),
        Asked(analysis),
        common,
    )
    discourse = Discourse(
        mentions,
        lemmas,
        document.title or "",
        joined_names(analysis, mentions),
        date=about.date,
        one_thing=any(called.search(block.text) for block in document.body()),
        main=_main(document),
    )
    stated: list[Stated] = []
    before: Stated | None = None
    added: list[tuple[Block, TokenSpan, Addition]] = []
    for block, sentence in analysis.sentences():
        added += [(block, sentence, one) for one in additions(block.index, sentence, mentions)]
        items = stated_in(block, sentence, discourse, before)
        stated += items
        alone = len(items) == 1 and items[0].unit.whole and not items[0].led
        before = items[0] if alone else None
    total = max(1, len(stated))
    facts: list[Fact] = []
    for order, item in enumerate(stated):
        facts += _facts_of(item, mentions, about, order / total)
    blocks = max(1, len(document.blocks))
    for block, sentence, one in added:
        facts.append(_added(block, sentence, one, mentions, about, block.index / blocks))
    return Facts(document.name, document.source.sha256, tuple(best_first(facts)))


def _main(document: Document) -> str:
    """Return the name of the one thing that a text is about, as it writes it, or nothing."""
    name = re.split(r"[,(:]", document.title or "")[0].strip()
    body = "\n".join(block.text for block in document.body())
    told = len(re.findall(rf"\b{re.escape(name)}\b", body)) if name else 0
    if told < OFTEN:
        return ""
    definite = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", body))
    return f"the {name}" if 2 * definite > told else name


def _counts(analysis: Analysis) -> tuple[Counter[str], Counter[str]]:
    """Count the noun lemmas and the content words of the body."""
    lemmas: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for block in analysis.document.body():
        for token in analysis.docs[block.index]:
            if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"} and not token.is_stop:
                words[token.lower_] += 1
            if token.pos_ == "NOUN":
                lemmas[token.lemma_.lower()] += 1
    return lemmas, words


def _common_words(analysis: Analysis) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that the text writes small, and those of them that it always writes so."""
    small, capital = set(), set()
    for block in analysis.document.body():
        for token in analysis.docs[block.index]:
            if token.text.islower():
                small.add(token.text)
            elif not token.is_sent_start:
                capital.add(token.lower_)
    return frozenset(small), frozenset(small - capital)


def _facts_of(item: Stated, mentions: Mentions, about: _About, place: float) -> list[Fact]:
    """Return the best one or two facts that a unit states."""
    unit = item.unit
    carried = mentions.within(unit.block.index, unit.start, unit.end)
    first = mentions.covering(unit.block.index, unit.tokens[0].idx, unit.tokens[0].idx + 1)
    word = unit.tokens[0].lower_
    common = first is not None and first.name[:1].islower()
    common = common and bool(re.search(rf"\b{re.escape(word)}\b", unit.text))
    common = common or word in about.common
    proper = first is not None and first.kind in NAMES
    clause = clause_of(unit, item.settled.edits, common=common, proper=proper)
    if _is_made_up(unit, carried, mentions):
        return []
    main = mentions.main_name()
    opinion = is_opinion(unit)
    judging = judging_words(unit) + bool(item.led)
    made: list[tuple[Fact, Target]] = []
    for target in targets_of(unit, clause, mentions):
        fact = _fact(item, target, opinion, clause)
        if item.led and target.rule.startswith("name_"):
            continue
        named = any(new[:1].isupper() for _, _, new in item.settled.edits)
        resolved = item.led or named
        if fact is None or (not resolved and not _anchored(target, carried, unit)):
            continue
        bare = about.particular and not resolved and _is_bare(target, carried)
        if bare or _lacks_year(fact, unit):
            fact = replace(fact, needs_context=True)
        asked = [m for m in carried if any(a <= m.start < b for a, b in target.ranges)]
        others = [m for m in carried if m not in asked]
        weight = 0.15 * max((m.importance for m in asked), default=0.0)
        # What the whole text is about is no answer worth remembering.
        topical = target.asks in NAMES | {"name", "term"} and (
            normalised(fact.answer) in about.title or any(m.name == main for m in asked)
        )
        worth = 0.1 if topical else target.worth + weight
        value = importance(
            worth, others, item.wording.text, about.frequencies, place, judging + 3 * fact.opinion
        )
        as_of = holds_as_of(
            unit, fact.rule, carried, about.date, item.settled.as_of, to_come=is_to_come(unit)
        )
        made.append((replace(fact, importance=value, as_of=as_of), target))
    made.sort(key=lambda pair: (-pair[0].importance, pair[0].answer_span))
    return [
        replace(fact, importance=_weighed(fact.importance, unit.block.index, target, about))
        for fact, target in _distinct(made)
    ]


def _weighed(value: float, block: int, target: Target, about: _About) -> float:
    """Return an importance moved by how likely people ask for the answer."""
    asked = max(about.asked.probability(block, start, end) for start, end in target.ranges)
    moved = _ASKED * (asked - _USUAL)
    if target.worth >= _STRONG:
        # Rows, pairs and definitions are worth it, though people ask for shorter things mostly.
        moved = max(0.0, moved)
    return round(max(0.0, min(1.0, value + moved)), 4)


def _is_made_up(unit: Unit, carried: list[Mention], mentions: Mentions) -> bool:
    """Return whether a mere first name does something in the present: somebody's example."""
    present = unit.root.tag_ in {"VBZ", "VBP"} or any(
        c.tag_ in {"VBZ", "VBP"} and c.dep_ in {"aux", "auxpass"} for c in unit.root.children
    )
    at_home = any(t.tag_ == "PRP$" and t.lower_ != "its" for t in unit.tokens)
    names = [
        m
        for m in carried
        if not m.sure and (mentions.is_called_a_person(m.name) or (at_home and " " not in m.name))
    ]
    subjects = [c for c in unit.root.children if c.dep_ in {"nsubj", "nsubjpass"}]
    subjects += [c for s in subjects for c in s.children if c.dep_ == "conj"]
    if present and any(m.start <= s.idx < m.end for m in names for s in subjects):
        return True
    # "Claire feared that Jay …": given names alone are those of an example, in any tense.
    given = {m.name for m in carried if m.kind == "person" and gazetteer.is_given_name(m.name)}
    known = any(m.kind in NAMES and m.name not in given for m in carried)
    return len(given) > 1 and not known


def _anchored(target: Target, carried: list[Mention], unit: Unit) -> bool:
    """Return whether a past event is tied to a name or a date besides what is asked for."""
    verbs = [unit.root, *(c for c in unit.root.children if c.dep_ in {"aux", "auxpass"})]
    if not any(v.tag_ == "VBD" for v in verbs) or target.rule in {"definition", "called_by"}:
        return True
    return any(
        m.kind in NAMES | DATES and not any(a <= m.start < b for a, b in target.ranges)
        for m in carried
    )


def _lacks_year(fact: Fact, unit: Unit) -> bool:
    """Return whether a past event is told by its day alone ("On May 3, …")."""
    told = any(t.tag_ in {"VBD", "VBN"} for t in (unit.root, *unit.root.children))
    day = _DAY.search(f"{fact.statement} {fact.answer}")
    return told and bool(day) and not _YEAR.search(f"{fact.statement} {fact.answer}")


def _is_bare(target: Target, carried: list[Mention]) -> bool:
    """Return whether nothing that a statement names says which thing a text's fact is about."""
    if target.rule in _EXPLAINING:
        return False
    named = [m for m in carried if m.kind in NAMES - {"people"} and m.name[:1].isupper()]
    return all(any(a <= m.start < b for a, b in target.ranges) for m in named)


def _fact(item: Stated, target: Target, opinion: bool, clause: Clause | None) -> Fact | None:
    """Return the fact for a target, or None where an edit has changed its words."""
    unit, wording = item.unit, shortened(item, target, clause)
    places = [wording.locate(start, end) for start, end in target.ranges]
    ranges = tuple(place for place in places if place is not None)
    if len(ranges) != len(places):
        return None
    block = unit.block
    raw = unit.sentence.text
    start = unit.sentence.start_char + len(raw) - len(raw.lstrip())
    end = unit.sentence.start_char + len(raw.rstrip())
    quote = block.text[start:end]
    # What the statement takes from the sentence before belongs to its evidence, not its identity.
    span = Span(block.index, item.led.unit.start if item.led else start, end)
    first, last = target.ranges[0][0], target.ranges[-1][1]
    answer = target.answer or unit.text[first:last]

    return Fact(
        id=fact_id(quote, target.asks, answer),
        statement=wording.text,
        kind=target.kind,
        importance=0.0,
        evidence=Evidence(span, block.text[span.start : span.end]),
        answer=answer,
        answer_span=Span(block.index, first, last),
        rule=target.rule,
        confidence=round(min(1.0, target.worth), 3),
        targets=ranges,
        hints=target.hints,
        asks=target.asks,
        needs_context=item.leans(wording),
        opinion=opinion and not target.attributed,
        proposition=None if item.led else target.proposition,
    )


def _added(
    block: Block,
    sentence: TokenSpan,
    one: Addition,
    mentions: Mentions,
    about: _About,
    place: float,
) -> Fact:
    """Return the fact of what a sentence adds to a name."""
    raw = sentence.text
    start = sentence.start_char + len(raw) - len(raw.lstrip())
    end = sentence.start_char + len(raw.rstrip())
    quote = block.text[start:end]
    (span,) = one.target.ranges
    answer = one.target.answer or block.text[span[0] : span[1]]
    carried = mentions.within(block.index, one.start, one.end)
    place_in_it = one.wording.locate(*span)
    return Fact(
        id=fact_id(quote, one.target.asks, answer),
        statement=one.wording.text,
        kind=one.target.kind,
        importance=_weighed(
            importance(one.target.worth, carried, one.wording.text, about.frequencies, place, 0),
            block.index,
            one.target,
            about,
        ),
        evidence=Evidence(Span(block.index, start, end), quote),
        answer=answer,
        answer_span=Span(block.index, *span),
        rule=one.target.rule,
        confidence=one.target.worth,
        targets=(place_in_it,) if place_in_it else (),
        hints=one.target.hints,
        asks=one.target.asks,
        proposition=one.target.proposition,
    )


def _distinct(facts: list[tuple[Fact, Target]]) -> list[tuple[Fact, Target]]:
    """Keep one fact for each place that is asked for."""
    kept: list[tuple[Fact, Target]] = []
    for fact, target in facts:
        if all(not fact.answer_span.overlaps(other.answer_span) for other, _ in kept):
            kept.append((fact, target))
    return kept


def best_first(facts: Sequence[Fact]) -> list[Fact]:
    """Sort by importance and merge facts that say the same."""
    kept: list[Fact] = []
    words: dict[str, list[frozenset[str]]] = defaultdict(list)
    for fact in sorted(facts, key=lambda f: (-f.importance, f.evidence.span, f.answer_span)):
        own = content_words(fact.statement)
        alike = words[normalised(fact.answer)]
        if not any(nearly_same(own, theirs) for theirs in alike):
            kept.append(fact)
            alike.append(own)
    return kept
