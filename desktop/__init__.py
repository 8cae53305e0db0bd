"""Glossator: read something hard and keep it.

The six calls of the pipeline, each of which works without Qt::

    document = open_document("essay.txt")
    analysis = analyse(document)
    glossary = extract_glossary(analysis)
    facts = extract_facts(analysis, glossary)
    deck = build_deck(facts, glossary, document)
    write_apkg(deck, "essay.apkg")

They are imported on first use, so that ``import desktop`` stays cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.decks.apkg import write_apkg as write_apkg
    from desktop.decks.build import build_deck as build_deck
    from desktop.facts.extract import extract_facts as extract_facts
    from desktop.glossary.extract import extract_glossary as extract_glossary
    from desktop.language.analysis import analyse as analyse
    from desktop.reading.opener import open_document as open_document

__version__ = "0.1.0"

_CALLS = {
    "open_document": "desktop.reading.opener",
    "analyse": "desktop.language.analysis",
    "extract_glossary": "desktop.glossary.extract",
    "extract_facts": "desktop.facts.extract",
    "build_deck": "desktop.decks.build",
    "write_apkg": "desktop.decks.apkg",
}

__all__ = ["__version__", "analyse", "build_deck", "extract_facts", "extract_glossary",
           "open_document", "write_apkg"]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import one of the six calls on first use (PEP 562)."""
    if name in _CALLS:
        return getattr(importlib.import_module(_CALLS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
