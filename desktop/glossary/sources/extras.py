"""Libraries that only some readers need; where one is absent, a sentence says how to get it."""

from __future__ import annotations

import importlib
from typing import Any

from desktop.errors import MissingPieceError

#: Library → the extra of our package that brings it.
_EXTRAS = {"wn": "dictionaries", "pyglossary": "dictionaries", "libzim": "zim"}
_WHAT = {"dictionaries": "Dictionaries of your own need", "zim": "ZIM files need"}


def extra(module: str) -> Any:
    """Import a module of an optional library; raises ``MissingPieceError`` where it is absent."""
    try:
        return importlib.import_module(module)
    except (ImportError, SyntaxError) as error:  # absent, or made for a newer Python
        library = module.split(".")[0]
        name = _EXTRAS[library]
        raise MissingPieceError(
            f"{_WHAT[name]} the library {library}: install it with pip install 'glossator[{name}]'."
        ) from error
