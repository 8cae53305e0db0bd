"""Runs of capitalised words: where a name begins and ends, by the writing itself.

Capital letters, hyphens, possessives and the small words that may stand inside a name decide. A
capital at the start of a sentence proves nothing by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.glossary import gazetteer
from desktop.glossary.kinds import kind_of_noun
from desktop.language import frequency
from desktop.language.analysis import Analysis

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words before a name that belong to the person's office or address, not to the name.
TITLES = frozenset(
    """
    president ceo vice-president chancellor premier minister prime secretary senator governor
    mayor representative congressman congresswoman ambassador judge justice attorney general
    colonel captain major lieutenant sergeant admiral commander marshal professor prof
    doctor dr mr mrs ms miss mister sir madam lord lady dame reverend rev father brother
    sister bishop archbishop cardinal rabbi imam chairman chairwoman director chief king
    queen emperor empress prince princess pope saint count countess duke duchess baron tsar
    czar sultan shah leader prophet commodore corporal aunt uncle cousin grandfather grandmother
    """.split()
)
#: Small words of other languages join two capitalised words whatever those are.
_NATIVE_JOINERS = frozenset("de del della di da du des la le van von der den bin ibn al".split())
_VERSUS = frozenset(["v", "v.", "vs", "vs."])
JOINERS = _NATIVE_JOINERS | {"of", "for", "on"}
_CALENDAR = frozenset(
    """
    january february march april june july august september october november december jan feb apr
    jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon
    tue tues wed thu thur thurs fri
    """.split()
)
NEVER = frozenset(
    """
    i i'm i'd i'll i've a an the this that these those mr mrs ms dr am pm ad bc bce ce ok dear
    op cit ibid loc et al fig eq ed eds vol pp
    """.split()
)
#: What stands after a possessive and makes one name with it: "St George’s Day", "King’s Road".
_OWNED = frozenset(
    "day eve law laws wall hospital college school church chapel prayer case".split()
)
_ROMAN = re.compile(r"^[IVXLC]+$")
#: The types of the parser's entities that are names; dates and figures are not.
ENTITY_LABELS = frozenset(
    """
    PERSON ORG GPE LOC FAC EVENT WORK_OF_ART LAW PRODUCT NORP LANGUAGE
    """.split()
)
#: An Arabic name after its article, or a son's after his father's: "al-Bashir", "ibn-Sina".
_ARABIC = re.compile(r"(?:a[ldnrstz]|ash|el|ul|ibn|bin)[-‑][A-Z]\w+$")
#: What ends a firm's name.
_LAST = frozenset("Ltd. Inc. Corp. LLC GmbH plc PLC S.A. S.p.A.".split())
_NO_NAME = re.compile(r"[\[\](){}<>@/\\|=_]|^\w(?:[-–]\w)*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word with what hyphens join to it: tokens ``start`` … ``end`` (exclusive) of a parse."""

    start: int
    end: int
    text: str
    possessive: bool


def units(doc: Doc) -> list[Unit]:
    """Cut a parse into words, each with the parts that hyphens join to it without a space."""
    result: list[Unit] = []
    whole = doc.text  # computed anew at each access
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
        text = whole[doc[start].idx : doc[i - 1].idx + len(doc[i - 1])]
        if text.endswith(("’s", "'s")) and len(text) > 3:  # the tokeniser left it on the word
            text, possessive = text[:-2], True
        result.append(Unit(start, i, text, possessive))
    return result


def capitals_inside_sentences(analysis: Analysis) -> Counter[str]:
    """Count the words that stand capitalised, alone, where no sentence begins.

    A word that is capitalised only beside another capital ("Joint Statement") doesn't show that
    it would be so by itself.
    """
    counts: Counter[str] = Counter()
    for block in analysis.document.body():
        doc = analysis.docs[block.index]
        for token in doc:
            if not token.text[:1].isupper() or starts_sentence(doc, token.i):
                continue
            plain = token.text.casefold()
            beside = token.i + 1 < len(doc) and doc[token.i + 1].text[:1].isupper()
            if not beside or frequency.grade(plain) >= frequency.UNGRADED:
                counts[token.text] += 1
    return counts


def starts_sentence(doc: Doc, i: int) -> bool:
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
    if (
        not text[:1].isupper()
        or plain in NEVER
        or plain.removesuffix("s") in _CALENDAR
        or _NO_NAME.search(text)
    ):
        return False
    token = doc[unit.start]
    if _counts(doc, unit):
        return True
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
    if not starts_sentence(doc, unit.start):
        return True
    if token.is_stop or token.pos_ in {"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX"}:
        return False
    if capitals[text] or any(c.isupper() for c in text[1:]):
        return True
    if token.ent_type_ in ENTITY_LABELS and token.pos_ == "PROPN":
        return (
            not frequency.is_known(plain)
            or frequency.grade(plain) >= frequency.UNGRADED
            or (unit.end < len(doc) and doc[unit.end].text[:1].isupper())
        )
    return token.pos_ == "PROPN" and frequency.grade(plain) >= frequency.UNGRADED


def _counts(doc: Doc, unit: Unit) -> bool:
    """Return whether a number word opens a name: "First World War", "Last Glacial Maximum"."""
    token = doc[unit.start]
    if not (token.like_num or unit.text == "Last") or not unit.text.isalpha():
        return False
    following = doc[unit.end : unit.end + 1].text
    if not following[:1].isupper() or following.casefold() in _CALENDAR:
        return False
    return not starts_sentence(doc, unit.start) or token.ent_type_ in ENTITY_LABELS


def name_runs(doc: Doc, capitals: Counter[str], taken: set[int]) -> Iterator[list[Unit]]:
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
        if (number := _ordinal_after(doc, words, i)) is not None:
            run.append(number)  # "Elizabeth I"
            i += 1
        step = _joined(doc, words, i, run, capitals, taken)
        if step == 1 and not _adjacent(doc, words, i, run):
            yield run
            run = []
        elif step > 1:
            run += words[i + 1 : i + step]
        i += max(step, 1)
    if run:
        yield run


def _ordinal_after(doc: Doc, words: list[Unit], i: int) -> Unit | None:
    """Return the numeral that counts a ruler, a pope or a model, if one follows the word."""
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or words[i].possessive:
        return None
    if following.text.isdecimal() and len(following.text) < 4:  # "Apollo 11"
        token = doc[following.start]
        after = doc[following.end : following.end + 1].text
        if is_common(words[i].text) or after[:1].isupper() or following.end == len(doc):
            return None
        is_thing = token.ent_type_ in {"PRODUCT", "ORG", "FAC", "LAW", "WORK_OF_ART", "EVENT"}
        return following if is_thing and token.ent_iob_ == "I" else None
    if not _ROMAN.match(following.text):
        return None
    is_person = doc[words[i].start].ent_type_ == "PERSON"
    is_pronoun = following.text == "I" and doc[following.start].dep_ == "nsubj"
    return following if is_person and not is_pronoun else None


def _adjacent(doc: Doc, words: list[Unit], i: int, run: list[Unit]) -> bool:
    """Return whether the next word continues the name without a joining word."""
    if i + 1 >= len(words) or words[i + 1].start != words[i].end:
        return bool(words[i].possessive and _possessive_inside(doc, words, i, run))
    return doc[words[i].end - 1].text not in _LAST  # "Marlow Ltd. Retrieved …"


def _possessive_inside(doc: Doc, words: list[Unit], i: int, run: list[Unit]) -> bool:
    """Tell "People’s Republic" (inside the name) from "Xi’s Initiative" (its border)."""
    following = words[i + 2] if i + 2 < len(words) else None
    if following is None or not following.text[:1].isupper():
        return False
    owned = following.text.casefold()
    is_saint = len(run) == 2 and run[0].text.casefold() in {"st", "st.", "saint"}
    if (len(run) == 1 or is_saint) and is_common(owned):
        ends = i + 3 >= len(words) or not words[i + 3].text[:1].isupper()
        if ends and (owned in _OWNED or kind_of_noun(owned) == "place"):
            return True
    if len(run) > 1:
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
        return 2 if _ARABIC.match(words[k].text) else 1  # "Omar al-Bashir"
    k += 1
    while joiner in _NATIVE_JOINERS and k < len(words) and words[k].text in _NATIVE_JOINERS:
        k += 1
    if joiner in {"of", "for", "on"} and k < len(words) and words[k].text == "the":
        k += 1
    if k >= len(words) or words[k].start in taken or not words[k].text[:1].isupper():
        return 1
    following = words[k]
    if not _is_name_word(doc, following, capitals) and following.text.casefold() in _CALENDAR:
        return 1
    if joiner in _NATIVE_JOINERS or joiner in _VERSUS:
        return k - i
    if joiner in JOINERS:
        seen_as_one = doc[words[i + 1].start].ent_type_ in ENTITY_LABELS
        if _parts(joiner, run[-1].text, following.text):
            return 1
        return k - i if seen_as_one or _joins_of(doc, words[i + 1 : k], run, following) else 1
    if joiner in {"and", "&"}:
        return k - i if _joins_and(doc, words, i, k, capitals, run) else 1
    return 1


def _parts(joiner: str, before: str, after: str) -> bool:
    """Return whether "for" or "on" stands between two names.

    "He made Cold Harbour for NBC", "the Observatory on Mauna Kea"; not "the Panel on Climate
    Change", "the Centre for Marine Life".
    """
    if joiner == "for":
        return kind_of_noun(before) is None
    return joiner == "on" and not is_common(after)


def _joins_of(doc: Doc, joiners: list[Unit], run: list[Unit], following: Unit) -> bool:
    """Return whether "HEAD of/for/on …" goes on: its head is a common noun, and no office."""
    noun = run[-1].text.casefold()
    is_person = doc[run[0].start].ent_type_ == "PERSON" and gazetteer.is_given_name(run[0].text)
    if is_person and len(joiners) == 1 and joiners[0].text == "of" and len(run) < 3:
        return len(run) == 1 or bool(_ROMAN.match(run[-1].text))  # "Margaret I of Denmark"
    if not is_common(noun):
        return False
    if noun in TITLES:  # "Secretary of State X" goes on, "President of France" does not
        return joiners[0].text == "of" and len(joiners) == 1 and is_common(following.text)
    if len(run) == 1 and starts_sentence(doc, run[0].start):
        return False
    if joiners[0].text == "of":
        return True
    if len(joiners) > 1:  # "for the …" mostly begins something else
        return len(run) == 1 and kind_of_noun(noun) is not None
    return kind_of_noun(noun) is not None or len(run) > 1


def _joins_and(
    doc: Doc, words: list[Unit], i: int, k: int, capitals: Counter[str], run: list[Unit]
) -> bool:
    """Return whether "A and B C" is one name: A is no name by itself and the end is a noun."""
    if words[i + 1].text == "&":
        return not {doc[words[j].start].ent_type_ for j in (i, k)} & {"GPE", "LOC", "NORP"}
    left = words[i].text
    given = (run[0].text, words[k].text)
    if len(run) > 1 and any(gazetteer.is_given_name(w) and not is_common(w) for w in given):
        return False  # two people
    is_place = doc[words[i].start].ent_type_ in {"GPE", "NORP"}
    if not is_common(left) or is_place or capitals[left] > 1:
        return False
    if any(unit.text in {"of", "for"} for unit in run):  # "Museum of History and Ethnography"
        return doc[words[k].start].ent_type_ not in {"PERSON", "GPE"}
    seen_as_one = doc[words[i + 1].start].ent_type_ in ENTITY_LABELS
    if len(run) > 1 and kind_of_noun(left) not in {None, "person"} and not seen_as_one:
        return False  # "Ridge Television and Coast Broadcasting" are two
    last = k
    while last + 1 < len(words) and words[last + 1].text[:1].isupper():
        last += 1
    ends_in_noun = is_common(words[last].text)
    return ends_in_noun and (last > k or kind_of_noun(words[last].text) is not None)


def is_common(word: str) -> bool:
    """Return whether a word is an ordinary one that needs no capital."""
    return frequency.grade(word) < frequency.UNGRADED
