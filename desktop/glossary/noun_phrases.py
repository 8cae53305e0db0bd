"""Noun phrases that may be terms, with all their places, in one pass over a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.glossary.runs import Unit, units
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.reading.document import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MAX_WORDS = 5
#: By so much (Zipf) is what looks like the singular of "species" rarer than the word itself.
_RARER = 1.5
#: So much rarer is what nobody says any more.
_MUCH_RARER = 3.0
_NOMINAL = frozenset({"NOUN", "PROPN"})
_NOUN_PLACES = frozenset("nsubj nsubjpass dobj pobj attr conj appos oprd compound".split())


#: A word with one in it was mended by who quotes it: "[t]hat".
_BRACKETS = frozenset("[](){}")


@dataclass(slots=True, eq=False)
class Occurrence:
    """One place of a phrase: tokens ``start`` … ``end`` of a block; ``whole`` where no longer noun
    phrase holds it, ``ends`` where it is at least that phrase's end, ``opens`` where its beginning.
    """

    block: int
    start: int
    end: int
    whole: bool
    ends: bool
    opens: bool = False


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase under its key (lower case, the last noun in the singular)."""

    key: str
    words: tuple[str, ...]
    places: list[Occurrence] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)


def find_phrases(analysis: Analysis) -> dict[str, Phrase]:
    """Return every noun phrase of the text's body, and every phrase inside one, by its key."""
    found: dict[str, Phrase] = {}
    for block in analysis.document.body():
        doc = analysis.docs[block.index]
        for run in _runs(doc):
            for first, last in _inside(doc, run):
                _add(found, block, doc, run, first, last)
    return found


def _add(
    found: dict[str, Phrase], block: Block, doc: Doc, run: list[Unit], first: int, last: int
) -> None:
    start, end = run[first].start, run[last].end
    words = tuple(_word(doc, unit, is_last=unit is run[last]) for unit in run[first : last + 1])
    key = " ".join(words)
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(key, words)
    ends = last == len(run) - 1
    phrase.places.append(Occurrence(block.index, start, end, ends and first == 0, ends, first == 0))
    form = doc[start:end].text
    if doc[start].is_sent_start and doc[start].pos_ != "PROPN" and form[1:].islower():
        form = form[0].lower() + form[1:]
    phrase.forms[form] += 1


def _word(doc: Doc, unit: Unit, *, is_last: bool) -> str:
    last = doc[unit.end - 1]
    text = unit.text
    if is_last:
        text = text[: len(text) - len(last)] + singular(last)
    return text.casefold()


def singular(token: Token) -> str:
    """Return a noun in the singular; "hypnosis" is no plural though the tagger says so."""
    lemma, text = str(token.lemma_), str(token.text)
    if token.tag_ not in {"NNS", "NNPS"} or not lemma or text.endswith(("sis", "ss")):
        return text
    rarer = frequency.zipf(text) - frequency.zipf(lemma)
    if rarer > _MUCH_RARER or (rarer > _RARER and text.startswith(lemma)):
        return text  # "species" has no singular, and that of "data" is dead
    return lemma


def _runs(doc: Doc) -> Iterator[list[Unit]]:
    """Yield the longest runs of modifiers and nouns that end in a noun, joined by "of"."""
    run: list[Unit] = []
    words = units(doc)
    for place, unit in enumerate(words):
        role = _role(doc, unit)
        if run and doc[unit.start].is_sent_start:
            yield from _closed(doc, run)
            run = []
        if run and words[place - 1].possessive:
            yield from _closed(doc, run)
            run = []
        if role == "of" and run and place + 1 < len(words) and _goes_on(doc, run, words[place + 1]):
            run.append(unit)
        elif role in {"noun", "modifier"}:
            if run and doc[unit.start - 1].is_punct and unit.start != run[-1].end:
                yield from _closed(doc, run)
                run = []
            run.append(unit)
        else:
            yield from _closed(doc, run)
            run = []
    yield from _closed(doc, run)


def _goes_on(doc: Doc, run: list[Unit], following: Unit) -> bool:
    return _role(doc, run[-1]) == "noun" and _role(doc, following) in {"noun", "modifier"}


def _closed(doc: Doc, run: list[Unit]) -> Iterator[list[Unit]]:
    while run and _role(doc, run[-1]) != "noun":
        run = run[:-1]
    if run:
        yield run


def _role(doc: Doc, unit: Unit) -> str:
    """Return what a word can be in a noun phrase: "noun", "modifier", "of" or ""."""
    token = doc[unit.end - 1]
    if unit.text == "of":
        return "of"
    joined = unit.end - unit.start > 1
    is_word = any(c.isalpha() for c in unit.text) and not _BRACKETS & set(unit.text)
    is_word = is_word and not token.like_url
    if not is_word or (token.is_stop and not joined):
        return ""
    if token.pos_ in _NOMINAL or (token.pos_ in {"X", "SYM"} and len(unit.text) > 1):
        return "noun"
    if token.tag_ == "VBG" and token.dep_ in _NOUN_PLACES and not joined:
        return "noun"  # "chunking helps"
    participle = token.tag_ in {"VBG", "VBN"} and token.dep_ in {"amod", "compound"}
    return "modifier" if token.pos_ == "ADJ" or participle or joined else ""


def _inside(doc: Doc, run: list[Unit]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each phrase in a run that begins and ends as a noun phrase may."""
    roles = [_role(doc, unit) for unit in run]
    for last, role in enumerate(roles):
        if role != "noun":
            continue
        for first in range(last, max(-1, last - MAX_WORDS), -1):
            if roles[first] == "of":
                continue
            yield first, last
