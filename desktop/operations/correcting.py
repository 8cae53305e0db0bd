"""A corrected version of a text: recognised by its words, put in the old one's place."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.errors import GlossatorError
from desktop.library import documents, replacing
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Document

_LOOKED_AT = 12
_WORDS = 3
#: The share of runs of three words that two versions of a text have in common, at least. Every
#: fifth word may be another; two texts on one subject share less than a tenth.
_LEAST_SHARED = 0.35


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A stored text that a file seems to be a corrected version of."""

    id: int
    title: str


class Correcting(OpenLibrary):
    """The part of a workspace that replaces texts."""

    def known_document(self, document: Document) -> int | None:
        """Return the id under which a text is stored, ``None`` where it isn't."""
        return documents.find_document(self._database, document)

    def earlier_version(self, document: Document) -> EarlierVersion | None:
        """Return the stored text of which ``document`` is another version, if there is one."""
        if self.known_document(document) is not None:
            return None  # it is there to the letter
        runs = _runs(document)
        if not runs:
            return None
        best: tuple[float, EarlierVersion | None] = (_LEAST_SHARED, None)
        for number in documents.like_documents(self._database, document, _LOOKED_AT):
            try:
                stored = documents.read_document(self._database, number)
            except GlossatorError:
                continue
            there = _runs(stored)
            shared = len(runs & there) / max(len(runs), len(there), 1)
            if shared > best[0]:
                best = (shared, EarlierVersion(number, stored.name))
        return best[1]

    def replace_text(self, document_id: int, document: Document) -> None:
        """Put ``document`` in the place of a stored text.

        Cards, highlights, bookmarks and the place of reading stay at their words.
        """
        kinds = ("documents", "glossary", "notes", "cards", "marks")
        with self._action("Replace the text", *kinds):
            replacing.replace_text(self._database, document_id, document, self._now())


def _runs(document: Document) -> frozenset[int]:
    """Return the runs of words of a text, each as a number."""
    words = [word for block in document.blocks for word in block.text.casefold().split()]
    following = (words[at:] for at in range(_WORDS))
    return frozenset(hash(run) for run in zip(*following, strict=False))
