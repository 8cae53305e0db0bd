"""Which of the things that share a name is meant, by what else the text names.

A wrong definition costs more than none: so another sense than the encyclopaedia's own needs a name
in common with the text, and a city a country that the text names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from desktop.glossary import dictionary, gazetteer
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.naming import Name
from desktop.glossary.peoples import home_of
from desktop.glossary.sources.entry import Entry
from desktop.glossary.term import Definition, DefinitionSource, TermKind
from desktop.reading.document import Document

#: What an article says first places its subject.
_INTRODUCTION = 400
_STATE = "a state of the United States"
#: From this population on, a city needs no mention of its country nearby.
_TOWN = 25_000

_NAMES = re.compile(r"(?<![.!?]\s)\b[A-Z][a-z]+(?:\s(?:and\s)?[A-Z][a-z]+)*")


def places_named(names: Iterable[Name]) -> frozenset[str]:
    """Return the countries and regions that a text names, under the gazetteer's names."""
    found: set[str] = set()
    for name in names:
        if name.kind is TermKind.PLACE:
            found.update(name.forms)
            if name.article is not None:
                found.add(name.article.bare_title)
                lands = _NAMES.findall(name.article.first_sentence())
                found.update(land for land in lands if gazetteer.is_country(land) or land in _PARTS)
    return frozenset(found | {whole for part, whole in _PARTS.items() if part in found})


#: Lands that the gazetteer counts to a larger country.
_PARTS = {
    "England": "United Kingdom", "Scotland": "United Kingdom", "Wales": "United Kingdom",
    "Northern Ireland": "United Kingdom", "Holland": "Netherlands",
}  # fmt: skip


def rival(document: Document, name: Name) -> Entry | None:
    """Return the dictionary's sense of another thing of that name, where the text means it."""
    article = name.article
    if article is None or name.kind in {TermKind.PERSON, TermKind.CONCEPT} or " " in name.term:
        return None
    senses = dictionary.senses(name.term)
    rivals = [sense for sense in senses if kind_of_description(sense.gloss) is name.kind]
    if len(rivals) < 2:
        return None
    text = "\n".join(block.text for block in document.blocks)
    own = set(name.term.split())
    if _shared_names(article.introduction[:_INTRODUCTION], text, own):
        return None
    count, place = max((_shared_names(rivals[i].gloss, text, own), -i) for i in range(len(rivals)))
    return rivals[-place] if count else None


def _shared_names(description: str, text: str, own: set[str]) -> int:
    """Count the names in a description that the text has, too, the described thing's own apart."""
    stems = tuple(word[:4] for word in own)  # "Europe" and "European"
    found = set(_NAMES.findall(description.partition(" ")[2]))
    names = {name for name in found if not name.startswith(stems) and home_of(name) is None}
    return sum(bool(re.search(rf"\b{name}\b", text)) for name in names)


def city(document: Document, name: Name, places: Collection[str]) -> Definition | None:
    """Return in which country a city or state lies, where it is plain which city is meant.

    Cities of the United States share their names with so many that the state must be named nearby.
    """
    if name.kind is not TermKind.PLACE:
        return None
    if gazetteer.is_us_state(name.term):
        reference = gazetteer.REFERENCE.format(name.term)
        return Definition(_STATE, DefinitionSource.ENCYCLOPEDIA, reference=reference)
    found = gazetteer.city_meant(name.term, places - name.forms.keys())
    if found is None:
        return None
    near = {mention.span.block for mention in name.mentions}
    whole = found.region or found.country
    named = any(whole in document.blocks[place].text for place in near)
    if not named and (found.region or found.population < _TOWN):
        return None
    reference = gazetteer.REFERENCE.format(found.name)
    return Definition(found.description, DefinitionSource.ENCYCLOPEDIA, reference=reference)
