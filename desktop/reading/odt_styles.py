"""The styles and the list styles of an OpenDocument text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.reading.document import BlockKind, MarkKind
from desktop.reading.docx_package import attribute
from desktop.reading.numbering import number_as
from desktop.reading.style_names import CODE_WORDS, MONOSPACED, told_by_name
from desktop.reading.xml_tree import Element, local_name

_MOST_PARENTS = 12
_LEVELS = 10
_CODED = re.compile(r"_([0-9a-f]{1,4})_")
_BOLD = 600


class Styles:
    """Styles by family and name; those of the text itself come before those of the document."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self.outline: Element | None = None
        self.language: str | None = None
        for root in roots:
            for element in root.iter() if root is not None else ():
                name = local_name(element)
                if name == "style":
                    key = attribute(element, "family") or "", attribute(element, "name") or ""
                    self._styles.setdefault(key, element)
                elif name == "list-style":
                    self._lists.setdefault(attribute(element, "name") or "", element)
                elif name == "outline-style":
                    self.outline = element
                elif name == "default-style" and attribute(element, "family") == "paragraph":
                    properties = _properties(element)
                    if properties is not None:
                        self.language = attribute(properties, "language")

    def kind(self, style: str | None) -> tuple[BlockKind | None, int | None]:
        """Return what the paragraphs of a style are."""
        chain = self._chain("paragraph", style)
        names = [_name(element) for element in chain]
        # A parent that the file does not describe is still told by its name.
        names.append(_plain(attribute(chain[-1], "parent-style-name") or "") if chain else "")
        told = (told_by_name(name) for name in [*names, _plain(style or "")])
        return next((one for one in told if one[0] is not None), (None, None))

    def words(self, family: str, style: str | None) -> frozenset[MarkKind]:
        """Return the formatting of words; of a paragraph only what its own style adds."""
        chain = self._chain(family, style)
        if family == "paragraph":
            chain = [one for one in chain[:1] if local_name(one.getparent()) == "automatic-styles"]
        kinds: set[MarkKind] = set()
        for element in reversed(chain):
            if CODE_WORDS.match(_name(element)):
                kinds.add(MarkKind.CODE)
            _format(_properties(element), kinds)
        return frozenset(kinds)

    def numbered(self, style: str | None, depth: int) -> Level | None:
        """Return a level (from 1) of a list style."""
        element = self._lists.get(style or "")
        return _level(element, depth) if element is not None else None

    def outlined(self, depth: int) -> Level | None:
        """Return a level of the numbers of headings."""
        return _level(self.outline, depth) if self.outline is not None else None

    def _chain(self, family: str, style: str | None) -> list[Element]:
        chain: list[Element] = []
        element = self._styles.get((family, style or ""))
        while element is not None and element not in chain and len(chain) < _MOST_PARENTS:
            chain.append(element)
            element = self._styles.get((family, attribute(element, "parent-style-name") or ""))
        return chain


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; ``style`` is "" where it has bullets."""

    style: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Counters:
    """How far the levels of one list have counted."""

    values: list[int | None] = field(default_factory=lambda: [None] * (_LEVELS + 1))

    def next(self, levels: list[Level], start: int | None = None) -> str:
        """Count on at the last of ``levels`` and return the label, "" for a bullet."""
        depth, level = len(levels), levels[-1]
        now = self.values[depth]
        first = level.start if now is None else now + 1
        self.values[depth] = first if start is None else start
        for below in range(depth + 1, _LEVELS + 1):
            self.values[below] = None
        if not level.style:
            return ""
        shown = []
        for place in range(max(1, depth - level.shown + 1), depth + 1):
            one, value = levels[place - 1], self.values[place]
            if one.style:
                shown.append(number_as(one.style, one.start if value is None else value))
        return f"{level.prefix}{'.'.join(shown)}{level.suffix}".strip()


def _level(style: Element, depth: int) -> Level:
    for element in style:
        if attribute(element, "level") == str(min(depth, _LEVELS)):
            numbers = {name: attribute(element, name) or "1"
                       for name in ("start-value", "display-levels")}  # fmt: skip
            start, shown = (int(n) if n.isdigit() and len(n) < 7 else 1 for n in numbers.values())
            return Level(
                attribute(element, "num-format") or "", attribute(element, "num-prefix") or "",
                attribute(element, "num-suffix") or "", start, shown,
            )  # fmt: skip
    return Level()


def _format(properties: Element | None, kinds: set[MarkKind]) -> None:
    """Change ``kinds`` as the properties of words say."""
    if properties is None:
        return
    for name, kind, told in (
        ("font-style", MarkKind.EMPHASIS, {"italic", "oblique"}),
        ("font-weight", MarkKind.STRONG, {"bold"}),
    ):
        value = attribute(properties, name)
        if value is not None:
            on = value in told or (value.isdigit() and int(value[:4]) >= _BOLD)
            (kinds.add if on else kinds.discard)(kind)
    if MONOSPACED.search(attribute(properties, "font-name") or ""):
        kinds.add(MarkKind.CODE)


def _properties(style: Element) -> Element | None:
    return next((e for e in style if local_name(e) == "text-properties"), None)


def _name(style: Element) -> str:
    return _plain(attribute(style, "display-name") or attribute(style, "name") or "")


def _plain(name: str) -> str:
    return _CODED.sub(lambda match: chr(int(match[1], 16)), name).strip().lower()
