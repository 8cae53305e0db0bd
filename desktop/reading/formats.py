"""The formats that open: one row each, and the sentences that name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from desktop.reading.limits import MAX_FILE

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A format of texts.

    ``key`` is its name on the command line and in ``Source.format``, ``name`` what the open
    dialog says, ``called`` what it is in a sentence ("an EPUB"). ``reader`` is the
    ``module:function`` that reads it in a process of its own: ``(bytes, Limits) -> Reading``,
    which raises ``InputError`` with the reason alone ("it is locked by a password") when it
    can't. Without one the format is text, and read here. ``largest`` is the size in bytes of the
    largest file.
    """

    key: str
    name: str
    called: str
    endings: tuple[str, ...]
    reader: str | None = None
    largest: int = MAX_FILE


def recognises_text() -> bool:
    """Return whether the extra that recognises text in pictures is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


#: Pictures of text; they open with the extra alone.
PICTURES: tuple[Format, ...] = (
    Format("png", "PNG", "a PNG picture", (".png",), "desktop.reading.ocr:read_picture_of_text"),
    Format(
        "jpeg",
        "JPEG",
        "a JPEG picture",
        (".jpg", ".jpeg"),
        "desktop.reading.ocr:read_picture_of_text",
    ),
)

FORMATS: tuple[Format, ...] = (
    Format("txt", "Plain text", "plain text", (".txt", ".text", ".asc"), None, 16 * _MB),
    Format("md", "Markdown", "Markdown", (".md", ".markdown", ".mkd", ".mdown"), None, 16 * _MB),
    Format(
        "html",
        "Web page",
        "an HTML page",
        (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
        "desktop.reading.html:read_html",
        20 * _MB,
    ),
    Format(
        "odt",
        "OpenDocument",
        "an OpenDocument text",
        (".odt", ".ott", ".fodt"),
        "desktop.reading.odt:read_odt",
    ),
    Format(
        "rtf", "Rich Text", "an RTF document", (".rtf",), "desktop.reading.rtf:read_rtf", 10 * _MB
    ),
    Format("epub", "EPUB", "an EPUB", (".epub",), "desktop.reading.epub:read_epub"),
    Format(
        "docx",
        "Word",
        "a Word document",
        (".docx", ".docm", ".dotx"),
        "desktop.reading.docx:read_docx",
    ),
    Format("fb2", "FictionBook", "an FB2 book", (".fb2",), "desktop.reading.fb2:read_fb2"),
    Format("pdf", "PDF", "a PDF", (".pdf",), "desktop.reading.pdf:read_pdf"),
    *(PICTURES if recognises_text() else ()),
)

BY_KEY = {one.key: one for one in FORMATS}


def names_of_formats(formats: Iterable[Format] = FORMATS) -> str:
    """Return the formats that open as they stand in a sentence: "plain text, Markdown and PDF"."""
    names = [one.key.upper() if one.reader else one.called for one in formats]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
