"""OpenDocument texts, written here by hand: lists, notes, tables, frames, changes."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Document, Source
from desktop.reading.limits import DEFAULT
from desktop.reading.odt import read_odt
from desktop.reading.opener import read_document

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "ffff3f0005fe02fea735e8480000000049454e44ae426082"
)
SPACES = ("office", "text", "table", "style", "fo", "draw", "xlink", "svg", "dc", "meta")
NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in SPACES)
STYLES = """
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/>
</style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
"""
LONG = "The lamps along the quay were lit by hand until the winter of the great flood came. "


def odt(body: str, manifest: str = "", meta: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr("meta.xml", f"<office:meta {NAMES}>{meta}</office:meta>")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("Pictures/lamp.png", PIXEL)
    return stream.getvalue()


def document(body: str, **named: str) -> Document:
    data = odt(body, **named)
    return assemble(read_odt(data, DEFAULT), Source("x.odt", "0", "odt"))


def shown(body: str) -> list[tuple[str, int | None, str]]:
    blocks = document(f"<text:p>{LONG * 2}</text:p>{body}").blocks[1:]
    return [(block.kind.value, block.level, block.text) for block in blocks]


def test_headings_quotes_and_formatting() -> None:
    body = (
        '<text:h text:outline-level="2">Oil</text:h><text:p text:style-name="P1">So  they\n say.'
        '</text:p><text:p>A <text:span text:style-name="I">dim</text:span><text:s text:c="2"/>lamp'
        '<text:line-break/><text:a xlink:href="https://example.org/">here</text:a></text:p>'
    )
    assert shown(body) == [("heading", 2, "Oil"), ("quote", None, "So they say."),
                           ("paragraph", None, "A dim  lamp\nhere")]  # fmt: skip
    marks = document(f"<text:p>{LONG * 2}</text:p>{body}").blocks[3].marks
    assert [(m.kind.value, m.target) for m in marks] == [
        ("emphasis", None), ("link", "https://example.org/"),
    ]  # fmt: skip


def test_lists_are_numbered_nested_and_continued() -> None:
    def items(*texts: str) -> str:
        return "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)

    inner = f"<text:list>{items('<text:p>b</text:p>', '<text:p>c</text:p>')}</text:list>"
    first = items(f"<text:p>a</text:p>{inner}", "<text:p>d</text:p><text:p>on</text:p>")
    again = items("<text:p>e</text:p>")
    body = (
        f'<text:list text:style-name="L">{first}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{again}</text:list>'
        f'<text:list text:style-name="L">{again}</text:list>'
    )
    assert shown(body) == [
        ("list_item", 1, "1. a"), ("list_item", 2, "a) b"), ("list_item", 2, "b) c"),
        ("list_item", 1, "2. d"), ("paragraph", None, "on"), ("list_item", 1, "3. e"),
        ("list_item", 1, "1. e"),
    ]  # fmt: skip


def test_notes_tables_and_figures() -> None:
    note = (
        '<text:note text:id="n1"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Whale oil.</text:p></text:note-body></text:note>"
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    table = (
        f"<table:table><table:table-row>{cell('Quay')}{cell('Lamps')}</table:table-row>"
        f"<table:table-row>{cell('East')}{cell('12')}</table:table-row></table:table>"
    )
    frame = (
        '<draw:frame><draw:image xlink:href="Pictures/lamp.png"/><svg:title>A lamp</svg:title>'
        "</draw:frame><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
        "</draw:frame>"
    )
    body = f"<text:p>{LONG * 2}{note}</text:p>{table}<text:p>See.{frame}</text:p>"
    read = document(body)
    assert [(b.kind.value, b.text) for b in read.blocks[1:]] == [
        ("table", "Quay\tLamps\nEast\t12"), ("paragraph", "See."), ("figure", "A lamp"),
        ("paragraph", "In a box."), ("footnote", "[1] Whale oil."),
    ]  # fmt: skip
    assert read.blocks[0].marks[0].target == f"#{read.blocks[-1].anchor}"
    assert read.pictures[0].data == PIXEL


def test_what_was_deleted_and_the_contents_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes><text:table-of-content>"
        "<text:index-body><text:p>Oil 3</text:p></text:index-body></text:table-of-content>"
        f"<text:p>{LONG}</text:p>"
    )
    meta = "<meta:initial-creator>Ada Quill</meta:initial-creator>"
    meta += "<meta:creation-date>1911-02-03T10:00:00</meta:creation-date>"
    read = document(body, meta=meta)
    assert [(one.kind.value, one.text) for one in read.left_out] == [
        ("boilerplate", "old"), ("navigation", "Oil 3"),
    ]  # fmt: skip
    assert (read.authors, read.date) == (("Ada Quill",), "1911-02-03")


def test_a_locked_document_says_so() -> None:
    with pytest.raises(InputError, match="password"):
        document("<text:p>x</text:p>", manifest="<encryption-data/>")


def test_a_document_that_is_one_file() -> None:
    picture = f"<office:binary-data>{base64.b64encode(PIXEL).decode()}</office:binary-data>"
    flat = (
        f'<?xml version="1.0"?><office:document {NAMES} '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>'
        "<meta:initial-creator>Ada Quill</meta:initial-creator></office:meta><office:body>"
        f'<office:text><text:h text:outline-level="2">Oil</text:h><text:p>{LONG}</text:p><text:p>'
        f"<draw:frame><draw:image>{picture}</draw:image></draw:frame></text:p></office:text>"
        "</office:body></office:document>"
    )
    read = read_document(flat.encode(), name="lamps.fodt")
    assert [b.kind.value for b in read.blocks] == ["heading", "paragraph", "figure"]
    assert (read.source.format, read.authors) == ("odt", ("Ada Quill",))
    assert read.pictures[0].data == PIXEL
