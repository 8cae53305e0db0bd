"""The dictionary forms of an English word, without a parse: exceptions first, then endings.

As WordNet's morphological processor does it, with the tables that come with spaCy's model; spaCy
itself is not loaded.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from desktop.errors import MissingPieceError
from desktop.installed_data import data_file
from desktop.language.analysis import ENGLISH_MODEL

#: How spaCy's string store numbers the parts of speech in these tables.
_NOUN, _VERB, _ADJ = 16833663260455505849, 6360137228241296794, 12401032943472870168
_ADV = 10054248821341768113
_PARTS = {_NOUN: "NOUN", _VERB: "VERB", _ADJ: "ADJ", _ADV: "ADV"}


def lemmas(word: str) -> tuple[tuple[str, str], ...]:
    """Return the dictionary forms, with their parts of speech, that ``word`` may be a form of.

    If it is one itself, that comes first.
    """
    form = word.casefold().replace("’", "'").removesuffix("'s").rstrip("'")
    if not form:
        return ()
    rules, exceptions, index = _tables()
    found = [(form, name) for part, name in _PARTS.items() if form in index[part]]
    for part, name in _PARTS.items():
        irregular = exceptions[part].get(form, ())
        found += [(lemma, name) for lemma in irregular]
        if irregular:
            continue
        for ending, instead in rules.get(part, ()):
            if form.endswith(ending):
                stem = form[: len(form) - len(ending)]
                tried = [stem + instead]
                if not instead and len(stem) > 2 and stem[-1] == stem[-2]:
                    tried.append(stem[:-1])  # running, bigger
                found += [(one, name) for one in tried if one in index[part]]
    return tuple(dict.fromkeys(found))


@functools.cache
def _tables() -> tuple[dict[int, Any], dict[int, Any], dict[int, frozenset[str]]]:
    """Return rules, exceptions and known forms by part of speech; empty without the model."""
    import srsly

    try:
        folder = data_file(ENGLISH_MODEL, "__init__.py").parent
        (path,) = folder.glob("*/lemmatizer/lookups/lookups.bin")
        data = srsly.msgpack_loads(Path(path).read_bytes())
    except (MissingPieceError, OSError, ValueError):
        data = {}
    tables = [data.get(name, {}) for name in ("lemma_rules", "lemma_exc", "lemma_index")]
    rules, exceptions, index = tables
    return (
        rules,
        {part: exceptions.get(part, {}) for part in _PARTS},
        {part: frozenset(index.get(part, ())) for part in _PARTS},
    )
