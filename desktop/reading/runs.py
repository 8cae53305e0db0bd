"""A paragraph put together from runs, each with its formatting → text and marks."""

from __future__ import annotations

from collections.abc import Collection

from desktop.reading.document import BlockKind, Mark, MarkKind
from desktop.reading.draft import Draft


class Runs:
    """The text and the marks of one paragraph; neighbouring runs of one kind share a mark."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._latest: dict[tuple[MarkKind, str | None], int] = {}

    def add(self, text: str, kinds: Collection[MarkKind] = (), target: str | None = None) -> None:
        """Add a run; ``target`` is where it leads to as a link."""
        if not text:
            return
        start, end = self._length, self._length + len(text)
        self._pieces.append(text)
        self._length = end
        told = [(kind, None) for kind in kinds]
        for kind, to in [*told, (MarkKind.LINK, target)] if target else told:
            place = self._latest.get((kind, to))
            if place is not None and self._marks[place].end == start:
                self._marks[place] = Mark(self._marks[place].start, end, kind, to)
            else:
                self._latest[kind, to] = len(self._marks)
                self._marks.append(Mark(start, end, kind, to))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def draft(self, kind: BlockKind, level: int | None = None) -> Draft:
        """Return the paragraph as a draft."""
        return Draft(kind, self.text, level, list(self._marks))
