"""FictionBook 2: sections, epigraphs, poems, notes, pictures, what the book says of itself."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.reading.document import BlockKind, Document
from desktop.reading.opener import read_document
from tests.reading.pictures import png

BOOK = f"""<?xml version="1.0" encoding="UTF-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>prose</genre>
<author><first-name>Ida</first-name><last-name>Kern</last-name></author>
<book-title>The Salt Road</book-title><annotation><p>A walk in winter.</p></annotation>
<date value="1932-05-01">1932</date><lang>en</lang></title-info>
<publish-info><publisher>Hill Press</publisher></publish-info></description>
<body><title><p>The Salt Road</p></title>
<epigraph><p>Salt is the sea that could not leave.</p>
<text-author>A proverb</text-author></epigraph>
<section><title><p>One</p><p>The gate</p></title><p>They left <emphasis>before</emphasis> dawn
<a l:href="#n1" type="note">1</a>.</p><empty-line/>
<poem><stanza><v>The road is white,</v><v>the road is long.</v></stanza></poem>
<section id="in"><title><p>Within</p></title><image l:href="#well.png" alt="A well"/>
<p>See <a l:href="#in">this part</a>.</p><subtitle>* * *</subtitle>
<cite><p>Who goes there?</p></cite>
<table><tr><th>Day</th><th>Miles</th></tr><tr><td>1</td><td>12</td></tr></table></section></section>
</body><body name="notes"><title><p>Notes</p></title>
<section id="n1"><title><p>1</p></title><p>Of the third of March.</p></section></body>
<binary id="well.png" content-type="image/png">{base64.b64encode(png()).decode()}</binary>
</FictionBook>"""
BLOCKS = [
    ("title", None, "The Salt Road"),
    ("byline", None, "Ida Kern"),
    ("standfirst", None, "A walk in winter."),
    ("quote", None, "Salt is the sea that could not leave."),
    ("quote", None, "A proverb"),
    ("heading", 1, "One\nThe gate"),
    ("paragraph", None, "They left before dawn [1]."),
    ("paragraph", None, "The road is white,\nthe road is long."),
    ("heading", 2, "Within"),
    ("figure", None, "A well"),
    ("paragraph", None, "See this part."),
    ("heading", 3, "* * *"),
    ("quote", None, "Who goes there?"),
    ("table", None, "Day\tMiles\n1\t12"),
    ("heading", 1, "Notes"),
    ("footnote", None, "[1] Of the third of March."),
]


def blocks(document: Document) -> list[tuple[str, int | None, str]]:
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def test_a_book_with_all_that_it_holds() -> None:
    book = read_document(BOOK.encode(), name="book.txt")
    assert blocks(book) == BLOCKS
    assert book.source.format == "fb2"
    assert (book.title, book.authors, book.date, book.language) == (
        "The Salt Road", ("Ida Kern",), "1932-05-01", "en",
    )  # fmt: skip
    assert "Hill Press" in book.left_out[0].text


def test_links_lead_to_notes_and_parts() -> None:
    book = read_document(BOOK.encode(), name="book.fb2")
    goals = [
        book.blocks[place].text
        for block in book.blocks
        for mark in block.marks
        if mark.target and (place := book.place_of(mark.target.removeprefix("#"))) is not None
    ]
    assert goals == ["[1] Of the third of March.", "Within"]


def test_the_picture_of_the_book_is_shown() -> None:
    book = read_document(BOOK.encode(), name="book.fb2")
    (figure,) = [block for block in book.blocks if block.kind is BlockKind.FIGURE]
    assert (figure.picture, book.pictures[0].data) == ("well.png", png())


def test_a_zipped_book_and_other_encodings() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("book.fb2", BOOK)
    assert blocks(read_document(stream.getvalue(), name="book.zip")) == BLOCKS
    russian = BOOK.replace("UTF-8", "windows-1251").replace("They left", "Они ушли")
    book = read_document(russian.encode("windows-1251"), name="book.fb2")
    assert "Они ушли before dawn [1]." in [block.text for block in book.blocks]
    assert (
        blocks(read_document(BOOK.replace("UTF-8", "UTF-16").encode("utf-16"), name="b")) == BLOCKS
    )


def test_a_damaged_book_keeps_what_can_be_understood() -> None:
    book = read_document(BOOK[: BOOK.index("<cite>")].encode(), name="book.fb2")
    assert blocks(book)[:5] == BLOCKS[:5]


@pytest.mark.parametrize(
    "data",
    [
        b"<FictionBook></FictionBook>",
        b"<?xml version='1.0'?><!DOCTYPE FictionBook [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
        b"<FictionBook><body><section><p>&b;</p></section></body></FictionBook>",
        b"<?xml version='1.0'?><!DOCTYPE FictionBook [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        b"<FictionBook><body><section><p>&x;</p></section></body></FictionBook>",
        b"<FictionBook><body>" + b"<section>" * 5000 + b"<p>x</p>",
    ],
)
def test_books_that_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^b\.fb2 can't be opened as an FB2 book: [^\n]+\.$"):
        read_document(data, name="b.fb2")
