"""The gaps of a cloze field as Anki shows them: nested ones, hints, one text for several cards."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{\{c([\d,]+)::|\}\}")
_SHAPE = "image-occlusion:"
_MATH = re.compile(r"(?s)\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]")
_DEEPEST = 8  # gaps within gaps; what lies deeper is text

#: What is skipped with all that is in it.
_HIDDEN = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))


@dataclass(slots=True)
class _Gap:
    numbers: tuple[int, ...]
    parts: list[str | _Gap] = field(default_factory=list)
    hint: str | None = None

    @property
    def shape(self) -> str | None:
        """The rectangle, ellipse or polygon of a picture that this gap is, if it is one."""
        if len(self.parts) == 1 and isinstance(self.parts[0], str):
            first = self.parts[0]
            if first.startswith(_SHAPE):
                return first.removeprefix(_SHAPE)
        return None


def plain_text(markup: str) -> str:
    """Return the text of HTML as Anki strips it: without any markup, line breaks gone too."""
    if "<" in markup:
        markup = "".join(_between_tags(markup))
    return html.unescape(markup).replace("\xa0", " ") if "&" in markup else markup


def _between_tags(markup: str) -> Iterator[str]:
    """Yield the text between tags, in one pass whatever the markup is."""
    lower = markup.lower()
    at = 0
    while (start := markup.find("<", at)) >= 0:
        closed = next((end for mark, end in _HIDDEN if lower.startswith(mark, start)), ">")
        end = lower.find(closed, start)
        if end < 0:
            closed = ">"
            end = lower.find(closed, start)
        if end < 0:
            break
        yield markup[at:start]
        at = end + len(closed)
    yield markup[at:]


def cloze_numbers(text: str) -> set[int]:
    """Return the numbers of the gaps in a field, from 1."""
    if "{{c" not in text:
        return set()
    return {number for gap in _gaps(_parsed(text)) for number in gap.numbers if number}


def with_gap(text: str, number: int, *, question: bool) -> str:
    """Return a field for the card that asks for gap ``number``; empty where there is none."""
    parts = _parsed(text)
    if not any(number in gap.numbers for gap in _gaps(parts)):
        return ""
    shown = "".join(_revealed(part, number, question) for part in parts)
    return _MATH.sub(lambda match: plain_text(match[0]), shown) if "\\" in shown else shown


def gap_only(text: str, number: int, *, question: bool) -> str:
    """Return what gap ``number`` hides, or on the question its hint, with nothing around it."""
    found = []
    for gap in _gaps(_parsed(text)):
        if number in gap.numbers:
            asked = "..." if gap.hint is None else gap.hint
            found.append(asked if question else _inside(gap, number, question))
    return ", ".join(found)


def _parsed(text: str) -> list[str | _Gap]:
    """Return text and gaps; a gap that never ends is text."""
    done: list[str | _Gap] = []
    open_gaps: list[_Gap] = []
    at = 0
    for token in _TOKEN.finditer(text):
        here = open_gaps[-1].parts if open_gaps else done
        if token[1]:
            numbers = tuple(int(number) for number in token[1].split(",") if number)
            if len(open_gaps) == _DEEPEST or not numbers:
                continue
            here.append(text[at : token.start()])
            open_gaps.append(_Gap(numbers))
        elif open_gaps:
            here.append(text[at : token.start()])
            gap = open_gaps.pop()
            _take_hint(gap)
            (open_gaps[-1].parts if open_gaps else done).append(gap)
        else:
            continue
        at = token.end()
    rest = text[at:]
    for gap in reversed(open_gaps):
        rest = _source(gap) + rest
    done.append(rest)
    return [part for part in done if part != ""]


def _source(gap: _Gap) -> str:
    """Return the source of a gap that never ended."""
    numbers = ",".join(str(number) for number in gap.numbers)
    inside = "".join(part if isinstance(part, str) else _source(part) + "}}" for part in gap.parts)
    return f"{{{{c{numbers}::{inside}"


def _take_hint(gap: _Gap) -> None:
    """Split off the hint: what follows the first ``::`` in the gap's own text."""
    gap.parts = [part for part in gap.parts if part != ""]
    for place, part in enumerate(gap.parts):
        if isinstance(part, str) and "::" in part and not part.startswith(_SHAPE):
            answer, _, hint = part.partition("::")
            gap.parts[place] = answer
            gap.hint = hint
            return


def _gaps(parts: list[str | _Gap]) -> Iterator[_Gap]:
    for part in parts:
        if isinstance(part, _Gap):
            yield part
            yield from _gaps(part.parts)


def _inside(gap: _Gap, number: int, question: bool) -> str:
    return "".join(_revealed(part, number, question) for part in gap.parts)


def _revealed(part: str | _Gap, number: int, question: bool) -> str:
    if isinstance(part, str):
        return part
    numbers = ",".join(str(one) for one in part.numbers)
    asked = number in part.numbers
    shape = part.shape
    if shape is not None:
        kind = "cloze-inactive" if not asked else "cloze" if question else "cloze-highlight"
        return (
            f'<div class="{kind}" data-ordinal="{numbers}" data-shape="{html.escape(shape)}"></div>'
        )
    if not asked:
        inside = _inside(part, number, question)
        return f'<span class="cloze-inactive" data-ordinal="{numbers}">{inside}</span>'
    inside = (
        f"[{'...' if part.hint is None else part.hint}]"
        if question
        else _inside(part, number, question)
    )
    return f'<span class="cloze" data-ordinal="{numbers}">{inside}</span>'
