"""Figures and dates that are worth being asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.facts.amounts import approximate_start, asked_amount
from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.mentions import DATES, FIGURES, Mention
from desktop.facts.target import Target, head_of
from desktop.facts.units import Unit
from desktop.facts.vocabulary import MEASURES, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN = "(" + "|".join(sorted(MEASURES)) + ")"
_MEASURE = re.compile(
    rf"\b\d[\d,.]*[-‑]{_NOUN}\b(?![-‑])(?:,? (?:and )?\d[\d,.]*[-‑]{_NOUN}\b(?![-‑]))?"
)
_HINTS = {"money": "amount", "percent": "percentage", "quantity": "how much?", "number": "number"}
_FULL_DATE = re.compile(
    r"\b\d{4}\b|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)"
)
_TAKING_PART = words(
    """participant student undergraduate subject volunteer patient adult child parent people person
    man woman boy girl respondent worker infant baby adolescent couple household"""
)
_STUDYING = words(
    """study survey interview ask examine test assign recruit follow observe investigate sample
    participate question screen enrol enroll compare evaluate monitor"""
)
#: Nouns that a bare number tells: "a population of 494,665".
_TOTALS = words("population total membership attendance readership circulation workforce enrolment")
_UNIT = re.compile(r"( [^\s\d]+(?: [^\s\d]+)?) to ")
_SPAN_OF_TIME = re.compile(r"\b(?:century|centuries|years|months|weeks|days|decades)\b")
_SPELT_SPAN = re.compile(
    r"(?:the )?(?:(?:early|late|mid)[ -])?(?:to late )?"
    r"(?:(\d{3,4}s)|[\w-]+ century(?: BCE?| AD| CE)?)"
)
_DECADE = re.compile(r"\d{3,4}s\b")


def spans(unit: Unit, found: list[Mention]) -> Iterator[Target]:
    """Yield from-to pairs of figures or years, hidden together."""
    text = unit.text
    for left, right in pairwise(found):
        if left.kind != right.kind and {left.kind, right.kind} - FIGURES:
            continue
        if left.kind not in FIGURES | DATES:
            continue
        right = _with_its_unit(right, text)
        between = text[left.end : right.start].strip().lower()
        unit_word = _UNIT.fullmatch(text[left.end : right.start])
        if unit_word and text.startswith(unit_word.group(1), right.end):
            # "from 4.8 mmol/l to 5.1 mmol/l": the unit belongs to both figures.
            width = len(unit_word.group(1))
            left = replace(left, end=left.end + width)
            right = replace(right, end=right.end + width)
            between = "to"
        before = text[max(unit.start, left.start - 40) : left.start].lower()
        from_to = between == "to" and re.search(r"\bfrom\b[^.;:]*$", before)
        spread = between == "and" and re.search(r"\bbetween\s+(?:about\s+)?$", before)
        more = re.match(r",? (?:and )?\d{4}", text[right.end :])
        if more or (not from_to and not spread):
            continue
        years = left.kind in DATES
        asks = "period" if years else right.kind
        hint = left.kind if years else _HINTS[right.kind]
        yield Target(
            ((left.start, left.end), (right.start, right.end)),
            FactKind.DATE if years else FactKind.QUANTITY,
            asks,
            "from_to",
            1.0 if from_to else 0.85,
            (hint, hint),
            f"{text[left.start : left.end]} {between} {text[right.start : right.end]}",
        )


def _with_its_unit(mention: Mention, text: str) -> Mention:
    """Return a temperature with the name of its scale."""
    scale = re.match(r" (?:Celsius|Fahrenheit|Kelvin)\b", text[mention.end :])
    return replace(mention, end=mention.end + scale.end()) if scale else mention


def changes(unit: Unit, found: list[Mention]) -> Iterator[Target]:
    """Yield two figures with their years: "fell from 24,000 in 1967 to 3,000 in 1985"."""
    text = unit.text
    for left, year, right in zip(found, found[1:], found[2:], strict=False):
        if left.kind not in FIGURES or right.kind not in FIGURES or year.kind not in DATES:
            continue
        before = text[max(unit.start, left.start - 30) : left.start].lower()
        dated = re.fullmatch(r" in ", text[left.end : year.start])
        joined = re.fullmatch(r" to (?:[a-z]+ ){0,2}", text[year.end : right.start])
        if not dated or not joined or not re.search(r"\bfrom (?:[a-z]+ ){0,2}$", before):
            continue
        hint = _HINTS[right.kind]
        yield Target(
            ((left.start, left.end), (right.start, right.end)),
            FactKind.QUANTITY,
            right.kind,
            "from_to",
            1.0,
            (hint, hint),
            f"{text[left.start : left.end]} to {text[right.start : right.end]}",
        )


def measures(unit: Unit) -> Iterator[Target]:
    """Yield measures that are spelt with hyphens ("a 17-page, 5300-word statement")."""
    for match in _MEASURE.finditer(unit.text, unit.start, unit.end):
        nouns = [noun for noun in match.groups() if noun]
        hint = "how many " + " and ".join(_plural(noun) for noun in nouns) + "?"
        yield Target((match.span(),), FactKind.QUANTITY, "measure", "measure", 0.95, (hint,))


def _plural(noun: str) -> str:
    """Return the plural of a noun of measure."""
    if noun in {"foot", "inch", "century", "storey"}:
        return {"foot": "feet", "inch": "inches", "century": "centuries", "storey": "storeys"}[noun]
    return noun + "s"


def dated(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return a date; it can be asked with "when" where it belongs to the main verb."""
    text = unit.text[mention.start : mention.end]
    whole = _SPELT_SPAN.fullmatch(text)
    if whole:
        return _spanning(mention, tokens, clause, "decade" if whole.group(1) else "century")
    bracketed = unit.text[max(0, mention.start - 1) : mention.start] in {"(", "–", "["}
    if (
        bracketed
        or not _FULL_DATE.search(text)
        or _DECADE.search(text)
        or _SPAN_OF_TIME.search(text)
    ):
        return None
    before, after = unit.text[unit.start : mention.start], unit.text[mention.end : unit.end]
    if tokens[-1].dep_ in {"nummod", "compound", "amod"} and tokens[-1].head.pos_ == "PROPN":
        return None
    if re.search(r"\d{4}(?:[–-]\d+)?,? (?:and )?$", before) or re.match(
        r",? (?:and )?\d{4}", after
    ):
        return None
    if not re.search(r"\d{4}", unit.text[unit.start : unit.end]):
        return None
    if re.search(r"(?<!\d)\d{1,3} (?:to|and|or) $", before):
        # "from 125 to 2000 Hz": no year.
        return None
    head = head_of(tokens)
    preposition = head.head
    if head.dep_ == "nummod" and preposition.tag_ == "NNS":
        return None
    asks = "year" if mention.kind == "year" else "date"
    proposition = None
    direct = clause is not None and preposition.dep_ == "prep" and preposition.head == clause.root
    if clause is not None and clause.tail_end < len(clause.root.doc):
        after = unit.text[mention.end : clause.root.doc[clause.tail_end].idx]
    dates = re.findall(r"\b(?:1\d|20)\d\d\b", before + after)
    named = clause is not None and any(
        c.dep_ == "attr" and c.pos_ == "PROPN" for c in clause.root.children
    )
    asked = direct and preposition.lower_ in {"in", "on"} and not dates and not named
    if asked and clause is not None:
        subtree = list(preposition.subtree)
        if len(subtree) == len(tokens) + 1:
            span = (preposition.i, preposition.i + len(subtree))
            proposition = propose(clause, Role.TIME, asks, span)
    return Target(
        ((mention.start, mention.end),),
        FactKind.DATE,
        asks,
        "date",
        _date_worth(direct, preposition),
        (asks,),
        "",
        proposition,
    )


def _spanning(
    mention: Mention, tokens: list[Token], clause: Clause | None, asks: str
) -> Target | None:
    """Return a decade or a century, which is asked for where it belongs to the main verb."""
    preposition = head_of(tokens).head
    if clause is None or preposition.head != clause.root or preposition.lower_ != "in":
        return None
    subtree = list(preposition.subtree)
    if len(subtree) != len(tokens) + (1 if tokens[0].lower_ == "the" else 2):
        return None
    span = (preposition.i, preposition.i + len(subtree))
    asked = propose(clause, Role.TIME, asks, span, opening=f"in which {asks}")
    if asked is None:
        return None
    place = ((mention.start, mention.end),)
    return Target(place, FactKind.DATE, asks, "decade", 0.8, (asks,), "", asked)


def _date_worth(direct: bool, governor: Token) -> float:
    """Return what a date is worth: most beside the main verb, least inside a name."""
    if direct:
        return 0.9
    return 0.6 if governor.dep_ == "prep" else 0.4


def numbered(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return a figure; counted nouns are asked for with "how many"."""
    text = unit.text[mention.start : mention.end].lower()
    if mention.kind in {"number", "quantity"} and {"one", "a", "an", "zero"} & set(text.split()):
        return None
    following = unit.text[mention.end : mention.end + 12]
    if re.match(r" (?:or|to) (?:\d|two|three|four|five|six|seven|eight|nine|ten)", following):
        return None
    if mention.kind == "number":
        return _counted(mention, tokens, clause)
    if not any(c.isdigit() for c in text) and mention.kind != "percent":
        return None
    asked = asked_amount(mention, tokens, clause) if clause is not None else None
    start = mention.start
    if clause is not None and (asked is None or not _says_roughly(asked.opening)):
        start = approximate_start(mention, clause)
    return Target(
        ((start, mention.end),),
        FactKind.QUANTITY,
        mention.kind,
        "figure",
        0.9,
        (_HINTS[mention.kind],),
        "",
        asked,
    )


def _says_roughly(opening: str) -> bool:
    """Return whether the question itself says that the amount is a rough one."""
    return bool(opening) and not re.match(r"(?:(?:by|for|to|at|from) )?(?:what|how)\b", opening)


def _counted(mention: Mention, tokens: list[Token], clause: Clause | None) -> Target | None:
    """Return a number that counts something that the clause names."""
    if tokens[-1].lower_ in {"dozens", "hundreds", "thousands", "millions", "billions", "scores"}:
        return None
    head = head_of(tokens)
    noun = head.head
    if _is_a_sample(noun):
        return None
    if head.dep_ in {"dobj", "nsubj", "nsubjpass"} and tokens[-1].i + 1 < len(head.doc):
        return _share(mention) if tokens[-1].nbor(1).lower_ == "of" else None
    if head.dep_ == "pobj" and noun.lower_ == "of" and noun.head.lemma_ in _TOTALS:
        return Target(
            ((mention.start, mention.end),), FactKind.QUANTITY, "number", "number", 0.8, ("number",)
        )
    if head.dep_ != "nummod" or noun.tag_ != "NNS" or noun.i < head.i:
        return None
    before = tokens[0].nbor(-1).lower_ if tokens[0].i else ""
    between = list(noun.doc[tokens[-1].i + 1 : noun.i + 1])
    definite = before in {"the", "these", "those", "both", "his", "her", "its", "their", "our"}
    if definite or any(t.is_punct for t in between) or len(between) > 3:
        return None
    counted = noun.doc.text[between[0].idx : noun.idx + len(noun.text)]
    digits = any(c.isdigit() for t in tokens for c in t.text)
    if len(tokens) == 1 and tokens[0].lower_ in {"two", "2"}:
        return None
    return Target(
        ((mention.start, mention.end),),
        FactKind.QUANTITY,
        "number",
        "number",
        0.85 if digits else 0.75,
        ("how many?",),
        "",
        _counting(clause, noun, tokens, counted) if clause is not None else None,
    )


def _is_a_sample(noun: Token) -> bool:
    """Return whether a number counts those who took part in a study."""
    studied = noun.head.head.lemma_ in {"study", "survey", "sample"}
    verb = noun.head if noun.dep_ in {"dobj", "nsubj", "nsubjpass"} else noun.head.head
    return noun.lemma_ in _TAKING_PART and (studied or verb.lemma_ in _STUDYING)


def _share(mention: Mention) -> Target:
    """Return the number of "40 of the 120 banks"."""
    return Target(
        ((mention.start, mention.end),), FactKind.QUANTITY, "number", "number", 0.8, ("how many?",)
    )


def _counting(clause: Clause, noun: Token, number: list[Token], counted: str) -> Proposition | None:
    """Return the proposition of a "how many" question on the subject or the object."""
    left = noun.left_edge.i
    if left < number[0].i:
        return None
    if noun == clause.subject and clause.subject_range[0] == left:
        rest = clause.words(number[-1].i + 1, clause.subject_range[1])
        return propose(clause, Role.SUBJECT, "number", clause.subject_range, plural=True, noun=rest)
    joined = any(c.dep_ in {"conj", "appos"} for c in noun.children)
    loose = any(c.dep_ in {"acl", "relcl", "amod"} and c.i > noun.i for c in noun.children)
    if noun.dep_ == "dobj" and noun.head == clause.root and not joined and not loose:
        # "three styles of coping": what follows the noun goes with it.
        end = noun.i + 1
        while end <= noun.right_edge.i and not noun.doc[end].is_punct:
            end += 1
        rest = clause.words(noun.i + 1, end)
        if rest.startswith("of ") and end <= clause.tail_end and len(rest.split()) <= 8:
            whole = f"{counted} {rest}"
            return propose(clause, Role.COUNT, "number", (left, end), noun=whole)
        return propose(clause, Role.COUNT, "number", (left, noun.i + 1), noun=counted)
    return None


def ordinal(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return "38th" of "the 38th meeting of …"; small ordinals are too easily guessed."""
    text = unit.text[mention.start : mention.end]
    noun = tokens[-1].head
    if not text[0].isdigit() or noun.pos_ != "NOUN" or text == "1st":
        return None
    if noun.lemma_.lower() in {"century", "birthday", "minute", "street", "avenue"}:
        return None
    proposition = None
    before = tokens[0].nbor(-1).lower_ if tokens[0].i else ""
    if clause is not None and noun == clause.subject and before == "the":
        rest = clause.words(tokens[-1].i + 1, clause.subject_range[1])
        proposition = propose(clause, Role.SUBJECT, "ordinal", clause.subject_range, noun=rest)
    return Target(
        ((mention.start, mention.end),),
        FactKind.QUANTITY,
        "ordinal",
        "ordinal",
        0.9,
        ("which in number?",),
        "",
        proposition,
    )
