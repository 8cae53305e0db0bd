"""Rules on what a card points at: nouns, pronouns and times that need the text around them."""

from __future__ import annotations

import re

from desktop.decks.cloze import revealed
from desktop.decks.deck import NoteKind
from desktop.decks.quality.view import (
    AUXILIARIES,
    QUESTION_WORD,
    STOP,
    View,
    has_context,
    tokens,
    without_quotations,
)
from desktop.facts.moment import DEICTIC
from desktop.facts.vocabulary import HUMAN, LEANING, MONTHS, TAKING_UP, words

_PRONOUNS = words("he she it they him her them his its their hers theirs")
_PERSONAL = words("he she him her his hers")
_FIRST_PERSON = words("i we us our my me your you")
_RANKS = words("first second third last other two three four")
_FUNCTION = words("of in for between that which who whose where when on with about by at against")
#: What may follow a noun and make clear which one is meant: a complement, or its name.
_OPEN = rf"(?![\w'-])(?!\s+(?:{'|'.join(sorted(_FUNCTION))})\b)(?!\s+[A-Z“])"
_TAKEN_UP = re.compile(r"\b[Tt]he ([a-z]+)" + _OPEN)
_COUNTED = re.compile(r"\b[Tt]he (?:two|three|four|five|both) [a-z]+" + _OPEN)
_POINTING = re.compile(
    r"\b(?:this|these|those|such|the (?:former|latter|same|other))\b(?! as\b)", re.IGNORECASE
)
_DEFINED = re.compile(
    r"\b(?:those|that) (?:who|of|in|with|that|whose|it|he|she|they|\w+ed)\b", re.I
)
_THAT_ONE = re.compile(
    r"\bthat (?:year|day|month|time|period|century|decade|place|moment)\b"
    r"(?! (?:that|when|in which)\b)"
)
_EXPLETIVE = re.compile(
    r"\bit (?:\w+ )?(?:is|was|be|been|takes?|took|seems?|seemed|becomes?|became|makes?|made|follows"
    r"|happens|happened|turns|turned)\b.*\b(?:to|that|who|which|for|when|before)\b"
    r"|\b(?:is|was|did|does|would|will) it (?:\w+ )*?(?:to|that)\b|\bmakes? it \w+ (?:to|that)\b"
)
_OPENING = words(
    "in after before during while when as at on upon following despite until since with for from"
)
_DATED = re.compile(r"\b(?:last|next|this) (?:year|month|week|decade|century)\b|\bago\b")
_UNTIL_NOW = re.compile(
    r"\b(?:so far|at present|these days|up to now|until now|at the moment"
    r"|as yet|not yet|yet to|in recent (?:years|decades|months|weeks|times))\b"
    r"|\bto date(?=[?,.]|$)",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\b(?:{MONTHS} \d{{1,2}}|\d{{1,2}} {MONTHS})\b")
_YEARLY = re.compile(
    r"\b(?:every|each|annual|annually|yearly|celebrate[sd]?|holiday|birthday"
    r"|feast|falls|begins|ends)\b",
    re.IGNORECASE,
)
_IN_THE_TEXT = re.compile(
    r"\b(?:the|this) (?:author|writer|text|passage|article|paragraph|excerpt|essay|chapter|section"
    r"|reading)\b(?! (?:of|on|by|in|that|who)\b)"
    r"|\b(?:see|figure|table|chapter) \d|\b(?:above|below)(?: is\b| are\b|,|\?)",
    re.IGNORECASE,
)


def ambiguous_reference(card: View) -> bool:
    """Find "the dispute", "this region", "the two presidents" without what explains them."""
    if card.kind is NoteKind.TERM or has_context(card.asked):
        return False
    text = without_quotations(card.asked.replace("’", "'"))
    if _THAT_ONE.search(text):
        return True
    if _POINTING.search(text):
        return not _DEFINED.search(text)
    for match in _TAKEN_UP.finditer(text):
        noun = match.group(1)
        noun = noun[:-1] if len(noun) > 4 and noun.endswith("s") else noun
        if noun in TAKING_UP - _RANKS and noun not in text[: match.start()].lower():
            return True
    return bool(_COUNTED.search(text))


def dangling_pronoun(card: View) -> bool:
    """Find a pronoun with no name or noun that it fits, and the first person."""
    if card.kind is NoteKind.TERM:
        return False
    # What is hidden may be what the pronoun stands for.
    text = revealed(card.note.cloze) if card.note.cloze else card.asked
    found = tokens(text)
    lowered = [t.lower() for t in found]
    if _speaks_of_itself(tokens(without_quotations(text))):
        return not re.search(r"\bour (?:century|time|age|world|planet)\b", card.asked)
    expletive = bool(_EXPLETIVE.search(text.lower()))
    for index, word in enumerate(lowered):
        if word not in _PRONOUNS or (word == "it" and expletive):
            continue
        if not _stands_for(found, lowered, index) and not _explained_later(found, lowered, index):
            return True
    return False


def _speaks_of_itself(found: list[str]) -> bool:
    """Return whether there is a "we" or an "I"; "the US" and "Elizabeth I" are none."""
    for index, word in enumerate(found):
        numeral = word == "I" and index > 0 and found[index - 1][0].isupper()
        if word.lower() in _FIRST_PERSON and word != "US" and not numeral:
            return True
    return False


def _stands_for(found: list[str], lowered: list[str], index: int) -> bool:
    """Return whether something before the pronoun at ``index`` fits it."""
    nouns = [
        t
        for place, t in enumerate(found[:index])
        if t.lower() not in STOP
        and t.lower() not in _PRONOUNS
        and t[0].isalpha()
        and len(t) > 2
        and not QUESTION_WORD.fullmatch(t)
        and not (place and lowered[place - 1] in {"which", "what", "many"})
    ]
    inverted = index > 0 and lowered[index - 1] in AUXILIARIES
    asked_for = index > 0 and lowered[0] in {"who", "which", "what", "whose"} and not inverted
    if lowered[index] in _PERSONAL:
        persons = [t for t in nouns if t[0].isupper() or _is_human(t.lower())]
        which = lowered[1] if lowered[0] in {"which", "what"} else ""
        return bool(persons) or (asked_for and (not which or _is_human(which)))
    return bool(nouns) or (asked_for and lowered[0] != "who")


def _is_human(word: str) -> bool:
    """Return whether a noun names a person, alone or as one of several."""
    return word in HUMAN or word.removesuffix("s") in HUMAN or word.removesuffix("'s") in HUMAN


def _explained_later(found: list[str], lowered: list[str], index: int) -> bool:
    """Return whether an opening phrase holds the pronoun and a name follows: "In his will, …"."""
    if lowered[0] not in _OPENING or "," not in found[index:]:
        return False
    return any(t[0].isupper() for t in found[found.index(",", index) + 1 :])


def not_standing_alone(card: View) -> bool:
    """Find times that depend on the day of writing and wording that leans on a text."""
    if card.kind is NoteKind.TERM or has_context(card.asked):
        return False
    text = without_quotations(card.asked)
    lowered = [t.lower() for t in tokens(text)]
    dated = re.search(r"\bas of (?:\w+ )*\d", text, re.IGNORECASE)
    of_now = set(lowered) & DEICTIC or _DATED.search(text)
    of_now = of_now or _UNTIL_NOW.search(f"{text} {card.answer}")
    if of_now and not dated:
        return True
    if _IN_THE_TEXT.search(text):
        return True
    # A day without its year: "Who resigned on May 3?"
    told = f"{text} {card.answer}"
    if _DAY.search(told) and not re.search(r"\d{4}", told) and not _YEARLY.search(text):
        return True
    return bool(lowered) and lowered[0] in LEANING and "?" not in card.asked
