"""Facts of small texts, for tests."""

from __future__ import annotations

from desktop.facts.extract import extract_facts
from desktop.facts.fact import Fact
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from tests.documents import document_of


def facts_of(*paragraphs: str, title: str = "A test") -> tuple[Fact, ...]:
    """Return the facts of the paragraphs, as the program finds them, best first."""
    analysis = analyse(document_of(*paragraphs, title=title))
    return extract_facts(analysis, extract_glossary(analysis)).facts


def answers(*paragraphs: str, title: str = "A test") -> set[str]:
    """Return what can be asked for in the paragraphs."""
    return {fact.answer for fact in facts_of(*paragraphs, title=title)}


def statements(*paragraphs: str, title: str = "A test") -> set[str]:
    """Return the statements that the facts of the paragraphs are made of."""
    return {fact.statement for fact in facts_of(*paragraphs, title=title)}
