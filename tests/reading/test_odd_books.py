"""EPUB books whose package is written in odd ways: their chapters are found all the same."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from desktop.reading.document import Document
from desktop.reading.opener import read_document
from tests.reading.test_epub import CONTAINER, LONG, METADATA, page

ONE, TWO = page(f"<h1>Salt</h1><p>{LONG}</p>"), page(f"<h1>Roads</h1><p>{LONG}</p>")


def book(files: dict[str, str], hrefs: tuple[str, ...], *, container: str | None = CONTAINER,
         types: tuple[str, ...] = (), head: str = "") -> bytes:  # fmt: skip
    """Return a book whose package names ``hrefs``; ``files`` are what the container holds."""
    kinds = types or ("application/xhtml+xml",) * len(hrefs)
    items = "".join(
        f'<item id="i{number}" href="{href}" media-type="{kind}"/>'
        for number, (href, kind) in enumerate(zip(hrefs, kinds, strict=True))
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(hrefs)))
    package = (
        f'{head}<package xmlns="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{METADATA}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if container is not None:
            archive.writestr("mimetype", "application/epub+zip")
            archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/book.opf", package)
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def headings(data: bytes) -> list[str]:
    document = opened(data)
    return [block.text for block in document.blocks if block.kind.value == "heading"]


def opened(data: bytes) -> Document:
    return read_document(data, name="book.epub")


ACCENT = "OPS/caf\N{LATIN SMALL LETTER E WITH ACUTE}.xhtml"


@pytest.mark.parametrize(
    "data",
    [
        book({"OPS/one.xhtml": ONE, "OPS/two.xhtml": TWO}, ("/OPS/one.xhtml", "/OPS/two.xhtml")),
        book({"OPS/a b.xhtml": ONE, ACCENT: TWO}, ("a%20b.xhtml", "caf%C3%A9.xhtml")),
        book({"OPS/a%20b.xhtml": ONE, "OPS/two.xhtml": TWO}, ("a%20b.xhtml", "two.xhtml")),
        book({"OPS/one.xhtml": ONE, unicodedata.normalize("NFD", ACCENT): TWO},
             ("one.xhtml", "café.xhtml")),
        book({"OPS/One.XHTML": ONE, "OPS/two.xhtml": TWO}, ("one.xhtml", "TWO.xhtml")),
        book({"OPS/one.xhtml": ONE, "OPS/two.xhtml": TWO}, ("one.xhtml", "two.xhtml"),
             container=None),
        book({"OPS/one.xhtml": ONE, "OPS/two.htm": TWO}, ("one.xhtml", "two.htm"),
             types=("application/octet-stream", "")),
        book({"OPS/one.xhtml": ONE, "OPS/two.xhtml": TWO}, ("one.xhtml", "two.xhtml"),
             head='<?xml version="1.0"?><!DOCTYPE package [<!ENTITY who "Ada">]>'),
    ],
    ids=["absolute", "percent", "percent in the name", "composed", "case", "no container",
         "media type", "entity"],
)  # fmt: skip
def test_the_chapters_are_found(data: bytes) -> None:
    assert headings(data) == ["Salt", "Roads"]


def test_a_chapter_of_plain_text() -> None:
    files = {"OPS/one.txt": f"{LONG}\n\n{LONG}", "OPS/two.xhtml": TWO}
    document = opened(book(files, ("one.txt", "two.xhtml"), types=("text/plain", "text/html")))
    assert [block.text for block in document.blocks].count(LONG.strip()) == 3


def test_of_a_switch_only_what_everyone_sees_is_read() -> None:
    switch = (
        "<epub:switch><epub:case><p>For few.</p></epub:case>"
        "<epub:default><p>For all.</p></epub:default></epub:switch>"
    )
    document = opened(book({"OPS/one.xhtml": page(f"<p>{LONG}</p>{switch}")}, ("one.xhtml",)))
    assert [block.text for block in document.blocks][-1] == "For all."
    assert [one.text for one in document.left_out] == ["For few."]


def test_words_set_side_by_side_by_their_places_are_parted() -> None:
    words = "".join(f'<span style="position:absolute">{word}</span>' for word in LONG.split())
    document = opened(book({"OPS/one.xhtml": page(f"<div>{words}</div>")}, ("one.xhtml",)))
    assert document.blocks[-1].text == LONG.strip()
