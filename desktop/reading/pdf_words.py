"""The text layer of a PDF page → words with their places and type, through PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium_c

from desktop.reading.layout.words import MOST_WORDS, Page, Word, is_leftward

if TYPE_CHECKING:
    import pypdfium2

#: The most characters of one page that are looked at.
_MOST_CHARACTERS = MOST_WORDS * 12

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|semibd|cmb|[-,]bd\b|medi\b", re.I)
_ITALIC_NAME = re.compile(r"ital|obli|slant|cmti|cmsl|cmmi|[-,]it\b", re.I)
_FIXED_NAME = re.compile(r"mono|courier|cmtt|consol|typewriter|menlo", re.I)
_FLAG_FIXED, _FLAG_ITALIC, _FLAG_BOLD = 1, 1 << 6, 1 << 18

#: Letters that are written as one sign, and what they stand for.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
              0xFB05: "ft", 0xFB06: "st"}  # fmt: skip
_CLOSE = 0.12  # type sizes between two letters: from there on they belong to two words


@dataclass(frozen=True, slots=True)
class _Type:
    """How a run of text is set; ``angle`` is in quarter turns against the clock."""

    size: float
    bold: bool
    italic: bool
    fixed: bool
    angle: int


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One character where it stands, before the page is turned upright."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    x: float
    y: float
    type: _Type


class PageReader:
    """Reads the words of pages of one document, and what it could not read."""

    def __init__(self) -> None:
        self.unmapped = 0
        self.characters = 0
        self._fonts: dict[int, tuple[bool, bool, bool]] = {}

    def read(self, page: pypdfium2.PdfPage, number: int) -> Page:
        """Return the words of ``page``; its text is turned so that most of it is upright."""
        text_page = page.get_textpage()
        try:
            runs = self._runs(text_page.raw)
        finally:
            text_page.close()
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        angles: Counter[int] = Counter()
        for run in runs:
            for glyph in run:
                angles[glyph.type.angle] += 1
        angle = max(angles, key=lambda angle: (angles[angle], -angle)) if angles else 0
        left, bottom = _origin(page)
        turn = _Turn(angle, width, height, left, bottom)
        words: list[Word] = []
        aside: list[str] = []
        for run in runs:
            upright = run[0].type.angle == angle
            pieces = _words(run, turn if upright else _Turn(run[0].type.angle, 0, 0, 0, 0))
            if upright:
                words += pieces
            else:
                aside.append(" ".join(word.text for word in pieces))
        for order, word in enumerate(words):
            word.order = order
        size = (height, width) if angle % 2 else (width, height)
        return Page(number, *size, words, aside, upright=angle == 0)

    def _runs(self, text_page: Any) -> list[list[_Glyph]]:
        """Return runs of characters without white space, each set in one direction."""
        count = min(pdfium_c.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
        runs: list[list[_Glyph]] = []
        run: list[_Glyph] = []
        types: dict[int, _Type] = {}
        loose = pdfium_c.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(count):
            code = pdfium_c.FPDFText_GetUnicode(text_page, index)
            text = self._character(text_page, index, code)
            if not text:
                if code != 0 and run:
                    runs.append(run)
                    run = []
                continue
            # The loose box reaches from pen to pen, so that no gap is seen beside a narrow "1".
            pdfium_c.FPDFText_GetLooseCharBox(text_page, index, loose)
            pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y)
            kind = self._type(text_page, index, types)
            glyph = _Glyph(
                text, loose.left, loose.right, loose.bottom, loose.top, x.value, y.value, kind
            )
            if run and run[-1].type.angle != kind.angle:
                runs.append(run)
                run = []
            run.append(glyph)
        if run:
            runs.append(run)
        return runs

    def _character(self, text_page: Any, index: int, code: int) -> str:
        """Return what a character says; "" for white space and what has no meaning."""
        if code in (0x2, 0xFFFE) or (code == 0 and pdfium_c.FPDFText_IsHyphen(text_page, index)):
            return "-"  # a hyphen at a line end
        if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            self.unmapped += code not in (9, 10, 13)
            return ""
        self.characters += 1
        if code in _LIGATURES:
            return _LIGATURES[code]
        if 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            self.unmapped += 1
        text = chr(code)
        return "" if text.isspace() or text in "\u200b\ufeff" else text

    def _type(self, text_page: Any, index: int, types: dict[int, _Type]) -> _Type:
        """Return how a character is set; asked once for each text object."""
        holder = pdfium_c.FPDFText_GetTextObject(text_page, index)
        key = ctypes.cast(holder, ctypes.c_void_p).value or 0 if holder else 0
        known = types.get(key) if key else None
        if known is not None:
            return known
        matrix = pdfium_c.FS_MATRIX()
        size = pdfium_c.FPDFText_GetFontSize(text_page, index)
        angle = 0
        if pdfium_c.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
            # The size that is told is the one before the text is scaled.
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            angle = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        bold, italic, fixed = self._font(holder) if holder else (False, False, False)
        found = _Type(round(abs(size), 1) or 1.0, bold, italic, fixed, angle)
        if key:
            types[key] = found
        return found

    def _font(self, holder: Any) -> tuple[bool, bool, bool]:
        """Return whether the font of a text object is bold, italic, of fixed width."""
        font = pdfium_c.FPDFTextObj_GetFont(holder)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key in self._fonts:
            return self._fonts[key]
        length = pdfium_c.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(1, min(length, 500)))
        pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        name = buffer.value.decode("utf-8", "replace")
        # The weight that PDFium tells is a guess from the stems, 1104 for Helvetica Oblique.
        flags = max(0, pdfium_c.FPDFFont_GetFlags(font))
        found = (
            bool(_BOLD_NAME.search(name)) or bool(flags & _FLAG_BOLD),
            bool(_ITALIC_NAME.search(name)) or bool(flags & _FLAG_ITALIC),
            bool(_FIXED_NAME.search(name)) or bool(flags & _FLAG_FIXED),
        )
        self._fonts[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Turn:
    """Turns the text of a page upright, y downwards."""

    angle: int
    width: float
    height: float
    left: float
    bottom: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.angle == 0:
            return x, self.height - y
        if self.angle == 1:  # reads upwards
            return y, x
        if self.angle == 2:
            return self.width - x, y
        return self.height - y, self.width - x


def _origin(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return the lower left corner of what is shown of a page."""
    left, bottom, _, _ = page.get_cropbox()
    return left, bottom


def _words(run: list[_Glyph], turn: _Turn) -> list[Word]:
    """Return the words of a run; a gap or another line within it begins a new one."""
    words: list[Word] = []
    pieces: list[str] = []
    word: Word | None = None
    for glyph in run:
        x1, _ = turn.point(glyph.left, glyph.bottom)
        x2, _ = turn.point(glyph.right, glyph.top)
        left, right = min(x1, x2), max(x1, x2)
        origin, baseline = turn.point(glyph.x, glyph.y)
        if right - left <= 0:
            left = right = origin
        size = glyph.type.size
        if word is not None and _goes_on(word, left, right, baseline, glyph):
            pieces.append(glyph.text)
            word.left, word.right = min(word.left, left), max(word.right, right)
            continue
        if word is not None:
            word.text = "".join(pieces)
        glued = word is not None and _is_glued(word, left, baseline, size)
        word = Word("", left, right, baseline, size, 0, glyph.type.bold, glyph.type.italic,
                    glyph.type.fixed, glued)  # fmt: skip
        words.append(word)
        pieces = [glyph.text]
    if word is not None:
        word.text = "".join(pieces)
    return words


def _goes_on(word: Word, left: float, right: float, baseline: float, glyph: _Glyph) -> bool:
    """Return whether the next letter belongs to ``word`` and is set alike."""
    kind = glyph.type
    if (word.size, word.bold, word.italic) != (kind.size, kind.bold, kind.italic):
        return False
    if abs(baseline - word.baseline) > 0.1 * word.size:
        return False
    gap = word.left - right if is_leftward(glyph.text) else left - word.right
    return -0.8 * word.size <= gap <= _CLOSE * word.size


def _is_glued(word: Word, left: float, baseline: float, size: float) -> bool:
    """Return whether a letter set otherwise follows ``word`` without a space."""
    near = -0.5 * word.size <= left - word.right <= _CLOSE * max(size, word.size)
    return near and abs(baseline - word.baseline) <= 0.6 * max(size, word.size)
