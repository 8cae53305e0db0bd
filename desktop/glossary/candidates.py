"""Terms that are no names: concepts that the text defines, that an encyclopaedia knows, that the
text keeps coming back to, or that read like its terms.

A noun phrase is not a term because it is frequent: it must be defined, known, both repeated and
made of words that are rarer here than in general English, or ranked high by ``keyphrases``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.glossary import encyclopedia
from desktop.glossary.abbreviations import Abbreviation
from desktop.glossary.called import is_introduced
from desktop.glossary.definitions import METAWORDS, stated_definitions
from desktop.glossary.fitting import best_for
from desktop.glossary.keyphrases import Keyphrase, longness, rank_candidates
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.noun_phrases import Occurrence
from desktop.glossary.stating import OPINION, Stated
from desktop.glossary.term import TermKind
from desktop.glossary.termhood import VAGUE
from desktop.language import frequency
from desktop.language.analysis import Analysis
from desktop.reading.document import Block, MarkKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: From this quality on a definition in the text makes a term.
STATED = 0.75
#: From this probability on a phrase is a term though nothing else makes it one; below the second
#: it is none unless the text defines it or an encyclopaedia knows it.
_LIKELY, _UNLIKELY = 0.2, 0.05
#: How much likelier a single word must be, and one that everyone uses ("theory", "center").
_EXTRA_FOR_WORD, _EXTRA_FOR_PLAIN_WORD, _PLAIN = 0.2, 0.45, 20
#: Texts of an abstract's length were marked more freely: the first two are higher there, by up to
#: this much; shorter texts (in tokens) say too little for a probability.
_SURER_IF_SHORT, _TOO_SHORT = 0.3, 100
#: Nouns that sort what "of" joins to them, and the level (A2) up to which words are everyone's.
_SORTS = frozenset("form type kind sort part set number variety lack".split())
_BASIC = 2
#: Kinds of encyclopaedia articles that a lower-case phrase can't mean.
_NAMES_ONLY = frozenset({TermKind.PERSON, TermKind.PLACE, TermKind.WORK, TermKind.ORGANISATION})


@dataclass(slots=True, eq=False)
class Candidate:
    """A phrase with its places in the text and what speaks for it.

    ``introduced``: the text presents it as a term ("… is called X", or set in bold);
    ``plural``: it never stands in the singular; ``probability``: how likely ``keyphrases`` thinks
    it a term; ``short``: what the text abbreviates it to.
    """

    phrase: str
    surface: str
    mentions: list[Span] = field(default_factory=list)
    stated: list[tuple[int, Stated]] = field(default_factory=list)
    introduced: bool = False
    article: encyclopedia.Article | None = None
    score: float = 0.0
    plural: bool = True
    probability: float = 0.0
    likely: bool = False
    short: Abbreviation | None = None


def find_concepts(
    analysis: Analysis,
    taken: set[tuple[int, int]],
    abbreviations: Sequence[Abbreviation] = (),
) -> list[Candidate]:
    """Return the concepts of a text; ``taken`` holds (block, token) of what names cover already."""
    least = _least(analysis)
    short = {item.long.casefold(): item for item in abbreviations}
    kept: list[Candidate] = []
    for keyphrase in rank_candidates(analysis, abbreviations):
        candidate = _candidate(analysis, keyphrase, taken)
        if candidate is None:
            continue
        candidate.likely = candidate.probability >= least + _extra(candidate.phrase)
        candidate.short = short.get(candidate.phrase) or short.get(candidate.surface)
        candidate.introduced |= candidate.short is not None
        candidate.article = _article(candidate)
        candidate.score = _termhood(candidate)
        if candidate.score > 0:
            candidate.phrase = _cased(candidate.phrase, keyphrase)
            kept.append(candidate)
    return _without_parts(sorted(kept, key=lambda c: (-c.score, c.mentions[0])))


def _least(analysis: Analysis) -> float:
    """Return from which probability on a phrase is a term of this text."""
    length = sum(len(analysis.docs[block.index]) for block in analysis.document.body())
    if length < _TOO_SHORT:
        return 1.0
    return _LIKELY + _SURER_IF_SHORT * (1.0 - longness(math.log2(length)))


def _extra(phrase: str) -> float:
    if re.search(r"[ -]", phrase):
        return 0.0
    return _EXTRA_FOR_PLAIN_WORD if frequency.grade(phrase) <= _PLAIN else _EXTRA_FOR_WORD


def _cased(phrase: str, keyphrase: Keyphrase) -> str:
    """Return the phrase with the capitals that it has inside sentences ("Stroop test", "DNA")."""
    words, written = phrase.split(" "), keyphrase.text.split(" ")
    if len(words) != len(written):
        return phrase
    pairs = zip(words, written, strict=True)
    return " ".join(own if form.islower() else _with_capitals(own, form) for own, form in pairs)


def _with_capitals(own: str, form: str) -> str:
    same = form.casefold().startswith(own)
    inner = any(map(str.isupper, form[1:]))
    return form[: len(own)] if same and (inner or form[:1].isupper()) else own


def _candidate(
    analysis: Analysis, keyphrase: Keyphrase, taken: set[tuple[int, int]]
) -> Candidate | None:
    """Return a phrase with what the text says at the places where no name covers it."""
    phrase = keyphrase.phrase
    docs = analysis.docs
    places = [
        place
        for place in phrase.places
        if _may_be_term(docs[place.block], place)
        and not any((place.block, i) in taken for i in range(place.start, place.end))
    ]
    if not places:
        return None
    first = places[0]
    surface = docs[first.block][first.start : first.end].text.casefold()
    candidate = Candidate(phrase.key, surface, probability=keyphrase.probability)
    for place in places:
        doc = docs[place.block]
        tokens = doc[place.start : place.end]
        candidate.plural = candidate.plural and tokens[-1].tag_ == "NNS"
        candidate.mentions.append(Span(place.block, tokens.start_char, tokens.end_char))
        before = doc[place.start - 1].lower_
        if place.whole or place.opens or before == "of" or before in METAWORDS:
            # Else what is said of the whole phrase is not said of its part.
            _look_around(candidate, analysis.document.blocks[place.block], doc, place)
    return candidate


def _may_be_term(doc: Doc, place: Occurrence) -> bool:
    """Return whether a noun phrase's own words can make a term: "larger sample" compares.

    What stands before "of" is a whole that the phrase goes on to complete.
    """
    if not place.ends and doc[place.end : place.end + 1].text != "of":
        return False
    first, last = doc[place.start], doc[place.end - 1]
    after = doc[place.start + 1].lower_ if place.end - place.start > 1 else ""
    empty = _SORTS | OPINION if after == "of" else METAWORDS
    if after and first.lemma_ in empty:
        return False  # "form of therapy", "the term therapy"
    is_noun = last.pos_ == "NOUN" or last.tag_ == "VBG" or not last.text[:1].isupper()
    return is_noun and len(last) > 2 and first.tag_ not in {"JJR", "JJS"}


def _look_around(candidate: Candidate, block: Block, doc: Doc, place: Occurrence) -> None:
    start, end = place.start, place.end
    candidate.introduced |= is_introduced(doc, start, end) or _is_marked(block, doc, start, end)
    candidate.stated += [
        (block.index, stated)
        for stated in stated_definitions(doc, start, end)
        if stated.quality >= STATED
        and (stated.licensed or _is_generic(doc, start, end))
        and not (stated.form == "apposition" and _completes(doc, start, stated))
        and best_for(candidate.phrase, TermKind.CONCEPT, [(block.index, stated)])
    ]


def _completes(doc: Doc, start: int, stated: Stated) -> bool:
    """Return whether an apposition speaks of what the phrase completes.

    In "a declaration of intent, a way to …" the way is the declaration.
    """
    if start < 3 or doc[start - 1].lower_ != "of" or not re.match(r"an?\s", stated.text):
        return False
    head = doc[start - 2]
    if head.lemma_ in _SORTS:
        return False
    return any(child.dep_ == "det" and child.lower_ in {"a", "an"} for child in head.children)


def _is_marked(block: Block, doc: Doc, start: int, end: int) -> bool:
    """Return whether exactly this phrase is set in bold or italics, as textbooks set a new term."""
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return any(
        mark.start == first and mark.end == last
        for mark in block.marks
        if mark.kind in {MarkKind.STRONG, MarkKind.EMPHASIS}
    )


def _is_generic(doc: Doc, start: int, end: int) -> bool:
    """Return whether a phrase speaks of the thing as such: bare, plural or with "a"."""
    before = doc[start - 1] if start else None
    if before is None or before.dep_ != "det" or before.head.i >= end:
        return before is None or before.pos_ not in {"ADJ", "NUM", "PRON", "PROPN", "PART"}
    is_rare = frequency.grade(doc[start].text) >= frequency.UNGRADED  # "the corno"
    return before.lower_ in {"a", "an"} or (before.lower_ == "the" and (end - start > 1 or is_rare))


def _article(candidate: Candidate) -> encyclopedia.Article | None:
    """Return the encyclopaedia's article of a phrase of several words, if it is of a concept."""
    phrase = candidate.phrase
    if " " not in phrase and "-" not in phrase:
        return None
    forms = (candidate.surface, phrase)
    found = next((item for form in forms if (item := encyclopedia.article(form))), None)
    if found is None or encyclopedia.key(found.title) not in map(encyclopedia.key, forms):
        return None
    if encyclopedia.key(found.title) == encyclopedia.key(candidate.surface):
        candidate.phrase = candidate.surface  # "plate tectonics" has no singular
        return None if kind_of_description(found.description) in _NAMES_ONLY else found
    countable = re.match(r"(?:An?|The|In \w+, an?)\s|\w+s\s(?:are|were)\b", found.introduction)
    if candidate.plural and not countable:
        return None  # "two nuclear powers" are not nuclear power
    return None if kind_of_description(found.description) in _NAMES_ONLY else found


def _termhood(candidate: Candidate) -> float:
    """Score a phrase; 0 means that nothing makes it a term."""
    words = re.findall(r"[\w’'-]+", candidate.phrase)
    is_empty = any(word in VAGUE or word[0].isdigit() for word in words)
    if is_empty and candidate.article is None:
        return 0.0
    level = frequency.cefr_level(words[0]) if len(words) == 1 else None
    if level is not None and level <= _BASIC and not candidate.likely:
        return 0.0  # "dog", "school"
    known = candidate.article is not None or candidate.introduced or candidate.stated
    if (
        not known
        and not candidate.likely
        and (len(words) == 1 or candidate.probability < _UNLIKELY)
    ):
        return 0.0
    rarity = sum(max(0.0, 6.0 - frequency.zipf(word)) for word in words) / len(words)
    score = 0.0
    if candidate.stated:
        score += 2.0 + max(stated.quality for _, stated in candidate.stated)
    if candidate.introduced:
        score += 2.5
    if candidate.article is not None:
        score += 2.0
    if candidate.likely:
        score += 1.5 + 2.0 * candidate.probability
    count = len(candidate.mentions)
    if len(words) > 1 and rarity > 0.9 and (count > 2 or (score and count > 1)):
        score += rarity * math.log2(count)
    elif score and len(words) == 1 and frequency.zipf(words[0]) > 5.0 and count < 2:
        score -= 1.5
    return score if score >= 1.4 else 0.0


def _without_parts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop a phrase that mostly stands inside a longer one, and its mentions there."""
    kept: list[Candidate] = []
    by_block: dict[int, list[Span]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda c: (-len(c.phrase.split()), -c.score)):
        own = [
            mention
            for mention in candidate.mentions
            if not any(longer.contains(mention) for longer in by_block[mention.block])
        ]
        told = {stated for longer in kept for stated in longer.stated}
        candidate.stated = [stated for stated in candidate.stated if stated not in told]
        if len(own) < len(candidate.mentions) and _termhood(candidate) <= 0:
            continue  # what made it a term is said of the longer one
        if not own or (len(own) * 2 < len(candidate.mentions) and not candidate.stated):
            continue
        candidate.mentions = own
        kept.append(candidate)
        for mention in own:
            by_block[mention.block].append(mention)
    return sorted(kept, key=lambda c: (-c.score, c.mentions[0]))
