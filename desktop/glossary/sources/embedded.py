"""The two reference works that come with the program, as sources among the reader's own."""

from __future__ import annotations

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.sources.entry import Entry, SourceKind


class EmbeddedDictionary:
    """Open English WordNet's glosses; see ``desktop.glossary.dictionary``."""

    kind = SourceKind.DICTIONARY
    name = dictionary.NAME
    licence = dictionary.LICENCE
    language = "en"

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the senses of a form."""
        return dictionary.senses(form)


class EmbeddedEncyclopedia:
    """Introductions of Wikipedia articles; see ``desktop.glossary.encyclopedia``."""

    kind = SourceKind.ENCYCLOPEDIA
    name = "Wikipedia"
    licence = encyclopedia.LICENCE
    language = "en"

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the first sentence of the article with this title or other name."""
        article = encyclopedia.article(form)
        if article is None:
            return ()
        text = article.first_sentence()
        return (Entry(article.title, text, "NOUN", reference=article.reference),)
