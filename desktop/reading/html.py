"""Saved web pages → drafts: the text with its figures and notes; the rest of the page left out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from desktop.errors import InputError
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind
from desktop.reading.dom import DomReader
from desktop.reading.draft import Draft, Reading
from desktop.reading.encoding import decode
from desktop.reading.gallery import Gallery
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.main_text import Choice, is_about_author, is_sign_of_place
from desktop.reading.page_metadata import PageMetadata, read_metadata
from desktop.reading.signatures import picture_type
from desktop.reading.tongue import settle_languages
from desktop.reading.xml_tree import parse_html

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_TINY = 200  # bytes: a smaller picture only keeps a place free
_TOLD = 3  # words
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
            "image/svg+xml": "svg"}  # fmt: skip


def read_html(data: bytes, limits: Limits) -> Reading:
    """Read a page; raises ``InputError`` with the bare reason."""
    root = parse_html(_text_of(data), limits)
    pictures = _Pictures(Gallery(limits))
    reader = DomReader(picture=pictures.name_of, leave_out=is_sign_of_place)
    reader.read(root)
    metadata = read_metadata(root)
    reading = _chosen(reader, root, metadata)
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


def _text_of(data: bytes) -> str:
    """Decode a page by its mark, as UTF-8, as it declares, or as its bytes tell."""
    head = data[:4096]
    declared = _CHARSET.search(head) or _XML_ENCODING.search(head)
    try:
        return decode(data, "it", declared[1].decode("ascii") if declared else None)
    except InputError as error:
        raise InputError("it is in no encoding that can be told, or no text at all") from error


def _chosen(reader: DomReader, root: object, metadata: PageMetadata) -> Reading:
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
    remote: int = 0

    def name_of(self, target: str) -> str | None:
        """Return the name of the picture that a page shows, None for one that it can't show."""
        target = target.strip()
        if target[:5].lower() == "data:":
            return self._inline(target[5:])
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or target.startswith("/"):
            self.remote += 1
            return None
        return target[:1000] or None

    def _inline(self, target: str) -> str | None:
        kind, _, body = target.partition(",")
        try:
            data = (
                base64.b64decode(re.sub(r"\s+", "", body), validate=False)
                if ";base64" in kind.lower()
                else unquote_to_bytes(body)
            )
        except (binascii.Error, ValueError):
            return None
        media_type = picture_type(data)
        if media_type is None or len(data) < _TINY:
            return None
        return self.gallery.add(f"picture-{_digest(data)}.{_ENDINGS[media_type]}", data)


def _digest(data: bytes) -> str:
    """Return what tells the pictures of a page apart, and the same one shown twice together."""
    return hashlib.sha256(data).hexdigest()[:12]
