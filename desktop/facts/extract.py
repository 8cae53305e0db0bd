"""Key facts of a document, each with its sentence, best first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, clause_of, is_finite
from desktop.facts.fact import Fact, Facts
from desktop.facts.identity import fact_id, normalised
from desktop.facts.mentions import DATES, NAMES, Mention, Mentions, find_mentions, joined_names
from desktop.facts.moment import holds_as_of
from desktop.facts.opinions import is_opinion, judging_words
from desktop.facts.ranking import content_words, importance, nearly_same
from desktop.facts.references import Discourse, Settled
from desktop.facts.target import Target
from desktop.facts.targets import targets_of
from desktop.facts.units import Unit, Wording, has_subject, units_of, word_range
from desktop.glossary.term import Glossary
from desktop.language.analysis import Analysis
from desktop.reading.document import Block, BlockKind, Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_LONGEST = 48
#: From so many words on, what is loosely added at the end of a statement is left out.
_LONG = 24
#: The second half of a sentence needs so many words to be shown without the first.
_STANDING = 9
_SHORTEST = 5
_END = re.compile(r"[.…][\"”’')\]]*$")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: What is left of notes and page references in the middle of a sentence.
_DEBRIS = re.compile(r"[.,;!?]:\d|\[[Nn]ote|\.\d+ [A-Z]")
#: An abbreviation that the parser took for the end of the sentence.
_CUT_SHORT = re.compile(
    r"\b(?:Pres|Mr|Mrs|Ms|Dr|St|Gen|Col|Capt|Lt|Sgt|Prof|Rev|Sen|Rep|Gov|Hon|Mt|No|vol|ed|eds|cf|ca"
    r"|approx|Fig|vs|pp?)\.$|\b[A-Z]\.$"
)
_QUOTES = (("“", "”"), ("(", ")"), ("[", "]"))
#: Blocks whose sentences may end without a full stop.
_UNPUNCTUATED = frozenset({BlockKind.CAPTION, BlockKind.BIO, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class _Stated:
    """A unit with the words in which it is stated; ``led`` by the sentence before it if need be."""

    unit: Unit
    settled: Settled
    wording: Wording
    led: _Stated | None
    context: bool


def extract_facts(analysis: Analysis, glossary: Glossary) -> Facts:
    """Return the facts that ``analysis`` states, best first; one or two a sentence at most."""
    document = analysis.document
    mentions = find_mentions(analysis, glossary)
    lemmas, frequencies = _counts(analysis)
    date = document.date or ""
    called = re.compile(rf"\b[Tt]he {re.escape(document.title or '?')}\b")
    discourse = Discourse(
        mentions,
        lemmas,
        document.title or "",
        joined_names(analysis, mentions),
        date=date,
        one_thing=any(called.search(block.text) for block in document.body()),
    )
    stated: list[_Stated] = []
    before: _Stated | None = None
    for block, sentence in analysis.sentences():
        items = _stated(block, sentence, discourse, before)
        stated += items
        alone = len(items) == 1 and items[0].unit.whole and not items[0].led
        before = items[0] if alone else None
    total = max(1, len(stated))
    title = normalised(document.title or "")
    facts: list[Fact] = []
    for order, item in enumerate(stated):
        facts += _facts_of(item, mentions, frequencies, order / total, title, date)
    return Facts(document.name, document.source.sha256, tuple(best_first(facts)))


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


def _stated(
    block: Block, sentence: TokenSpan, discourse: Discourse, before: _Stated | None
) -> list[_Stated]:
    """Return the units of a sentence that can be stated alone, or with the one before it."""
    found: list[_Stated] = []
    text = block.text[sentence.start_char : sentence.end_char].strip()
    sound = _is_sound(text, block)
    for unit in units_of(block, sentence):
        settled = discourse.settle(unit)
        if not sound or not _is_statement(unit):
            continue
        edits = [*settled.edits, *((a, b, "") for a, b in unit.drops)]
        wording = word_range(unit.text, unit.start, unit.end, edits)
        led: _Stated | None = None
        leader = before if unit.first else (found[-1] if found else None)
        short = not unit.first and len(wording.text.split()) < _STANDING
        if settled.refusal or (short and leader is not None):
            if leader is None or leader.unit.block != block or not settled.back or leader.led:
                continue
            led = leader
            wording = _led_by(leader.wording, wording)
        if _SHORTEST <= len(wording.text.split()) <= _LONGEST and _balanced(wording.text):
            context = settled.needs_context or _is_to_come(unit)
            context = context or (led is not None and led.context)
            found.append(_Stated(unit, settled, wording, led, context))
    return found


def _is_to_come(unit: Unit) -> bool:
    """Return whether the unit tells what will be, which is true on the day of writing alone."""
    return any(c.lower_ in {"will", "wo", "shall"} and c.tag_ == "MD" for c in unit.root.children)


def _led_by(before: Wording, wording: Wording) -> Wording:
    """Put the sentence before in front of a statement that takes up its words."""
    shift = len(before.text) + 1
    pieces = tuple((start, end, offset + shift) for start, end, offset in wording.pieces)
    return Wording(f"{before.text} {wording.text}", pieces)


def _is_sound(text: str, block: Block) -> bool:
    """Return whether the sentence is whole: a capital at its start, a full stop at its end."""
    if not text or not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘$€£"):
        return False
    if not _END.search(text) and block.kind not in _UNPUNCTUATED:
        return False
    if _DEBRIS.search(text) or _CUT_SHORT.search(text):
        return False
    return "?" not in text and "!" not in text and "\n" not in text and _balanced(text)


def _balanced(text: str) -> bool:
    """Return whether every bracket and quotation mark has its partner."""
    pairs = all(text.count(a) == text.count(b) for a, b in _QUOTES)
    return pairs and text.count('"') % 2 == 0


def _is_statement(unit: Unit) -> bool:
    """Return whether the unit has a subject and a finite verb, and doesn't command."""
    root = unit.root
    if root.pos_ not in {"VERB", "AUX"} or unit.tokens[0].tag_ in {"WP", "WDT"}:
        return False
    # The parser takes a subject for an adverbial at times; a noun before a past form shows it.
    opened = any(t.pos_ in {"NOUN", "PROPN"} for t in unit.tokens if t.i < root.i)
    if not has_subject(root) and not (opened and root.tag_ in {"VBD", "VBZ", "VBN"}):
        return False
    # "Had he known, …", "If she came, she might …": no plain statement.
    supposed = any(c.tag_ == "MD" for c in root.children) and any(
        t.lower_ in {"if", "unless"} for t in unit.tokens
    )
    return is_finite(root) and not supposed and not any(c.dep_ == "mark" for c in root.children)


def _facts_of(
    item: _Stated,
    mentions: Mentions,
    frequencies: Counter[str],
    place: float,
    title: str,
    date: str,
) -> list[Fact]:
    """Return the best one or two facts that a unit states."""
    unit = item.unit
    carried = mentions.within(unit.block.index, unit.start, unit.end)
    first = mentions.covering(unit.block.index, unit.tokens[0].idx, unit.tokens[0].idx + 1)
    word = unit.tokens[0].lower_
    common = first is not None and first.name[:1].islower()
    common = common and bool(re.search(rf"\b{re.escape(word)}\b", unit.text))
    proper = first is not None and first.kind in NAMES
    clause = clause_of(unit, item.settled.edits, common=common, proper=proper)
    if _is_made_up(unit, carried, mentions):
        return []
    main = mentions.main_name()
    opinion = is_opinion(unit)
    judging = judging_words(unit) + bool(item.led)
    made = []
    for target in targets_of(unit, clause, mentions):
        fact = _fact(item, target, opinion, clause)
        if item.led and target.rule.startswith("name_"):
            continue
        named = any(new[:1].isupper() for _, _, new in item.settled.edits)
        resolved = item.led or named
        if fact is None or (not resolved and not _anchored(target, carried, unit)):
            continue
        asked = [m for m in carried if any(a <= m.start < b for a, b in target.ranges)]
        others = [m for m in carried if m not in asked]
        weight = 0.15 * max((m.importance for m in asked), default=0.0)
        # What the whole text is about is no answer worth remembering.
        topical = target.asks in NAMES | {"name", "term"} and (
            normalised(fact.answer) in title or any(m.name == main for m in asked)
        )
        worth = 0.1 if topical else target.worth + weight
        value = importance(
            worth, others, item.wording.text, frequencies, place, judging + 3 * opinion
        )
        as_of = holds_as_of(
            unit, fact.rule, carried, date, item.settled.as_of, to_come=_is_to_come(unit)
        )
        made.append(replace(fact, importance=value, as_of=as_of))
    return _distinct(sorted(made, key=lambda f: (-f.importance, f.answer_span)))


def _is_made_up(unit: Unit, carried: list[Mention], mentions: Mentions) -> bool:
    """Return whether a mere first name does something in the present: somebody's example."""
    present = unit.root.tag_ in {"VBZ", "VBP"} or any(
        c.tag_ in {"VBZ", "VBP"} and c.dep_ in {"aux", "auxpass"} for c in unit.root.children
    )
    names = [m for m in carried if not m.sure and mentions.is_called_a_person(m.name)]
    subjects = [c for c in unit.root.children if c.dep_ in {"nsubj", "nsubjpass"}]
    subjects += [c for s in subjects for c in s.children if c.dep_ == "conj"]
    return present and any(m.start <= s.idx < m.end for m in names for s in subjects)


def _anchored(target: Target, carried: list[Mention], unit: Unit) -> bool:
    """Return whether a past event is tied to a name or a date besides what is asked for."""
    verbs = [unit.root, *(c for c in unit.root.children if c.dep_ in {"aux", "auxpass"})]
    if not any(v.tag_ == "VBD" for v in verbs) or target.rule in {"definition", "called_by"}:
        return True
    return any(
        m.kind in NAMES | DATES and not any(a <= m.start < b for a, b in target.ranges)
        for m in carried
    )


def _shortened(item: _Stated, target: Target, clause: Clause | None) -> Wording:
    """Return the wording of a long statement without what is loosely added behind the target."""
    unit, wording = item.unit, item.wording
    if clause is None or item.led or len(wording.text.split()) <= _LONG:
        return wording
    last = target.ranges[-1][1]
    for cut in (clause.short_end, clause.tail_end):
        token = unit.root.doc[cut - 1]
        end = token.idx + len(token.text)
        if last > end or cut <= clause.tail_start or end >= unit.end - 2:
            continue
        edits = [*item.settled.edits, *((a, b, "") for a, b in unit.drops)]
        shorter = word_range(unit.text, unit.start, end, edits)
        if len(shorter.text.split()) >= _STANDING and _balanced(shorter.text):
            return shorter
    return _without_aside(item, target, clause)


def _without_aside(item: _Stated, target: Target, clause: Clause) -> Wording:
    """Return the wording without what stands between commas behind the subject."""
    unit, doc = item.unit, item.unit.root.doc
    first, after = clause.subject_range[1], clause.verb_start
    if first >= after or doc[first].text != "," or doc[after - 1].text != ",":
        return item.wording
    aside = (doc[first].idx, doc[after].idx, " ")
    if any(start < aside[1] and aside[0] < end for start, end in target.ranges):
        return item.wording
    edits = [*item.settled.edits, *((a, b, "") for a, b in unit.drops)]
    kept = [e for e in edits if not aside[0] <= e[0] < aside[1]]
    shorter = word_range(unit.text, unit.start, unit.end, [*kept, aside])
    return shorter if _balanced(shorter.text) else item.wording


def _fact(item: _Stated, target: Target, opinion: bool, clause: Clause | None) -> Fact | None:
    """Return the fact for a target, or None where an edit has changed its words."""
    unit, wording = item.unit, _shortened(item, target, clause)
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
        needs_context=item.context,
        opinion=opinion,
        proposition=None if item.led else target.proposition,
    )


def _distinct(facts: list[Fact]) -> list[Fact]:
    """Keep one fact for each place that is asked for."""
    kept: list[Fact] = []
    for fact in facts:
        if all(not fact.answer_span.overlaps(other.answer_span) for other in kept):
            kept.append(fact)
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
