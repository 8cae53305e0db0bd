"""Bytes → text: which encoding a file is in, told by its bytes.

The order was measured: BOM, strict UTF-8, what the reader declared, the pattern of UTF-16 without
BOM, UTF-8 with a few stray bytes, Windows-1252, and only then a statistical detector, which takes
German Windows-1252 for a Baltic code page.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from desktop.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: The escapes by which ISO-2022 shifts to Japanese and to Korean letters.
_SHIFTS = ((b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))

#: Bytes looked at where a decision needs no more than a sample.
_SAMPLE = 400_000

#: Non-ASCII characters that Western European prose in Windows-1252 consists of.
_WESTERN = frozenset(
    "ÄÖÜäöüßÀÂÇÈÉÊËÎÏÔÙÛàâçèéêëîïôùûœŒæÆÁÍÓÚÑáíóúñ¿¡ÃÕãõåÅøØìòÌÒýÝðÐþÞ"
    "“”„‘’‚‹›«»–—…•·€£¥§©®™°±²³¹½¼¾×µªº¶†‡´¨ \N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
)

#: Control characters that have no place in a text.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")

_LINE_ENDS = ("\r\n", "\r", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\v")


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    r"""Return the text of ``data`` with ``\\n`` line ends; ``name`` is the file's, for messages.

    ``declared`` is an encoding that the reader or the file itself names. Raises ``InputError``
    when the bytes are no text or in no encoding that can be told.
    """
    text = _decoded(data, name, declared)
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    text = text.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")
    if not _is_text(text):
        raise _binary(name)
    return _CONTROLS.sub("", text)


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    """Return the text of ``data`` as it stands."""
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (text := _strict(data, encoding)) is not None:
            return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if b"\0" not in data[:_SAMPLE]:
        if (text := _shifted(data)) is not None:
            return text
        if (text := _strict(data, "utf-8")) is not None:
            return text
        if declared and (text := _strict(data, declared)) is not None:
            return text
        for guess in (_stray_utf8, _mainframe, _windows_1252, _detected):
            if (text := guess(data)) is not None:
                return text
    elif (text := _wide(data)) is not None:
        return text
    if _looks_binary(data):
        raise _binary(name)
    raise InputError(
        f"The encoding of {name} can't be told; save it as UTF-8 in a text editor and open it "
        "again."
    )


def _binary(name: str) -> InputError:
    return InputError(f"{name} is not a text; it holds binary data, so choose the text itself.")


def _strict(data: bytes, encoding: str) -> str | None:
    """Decode without tolerance, or return None."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _shifted(data: bytes) -> str | None:
    """Decode ISO-2022, whose bytes are all ASCII and shift between alphabets by escapes."""
    for sign, encoding in _SHIFTS:
        if sign in data[:_SAMPLE] and (text := _strict(data, encoding)) is not None:
            return text
    return None


def _wide(data: bytes) -> str | None:
    """Decode UTF-32 or UTF-16 without BOM by where the zero bytes of ASCII letters stand."""
    sample = data[: _SAMPLE & ~3]
    zeros = [sample[place::4].count(0) / max(1, len(sample) // 4) for place in range(4)]
    candidates = [
        ("utf-32-le", min(zeros[1:]) > 0.7 and zeros[0] < 0.1),
        ("utf-32-be", min(zeros[:3]) > 0.7 and zeros[3] < 0.1),
        ("utf-16-le", min(zeros[1::2]) > 0.4 and max(zeros[::2]) < 0.1),
        ("utf-16-be", min(zeros[::2]) > 0.4 and max(zeros[1::2]) < 0.1),
    ]
    for encoding, fits in candidates:
        if fits:
            whole = len(data) - len(data) % (4 if "32" in encoding else 2)
            text = _strict(data[:whole], encoding)
            return text if text is not None and _is_text(text) else None
    # Some programs pad a plain text with zeros; a few of them are no reason to refuse it.
    if 0 < data.count(0) <= len(data) // 200:
        return _strict(data.replace(b"\0", b""), "utf-8")
    return None


def _stray_utf8(data: bytes) -> str | None:
    """Decode UTF-8 into which a few bytes of Windows-1252 were pasted."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= c <= "\udcff" for c in text)
    sound = sum(c > "\x7f" for c in text) - stray
    if stray > 0.05 * sound:
        return None
    return "".join(
        bytes([ord(c) - 0xDC00]).decode("cp1252", errors="replace")
        if "\udc80" <= c <= "\udcff"
        else c
        for c in text
    )


def _mainframe(data: bytes) -> str | None:
    """Decode EBCDIC, where spaces and small letters stand where other encodings have none."""
    sample = data[:_SAMPLE]
    if sample.count(b"\x40") < len(sample) // 20 or b" " in sample or b"e" in sample:
        return None
    text = _strict(data, "cp500")
    return text if text is not None and _is_text(text) else None


def _windows_1252(data: bytes) -> str | None:
    """Decode Windows-1252 where what comes out looks like Western European prose."""
    text = _strict(data, "cp1252")
    if text is None:
        return None
    sample = text[:_SAMPLE]
    high = [c for c in sample if c > "\x7f"]
    letters = sum(c.isalpha() for c in sample)
    western = sum(c in _WESTERN for c in high)
    return text if western >= 0.95 * len(high) and len(high) <= 0.25 * letters else None


def _detected(data: bytes) -> str | None:
    """Decode what the statistical detector makes of it, when that reads like text."""
    if _looks_binary(data):
        return None
    # The detector takes tens of milliseconds to load and is rarely needed.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    text = data.decode(best.encoding, errors="replace")
    replaced = text.count("\N{REPLACEMENT CHARACTER}")
    return text if replaced <= len(text) // 1000 and _is_text(text) else None


def _looks_binary(data: bytes) -> bool:
    """Return whether control bytes show that this is no text in any one-byte encoding."""
    sample = data[:_SAMPLE]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b")
    return controls > len(sample) // 100


def _is_text(text: str) -> bool:
    """Return whether almost all characters are ones that a text can hold."""
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\n\t\f" for c in sample)
    return odd <= len(sample) // 100
