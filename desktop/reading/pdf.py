"""PDF → drafts: its text layer, read column by column; runs in the process for untrusted files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_c

from desktop.errors import InputError
from desktop.reading.bylines import split_byline
from desktop.reading.document import LeftOut, LeftOutKind
from desktop.reading.draft import Reading
from desktop.reading.layout.drafts import body_size, drafts_of, even_sizes
from desktop.reading.layout.furniture import leave_out_furniture
from desktop.reading.layout.kinds import squeezed
from desktop.reading.layout.words import MOST_WORDS, Page
from desktop.reading.limits import Limits
from desktop.reading.pdf_words import PageReader

_MOST_PAGES = 5_000
_MOST_OUTLINE = 5_000
_DEEPEST_OUTLINE = 6

#: In how many pages without text pictures are looked for.
_LOOKED_AT = 20


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """Read the text layer of a PDF; raises ``InputError`` with the bare reason."""
    document = _opened(data)
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise InputError(f"it says that it has {count:,} pages, more than {_MOST_PAGES:,}")
        reader = PageReader()
        warnings: list[str] = []
        pages = list(_pages(document, count, reader, limits, warnings))
        if not any(page.words for page in pages):
            raise InputError(_without_text(document, count))
        reading = _laid_out(document, pages)
        reading.warnings += warnings
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
    document: pypdfium2.PdfDocument, count: int, reader: PageReader, limits: Limits,
    warnings: list[str],
) -> Iterator[Page]:  # fmt: skip
    """Yield the words of each page; a broken page is told and skipped."""
    for number in range(count):
        limits.report(number, count)
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            warnings.append(f"Page {number + 1} is damaged and can't be read.")
            continue
        try:
            found = reader.read(page, number)
        finally:
            page.close()
        if len(found.words) >= MOST_WORDS:
            warnings.append(f"Page {number + 1} has more words than a page of a text can have.")
        yield found


def _without_text(document: pypdfium2.PdfDocument, count: int) -> str:
    """Return why a PDF has no text."""
    if count == 0:
        return "it has no pages"
    for number in range(min(count, _LOOKED_AT)):
        try:
            page = document[number]
            found = next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), None)
        except pypdfium2.PdfiumError:
            continue
        if found is not None:
            return "it holds pictures of pages and no text, as a scanned document does"
    return "it holds no text"


def _laid_out(document: pypdfium2.PdfDocument, pages: list[Page]) -> Reading:
    """Return the drafts of the pages, and what the document says of itself."""
    even_sizes(pages)
    size = body_size(pages)
    left_out, printed = leave_out_furniture(pages, size)
    left_out += [
        LeftOut(LeftOutKind.BOILERPLATE, text) for page in pages for text in _joined(page.aside)
    ]
    drafts = drafts_of(pages, size, _labels(document, pages, printed), _outline(document))
    reading = Reading(drafts, left_out)
    _read_metadata(document, reading)
    return reading


def _joined(pieces: list[str]) -> list[str]:
    return [" ".join(pieces)] if pieces else []


def _labels(
    document: pypdfium2.PdfDocument, pages: list[Page], printed: dict[int, str]
) -> dict[int, str]:
    """Return the label of each page: the document's own, the printed one, or its count."""
    labels: dict[int, str] = {}
    offsets: dict[int, int] = {}
    for number, text in printed.items():
        if text.isdecimal():
            offset = int(text) - number
            offsets[offset] = offsets.get(offset, 0) + 1
    likely = max(offsets, key=lambda offset: (offsets[offset], -offset)) if offsets else 1
    trusted = offsets.get(likely, 0) >= max(2, 0.5 * len(pages)) or len(pages) == 1 == len(offsets)
    for page in pages:
        own = _label(document, page.number)
        counted = page.number + likely if trusted and page.number + likely > 0 else None
        labels[page.number] = own or str(counted or page.number + 1)
    return labels


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
    """Take the authors and the language that the document names, where they make sense."""
    try:
        told = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeError):
        return
    author = " ".join(told.get("Author", "").split())
    if author and not _FILE_NAME.search(author):
        reading.authors = split_byline(author, labelled=False)
