"""The numbers that Word puts before paragraphs of a list, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.reading.docx_package import attribute, child, value_of
from desktop.reading.numbering import number_as
from desktop.reading.xml_tree import Element, local_name

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_STYLES = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a",
           "upperLetter": "A"}  # fmt: skip
_UNNUMBERED = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a paragraph: its label ("2.1."; "" for a bullet), its depth from 1.

    ``blank`` is a level without any sign: how a paragraph goes on with the item above it.
    """

    label: str
    depth: int
    blank: bool = False


@dataclass(slots=True)
class _Level:
    """One level of a list."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """One list: its levels, and the counters that it shares with the lists of its kind."""

    levels: list[_Level]
    counters: list[int | None]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """All lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._by_style: dict[str, str] = {}
        self._nums: dict[str, Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        for element in root if root is not None else ():
            name = local_name(element)
            if name == "abstractnum":
                told = attribute(element, "abstractNumId") or ""
                self._abstract[told] = element
                style = value_of(element, "stylelink")
                if style:
                    self._by_style[style] = told
            elif name == "num":
                self._nums[attribute(element, "numId") or ""] = element

    def next(self, list_id: str, depth: int) -> Number | None:
        """Count the next paragraph of a list; None when there is no such list."""
        if list_id not in self._lists:
            self._lists[list_id] = self._make(list_id)
        found = self._lists[list_id]
        depth = max(0, min(depth, _LEVELS - 1))
        if found is None:
            return None
        _count(found, depth)
        level = found.levels[depth]
        if level.style in _UNNUMBERED:
            return Number("", depth + 1, blank=not level.text.strip() and level.style == "bullet")
        label = _PLACE.sub(lambda m: _shown(found, int(m[1]) - 1), level.text)
        return Number(label.strip(), depth + 1)

    def _make(self, list_id: str) -> _List | None:
        num = self._nums.get(list_id)
        told = value_of(num, "abstractnumid")
        abstract = self._abstract.get(told or "")
        link = value_of(abstract, "numstylelink")
        if link and self._by_style.get(link):
            told = self._by_style[link]
            abstract = self._abstract[told]
        if num is None or abstract is None or told is None:
            return None
        levels = [_Level() for _ in range(_LEVELS)]
        _read_levels(abstract, levels)
        overrides: dict[int, int] = {}
        for override in num:
            if local_name(override) == "lvloverride":
                _read_levels(override, levels)
                start = value_of(override, "startoverride")
                place = attribute(override, "ilvl") or ""
                if start is not None and _whole(start) and _whole(place):
                    overrides[int(place)] = int(start)
        counters = self._counters.setdefault(told, [None] * _LEVELS)
        return _List(levels, counters, overrides)


def _read_levels(element: Element, levels: list[_Level]) -> None:
    """Take the levels that a list, or an exception from it, describes."""
    for level in element:
        place = attribute(level, "ilvl") or ""
        if local_name(level) != "lvl" or not _whole(place) or int(place) >= _LEVELS:
            continue
        start, restart = value_of(level, "start") or "1", value_of(level, "lvlrestart") or ""
        style = value_of(level, "numfmt") or value_of(level, "alternatecontent", "choice", "numfmt")
        levels[int(place)] = _Level(
            int(start) if _whole(start) else 1,
            style or "decimal",
            value_of(level, "lvltext") or "",
            int(restart) if _whole(restart) else None,
        )
        if child(level, "lvlpicbulletid") is not None and not levels[int(place)].text.strip():
            levels[int(place)].text = "•"


def _count(one: _List, depth: int) -> None:
    """Count on at a level; the levels below begin anew."""
    counters = one.counters
    if depth in one.overrides:
        counters[depth] = one.overrides.pop(depth)
    else:
        now = counters[depth]
        counters[depth] = one.levels[depth].start if now is None else now + 1
    for above in range(depth):
        if counters[above] is None:
            counters[above] = one.levels[above].start
    for below in range(depth + 1, _LEVELS):
        restart = one.levels[below].restart
        if restart != 0 and (restart is None or depth < restart):
            counters[below] = None


def _shown(one: _List, place: int) -> str:
    """Return the number of one level as its style has it."""
    level = one.levels[place]
    if level.style in _UNNUMBERED:
        return ""
    number = one.counters[place]
    number = level.start if number is None else number
    return (
        f"{number:02d}"
        if level.style == "decimalZero"
        else (number_as(_STYLES.get(level.style, "1"), number))
    )


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
