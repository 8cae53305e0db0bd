"""Saved web pages → drafts: the text with its figures and notes; the rest of the page left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from desktop.errors import InputError
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind
from desktop.reading.dom import DomReader
from desktop.reading.draft import Draft, Reading
from desktop.reading.encoding import decode
from desktop.reading.gallery import Gallery
from desktop.reading.inline_pictures import add_bytes, add_inline, is_inline
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.main_text import Choice, is_about_author, is_sign_of_place
from desktop.reading.mhtml import unpacked_page
from desktop.reading.page_metadata import PageMetadata, read_metadata
from desktop.reading.signatures import is_mhtml
from desktop.reading.tongue import settle_languages
from desktop.reading.xml_tree import Element, parse_html

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_TOLD = 3  # words
_LITTLE = 200  # characters: a page that shows less may keep its text elsewhere
_MUCH = 400  # characters of a text that is worth looking behind the page for


def read_html(data: bytes, limits: Limits) -> Reading:
    """Read a page; raises ``InputError`` with the bare reason."""
    beside: dict[str, bytes] = {}
    if is_mhtml(data):
        data, beside = unpacked_page(data, limits)
    root = parse_html(_text_of(data), limits)
    _refuse_frames(root)
    pictures = _Pictures(Gallery(limits), beside)
    reader = DomReader(picture=pictures.name_of, leave_out=is_sign_of_place)
    reader.read(root)
    metadata = read_metadata(root)
    reading = _chosen(reader, root, metadata)
    if _letters(reading) < _LITTLE:
        reader, reading = _behind(reader, reading, root, metadata, pictures)
    settle_links(reading.drafts, reader.ids)
    settle_languages(reading, metadata.language)
    shown = {draft.picture for draft in reading.drafts}
    reading.pictures = [one for one in pictures.gallery.pictures if one.name in shown]
    reading.warnings += pictures.gallery.warnings
    if pictures.remote:
        reading.warnings.append(
            "The page shows pictures that are not on this computer; they were not fetched."
        )
    return reading


def _refuse_frames(root: Element) -> None:
    """Refuse a page that only puts other pages side by side."""
    frames = next(root.iter("frameset"), None)
    if frames is not None and next(root.iter("p", "h1", "td"), None) is None:
        raise InputError("it only frames other pages; open the page with the text")


def _letters(reading: Reading) -> int:
    return sum(len(one.text) for one in reading.drafts if one.kind is not BlockKind.TITLE)


def _behind(
    reader: DomReader, reading: Reading, root: Element, metadata: PageMetadata, pictures: _Pictures
) -> tuple[DomReader, Reading]:
    """Return the text that a page without its program does not show, if there is much of it.

    Some pages hide their text until a program has run; others keep it in their structured data.
    """
    hidden = DomReader(picture=pictures.name_of, leave_out=is_sign_of_place, hidden=True)
    hidden.read(root)
    shown = _chosen(hidden, root, metadata)
    told = _told_text(metadata.body)
    if sum(len(one.text) for one in told) > max(_MUCH, 2 * _letters(shown)):
        title = [one for one in reading.drafts if one.kind is BlockKind.TITLE]
        rest = [one for one in reading.drafts if one.kind is not BlockKind.TITLE]
        reading.left_out += [
            LeftOut(LeftOutKind.BOILERPLATE, one.text) for one in rest if one.text.strip()
        ]
        reading.drafts = title + told
    elif _letters(shown) > max(_MUCH, 2 * _letters(reading)):
        return hidden, shown
    return reader, reading


def _told_text(body: str | None) -> list[Draft]:
    """Return the paragraphs of a text that stands in the structured data of its page."""
    if not body:
        return []
    lines = re.split(r"\s*\n\s*", re.sub(r"<[^<>]{1,300}>", "\n", unescape(body)))
    return [Draft(BlockKind.PARAGRAPH, line.strip()) for line in lines if line.strip()]


def _text_of(data: bytes) -> str:
    """Decode a page by its mark, as UTF-8, as it declares, or as its bytes tell."""
    head = data[:4096]
    declared = _CHARSET.search(head) or _XML_ENCODING.search(head)
    try:
        return decode(data, "it", declared[1].decode("ascii") if declared else None)
    except InputError as error:
        raise InputError("it is in no encoding that can be told, or no text at all") from error


def _chosen(reader: DomReader, root: Element, metadata: PageMetadata) -> Reading:
    """Return the blocks that are the page's text, its title above them, and what is left out."""
    reasons = Choice(reader.drafts, reader.elements).make(root)
    reading = Reading([], list(reader.left_out), whole=True)
    reading.authors, reading.date = metadata.authors, metadata.date
    reading.language = metadata.language
    title: Draft | None = None
    for draft, element, reason in zip(reader.drafts, reader.elements, reasons, strict=True):
        if element is metadata.heading and title is None and draft.kind is BlockKind.HEADING:
            title = draft
            draft.kind, draft.level = BlockKind.TITLE, None
        elif reason is None and not _shows_nothing(draft):
            if draft.kind is BlockKind.PARAGRAPH and is_about_author(element):
                draft.kind = BlockKind.BIO
            reading.drafts.append(draft)
        elif draft.text.strip():
            kind = reason or LeftOutKind.BOILERPLATE
            reading.left_out.append(LeftOut(kind, draft.text.strip()))
    if title is None and metadata.title:
        title = _shown_title(reading.drafts, metadata.title)
    if title is not None:
        reading.drafts.insert(0, title)
    return reading


def _shows_nothing(draft: Draft) -> bool:
    """Return whether a figure has no picture, and no more than a word to tell what it would be."""
    return draft.kind is BlockKind.FIGURE and not draft.picture and len(draft.text.split()) < _TOLD


def _shown_title(drafts: list[Draft], title: str) -> Draft:
    """Return the title as the text shows it in its first blocks, or as the page's head has it."""
    for draft in drafts[:4]:
        if " ".join(draft.text.split()).casefold() == title.casefold():
            drafts.remove(draft)
            draft.kind, draft.level = BlockKind.TITLE, None
            return draft
    return Draft(BlockKind.TITLE, title)


@dataclass(slots=True)
class _Pictures:
    """The pictures within a page (``data:``); those beside it are read by who knows the folder."""

    gallery: Gallery
    beside: dict[str, bytes] = field(default_factory=dict)
    remote: int = 0

    def name_of(self, target: str) -> str | None:
        """Return the name of the picture that a page shows, None for one that it can't show."""
        target = target.strip()
        if is_inline(target):
            return add_inline(self.gallery, target)
        if target in self.beside:
            return add_bytes(self.gallery, self.beside[target])
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or target.startswith("/"):
            self.remote += 1
            return None
        return target[:1000] or None
