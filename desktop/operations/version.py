"""The version of the pipeline, told by the text core's own sources, and the key of its results."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.paths import resource

if TYPE_CHECKING:
    from desktop.glossary.sources.opening import SourceList

#: What decides on the result of an analysis: these packages, modules and resources.
_PACKAGES = ("language", "glossary", "facts", "decks")
_MODULES = (
    "settings",
    "operations/extraction",
    "operations/merging",
    "operations/overlooked",
    "operations/portions",
)
_RESOURCES = ("models", "words")


@functools.cache
def pipeline_version() -> str:
    """Return the key of cached results, together with ``Document.text_hash``.

    It changes whenever the code or the weights of the text core do, so nobody has to remember to
    count a revision. It reads some hundred small files the first time: not on the window's thread.
    """
    home = Path(__file__).parent.parent
    files = [path for package in _PACKAGES for path in (home / package).rglob("*.py")]
    files += [home / f"{module}.py" for module in _MODULES]
    files += [path for folder in _RESOURCES for path in resource(folder).rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(f"{path.name}\x1f".encode())
        digest.update(path.read_bytes())
    return f"{__version__}.{digest.hexdigest()[:12]}"


def analysis_version(sources: SourceList) -> str:
    """Return the key of cached results that were extracted with these sources.

    It looks at files, the sources' among them, so it isn't for the window's thread.
    """
    version = sources.version()
    return f"{pipeline_version()}+{version}" if version else pipeline_version()
