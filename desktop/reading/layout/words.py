"""Words on a page: their text, box and type. Lengths are in points, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: No page of a text has more; what has is a drawing, or made to harm.
MOST_WORDS = 20_000


@dataclass(slots=True)
class Word:
    """One word: ``top`` and ``bottom`` follow from its baseline and size, not from its letters.

    ``order`` is its place in the file; ``glued`` tells that no space parts it from the one before.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    order: int
    bold: bool = False
    italic: bool = False
    fixed: bool = False
    glued: bool = False

    @property
    def top(self) -> float:
        """The height of its capitals."""
        return self.baseline - 0.72 * self.size

    @property
    def bottom(self) -> float:
        """The depth of its descenders."""
        return self.baseline + 0.22 * self.size

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left


@dataclass(slots=True)
class Line:
    """Words on one line of one column, and where that column reaches from and to."""

    words: list[Word]
    left: float
    right: float
    top: float
    baseline: float
    bottom: float
    size: float
    column: int = -1
    page: int = 0

    @property
    def text(self) -> str:
        """The words, parted by spaces where they are parted on the page."""
        return joined(self.words)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left

    @property
    def order(self) -> int:
        """The place in the file of its first word."""
        return min(word.order for word in self.words)


@dataclass(slots=True)
class Page:
    """The words of one page and its size; ``aside`` is text that runs in another direction."""

    number: int
    width: float
    height: float
    words: list[Word]
    aside: list[str] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    upright: bool = True


@dataclass(slots=True)
class PlacedPicture:
    """A picture on a page, by the name under which it is kept."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


def joined(words: Sequence[Word]) -> str:
    """Return the words as running text."""
    pieces: list[str] = []
    for word, before in zip(words, [None, *words[:-1]], strict=True):
        if before is not None and not follows(before, word):
            pieces.append(" ")
        pieces.append(word.text)
    return "".join(pieces)


def follows(before: Word, word: Word) -> bool:
    """Return whether no space parts two words: they are one, set in two ways."""
    return word.glued and word.order == before.order + 1


def is_raised(word: Word, line: Line) -> bool:
    """Return whether a word of a line is set small and high, as the mark of a note is."""
    return word.size <= 0.85 * line.size and word.baseline < line.baseline - 0.15 * line.size


def line_of(words: Iterable[Word], page: int = 0) -> Line:
    """Return a line of words, from left to right."""
    found = sorted(words, key=lambda word: (word.left, word.order))
    if _reads_leftwards(found):
        found.sort(key=lambda word: word.order)
    # The type of most letters is the type of the line.
    weights: dict[float, int] = {}
    for word in found:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    size = max(weights, key=lambda size: (weights[size], size))
    baseline = max(
        (word for word in found if word.size == size), key=lambda word: len(word.text)
    ).baseline
    return Line(
        found, min(word.left for word in found), max(word.right for word in found),
        min(word.top for word in found), baseline, max(word.bottom for word in found), size,
        page=page,
    )  # fmt: skip


def is_leftward(text: str) -> bool:
    """Return whether a letter is of a script that is written from right to left."""
    return "\u0590" <= text[:1] <= "\u08ff" or "\ufb1d" <= text[:1] <= "\ufefc"


def _reads_leftwards(words: Sequence[Word]) -> bool:
    """Return whether most letters belong to a script that is written from right to left."""
    letters = [c for word in words for c in word.text if c.isalpha()]
    leftwards = sum(is_leftward(c) for c in letters)
    return leftwards > 0.5 * len(letters)
