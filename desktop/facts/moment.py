"""When a statement holds: words that count from the day of writing, and facts that age.

"Last year" becomes its year where the document's date is known; what holds for a time is marked
with the day for which the text says it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.facts.verdict import Verdict
from desktop.facts.vocabulary import OFFICES, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from desktop.facts.mentions import Mention
    from desktop.facts.units import Unit

#: ``as_of`` of a fact that ages in a text without a date.
UNDATED = "undated"

#: Words for the time of writing, which a date can stand for.
_NOW = words("today now currently nowadays presently")
#: Time words that mean something else when the text is read later.
DEICTIC = _NOW | words("recently yesterday tomorrow tonight lately")
_DETERMINERS = {"last": -1, "this": 0, "next": 1}
_LEANING = frozenset({*_DETERMINERS, "past", "previous", "coming"})
_TIMES = frozenset({"year", "month", "week", "decade", "century", "day", "summer", "winter"})
_WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
_AS_OF = re.compile(r"\b[Aa]s of (?:[\w ]{1,12} )?((?:1[5-9]|20)\d\d)\b")
_COUNTED = frozenset({"figure", "number"})
_LASTING = frozenset({"country", "place", "organisation"})


def judge_time(token: Token, date: str) -> Verdict | None:
    """Judge a word that counts from the day of writing; None where ``token`` is none.

    ``date`` is the document's (YYYY-MM-DD, or its beginning), empty where it isn't known.
    """
    word = token.lower_
    year = int(date[:4]) if date else None
    if word in _LEANING and token.head.lemma_ in _TIMES and token.dep_ in {"amod", "det"}:
        return _leaning_year(token, year)
    if word == "ago":
        return _years_ago(token, year)
    if word in _WEEKDAYS and token.dep_ in {"pobj", "npadvmod"} and token.ent_type_ == "DATE":
        beside = token.doc[max(0, token.i - 2) : token.i + 5]
        return None if any(t.like_num for t in beside) else Verdict(needs_context=True)
    if word == "recent" and token.dep_ == "amod" and token.head.tag_ == "NN":
        return Verdict(needs_context=True)
    if word not in DEICTIC or token.dep_ not in {"advmod", "npadvmod", "pobj", "poss"}:
        return None
    if word == "now" and token.i > 1 and token.nbor(-2).lower_ == "what":
        return None
    if year is None or word not in _NOW or token.dep_ in {"pobj", "poss"}:
        return Verdict(needs_context=True)
    return _now(token, date)


def _leaning_year(token: Token, year: int | None) -> Verdict:
    """Turn "last year" into "in 2018" where the text is from 2019."""
    head = token.head
    if year is None or head.lemma_ != "year" or head.left_edge != token:
        return Verdict(needs_context=True)
    if token.lower_ not in _DETERMINERS or head.right_edge != head:
        return Verdict(needs_context=True)
    told = str(year + _DETERMINERS[token.lower_])
    free = head.dep_ == "npadvmod" or token.is_sent_start
    return Verdict(edit=(token.idx, head.idx + len(head.text), f"in {told}" if free else told))


def _years_ago(token: Token, year: int | None) -> Verdict:
    """Turn "three years ago" into its year."""
    first = token.left_edge
    phrase = [t.lower_ for t in token.doc[first.i : token.i]]
    known = len(phrase) == 2 and phrase[1] in {"year", "years"} and phrase[0] in _NUMBERS
    if year is None or not known:
        return Verdict(needs_context=True)
    return Verdict(
        edit=(first.idx, token.idx + len(token.text), f"in {year - _NUMBERS[phrase[0]]}")
    )


def _now(token: Token, date: str) -> Verdict:
    """Take "now" out of a statement that is told "as of" its date."""
    end = token.idx + len(token.text_with_ws)
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1) if token.i and not token.is_sent_start else None
    if following is not None and following.text == ",":
        if before is not None and before.text != ",":
            return Verdict(needs_context=True)
        end = following.idx + len(following.text_with_ws)
    elif following is None or not following.text[0].isalnum():
        if before is None:
            return Verdict(needs_context=True)
        return Verdict(
            edit=(before.idx + len(before.text), token.idx + len(token.text), ""), as_of=date
        )
    return Verdict(edit=(token.idx, end, ""), as_of=date)


def holds_as_of(
    unit: Unit, rule: str, named: list[Mention], date: str, told: str, *, to_come: bool
) -> str:
    """Return for which day a statement that ages is made, ``UNDATED`` where none is known.

    Empty for what stays true: the past, and what is always so. ``told`` is the day of a "now".
    """
    stated = _AS_OF.search(unit.text, unit.start, unit.end)
    if stated:
        return stated.group(1)
    if told:
        return told
    return (date or UNDATED) if to_come or _ages(unit, rule, named) else ""


def _ages(unit: Unit, rule: str, named: list[Mention]) -> bool:
    """Return whether the present tense tells of an office, a rank or a count of something named."""
    root = unit.root
    auxiliaries = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    finite = auxiliaries[0] if auxiliaries else root
    if finite.tag_ not in {"VBZ", "VBP"}:
        return False
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    subjects = [m for m in named if subject and m.start <= subject.idx < m.end]
    lasting = any(m.kind in _LASTING for m in subjects)
    if lasting and rule in _COUNTED:
        return True
    attributes = [c for c in root.children if c.dep_ == "attr"]
    if lasting and any(t.tag_ == "JJS" for a in attributes for t in a.lefts):
        return True
    office = [subject, *attributes] if root.lemma_ == "be" else []
    person = any(m.kind == "person" for m in named)
    return person and any(t is not None and t.lemma_.lower() in OFFICES for t in office)
