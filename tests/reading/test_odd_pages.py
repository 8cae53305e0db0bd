"""Web pages that are built in odd ways: the text is found all the same."""

from __future__ import annotations

import base64

import pytest

from desktop.errors import InputError
from desktop.reading.document import Document
from desktop.reading.limits import DEFAULT
from desktop.reading.opener import read_document
from desktop.reading.xml_tree import parse_xhtml
from tests.reading.pictures import png

SAID = "The kiln was fired on the first dry night of the year, and the whole street stayed up. "
TEXT = "".join(f"<p>{number}. {SAID * 2}</p>" for number in range(4))
LINKS = '<div><a href="/">Home</a> <a href="/n">News</a></div>'
FOOT = '<div><a href="/c">Contact</a> <a href="/p">Privacy</a></div>'


def read(body: str, head: str = "") -> Document:
    page = (
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Kilns - The Bulletin"
        f"</title>{head}</head><body>{body}</body></html>"
    )
    return read_document(page.encode(), name="page.html")


def running(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind.value != "title"]


@pytest.mark.parametrize(
    "body",
    [
        f'<form method="post">{LINKS}<h1>Kilns</h1><div>{TEXT}</div>{FOOT}</form><p>Loading</p>',
        f'{LINKS}<div class="content-sidebar-wrap"><h1>Kilns</h1>{TEXT}</div>{FOOT}',
        f'{LINKS}<h1>Kilns</h1><div class="paywall">{TEXT}</div>{FOOT}',
        f'{LINKS}<x-y><template shadowrootmode="open"><h1>Kilns</h1>{TEXT}</template></x-y>{FOOT}',
        f'{FOOT}<div id="all" style="display: none"><h1>Kilns</h1>{TEXT}</div>',
        f'{LINKS}<div class="story"><h1>Kilns</h1>{TEXT}</div><div id="comments"><h3>Comments</h3>'
        + f'<div class="comment"><p>{SAID * 6}</p></div>' * 9
        + "</div>",
    ],
    ids=["form", "name", "paywall", "shadow root", "hidden", "comments"],
)
def test_the_text_is_found_whatever_its_part_is_called(body: str) -> None:
    document = read(body)
    assert document.title == "Kilns"
    assert running(document) == [f"{number}. {(SAID * 2).strip()}" for number in range(4)]


def test_the_paragraph_before_a_paywall_belongs_to_the_text() -> None:
    document = read(
        f'{LINKS}<div><h1>Kilns</h1><p>{SAID}</p><div class="subscriber-content">{TEXT}</div></div>'
    )
    assert running(document)[0] == SAID.strip()
    assert len(running(document)) == 5


def test_a_page_without_text_gives_the_one_in_its_structured_data() -> None:
    lines = '"' + "\\n\\n".join([SAID * 3] * 2) + '"'
    data = f'{{"@type": "NewsArticle", "headline": "Kilns", "articleBody": {lines}}}'
    document = read(
        f'<div id="root"></div>{FOOT}', f'<script type="application/ld+json">{data}</script>'
    )
    assert running(document) == [(SAID * 3).strip()] * 2
    assert [one.text for one in document.left_out] == ["Contact Privacy"]


def test_a_page_of_frames_is_refused() -> None:
    page = "<html><frameset cols='1,2'><frame src='a.html'><noframes>No.</noframes></frameset>"
    with pytest.raises(InputError, match="frames other pages"):
        read_document(page.encode(), name="old.html")


def test_a_picture_that_is_loaded_late_is_the_one_meant() -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    real = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    document = read(f'<article><h1>Kilns</h1>{TEXT}<img src="{dot}" data-src="{real}"></article>')
    assert document.pictures[0].data == png()


def test_a_page_saved_as_one_file_opens_with_its_pictures() -> None:
    page = f"<html><body><h1>Kilns</h1>{TEXT}<img src='https://k.example/k.png'></body></html>"
    parts = (
        "From: <Saved by a browser>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="--B"\n\n'
        "----B\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.b64encode(page.encode()).decode()}\n----B\nContent-Type: image/png\n"
        "Content-Transfer-Encoding: base64\nContent-Location: https://k.example/k.png\n\n"
        f"{base64.b64encode(png()).decode()}\n----B--\n"
    )
    document = read_document(parts.encode(), name="page.mhtml")
    assert (document.title, document.source.format) == ("Kilns", "html")
    assert document.pictures[0].data == png()


def test_an_encoding_that_shifts_between_alphabets() -> None:
    said = "窯は年の最初の乾いた夜に焚かれた。" * 9
    page = f'<meta charset="iso-2022-jp"><h1>窯</h1><p>{said}</p>'.encode("iso2022_jp")
    assert running(read_document(b"<html>" + page, name="page.html")) == [said]


def test_words_that_a_chapter_abbreviates_are_written_out() -> None:
    declared = '<!DOCTYPE html [<!ENTITY kiln "old kiln"><!ENTITY dash "&#8212;">]>'
    root = parse_xhtml(f"{declared}<html><p>The &kiln; &dash; cold.</p></html>", DEFAULT)
    assert "".join(root.itertext()) == "The old kiln — cold."
    nested = '<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
    assert parse_xhtml(f"{nested}<html><p>&c;</p></html>", DEFAULT) is not None
