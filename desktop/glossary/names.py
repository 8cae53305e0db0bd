"""Names as they stand in the text: runs of capitalised words with the right borders.

The parser's entities are trusted for their type more than for their borders, so the borders come
from the writing itself: capital letters, hyphens, possessives, quotation marks, italics, and the
small words that may stand inside a name. A capital at the start of a sentence proves nothing by
itself.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary.kinds import kind_of_noun
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.reading.document import Block, BlockKind, MarkKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Blocks in which names are looked for; in headlines and lists of credits a capital is layout.
NAMED_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.BIO,
     BlockKind.FOOTNOTE, BlockKind.STANDFIRST, BlockKind.TABLE}
)  # fmt: skip

#: Words before a name that belong to the person's office or address, not to the name.
TITLES = frozenset(
    """
    president vice-president chancellor premier minister prime secretary senator governor
    mayor representative congressman congresswoman ambassador judge justice attorney general
    colonel captain major lieutenant sergeant admiral commander marshal professor prof
    doctor dr mr mrs ms miss mister sir madam lord lady dame reverend rev father brother
    sister bishop archbishop cardinal rabbi imam chairman chairwoman director chief king
    queen emperor empress prince princess pope saint count countess duke duchess baron tsar
    czar sultan shah leader
    """.split()
)
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
    """.split()
)

_JOINERS = frozenset(
    """
    of for on de del della di da du des la le van von der den bin ibn al
    """.split()
)
_NATIVE_JOINERS = frozenset(
    """
    de del della di da du des la le van von der den bin ibn al
    """.split()
)  # join two capitalised words whatever they are
_CALENDAR = frozenset(
    name.casefold()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for name in names
    if name
) - {"may", "mar", "sun", "sat"}
_NEVER = frozenset(
    """
    i i'm i'd i'll i've a an the this that these those mr mrs ms dr am pm ad bc bce ce ok
    """.split()
)
_ROMAN = re.compile(r"^[IVXLC]+$")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_LABELS = frozenset(
    """
    PERSON ORG GPE LOC FAC EVENT WORK_OF_ART LAW PRODUCT NORP LANGUAGE
    """.split()
)
_FIGURE_BEFORE = re.compile(r"\d[\s\u00a0\u202f]*(?:million\s|billion\s)?$")
_CITATION = re.compile(
    r"\((?:see |e\.g\.,? |cf\. )?[A-Z][^()]*?,\s*(?:n\.d\.|(?:1[5-9]|20)\d\d[a-z]?)[^()]*\)"
)
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘]{3,120}?)[,.]?[”\"]")
_NO_NAME = re.compile(r"[\[\](){}<>@/\\|=_]|^\w(?:[-–]\w)*$")
_SMALL_WORDS = frozenset(
    """
    a an and as at but by for from in into nor of on or over the to under with
    """.split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word with what hyphens join to it: tokens ``start`` … ``end`` (exclusive) of a parse."""

    start: int
    end: int
    text: str
    possessive: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name: its tokens, its place and what its surroundings say of it.

    ``label`` is the parser's entity type ("" where it saw none), ``title`` the office or address
    before it, ``work`` whether quotation marks or italics set it off, ``preposition`` the one
    directly before it, ``after_number`` whether a figure stands there.
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


def find_mentions(analysis: Analysis) -> list[Mention]:
    """Return the mentions of names in the running text, in reading order."""
    capitals = _capitals_inside_sentences(analysis)
    found: list[Mention] = []
    for block in analysis.document.blocks:
        if block.kind not in NAMED_KINDS:
            continue
        doc = analysis.docs[block.index]
        works = list(_set_off(block, doc))
        found += works
        taken = {i for mention in works for i in range(mention.start, mention.end)}
        taken |= _citations(doc)
        for run in _runs(doc, capitals, taken):
            found += _mentions_of_run(block, doc, run)
    return sorted(found, key=lambda mention: (mention.span, mention.text))


def _citations(doc: Doc) -> set[int]:
    """Return the tokens of bracketed references to literature: "(Johnson & Lubin, 2011)"."""
    tokens: set[int] = set()
    for match in _CITATION.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None:
            tokens.update(range(span.start, span.end))
    return tokens


def units(doc: Doc) -> list[Unit]:
    """Cut a parse into words, each with the parts that hyphens join to it without a space."""
    result: list[Unit] = []
    i = 0
    while i < len(doc):
        start = i
        i += 1
        while (
            i + 1 < len(doc)
            and doc[i].text in {"-", "‑", "–"}
            and not doc[i - 1].whitespace_
            and not doc[i].whitespace_
            and doc[i + 1].is_alpha
        ):
            i += 2
        possessive = i < len(doc) and doc[i].text in {"'s", "’s", "'", "’"} and doc[i].tag_ == "POS"
        text = doc.text[doc[start].idx : doc[i - 1].idx + len(doc[i - 1])]
        if text.endswith(("’s", "'s")) and len(text) > 3:  # the tokeniser left it on the word
            text, possessive = text[:-2], True
        result.append(Unit(start, i, text, possessive))
    return result


def _capitals_inside_sentences(analysis: Analysis) -> Counter[str]:
    """Count the words that stand capitalised, alone, where no sentence begins.

    A word that is capitalised only beside another capital ("Joint Statement") doesn't show that
    it would be so by itself.
    """
    counts: Counter[str] = Counter()
    for block in analysis.document.body():
        doc = analysis.docs[block.index]
        for token in doc:
            if not token.text[:1].isupper() or _starts_sentence(doc, token.i):
                continue
            plain = token.text.casefold()
            beside = token.i + 1 < len(doc) and doc[token.i + 1].text[:1].isupper()
            if not beside or frequency.grade(plain) >= frequency.UNGRADED:
                counts[token.text] += 1
    return counts


def _starts_sentence(doc: Doc, i: int) -> bool:
    """Return whether only punctuation stands between token ``i`` and its sentence's start."""
    if doc[i].is_sent_start or (i and doc[i - 1].is_quote and not doc[i - 1].whitespace_):
        return True
    before = i - 1
    while before >= 0 and (doc[before].is_quote or doc[before].is_bracket or doc[before].is_space):
        if doc[before].is_sent_start:
            return True
        before -= 1
    return before < 0 or doc[before].text in {".", ":", "!", "?", "…", "•", "–", "—"}


def _is_name_word(doc: Doc, unit: Unit, capitals: Counter[str]) -> bool:
    """Return whether a word's capital letter shows a name."""
    text, plain = unit.text, unit.text.casefold()
    if not text[:1].isupper() or plain in _NEVER or plain in _CALENDAR or _NO_NAME.search(text):
        return False
    token = doc[unit.start]
    if (
        token.is_punct
        or (token.like_num and unit.end == unit.start + 1)
        or (_ROMAN.match(text) and len(text) < 2)
    ):
        return False
    is_small = token.is_stop and unit.end == unit.start + 1 and not text.isupper()
    if is_small and token.ent_type_ != "PERSON":
        return False
    if unit.end < len(doc) and doc[unit.end].text == ":" and text.isupper() and token.is_sent_start:
        return False  # a label: "METHODS: …"
    if not _starts_sentence(doc, unit.start):
        return True
    if token.is_stop or token.pos_ in {"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX"}:
        return False
    if capitals[text] or any(c.isupper() for c in text[1:]):
        return True
    if token.ent_type_ in _LABELS and token.pos_ == "PROPN":
        return (
            not frequency.is_known(plain)
            or frequency.grade(plain) >= frequency.UNGRADED
            or (unit.end < len(doc) and doc[unit.end].text[:1].isupper())
        )
    return token.pos_ == "PROPN" and frequency.grade(plain) >= frequency.UNGRADED


def _runs(doc: Doc, capitals: Counter[str], taken: set[int]) -> Iterator[list[Unit]]:
    """Yield the runs of words that may be one name, joined over the small words inside names."""
    words = units(doc)
    run: list[Unit] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word.start in taken or not _is_name_word(doc, word, capitals):
            if run:
                yield run
            run = []
            i += 1
            continue
        run.append(word)
        step = _joined(doc, words, i, run, capitals, taken)
        if step == 1 and not _adjacent(doc, words, i, run):
            yield run
            run = []
        elif step > 1:
            run += words[i + 1 : i + step]
        i += max(step, 1)
    if run:
        yield run


def _adjacent(doc: Doc, words: list[Unit], i: int, run: list[Unit]) -> bool:
    """Return whether the next word continues the name without a joining word."""
    if i + 1 >= len(words) or words[i + 1].start != words[i].end:
        return bool(words[i].possessive and _possessive_inside(doc, words, i, run))
    return True


def _possessive_inside(doc: Doc, words: list[Unit], i: int, run: list[Unit]) -> bool:
    """Tell "People’s Republic" (inside the name) from "Xi’s Initiative" (its border)."""
    following = words[i + 2] if i + 2 < len(words) else None
    if following is None or not following.text[:1].isupper() or len(run) > 1:
        return False
    label = doc[words[i].start].ent_type_
    if label in {"PERSON", "GPE"}:
        return label == "GPE" and doc[following.start].ent_iob_ == "I"
    noun = words[i].text.casefold()
    return noun in {"people", "women", "men", "children"} or kind_of_noun(noun) == "person"


def _joined(
    doc: Doc,
    words: list[Unit],
    i: int,
    run: list[Unit],
    capitals: Counter[str],
    taken: set[int],
) -> int:
    """Return how many words on the name goes on: past "of the", "and" and the like, or 1."""
    if words[i].possessive:
        return 2 if _possessive_inside(doc, words, i, run) else 1
    k = i + 1
    if k >= len(words) or words[k].start in taken:
        return 1
    joiner = words[k].text.casefold()
    if words[k].text != joiner:
        return 1
    k += 1
    if joiner in {"of", "for", "on"} and k < len(words) and words[k].text == "the":
        k += 1
    if k >= len(words) or words[k].start in taken or not words[k].text[:1].isupper():
        return 1
    following = words[k]
    if not _is_name_word(doc, following, capitals) and following.text.casefold() in _CALENDAR:
        return 1
    if joiner in _NATIVE_JOINERS:
        return k - i
    if joiner in _JOINERS:
        seen_as_one = doc[words[i + 1].start].ent_type_ in _LABELS
        return k - i if seen_as_one or _joins_of(doc, words[i + 1 : k], run, following) else 1
    if joiner in {"and", "&"}:
        return k - i if _joins_and(doc, words, i, k, capitals) else 1
    return 1


def _joins_of(doc: Doc, joiners: list[Unit], run: list[Unit], following: Unit) -> bool:
    """Return whether "HEAD of/for/on …" goes on: its head is a common noun, and no office."""
    noun = run[-1].text.casefold()
    if not _is_common(noun):
        return False
    if noun in TITLES:  # "Secretary of State X" goes on, "President of France" does not
        return joiners[0].text == "of" and len(joiners) == 1 and _is_common(following.text)
    if len(run) == 1 and _starts_sentence(doc, run[0].start):
        return False
    if joiners[0].text == "of":
        return True
    if len(joiners) > 1:  # "for the …" mostly begins something else
        return len(run) == 1 and kind_of_noun(noun) is not None
    return kind_of_noun(noun) is not None or len(run) > 1


def _joins_and(doc: Doc, words: list[Unit], i: int, k: int, capitals: Counter[str]) -> bool:
    """Return whether "A and B C" is one name: A is no name by itself and the end is a noun."""
    left = words[i].text
    is_place = doc[words[i].start].ent_type_ in {"GPE", "NORP"}
    if not _is_common(left) or is_place or capitals[left] > 1:
        return False
    last = k
    while last + 1 < len(words) and words[last + 1].text[:1].isupper():
        last += 1
    ends_in_noun = _is_common(words[last].text)
    return ends_in_noun and (last > k or kind_of_noun(words[last].text) is not None)


def _mentions_of_run(block: Block, doc: Doc, run: list[Unit]) -> Iterator[Mention]:
    """Yield the name, or the names, in a run: offices and demonyms before a person are cut off."""
    title, run = _without_office(doc, run)
    while run and (run[-1].text.casefold() in _JOINERS | {"and", "&", "the"}):
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start, _with_eponymous_noun(doc, run)
    if start and doc[start - 1].text == "The" and not _starts_sentence(doc, start - 1):
        start -= 1
    text = doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])]
    if text.endswith(("’s", "'s")):
        text = text[:-2]
    if _INITIAL.match(text) or text.casefold() in _NEVER:
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
        sentence_start=_starts_sentence(doc, start),
        preposition=doc[start - 1].lower_ if start and doc[start - 1].pos_ == "ADP" else "",
        after_number=bool(_FIGURE_BEFORE.search(doc.text[max(0, begin - 12) : begin])),
    )


def _with_eponymous_noun(doc: Doc, run: list[Unit]) -> int:
    """Return the run's end, past a noun that the name specifies: "Doppler effect"."""
    end = run[-1].end
    at = end + 1 if run[-1].possessive else end
    if at >= len(doc) or doc[at].text not in _NAMED_AFTER or not doc[at - 1].whitespace_:
        return end
    if run[-1].possessive or doc[run[-1].start].ent_type_ not in {"GPE", "LOC", "NORP"}:
        return at + 1
    return at + 1 if "-" in run[-1].text else end


def _without_office(doc: Doc, run: list[Unit]) -> tuple[str, list[Unit]]:
    """Split "Chinese President Xi Jinping" or "Secretary of State X" into office and name.

    Titles without which the name would not be one ("King George") stay.
    """
    last = -1
    for place, word in enumerate(run[:-1]):
        if word.text.casefold().rstrip(".") in TITLES:
            last = place
            if (
                place + 3 < len(run)
                and run[place + 1].text == "of"
                and _is_common(run[place + 2].text)
            ):
                last = place + 2
    if last < 0:
        return "", run
    if last == 0 and run[0].text.casefold() in _PART_OF_NAME:
        return run[0].text, run
    rest = run[last + 1 :]
    first = rest[0]
    is_name = doc[first.start].ent_type_ == "PERSON" or not _is_common(first.text)
    if not is_name or first.text.casefold() in _JOINERS:
        return "", run
    return " ".join(word.text for word in run[: last + 1]), rest


def _is_common(word: str) -> bool:
    return frequency.grade(word) < frequency.UNGRADED


def _label(doc: Doc, start: int, end: int) -> str:
    """Return the entity type that covers most of the tokens, or ""."""
    counts = Counter(token.ent_type_ for token in doc[start:end] if token.ent_type_ in _LABELS)
    if not counts:
        return ""
    label, count = counts.most_common(1)[0]
    return label if count * 2 >= end - start else ""


def _set_off(block: Block, doc: Doc) -> Iterator[Mention]:
    """Yield the titles that quotation marks or italics set off: “The Great Gatsby”, *Die Zeit*."""
    ranges = [match.span(1) for match in _QUOTED.finditer(doc.text)]
    ranges += [(mark.start, mark.end) for mark in block.marks if mark.kind is MarkKind.EMPHASIS]
    for start, end in ranges:
        text = doc.text[start:end].strip(" ,.;:")
        tokens = doc.char_span(start, start + len(text), alignment_mode="expand")
        if tokens is None or not text or not _reads_as_title(text, doc.text[start - 1 : start]):
            continue
        yield Mention(
            text,
            Span(block.index, start, start + len(text)),
            tokens.start,
            tokens.end,
            _label(doc, tokens.start, tokens.end),
            "",
            work=True,
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
