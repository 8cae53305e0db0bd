"""Peoples and origins: "Chinese", "Uighur", and the country that each leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.name_kinds import kind_of_article
from desktop.glossary.names import Mention
from desktop.glossary.term import TermKind

_ORIGIN = re.compile(
    r"^(?:of|relating|pertaining|native|a native|a person|an inhabitant|a resident)\b[^;]*?"
    r"\b(?:of|to|in|from)\s(?:the\s)?([A-Z]\w+(?:\s[A-Z]\w+)*)"
)
_INHABITANT = re.compile(r"(?:[ai]an|ese|[^aeiou]man)$")
_DIRECTIONS = frozenset(["northern", "southern", "eastern", "western", "central"])


def is_people(mention: Mention) -> bool:
    """Return whether a mention names a people or an origin, not a thing of its own."""
    if mention.work:
        return False
    if " " in mention.text:
        last = mention.text.rpartition(" ")[2]
        is_region = last.casefold() in _DIRECTIONS
        return mention.label == "NORP" and (is_region or home_of(last.rstrip("s")) is not None)
    if mention.label in {"", "PERSON"} and _INHABITANT.search(mention.text):
        return home_of(mention.text) is not None and not mention.title
    if mention.label == "NORP":
        article = encyclopedia.article(mention.text)
        is_named_thing = article is not None and kind_of_article(article) is TermKind.PLACE
        return not is_named_thing or home_of(mention.text) is not None
    if mention.text.endswith("s") and len(mention.text) > 4 and not mention.title:
        single = mention.text[:-1]
        if _INHABITANT.search(single) or single.endswith("i"):
            return home_of(single) is not None  # "Pakistanis"
    return any(sense.gloss.startswith("a member of a people") for sense in
               dictionary.senses(mention.text))  # fmt: skip


def peoples(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of peoples and origins ("Chinese", "Tibetan"), compound ones apart."""
    return [m for m in mentions if is_people(m) and not {"-", " "} & set(m.text)]


def home_of(demonym: str) -> str | None:
    """Return the name that a demonym derives from, as the dictionary says ("Chinese" → "China")."""
    if demonym.casefold() in _DIRECTIONS:
        return None
    for sense in dictionary.senses(demonym):
        match = _ORIGIN.search(sense.gloss)
        if match:
            return match.group(1)
    return None
