r"""Text with wildcards: ``*`` for any run of letters, ``_`` for one; ``\`` takes that from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: What may stand behind a backslash in a search.
ESCAPABLE = frozenset('\\"():-*_')


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for, as the reader typed it: with wildcards and backslashes."""

    raw: str

    @property
    def is_glob(self) -> bool:
        """Whether it has a wildcard."""
        return any(wild for _letter, wild in self._pieces())

    @property
    def text(self) -> str:
        """The text without backslashes, its wildcards taken as letters."""
        return "".join(letter for letter, _wild in self._pieces())

    @property
    def like(self) -> str:
        """The pattern with SQL's wildcards, a backslash before those that are letters."""
        wild = {"*": "%", "_": "_"}
        return "".join(
            wild[letter] if is_wild else re.sub(r"([\\%_])", r"\\\1", letter)
            for letter, is_wild in self._pieces()
        )

    @property
    def literals(self) -> list[str]:
        """The runs of letters between the wildcards."""
        runs = "".join("\0" if wild else letter for letter, wild in self._pieces())
        return [run for run in runs.split("\0") if run]

    def regex(self, one: str = ".", many: str = ".*") -> str:
        """Return a regular expression; ``one`` and ``many`` stand for the wildcards."""
        wild = {"*": many, "_": one}
        return "".join(
            wild[letter] if is_wild else re.escape(letter) for letter, is_wild in self._pieces()
        )

    def matches(self, name: str) -> bool:
        """Whether the whole of ``name`` matches, whatever the case of its letters."""
        return re.fullmatch(self.regex(), name, re.IGNORECASE | re.DOTALL) is not None

    def without_accents(self) -> Pattern:
        """Return the pattern without the accents of its letters."""
        return Pattern(without_accents(self.raw))

    def _pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield each letter, and whether it is a wildcard."""
        escaped = False
        for letter in self.raw:
            if escaped or letter not in "\\*_":
                yield letter, False
                escaped = False
            elif letter == "\\":
                escaped = True
            else:
                yield letter, True
        if escaped:
            yield "\\", False


def without_accents(text: str) -> str:
    """Return ``text`` without the marks that combine with its letters."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
