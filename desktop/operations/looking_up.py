"""What the reader's dictionaries say of any word, whether or not the glossary has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary.sources.entry import Entry, SourceKind
from desktop.operations.open_library import OpenLibrary

if TYPE_CHECKING:
    from desktop.glossary.sources.opening import SourceList, Sources

_LONGEST = 80  # letters
_MOST = 24  # senses


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A word as it stands in the text, and its senses, those of each dictionary form together."""

    words: str
    senses: tuple[Entry, ...]

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The dictionary forms that have senses, in order."""
        return tuple(dict.fromkeys(sense.lemma for sense in self.senses))


class LookingUp(OpenLibrary):
    """The part of a workspace that asks the reader's dictionaries."""

    _open_sources: tuple[SourceList, Sources] | None = None

    def look_up(self, words: str, language: str) -> LookedUp:
        """Return what the reader's sources say of ``words``, in the reader's order."""
        from desktop.glossary.sources.opening import open_sources

        asked = " ".join(words.split()).strip(".,;:!?…()[]“”\"'‘’*_")[:_LONGEST]
        wanted = self.sources()
        if self._open_sources is None or self._open_sources[0] != wanted:
            self._open_sources = wanted, open_sources(wanted)
        sources = self._open_sources[1].in_language(language)
        found = list(_senses(sources, asked, language)) if asked else []
        unique = {(sense.lemma, sense.gloss): sense for sense in found}
        return LookedUp(asked, tuple(unique.values())[:_MOST])


def _senses(sources: Sources, words: str, language: str) -> list[Entry]:
    """Return the senses, first those of which the word is a form: "went" is a verb, "go" more."""
    from desktop.language.lemmas import lemmas

    english = language.casefold().startswith("en")
    fitting = set(lemmas(words)) if english else set()
    found = list(_entries(sources, words, _forms(words, english=english)))
    if fitting:
        found.sort(key=lambda sense: bool(sense.pos) and (sense.lemma, sense.pos) not in fitting)
    return found


def _entries(sources: Sources, words: str, forms: tuple[str, ...]) -> Iterator[Entry]:
    for source in sources.order:
        if source.kind is SourceKind.DICTIONARY:
            for form in forms:
                yield from source.lookup(form)
        elif words[:1].isupper():
            yield from source.lookup(words)


def _forms(words: str, *, english: bool) -> tuple[str, ...]:
    """Return the forms under which dictionaries may have words of the text."""
    from desktop.language.lemmas import lemmas

    found = [words, words[:1].lower() + words[1:]]
    if english:
        first, _, last = words.rpartition(" ")
        found += [f"{first} {lemma}".strip() for lemma, _part in lemmas(last)]
        if first:  # "carried out": the verb comes first
            head, _, rest = words.partition(" ")
            found += [f"{lemma} {rest}" for lemma, _part in lemmas(head)]
    return tuple(dict.fromkeys(found))
