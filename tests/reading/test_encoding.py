"""Bytes → text: every encoding that a reader's old files come in."""

from __future__ import annotations

import pytest

from desktop.errors import InputError
from desktop.reading.encoding import decode

GERMAN = "Größe und Würde: „Ja“, sagte sie – und schwieg über Bäume, Flüsse und Straßen. " * 5
FRENCH = "L’été dernier, à Nîmes, le garçon a mangé des pâtes ; ça coûtait 12 €. " * 5
RUSSIAN = "Привет, мир! Это обычный русский текст о реках, горах и городах. " * 20
JAPANESE = "これは日本語の文章です。春の海は静かで、船がゆっくりと進んでいる。" * 30
ENGLISH = "A plain English sentence about tides, mills and the moon. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_german(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding), "a.txt") == GERMAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding), "a.txt") == ENGLISH


def test_french_of_an_old_windows() -> None:
    assert decode(FRENCH.encode("cp1252"), "a.txt") == FRENCH


def test_the_detector_tells_what_is_left() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "a.txt") == RUSSIAN
    assert decode(JAPANESE.encode("shift_jis"), "a.txt") == JAPANESE


def test_a_declared_encoding_wins_over_guessing() -> None:
    assert decode("Łódź ąę".encode("cp1250"), "a.txt", "cp1250") == "Łódź ąę"


def test_a_few_stray_bytes_in_utf8_are_read_as_windows() -> None:
    data = ("“Curly quotes” — and dashes. " * 40).encode() + b"caf\xe9"
    assert decode(data, "a.txt").endswith("café")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_all_line_ends_become_one(end: str) -> None:
    assert decode(f"one{end}two".encode(), "a.txt") == "one\ntwo"


def test_padding_zeros_are_dropped() -> None:
    assert decode(ENGLISH.encode() + b"\0", "a.txt") == ENGLISH


def test_binary_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"photo\.raw"):
        decode(bytes(range(32)) * 100, "photo.raw")


def test_mainframe_text() -> None:
    data = "Dear reader,\nthe ledger was closed on Friday. Yours, the bank.".encode("cp500")
    assert decode(data, "a").startswith("Dear reader,\nthe ledger")
