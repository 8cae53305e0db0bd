"""What kind of file some bytes are, told by their content and never by their name."""

from __future__ import annotations

import io
import re
import zipfile

#: Formats that begin with fixed bytes: what a reader calls them.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_FICTION_BOOK = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<FictionBook[\s>]", re.I)
_XML = re.compile(rb"\s*<\?xml\s", re.I)

#: Inside a ZIP container: a telling member's name → what a reader calls the format.
_MEMBERS = (
    ("META-INF/container.xml", "an EPUB"),
    ("word/document.xml", "a Word document"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
)
_MIME_MEMBERS = {
    b"application/epub+zip": "an EPUB",
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text",
}


def foreign_format(data: bytes) -> str | None:
    """Return what a reader calls the format of ``data``, or None when it may be plain text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(data)
    if data[60:68] in {b"BOOKMOBI", b"TEXtREAd"}:
        return "a Kindle book"
    if b"%PDF-" in data[:1024] and b"\0" in data[:4096]:
        return "a PDF"
    head = data[:4096]
    if b"\0" in head:  # UTF-16 HTML, with or without a mark
        head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, name in ((_HTML, "an HTML page"), (_FICTION_BOOK, "an FB2 book"), (_XML, "XML")):
        if pattern.match(head):
            return name
    return None


def _container(data: bytes) -> str:
    """Return what kind of document a ZIP container holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    named = _MIME_MEMBERS.get(member.read(100).strip())
                if named:
                    return named
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return "a damaged ZIP archive"
    return next((name for member, name in _MEMBERS if member in names), "a ZIP archive")


def picture_type(data: bytes) -> str | None:
    """Return the media type of an image that the reader can show, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]",
                data[:4096].removeprefix(b"\xef\xbb\xbf"), re.S):  # fmt: skip
        return "image/svg+xml"
    return None
