"""What every reference work answers: entries for a form, each with its source and licence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

#: Names of languages in three letters, as ZIM files and some dictionaries give them.
_TWO_LETTERS = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
                "ita": "it", "por": "pt", "nld": "nl", "dut": "nl"}  # fmt: skip


class SourceKind(StrEnum):
    """What a source describes: words in their senses, or things in articles."""

    DICTIONARY = "dictionary"
    ENCYCLOPEDIA = "encyclopedia"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense of a form in a dictionary, or its article in an encyclopaedia.

    ``pos`` is NOUN, VERB, ADJ, ADV or empty where the source doesn't say. ``rank`` counts from 0
    in the source's order; ``count`` is how often the sense occurs in the source's corpus, where
    it has one. ``related`` are glosses of what the sense is a kind of; ``synonyms`` share it.
    ``reference`` names the source, the entry and its licence.
    """

    lemma: str
    gloss: str
    pos: str = ""
    rank: int = 0
    examples: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    count: int | None = None
    reference: str = ""


class Source(Protocol):
    """A reference work; ``language`` is empty or a code of two letters, ``licence`` may be empty.

    ``embedded`` tells the program's own from the reader's.
    """

    @property
    def kind(self) -> SourceKind:
        """What it describes."""
        ...

    @property
    def name(self) -> str:
        """Its title."""
        ...

    @property
    def licence(self) -> str:
        """Under what licence its entries may be shown, as it says itself."""
        ...

    @property
    def language(self) -> str:
        """The language of the words that it describes."""
        ...

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the entries of a form in the source's order; empty where it has none."""
        ...


def reference(source: Source, form: str) -> str:
    """Name a source's entry for a form, with the licence where it is known."""
    licence = f" ({source.licence})" if source.licence else ""
    return f"{source.name}, “{form}”{licence}"


def language_code(language: str) -> str:
    """Return a language in two letters where we know them: "eng", "en-GB" → "en"."""
    code = language.split(",")[0].strip().casefold().replace("_", "-").split("-")[0]
    return _TWO_LETTERS.get(code, code)
