"""Word documents (DOCX) → drafts: headings, numbered lists, tables, notes, pictures, boxes."""

from __future__ import annotations

from desktop.errors import InputError
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind
from desktop.reading.docx_notes import Notes
from desktop.reading.docx_numbering import Number, Numbering
from desktop.reading.docx_package import Package, child, value_of
from desktop.reading.docx_styles import Look, Styles, heading_of
from desktop.reading.docx_text import Paragraph, Shown, TextReader
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.gallery import Gallery
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.note_blocks import note_drafts
from desktop.reading.properties import Properties, apply_properties
from desktop.reading.tables import Cell, table_drafts
from desktop.reading.xml_tree import Element, local_name

_GAPS = frozenset({"sdt", "sdtcontent", "ins", "moveto", "customxml", "smarttag", "body",
                   "txbxcontent"})  # fmt: skip


def read_docx(data: bytes, limits: Limits) -> Reading:
    """Read a Word document; raises ``InputError`` with the bare reason."""
    package = Package(data, limits)
    return _DocxReader(package, limits).read()


class _DocxReader:
    """One pass over the parts of a document."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._main = package.main_part()
        self._relations = package.relations(self._main)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        notes = {kind: self._part(f"{kind}s") for kind in ("footnote", "endnote")}
        self._notes = Notes(notes)
        self._ids: dict[str, Draft] = {}
        self._gallery = Gallery(limits)
        self._left_out: list[LeftOut] = []
        self._text = TextReader(self._styles, self._relations, self._notes.refer)
        self._titled = False
        self._item_depth = 0

    def _part(self, kind: str) -> Element | None:
        """Return the root of the part that the text refers to as ``kind``."""
        name = next((r.target for r in self._relations.values()
                     if r.kind == kind and not r.external), None)  # fmt: skip
        try:
            return self._package.xml(name)
        except InputError:
            if kind not in {"styles", "numbering"}:
                raise
            return None

    def read(self) -> Reading:
        """Return what the document says."""
        root = self._package.xml(self._main)
        body = child(root, "body")
        if body is None:
            raise InputError("the part with its text is damaged")
        drafts = self._blocks(body)
        drafts += self._note_drafts()
        self._take_margins()
        settle_links(drafts, self._ids)
        reading = Reading(
            drafts, self._left_out, self._gallery.warnings, self._gallery.pictures, whole=True
        )
        apply_properties(reading, self._properties())
        return reading

    def _blocks(self, container: Element) -> list[Draft]:
        """Return the blocks of a part of the text."""
        drafts: list[Draft] = []
        for element in container:
            name = local_name(element)
            if name == "p":
                _extend(drafts, self._paragraph(element))
            elif name == "tbl":
                drafts += self._table(element)
            elif name in _GAPS:
                drafts += self._blocks(element)
            elif name == "alternatecontent":
                drafts += next((d for version in element if (d := self._blocks(version))), [])
            elif name in {"omathpara", "omath"}:
                drafts.append(self._text.read(element).runs.draft(BlockKind.PARAGRAPH))
            elif name == "altchunk":
                self._gallery.warn("A part of the text is a file of its own and was not read.")
            elif name in {"del", "movefrom"}:
                text = "".join(e.text or "" for e in element.iter()
                               if local_name(e) in {"t", "deltext"})  # fmt: skip
                self._leave_out(LeftOutKind.BOILERPLATE, text)
        return drafts

    def _paragraph(self, element: Element) -> list[Draft]:
        """Return a paragraph and what stands in it: pictures, text boxes."""
        properties = child(element, "ppr")
        look = self._styles.look(value_of(properties, "pstyle"))
        read = self._text.read(element)
        for text in read.deleted:
            self._leave_out(LeftOutKind.BOILERPLATE, text)
        if look.contents or read.contents:
            self._leave_out(LeftOutKind.NAVIGATION, read.runs.text)
            return []
        draft = self._styled(read, look, properties)
        drafts = [draft] if draft.text.strip() else []
        figures = [self._figure(shown) for shown in read.shown]
        drafts += figures
        for name in read.names:
            self._ids.setdefault(name, (drafts or [draft])[0])
        for box in read.boxes:
            drafts += self._blocks(box)
        return drafts

    def _styled(self, read: Paragraph, look: Look, properties: Element | None) -> Draft:
        """Return a paragraph with the kind that its style and its list give it."""
        kind, level = look.kind, look.level
        outline = value_of(properties, "outlinelvl")
        if kind is None and outline is not None and outline.isdigit():
            kind, level = heading_of(int(outline))
        number = self._number(look, properties) if read.runs.text.strip() else None
        if kind is BlockKind.TITLE:
            kind, level = (BlockKind.HEADING, 1) if self._titled else (kind, None)
            self._titled = True
        if number is not None and kind is None and not number.blank:
            kind, level = BlockKind.LIST_ITEM, number.depth
        draft = read.runs.draft(kind or BlockKind.PARAGRAPH, level)
        if number is not None and number.label and kind is not BlockKind.CODE:
            draft.edit([(0, 0, f"{number.label} ")])
        return draft

    def _number(self, look: Look, properties: Element | None) -> Number | None:
        """Return the number of a paragraph in a list, if it is in one."""
        list_id = value_of(properties, "numpr", "numid") or look.list_id
        depth = value_of(properties, "numpr", "ilvl")
        if list_id is None or list_id == "0":
            return None
        place = int(depth) if depth and depth.isdigit() else look.list_level or 0
        return self._numbering.next(list_id, place)

    def _figure(self, shown: Shown) -> Draft:
        """Return a picture; what can't be shown is told by its description."""
        draft = Draft(BlockKind.FIGURE, shown.text)
        relation = shown.relation
        if relation is None:
            return draft
        if relation.external:
            self._gallery.remote(relation.target)
        elif relation.kind == "image":
            draft.picture = self._gallery.add(relation.target, self._package.data(relation.target))
        else:  # a chart or a diagram: its words
            words = self._words_of(relation.target)
            draft.text = " ".join(piece for piece in (shown.text, words) if piece)
        return draft

    def _words_of(self, part: str) -> str:
        """Return the words of a chart or of a diagram."""
        root = self._package.xml(part)
        pieces = [e.text for e in root.iter() if local_name(e) in {"t", "v"} and e.text] if (
            root is not None) else []  # fmt: skip
        return " ".join(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))

    def _table(self, table: Element) -> list[Draft]:
        """Return a table, or the blocks of one that only lays out the page."""
        rows: list[list[Cell]] = []
        for row in _children(table, "tr"):
            cells: list[Cell] = []
            for element in _children(row, "tc"):
                span = value_of(element, "tcpr", "gridspan") or "1"
                cells.append(Cell(self._blocks(element), int(span) if span.isdigit() else 1))
            rows.append(cells)
        return table_drafts(rows, self._ids)

    def _note_drafts(self) -> list[Draft]:
        """Return the notes at the foot of the text, in the order in which it refers to them."""
        drafts: list[Draft] = []
        for kind, label, name, element in self._notes.in_order():
            relations = self._package.relations(f"word/{kind}s.xml")
            text, self._text = self._text, TextReader(self._styles, relations, self._notes.refer)
            parts = self._blocks(element)
            self._text = text
            drafts += note_drafts(parts, label)
            if parts:
                self._ids[name] = parts[0]
        return drafts

    def _take_margins(self) -> None:
        """Leave out running heads, comments and what else stands beside the text."""
        kinds = {"header": LeftOutKind.RUNNING_HEAD, "footer": LeftOutKind.RUNNING_HEAD,
                 "comments": LeftOutKind.BOILERPLATE}  # fmt: skip
        for relation in self._relations.values():
            kind = kinds.get(relation.kind)
            root = self._package.xml(relation.target) if kind and not relation.external else None
            if kind is None or root is None:
                continue
            for paragraph in root.iter():
                if local_name(paragraph) == "p":
                    words = [e.text or "" for e in paragraph.iter() if local_name(e) == "t"]
                    self._leave_out(kind, "".join(words))

    def _leave_out(self, kind: LeftOutKind, text: str) -> None:
        piece = LeftOut(kind, text.replace(HARD_BREAK, " ").strip())
        if piece.text and (kind is not LeftOutKind.RUNNING_HEAD or piece not in self._left_out):
            self._left_out.append(piece)

    def _properties(self) -> Properties:
        """Return what the document says of itself."""
        name = next((r.target for r in self._package.root.values()
                     if r.kind == "core-properties"), "docProps/core.xml")  # fmt: skip
        try:
            root = self._package.xml(name)
        except InputError:
            return Properties()
        told = {local_name(e): (e.text or "").strip() for e in (root if root is not None else ())}
        return Properties(told.get("title"), told.get("creator"), told.get("created"),
                          told.get("language"))  # fmt: skip


def _children(element: Element, name: str) -> list[Element]:
    """Return the rows of a table or the cells of a row, also where content controls wrap them."""
    found: list[Element] = []
    for part in element:
        if local_name(part) == name:
            found.append(part)
        elif local_name(part) in {"sdt", "sdtcontent", "ins", "customxml", "moveto"}:
            found += _children(part, name)
    return found


def _extend(drafts: list[Draft], more: list[Draft]) -> None:
    """Add blocks; the lines of a program that are paragraphs each become one block."""
    if not more:
        return
    first, before = more[0], drafts[-1] if drafts else None
    lone = before is not None and before.kind is BlockKind.CODE and first.kind is BlockKind.CODE
    if lone and before is not None and HARD_BREAK not in first.text:
        before.append(first, "\n")
        more = more[1:]
    drafts += more
