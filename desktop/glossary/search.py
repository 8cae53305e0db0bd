"""Search in a glossary: names, other names, meanings, and each of their inflected forms."""

from __future__ import annotations

import functools
import re

from desktop.glossary.term import Term
from desktop.reading.document import Document

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_VOWEL = re.compile(r"[aeiouy]")

#: Endings of inflection, longest first, with what stands in their place.
_ENDINGS = (
    ("iness", "y"), ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"),
    ("ing", ""), ("est", ""), ("ed", ""), ("er", ""), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
_SHORTEST_STEM = 3


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return what the inflected forms of a lower-case English word have in common."""
    bare = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    for ending, instead in _ENDINGS:
        root = bare[: -len(ending)]
        if bare.endswith(ending) and len(root) >= _SHORTEST_STEM and _VOWEL.search(root):
            if ending == "s" and root.endswith(("s", "u", "i")):
                break  # “class”, “corpus” and “basis” are no plurals
            bare = root + instead
            break
    if len(bare) > _SHORTEST_STEM and bare[-1] == bare[-2] and bare[-1] not in "aeiouls":
        bare = bare[:-1]
    return bare.removesuffix("e") if len(bare) > _SHORTEST_STEM else bare


class Query:
    """What a reader looks for; ``finds`` says whether a term's text holds it."""

    def __init__(self, words: str) -> None:
        self.words = " ".join(words.casefold().split())
        self._stems = frozenset(stem(word) for word in _WORD.findall(self.words))

    def __bool__(self) -> bool:
        return bool(self.words)

    def finds(self, text: str) -> bool:
        """Return whether ``text``, which ``searchable`` made, holds the words in any form."""
        if self.words in text:
            return True
        if not self._stems or not all(part in text for part in self._stems):
            return False
        return self._stems <= {stem(word) for word in _WORD.findall(text)}


def searchable(term: Term, document: Document | None) -> str:
    """Return all that a search looks through for ``term``: lower-case text, a part a line."""
    parts = {term.term, *term.aliases}
    if document is not None:
        blocks = document.blocks
        parts.update(blocks[m.block].text[m.start : m.end] for m in term.mentions)
    if term.definition is not None:
        parts.add(term.definition.text)
    return "\n".join(sorted(parts)).casefold()
