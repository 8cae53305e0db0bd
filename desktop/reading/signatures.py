"""What kind of file some bytes are, told by their content and never by their name.

Nothing is unpacked or parsed here: only bytes at known places are compared, so that a hostile
file costs no more than an honest one.
"""

from __future__ import annotations

import re

#: What a reader calls each kind of file that can be told, by its key.
CALLED = {
    "pdf": "a PDF",
    "rtf": "an RTF document",
    "epub": "an EPUB",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "html": "an HTML page",
    "fb2": "an FB2 book",
    "mobi": "a Kindle book",
    "xml": "XML",
    "doc": "an old Microsoft Office document",
    "xlsx": "an Excel workbook",
    "pptx": "a PowerPoint presentation",
    "ods": "an OpenDocument spreadsheet or presentation",
    "zip": "a ZIP archive",
    "broken zip": "a damaged ZIP archive",
    "gzip": "a gzip archive",
    "7z": "a 7-Zip archive",
    "rar": "a RAR archive",
    "png": "a PNG picture",
    "jpeg": "a JPEG picture",
    "gif": "a GIF picture",
    "tiff": "a TIFF picture",
    "picture": "a picture",
    "database": "a database",
    "program": "a program",
    "postscript": "a PostScript file",
    "djvu": "a DjVu document",
    "sound": "a sound file",
}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"SQLite format 3\0", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"%!PS", "postscript"),
    (b"AT&TFORM", "djvu"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
)

#: What may stand above the first element of a marked-up file.
_PROLOGUE = re.compile(rb"\s*(?:<!--.{0,20000}?-->\s*|<\?[^>]{0,2000}\?>\s*)*", re.S)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_DOCTYPE = re.compile(rb"<!doctype\s+([\w:.-]+)[^>\[]{0,2000}(?:\[.*?\]\s*)?>\s*", re.I | re.S)
_FICTION_BOOK = re.compile(rb"<(?:\w+:)?FictionBook\b")
_FLAT_TEXT = re.compile(
    rb"<(?:\w+:)?document\b[^>]{0,20000}"
    rb"mimetype=[\"']application/vnd\.oasis\.opendocument\.text[\"']"
)
_FRAGMENT = re.compile(
    rb"<(?:title|meta|link|style|script|base|h[1-6]|p|div|table|article|section|main|font|center|"
    rb"nav|header|span|frameset)\b[^<>]{0,500}>", re.I
)  # fmt: skip
_TAG = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9]{0,12}(?:\s[^<>]{0,500})?>")

#: Inside a ZIP container: part of the name of a telling member → its format.
_MEMBERS = (
    (b"META-INF/container.xml", "epub"),
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
    (b".fb2", "fb2"),
    (b"word/", "docx"),
    (b"word\\", "docx"),
    (b".opf", "epub"),
)
_MIME_TYPES = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.", "ods"),
)
_HEAD = 65536
_MAIL_HEAD = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_MHTML = re.compile(rb"^Content-Type:\s*multipart/related\b", re.I | re.M)


def told_format(data: bytes) -> str | None:
    """Return the key of the format of ``data`` (of ``CALLED``), or None when it may be text."""
    for magic, key in _MAGIC:
        if data.startswith(magic):
            return key
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(data)
    if data[60:68] in {b"BOOKMOBI", b"TEXtREAd"}:
        return "mobi"
    if b"%PDF-" in data[:1024] and b"\0" in data[:4096]:
        return "pdf"
    if is_mhtml(data):
        return "html"
    told = _marked_up(data[:_HEAD])
    return told or ("picture" if picture_type(data) else None)


def is_mhtml(data: bytes) -> bool:
    """Return whether a browser saved a page with its pictures in this one file."""
    head = data[:_HEAD].split(b"\r\n\r\n" if b"\r\n" in data[:2000] else b"\n\n", 1)[0]
    return bool(_MAIL_HEAD.match(head) and _MHTML.search(head))


def _marked_up(head: bytes) -> str | None:
    """Return which kind of HTML or XML a file begins as."""
    if b"\0" in head:  # UTF-16, with or without a mark
        head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.removeprefix(b"\xef\xbb\xbf")
    prologue = _PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    if _HTML.match(head, start):
        return "html"
    doctype = _DOCTYPE.match(head, start)
    root = doctype.end() if doctype else start
    if _FICTION_BOOK.match(head, root):
        return "fb2"
    if _FLAT_TEXT.match(head, root):
        return "odt"
    if head.lstrip()[:5].lower() == b"<?xml":
        return "html" if _HTML.match(head, root) else "xml"
    if doctype or not _FRAGMENT.match(head, start):
        return None
    # A page without its outer elements; a Markdown text may begin with a tag too.
    tags = len(_TAG.findall(head))
    return "html" if tags >= 4 and tags * 300 >= len(head) else None


def _container(data: bytes) -> str:
    """Return what kind of document a ZIP container holds."""
    if data[30:38] == b"mimetype":
        for mime_type, key in _MIME_TYPES:
            if data.startswith(mime_type, 38):
                return key
    tail = max(0, len(data) - 66_000)
    end = data.rfind(b"PK\x05\x06", tail)
    if end < 0 or len(data) < end + 22:
        return "broken zip"
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    directory = data[start:end] if start < end else data
    for member, key in _MEMBERS:
        if member in directory:
            return key
    if b"content.xml" in directory and b"mimetype" in directory:
        return "odt"
    return "zip"


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
