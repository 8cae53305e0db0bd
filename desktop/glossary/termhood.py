"""What speaks for a noun phrase as a term of its text, as numbers that a scorer weighs.

Counted and compared are the phrase itself (length, rarity of its words, form), its places (how
many, how early, how spread, nested in which longer phrases: the C-value of Frantzi et al. 2000),
its words against general English, and what the text does with it: sets it off, defines it,
abbreviates it, makes it the subject.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.called import is_introduced
from desktop.glossary.definitions import stated_definitions
from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.noun_phrases import Occurrence, Phrase
from desktop.glossary.term import TermKind
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.reading.document import BlockKind, MarkKind

#: Words that make no term of what they stand in.
VAGUE = frozenset(
    """
    other same such new many more most few several first second third last next different own
    various certain main major large small little great good bad important possible particular whole
    old young early late high low long short general common recent current modern similar key
    thing things way ways kind kinds sort sorts lot lots number part parts type types example
    examples case cases time times year years day days people person man men woman women today
    """.split()
)
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ity|ism|ology|osis|ness|ance|ence|ing|ship|graphy|y)$")
_NAME_LABELS = frozenset("PERSON GPE ORG NORP LOC FAC WORK_OF_ART EVENT".split())
_NUMBER_LABELS = frozenset("DATE TIME CARDINAL ORDINAL QUANTITY PERCENT MONEY".split())
_FRAME = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.STANDFIRST})
_SETTING_OFF = frozenset({MarkKind.STRONG, MarkKind.EMPHASIS})
_RAREST = 1.4

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Text:
    """Counts over a whole text that single phrases are compared with."""

    analysis: Analysis
    offsets: Mapping[int, int]
    length: int
    words: Counter[str]
    singles: Mapping[str, int]
    longer: Mapping[tuple[str, ...], Sequence[Phrase]]
    heads: Counter[str]
    most: int
    framed: str
    marked: frozenset[tuple[int, int, int]]
    abbreviated: frozenset[str]


def features(
    analysis: Analysis, phrases: Mapping[str, Phrase], abbreviated: Iterable[str] = ()
) -> list[Features]:
    """Return the features of each phrase, in the order of ``phrases``.

    ``abbreviated`` are the long forms, in lower case, that the text abbreviates.
    """
    text = _text(analysis, phrases, frozenset(abbreviated))
    return [
        _counts(phrase, text)
        | _wording(phrase, text)
        | _nesting(phrase, text)
        | _surroundings(phrase, text)
        | _first_form(phrase, text)
        for phrase in phrases.values()
    ]


def _text(analysis: Analysis, phrases: Mapping[str, Phrase], abbreviated: frozenset[str]) -> _Text:
    offsets: dict[int, int] = {}
    words: Counter[str] = Counter()
    length = 0
    for block in analysis.document.body():
        offsets[block.index] = length
        length += len(analysis.docs[block.index])
        words.update(token.lower_ for token in analysis.docs[block.index])
    longer: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for phrase in phrases.values():
        count = len(phrase.words)
        for first in range(count):
            for last in range(first + 1, count + 1):
                if last - first < count:
                    longer[phrase.words[first:last]].append(phrase)
    blocks = analysis.document.blocks
    return _Text(
        analysis,
        offsets,
        length,
        words,
        {key: len(phrase.places) for key, phrase in phrases.items() if len(phrase.words) == 1},
        longer,
        Counter(phrase.words[-1] for phrase in phrases.values()),
        max((len(phrase.places) for phrase in phrases.values()), default=1),
        _spaced(" ".join(block.text for block in blocks if block.kind in _FRAME)),
        frozenset(
            (block.index, mark.start, mark.end)
            for block in blocks
            for mark in block.marks
            if mark.kind in _SETTING_OFF
        ),
        abbreviated,
    )


def _spaced(text: str) -> str:
    """Return the words of a text in lower case, a blank before each."""
    return "".join(f" {word}" for word in re.findall(r"\w+", text.casefold()))


def _counts(phrase: Phrase, text: _Text) -> Features:
    """How often and where."""
    count, size = len(phrase.places), len(phrase.words)
    first = phrase.places[0]
    at = text.offsets[first.block] + first.start
    sentence = text.analysis.docs[first.block][first.start].sent
    opens = text.offsets[first.block] == 0
    return {
        "count": math.log2(count),
        "count_share": count / text.most,
        "one_word": size == 1,
        "two_words": size == 2,
        "three_words": size == 3,
        "more_words": size > 3,
        "first": math.log2(1 + at),
        "first_share": at / text.length,
        "first_block": opens,
        "first_sentence": opens and sentence.start == 0,
        "spread": len({place.block for place in phrase.places}) / len(text.offsets),
        "length": math.log2(text.length),
    }


def _wording(phrase: Phrase, text: _Text) -> Features:
    """How rare its words are, in general and against this text."""
    content = [word for word in phrase.words if word != "of"]
    commonness = [_zipf(word) for word in content]
    keyness = []
    for word, zipf in zip(content, commonness, strict=True):
        found = max(text.words[word], text.singles.get(word, 0), 1)
        expected = text.length * 10 ** (zipf - 9)
        keyness.append(math.log2((found + 0.5) / (expected + 0.5)))
    head = kind_of_noun(phrase.words[-1])
    return {
        "zipf_max": max(commonness),
        "zipf_min": min(commonness),
        "zipf_mean": sum(commonness) / len(commonness),
        "zipf_head": commonness[-1],
        "grade_max": max(map(frequency.grade, content)) / frequency.UNGRADED,
        "keyness_mean": sum(keyness) / len(keyness),
        "keyness_max": max(keyness),
        "keyness_head": keyness[-1],
        "vague": sum(word in VAGUE for word in phrase.words),
        "person": head is TermKind.PERSON,
        "place": head is TermKind.PLACE,
        "concept": head is TermKind.CONCEPT,
        "abstract": bool(_ABSTRACT.search(phrase.words[-1])),
        "of": "of" in phrase.words,
        "hyphen": "-" in phrase.key,
        "digit": any(map(str.isdigit, phrase.key)),
        "letters": len(phrase.key) / 10,
        "article": (article := encyclopedia.article(phrase.key)) is not None,
        "article_of_word": article is not None and len(phrase.words) == 1,
        "in_dictionary": len(phrase.words) == 1 and bool(dictionary.senses(phrase.key)),
    }


def _zipf(word: str) -> float:
    return min((frequency.zipf(part) for part in re.findall(r"[^\W_]+", word)), default=_RAREST)


def _nesting(phrase: Phrase, text: _Text) -> Features:
    """How it stands to the longer phrases that hold it and to its own words."""
    count, size = len(phrase.places), len(phrase.words)
    around = text.longer.get(phrase.words, ())
    nested = sum(len(other.places) for other in around if other.places[0].whole)
    per_longer = nested / len(around) if around else 0.0
    whole = sum(place.whole for place in phrase.places)
    content = [word for word in phrase.words if word != "of"]
    counts = [max(text.words[word], text.singles.get(word, 0), count) for word in content]
    relatives = math.log2(1 + text.heads[phrase.words[-1]])
    return {
        "whole": math.log2(1 + whole),
        "whole_share": whole / count,
        "ends_share": sum(place.ends for place in phrase.places) / count,
        "longer": math.log2(1 + len(around)),
        "c_value": math.log2(size + 1) * (count - per_longer) / (1 + math.log2(text.length)),
        "bound": count / min(counts) if size > 1 else 0.0,
        "bound_to_head": count / counts[-1] if size > 1 else 0.0,
        "relatives": relatives,
        "relatives_of_phrase": relatives if size > 1 else 0.0,
    }


def _surroundings(phrase: Phrase, text: _Text) -> Features:
    """How the text uses it, over the places where it is the end of a noun phrase."""
    ends = [place for place in phrase.places if place.ends]
    sums: Counter[str] = Counter()
    for place in ends:
        sums.update(_determiner(place, text))
        sums.update(_grammar(place, text))
    shares = {name: sums[name] / max(1, len(ends)) for name in _SHARES}
    set_off = [_set_off(place, text) for place in ends]
    whole = [place for place in ends if place.whole]
    docs = text.analysis.docs
    stated = [
        item.quality
        for place in whole
        for item in stated_definitions(docs[place.block], place.start, place.end)
    ]
    return shares | {
        "marked": any(marked for marked, _ in set_off),
        "quoted": any(quoted for _, quoted in set_off),
        "apposed": any(docs[place.block][place.end - 1].dep_ == "appos" for place in ends),
        "introduced": any(is_introduced(docs[p.block], p.start, p.end) for p in whole),
        "stated": max(stated, default=0.0),
        "heading": _spaced(phrase.key) in text.framed,
        "abbreviated": phrase.key in text.abbreviated,
    }


_SHARES = (
    "subject", "plural", "capitals", "capital", "name", "number", "a", "the", "possessed", "bare"
)  # fmt: skip


def _determiner(place: Occurrence, text: _Text) -> Iterable[str]:
    before = text.analysis.docs[place.block][place.start - 1] if place.start else None
    word = before.lower_ if before is not None and before.dep_ in {"det", "poss"} else ""
    yield {"a": "a", "an": "a", "the": "the", "": "bare"}.get(word, "possessed")


def _grammar(place: Occurrence, text: _Text) -> Iterable[str]:
    doc = text.analysis.docs[place.block]
    head, first = doc[place.end - 1], doc[place.start]
    holds = {
        "subject": head.dep_ in {"nsubj", "nsubjpass"},
        "plural": head.tag_ in {"NNS", "NNPS"},
        "capitals": all(t.is_upper for t in doc[place.start : place.end] if t.is_alpha),
        "capital": first.text[:1].isupper() and not first.is_sent_start,
        "name": head.ent_type_ in _NAME_LABELS,
        "number": head.ent_type_ in _NUMBER_LABELS,
    }
    return [name for name, true in holds.items() if true]


def _set_off(place: Occurrence, text: _Text) -> tuple[bool, bool]:
    """Return whether exactly this phrase is in bold or italics, and whether in quotation marks."""
    doc = text.analysis.docs[place.block]
    first, last = doc[place.start], doc[place.end - 1]
    marked = (place.block, first.idx, last.idx + len(last)) in text.marked
    if not place.start or not doc[place.start - 1].is_quote:
        return marked, False
    after = doc[place.end : place.end + 2]
    quoted = any(token.is_quote for token in after) and all(token.is_punct for token in after[:1])
    return marked, quoted


def _first_form(phrase: Phrase, text: _Text) -> Features:
    """How it is built where it first stands."""
    place = phrase.places[0]
    tokens = text.analysis.docs[place.block][place.start : place.end]
    return {
        "adjective": tokens[0].pos_ == "ADJ",
        "participle": tokens[0].tag_ in {"VBG", "VBN"},
        "proper": any(token.pos_ == "PROPN" for token in tokens),
    }
