"""The kind that a name's own words, an article or the dictionary show: "… Empire", "city in …"."""

from __future__ import annotations

import re

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.kinds import kind_of_description, kind_of_noun
from desktop.glossary.runs import is_common
from desktop.glossary.term import TermKind

WORD = re.compile(r"[\w’'.-]+")
_LIFE_DATES = re.compile(r"\((?:born\b|died\b|c\.|\d{1,4}\s?(?:BC)?[–-]\s?(?:c\. )?\d{1,4}).*\)$")
#: Words that place a region on the map before its name ("Upper Svaneti", "North China").
REGIONAL = frozenset(
    """
    upper lower north south east west northern southern eastern western central inner outer greater
    """.split()
)
#: Nouns of other languages with which names of places begin.
_FOREIGN_PLACES = frozenset(
    """
    barrio calle castello castillo cerro château cima col isla isola île lac lago mercado mont monte
    museo palacio palais palazzo paseo piazza pic piz place plaza pont ponte puerto rio rue río
    schloss sierra via
    """.split()
)


def kind_of_gloss(form: str) -> TermKind | None:
    """Return the kind that the dictionary gives a proper noun ("a city in …"), if it has it."""
    found = dictionary.senses(form)
    return kind_of_description(found[0].gloss) if found else None


def kind_of_article(article: encyclopedia.Article) -> TermKind | None:
    """Return what kind of thing an article describes, or None where its words don't show it."""
    found = kind_of_description(article.description)
    if article.topic == "People":  # bands, too
        return found if found is TermKind.ORGANISATION else TermKind.PERSON
    found = found or kind_of_head(article.bare_title)  # "… Empire": "Western half of … (395–476)"
    if found is None and _LIFE_DATES.search(article.description):
        return TermKind.PERSON
    if found is None:
        match = re.search(r"\b(?:is|was|are|were)\s+(?:an?|the)\s+(.*)", article.first_sentence())
        found = kind_of_description(match.group(1)) if match else None
    return found


def kind_of_head(form: str) -> TermKind | None:
    """Return the kind shown by the noun in a name of several words ("… Union", "Battle of …")."""
    words = WORD.findall(form)
    if len(words) < 2:
        return None
    head = words[-1]
    for place, word in enumerate(words):
        if place and word in {"of", "for", "on", "in"}:
            head = words[place - 1]
            break
    if not is_common(head):
        return None
    is_body = head == "Department" or words[-1] == head == "Congress"
    if is_body:  # of a government, rather than of France or of Vienna
        return TermKind.ORGANISATION
    kind = kind_of_noun(head)
    return None if kind is TermKind.PERSON else kind


def kind_of_part(words: list[str]) -> TermKind | None:
    """Return the kind of a noun at the start or within: "Mount Etna", "University College X"."""
    if words[0].casefold() in REGIONAL and not is_common(words[-1]):
        return TermKind.PLACE
    if words[0].casefold() in _FOREIGN_PLACES:
        return TermKind.PLACE
    for word in (words[0], *reversed(words[1:-1])):
        kind = kind_of_noun(word) if is_common(word) else None
        if kind in {TermKind.PLACE, TermKind.ORGANISATION, TermKind.EVENT}:
            return kind
        if kind is TermKind.PERSON:
            return None
    return None
