"""Hard-wrapped lines → paragraphs: which line ends are wrapping and which were meant.

In a text that a program filled line by line, a line after which the next word would still have
fitted was ended on purpose. How strictly that holds is measured on the text itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.reading.bylines import split_byline
from desktop.reading.draft import HARD_BREAK
from desktop.reading.pages import Line
from desktop.reading.sentences import (
    ends_clause,
    ends_in_cut_word,
    ends_sentence,
    first_word,
    is_upper,
    starts_lower,
    starts_sentence,
)

#: Nobody wraps lines wider than this; longer lines are whole paragraphs.
_WIDEST = 130

#: A word of so many letters, with so much room on the line above, would have been parted.
_PARTED_LETTERS = 9
_PARTED_ROOM = 5

#: The most lines that stand above a text without a blank line between, and their width.
_TOP_LINES = 6
_FEW_PAIRS = 8
_TOP_WIDTH = 70

_BULLET = re.compile(r"(?:[-*+•‣◦▪–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_HEADER_LINE = re.compile(r"[A-Z][A-Za-z-]{1,30}:\s")


@dataclass(frozen=True, slots=True)
class Shape:
    """How the lines of a text are set: ``width`` in columns (0: not wrapped), whether each line
    takes every word that fits, whether an indent opens a paragraph, whether words are parted.
    """

    width: int
    greedy: bool
    indented: bool
    parted: bool

    def fits(self, last: Line, line: Line) -> bool:
        """Return whether the first word of ``line`` would have fitted at the end of ``last``.

        Where words are parted at line ends, a long word that stands whole below enough room
        would have been parted.
        """
        room = self.width - _length(last) - 1
        word = first_word(line.text)
        if len(word) <= room:
            return True
        head, hyphen, _ = word.partition("-")
        if hyphen and 1 < len(head) < room:
            return True
        whole = sum(c.isalpha() for c in word) >= _PARTED_LETTERS and room >= _PARTED_ROOM
        return self.parted and whole and ends_clause(last.text)


@dataclass(slots=True)
class Paragraph:
    r"""Lines that belong together; ``text`` has ``\\n`` where a line was wrapped and
    ``HARD_BREAK`` where its end was meant.
    """

    lines: list[Line]
    text: str
    blanks: int
    set_apart: bool = False


_UNWRAPPED = Shape(0, False, False, False)


def measure(lines: list[Line]) -> Shape:
    """Measure how the lines of a text are set."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines)
             if not b.blanks and not b.new_page]  # fmt: skip
    running = [(a, b) for a, b in pairs if not ends_clause(a.text) and starts_lower(b.text)]
    if len(running) < 3 and _is_small_and_full(pairs, len(running)):
        return Shape(max(_length(a) for a, _ in pairs), False, False, False)
    if len(running) < 3 or len(running) < 0.25 * len(pairs):
        return _UNWRAPPED
    # The indent of a first line may or may not count; the other lines show the width.
    usual = Counter(a.indent for a, _ in running).most_common(1)[0][0]
    lengths = sorted(_length(a) for a, _ in running if a.indent == usual)
    width = lengths[int(0.985 * (len(lengths) - 1))]
    full = sum(length >= 0.6 * width for length in lengths)
    if width > _WIDEST or full < 0.7 * len(lengths):
        return _UNWRAPPED
    width = lengths[-1] if lengths[-1] <= width + 2 else width
    loose = sum(_length(a) + 1 + len(first_word(b.text)) <= width for a, b in running)
    parted = sum(ends_in_cut_word(a.text) for a, _ in running)
    return Shape(
        width, loose <= 0.04 * len(running), _uses_indents(pairs), parted >= 0.03 * len(running)
    )


def _is_small_and_full(pairs: list[tuple[Line, Line]], running: int) -> bool:
    """Return whether the few wrapped lines of a short text are about equally long."""
    lengths = [_length(a) for a, _ in pairs]
    return (
        running > 0
        and len(pairs) <= _FEW_PAIRS
        and 40 <= max(lengths) <= _WIDEST
        and min(lengths) >= 0.75 * max(lengths)
    )


def _uses_indents(pairs: list[tuple[Line, Line]]) -> bool:
    """Return whether paragraphs open with an indent: it follows the end of a sentence."""
    steps = [(a, b) for a, b in pairs if 0 < b.indent - a.indent <= 12]
    ended = sum(ends_clause(a.text) for a, _ in steps)
    return len(steps) >= 2 and ended >= 0.7 * len(steps) and len(steps) < 0.4 * len(pairs)


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Group the lines of a text into paragraphs."""
    shape = measure(lines)
    found: list[Paragraph] = []
    runs = list(_runs(lines, shape))
    if len(runs) > 1 and _is_page_top(runs[0], runs[1]):
        found += [_paragraph([line], "\n") for line in runs.pop(0)]
    for run in runs:
        if not shape.width:
            found += _unwrapped(run)
        elif _is_verse(run, shape):
            found.append(_paragraph(run, HARD_BREAK))
        else:
            found += _split_run(run, shape)
    return found


def _runs(lines: list[Line], shape: Shape) -> Iterator[list[Line]]:
    """Yield the lines between blank lines; a page break inside a paragraph is no end."""
    run: list[Line] = []
    for line in lines:
        if run and (line.blanks or line.new_page) and not _goes_on(run[-1], line, shape):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(last: Line, line: Line, shape: Shape) -> bool:
    """Return whether a paragraph of a wrapped text goes on after a page break."""
    if not line.new_page or not shape.width:
        return False
    if _BULLET.match(line.text):
        return False
    if ends_in_cut_word(last.text) or (starts_lower(line.text) and not ends_sentence(last.text)):
        return True
    if shape.indented and line.indent > 0:
        return False
    full = not shape.fits(last, line)
    if shape.indented:
        return full or not ends_sentence(last.text) or _length(line) >= 0.6 * shape.width
    return full and _length(line) >= 0.6 * shape.width


def _split_run(run: list[Line], shape: Shape) -> list[Paragraph]:
    """Split a run of wrapped lines where a line end was meant."""
    base = min(line.indent for line in run)
    bullets = sum(bool(_BULLET.match(line.text)) for line in run) >= 2
    found: list[list[Line]] = [[run[0]]]
    for last, line in itertools.pairwise(run):
        if _opens_paragraph(last, line, shape, base) or (bullets and _BULLET.match(line.text)):
            found.append([line])
        else:
            found[-1].append(line)
    return [_paragraph(group, "\n") for group in found]


def _opens_paragraph(last: Line, line: Line, shape: Shape, base: int) -> bool:
    """Return whether ``line`` begins a new paragraph right below ``last``."""
    if line.text.startswith(">") != last.text.startswith(">"):
        return True
    if line.new_page or ends_in_cut_word(last.text) or starts_lower(line.text):
        # A page break inside a run was looked at before the run was made.
        return shape.indented and line.indent > base and not line.new_page
    if shape.indented:
        return line.indent > base
    if not shape.fits(last, line):
        return False
    if shape.greedy:
        return starts_sentence(line.text) and (
            ends_clause(last.text) or _length(last) < 0.75 * shape.width
        )
    return _length(last) < 0.55 * shape.width and ends_sentence(last.text)


def _is_verse(run: list[Line], shape: Shape) -> bool:
    """Return whether every line of a run was ended on purpose: verse, an address, a header."""
    if len(run) < 2:
        return False
    if all(_HEADER_LINE.match(line.text) for line in run):
        return True
    meant = sum(
        _length(a) + 1 + len(first_word(b.text)) <= 0.85 * shape.width
        for a, b in itertools.pairwise(run)
    )
    capitals = sum(not starts_lower(line.text) for line in run)
    return meant == len(run) - 1 and capitals >= 0.6 * len(run)


def _is_page_top(run: list[Line], after: list[Line]) -> bool:
    """Return whether the first lines of a text are its title, byline and the like, one on each:
    few and short above longer ones, or with one that is set or worded so.
    """
    if not 1 < len(run) <= _TOP_LINES or all(_HEADER_LINE.match(line.text) for line in run):
        return False
    longest = max(map(_length, run))
    told = is_upper(run[0].text) or any(split_byline(line.text) for line in run)
    longer = max(map(_length, after)) >= 1.3 * longest and longest <= _TOP_WIDTH
    return (told and longest <= _WIDEST) or longer


def _unwrapped(run: list[Line]) -> list[Paragraph]:
    """Group the lines of a text that is not wrapped: long ones are paragraphs, short ones stay
    together with their line ends.
    """
    if len(run) > 1 and all("\t" in line.text for line in run):
        return [_paragraph(run, HARD_BREAK)]
    bullets = sum(bool(_BULLET.match(line.text)) for line in run) == len(run)
    if len(run) == 1 or bullets or max(map(_length, run)) > _WIDEST:
        return [_paragraph([line], "\n") for line in run]
    if _flows(run):
        return [_paragraph(run, "\n")]
    return [_paragraph(run, HARD_BREAK)]


def _flows(run: list[Line]) -> bool:
    """Return whether a few lines are one sentence that was wrapped."""
    return all(not ends_clause(a.text) and starts_lower(b.text) for a, b in itertools.pairwise(run))


def _paragraph(lines: list[Line], glue: str) -> Paragraph:
    """Return the lines joined, with how far the first stands below the text before it."""
    return Paragraph(lines, glue.join(line.text for line in lines), lines[0].blanks)


def _length(line: Line) -> int:
    return line.indent + len(line.text)
