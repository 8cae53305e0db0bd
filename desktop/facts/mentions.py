"""Names, terms, dates and figures of a document, each a whole unit at its place in a block."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.facts.vocabulary import MONTHS, is_country
from desktop.glossary.term import Glossary, TermKind
from desktop.language.analysis import Analysis

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Kinds of names, as against figures and dates.
NAMES = frozenset(
    {"person", "place", "country", "organisation", "event", "work", "people", "abbreviation"}
)
FIGURES = frozenset({"money", "percent", "quantity", "number"})
DATES = frozenset({"year", "date", "period"})

_LABELS = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "NORP": "people",
    "MONEY": "money",
    "PERCENT": "percent",
    "QUANTITY": "quantity",
    "CARDINAL": "number",
    "ORDINAL": "ordinal",
    "DATE": "date",
}
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:1[0-9]{3}|20[0-9]{2})(?![\w-]|[.,]\d)")
_FULL_DATE = re.compile(r"\d")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTHS}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?"
    r"(?:,? (?:of )?\d{4}\b)?"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_MONEY = re.compile(
    rf"(?:US|A|C|NZ|HK)?[$€£¥]\s?\d[\d,.]*\d?(?:\s{_SCALE})?(?:\s(?:dollars|euros|pounds))?"
    rf"|\b\d[\d,.]*(?:\s{_SCALE})?\s(?:dollars|euros|pounds|rubles|yuan|yen|francs|marks)\b"
)
_PERCENT = re.compile(
    r"\b\d[\d,.]*(?:(?:\s?[–-]\s?|\s(?:to|or)\s)\d[\d,.]*)?\s?(?:%|percent\b|per cent\b)"
)
_NUMBER = rf"\d[\d,]*(?:\.\d+)?(?:\s{_SCALE})?"
#: Two figures that belong together, which the model tears apart: "between 5 and 10 pounds".
_PAIR = re.compile(
    rf"\b(?:between|from)\s(?:[a-z]+\s){{0,2}}?({_NUMBER})(?:\sin\s\d{{4}})?"
    rf"\s(?:and|to)\s(?:[a-z]+\s){{0,2}}?({_NUMBER})(?![\w.,%–-]*\d|\s?%|\sper\s?cent)",
    re.IGNORECASE,
)
_RANGE_START = re.compile(r"\b\d[\d,.]*(?:\s(?:to|or)\s|[–-])$")
_ORGANISATION = re.compile(
    r"\b(?:University|College|School|Academy|Institute|Association|Society|Organi[sz]ation|Company|"
    r"Corporation|Council|Committee|Commission|Agency|Bank|Party|Union|Ministry|Department|Court|"
    r"Congress|Parliament|Senate|Church|League|Federation|Foundation|Inc|Corp|Ltd|Club|Museum|"
    r"Authority|Office|Bureau|Board|Administration|Group|Alliance)\b|^[A-Z]{3,6}$"
)
_EVENT = re.compile(
    r"\b(?:War|Battle|Revolution|Games|Olympics|Cup|Bowl|Congress|Conference|Crisis|Massacre|"
    r"Crusade|Plague|Festival|Election|Treaty|Siege|Uprising|Rebellion|Championship)s?\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit of a block's text: ``kind`` is a name kind, a figure kind, a date kind, "concept" or
    "ordinal"; ``name`` the form that the glossary knows it by. ``sure`` says whether the kind of
    a name is sure enough to be shown.
    """

    start: int
    end: int
    kind: str
    name: str
    importance: float = 0.0
    sure: bool = True


#: A name must occur so often to be what a text is about.
_MUCH = 10


class Mentions:
    """All mentions of a document by block, without overlaps."""

    def __init__(self, blocks: tuple[tuple[Mention, ...], ...]) -> None:
        self._blocks = blocks
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for block in blocks:
            for mention in block:
                self._counts[mention.kind][mention.name] += 1

    def ranked(self, kind: str) -> list[tuple[str, int]]:
        """Return the names of a kind with their numbers of mentions, most often named first."""
        return sorted(self._counts[kind].items(), key=lambda item: (-item[1], item[0]))

    def main_name(self) -> str | None:
        """Return the name that the whole text is about: named twice as often as any other."""
        counts: Counter[str] = Counter()
        for kind in NAMES:
            counts.update(self._counts[kind])
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < _MUCH:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked[0][1] >= 2 * second else None

    def is_called_a_person(self, name: str) -> bool:
        """Return whether the model took the name for a person at least once."""
        return self._counts["person"][name] > 0

    def within(self, block: int, start: int, end: int) -> list[Mention]:
        """Return the mentions of the block that lie wholly in ``start``–``end``."""
        return [m for m in self._blocks[block] if start <= m.start and m.end <= end]

    def covering(self, block: int, start: int, end: int) -> Mention | None:
        """Return the mention that holds the whole range, or None."""
        return next((m for m in self._blocks[block] if m.start <= start and end <= m.end), None)


def _shown_kind(mention: Mention, text: str, doc: Doc) -> Mention:
    """Call a mention a country only where its own words name one ("the Americas" don't).

    Other places are sure where the model takes them for places as well.
    """
    surface = text[mention.start : mention.end]
    if mention.kind == "person" and surface.endswith("s") and surface[:-1] in mention.name.split():
        # "The Rothschilds" are a family, not the one of its members whom the text names in full.
        return replace(mention, kind="people", name=surface, sure=False)
    if mention.kind == "country" and not is_country(text[mention.start : mention.end]):
        return replace(mention, kind="place", sure=False)
    if mention.kind == "place":
        entities = [
            e for e in doc.ents if e.start_char < mention.end and mention.start < e.end_char
        ]
        width = mention.end - mention.start
        whole = [e for e in entities if e.end_char - e.start_char >= width]
        return replace(mention, sure=any(e.label_ in {"GPE", "LOC", "FAC"} for e in whole))
    return mention


def find_mentions(analysis: Analysis, glossary: Glossary) -> Mentions:
    """Collect the glossary's terms and the model's entities, dates and figures of every block."""
    known = _from_glossary(glossary)
    texts = [block.text for block in analysis.document.blocks]
    found = [
        [
            _shown_kind(mention, text, doc)
            for mention in _without_overlaps(
                [*_figures(text), *known[index], *_entities(doc, text)]
            )
        ]
        for index, (doc, text) in enumerate(zip(analysis.docs, texts, strict=True))
    ]
    return Mentions(_agreed(found))


def _from_glossary(glossary: Glossary) -> dict[int, list[Mention]]:
    """Return the mentions of terms (single hard words aside) by block."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for term in glossary.terms:
        if term.kind is TermKind.WORD:
            continue
        kind = "country" if is_country(term.term) else term.kind.value
        for span in term.mentions:
            sure = term.kind is not TermKind.ORGANISATION or bool(_ORGANISATION.search(term.term))
            sure = sure and (term.kind is not TermKind.PERSON or " " in term.term)
            sure = sure and (term.kind is not TermKind.EVENT or bool(_EVENT.search(term.term)))
            mention = Mention(span.start, span.end, kind, term.term, term.importance, sure)
            found[span.block].append(mention)
    return found


def _figures(text: str) -> Iterable[Mention]:
    """Yield what a pattern finds more surely than the model: money, percentages, dates, years."""
    for kind, pattern in (("money", _MONEY), ("percent", _PERCENT), ("date", _DATE)):
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(".,"))
            whole = text[match.start() : end]
            if kind != "date" or _FULL_DATE.search(whole):
                yield Mention(match.start(), end, kind, whole)
    for match in _PAIR.finditer(text):
        if not any(_YEAR.fullmatch(number) for number in match.groups()):
            for group in (1, 2):
                start, end = match.span(group)
                whole = text[start:end].rstrip(",")
                yield Mention(start, start + len(whole), "number", whole)
    for match in _YEAR.finditer(text):
        yield Mention(match.start(), match.end(), "year", match.group())


def _entities(doc: Doc, text: str) -> Iterable[Mention]:
    """Yield the model's entities with their articles and genitives cut off."""
    for entity in doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        start, end = entity.start_char, entity.end_char
        raw = text[start:end]
        if raw.lower().startswith("the ") and kind in NAMES:
            start += 4
        if kind == "number" and (opening := _RANGE_START.search(text, 0, start)):
            start = opening.start()
        if kind == "percent" and not re.search(r"\d|half|third|quarter|percent|per cent", raw):
            continue
        end -= len(raw) - len(re.sub(r"(?:['’]s?|[\s,;:.]+)$", "", raw)) if kind in NAMES else 0
        name = text[start:end].strip()
        if not name or "\n" in name or (kind in NAMES and not name[0].isupper()):
            continue
        if kind == "place" and is_country(name):
            kind = "country"
        yield Mention(start, end, kind, name, sure=kind not in NAMES or _is_sure(name, kind))


def _is_sure(name: str, kind: str) -> bool:
    """Return whether the form of a name bears out the kind that the model gave it."""
    words = name.split()
    if kind == "country":
        return True
    if kind == "person":
        return len(words) in {2, 3} and all(w[0].isupper() and w.isalpha() for w in words[1:])
    if kind == "organisation":
        return bool(_ORGANISATION.search(name))
    if kind == "event":
        return bool(_EVENT.search(name))
    return False


def _without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """Keep the earlier source, and of one source the longer mention, where two overlap."""
    kept: list[Mention] = []
    for mention in mentions:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _agreed(blocks: list[list[Mention]]) -> tuple[tuple[Mention, ...], ...]:
    """Give each name one kind throughout the document: the one it has most."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for block in blocks:
        for mention in block:
            if mention.kind in NAMES:
                votes[mention.name][mention.kind] += 1
    full = _full_names(blocks)
    kinds = {name: max(sorted(count), key=lambda k: count[k]) for name, count in votes.items()}
    return tuple(tuple(_settled(m, kinds, full) for m in block) for block in blocks)


def _settled(mention: Mention, kinds: dict[str, str], full: dict[str, str]) -> Mention:
    """Return a name with the kind and the full form that it has in the document."""
    if mention.kind not in NAMES:
        return mention
    # A surname is its bearer, unless the name is surely something else (Washington, England).
    unsure = not mention.sure and mention.kind != "people"
    bearer = full.get(mention.name) if mention.kind == "person" or unsure else None
    if bearer is not None:
        return replace(mention, kind="person", name=bearer, sure=True)
    if not mention.sure:
        return mention
    kind = mention.kind if mention.kind == "country" else kinds[mention.name]
    if kind == "person" and mention.name.isupper() and mention.name.isalpha():
        kind = "organisation"
    return replace(mention, kind=kind)


def _full_names(blocks: list[list[Mention]]) -> dict[str, str]:
    """Map surnames to the one person of the document who bears them."""
    people = {m.name for block in blocks for m in block if m.kind == "person"}
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in people:
        words = name.split()
        if 2 <= len(words) <= 4 and all(w[0].isupper() for w in words):
            bearers[words[-1]].add(name)
    return {last: max(names) for last, names in bearers.items() if len(names) == 1}


def joined_names(analysis: Analysis, mentions: Mentions) -> Counter[frozenset[str]]:
    """Count the pairs of names that the body joins by "and"."""
    pairs: Counter[frozenset[str]] = Counter()
    for block in analysis.document.body():
        for token in analysis.docs[block.index]:
            joined = [c for c in token.children if c.dep_ == "conj"]
            if len(joined) != 1 or any(c.dep_ == "conj" for c in joined[0].children):
                continue
            found = [
                mentions.covering(block.index, t.idx, t.idx + len(t.text))
                for t in (token, joined[0])
            ]
            names = {m.name for m in found if m is not None and m.kind in NAMES}
            if len(names) == 2:
                pairs[frozenset(names)] += 1
    return pairs


#: So often a text must speak of a name of its title to be about it.
OFTEN = 5


def is_particular(title: str, mentions: Mentions, small: frozenset[str]) -> bool:
    """Return whether a text is about one thing that its title names ("Lisbon", "Oil in Baku").

    ``small`` are the words that the text writes small: no names, whatever the model takes them for.
    """
    words = [w for w in re.findall(r"\w+", title) if w[0].isupper() and len(w) > 2]
    capitals = {w for w in words if w.lower() not in small}
    return any(
        count >= OFTEN and capitals & set(re.findall(r"\w+", name))
        for kind in NAMES - {"abbreviation"}
        for name, count in mentions.ranked(kind)
        if name[:1].isupper()
    )
