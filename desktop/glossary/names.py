"""Names as they stand in the text: runs of capitalised words with the right borders.

The parser's entities are trusted for their type more than for their borders, so the borders come
from the writing itself: capital letters, hyphens, possessives, quotation marks, italics, and the
small words that may stand inside a name. A capital at the start of a sentence proves nothing by
itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.glossary import dictionary, gazetteer
from desktop.glossary.called import is_introduced
from desktop.glossary.cues import cue
from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.runs import (
    ENTITY_LABELS,
    JOINERS,
    NEVER,
    TITLES,
    Unit,
    capitals_inside_sentences,
    is_common,
    name_runs,
    starts_sentence,
)
from desktop.glossary.term import TermKind
from desktop.language.analysis import Analysis
from desktop.reading.document import Block, BlockKind, MarkKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Blocks in which names are looked for; in headlines and lists of credits a capital is layout.
NAMED_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.BIO,
     BlockKind.FOOTNOTE, BlockKind.STANDFIRST, BlockKind.TABLE}
)  # fmt: skip

#: Of these, the ones without which the name would not be one ("King George", "Pope Francis").
_PART_OF_NAME = frozenset(
    """
    king queen emperor empress prince princess pope saint lord lady count countess duke
    duchess baron tsar czar sultan shah sir dame
    """.split()
)

#: Nouns that make a term of a name before them.
_NAMED_AFTER = frozenset(
    """
    principle doctrine theory theorem effect law laws paradox syndrome disease equation equations
    conjecture hypothesis test scale constant number curve cycle reflex experiment phenomenon
    distribution transform integral oscillation oscillations algorithm criterion inequality
    """.split()
)

#: Nouns that make a place, a realm or a party of the name of a people or a view before them.
_WIDENED = frozenset(
    """
    peninsula empire dynasty sea strait desert plateau archipelago canal caliphate khanate
    shogunate party
    """.split()
)
#: Nouns before "of" that make an event of a place: "the battle of X".
_HAPPENED = frozenset("battle siege treaty massacre congress edict".split())

#: Entity types that don't stand within one name.
_NEVER_IN_ONE = frozenset({"PERSON", "ORG", "GPE", "WORK_OF_ART", "EVENT"})
#: Behind an office that somebody is to take: "President-elect".
_FUTURE = re.compile(r"-(?:elect|designate)$")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_ADJECTIVAL = re.compile(r"(.*\w)[-‑–]([a-z]+)$")
_FIGURE_BEFORE = re.compile(r"\d[\s\u00a0\u202f]*(?:million\s|billion\s)?$")
_CITATION = re.compile(
    r"\((?:see |e\.g\.,? |cf\. )?[A-Z][^()]*?,\s*(?:n\.d\.|(?:1[5-9]|20)\d\d[a-z]?)[^()]*\)"
)
#: What may stand between the names of a list, and a short remark on one of them.
_LISTING = frozenset([",", "and", "or", "&", "the", ";", ",and"])
_LIST_GAP = 3
_ASIDE = re.compile(r"\([^()]{1,30}\)")
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘]{3,120}?)[,.]?[”\"]")
#: What follows spoken words: "“Mrs Dale,” he said".
_SPEECH = re.compile(r"[,!?][”\"’]\s+(?:he|she|it|they|I|we|said|cried|asked|[A-Z]\w+\s+said)\b")
_SMALL_WORDS = frozenset(
    """
    a an and as at but by for from in into nor of on or over the to under with
    """.split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name: its tokens, its place and what its surroundings say of it.

    ``label`` is the parser's entity type ("" where it saw none), ``title`` the office or address
    before it, ``work`` whether quotation marks or italics set it off, ``preposition`` the one
    directly before it, ``after_number`` whether a figure stands there, ``cue`` the kind that the
    words beside it show, ``articled`` whether "the" stands before it as before no person's name,
    ``listed`` whether only a comma, "and" or "or" parts it from the name before it.
    """

    text: str
    span: Span
    start: int
    end: int
    label: str
    title: str
    work: bool
    sentence_start: bool
    preposition: str
    after_number: bool = False
    cue: TermKind | None = None
    articled: bool = False
    listed: bool = False


def find_mentions(analysis: Analysis) -> list[Mention]:
    """Return the mentions of names in the running text, in reading order."""
    capitals = capitals_inside_sentences(analysis)
    found: list[Mention] = []
    for block in analysis.document.blocks:
        if block.kind not in NAMED_KINDS:
            continue
        doc = analysis.docs[block.index]
        works = list(_set_off(block, doc))
        found += works
        taken = {i for mention in works for i in range(mention.start, mention.end)}
        taken |= _citations(doc)
        for run in name_runs(doc, capitals, taken):
            for part in _parted(doc, run):
                found += _mentions_of_run(block, doc, part)
    found.sort(key=lambda mention: (mention.span, mention.text))
    return [
        replace(mention, listed=before is not None and _is_listed(analysis, before, mention))
        for before, mention in zip([None, *found], found, strict=False)
    ]


def _is_listed(analysis: Analysis, before: Mention, mention: Mention) -> bool:
    """Return whether two names are parts of one list: "Ulm, Bonn (a city) and Kiel"."""
    if before.span.block != mention.span.block or before.end > mention.start:
        return False
    doc = analysis.docs[mention.span.block]
    between = doc[before.end : mention.start]
    text = _ASIDE.sub("", between.text).split()
    return len(text) <= _LIST_GAP and bool(text) and set(text) <= _LISTING


def _citations(doc: Doc) -> set[int]:
    """Return the tokens of bracketed references to literature: "(Johnson & Lubin, 2011)"."""
    tokens: set[int] = set()
    for match in _CITATION.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None:
            tokens.update(range(span.start, span.end))
    return tokens


def _parted(doc: Doc, run: list[Unit]) -> list[list[Unit]]:
    """Part a run where the parser sees two names of different kinds side by side."""
    parts = [run[:1]]
    for before, unit in itertools.pairwise(run):
        token, last = doc[unit.start], doc[before.end - 1]
        labels = {token.ent_type_, last.ent_type_}
        border = token.ent_iob_ == "B" and len(labels) == 2 and labels <= _NEVER_IN_ONE
        if border:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _is_member(word: str) -> bool:
    """Return whether a word in the plural names the members of a group or people."""
    return word.endswith("s") and any(
        sense.gloss.startswith(("a member of", "an inhabitant of", "a native"))
        for sense in dictionary.senses(word.removesuffix("s"))
    )


def _is_presented_as_word(doc: Doc, start: int, end: int) -> bool:
    """Return whether italics set off a word as a word: "called a *Kontor*", "the word *Hanse*"."""
    if is_introduced(doc, start, end):
        return True
    before = {token.lower_ for token in doc[max(0, start - 2) : start]}
    return end - start == 1 and bool(before & {"word", "term", "name", "or", "meaning", "called"})


def _mentions_of_run(block: Block, doc: Doc, run: list[Unit]) -> Iterator[Mention]:
    """Yield the name, or the names, in a run: offices and demonyms before a person are cut off."""
    title, run = _without_office(doc, run)
    is_demonym = len(run) > 2 and doc[run[0].start].ent_type_ == "NORP"
    is_member = len(run) > 2 and _is_member(run[0].text)  # "the Quakers William Penn and …"
    named = len(run) > 2 and gazetteer.is_given_name(run[1].text) and not is_common(run[1].text)
    if (is_demonym or is_member) and named:
        run = run[1:]  # "the American Conner Mantz"
    if len(run) > 2 and run[-1].text == run[0].text:
        run = run[:-1]  # "Dan Hill. Dan …" where the full stop was lost
    while run and (run[-1].text.casefold() in JOINERS | {"and", "&", "the"}):
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start, _with_eponymous_noun(doc, run)
    articled = {"The", "A", "An"} if len(run) > 1 else {"The"}
    if start and doc[start - 1].text in articled and not starts_sentence(doc, start - 1):
        start -= 1
    if start > 1 and doc[start - 1].text == "of" and doc[start - 2].text in _HAPPENED:
        start -= 2
    text = doc[start:end].text
    if text.endswith(("’s", "'s")):
        text = text[:-2]
    joined = _ADJECTIVAL.match(text)
    if joined and is_common(joined.group(2)):
        return  # "New York–based" is no name
    if _INITIAL.match(text) or text.casefold() in NEVER:
        return
    begin = doc[start].idx
    yield Mention(
        text,
        Span(block.index, begin, begin + len(text)),
        start,
        end,
        _label(doc, start, end),
        title,
        work=False,
        sentence_start=starts_sentence(doc, start),
        preposition=doc[start - 1].lower_ if start and doc[start - 1].pos_ == "ADP" else "",
        after_number=bool(_FIGURE_BEFORE.search(block.text[max(0, begin - 12) : begin])),
        cue=cue(doc, start, end),
        articled=_is_articled(doc, start, end),
    )


def _is_articled(doc: Doc, start: int, end: int) -> bool:
    """Return whether "the" belongs to the name itself: "the Po", not "the Mozart concerto"."""
    before, last = doc[start - 1 : start].text, doc[end - 1]
    modifies = last.dep_ in {"compound", "amod", "nmod", "poss"}
    is_family = last.tag_ == "NNPS" or last.text.endswith("s")
    return before == "the" and not modifies and not is_family


def _with_eponymous_noun(doc: Doc, run: list[Unit]) -> int:
    """Return the run's end, past a noun that the name specifies: "Doppler effect"."""
    end = run[-1].end
    at = end + 1 if run[-1].possessive else end
    if _is_widened(doc, run):
        return end + 1
    if at >= len(doc) or doc[at].text not in _NAMED_AFTER or not doc[at - 1].whitespace_:
        return end
    if run[-1].possessive or doc[run[-1].start].ent_type_ not in {"GPE", "LOC", "NORP"}:
        return at + 1
    return at + 1 if "-" in run[-1].text else end


def _is_widened(doc: Doc, run: list[Unit]) -> bool:
    """Return whether "the" and a noun make one name with the run: "the Arabian peninsula"."""
    start, end = run[0].start, run[-1].end
    if end >= len(doc) or doc[end].text not in _WIDENED or not start:
        return False
    if doc[end].text == "party" and not is_common(run[-1].text):
        return False  # what the party of that name is called without it
    goes_on = end + 1 < len(doc) and doc[end + 1].pos_ in {"NOUN", "PROPN"}
    return doc[start - 1].lower_ == "the" and not run[-1].possessive and not goes_on


def _without_office(doc: Doc, run: list[Unit]) -> tuple[str, list[Unit]]:
    """Split "Chinese President Xi Jinping" or "Secretary of State X" into office and name.

    Titles without which the name would not be one ("King George") stay.
    """
    last = -1
    for place, word in enumerate(run[:-1]):
        plain = _FUTURE.sub("", word.text.casefold().rstrip("."))
        if plain in TITLES or _is_role(doc, run, place):
            last = place
            if (
                place + 3 < len(run)
                and run[place + 1].text == "of"
                and is_common(run[place + 2].text)
            ):
                last = place + 2
    if last < 0:
        return "", run
    if last == 0 and run[0].text.casefold() in _PART_OF_NAME:
        return run[0].text, run
    rest = run[last + 1 :]
    first = rest[0]
    is_name = doc[first.start].ent_type_ == "PERSON" or not is_common(first.text)
    if not is_name or first.text.casefold() in JOINERS:
        return "", run
    return " ".join(word.text for word in run[: last + 1]), rest


def _is_role(doc: Doc, run: list[Unit], place: int) -> bool:
    """Return whether a word is a profession before a person: "Archaeologist Mary Leakey"."""
    word, following = run[place], run[place + 1]
    is_noun = is_common(word.text) and kind_of_noun(word.text) is TermKind.PERSON
    return is_noun and not is_common(following.text) and doc[following.start].pos_ == "PROPN"


def _label(doc: Doc, start: int, end: int) -> str:
    """Return the entity type that covers most of the tokens, or ""."""
    counts = Counter(
        token.ent_type_ for token in doc[start:end] if token.ent_type_ in ENTITY_LABELS
    )
    if not counts:
        return ""
    label, count = counts.most_common(1)[0]
    return label if count * 2 >= end - start else ""


def _set_off(block: Block, doc: Doc) -> Iterator[Mention]:
    """Yield the titles that quotation marks or italics set off: “The Great Gatsby”, *Die Zeit*."""
    ranges = [match.span(1) for match in _QUOTED.finditer(doc.text)]
    ranges += [(mark.start, mark.end) for mark in block.marks if mark.kind is MarkKind.EMPHASIS]
    whole = doc.text
    for start, end in ranges:
        text = whole[start:end].strip(" ,.;:")
        tokens = doc.char_span(start, start + len(text), alignment_mode="expand")
        if tokens is None or not text or not _reads_as_title(text, whole[start - 1 : start]):
            continue
        if _SPEECH.match(whole[start + len(text) : start + len(text) + 20]):
            continue
        yield Mention(
            text,
            Span(block.index, start, start + len(text)),
            tokens.start,
            tokens.end,
            _label(doc, tokens.start, tokens.end),
            "",
            work=not _is_presented_as_word(doc, tokens.start, tokens.end),
            sentence_start=False,
            preposition="",
        )


def _reads_as_title(text: str, before: str) -> bool:
    """Return whether all words but the small ones are capitalised; one word only in italics."""
    words = re.findall(r"[\w’'-]+", text)
    if not words or not words[0][:1].isupper() or len(words) > 16:
        return False
    content = [word for word in words if word.casefold() not in _SMALL_WORDS]
    capital = sum(word[:1].isupper() or word[:1].isdigit() for word in content)
    quoted = before in {"“", '"', "‘"}
    return capital == len(content) and bool(content) and (len(words) > 1 or not quoted)
