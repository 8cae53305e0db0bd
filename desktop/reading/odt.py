"""OpenDocument texts (ODT) → drafts: headings, lists, notes, tables, frames, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.errors import InputError
from desktop.reading.archive import Archive
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, MarkKind
from desktop.reading.docx_package import attribute
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.gallery import Gallery
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.note_blocks import note_drafts
from desktop.reading.odt_flat import FlatText, inline_picture, is_flat
from desktop.reading.odt_styles import Counters, Level, Styles
from desktop.reading.properties import Properties, apply_properties
from desktop.reading.runs import Runs
from desktop.reading.tables import Cell, table_drafts
from desktop.reading.xml_tree import Element, local_name, parse_xml

_INDEXES = frozenset({"table-of-content", "illustration-index", "table-index", "object-index",
                      "user-index", "alphabetical-index"})  # fmt: skip
_SILENT = frozenset(
    "forms sequence-decls variable-decls user-field-decls dde-connection-decls title desc "
    "index-title-template table-of-content-source bibliography-source note-citation".split()
)
_SHAPES = frozenset({"custom-shape", "rect", "ellipse", "line", "g", "polygon", "path", "a"})
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_MOST_REPEATED = 50
_LEVELS = 6


def read_odt(data: bytes, limits: Limits) -> Reading:
    """Read an OpenDocument text; raises ``InputError`` with the bare reason."""
    archive = FlatText(data) if is_flat(data) else Archive(data, limits)
    return _OdtReader(archive, limits).read()


class _OdtReader:
    """One pass over the content of a document."""

    def __init__(self, archive: Archive | FlatText, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        manifest = self._root("META-INF/manifest.xml")
        if manifest is not None and any(
            local_name(e) == "encryption-data" for e in manifest.iter()
        ):
            raise InputError("it is locked with a password")
        self._content = self._root("content.xml")
        self._document_styles = self._root("styles.xml")
        self._styles = Styles(self._content, self._document_styles)
        self._gallery = Gallery(limits)
        self._ids: dict[str, Draft] = {}
        self._left_out: list[LeftOut] = []
        self._notes: list[Draft] = []
        self._lists: list[tuple[str | None, Counters]] = []
        self._counters: dict[str, Counters] = {}
        self._outline = Counters()
        self._label: str | None = None
        self._runs = Runs()
        self._kinds: frozenset[MarkKind] = frozenset()
        self._link: str | None = None
        self._after: list[Draft] = []
        self._names: list[str] = []
        self._handlers: dict[str, Callable[[Element], None]] = {
            "span": self._span, "a": self._anchor, "s": self._space, "note": self._note,
            "tab": lambda _: self._add(" "), "line-break": lambda _: self._add(HARD_BREAK),
            "bookmark": self._bookmark, "bookmark-start": self._bookmark,
            "reference-mark": self._bookmark, "reference-mark-start": self._bookmark,
            "bookmark-ref": self._reference, "reference-ref": self._reference,
            "annotation": self._annotation, "frame": self._frame, "ruby": self._ruby,
        }  # fmt: skip

    def _root(self, name: str) -> Element | None:
        if name not in self._archive:
            return None
        data = self._archive.read(name)
        return parse_xml(data, self._limits) if data.strip() else None

    def read(self) -> Reading:
        """Return what the document says."""
        body = next((e for e in self._content.iter() if local_name(e) == "text"
                     and local_name(e.getparent()) == "body"), None) if (
                         self._content is not None) else None  # fmt: skip
        if body is None:
            raise InputError("the part with its text is missing")
        drafts = self._blocks(body) + self._notes
        self._take_margins()
        settle_links(drafts, self._ids)
        reading = Reading(
            drafts, self._left_out, self._gallery.warnings, self._gallery.pictures, whole=True
        )
        apply_properties(reading, self._properties())
        return reading

    # -- blocks

    def _blocks(self, container: Element) -> list[Draft]:
        drafts: list[Draft] = []
        for element in container:
            name = local_name(element)
            if name in {"p", "h"}:
                self._extend(drafts, self._paragraph(element, name))
            elif name in {"list", "numbered-paragraph"}:
                drafts += self._list(element)
            elif name == "table":
                drafts += self._table(element)
            elif name in _INDEXES:
                body = next((e for e in element if local_name(e) == "index-body"), element)
                self._leave_out(LeftOutKind.NAVIGATION, "\n".join(_lines(body)))
            elif name == "tracked-changes":
                for one in element.iter():
                    if local_name(one) == "deletion":
                        self._leave_out(LeftOutKind.BOILERPLATE, "\n".join(_lines(one)))
            elif name == "annotation":
                self._annotation(element)
            elif name == "frame" or name in _SHAPES:
                self._frame(element)
                drafts += self._after
                self._after = []
            elif name and name not in _SILENT:
                drafts += self._blocks(element)
        return drafts

    def _extend(self, drafts: list[Draft], more: list[Draft]) -> None:
        """Add blocks; the lines of a program that are paragraphs each become one block."""
        before = drafts[-1] if drafts else None
        if before and more and before.kind is BlockKind.CODE and more[0].kind is BlockKind.CODE:
            before.append(more[0], "\n")
            more = more[1:]
        drafts += more

    def _paragraph(self, element: Element, name: str) -> list[Draft]:
        """Return a paragraph or a heading with the pictures and boxes that stand in it."""
        kept = self._runs, self._kinds, self._link, self._after, self._names
        style = attribute(element, "style-name")
        kind, level = self._styles.kind(style)
        self._runs, self._after, self._names, self._link = Runs(), [], [], None
        plain = kind in {BlockKind.CODE, BlockKind.TITLE, BlockKind.HEADING}
        self._kinds = frozenset() if plain else self._styles.words("paragraph", style)
        label, self._label = self._label, None
        self._inside(element)
        runs, after, names = self._runs, self._after, self._names
        self._runs, self._kinds, self._link, self._after, self._names = kept
        if name == "h" and kind is not BlockKind.TITLE:
            told = attribute(element, "outline-level") or ""
            kind, level = BlockKind.HEADING, min(_LEVELS, int(told) if told.isdigit() else 1) or 1
            if label is None and runs.text.strip():
                levels = [self._styles.outlined(n + 1) or Level() for n in range(level)]
                label = self._outline.next(levels)
        elif label is not None and kind is None:
            kind, level = BlockKind.LIST_ITEM, max(1, len(self._lists))
        draft = runs.draft(kind or BlockKind.PARAGRAPH, level)
        if label:
            draft.edit([(0, 0, f"{label} ")])
        shown = bool(runs.text.strip())
        if label is not None and not shown:
            self._label = label  # the item begins with what comes next
        drafts = [draft] if shown else []
        drafts = after + drafts if kind is BlockKind.CAPTION else drafts + after
        for one in names:
            self._ids.setdefault(one, (drafts or [draft])[0])
        return drafts

    def _list(self, element: Element) -> list[Draft]:
        """Return the items of a list, each with the number that is generated for it."""
        outer = self._lists[-1] if self._lists else None
        style = attribute(element, "style-name") or (outer[0] if outer else None)
        counters = self._continued(element, style) if outer is None else outer[1]
        if outer is not None:
            counters.values[min(len(self._lists) + 1, len(counters.values) - 1)] = None
        if outer is None:
            self._counters[style or ""] = counters
            name = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), None)
            if name:
                self._counters["#" + name] = counters
        self._lists.append((style, counters))
        drafts: list[Draft] = []
        items = [element] if local_name(element) == "numbered-paragraph" else list(element)
        for item in items:
            if local_name(item) == "list-item" or item is element:
                told = attribute(item, "start-value") or ""
                self._label = self._number(int(told) if told.isdigit() else None, item)
            drafts += self._blocks(item)
            self._label = None
        self._lists.pop()
        return drafts

    def _number(self, start: int | None, item: Element) -> str | None:
        """Return the label of an item; one that only holds a deeper list has none."""
        first = next((local_name(e) for e in item if local_name(e)), "")
        if first == "list":
            return None
        style, counters = self._lists[-1]
        depth = min(len(self._lists), len(counters.values) - 1)
        levels = [self._styles.numbered(style, n + 1) or Level() for n in range(depth)]
        return counters.next(levels, start)

    def _continued(self, element: Element, style: str | None) -> Counters:
        """Return the counters of the list that this one goes on with, or new ones."""
        told = attribute(element, "continue-list")
        if told and "#" + told in self._counters:
            return self._counters["#" + told]
        if attribute(element, "continue-numbering") == "true" and (style or "") in self._counters:
            return self._counters[style or ""]
        return Counters()

    def _table(self, table: Element) -> list[Draft]:
        rows: list[list[Cell]] = []
        lists, self._lists = self._lists, []
        for row in table.iter():
            if local_name(row) != "table-row" or _table_of(row) is not table:
                continue
            cells: list[Cell] = []
            for element in row:
                if local_name(element) in {"table-cell", "covered-table-cell"}:
                    again = attribute(element, "number-columns-repeated") or "1"
                    cells.append(Cell(self._blocks(element)))
                    more = min(int(again) if again.isdigit() else 1, _MOST_REPEATED) - 1
                    cells += [Cell([]) for _ in range(more)] if cells[-1].drafts == [] else []
            rows.append(cells)
        self._lists = lists
        return table_drafts(rows, self._ids)

    # -- inline

    def _inside(self, element: Element) -> None:
        self._add_text(element.text)
        for part in element:
            name = local_name(part)
            if name in _SHAPES and name != "a":
                self._frame(part)
            elif name in self._handlers:
                self._handlers[name](part)
            elif name and name not in _SILENT:
                self._inside(part)
            self._add_text(part.tail)

    def _add_text(self, text: str | None) -> None:
        """Add text as it stands in the file, where white space is one space."""
        text = _SPACES.sub(" ", text or "")
        if text.startswith(" ") and self._runs.text[-1:] in {"", " ", HARD_BREAK}:
            text = text[1:]
        self._add(text)

    def _add(self, text: str) -> None:
        self._runs.add(text, self._kinds, self._link)

    def _span(self, element: Element) -> None:
        before = self._kinds
        self._kinds |= self._styles.words("text", attribute(element, "style-name"))
        self._inside(element)
        self._kinds = before

    def _anchor(self, element: Element) -> None:
        before = self._link
        target = attribute(element, "href") or ""
        self._link = target.partition("|")[0] if target.startswith("#") else target or None
        self._inside(element)
        self._link = before

    def _reference(self, element: Element) -> None:
        before = self._link
        self._link = f"#{attribute(element, 'ref-name')}"
        self._inside(element)
        self._link = before

    def _space(self, element: Element) -> None:
        count = attribute(element, "c") or "1"
        self._add(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))

    def _bookmark(self, element: Element) -> None:
        self._names.append(attribute(element, "name") or "")

    def _ruby(self, element: Element) -> None:
        for part in element:
            reading = local_name(part) == "ruby-text"
            self._add("(" if reading else "")
            self._inside(part)
            self._add(")" if reading else "")

    def _annotation(self, element: Element) -> None:
        self._leave_out(LeftOutKind.BOILERPLATE, "\n".join(_lines(element)))

    def _note(self, element: Element) -> None:
        """Add the reference to a note; the note itself stands at the end."""
        parts = {local_name(part): part for part in element}
        citation, body = parts.get("note-citation"), parts.get("note-body")
        label = "".join(citation.itertext()).strip() if citation is not None else "*"
        name = attribute(element, "id") or f"note-{len(self._notes)}"
        self._runs.add(f"[{label}]", (), f"#{name}")
        lists, self._lists = self._lists, []
        drafts = self._blocks(body) if body is not None else []
        self._lists = lists
        if drafts:
            self._ids[name] = drafts[0]
            self._notes += note_drafts(drafts, label)

    def _frame(self, frame: Element) -> None:
        """Take a picture, a formula or a text box; they stand beside their paragraph."""
        said = " ".join(" ".join("".join(e.itertext()).split()) for e in frame
                        if local_name(e) in {"title", "desc"})  # fmt: skip
        formula = next((e for e in frame if local_name(e) == "object"), None)
        words = self._formula(formula) if formula is not None else ""
        if words:
            self._add(words)
            return
        kept, pictured = (self._lists, self._label), False
        self._lists, self._label = [], None
        for part in frame:
            name = local_name(part)
            target = attribute(part, "href") or ""
            if name == "image" and not pictured:
                pictured = True
                shown = self._picture(target) if target else self._inline(part)
                self._after.append(Draft(BlockKind.FIGURE, said, picture=shown))
        self._after += self._blocks_of_frame(frame)
        self._lists, self._label = kept

    def _blocks_of_frame(self, frame: Element) -> list[Draft]:
        before, self._after = self._after, []
        blocks: list[Draft] = []
        if local_name(frame) in _SHAPES:
            blocks = self._blocks(frame)
        for part in frame if local_name(frame) == "frame" else ():
            if local_name(part) == "text-box":
                blocks += self._blocks(part)
        blocks, self._after = blocks + self._after, before
        return blocks

    def _picture(self, target: str) -> str | None:
        name = target.removeprefix("./")
        if "://" in name or name.startswith(("/", "..")):
            self._gallery.remote(target)
            return None
        known = self._gallery.has(name) or name not in self._archive
        return self._gallery.add(name, None if known else self._archive.read(name))

    def _inline(self, image: Element) -> str | None:
        name = f"picture-{len(self._gallery.pictures) + 1}"
        return self._gallery.add(name, inline_picture(image))

    def _formula(self, element: Element) -> str:
        """Return the words of a formula or of another object with a text of its own."""
        name = (attribute(element, "href") or "").removeprefix("./")
        root = self._root(f"{name}/content.xml") if name else next(iter(element), None)
        if root is None or local_name(root) not in {"math", "document"}:
            return ""
        pieces = [e.text or "" for e in root.iter() if local_name(e) in {"mi", "mn", "mo", "mtext"}]
        return "".join(piece.strip() for piece in pieces)

    # -- the rest

    def _take_margins(self) -> None:
        """Leave out running heads."""
        root = self._document_styles
        for element in root.iter() if root is not None else ():
            if local_name(element) in {"header", "footer", "header-left", "footer-left"}:
                self._leave_out(LeftOutKind.RUNNING_HEAD, "\n".join(_lines(element)))

    def _leave_out(self, kind: LeftOutKind, text: str) -> None:
        if text.strip():
            self._left_out.append(LeftOut(kind, text.strip()))

    def _properties(self) -> Properties:
        try:
            root = self._root("meta.xml")
        except InputError:
            root = None
        told = {
            local_name(e): (e.text or "").strip() for e in (root.iter() if root is not None else ())
        }
        return Properties(
            told.get("title"), told.get("initial-creator") or told.get("creator"),
            told.get("creation-date"), told.get("language") or self._styles.language,
        )  # fmt: skip


def _lines(element: Element) -> list[str]:
    """Return the paragraphs below an element as lines."""
    lines = [" ".join("".join(e.itertext()).split()) for e in element.iter()
             if local_name(e) in {"p", "h"}]  # fmt: skip
    return [line for line in lines if line]


def _table_of(row: Element) -> Element:
    return next(one for one in row.iterancestors() if local_name(one) == "table")
