"""What reference works say of a name or a phrase, asked in the reader's order.

A work answers for a name only where it means the same thing: an article must be of the name's
kind, and where many share a form, the words around must speak of like things.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop.glossary import dictionary, encyclopedia, gazetteer
from desktop.glossary.abbreviations import is_short_form
from desktop.glossary.identity import city, rival
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.name_kinds import kind_of_article
from desktop.glossary.naming import Name, is_acronym
from desktop.glossary.sources.embedded import EmbeddedDictionary, EmbeddedEncyclopedia
from desktop.glossary.sources.entry import Entry, Source, SourceKind
from desktop.glossary.sources.opening import Sources
from desktop.glossary.term import Definition, DefinitionSource, TermKind
from desktop.language import similarity
from desktop.reading.document import Document

#: Characters on either side of a mention that are compared with an article, and the cosine from
#: which both speak of the same person (on 70 texts, others stay below 0.2, the same are above 0.4).
_CONTEXT = 200
_SAME_SUBJECT = 0.3

_DATED = re.compile(r"\d{3,4}")
_WHERE = re.compile(r"(?:\(|, )([A-Z][^(),]*)\)?$")
_STEM = 4
#: Nouns before a name that tell a feature of the map from a settlement.
_SORT = re.compile(
    r"\b(river|lake|mountain|island|valley|desert|strait|canal|city|town|village|port)\s(?:of\s)?$"
)
_SETTLEMENTS = frozenset("city town village port municipality capital settlement".split())


def name_definition(
    document: Document, name: Name, sources: Sources, places: Collection[str]
) -> Definition | None:
    """Return what the first work says that knows the thing named, in a text naming ``places``."""
    other = rival(document, name)
    for source in sources.order:
        if isinstance(source, EmbeddedEncyclopedia):
            article = name.article if other is None and _is_the_one(document, name) else None
            found = _article(article)
        elif isinstance(source, EmbeddedDictionary):
            found = _gazetteer(document, name, (other,) if other else dictionary.senses(name.term))
        elif source.kind is SourceKind.ENCYCLOPEDIA:
            found = _own_article(document, name, source)
        else:
            found = _gazetteer(document, name, source.lookup(name.term))
        if found is not None:
            return found
    return city(document, name, places)


def phrase_definition(
    phrase: str, article: encyclopedia.Article | None, sources: Sources
) -> Definition | None:
    """Return what the first work says that knows the phrase; ``article`` is the embedded one's."""
    several = " " in phrase or "-" in phrase
    for source in sources.order:
        if isinstance(source, EmbeddedEncyclopedia):
            found = _article(article)
        else:
            found = _only_entry(source, phrase) if several else None
        if found is not None:
            return found
    return None


def _only_entry(source: Source, phrase: str) -> Definition | None:
    """Return a work's entry for a phrase, where it has one sense and that of no name."""
    entries = source.lookup(phrase)
    is_article = source.kind is SourceKind.ENCYCLOPEDIA
    same = [entry for entry in entries if entry.lemma.casefold() == phrase.casefold()]
    if len(same) != 1 or (is_article and kind_of_description(same[0].gloss) is not None):
        return None
    kind = DefinitionSource.ENCYCLOPEDIA if is_article else DefinitionSource.DICTIONARY
    return Definition(same[0].gloss, kind, reference=same[0].reference)


def _article(article: encyclopedia.Article | None) -> Definition | None:
    if article is None:
        return None
    text = article.first_sentence()
    return Definition(text, DefinitionSource.ENCYCLOPEDIA, reference=article.reference)


def _own_article(document: Document, name: Name, source: Source) -> Definition | None:
    forms = sorted(name.forms, key=lambda form: (-len(form.split()), -name.forms[form], form))
    for form in dict.fromkeys((name.term, *forms)):
        for entry in source.lookup(form):
            kind = kind_of_description(entry.gloss)
            if kind is not None and kind is not name.kind:
                continue
            shared = name.kind is TermKind.PERSON or is_short_form(form) or kind is None
            if " " not in form and shared and not _is_about(document, name, entry.gloss):
                continue
            return Definition(entry.gloss, DefinitionSource.ENCYCLOPEDIA, reference=entry.reference)
    return None


def _is_the_one(document: Document, name: Name) -> bool:
    """Return whether a bare name or abbreviation means what the encyclopaedia has under it.

    Many share a given name or a few letters; so the words around the first mention must speak of
    like things as the article does.
    """
    article = name.article
    form = name.main_form
    if article is None:
        return True
    if _is_placed_elsewhere(document, article) or _is_of_another_sort(document, name, article):
        return False
    is_alias = encyclopedia.key(article.title) != encyclopedia.key(form)
    is_short = is_alias and is_short_form(form)
    if is_short and kind_of_article(article) is TermKind.PLACE:  # UK, US
        is_short = all(mention.label != "GPE" for mention in name.mentions)
    if " " in name.term and not (is_alias and name.kind is TermKind.PERSON):
        return True
    told_apart = article.bare_title != article.title and name.kind is not TermKind.PLACE
    is_language = any(mention.label in {"LANGUAGE", "NORP"} for mention in name.mentions)
    is_concept = name.kind is TermKind.CONCEPT and not is_language  # Apollo, the god
    if not (name.kind is TermKind.PERSON or is_concept or is_short or told_apart):
        return True
    return _is_about(document, name, article.introduction)


def _is_placed_elsewhere(document: Document, article: encyclopedia.Article) -> bool:
    """Return whether a title says where its subject is ("Grand Canal (China)"), unlike the text."""
    told = _WHERE.search(article.title)
    if told is None or any(word.islower() for word in told.group(1).split()):
        return False
    if told.group().startswith(",") and not gazetteer.is_country(told.group(1)):
        return False  # "Washington, D.C."
    stem = told.group(1)[:_STEM]  # China, Chinese
    return not any(stem in block.text for block in document.blocks)


def _is_of_another_sort(document: Document, name: Name, text: encyclopedia.Article | str) -> bool:
    """Return whether the text says "the river X" of what the work has as a city."""
    said = text if isinstance(text, str) else text.first_sentence()
    sorts = set()
    for mention in name.mentions:
        before = document.blocks[mention.span.block].text[: mention.span.start]
        if found := _SORT.search(before):
            sorts.add(found.group(1))
    if not sorts:
        return False
    if sorts & _SETTLEMENTS:
        sorts |= _SETTLEMENTS
    return not any(re.search(rf"\b{sort}", said) for sort in sorts)


def _is_about(document: Document, name: Name, article: str) -> bool:
    if not similarity.available():
        return False
    first = min(mention.span for mention in name.mentions)
    text = document.blocks[first.block].text
    around = text[max(0, first.start - _CONTEXT) : first.end + _CONTEXT]
    here, there = similarity.vectors([around, article[: 2 * _CONTEXT]])
    return float(here @ there) > _SAME_SUBJECT


def _gazetteer(document: Document, name: Name, found: tuple[Entry, ...]) -> Definition | None:
    """Return a dictionary's gloss of a proper noun, when it is one of the name's own kind."""
    form = name.term
    if " " in form or not form[:1].isupper():
        return None
    if name.kind is TermKind.PERSON and gazetteer.is_given_name(form):
        return None  # of the many who are called so
    fitting = [
        sense
        for sense in found
        if kind_of_description(sense.gloss) is name.kind
        and name.kind is not TermKind.CONCEPT
        and not _is_of_another_sort(document, name, sense.gloss)
    ]
    if len(fitting) != 1:
        return None
    is_dated = len(found) == 1 and bool(_DATED.search(found[0].gloss)) and not is_acronym(form)
    is_person = name.kind is TermKind.PERSON
    if is_person and not (is_dated and _is_about(document, name, fitting[0].gloss)):
        return None  # several bearers of the name, or "a person who …": not this one
    reference = fitting[0].reference
    return Definition(fitting[0].gloss, DefinitionSource.DICTIONARY, reference=reference)
