"""The text of a set page with soft hyphens in it, of which nobody but the lines knows.

Whoever copies, searches or asks for a place gets the text as it is in the document.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QMimeData, QRegularExpression
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.reading.hyphenation import break_points

SOFT_HYPHEN = "\u00ad"


class SetBlock:
    """One block of a document as it is set: its text, and the way between offsets in both.

    Offsets are code points of the document's text; positions are Qt's units (UTF-16) from the
    beginning of the set block.
    """

    __slots__ = ("_breaks", "_hyphens", "start", "text")

    def __init__(self, start: int, text: str, language: str | None = None) -> None:
        self.start = start  # where the block begins in the set text
        self.text = text
        self._breaks = break_points(text, language) if language else ()
        ascii_text = text.isascii()
        self._hyphens = [
            (point if ascii_text else units(text[:point])) + number
            for number, point in enumerate(self._breaks)
        ]

    def set_text(self) -> str:
        """Return the text with its soft hyphens."""
        if not self._breaks:
            return self.text
        parts = [
            self.text[begin:end]
            for begin, end in zip((0, *self._breaks), (*self._breaks, len(self.text)), strict=True)
        ]
        return SOFT_HYPHEN.join(parts)

    def position(self, offset: int) -> int:
        """Return the position of an offset; at a soft hyphen, that before it."""
        before = bisect_left(self._breaks, offset)
        if self.text.isascii():
            return self.start + min(offset, len(self.text)) + before
        return self.start + units(self.text[:offset]) + before

    def offset(self, position: int) -> int:
        """Return the offset of a position in the set text."""
        within = position - self.start
        within -= bisect_left(self._hyphens, within)
        if self.text.isascii():
            return max(0, min(within, len(self.text)))
        raw = self.text.encode("utf-16-le")[: 2 * within]
        return len(raw.decode("utf-16-le", errors="ignore"))


class SetDocument(QTextDocument):
    """A page whose words are found whole, whether or not they may be broken."""

    def find(self, words: Any, *where: Any) -> QTextCursor:
        """Return the first place of ``words``, as ``QTextDocument.find`` does."""
        if isinstance(words, str):
            letters = f"{SOFT_HYPHEN}?".join(QRegularExpression.escape(one) for one in words)
            words = QRegularExpression(
                letters, QRegularExpression.PatternOption.CaseInsensitiveOption
            )
        return super().find(words, *where)


def without_soft_hyphens(data: QMimeData) -> QMimeData:
    """Make what is copied from a page what the document has, and return it.

    It stays Qt's own object: the clipboard keeps it longer than Python lives.
    """
    text, html = data.text(), data.html() if data.hasHtml() else ""
    for form in data.formats():
        data.removeFormat(form)
    if html:
        data.setHtml(html.replace(SOFT_HYPHEN, "").replace("&shy;", ""))
    data.setText(text.replace(SOFT_HYPHEN, ""))
    return data


def units(text: str) -> int:
    """Return the length of ``text`` in Qt's units (UTF-16)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
