"""The package of an EPUB: what it says of itself, its files, the order in which they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.errors import InputError
from desktop.reading.archive import Archive
from desktop.reading.dates import iso_date
from desktop.reading.limits import Limits
from desktop.reading.xml_tree import Element, local_name, parse_xml

_XHTML = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml",
                    "text/x-oeb1-document", "application/x-dtbook+xml"})  # fmt: skip
_SVG = "image/svg+xml"
_VAGUE = frozenset({"", "application/octet-stream", "application/unknown", "text/xhtml",
                    "application/html", "application/xhtml"})  # fmt: skip
_BY_ENDING = {"xhtml": "application/xhtml+xml", "html": "text/html", "htm": "text/html",
              "xht": "application/xhtml+xml", "svg": _SVG, "txt": "text/plain"}  # fmt: skip
_MOST_FALLBACKS = 10
_FONT_OBFUSCATIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NOBODY = frozenset({"unknown", "unbekannt", "inconnu", "desconocido"})
_ROLE = "{http://www.idpf.org/2007/opf}role"
_FILE_AS = "{http://www.idpf.org/2007/opf}file-as"
_EVENT = "{http://www.idpf.org/2007/opf}event"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the package: its name in the container, media type and properties."""

    name: str | None
    href: str
    media_type: str
    properties: frozenset[str] = frozenset()
    fallback: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is (X)HTML."""
        return self.media_type in _XHTML

    @property
    def is_plain(self) -> bool:
        """Whether it is plain text."""
        return self.media_type == "text/plain"

    @property
    def is_drawing(self) -> bool:
        """Whether it is an SVG."""
        return self.media_type == _SVG

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture other than an SVG."""
        return self.media_type.startswith("image/") and not self.is_drawing


@dataclass(slots=True)
class Package:
    """What the package document of an EPUB says."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    date: str | None = None
    language: str | None = None
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[Item] = field(default_factory=list)
    cover: Item | None = None
    ncx: Item | None = None
    contents_pages: set[str] = field(default_factory=set)

    @property
    def nav(self) -> Item | None:
        """The navigation document, if there is one."""
        return next((one for one in self.items.values() if "nav" in one.properties), None)


class Book:
    """The container of an EPUB and its package."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.archive = Archive(data, limits)
        self._folded = {name.lower(): name for name in self.archive.names}
        self.path = self._package_path()
        root = parse_xml(self.archive.read(self.path), limits)
        self.package = self._read(root)
        self._check_locks()

    def find(self, base: str, reference: str) -> str | None:
        """Return the member that a reference names, also where its letters differ in case."""
        return self.archive.find(base, reference)

    def _package_path(self) -> str:
        """Return the name of the package document."""
        container = self._folded.get("meta-inf/container.xml")
        if container is not None:
            root = parse_xml(self.archive.read(container), self.limits)
            for element in root.iter():
                path = element.get("full-path") if local_name(element) == "rootfile" else None
                name = self._folded.get((path or "").lower().lstrip("/"))
                if name:
                    return name
        found = [name for name in self.archive.names if name.lower().endswith(".opf")]
        if not found:
            raise InputError("the list of its chapters is missing")
        return found[0]

    def _read(self, root: Element) -> Package:
        package = Package()
        for part in root:
            name = local_name(part)
            if name == "metadata":
                self._read_metadata(part, package)
            elif name == "manifest":
                self._read_manifest(part, package)
        for part in root:
            name = local_name(part)
            if name == "spine":
                self._read_spine(part, package)
            elif name == "guide":
                for reference in part:
                    target = self.find(self.path, reference.get("href") or "")
                    if target and reference.get("type") == "toc":
                        package.contents_pages.add(target)
        if not package.spine:
            package.spine = [one for one in package.items.values() if one.is_text and one.name]
        package.cover = package.cover or self._told_cover(root, package)
        return package

    def _read_metadata(self, part: Element, package: Package) -> None:
        elements = [e for e in part.iter() if isinstance(e.tag, str)]
        refined = {(e.get("refines") or "").lstrip("#") + " " + (e.get("property") or ""): _text(e)
                   for e in elements if local_name(e) == "meta"}  # fmt: skip
        titles: list[tuple[bool, int, str]] = []
        dates: list[tuple[bool, int, str]] = []
        for element in elements:
            name, text = local_name(element), _text(element)
            told = element.get("id") or "?"
            if not text or name == "meta":
                continue
            if name == "title":
                main = refined.get(f"{told} title-type") in {None, "main"}
                titles.append((not main, len(titles), text))
            elif name == "creator":
                role = element.get(_ROLE) or refined.get(f"{told} role") or "aut"
                file_as = element.get(_FILE_AS) or refined.get(f"{told} file-as")
                if role == "aut" and text.casefold() not in _NOBODY:
                    package.authors.append(_in_order(text, file_as))
            elif name == "date":
                dates.append((element.get(_EVENT) != "publication", len(dates), text))
            elif name == "language" and package.language is None:
                package.language = text
        package.title = min(titles)[2] if titles else None
        package.date = next(
            (day for *_, text in sorted(dates) if (day := iso_date(text[:10])) and day > "1000"),
            None,
        )

    def _read_manifest(self, part: Element, package: Package) -> None:
        for element in part:
            if local_name(element) != "item":
                continue
            href = element.get("href") or ""
            item = Item(
                self.find(self.path, href), href, _media_type(element, href),
                frozenset((element.get("properties") or "").split()), element.get("fallback"),
            )  # fmt: skip
            package.items.setdefault(element.get("id") or href, item)
            if "cover-image" in item.properties:
                package.cover = item

    def _read_spine(self, part: Element, package: Package) -> None:
        """Take the chapters in their order; what is not in it (``linear="no"``) comes last."""
        package.ncx = package.items.get(part.get("toc") or "") or next(
            (i for i in package.items.values() if i.media_type == "application/x-dtbncx+xml"), None
        )
        later: list[Item] = []
        for element in part:
            item = package.items.get(element.get("idref") or "")
            if local_name(element) != "itemref" or item is None:
                continue
            item = _shown(item, package)
            if item in package.spine or item in later:
                continue
            (later if element.get("linear") == "no" else package.spine).append(item)
        package.spine += later

    def _told_cover(self, root: Element, package: Package) -> Item | None:
        """Return the cover as EPUB 2 names it."""
        for element in root.iter():
            if local_name(element) == "meta" and element.get("name") == "cover":
                item = package.items.get(element.get("content") or "")
                if item is not None and item.media_type.startswith("image/"):
                    return item
        return None

    def _check_locks(self) -> None:
        """Refuse a book whose chapters are enciphered; obfuscated fonts are no lock."""
        name = self._folded.get("meta-inf/encryption.xml")
        if name is None:
            return
        chapters = {item.name for item in self.package.spine}
        for data in parse_xml(self.archive.read(name), self.limits).iter():
            if local_name(data) != "encrypteddata":
                continue
            method = next((e.get("Algorithm") or "" for e in data
                           if local_name(e) == "encryptionmethod"), "")  # fmt: skip
            targets = {self.find("", e.get("URI") or "") for e in data.iter()
                       if local_name(e) == "cipherreference"}  # fmt: skip
            if targets & chapters and not method.startswith(_FONT_OBFUSCATIONS):
                raise InputError(
                    "it is protected against copying (DRM); only the shop's own program opens it"
                )


def _media_type(element: Element, href: str) -> str:
    """Return the type that the package names, or that the ending shows where it names none."""
    told = (element.get("media-type") or "").lower().partition(";")[0].strip()
    if told in _VAGUE:
        return _BY_ENDING.get(href.partition("#")[0].rpartition(".")[2].lower(), told)
    return told


def _shown(item: Item, package: Package) -> Item:
    """Return the item, or the first of those that stand in for a kind that can't be shown."""
    one: Item | None = item
    for _ in range(_MOST_FALLBACKS):
        if one is None or one.is_text or one.is_drawing or one.is_plain:
            break
        one = package.items.get(one.fallback or "")
    return item if one is None else one


def _in_order(name: str, file_as: str | None) -> str:
    """Return "Ada Quill" for "Quill, Ada", where the book files the author under that."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and (file_as is None or file_as == name) and len(parts[0].split()) <= 3:
        return f"{parts[1]} {parts[0]}"
    return name


def _text(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
