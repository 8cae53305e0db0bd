"""Statements: what a sentence says that can be shown alone, or led by the sentence before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, clause_of, is_finite
from desktop.facts.references import Discourse, Settled
from desktop.facts.target import Target
from desktop.facts.units import Unit, Wording, has_subject, units_of, word_range
from desktop.reading.document import Block, BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_LONGEST = 48
#: From so many words on, what is loosely added at the end of a statement is left out.
_LONG = 24
#: The second half of a sentence needs so many words to be shown without the first.
_STANDING = 9
_SHORTEST = 5
_END = re.compile(r"[.…][\"”’')\]]*$")
#: What is left of notes and page references in the middle of a sentence.
_DEBRIS = re.compile(
    r" = |: (?:They|It|He|She|These|This)\b|[.,;!?]:\d|\[[Nn]ote|\.\d+ [A-Z]"
    r"|^\d{1,3}(?:[.,)]| [a-z])"
)
#: An abbreviation that the parser took for the end of the sentence.
_CUT_SHORT = re.compile(
    r"\b(?:Pres|Mr|Mrs|Ms|Dr|St|Gen|Col|Capt|Lt|Sgt|Prof|Rev|Sen|Rep|Gov|Hon|Mt|No|vol|ed|eds|cf|ca"
    r"|approx|Fig|vs|pp?)\.$|\b[A-Z]\.$"
)
_QUOTES = (("“", "”"), ("(", ")"), ("[", "]"))
#: Blocks whose sentences may end without a full stop.
_UNPUNCTUATED = frozenset({BlockKind.CAPTION, BlockKind.BIO, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Stated:
    """A unit with the words in which it is stated; ``led`` by the sentence before it if need be."""

    unit: Unit
    settled: Settled
    wording: Wording
    led: Stated | None

    def leans(self, wording: Wording) -> bool:
        """Return whether a wording of the statement is clear only to who knows the text."""
        if is_to_come(self.unit) or (self.led is not None and self.led.leans(self.led.wording)):
            return True
        return any(wording.locate(at, at + 1) is not None for at in self.settled.leaning)


def stated_in(
    block: Block, sentence: TokenSpan, discourse: Discourse, before: Stated | None
) -> list[Stated]:
    """Return the units of a sentence that can be stated alone, or with the one before it."""
    found: list[Stated] = []
    text = block.text[sentence.start_char : sentence.end_char].strip()
    sound = _is_sound(text, block)
    for unit in units_of(block, sentence):
        settled = discourse.settle(unit)
        if not sound or not _is_statement(unit):
            continue
        if settled.refusal:
            unit, settled = _before_refusal(unit, settled)
        edits = [*settled.edits, *((a, b, "") for a, b in unit.drops)]
        wording = word_range(unit.text, unit.start, unit.end, edits)
        led: Stated | None = None
        leader = before if unit.first else (found[-1] if found else None)
        short = not unit.first and len(wording.text.split()) < _STANDING
        if settled.refusal or (short and leader is not None):
            if leader is None or leader.unit.block != block or not settled.back or leader.led:
                continue
            led = leader
            wording = _led_by(leader.wording, wording)
        if _SHORTEST <= len(wording.text.split()) <= _LONGEST and _balanced(wording.text):
            found.append(Stated(unit, settled, wording, led))
    return found


def _before_refusal(unit: Unit, settled: Settled) -> tuple[Unit, Settled]:
    """Return the unit without what is added at its end where only that can't stand alone."""
    clause = clause_of(unit, settled.edits)
    if clause is None:
        return unit, settled
    doc = unit.root.doc
    for cut in (clause.tail_end, clause.short_end):
        end = doc[cut - 1].idx + len(doc[cut - 1].text)
        tokens = tuple(t for t in unit.tokens if t.i < cut)
        shorter = end < settled.refused_at and len(tokens) >= _STANDING
        if shorter and cut > clause.tail_start and _balanced(unit.text[unit.start : end]):
            return replace(unit, end=end, tokens=tokens), replace(settled, refusal="")
    return unit, settled


def is_to_come(unit: Unit) -> bool:
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
    marked = any(c.dep_ == "mark" and c in unit.tokens for c in root.children)
    return is_finite(root) and not supposed and not marked


def shortened(item: Stated, target: Target, clause: Clause | None) -> Wording:
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


def _without_aside(item: Stated, target: Target, clause: Clause) -> Wording:
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
