"""EPUB books, packed here by hand: order, notes, pages, pictures, damage, locks."""

from __future__ import annotations

import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Block, Document, LeftOutKind, Source
from desktop.reading.epub import read_epub
from desktop.reading.limits import DEFAULT

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "ffff3f0005fe02fea735e8480000000049454e44ae426082"
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
TYPES = {"xhtml": "application/xhtml+xml", "html": "text/html", "png": "image/png",
         "svg": "image/svg+xml", "ncx": "application/x-dtbncx+xml", "xyz": "x/unknown"}  # fmt: skip
METADATA = (
    "<dc:title>Salt Roads</dc:title><dc:creator>Ada Quill</dc:creator>"
    "<dc:date>1911-04-02</dc:date><dc:language>en</dc:language>"
)
LONG = "The carts came down from the pans at dusk, and the drivers counted what they had sold. "


def page(body: str, head: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title>{head}</head><body>{body}</body></html>"
    )


def epub(
    files: dict[str, str | bytes], spine: str = "", metadata: str = METADATA, manifest: str = "",
    tail: str = "", outside: dict[str, str] | None = None,
) -> bytes:  # fmt: skip
    """Return a book of ``files``; the pages among them are the spine unless it is given."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="{TYPES[name.rpartition(".")[2]]}"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
        for name in files
    )
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in files
                             if name.endswith("html") and name != "nav.xhtml")  # fmt: skip
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}{manifest}</manifest>"
        f'<spine toc="toc.ncx">{order}</spine>{tail}</package>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, data in files.items():
            archive.writestr(f"OPS/{name}", data)
        for name, data in (outside or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def document(*arguments: object, **named: object) -> Document:
    data = epub(*arguments, **named)  # type: ignore[arg-type]
    return assemble(read_epub(data, DEFAULT), Source("x.epub", "0", "epub"))


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, int | None, str]]:
    return [(block.kind.value, block.level, block.text) for block in blocks]


def test_chapters_come_in_the_order_of_the_spine_once() -> None:
    files = {"b.xhtml": page(f"<h1>Two</h1><p>{LONG}</p>"), "a.xhtml": page("<h1>One</h1>"),
             "c.xhtml": page("<p>Aside.</p>")}  # fmt: skip
    order = (
        '<itemref idref="c.xhtml" linear="no"/><itemref idref="a.xhtml"/>'
        '<itemref idref="b.xhtml"/><itemref idref="a.xhtml"/><itemref idref="gone"/>'
    )
    read = document(files, order)
    assert shown(read.blocks) == [
        ("title", None, "Salt Roads"), ("heading", 1, "One"), ("heading", 1, "Two"),
        ("paragraph", None, LONG.strip()), ("paragraph", None, "Aside."),
    ]  # fmt: skip
    assert (read.title, read.authors, read.date, read.language) == (
        "Salt Roads", ("Ada Quill",), "1911-04-02", "en",
    )  # fmt: skip


def test_the_contents_name_chapters_that_have_no_heading() -> None:
    nav = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">The Pans</a><ol>'
        '<li><a href="a.xhtml#s">Dusk</a></li></ol></li><li><a href="b.xhtml">Told</a></li></ol>'
        "</nav>"
    )
    files = {"nav.xhtml": nav, "a.xhtml": page(f'<p>{LONG}</p><p id="s">{LONG}</p>'),
             "b.xhtml": page(f"<p>TOLD.</p><p>{LONG}</p>")}  # fmt: skip
    read = document(files)
    assert [(kind, level, text[:9]) for kind, level, text in shown(read.blocks)] == [
        ("title", None, "Salt Road"), ("heading", 1, "The Pans"), ("paragraph", None, "The carts"),
        ("heading", 2, "Dusk"), ("paragraph", None, "The carts"), ("heading", 1, "TOLD."),
        ("paragraph", None, "The carts"),
    ]  # fmt: skip
    assert [(o.kind, o.text) for o in read.left_out] == [
        (LeftOutKind.NAVIGATION, "The Pans\nDusk\nTold")
    ]


def test_epub_2_names_chapters_and_pages_in_its_own_way() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Pans'
        '</text></navLabel><content src="a.xhtml"/></navPoint></navMap><pageList>'
        '<pageTarget><navLabel><text>12</text></navLabel><content src="a.xhtml#p"/></pageTarget>'
        "</pageList></ncx>"
    )
    body = page(f'<p>{LONG}</p><p><a id="p"/>{LONG}</p><p>End.</p>')
    blocks = document({"toc.ncx": ncx, "a.xhtml": body}).blocks
    assert blocks[1].text == "Pans"
    assert [block.page for block in blocks[1:]] == [None, None, "12", "12"]


def test_notes_and_links_lead_across_chapters() -> None:
    text = (
        f'<h1>One</h1><p>{LONG}<a epub:type="noteref" href="n.xhtml#n1">1</a> See '
        '<a href="n.xhtml">there</a>, <a href="gone.xhtml">nowhere</a>, '
        '<a href="https://example.org/">out</a>.</p>'
    )
    notes = '<aside epub:type="footnote" id="n1"><p>By weight.</p></aside><p>After.</p>'
    blocks = document({"a.xhtml": page(text), "n.xhtml": page(notes)}).blocks
    paragraph, note = blocks[2], blocks[3]
    assert (note.kind.value, note.text) == ("footnote", "[1] By weight.")
    assert "sold. [1] See there, nowhere, out." in paragraph.text
    assert [m.target for m in paragraph.marks] == [f"#{note.anchor}"] * 2 + ["https://example.org/"]


def test_pictures_come_from_the_book_alone() -> None:
    body = (
        f'<h1>One</h1><p>{LONG}</p><img src="pan%20one.png" alt="A pan"/><img src="https://x.example'
        '/far.png" alt="Far"/><img src="../../../etc/passwd" alt="Out"/><img src="gone.png"/>'
    )
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>Map of the pans</text></svg>'
    files: dict[str, str | bytes] = {"a.xhtml": page(body), "m.svg": svg, "pan one.png": PIXEL}
    order = '<itemref idref="a.xhtml"/><itemref idref="m.svg"/>'
    read = document(files, order)
    assert [(b.text, b.picture) for b in read.blocks if b.kind.value == "figure"] == [
        ("A pan", "OPS/pan one.png"), ("Far", None), ("Out", None),
        ("Map of the pans", "OPS/m.svg"),
    ]  # fmt: skip
    assert sorted(one.media_type for one in read.pictures) == ["image/png", "image/svg+xml"]
    assert any("was not fetched" in warning for warning in read.warnings)
    assert any("gone.png is missing" in warning for warning in read.warnings)


def test_a_cover_that_no_chapter_shows_stands_on_top() -> None:
    files: dict[str, str | bytes] = {"a.xhtml": page(f"<p>{LONG}</p>"), "c.png": PIXEL}
    old = METADATA + '<meta name="cover" content="c.png"/>'
    assert document(files, metadata=old).blocks[0].picture == "OPS/c.png"


def test_a_chapter_that_is_no_well_formed_xml_is_read_as_html() -> None:
    body = f"<h1>One</h1><p>{LONG}<br>Salt &amp; brine &mdash; it&rsquo;s &nbsp;sold<p>Fish & chips"
    assert [b.text for b in document({"a.xhtml": page(body)}).blocks[2:]] == [
        f"{LONG.strip()}\nSalt & brine — it’s \xa0sold", "Fish & chips",
    ]  # fmt: skip
    whole = page(f'<h1>One</h1><p>{LONG}<a id="x"/>it&rsquo;s &lt;old&gt;</p>')
    prologue = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "a" "b">'
    assert document({"a.xhtml": prologue + whole}).blocks[2].text == f"{LONG}it’s <old>"


def test_a_page_of_contents_is_no_text() -> None:
    links = "".join(f'<p><a href="a.xhtml#c{n}">Chapter {n}</a></p>' for n in range(5))
    files = {"t.xhtml": page(f"<h1>Contents</h1>{links}"), "a.xhtml": page(f"<p>{LONG}</p>")}
    read = document(files)
    assert [b.text for b in read.blocks] == ["Salt Roads", LONG.strip()]
    assert read.left_out[0].text.startswith("Contents\nChapter 0\nChapter 1")


def test_missing_parts_are_told_and_the_rest_is_read() -> None:
    files = {"a.xhtml": page(f"<h1>One</h1><p>{LONG}</p>")}
    manifest = '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
    read = document(files, '<itemref idref="b"/><itemref idref="a.xhtml"/>', manifest=manifest)
    assert read.blocks[1].text == "One"
    assert read.warnings == ("A part of the book, b.xhtml, is missing in the file.",)
    with pytest.raises(InputError, match="none of its chapters"):
        document({}, '<itemref idref="b"/>', manifest=manifest)


def test_a_fallback_stands_in_for_what_cant_be_shown() -> None:
    files = {"a.xhtml": page(f"<p>{LONG}</p>")}
    manifest = '<item id="q" href="q.xyz" media-type="x/unknown" fallback="a.xhtml"/>'
    assert document(files, '<itemref idref="q"/>', manifest=manifest).blocks[1].text == LONG.strip()


@pytest.mark.parametrize(
    ("method", "opens"),
    [("http://www.idpf.org/2008/embedding", True), ("http://www.w3.org/2001/04/xmlenc#aes128", 0)],
)
def test_a_copy_protected_book_says_so_and_obfuscated_fonts_dont_matter(
    method: str, opens: bool
) -> None:
    encryption = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{method}"/><e:CipherData><e:CipherReference '
        'URI="OPS/a.xhtml"/></e:CipherData></e:EncryptedData></encryption>'
    )
    outside = {"META-INF/encryption.xml": encryption}
    if opens:
        assert document({"a.xhtml": page(f"<p>{LONG}</p>")}, outside=outside).blocks
    else:
        with pytest.raises(InputError, match="DRM"):
            document({"a.xhtml": page(f"<p>{LONG}</p>")}, outside=outside)


def test_what_the_package_says_of_author_and_title() -> None:
    metadata = (
        '<dc:title id="s">A Tale</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:title>Salt Roads</dc:title><dc:creator id="c">Quill, Ada</dc:creator>'
        '<dc:creator id="i">Jo Marsh</dc:creator><meta refines="#i" property="role">ill</meta>'
        "<dc:creator>Unknown</dc:creator><dc:date>0101-01-01</dc:date><dc:language>fra</dc:language>"
    )
    read = document({"a.xhtml": page("<p>Salt Roads</p><p>Sel.</p>")}, metadata=metadata)
    assert (read.title, read.authors, read.date, read.language) == (
        "Salt Roads", ("Ada Quill",), None, "fr",
    )  # fmt: skip
    assert len(read.blocks) == 2


def test_readings_of_words_stand_in_brackets() -> None:
    body = "<p><ruby>塩<rt>しお</rt></ruby>の<ruby>道<rp>（</rp><rt>みち</rt><rp>）</rp></ruby></p>"
    assert document({"a.xhtml": page(body)}).blocks[1].text == "塩(しお)の道（みち）"
