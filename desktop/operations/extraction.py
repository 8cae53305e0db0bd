"""From a document to its entries and facts: first what is in view, then all of it by portions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.facts.extract import extract_facts
from desktop.facts.fact import Facts
from desktop.glossary.extract import extract_glossary
from desktop.glossary.levels import at_level
from desktop.glossary.other_languages import extract_plainly
from desktop.glossary.sources.opening import Sources
from desktop.glossary.term import Glossary
from desktop.language.analysis import analyse
from desktop.language.models import model_for, other_language, remark_on
from desktop.operations.portions import (
    Found,
    PortionStore,
    divide,
    in_reading_order_from,
    in_view,
    merge,
)
from desktop.reading.document import Document

#: The share of the whole work after which cards are made, and that of parsing in a portion.
FINDING = 0.85
_PARSING = 0.7
#: From so many words on, what is in view is looked at before the rest.
_LOOKED_AT_FIRST = 2500
#: After a draft of so many portions comes the next when there are this many times as many.
_NEXT_DRAFT = 1.4


@dataclass(slots=True)
class Extraction:
    """The text core at work on one document.

    ``tell`` hears the stage and how far all of it is (0..1), ``show`` of a glossary and whether
    it is the final one, ``remark`` a sentence for the reader; all may end the work by raising.
    """

    tell: Callable[[str, float], None]
    show: Callable[[Glossary, bool], None]
    level: str
    sources: Sources
    store: PortionStore
    remark: Callable[[str], None] = lambda _sentence: None

    def find(self, document: Document, at: int = 0) -> Found:
        """Return what is in the document, all levels' words among it; ``at`` is in view."""
        self.tell("reading", 0.0)
        if language := other_language(document):
            return self._in_other_language(document, language)
        if document.word_count() >= _LOOKED_AT_FIRST:
            self._look(document, at)
        portions = divide(document)
        if len(portions) == 1:
            return self._in(document, self.show, 0.0, FINDING)
        share = FINDING / len(portions)
        done: dict[int, Found] = {}
        due = 1.0
        for number in in_reading_order_from(portions, at):
            portion = portions[number]
            part = portion.of(document)
            found = self.store.load(part)
            if found is None:
                found = self._in(part, None, len(done) * share, share)
                self.store.save(part, found)
            done[number] = found.of(portion)
            self.tell("reading", len(done) * share)
            if due <= len(done) < len(portions):
                due = len(done) * _NEXT_DRAFT
                self.show(
                    merge(document, [(portions[i], done[i]) for i in sorted(done)]).glossary, False
                )
        everything = merge(document, [(portions[i], done[i]) for i in range(len(portions))])
        self.show(everything.glossary, True)
        return everything

    def _in_other_language(self, document: Document, language: str) -> Found:
        """Return the names and terms of a text that isn't English; there are no facts."""
        self.remark(remark_on(language))
        glossary = extract_plainly(
            document,
            language,
            model_for(language),
            self.sources,
            lambda done: self.tell("reading", done * FINDING),
        )
        self.show(glossary, True)
        return Found(glossary, Facts(document.name, document.source.sha256, ()))

    def _look(self, document: Document, at: int) -> None:
        """Show the entries of the paragraphs in view."""
        view = in_view(document, at)
        analysis = analyse(view.of(document))
        draft = extract_glossary(
            analysis, level=self.level, sources=self.sources, weigh_senses=False
        )
        self.show(view.shown(draft), False)

    def _in(
        self,
        document: Document,
        show: Callable[[Glossary, bool], None] | None,
        begin: float,
        share: float,
    ) -> Found:
        """Analyse a text, or a portion of a longer one."""
        parsing = share * _PARSING
        analysis = analyse(document, lambda done: self.tell("reading", begin + done * parsing))
        self.tell("glossary", begin + parsing)
        everything = extract_glossary(
            analysis,
            level=self.level,
            easier=True,
            sources=self.sources,
            on_draft=(lambda draft: show(draft, False)) if show else None,
        )
        if show:
            show(everything, True)
        self.tell("cards", begin + (parsing + share) / 2)
        return Found(everything, extract_facts(analysis, at_level(everything, self.level)))
