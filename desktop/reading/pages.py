"""Lines of a plain text, without what belongs to the page: numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from desktop.reading.document import LeftOut, LeftOutKind
from desktop.reading.sentences import ends_sentence, starts_lower

#: A line that is nothing but the number of a page; its first group is the number.
PAGE_NUMBER = re.compile(
    r"[-–—\[(. ]*(?:page|seite|p\.|s\.)?\s*(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|von|/)\s*\d{1,4})?"
    r"[-–—\]). ]*$",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_PAGE_WORD = re.compile(
    r"\b(?:page|seite|pagina|página|p\.)\s*\d{1,4}\b(?=\W*$|\s*[|·•–—/,])"
    r"|^\d{1,4}\s+[|·•]\s|\s[|·•]\s+\d{1,4}$",
    re.I,
)
_LONGEST_HEAD = 90


@dataclass(slots=True)
class Line:
    """One line: its text without indent, the indent in columns, the blank lines above it, and
    whether a page begins with it.
    """

    text: str
    indent: int
    blanks: int
    new_page: bool = False


def read_lines(text: str) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines that belong to the text, and the furniture of its pages."""
    pages = [_lines(page) for page in text.split("\f")]
    pages = [page for page in pages if page]
    left_out: list[LeftOut] = []
    if len(pages) > 1:
        _strip_edges(pages, left_out)
    lines: list[Line] = []
    for page in pages:
        if page and lines:
            page[0].new_page = True
        lines += page
    lines = _strip_counting_heads(lines, left_out)
    return _strip_inner_numbers(lines, left_out), left_out


def _lines(page: str) -> list[Line]:
    """Return the non-blank lines of a page."""
    lines: list[Line] = []
    blanks = 0
    for raw in page.split("\n"):
        text = raw.expandtabs(4).strip()
        if not text:
            blanks += 1
            continue
        expanded = raw.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip())
        lines.append(Line(raw.strip() if "\t" in raw.strip() else text, indent, blanks))
        blanks = 0
    return lines


def head_key(text: str) -> str:
    """Return what stays the same of a running head from page to page."""
    return " ".join(_DIGITS.sub(" ", text.casefold()).split()).strip(" -–—|·.")


def _strip_edges(pages: list[list[Line]], left_out: list[LeftOut]) -> None:
    """Take numbers and repeated lines off the top and the bottom of each page."""
    keys: Counter[str] = Counter()
    for number, page in enumerate(pages):
        edges = {head_key(line.text) for line in page[:2] + page[-2:] if _may_be_head(line)}
        if number == 0 and page:  # the title of the text, which the running heads repeat
            keys[head_key(page[0].text)] += 1
        keys.update(edges)
    for number, page in enumerate(pages):
        for edge in (-1, 0):
            for _ in range(2):
                if not page or (number == 0 and edge == 0 and not PAGE_NUMBER.match(page[0].text)):
                    break
                kind = _furniture(page[edge], keys)
                if kind is None:
                    break
                left_out.append(LeftOut(kind, page.pop(edge).text))


def _may_be_head(line: Line) -> bool:
    return len(line.text) <= _LONGEST_HEAD and not starts_lower(line.text)


def _furniture(line: Line, keys: Counter[str]) -> LeftOutKind | None:
    """Tell a page number or a running head at the edge of a page."""
    if PAGE_NUMBER.match(line.text):
        return LeftOutKind.PAGE_NUMBER
    if _may_be_head(line) and keys[head_key(line.text)] >= 2 and head_key(line.text):
        return LeftOutKind.RUNNING_HEAD
    return None


def _strip_counting_heads(lines: list[Line], left_out: list[LeftOut]) -> list[Line]:
    """Take out lines such as "Page 14 | The Gazette" that come again with another number."""
    keys = Counter(head_key(line.text) for line in lines if _names_page(line))
    kept: list[Line] = []
    cut = False
    for line in lines:
        if _names_page(line) and keys[head_key(line.text)] >= 2:
            left_out.append(LeftOut(LeftOutKind.RUNNING_HEAD, line.text))
            cut = True
        else:
            line.new_page = line.new_page or cut
            cut = False
            kept.append(line)
    return kept


def _names_page(line: Line) -> bool:
    """Return whether a short line holds the word "page" with a number, or a number in a field."""
    return _may_be_head(line) and bool(_PAGE_WORD.search(line.text))


def _strip_inner_numbers(lines: list[Line], left_out: list[LeftOut]) -> list[Line]:
    """Take out page numbers that stand alone within a text without page breaks.

    Numbers that count on and of which at least one interrupts a sentence are page numbers;
    otherwise they may number sections and stay. A short line that is repeated next to them is a
    running head.
    """
    found = [place for place, line in enumerate(lines) if _stands_alone(lines, place)]
    found = _counting(lines, found)
    if len(found) < 2 or not any(_interrupts(lines, place) for place in found):
        return lines
    near = Counter(head_key(lines[i].text) for place in found for i in _neighbours(lines, place))
    gone = set(found)
    for place in found:
        gone |= {i for i in _neighbours(lines, place) if near[head_key(lines[i].text)] >= 2}
    kept: list[Line] = []
    for place, line in enumerate(lines):
        if place in gone:
            number = place in set(found)
            kind = LeftOutKind.PAGE_NUMBER if number else LeftOutKind.RUNNING_HEAD
            left_out.append(LeftOut(kind, line.text))
        else:
            line.new_page = line.new_page or place - 1 in gone
            kept.append(line)
    return kept


def _stands_alone(lines: list[Line], place: int) -> bool:
    """Return whether a line is nothing but a number between blank lines."""
    line = lines[place]
    after = lines[place + 1].blanks if place + 1 < len(lines) else 1
    digits = PAGE_NUMBER.match(line.text)
    return digits is not None and line.blanks > 0 and after > 0 and digits[1].isdigit()


def _counting(lines: list[Line], places: list[int]) -> list[int]:
    """Return the places whose numbers count on by one, the longest such run."""
    best: list[int] = []
    run: list[int] = []
    for place in places:
        number = _value(lines[place])
        if run and number != _value(lines[run[-1]]) + 1:
            run = []
        run = [*run, place]
        best = max(best, run, key=len)
    return best


def _value(line: Line) -> int:
    digits = _DIGITS.search(line.text)
    return int(digits[0]) if digits else -1


def _interrupts(lines: list[Line], place: int) -> bool:
    """Return whether the sentence before a number goes on after it."""
    if place == 0 or place + 1 >= len(lines):
        return False
    before = [lines[i].text for i in (place - 1, place - 2) if i >= 0]
    after = [lines[i].text for i in (place + 1, place + 2) if i < len(lines)]
    return any(not ends_sentence(b) and starts_lower(a) for b in before for a in after)


def _neighbours(lines: list[Line], place: int) -> list[int]:
    """Return the lines next to a number that may be running heads."""
    return [
        i
        for i in (place - 1, place + 1)
        if 0 <= i < len(lines) and _may_be_head(lines[i]) and not ends_sentence(lines[i].text)
    ]
