"""The styles of a Word document → what their paragraphs and words are."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.reading.document import BlockKind, MarkKind
from desktop.reading.docx_package import attribute, child, value_of
from desktop.reading.style_names import CODE_WORDS, CONTENTS, MONOSPACED, told_by_name
from desktop.reading.xml_tree import Element, local_name

_MOST_PARENTS = 12
_LEVELS = 6
_BODY_LEVEL = 9  # "outline level 9" means body text


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is by its style: kind, level, its list (``numId``, ``ilvl``), the name."""

    kind: BlockKind | None = None
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    contents: bool = False  # a line of the table of contents
    name: str = ""


class Styles:
    """The styles of one document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._words: dict[str, frozenset[MarkKind]] = {}
        self._default: str | None = None
        for style in root if root is not None else ():
            name = attribute(style, "styleId")
            if local_name(style) == "style" and name is not None:
                self._styles.setdefault(name, style)
                if attribute(style, "type") == "paragraph" and _is_on(attribute(style, "default")):
                    self._default = name

    def look(self, style: str | None) -> Look:
        """Return what the paragraphs of a style are."""
        style = style or self._default or ""
        if style not in self._looks:
            self._looks[style] = self._make_look(style)
        return self._looks[style]

    def words(self, style: str) -> frozenset[MarkKind]:
        """Return the formatting that a character style gives its words."""
        if style not in self._words:
            kinds: set[MarkKind] = set()
            for element in reversed(self._chain(style)):
                if CODE_WORDS.match(_name(element)):
                    kinds.add(MarkKind.CODE)
                kinds = formatting(child(element, "rpr"), kinds)
            self._words[style] = frozenset(kinds)
        return self._words[style]

    def _chain(self, style: str) -> list[Element]:
        """Return a style and those that it is based on."""
        chain: list[Element] = []
        element = self._styles.get(style)
        while element is not None and element not in chain and len(chain) < _MOST_PARENTS:
            chain.append(element)
            element = self._styles.get(value_of(element, "basedon") or "")
        return chain

    def _make_look(self, style: str) -> Look:
        chain = self._chain(style)
        names = [_name(element) for element in chain] or [style.lower()]
        kind, level = next(
            (told for name in names if (told := told_by_name(name))[0]), (None, None)
        )
        list_id = list_level = None
        for element in chain:
            outline = value_of(element, "ppr", "outlinelvl")
            if kind is None and outline is not None and outline.isdigit():
                kind, level = heading_of(int(outline))
            list_id = list_id or value_of(element, "ppr", "numpr", "numid")
            list_level = list_level or value_of(element, "ppr", "numpr", "ilvl")
        return Look(
            kind, level, list_id, int(list_level) if list_level and list_level.isdigit() else None,
            any(CONTENTS.match(name) for name in names), names[0],
        )  # fmt: skip


def heading_of(outline: int) -> tuple[BlockKind | None, int | None]:
    """Return the kind and level for an outline level (from 0)."""
    if outline >= _BODY_LEVEL:
        return None, None
    return BlockKind.HEADING, min(_LEVELS, outline + 1)


def formatting(properties: Element | None, kinds: set[MarkKind]) -> set[MarkKind]:
    """Return ``kinds`` as the properties of a run change them."""
    kinds = set(kinds)
    for element in properties if properties is not None else ():
        name = local_name(element)
        on = _is_on(attribute(element, "val"), missing=True)
        if name in {"b", "i"}:
            kind = MarkKind.STRONG if name == "b" else MarkKind.EMPHASIS
            kinds = kinds | {kind} if on else kinds - {kind}
        elif name == "u" and attribute(element, "val") not in {None, "none"}:
            kinds.add(MarkKind.EMPHASIS)
        elif name == "rfonts" and MONOSPACED.search(attribute(element, "ascii") or ""):
            kinds.add(MarkKind.CODE)
    return kinds


def _name(style: Element) -> str:
    return (value_of(style, "name") or attribute(style, "styleId") or "").strip().lower()


def _is_on(value: str | None, *, missing: bool = False) -> bool:
    """Return whether a switch is on; without a value it is ``missing``."""
    return missing if value is None else value.lower() not in {"0", "false", "off", "none"}
