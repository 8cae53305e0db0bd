"""PDF → drafts: its text layer, read column by column; runs in the process for untrusted files."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from desktop.errors import InputError
from desktop.reading.bylines import split_byline
from desktop.reading.document import BlockKind
from desktop.reading.draft import Reading
from desktop.reading.heartbeat import heartbeat
from desktop.reading.layout.drafts import reading_of
from desktop.reading.layout.kinds import squeezed
from desktop.reading.layout.words import MOST_WORDS, Page
from desktop.reading.limits import Limits
from desktop.reading.ocr import read_scanned
from desktop.reading.pdf_annotations import flattened, is_picture, pictured
from desktop.reading.pdf_pictures import PictureReader
from desktop.reading.pdf_words import PageReader

_MOST_PAGES = 5_000
_MOST_OUTLINE = 5_000
_DEEPEST_OUTLINE = 6

#: How many blocks may stand above the title that the metadata name.
_MOST_ABOVE_TITLE = 12

#: How much longer than the reading of the pages their layout may take.
_LAYOUT_SHARE = 2.0

#: In how many pages without text pictures are looked for.
_LOOKED_AT = 20


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """Read the text layer of a PDF; raises ``InputError`` with the bare reason."""
    began = time.monotonic()
    document = _opened(data)
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise InputError(f"it says that it has {count:,} pages, more than {_MOST_PAGES:,}")
        reader, pictures = PageReader(), PictureReader(limits)
        warnings: list[str] = []
        pages = list(_pages(document, count, (reader, pictures), limits, warnings))
        if not any(page.words for page in pages):
            return _recognised(document, count, limits)
        # Setting the pages in order takes less than reading them did, but tells no progress.
        left = _LAYOUT_SHARE * (time.monotonic() - began) + limits.seconds
        with heartbeat(lambda: limits.report(count * 99, count * 100), left):
            reading = _laid_out(document, pages)
        reading.warnings += warnings
        reading.pictures += pictures.pictures.values()
        if reader.unmapped > 0.1 * max(1, reader.characters):
            reading.warnings.append(
                "Many letters of this PDF have no meaning that can be told; parts can't be read."
            )
        return reading
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF, or raise with the reason why not."""
    try:
        document = pypdfium2.PdfDocument(data)
        document.get_version()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise InputError("it is locked by a password; save a copy without one") from error
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_SECURITY:
            raise InputError("it is locked in a way that can't be opened here") from error
        raise InputError("it is damaged") from error
    return document


def _pages(
    document: pypdfium2.PdfDocument, count: int, readers: tuple[PageReader, PictureReader],
    limits: Limits, warnings: list[str],
) -> Iterator[Page]:  # fmt: skip
    """Yield the words of each page; one that is broken, or a picture, is told."""
    pictures: list[int] = []
    for number in range(count):
        limits.report(number, count)
        try:
            page = flattened(document, number)
        except pypdfium2.PdfiumError:
            warnings.append(f"Page {number + 1} is damaged and can't be read.")
            continue
        try:
            found = readers[0].read(page, number)
            if found.words and found.upright:
                readers[1].read(page, found)
            elif not found.words and is_picture(page):
                pictures.append(number + 1)
        finally:
            page.close()
        if len(found.words) >= MOST_WORDS:
            warnings.append(f"Page {number + 1} has more words than a page of a text can have.")
        yield found
    if pictures:
        warnings.append(pictured(pictures, count))


def _shows_pictures(document: pypdfium2.PdfDocument, count: int) -> bool:
    """Return whether one of the first pages holds a picture."""
    for number in range(min(count, _LOOKED_AT)):
        try:
            page = document[number]
            found = next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), None)
        except pypdfium2.PdfiumError:
            continue
        if found is not None:
            return True
    return False


def _recognised(document: pypdfium2.PdfDocument, count: int, limits: Limits) -> Reading:
    """Return the text that can be recognised in the pictures of a scanned document."""

    def render(number: int, side: int) -> Any:
        try:
            page = document[number]
            return page.render(scale=side / max(1.0, *page.get_size())).to_numpy()
        except (pypdfium2.PdfiumError, ValueError):
            return None

    if not _shows_pictures(document, count):
        raise InputError("it holds no text" if count else "it has no pages")
    return read_scanned(count, render, limits)


def _laid_out(document: pypdfium2.PdfDocument, pages: list[Page]) -> Reading:
    """Return the drafts of the pages, and what the document says of itself."""
    reading = reading_of(pages, _labels(document, pages), _outline(document))
    _read_metadata(document, reading)
    return reading


def _labels(document: pypdfium2.PdfDocument, pages: list[Page]) -> dict[int, str]:
    """Return the labels that the document gives its pages."""
    told = {page.number: _label(document, page.number) for page in pages}
    return {number: label for number, label in told.items() if label}


def _label(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        label = document.get_page_label(number)
    except (pypdfium2.PdfiumError, UnicodeError):
        return ""
    return str(label).strip()[:20]


def _outline(document: pypdfium2.PdfDocument) -> dict[str, int]:
    """Return the level of each heading that the outline names."""
    found: dict[str, int] = {}
    try:
        for place, item in enumerate(document.get_toc(max_depth=_DEEPEST_OUTLINE)):
            if place >= _MOST_OUTLINE:
                break
            title = squeezed(item.get_title())
            if title:
                found.setdefault(title, item.level + 1)
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        return found
    return found


_FILE_NAME = re.compile(r"\.\w{2,5}$|^(?:microsoft|untitled|document\d*$|slide|print)|[_\\/]", re.I)


def _read_metadata(document: pypdfium2.PdfDocument, reading: Reading) -> None:
    """Take title and authors as the metadata name them: a title of the page, names of people."""
    try:
        told = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeError):
        return
    title = squeezed(told.get("Title", ""))
    for draft in reading.drafts[:_MOST_ABOVE_TITLE] if title else ():
        if squeezed(draft.text) == title and draft.kind in {
            BlockKind.PARAGRAPH, BlockKind.HEADING
        }:  # fmt: skip
            draft.kind, draft.level = BlockKind.TITLE, None
            break
    author = " ".join(told.get("Author", "").split())
    if author and not _FILE_NAME.search(author):
        reading.authors = split_byline(author, labelled=False)
