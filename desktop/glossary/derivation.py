"""Words that no dictionary has, explained through their parts where these are sure.

Only affixes of one fixed meaning are taken off, and only where what is left is a word of the part
of speech that the affix goes with, and either common or of a single sense. Anything else is left
without an explanation: a wrong one is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.glossary.sources.entry import Entry
from desktop.language import frequency

#: Marks an entry that was put together from its parts, in its reference.
DERIVED = "Derived"

#: A word of this Zipf value is one that readers know; a rarer one needs a gloss of its own.
_COMMON = 3.3
_MIN_STEM = 4


@dataclass(frozen=True, slots=True)
class _Affix:
    """What an affix makes of which part of speech; ``meaning`` has a place for the stem."""

    form: str
    stem: str
    result: str
    meaning: str


_PREFIXES = tuple(
    _Affix(*row)
    for row in (
        ("un", "ADJ", "ADJ", "not {}"),
        ("non", "ADJ", "ADJ", "not {}"),
        ("re", "VERB", "VERB", "{} again"),
        ("mis", "VERB", "VERB", "{} wrongly"),
        ("under", "VERB", "VERB", "{} too little"),
        ("over", "VERB", "VERB", "{} too much"),
        ("multi", "ADJ", "ADJ", "multi- (many) + {}"),
        ("anti", "ADJ", "ADJ", "anti- (against) + {}"),
        ("pre", "ADJ", "ADJ", "pre- (before) + {}"),
        ("post", "ADJ", "ADJ", "post- (after) + {}"),
    )
)
_SUFFIXES = tuple(
    _Affix(*row)
    for row in (
        ("ness", "ADJ", "NOUN", "the state of being {}"),
        ("ly", "ADJ", "ADV", "in a way that is {}"),
    )
)


def derive(form: str, pos: str, lookup: Callable[[str], tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """Return the one entry that the parts of ``form`` make, or nothing where they aren't sure.

    ``lookup`` gives a dictionary's senses of the stem; an empty ``pos`` asks for any.
    """
    for affix, stem in _splits(form.casefold()):
        if pos and affix.result not in pos:
            continue
        senses = [sense for sense in lookup(stem) if sense.pos == affix.stem]
        common = frequency.zipf(stem) >= _COMMON
        if not senses or not (common or len(senses) == 1):
            continue
        text = affix.meaning.format(stem)
        if not common:
            text = f"{text} ({stem}: {senses[0].gloss})"
        dash = f"{affix.form}-" if affix in _PREFIXES else f"-{affix.form}"
        reference = f"{DERIVED} from {dash} and {senses[0].reference}"
        return (Entry(form, text, affix.result, reference=reference),)
    return ()


def _splits(form: str) -> Iterator[tuple[_Affix, str]]:
    for affix in _PREFIXES:
        stem = form.removeprefix(affix.form)
        if stem != form and len(stem) >= _MIN_STEM:
            yield affix, stem
    for affix in _SUFFIXES:
        stem = form.removesuffix(affix.form)
        if stem != form and len(stem) >= _MIN_STEM:
            yield affix, stem
            if affix.form == "ness" and stem.endswith("i"):
                yield affix, f"{stem[:-1]}y"
