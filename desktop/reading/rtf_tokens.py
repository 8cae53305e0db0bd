"""RTF as a stream of tokens, and the encodings that its fonts name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n\0]+)",
    re.S,
)
_STEP = 1 << 18  # bytes from one report of progress to the next
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(slots=True)
class Token:
    """``word`` with its ``number``, a ``sign`` after a backslash, a ``brace``, or bytes."""

    word: str = ""
    number: int | None = None
    sign: str = ""
    brace: str = ""
    data: bytes = b""
    coded: bool = False  # one byte, written in hexadecimal


def tokens(data: bytes, report: Callable[[int, int], None]) -> Iterator[Token]:
    """Yield the tokens of a file; what is no RTF between them is passed over."""
    place = heard = 0
    while match := _TOKEN.search(data, place):
        place = match.end()
        word, number, code, sign, brace, text = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin" and value and value > 0:
                yield Token("bin", value, data=data[place : place + value])
                place += value
            else:
                yield Token(word.decode("ascii"), value)
        elif code:
            yield Token(data=bytes([int(code, 16)]), coded=True)
        elif text:
            yield Token(data=text)
        elif brace:
            yield Token(brace=brace.decode("ascii"))
        else:
            yield Token(sign=sign.decode("latin-1"))
        if place >= heard:
            report(place, len(data))
            heard = place + _STEP


def codec_of_charset(charset: int, default: str) -> str:
    """Return the encoding of a font's character set."""
    return _CHARSETS.get(charset, default)


def codec_of_page(page: int) -> str:
    """Return the encoding of a Windows code page, cp1252 where Python has none."""
    name = {65001: "utf-8", 10000: "mac_roman"}.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
