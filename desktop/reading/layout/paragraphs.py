"""Lines of a column → paragraphs: by the white above a line, its indent, its type, and whether
the line above it was ended before it was full.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.reading.layout.columns import Column
from desktop.reading.layout.words import Line, is_raised
from desktop.reading.sentences import (
    ends_clause,
    ends_in_cut_word,
    starts_lower,
    starts_sentence,
)

BULLET = re.compile(r"[•‣◦▪■●○∙⁃➢➤✓❖]\s*(?=\S)|[-–—*·]\s+(?=\S)")
NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,5}\)|\[\d{1,3}\])\s+\S")
_SPACE = 0.25  # type sizes
_INDENT, _FARTHEST_INDENT = 0.6, 5.0  # type sizes
_LOOSE = 1.22  # line spacings: from there on a paragraph ends


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, and how they stand in their column."""

    lines: list[Line]
    left: float
    right: float
    column: int
    indented: bool = False
    gap: float = 0.0
    verse: bool = False

    @property
    def text(self) -> str:
        """Its lines, each with its end."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return size_of(self.lines)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def full(self) -> bool:
        """Whether its last line reaches the right of its column."""
        last = self.lines[-1]
        return last.right >= self.right - 2.0 * last.size


@dataclass(slots=True)
class Setting:
    """How a document is set: the size of its body, the line spacing by size, whether an indent
    opens a paragraph, and whether all of it is in type of a fixed width.
    """

    size: float
    spacing: dict[float, float]
    indented: bool
    fixed: bool = False

    def spacing_of(self, size: float) -> float:
        """Return the usual distance between two baselines."""
        return self.spacing.get(_slot(size), 1.2 * size)


def size_of(lines: Iterable[Line]) -> float:
    """Return the size of most letters of some lines."""
    weights: Counter[float] = Counter()
    for line in lines:
        for word in line.words:
            weights[word.size] += len(word.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 0.0


def setting_of(columns: Sequence[Column], size: float) -> Setting:
    """Measure how the columns of a document are set."""
    steps: dict[float, list[float]] = defaultdict(list)
    for column in columns:
        for before, line in itertools.pairwise(column.lines):
            step = line.baseline - before.baseline
            if _alike(before, line) and 0.8 * line.size <= step <= 2.2 * line.size:
                steps[_slot(line.size)].append(step)
    spacing = {slot: median(found) for slot, found in steps.items() if len(found) >= 3}
    letters = fixed = 0
    for word in (word for column in columns for line in column.all_lines() for word in line.words):
        letters += len(word.text)
        fixed += len(word.text) * word.fixed
    return Setting(size, spacing, _uses_indents(columns, size), fixed > 0.5 * letters)


def _slot(size: float) -> float:
    return round(size * 2) / 2


def _alike(line: Line, other: Line) -> bool:
    """Return whether two lines are set in type of about the same size."""
    return abs(line.size - other.size) <= 0.12 * max(line.size, other.size)


def _uses_indents(columns: Sequence[Column], size: float) -> bool:
    """Return whether indented lines follow the ends of sentences, and mostly they alone."""
    ended = indented = 0
    for column in columns:
        for before, line in itertools.pairwise(column.lines):
            if not _alike(before, line) or abs(line.size - size) > 0.15 * size:
                continue
            if _indent(line, column.left) and not _indent(before, column.left):
                indented += 1
                ended += ends_clause(before.text)
    return indented >= 2 and ended >= 0.6 * indented


def _indent(line: Line, left: float) -> bool:
    return _INDENT * line.size < line.left - left < _FARTHEST_INDENT * line.size


def paragraphs_of(column: Column, place: int, setting: Setting) -> list[Paragraph]:
    """Group the lines of a column into paragraphs."""
    if not column.lines:
        return []
    left, right = _margins(column)
    hanging = _hangs(column.lines, left)
    found: list[Paragraph] = []
    for before, line in zip([None, *column.lines[:-1]], column.lines, strict=True):
        step = line.baseline - before.baseline if before is not None else 0.0
        own = _Place(left, right, setting, hanging)
        if before is None or own.begins(before, line, found[-1]):
            indented = _indent(line, left) and not hanging
            gap = step / setting.spacing_of(line.size) if before is not None else 9.0
            found.append(Paragraph([], left, right, place, indented, gap))
        found[-1].lines.append(line)
    for paragraph in found:
        paragraph.verse = _is_verse(paragraph)
    return found


def _margins(column: Column) -> tuple[float, float]:
    """Return where the lines of a column begin and end, but for a few that stick out."""
    lefts = sorted(line.left for line in column.lines)
    rights = sorted(line.right for line in column.lines)
    few = len(lefts) // 20
    return lefts[few], rights[-1 - few]


def _hangs(lines: Sequence[Line], left: float) -> bool:
    """Return whether the first line of a paragraph sticks out, as in a list of works."""
    outs = [(a, b) for a, b in itertools.pairwise(lines)
            if _indent(a, left) and not _indent(b, left)]  # fmt: skip
    ins = [(a, b) for a, b in itertools.pairwise(lines)
           if not _indent(a, left) and _indent(b, left)]  # fmt: skip
    if len(outs) < 2 or len(ins) < 2:
        return False
    opened = sum(not ends_clause(a.text) for a, _ in ins)
    closed = sum(ends_clause(a.text) for a, _ in outs)
    return opened >= 0.7 * len(ins) and closed >= 0.6 * len(outs)


@dataclass(slots=True)
class _Place:
    """Where in a column a line may begin a paragraph."""

    left: float
    right: float
    setting: Setting
    hanging: bool

    def begins(self, before: Line, line: Line, paragraph: Paragraph) -> bool:
        """Return whether ``line`` begins a paragraph below ``before``."""
        if not _alike(before, line):
            return not self._is_drop_capital(before, line)
        step = line.baseline - before.baseline
        if abs(step) < 0.3 * line.size and line.left >= before.left:
            return False  # goes on upon the same line
        if step < 0 or step > _LOOSE * self.setting.spacing_of(line.size):
            return True
        if line.bold != before.bold and before.right < self.right - 2.0 * before.size:
            return True
        if len(line.words) > 1 and is_raised(line.words[0], line):
            return True  # the mark of a note
        text = line.text
        if BULLET.match(text) and text[0] not in "-–—*":
            return True
        if ends_in_cut_word(before.text):
            return False
        if NUMBERED.match(text) or BULLET.match(text):
            return ends_clause(before.text) or bool(_listed(paragraph))
        return self._opens(before, line, paragraph)

    def _opens(self, before: Line, line: Line, paragraph: Paragraph) -> bool:
        """Return whether indent or the room on the line above tell a new paragraph."""
        indented, was = _indent(line, self.left), _indent(before, self.left)
        if self.hanging:
            return was and not indented
        if indented and not was and not starts_lower(line.text):
            return self.setting.indented or ends_clause(before.text)
        if self.setting.indented and indented and was:
            # Many lines that are all indented are a quotation set in.
            alone = len(paragraph.lines) == 1
            ended, room = ends_clause(before.text), self._has_room(before, line)
            return (ended and (alone or room)) or (alone and room and starts_sentence(line.text))
        if not starts_sentence(line.text):
            return False
        if self._has_room(before, line):
            return ends_clause(before.text)
        return False

    def _has_room(self, before: Line, line: Line) -> bool:
        """Return whether the first word of ``line`` would have fitted on the line above."""
        room = self.right - before.right
        return room > line.words[0].width + (_SPACE + 0.75) * line.size

    def _is_drop_capital(self, before: Line, line: Line) -> bool:
        """Return whether the line above is the large first letter of this one."""
        return len(before.text) <= 2 and before.size > 1.5 * line.size and before.text.isalpha()


def _listed(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is an item of a list."""
    first = paragraph.lines[0].text
    return bool(NUMBERED.match(first) or BULLET.match(first))


def _is_verse(paragraph: Paragraph) -> bool:
    """Return whether each line was ended on purpose: verse, an address."""
    lines = paragraph.lines
    if len(lines) < 3:
        return False
    meant = sum(
        before.right + (_SPACE * line.size) + line.words[0].width
        < paragraph.right - 0.12 * (paragraph.right - paragraph.left)
        for before, line in itertools.pairwise(lines)
    )
    capitals = sum(not starts_lower(line.text) for line in lines)
    return meant == len(lines) - 1 and capitals >= 0.8 * len(lines)
