"""Long texts by portions: where they are cut, what was found in each, and all of it as one.

A book as one analysis would take gigabytes and say nothing for minutes. So it is analysed some
20,000 words at a time, cut at headings where there are any; each portion is a document of its own
to the text core, and only its entries and facts are kept. Merging gives a name one kind in all of
them, joins what goes by one name, and ranks what the whole book speaks of before what one portion
does. A text below ``LONG`` is one portion, and nothing of this happens to it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import math
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.decks.writing import write_whole
from desktop.errors import OutputError
from desktop.facts.extract import best_first
from desktop.facts.fact import Fact, Facts
from desktop.glossary.keys import kind_class, normalised_form
from desktop.glossary.term import Glossary, Term, TermKind
from desktop.operations.merging import merge_terms
from desktop.operations.overlooked import with_overlooked
from desktop.reading.document import BlockKind, Document, Evidence, Span

#: Words of a portion; a text is cut only when it has more than ``LONG``.
SIZE = 20_000
LONG = 24_000
#: Words that are looked at first.
_IN_VIEW = 350
#: From this share of a portion on, a heading ends it.
_EARLIEST = 0.6
#: How much of its importance a term keeps that one portion alone speaks of.
_LOCAL = 0.6
#: Unfinished texts whose portions are kept.
_KEPT_TEXTS = 4


@dataclass(frozen=True, slots=True)
class Portion:
    """The blocks from ``first`` up to, but not with, ``end``."""

    first: int
    end: int

    def of(self, document: Document) -> Document:
        """Return the portion as a document of its own; its blocks are numbered from 0."""
        blocks = tuple(
            replace(block, index=index)
            for index, block in enumerate(document.blocks[self.first : self.end])
        )
        return replace(document, blocks=blocks, left_out=(), warnings=(), pictures=())

    def shown(self, glossary: Glossary) -> Glossary:
        """Return the portion's glossary with its places in the whole document."""
        terms = tuple(_shifted_term(term, self.first) for term in glossary.terms)
        return replace(glossary, terms=terms)


@dataclass(frozen=True, slots=True)
class Found:
    """What an analysis found: all entries, those of every level, and the facts."""

    glossary: Glossary
    facts: Facts

    def of(self, portion: Portion) -> Found:
        """Return what was found in a portion with its places in the whole document."""
        facts = tuple(_shifted_fact(fact, portion.first) for fact in self.facts.facts)
        return Found(portion.shown(self.glossary), replace(self.facts, facts=facts))

    def to_json(self) -> dict[str, Any]:
        """Return the result as a JSON object that ``from_json`` reads."""
        return {"glossary": self.glossary.to_json(), "facts": self.facts.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Found:
        """Read what ``to_json`` wrote."""
        return cls(Glossary.from_json(data["glossary"]), Facts.from_json(data["facts"]))


def divide(document: Document, size: int = SIZE, long: int = LONG) -> list[Portion]:
    """Return the portions of a document in reading order; one for a text that isn't long."""
    counts = [len(block.text.split()) for block in document.blocks]
    if sum(counts) <= long:
        return [Portion(0, len(counts))]
    portions: list[Portion] = []
    first, words, rest = 0, 0, sum(counts)
    for index, (block, count) in enumerate(zip(document.blocks, counts, strict=True)):
        at_heading = block.kind is BlockKind.HEADING and words >= _EARLIEST * size
        if index > first and rest > size / 4 and (at_heading or words + count > size):
            portions.append(Portion(first, index))
            first, words = index, 0
        words += count
        rest -= count
    return [*portions, Portion(first, len(counts))]


def in_view(document: Document, block: int) -> Portion:
    """Return a few hundred words of running text from ``block`` on."""
    words, end = 0, block
    while end < len(document.blocks) and words < _IN_VIEW:
        words += len(document.blocks[end].text.split())
        end += 1
    return Portion(block, end)


def in_reading_order_from(portions: Sequence[Portion], block: int) -> list[int]:
    """Return the numbers of the portions, that with ``block`` and those behind it first."""
    start = next((i for i, portion in enumerate(portions) if block < portion.end), 0)
    return [*range(start, len(portions)), *range(start)]


def merge(document: Document, parts: Sequence[tuple[Portion, Found]]) -> Found:
    """Return what was found in the portions of a text, in their order, as one."""
    found = [part for _, part in parts]
    if len(found) == 1:
        return found[0]
    agreed = _agreed([part.glossary.terms for part in found])
    entries = merge_terms(agreed, lambda term: kind_class(term.term, term.kind))
    entries = with_overlooked(
        document, [range(portion.first, portion.end) for portion, _ in parts], entries
    )
    terms = [
        replace(
            entry.term,
            importance=_importance(entry.term, len(set(entry.documents)), len(found)),
            mentions=tuple(sorted(entry.term.mentions)),
        )
        for entry in entries
    ]
    terms.sort(key=lambda term: (-term.importance, term.term.casefold(), term.kind))
    facts = best_first([fact for part in found for fact in part.facts.facts])
    name, digest = document.name, document.source.sha256
    glossary = Glossary(name, digest, tuple(_with_known_relatives(terms)))
    return Found(glossary, Facts(name, digest, tuple(facts)))


def _agreed(portions: Sequence[Sequence[Term]]) -> list[list[Term]]:
    """Give what goes by one name the kind that it has at most of its places.

    A lone name that nothing else is known of is that of the one person who bears it elsewhere.
    """
    bearers: dict[str, set[str]] = defaultdict(set)
    for term in (term for terms in portions for term in terms):
        if term.kind is TermKind.PERSON and " " in term.term:
            for alias in (*term.aliases, term.term.rpartition(" ")[2]):
                bearers[normalised_form(alias)].add(normalised_form(term.term))
    votes: dict[tuple[bool, str], Counter[TermKind]] = defaultdict(Counter)
    hardness: dict[str, float] = {}
    for term in (term for terms in portions for term in terms):
        votes[_group(term)][term.kind] += len(term.mentions)
        if term.difficulty is not None:
            hardness.setdefault(normalised_form(term.term), term.difficulty)

    def settled(term: Term) -> Term:
        is_idea, name = _group(term)
        if not is_idea and term.definition is None and len(bearers.get(name, ())) == 1:
            return replace(term, kind=TermKind.PERSON)
        kind = max(votes[is_idea, name].items(), key=lambda each: (each[1], each[0].value))[0]
        if kind is term.kind:
            return term
        is_word = kind is TermKind.WORD
        hard = hardness.get(name) if is_word else None
        return replace(term, kind=kind, difficulty=hard)

    return [[settled(term) for term in terms] for terms in portions]


def _group(term: Term) -> tuple[bool, str]:
    return kind_class(term.term, term.kind) == "idea", normalised_form(term.term)


def _importance(term: Term, portions: int, total: int) -> float:
    spread = math.log2(1 + portions) / math.log2(1 + total)
    return round(term.importance * (_LOCAL + (1 - _LOCAL) * spread), 4)


def _with_known_relatives(terms: Sequence[Term]) -> Iterable[Term]:
    """Let related terms go by the names that they have now."""
    names = {alias: term.term for term in reversed(terms) for alias in term.aliases}
    names |= {term.term: term.term for term in terms}
    for term in terms:
        related = dict.fromkeys(names[name] for name in term.related if name in names)
        yield replace(term, related=tuple(name for name in related if name != term.term))


def _shifted_term(term: Term, blocks: int) -> Term:
    definition = term.definition
    if definition is not None and definition.evidence is not None:
        definition = replace(definition, evidence=_shifted(definition.evidence, blocks))
    mentions = tuple(_moved(span, blocks) for span in term.mentions)
    return replace(term, definition=definition, mentions=mentions)


def _shifted_fact(fact: Fact, blocks: int) -> Fact:
    evidence = _shifted(fact.evidence, blocks)
    return replace(fact, evidence=evidence, answer_span=_moved(fact.answer_span, blocks))


def _shifted(evidence: Evidence, blocks: int) -> Evidence:
    return replace(evidence, span=_moved(evidence.span, blocks))


def _moved(span: Span, blocks: int) -> Span:
    return Span(span.block + blocks, span.start, span.end)


class PortionStore:
    """Keeps what was found in the portions of one text until all of it is analysed.

    Files in the cache folder, one a portion, named by the portion's own words and the version of
    the pipeline: an analysis that was broken off goes on where it stopped. Without a folder, or
    with one that can't be written, nothing is kept.
    """

    def __init__(self, cache: Path | None, document: Document, version: str) -> None:
        self._version = version
        self._base = cache / "portions" if cache is not None else None
        self._folder = self._base / document.text_hash if self._base is not None else None

    def load(self, part: Document) -> Found | None:
        """Return what an earlier run found in a portion."""
        if self._folder is None:
            return None
        try:
            packed = self._file(self._folder, part).read_bytes()
            return Found.from_json(json.loads(gzip.decompress(packed)))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return None  # none, or broken: it is made again

    def save(self, part: Document, found: Found) -> None:
        """Keep what was found in a portion."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError, OutputError):
            if not self._folder.exists():
                self._make_room()
                self._folder.mkdir(parents=True)
            text = json.dumps(found.to_json(), ensure_ascii=False, separators=(",", ":"))
            packed = gzip.compress(text.encode(), compresslevel=1, mtime=0)
            write_whole(self._file(self._folder, part), packed)

    def clear(self) -> None:
        """Forget the portions: the whole result is kept elsewhere."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, folder: Path, part: Document) -> Path:
        key = hashlib.sha256(f"{self._version}\x1f{part.text_hash}".encode()).hexdigest()
        return folder / f"{key[:32]}.json.gz"

    def _make_room(self) -> None:
        """Remove the portions of the texts that were begun longest ago."""
        if self._base is None or not self._base.is_dir():
            return
        folders = sorted(self._base.iterdir(), key=lambda folder: folder.stat().st_mtime)
        for folder in folders[: max(0, len(folders) - _KEPT_TEXTS + 1)]:
            shutil.rmtree(folder, ignore_errors=True)
