"""A tree of (X)HTML → drafts: headings, paragraphs, lists, quotes, code, tables, figures, notes.

Used for saved pages and for the chapters of EPUB books. Every piece of text goes into a draft or
into ``left_out``; only what is never shown (scripts, styles) is not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, MarkKind
from desktop.reading.dom_notes import is_back_link, is_note, note_mark
from desktop.reading.dom_tables import is_data_table
from desktop.reading.draft import HARD_BREAK, Draft
from desktop.reading.inline_text import InlineText
from desktop.reading.numbering import LISTS, ListNumbers
from desktop.reading.xml_tree import Element, local_name

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu "
    "nav noframes ol p pre section summary table tbody td tfoot th thead tr ul caption legend "
    "optgroup option select textarea title xmp listing iframe video audio object".split()
)
_UNSEEN = frozenset("script style template head noembed datalist link meta base".split())
#: Their contents stand in for what a page can't do; it is not part of the text.
_STAND_INS = frozenset({"noscript", "canvas", "audio", "video"})
_MARKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), MarkKind.EMPHASIS),
    **dict.fromkeys(("strong", "b"), MarkKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), MarkKind.CODE),
}
_IMAGES = frozenset({"img", "image", "amp-img", "amp-anim"})
_VERBATIM = frozenset({"pre", "xmp", "listing", "textarea"})
_SIGN_SIDE = 32  # pixels
_SIGN_CLASS = re.compile(r"\b(?:emoji|smiley|mwe-math|latex|icon)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def _no_picture(_target: str) -> str | None:
    return None


def _nothing_left_out(_element: Element) -> LeftOutKind | None:
    return None


@dataclass(slots=True)
class DomReader:
    """Reads trees one after the other (the chapters of a book) into one list of drafts.

    ``picture`` returns the name under which the picture of a ``src`` is kept, or None.
    ``leave_out`` says of an element why its text is no part of the document. ``base`` names the
    tree at hand; ``ids`` holds where each ``base#id`` is, for ``links.settle_links``. With
    ``hidden``, what a page hides is read too.
    """

    picture: Callable[[str], str | None] = _no_picture
    leave_out: Callable[[Element], LeftOutKind | None] = _nothing_left_out
    base: str = ""
    hidden: bool = False
    drafts: list[Draft] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    ids: dict[str, Draft] = field(default_factory=dict)
    _text: InlineText = field(default_factory=InlineText)
    _figures: list[tuple[Draft, Element]] = field(default_factory=list)
    _waiting_ids: list[str] = field(default_factory=list)
    _numbers: ListNumbers = field(default_factory=ListNumbers)
    _stack: list[str] = field(default_factory=list)
    _languages: list[str | None] = field(default_factory=lambda: [None])
    _counts: dict[str, int] = field(default_factory=dict)
    _marked: list[bool] = field(default_factory=list)
    _note_label: str | None = None
    _page: str | None = None
    _next_page: str | None = None
    _block: Element = None
    _rows: int = 0
    _cells: int = 0

    def read(self, root: Element, base: str = "") -> None:
        """Append what the tree says to ``drafts``."""
        self.base, self._block = base, root
        self._waiting_ids.append(base)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local_name(element)
            if event == "start":
                if self._skips(element, name):
                    walk.skip_subtree()
                    self._stack.append("")  # its end has nothing to close
                    continue
                self._start(element, name)
                self._text.add(element.text or "")
            else:
                self._end(element, self._stack.pop())
                if element is not root:
                    self._text.add(element.tail or "")
        self._flush()

    # -- elements

    def _skips(self, element: Element, name: str) -> bool:
        """Return whether the subtree of an element is not read; what it says is left out."""
        if (name in _UNSEEN and element.get("shadowrootmode") is None) or not name:
            return True
        if name == "case" and local_name(element.getparent()) == "switch":
            return self._leave(element, LeftOutKind.BOILERPLATE)  # its default is read
        if name in _STAND_INS:
            return self._leave(element, LeftOutKind.BOILERPLATE)
        style = element.get("style", "")
        if not self.hidden and (element.get("hidden") is not None or _HIDDEN_STYLE.search(style)):
            return self._leave(element, LeftOutKind.BOILERPLATE)
        kind = self.leave_out(element)
        if kind is not None:
            return self._leave(element, kind)
        if _is_page_break(element):
            self._turn_page(element)
            return True
        if name == "a" and is_back_link(element):
            return self._leave(element, LeftOutKind.NAVIGATION)
        label = note_mark(element) if name in {"a", "sup"} else None
        if label is not None:
            self._reference(element, label)
            return True
        if name in {"svg", "math"}:
            self._drawing(element, name)
            return True
        return False

    def _start(self, element: Element, name: str) -> None:
        self._stack.append(name)
        self._note_ids(element)
        language = element.get("lang") or element.get(_LANGUAGE)
        self._languages.append(language or self._languages[-1])
        if name in _BLOCKS:
            self._start_block(element, name)
        elif name == "br":
            self._break()
        elif name in _IMAGES:
            self._image(element)
        elif "position" in (element.get("style") or "") and not self._counts.get("data"):
            self._text.add(" ")  # it stands apart from what is beside it
        elif name == "rt" and _lacks_brackets(element):
            self._text.put("(")
        opened = name in _MARKS or (name == "a" and bool(element.get("href")))
        self._marked.append(opened)
        if name in _MARKS:
            self._text.open(_MARKS[name])
        elif opened:
            self._text.open(MarkKind.LINK, self._target(element.get("href")))

    def _start_block(self, element: Element, name: str) -> None:
        if self._counts.get("data"):
            self._start_cell(name)
            return
        self._flush()
        self._block = element
        if name == "table" and is_data_table(element):
            self._count("data", 1)
            self._rows = self._cells = 0
            return
        if name in LISTS and self._numbers.item_starts and self._numbers.current:
            depth = self._numbers.depth
            self._add(Draft(BlockKind.LIST_ITEM, self._numbers.take() or "", depth), element)
        self._numbers.start(element, name)
        if is_note(element):
            self._count("note", 1)
            self._note_label = _label_of(element, self._numbers.current)
        self._count(name, 1)
        self._text.verbatim = name in _VERBATIM

    def _end(self, element: Element, name: str) -> None:
        if not name:
            return
        if self._marked.pop():
            self._text.close()
        if name == "rt" and _lacks_brackets(element):
            self._text.put(")")
        if name in _BLOCKS:
            self._end_block(element, name)
        self._languages.pop()

    def _end_block(self, element: Element, name: str) -> None:
        if self._counts.get("data"):
            if name in {"table", "caption"}:
                self._flush(BlockKind.CAPTION if name == "caption" else None)
            elif name not in {"td", "th", "tr", "tbody", "thead", "tfoot"}:
                self._text.add(" ")
            if name == "table":
                self._count("data", -1)
            return
        self._flush()
        self._count(name, -1)
        if is_note(element):
            self._count("note", -1)
        self._numbers.end(name)
        self._text.verbatim = False
        self._block = element.getparent() if element.getparent() is not None else element

    def _start_cell(self, name: str) -> None:
        """Part the rows of a table by line ends and its cells by tabs."""
        if name == "tr":
            if self._rows:
                self._text.put("\n")
            self._rows, self._cells = self._rows + 1, 0
        elif name in {"td", "th"}:
            if self._cells:
                self._text.put("\t")
            self._cells += 1
        elif not self._text.is_blank:
            self._text.add(" ")

    # -- inline

    def _break(self) -> None:
        """Break the line; two breaks part paragraphs, as old pages have it."""
        if self._counts.get("data"):
            self._text.add(" ")
        elif self._text.ends_in_break and not self._text.verbatim:
            self._flush()
        elif self._text.verbatim or not self._text.is_blank:
            self._text.line_break()

    def _reference(self, element: Element, label: str) -> None:
        """Add a reference to a note: its number in brackets, with a link."""
        link = element if local_name(element) == "a" else next(element.iter("{*}a"), element)
        self._note_ids(element)
        self._note_ids(link)
        self._text.open(MarkKind.LINK, self._target(link.get("href") or ""))
        self._text.put(f"[{label}]")
        self._text.close()

    def _target(self, href: str) -> str:
        return f"#{self.base}{href}" if href.startswith("#") else href

    def _image(self, element: Element) -> None:
        target = element.get("src") or element.get(_XLINK) or element.get("href") or ""
        later = element.get("data-src") or element.get("data-original") or ""
        if later and (not target or target.startswith("data:")):
            target = later  # a page that loads its pictures late keeps a dot in their place
        text = " ".join((element.get("alt") or "").split())
        if _is_sign(element):
            self._text.add(text)
            return
        name = self.picture(target) if target else None
        if name is None and not text:
            return
        self._figures.append((Draft(BlockKind.FIGURE, text, picture=name), element))
        if self._text.is_blank and not self._counts.get("data"):
            self._flush()

    def _drawing(self, element: Element, name: str) -> None:
        """Add a formula's text to its line, or a drawing as the picture in it or what it says."""
        said = " ".join(" ".join(_texts(element)).split())
        if name == "math":
            self._text.add(said)
            return
        images = list(element.iter("{*}image"))
        for image in images:
            self._image(image)
        if said and not images:
            self._flush()
            self._figures.append((Draft(BlockKind.FIGURE, said), element))
        elif said:
            self.left_out.append(LeftOut(LeftOutKind.BOILERPLATE, said))

    # -- drafts

    def _flush(self, told: BlockKind | None = None) -> None:
        """Make a draft of the text so far; pictures from within it stand below."""
        blank, verbatim = self._text.is_blank, self._text.verbatim
        text, marks = self._text.take()
        if not blank:
            kind, level = (told, None) if told else self._kind()
            draft = Draft(kind, text, level, marks)
            if kind is BlockKind.LIST_ITEM:
                number = self._numbers.take()
                draft.edit([(0, 0, f"{number} ")] if number else [])
            elif kind is BlockKind.FOOTNOTE and self._note_label:
                if not re.match(rf"\W*{re.escape(self._note_label)}\b", text):
                    draft.edit([(0, 0, f"[{self._note_label}] ")])
                self._note_label = None
            if verbatim:
                draft.edit([(m.start(), m.end(), "") for m in _OUTER_LINES.finditer(draft.text)])
            elif kind is BlockKind.TABLE:
                draft.edit([(m.start(), m.end(), "") for m in _CELL_SPACE.finditer(draft.text)])
            else:
                draft.edit([(m.start(), m.end(), "") for m in _LAST_BREAKS.finditer(draft.text)])
                draft.trim()
            self._add(draft, self._block)
            self._page = self._next_page
        figures, self._figures = self._figures, []
        for figure, element in figures:
            self._add(figure, element)

    def _kind(self) -> tuple[BlockKind, int | None]:
        """Return what the text at hand is, by the elements around it."""
        counts = self._counts
        if counts.get("data"):
            return BlockKind.TABLE, None
        for name, level in _HEADINGS.items():
            if counts.get(name):
                return BlockKind.HEADING, level
        if counts.get("pre") or counts.get("xmp") or counts.get("listing"):
            return BlockKind.CODE, None
        if counts.get("figcaption") or counts.get("caption"):
            return BlockKind.CAPTION, None
        if counts.get("note"):
            return BlockKind.FOOTNOTE, None
        if self._numbers.item_starts:
            return BlockKind.LIST_ITEM, self._numbers.depth
        return (BlockKind.QUOTE if counts.get("blockquote") else BlockKind.PARAGRAPH), None

    def _add(self, draft: Draft, element: Element) -> None:
        draft.page, draft.language = self._page, self._languages[-1]
        self.drafts.append(draft)
        self.elements.append(element)
        for one in self._waiting_ids:
            self.ids.setdefault(one, draft)
        self._waiting_ids.clear()

    def _note_ids(self, element: Element) -> None:
        for attribute in ("id", "name"):
            value = element.get(attribute)
            if value and (attribute == "id" or local_name(element) == "a"):
                self._waiting_ids.append(f"{self.base}#{value}")

    def _count(self, name: str, step: int) -> None:
        self._counts[name] = max(0, self._counts.get(name, 0) + step)

    def _leave(self, element: Element, kind: LeftOutKind) -> bool:
        said = " ".join(" ".join(_texts(element)).split())
        if said:
            self.left_out.append(LeftOut(kind, said))
        return True

    def _turn_page(self, element: Element) -> None:
        said = " ".join("".join(element.itertext()).split())
        label = element.get("title") or element.get("aria-label") or said
        found = re.search(r"[0-9ivxlcdm]+\W*$", label or element.get("id") or "", re.I)
        label = (label or (found[0] if found else "")).strip(" .")
        self._next_page = _PAGE_WORD.sub("", label) or self._page
        if self._text.is_blank:
            self._page = self._next_page
        self._note_ids(element)
        if said:
            self.left_out.append(LeftOut(LeftOutKind.PAGE_NUMBER, said))


_PAGE_WORD = re.compile(r"^(?:page|pg|p)[ ._-]*(?=[0-9ivxlcdm]+$)", re.I)
_OUTER_LINES = re.compile(r"\A[\r\n]+|[\r\n]+\Z|\r(?=\n)")
_CELL_SPACE = re.compile(r" +(?=[\t\n]|$)|(?<=[\t\n]) +")
_LAST_BREAKS = re.compile(f"^[ {HARD_BREAK}]+|[ {HARD_BREAK}]+$")


def _is_sign(image: Element) -> bool:
    """Return whether a picture is a character of its line: a smiley, a formula, an icon."""
    sizes = [image.get(side) or "" for side in ("width", "height")]
    small = all(size.removesuffix("px").isdigit() and int(size.removesuffix("px")) <= _SIGN_SIDE
                for size in sizes)  # fmt: skip
    return small or bool(_SIGN_CLASS.search(image.get("class") or ""))


def _lacks_brackets(reading: Element) -> bool:
    """Return whether the reading of a word (ruby) comes without brackets of its own."""
    parent = reading.getparent()
    return parent is None or all(local_name(one) != "rp" for one in parent)


def _is_page_break(element: Element) -> bool:
    kinds = element.get(_EPUB_TYPE) or element.get("epub:type") or ""
    return "pagebreak" in kinds.split() or element.get("role") == "doc-pagebreak"


def _label_of(element: Element, number: str | None) -> str | None:
    """Return the number under which a note stands in its list."""
    return number.rstrip(".") if number and local_name(element) == "li" else None


def _texts(element: Element) -> list[str]:
    """Return the pieces of text below an element that a page would show."""
    pieces = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start":
            if local_name(one) in _UNSEEN | {"annotation", "annotation-xml"}:
                walk.skip_subtree()
            else:
                pieces.append(one.text or "")
        elif one is not element:
            pieces.append(one.tail or "")
    return pieces
