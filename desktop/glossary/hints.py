"""Hints: the shortest form of a meaning, to be read above a word without leaving the line."""

from __future__ import annotations

import re

from desktop.glossary.term import Definition

#: Words of content; small words between them don't count.
_MOST_WORDS = 3
_LONGEST = 28

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_BEGINNING = re.compile(
    r"(?:(?:the |an? )?(?:act|state|quality|condition|process|fact|property|action) "
    r"(?:or \w+ )?of (?:being )?"
    r"|(?:an?|the|any|some|to|be|being|of|or|in|one's|his|their) |(?:usually|especially|very) )+",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:someone|anyone|a person|one) (?:who|that) ", re.IGNORECASE)
#: Words that don't count, and with which a hint doesn't end.
_SMALL = frozenset(
    "one someone something a an the of or and to in on at by for with from as not some any its "
    "one's between into "
    "through is are being that which who whom whose when where than against about".split()
)
#: Words that begin what a hint can do without.
_TAILS = frozenset(
    "that which who whom whose when where used usually especially such than because".split()
)


def short_gloss(definition: Definition) -> str | None:
    """Return about three words for a meaning, with an ellipsis where more is meant.

    The parts of a gloss that a semicolon divides say the same in other words: the shortest that
    is whole wins. ``None`` where nothing short enough is left.
    """
    flat = _BRACKETS.sub("", " ".join(definition.text.split())).rstrip(". ")
    forms = [form for part in flat.split(";") if (form := _without_beginning(part.strip()))]
    whole = [form for form in forms if _content(form) <= _MOST_WORDS and len(form) <= _LONGEST]
    if whole:
        return min(whole, key=lambda form: (_content(form), len(form)))
    return _cut(forms[0]) if forms else None


def _without_beginning(form: str) -> str:
    found = _BEGINNING.match(form)
    return form[found.end() :] if found else _PERSON.sub("one who ", form)


def _content(form: str) -> int:
    return sum(word.casefold() not in _SMALL for word in form.split())


def _cut(form: str) -> str | None:
    """Return the head of a longer gloss, ended where a reader can stop."""
    kept: list[str] = []
    for word in form.split():
        bare = word.strip(",:").casefold()
        full = _content(" ".join([*kept, bare])) > _MOST_WORDS
        if (
            full
            or (_content(" ".join(kept)) and bare in _TAILS)
            or len(" ".join([*kept, word])) > _LONGEST
        ):
            break
        kept.append(word.rstrip(",:"))
        if word[-1] in ",:":
            break
    while kept and kept[-1].casefold() in _SMALL:
        kept.pop()
    # One word of a longer gloss ("state…") says nothing.
    return " ".join(kept) + "…" if len(kept) > 1 else None
