"""EPUB books, 2 and 3 → drafts: chapters in their order, notes, pictures, pages of the print."""

from __future__ import annotations

import functools
import re
from urllib.parse import unquote

from desktop.errors import InputError
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, Mark, MarkKind
from desktop.reading.dom import DomReader
from desktop.reading.dom_notes import kinds_of
from desktop.reading.draft import Draft, Reading
from desktop.reading.encoding import decode
from desktop.reading.epub_navigation import (
    Navigation,
    number_pages,
    read_nav,
    read_ncx,
    tell_chapters,
)
from desktop.reading.epub_package import Book, Item
from desktop.reading.gallery import Gallery
from desktop.reading.inline_pictures import add_inline, is_inline
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.note_blocks import label_notes
from desktop.reading.plain_text import read_plain_text
from desktop.reading.tongue import settle_languages, told_language
from desktop.reading.xml_tree import Element, local_name, parse_html, parse_xhtml

_NAVIGATION = frozenset({"toc", "page-list", "landmarks", "doc-toc", "doc-pagelist"})
_CONTENTS = re.compile(r"(?:table of )?contents$|inhalt(?:sverzeichnis)?$|table des matières$|"
                       r"índice$|indice$|inhoud$", re.I)  # fmt: skip
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_HEAD = 8  # blocks
_LINKED = 0.7  # a page of which more is linked is a table of contents
_FEW_LINKS = 3
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def read_epub(data: bytes, limits: Limits) -> Reading:
    """Read a book; raises ``InputError`` with the bare reason."""
    return _EpubReader(Book(data, limits)).read()


class _EpubReader:
    """One pass over the chapters of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._package = book.package
        self._gallery = Gallery(book.limits)
        self._dom = DomReader(picture=self._picture, leave_out=_is_navigation)
        self._chapters: list[tuple[str, int, int]] = []  # member, first and last draft

    def read(self) -> Reading:
        """Return what the book says."""
        spine = self._package.spine
        for place, item in enumerate(spine):
            self._chapter(item)
            self._book.limits.report(place + 1, len(spine))
        if not self._chapters:
            raise InputError("none of its chapters is in the file")
        navigation = self._navigation()
        drafts = self._without_contents()
        self._lead_across_chapters()
        number_pages(drafts, navigation.pages, self._dom.ids)
        tell_chapters(drafts, navigation.contents, self._dom.ids, self._package.title)
        settle_links(drafts, self._dom.ids)
        label_notes(drafts)
        reading = Reading(
            drafts, self._dom.left_out, self._gallery.warnings, self._gallery.pictures,
            tuple(dict.fromkeys(self._package.authors)), self._package.date, whole=True,
        )  # fmt: skip
        reading.language = told_language(self._package.language, drafts)
        settle_languages(reading, reading.language)
        self._tell_title(reading)
        self._add_cover(reading)
        return reading

    def _chapter(self, item: Item) -> None:
        """Read one chapter; one that is missing or broken is told and passed over."""
        shown = item.href[-80:]
        if item.name is None:
            self._gallery.warn(f"A part of the book, {shown}, is missing in the file.")
            return
        first = len(self._dom.drafts)
        if item.is_picture:
            self._page_of_picture(item.name, "")
        elif item.is_text or item.is_drawing:
            try:
                root = self._tree(self._book.archive.read(item.name))
            except InputError as error:
                if item.is_text and len(self._package.spine) == 1:
                    raise
                self._gallery.warn(f"A part of the book, {shown}, can't be read: {error}.")
                return
            images = any(local_name(one) == "image" for one in root.iter())
            if item.is_drawing and not images:
                self._page_of_picture(item.name, " ".join(" ".join(root.itertext()).split()))
            else:
                self._dom.read(root, item.name)
        elif item.is_plain:
            text = decode(self._book.archive.read(item.name), "it")
            self._dom.drafts += read_plain_text(text, remnants=False).drafts
        else:
            self._gallery.warn(f"A part of the book, {shown}, is in no format that can be read.")
            return
        self._chapters.append((item.name, first, len(self._dom.drafts)))

    def _tree(self, data: bytes) -> Element:
        """Return the tree of a chapter, as XML if it is well formed and as HTML if not."""
        declared = _DECLARED.match(data)
        text = decode(data, "it", declared[1].decode("ascii") if declared else None)
        root = parse_xhtml(text, self._book.limits)
        return parse_html(text, self._book.limits) if root is None else root

    def _page_of_picture(self, name: str, text: str) -> None:
        """Add a page that is one picture."""
        picture = self._gallery.add(name, self._book.archive.read(name))
        draft = Draft(BlockKind.FIGURE, text, picture=picture)
        self._dom.ids.setdefault(name, draft)
        self._dom.drafts.append(draft)

    def _picture(self, target: str) -> str | None:
        if is_inline(target):
            return add_inline(self._gallery, target)
        if _ELSEWHERE.match(target):
            self._gallery.remote(target)
            return None
        name = self._book.find(self._dom.base, target)
        if name is None:
            self._gallery.add(target, None)
            return None
        return self._gallery.add(name, None if self._gallery.has(name) else self._data(name))

    def _data(self, name: str) -> bytes | None:
        """Return the bytes of a picture; a damaged one is missing."""
        try:
            return self._book.archive.read(name)
        except InputError:
            return None

    def _navigation(self) -> Navigation:
        """Return the contents and the pages; a book without any is read all the same."""
        navigation = Navigation()
        for item, read in ((self._package.nav, read_nav), (self._package.ncx, read_ncx)):
            if item is None or item.name is None:
                continue
            try:
                root = self._tree(self._book.archive.read(item.name))
                found = read(root, functools.partial(self._book.find, item.name))
            except InputError:
                continue
            navigation.contents = navigation.contents or found.contents
            navigation.pages = navigation.pages or found.pages
        if navigation.contents and all(name != self._nav_name for name, *_ in self._chapters):
            lines = "\n".join(entry.title for entry in navigation.contents)
            self._dom.left_out.append(LeftOut(LeftOutKind.NAVIGATION, lines))
        return navigation

    @property
    def _nav_name(self) -> str | None:
        return self._package.nav.name if self._package.nav else None

    def _without_contents(self) -> list[Draft]:
        """Return the drafts without those of pages that are a table of contents."""
        kept: list[Draft] = []
        for name, first, last in self._chapters:
            drafts = self._dom.drafts[first:last]
            told = name in self._package.contents_pages or name == self._nav_name
            if _is_contents(drafts, told):
                said = "\n".join(draft.text for draft in drafts if draft.text.strip())
                if said:
                    self._dom.left_out.append(LeftOut(LeftOutKind.NAVIGATION, said))
            else:
                kept += drafts
        return kept

    def _lead_across_chapters(self) -> None:
        """Let links to other chapters lead to the blocks there."""
        for name, first, last in self._chapters:
            for draft in self._dom.drafts[first:last]:
                draft.marks = [self._led(mark, name) for mark in draft.marks]

    def _led(self, mark: Mark, base: str) -> Mark:
        target = mark.target or ""
        if mark.kind is not MarkKind.LINK or target.startswith("#") or _ELSEWHERE.match(target):
            return mark
        name = self._book.find(base, target)
        place = unquote(target.partition("#")[2])
        key = f"{name}#{place}" if place and f"{name}#{place}" in self._dom.ids else str(name)
        return Mark(mark.start, mark.end, mark.kind, f"#{key}")

    def _tell_title(self, reading: Reading) -> None:
        """Find the title that the package states in the text, or put it above."""
        title = " ".join((self._package.title or "").split())
        if not title:
            return
        for draft in reading.drafts[:_HEAD]:
            plain = draft.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TITLE}
            if plain and " ".join(draft.text.split()).casefold() == title.casefold():
                draft.kind, draft.level = BlockKind.TITLE, None
                return
        reading.drafts.insert(0, Draft(BlockKind.TITLE, title))

    def _add_cover(self, reading: Reading) -> None:
        """Put the cover above the text if no chapter shows it."""
        cover = self._package.cover
        if cover is None or cover.name is None or self._gallery.has(cover.name):
            return
        name = self._gallery.add(cover.name, self._data(cover.name))
        if name is not None:
            reading.drafts.insert(0, Draft(BlockKind.FIGURE, "", picture=name))


def _is_navigation(element: Element) -> LeftOutKind | None:
    """Tell the lists of contents, pages and places within a chapter."""
    if local_name(element) == "nav" and kinds_of(element) & _NAVIGATION:
        return LeftOutKind.NAVIGATION
    return None


def _is_contents(drafts: list[Draft], told: bool) -> bool:
    """Return whether a page is a table of contents: most of what it says leads elsewhere."""
    headed = any(_CONTENTS.match(draft.text.strip()) for draft in drafts[:3])
    if not told and not headed:
        return False
    linked = [mark for draft in drafts for mark in draft.marks if mark.kind is MarkKind.LINK]
    letters = sum(len(draft.text) for draft in drafts if draft.kind is not BlockKind.HEADING)
    share = sum(mark.end - mark.start for mark in linked) / max(1, letters)
    return (len(linked) >= _FEW_LINKS and share >= _LINKED) or (told and letters == 0)
