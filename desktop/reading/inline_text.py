"""The text of one block while a tree of elements is walked: white space, marks, line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.reading.document import Mark, MarkKind
from desktop.reading.draft import HARD_BREAK

_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANK = " \t\r\n\f" + HARD_BREAK


@dataclass(slots=True)
class InlineText:
    """Collects pieces of text; runs of white space become one space, unless ``verbatim``."""

    verbatim: bool = False
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _last: str = ""
    _marks: list[Mark] = field(default_factory=list)
    _open: list[tuple[MarkKind, int, str | None]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text as the source has it."""
        if not self.verbatim:
            text = _SPACES.sub(" ", text)
            if not self._last or self._last in _BLANK:
                text = text.lstrip(" ")
        self.put(text)

    def put(self, text: str) -> None:
        """Append text as it is."""
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._last = text[-1]

    def line_break(self) -> None:
        """Append a line break that was meant."""
        self.put("\n" if self.verbatim else HARD_BREAK)

    @property
    def ends_in_break(self) -> bool:
        """Whether the last thing was a line break."""
        return self._last == HARD_BREAK

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but white space so far."""
        return not any(piece.strip(_BLANK) for piece in self._pieces)

    def open(self, kind: MarkKind, target: str | None = None) -> None:
        """Begin a mark here."""
        self._open.append((kind, self._length, target))

    def close(self) -> None:
        """End the mark that was begun last."""
        if self._open:
            kind, start, target = self._open.pop()
            self._mark(start, kind, target)

    def _mark(self, start: int, kind: MarkKind, target: str | None) -> None:
        if start < self._length:
            self._marks.append(Mark(start, self._length, kind, target))

    def take(self) -> tuple[str, list[Mark]]:
        """Return text and marks, and begin anew; marks still open go on in what follows."""
        for kind, start, target in self._open:
            self._mark(start, kind, target)
        text, marks = "".join(self._pieces), self._marks
        self._open = [(kind, 0, target) for kind, _start, target in self._open]
        self._pieces, self._length, self._last, self._marks = [], 0, "", []
        return text, marks
