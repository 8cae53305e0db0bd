"""What reference works say of a name or a phrase, asked in the reader's order.

A work answers for a name only where it means the same thing: an article must be of the name's
kind, and where many share a form, the words around must speak of like things.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.abbreviations import is_short_form
from desktop.glossary.identity import city, rival
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.naming import Name, is_acronym, kind_of_article
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
            found = _gazetteer(name, (other,) if other else dictionary.senses(name.term))
        elif source.kind is SourceKind.ENCYCLOPEDIA:
            found = _own_article(document, name, source)
        else:
            found = _gazetteer(name, source.lookup(name.term))
        if found is not None:
            return found
    return city(name, places)


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
    if article is None or " " in name.term:
        return True
    is_alias = encyclopedia.key(article.title) != encyclopedia.key(form)
    is_short = is_alias and is_short_form(form)
    if is_short and kind_of_article(article) is TermKind.PLACE:  # UK, US
        is_short = all(mention.label != "GPE" for mention in name.mentions)
    told_apart = article.bare_title != article.title and name.kind is not TermKind.PLACE
    if not (name.kind is TermKind.PERSON or is_short or told_apart):
        return True
    return _is_about(document, name, article.introduction)


def _is_about(document: Document, name: Name, article: str) -> bool:
    if not similarity.available():
        return False
    first = min(mention.span for mention in name.mentions)
    text = document.blocks[first.block].text
    around = text[max(0, first.start - _CONTEXT) : first.end + _CONTEXT]
    here, there = similarity.vectors([around, article[: 2 * _CONTEXT]])
    return float(here @ there) > _SAME_SUBJECT


def _gazetteer(name: Name, found: tuple[Entry, ...]) -> Definition | None:
    """Return a dictionary's gloss of a proper noun, when it is one of the name's own kind."""
    form = name.term
    if " " in form or not form[:1].isupper():
        return None
    fitting = [
        sense
        for sense in found
        if kind_of_description(sense.gloss) is name.kind and name.kind is not TermKind.CONCEPT
    ]
    if len(fitting) != 1:
        return None
    is_dated = len(found) == 1 and bool(_DATED.search(found[0].gloss)) and not is_acronym(form)
    if name.kind is TermKind.PERSON and not is_dated:
        return None  # several bearers of the name, or "a person who …": not this one
    reference = fitting[0].reference
    return Definition(fitting[0].gloss, DefinitionSource.DICTIONARY, reference=reference)
