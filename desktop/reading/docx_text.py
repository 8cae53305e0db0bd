"""One paragraph of a Word document: runs, fields, links, notes, pictures, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.reading.document import MarkKind
from desktop.reading.docx_formula import formula_text
from desktop.reading.docx_package import Relation, attribute, child, value_of
from desktop.reading.docx_styles import Styles, formatting
from desktop.reading.draft import HARD_BREAK
from desktop.reading.runs import Runs
from desktop.reading.xml_tree import Element, local_name

_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\\w\s+)*(?:"([^"]*)"|(?!\\)(\S+))?', re.I)
_LOCAL = re.compile(r'\\l\s+"?([^"\s]+)')
_REFERENCE = re.compile(r"(?:PAGE|NOTE)?REF\s+(\S+)", re.I)
_CONTENTS = re.compile(r"\s*TO[CA]\b", re.I)
_WORDS = {"tab": " ", "ptab": " ", "cr": HARD_BREAK, "nobreakhyphen": "\N{NON-BREAKING HYPHEN}"}
_OPAQUE = frozenset({"rpr", "ppr", "instrtext", "delinstrtext", "sdtpr", "sdtendpr", "fldpr",
                     "ffdata", "tblpr", "smarttagpr", "rt", "annotationref", "footnoteref",
                     "endnoteref", "lastrenderedpagebreak", "ctrlpr", "objectembed"})  # fmt: skip


@dataclass(slots=True)
class Field:
    """A field that is open: what it instructs, and whether its result has begun."""

    instruction: str = ""
    shows: bool = False

    @property
    def target(self) -> str | None:
        """Where the result leads to, if it is a link."""
        told = self.instruction.strip()
        link = _HYPERLINK.match(told)
        if link:
            local = _LOCAL.search(told)
            address = link[1] or link[2] or ""
            return address or (f"#{local[1]}" if local else None)
        reference = _REFERENCE.match(told)
        return f"#{reference[1]}" if reference else None

    @property
    def is_contents(self) -> bool:
        """Whether the result is a table of contents."""
        return bool(_CONTENTS.match(self.instruction))


@dataclass(slots=True)
class Shown:
    """A picture or a drawing in a paragraph: what refers to its bytes, and its description."""

    relation: Relation | None
    text: str


@dataclass(slots=True)
class Paragraph:
    """What the inline content of a paragraph came to; ``contents``: a line of a table of it."""

    runs: Runs = field(default_factory=Runs)
    names: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    contents: bool = False


class TextReader:
    """Reads paragraphs of one part; fields may span several of them.

    ``note`` is asked for the label and the anchor's name of a note: ("footnote", id).
    """

    def __init__(
        self, styles: Styles, relations: dict[str, Relation],
        note: Callable[[str, str], tuple[str, str] | None],
    ) -> None:  # fmt: skip
        self._styles = styles
        self._relations = relations
        self._note = note
        self.fields: list[Field] = []
        self._now = Paragraph()
        self._kinds: frozenset[MarkKind] = frozenset()
        self._link: str | None = None
        self._handlers: dict[str, Callable[[Element], None]] = {
            "r": self._run, "t": self._text, "fldchar": self._field_mark, "br": self._break,
            "instrtext": self._instruction, "hyperlink": self._hyperlink,
            "fldsimple": self._simple_field, "del": self._deleted, "movefrom": self._deleted,
            "footnotereference": self._note_mark, "endnotereference": self._note_mark,
            "drawing": self._drawing, "pict": self._drawing, "object": self._drawing,
            "alternatecontent": self._alternative, "bookmarkstart": self._bookmark,
            "sym": self._symbol, "ruby": self._ruby, "omath": self._formula,
        }  # fmt: skip

    def read(self, element: Element) -> Paragraph:
        """Return what a paragraph holds."""
        before, self._now = self._now, Paragraph()
        self._inside(element)
        read, self._now = self._now, before
        return read

    def _inside(self, element: Element) -> None:
        for part in element:
            name = local_name(part)
            if name in self._handlers:
                self._handlers[name](part)
            elif name in _WORDS:
                self._add(_WORDS[name])
            elif name and name not in _OPAQUE:
                self._inside(part)

    def _add(self, text: str) -> None:
        """Add text that is on show: not the instruction of a field."""
        if any(not one.shows for one in self.fields):
            return
        link = self._link
        for one in self.fields:
            link = link or one.target
            self._now.contents |= one.is_contents
        kinds = self._kinds - {MarkKind.EMPHASIS} if link and self._is_underlined else self._kinds
        self._now.runs.add(text, kinds, link)

    _is_underlined = False

    def _run(self, run: Element) -> None:
        properties = child(run, "rpr")
        style = value_of(properties, "rstyle")
        kinds = formatting(properties, set(self._styles.words(style) if style else ()))
        italic = child(properties, "i")
        before = self._kinds, self._is_underlined
        self._kinds = frozenset(kinds)
        self._is_underlined = italic is None and child(properties, "u") is not None
        hidden = child(properties, "vanish")
        if hidden is not None and attribute(hidden, "val") not in {"0", "false"}:
            pieces = [e.text for e in run.iter() if local_name(e) == "t" and e.text]
            self._now.deleted.append("".join(pieces))
            run = child(run, "rpr") if child(run, "fldchar") is None else run
        self._inside(run)
        self._kinds, self._is_underlined = before

    def _text(self, element: Element) -> None:
        self._add(element.text or "")

    def _field_mark(self, mark: Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _instruction(self, element: Element) -> None:
        if self.fields and not self.fields[-1].shows:
            self.fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        self.fields.append(Field(attribute(element, "instr") or "", shows=True))
        self._inside(element)
        self.fields.pop()

    def _hyperlink(self, element: Element) -> None:
        relation = self._relations.get(attribute(element, "id") or "")
        name = attribute(element, "anchor")
        target = f"{relation.target}#{name}" if relation and name else None
        before = self._link
        self._link = target or (relation.target if relation else f"#{name}" if name else None)
        self._inside(element)
        self._link = before

    def _deleted(self, element: Element) -> None:
        """Keep aside what a tracked change took away."""
        pieces = [e.text for e in element.iter() if local_name(e) in {"deltext", "t"} and e.text]
        if pieces:
            self._now.deleted.append("".join(pieces))

    def _break(self, element: Element) -> None:
        # A new page or column is a matter of the sheet, not of the text.
        turns = attribute(element, "type") in {"page", "column"}
        self._add(" " if turns else HARD_BREAK)

    def _note_mark(self, element: Element) -> None:
        kind = local_name(element).removesuffix("reference")
        told = self._note(kind, attribute(element, "id") or "")
        if told is not None and all(one.shows for one in self.fields):
            label, name = told
            self._now.runs.add(f"[{label}]", (), f"#{name}")

    def _bookmark(self, element: Element) -> None:
        name = attribute(element, "name")
        if name:
            self._now.names.append(name)

    def _symbol(self, element: Element) -> None:
        code = attribute(element, "char") or ""
        try:
            number = int(code, 16)
        except ValueError:
            return
        self._add(chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else "")

    def _ruby(self, element: Element) -> None:
        """Put the reading of a word behind it, in brackets."""
        base, reading = child(element, "rubybase"), child(element, "rt")
        if base is not None:
            self._inside(base)
        if reading is not None:
            self._add("(")
            self._inside(reading)
            self._add(")")

    def _formula(self, element: Element) -> None:
        self._add(formula_text(element))

    def _alternative(self, element: Element) -> None:
        """Read one of the versions of a drawing: the first that holds anything."""
        for version in element:
            if local_name(version) in {"choice", "fallback"} and _holds_much(version):
                self._inside(version)
                return

    def _drawing(self, element: Element) -> None:
        """Take a picture, a chart or a text box; a box is read after its paragraph."""
        boxes: list[Element] = []
        texts: list[str] = []
        description = ""
        found: list[Relation | None] = []
        for part in _outside_boxes(element, boxes):
            name = local_name(part)
            if name in {"blip", "imagedata", "chart", "relids"}:
                found += self._referred(part)
            elif name in {"docpr", "cnvpr", "shape"} and not description:
                told = attribute(part, "descr") or attribute(part, "alt") or ""
                description = told or (attribute(part, "title") or "")
            elif name == "textpath":
                texts.append(attribute(part, "string") or "")
            elif name == "t" and part.text:
                texts.append(part.text)
        self._now.boxes += boxes
        text = " ".join(piece for piece in (description, *texts) if piece)
        found = found or ([None] if text and not boxes else [])
        for relation in found:
            self._now.shown.append(Shown(relation, text))

    def _referred(self, part: Element) -> list[Relation | None]:
        """Return what a part of a drawing refers to, once."""
        ids = [str(value) for key, value in part.attrib.items()
               if str(key).rpartition("}")[2] in {"embed", "link", "id", "dm"}]  # fmt: skip
        return [self._relations.get(one) for one in ids if one in self._relations][:1]


def _outside_boxes(element: Element, boxes: list[Element]) -> list[Element]:
    """Return the parts of a drawing in order, without what stands in its text boxes."""
    found: list[Element] = []
    waiting = [element]
    while waiting:
        part = waiting.pop()
        name = local_name(part)
        if name == "txbxcontent":
            boxes.append(part)
            continue
        found.append(part)
        parts = list(part)
        if name == "alternatecontent":
            parts = next(([v] for v in parts if _holds_much(v)), [])
        waiting += reversed(parts)
    return found


def _holds_much(version: Element) -> bool:
    """Return whether a version of a drawing holds what can be shown: text or a picture."""
    told = {"txbxcontent", "blip", "imagedata", "t", "chart", "relids", "textpath"}
    return any(local_name(part) in told for part in version.iter())
