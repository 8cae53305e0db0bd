"""FictionBook 2 → drafts: its elements are put into those of HTML, which one reader reads."""

from __future__ import annotations

import base64
import binascii
import re

from lxml import etree

from desktop.errors import InputError
from desktop.reading.archive import Archive
from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind
from desktop.reading.dom import DomReader
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.gallery import Gallery
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.written_lists import tell_items
from desktop.reading.xml_tree import Element, local_name, parse_xml

_XLINK = "{http://www.w3.org/1999/xlink}href"
_NAMES = {
    "emphasis": "em", "strong": "strong", "strikethrough": "s", "style": "span", "code": "code",
    "sub": "sub", "sup": "sup", "epigraph": "blockquote", "cite": "blockquote", "poem": "div",
    "stanza": "p", "v": "span", "text-author": "p", "date": "p", "annotation": "div",
    "section": "section", "p": "p", "table": "table", "tr": "tr", "td": "td", "th": "th",
    "image": "img", "a": "a", "empty-line": "hr", "body": "div",
}  # fmt: skip
_LINES = frozenset({"v", "subtitle"})
_DEEPEST_HEADING = 6
_HAS_SIGN = re.compile(r"\w|[*†‡§]")


def read_fb2(data: bytes, limits: Limits) -> Reading:
    """Read a book, zipped or not; raises ``InputError`` with the bare reason."""
    root = parse_xml(_unzipped(data, limits), limits)
    if local_name(root) != "fictionbook":
        raise InputError("it is XML, but no FictionBook")
    pictures = _Pictures(root, limits)
    reading = Reading([], whole=True)
    description = _child(root, "description")
    title = _describe(description, reading) if description is not None else None
    bodies = [one for one in root if local_name(one) == "body"]
    page = etree.Element("body")
    heads = {_to_html(body, number) for number, body in enumerate(bodies)}
    page.extend(bodies)
    reader = DomReader(picture=pictures.name_of)
    reader.read(page)
    for draft, element in zip(reader.drafts, reader.elements, strict=True):
        if element in heads and element is not None:
            draft.kind, draft.level = BlockKind.TITLE, None
    tell_items(reader.drafts)
    settle_links(reader.drafts, reader.ids)
    _put_frame(reading, reader.drafts, title)
    reading.left_out += reader.left_out
    reading.pictures = pictures.gallery.pictures
    reading.warnings += pictures.gallery.warnings
    return reading


def _unzipped(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"PK"):
        return data
    archive = Archive(data, limits)
    name = next((name for name in archive.names if name.lower().endswith(".fb2")), None)
    if name is None:
        raise InputError("there is no FictionBook in the archive")
    return archive.read(name)


def _describe(description: Element, reading: Reading) -> str | None:
    """Take title, authors, date, language and summary; the rest of the description is left out."""
    info = _child(description, "title-info")
    title = None
    if info is not None:
        title = _text(_child(info, "book-title")) or None
        names = [_name(one) for one in info if local_name(one) == "author"]
        reading.authors = tuple(dict.fromkeys(name for name in names if name))
        reading.language = _text(_child(info, "lang")) or None
        date = _child(info, "date")
        if date is not None:
            reading.date = iso_date(date.get("value") or "") or iso_date(_text(date))
        summary = _child(info, "annotation")
        if summary is not None:
            said = [_text(one) for one in summary] or [_text(summary)]
            text = HARD_BREAK.join(piece for piece in said if piece)
            if text:
                reading.drafts.append(Draft(BlockKind.STANDFIRST, text))
    used = {"book-title", "lang", "annotation", "first-name", "middle-name", "last-name"}
    rest = [
        f"{local_name(one)}: {' '.join(one.text.split())}"
        for one in description.iter()
        if local_name(one) and (one.text or "").strip()
        and not used & {local_name(one), *(local_name(up) for up in one.iterancestors())}
    ]  # fmt: skip
    if rest:
        reading.left_out.append(LeftOut(LeftOutKind.BOILERPLATE, "\n".join(rest)))
    return title


def _put_frame(reading: Reading, drafts: list[Draft], title: str | None) -> None:
    """Put the title, the authors and the summary above the text, unless it shows them itself."""
    summary, reading.drafts = reading.drafts, drafts
    shown = next((draft for draft in drafts[:3] if draft.kind is BlockKind.TITLE), None)
    frame = [Draft(BlockKind.TITLE, title)] if title and shown is None else []
    early = " ".join(draft.text for draft in drafts[:4])
    if reading.authors and not all(name in early for name in reading.authors):
        frame.append(Draft(BlockKind.BYLINE, ", ".join(reading.authors)))
    place = drafts.index(shown) + 1 if shown is not None else 0
    drafts[place:place] = [*frame, *summary]


def _to_html(body: Element, number: int) -> Element | None:
    """Rename the elements of a body to those of HTML; return the heading that is the title."""
    notes = number > 0 and bool(body.get("name"))
    head = None
    for element in list(body.iter()):
        name = local_name(element)
        if element is not body and element.getparent() is None:
            continue  # the label of a note, which stands in its text now
        if name == "title":
            heading = _make_heading(element, body)
            if heading is not None and element.getparent() is body and not number:
                head = heading
        elif name == "subtitle" and local_name(element.getparent()) != "p":
            depth = sum(local_name(up) == "section" for up in element.iterancestors())
            element.tag = f"h{min(depth + 1, _DEEPEST_HEADING)}"
        elif name in _NAMES:
            _rename(element, name)
        if notes and name == "section" and element.get("id"):
            _make_note(element)
    return head


def _rename(element: Element, name: str) -> None:
    if name == "stanza":
        for line in element:
            if local_name(line) in _LINES and line.getnext() is not None:
                line.tail = HARD_BREAK
    element.tag = _NAMES[name]
    target = element.get(_XLINK) or element.get("href") or ""
    if name == "a":
        element.set("href", target)
        if element.get("type") == "note":
            element.set("class", "noteref")
    elif name == "image":
        element.set("src", target)
        element.set("alt", element.get("alt") or element.get("title") or "")


def _make_heading(title: Element, body: Element) -> Element | None:
    """Make a title a heading of its section's depth; its paragraphs are lines of it."""
    parent = title.getparent()
    depth = sum(local_name(up) == "section" for up in title.iterancestors())
    if local_name(parent) not in {"section", "div", "body"}:
        title.tag = "p"  # of a stanza
        return None
    poem = local_name(parent) == "div" and parent is not body
    title.tag = f"h{min(max(1, depth + poem), _DEEPEST_HEADING)}"
    lines = [line for line in title if local_name(line) in {"p", "empty-line"}]
    filled = [line for line in lines if _text(line)]
    for line in lines:
        line.tag = "span"
        line.tail = HARD_BREAK if line in filled[:-1] else ""
    return title


def _make_note(section: Element) -> None:
    """Make a section of the notes one note; its title becomes the label before its text."""
    section.tag = "div"
    section.set("role", "doc-footnote")
    title = _child(section, "title")
    first = next((one for one in section if local_name(one) == "p"), None)
    label = _text(title).strip("[]() .")
    if title is None or first is None or not _HAS_SIGN.search(label) or len(label) > 40:
        return
    section.remove(title)
    first.text = f"[{label}] {(first.text or '').lstrip()}"


class _Pictures:
    """The pictures that the book carries, each decoded when a figure shows it."""

    def __init__(self, root: Element, limits: Limits) -> None:
        self._data = {one.get("id"): one.text or "" for one in root if local_name(one) == "binary"}
        self.gallery = Gallery(limits)

    def name_of(self, target: str) -> str | None:
        """Return the name of a picture that is in the book and can be shown."""
        if not target.startswith("#"):
            self.gallery.remote(target)
            return None
        name = target[1:]
        if self.gallery.has(name):
            return self.gallery.add(name, None)
        return self.gallery.add(name, self._decoded(name))

    def _decoded(self, name: str) -> bytes | None:
        try:
            return base64.b64decode(re.sub(r"\s+", "", self._data[name]))
        except (binascii.Error, ValueError, KeyError):
            return None


def _child(element: Element, name: str) -> Element:
    return next((one for one in element if local_name(one) == name), None)


def _name(author: Element) -> str:
    parts = ("first-name", "middle-name", "last-name")
    name = " ".join(filter(None, (_text(_child(author, part)) for part in parts)))
    return name or _text(_child(author, "nickname"))


def _text(element: Element) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
