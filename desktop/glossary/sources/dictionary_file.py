"""Dictionary files of other programs (StarDict and more), through the ``pyglossary`` library.

It is called in a process of its own only (``desktop.glossary.sources.indexing``): a dictionary is
a file from anywhere, and the library makes folders of its own in the user's home.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.errors import InputError
from desktop.glossary.sources.entry import Entry, language_code
from desktop.glossary.sources.extras import extra
from desktop.glossary.sources.glosses import read_article
from desktop.glossary.sources.index import About
from desktop.glossary.sources.wordnet import licence_name

#: Ending → what pyglossary calls the format. Only formats that need no further library.
FORMATS = {
    ".ifo": "Stardict",
    ".dsl": "ABBYYLingvoDSL",
    ".dz": "ABBYYLingvoDSL",  # name.dsl.dz
    ".index": "DictOrg",
    ".mdx": "OctopusMdict",
    ".bgl": "BabylonBgl",
    ".tab": "Tabfile",
    ".tsv": "Tabfile",
}


def read_dictionary(path: Path) -> tuple[About, Iterator[Entry]]:
    """Return a dictionary's title and licence, and its senses in the order of the file."""
    glossary_type = extra("pyglossary.glossary_v2").Glossary
    logging.disable(logging.CRITICAL)  # what matters of its complaints comes as an exception
    glossary_type.init(usePluginsJson=True)
    glossary = glossary_type()
    glossary.progressbar = False
    try:
        glossary.directRead(str(path), formatName=FORMATS[path.suffix.casefold()])
    except Exception as error:  # of whatever kind: the file is not what its name says
        raise InputError("it can't be read as a dictionary") from error
    info = {name: glossary.getInfo(name) for name in ("name", "copyright", "sourceLang")}
    about = About(
        " ".join((info["name"] or path.stem).split())[:200],
        licence_name(" ".join((info["copyright"] or "").split())[:200]),
        language_code(str(getattr(glossary.sourceLang, "code", info["sourceLang"]) or "")),
    )
    return about, _senses(glossary)


def _senses(glossary: Any) -> Iterator[Entry]:
    try:
        for entry in glossary:
            if entry.isData():
                continue
            if entry.defiFormat not in {"m", "h"}:
                entry.detectDefiFormat()
            forms = [form for form in entry.l_term if form.strip()]
            is_html = entry.defiFormat != "m"
            for form in forms:
                for gloss in read_article(entry.defi, forms[0], is_html=is_html):
                    yield Entry(form, gloss.text, gloss.pos, examples=gloss.examples)
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError("it is damaged") from error
