"""Word documents, written here by hand: structure survives, nothing is lost, nothing gets out."""

from __future__ import annotations

import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Block, Document, LeftOutKind, MarkKind, Source
from desktop.reading.docx import read_docx
from desktop.reading.limits import DEFAULT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="urn:a" xmlns:wp="urn:wp" xmlns:m="urn:m" '
    'xmlns:mc="urn:mc" xmlns:v="urn:v"'
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "ffff3f0005fe02fea735e8480000000049454e44ae426082"
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/>
  <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="SourceCode"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/>
  <w:rPr><w:i/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
    <w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
  <w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
PARTS = {"styles": STYLES, "numbering": NUMBERING}
RELATIONS = {
    "picture": ("image", "media/pump.png", False),
    "site": ("hyperlink", "https://example.org/pump", True),
    "far": ("image", "https://example.org/far.png", True),
}


def p(text: str = "", style: str = "", numbered: str = "", inside: str = "") -> str:
    """Return a paragraph; ``numbered`` is "numId ilvl"."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        list_id, depth = numbered.split()
        told += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{told}</w:pPr>{run}{inside}</w:p>"


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """Return a Word document with ``body``; ``parts`` are further parts by kind."""
    roots = {"footnotes": "footnotes", "header": "hdr", "comments": "comments"}
    stored = {**PARTS, **parts}
    mode = {True: "External", False: "Internal"}
    relations = [
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}" '
        f'TargetMode="{mode[external]}"/>'
        for key, (kind, target, external) in RELATIONS.items()
    ] + [f'<Relationship Id="p{k}" Type="{R}/{k}" Target="{k}.xml"/>' for k in stored]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/_rels/document.xml.rels",
                         f"<Relationships>{''.join(relations)}</Relationships>")  # fmt: skip
        archive.writestr("word/document.xml",
                         f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")  # fmt: skip
        for kind, content in stored.items():
            root = roots.get(kind, kind)
            archive.writestr(f"word/{kind}.xml", f"<w:{root} {NAMES}>{content}</w:{root}>")
        archive.writestr("word/media/pump.png", PIXEL)
        archive.writestr("docProps/core.xml", f"<c>{core}</c>")
    return stream.getvalue()


def document(body: str, core: str = "", **parts: str) -> Document:
    return assemble(read_docx(docx(body, core, **parts), DEFAULT), Source("x.docx", "0", "docx"))


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, int | None, str]]:
    return [(block.kind.value, block.level, block.text) for block in blocks]


def marked(block: Block, kind: MarkKind) -> list[str]:
    return [block.text[m.start : m.end] for m in block.marks if m.kind is kind]


LONG = "The pump at the corner had served the street since before anyone living was born. "


def test_styles_tell_titles_headings_quotes_captions_and_code() -> None:
    body = (
        p("The Pump", "Titel") + p("How it began", "Mine") + p(LONG * 2) + p("Within", "Deep")
        + p("She said so.", "Zitat") + p("x = 1", "SourceCode") + p("y = 2", "SourceCode")
        + p("Figure 1: The handle", "Beschriftung")
    )  # fmt: skip
    assert shown(document(body).blocks) == [
        ("title", None, "The Pump"), ("heading", 1, "How it began"),
        ("paragraph", None, (LONG * 2).strip()), ("heading", 3, "Within"),
        ("quote", None, "She said so."), ("code", None, "x = 1\ny = 2"),
        ("caption", None, "Figure 1: The handle"),
    ]  # fmt: skip


def test_the_numbers_that_word_generates_are_part_of_the_text() -> None:
    body = (
        p(LONG * 2) + p("one", numbered="1 0") + p("deeper", numbered="1 1")
        + p("deeper still", numbered="1 1") + p("two", numbered="1 0") + p("again", numbered="1 1")
        + p("bullet", numbered="2 0") + p("seven", numbered="3 0") + p("eight", numbered="3 0")
        + p("Numbered", "berschrift1", "3 0")
    )  # fmt: skip
    assert shown(document(body).blocks)[1:] == [
        ("list_item", 1, "1. one"), ("list_item", 2, "1.a) deeper"),
        ("list_item", 2, "1.b) deeper still"), ("list_item", 1, "2. two"),
        ("list_item", 2, "2.a) again"), ("list_item", 1, "bullet"), ("list_item", 1, "7. seven"),
        ("list_item", 1, "8. eight"), ("heading", 1, "9. Numbered"),
    ]  # fmt: skip


def test_runs_keep_their_formatting_and_their_links() -> None:
    inside = (
        '<w:r><w:t xml:space="preserve">A </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bo</w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>ld</w:t></w:r><w:r><w:tab/></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="Emphasis"/></w:rPr><w:t>word</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Emphasis"/><w:i w:val="0"/></w:rPr><w:t>, </w:t></w:r>'
        '<w:hyperlink r:id="site"><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>site</w:t></w:r>'
        "</w:hyperlink><w:r><w:noBreakHyphen/></w:r>"
        '<w:hyperlink w:anchor="end"><w:r><w:t>below</w:t></w:r></w:hyperlink>'
    )
    blocks = document(
        p(LONG * 2) + p(inside=inside) + p("The end.", inside='<w:bookmarkStart w:name="end"/>')
    ).blocks
    assert blocks[1].text == "A bold word, site‑below"
    assert marked(blocks[1], MarkKind.STRONG) == ["bold"]
    assert marked(blocks[1], MarkKind.EMPHASIS) == ["word"]
    assert [m.target for m in blocks[1].marks if m.target] == ["https://example.org/pump", "#end"]
    assert blocks[2].anchor == "end"


def test_fields_show_their_result_and_the_table_of_contents_is_left_out() -> None:
    def field(instruction: str, result: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
        return (
            f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            f"{mark('separate')}<w:r><w:t>{result}</w:t></w:r>{mark('end')}"
        )

    body = (
        p("The Pump 2", "TOC1") + p(inside=field(" TOC \\o ", "The Handle 3")) + p(LONG * 2)
        + p(inside=field('HYPERLINK "https://example.org/a"', "see there"))
    )  # fmt: skip
    read = document(body)
    assert [block.text for block in read.blocks[1:]] == ["see there"]
    assert read.blocks[1].marks[0].target == "https://example.org/a"
    assert [(o.kind, o.text) for o in read.left_out] == [
        (LeftOutKind.NAVIGATION, "The Pump 2"), (LeftOutKind.NAVIGATION, "The Handle 3"),
    ]  # fmt: skip


def test_notes_are_linked_and_stand_at_the_end() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="5">{p("Second one.")}{p("With more.")}</w:footnote>'
        f'<w:footnote w:id="9">{p("First one.")}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    blocks = document(p(LONG * 2, inside=mark(9) + mark(5)), footnotes=notes).blocks
    assert blocks[0].text.endswith("born. [1][2]")
    assert [(b.kind.value, b.text) for b in blocks[1:]] == [
        ("footnote", "[1] First one."), ("footnote", "[2] Second one."),
        ("footnote", "With more."),
    ]  # fmt: skip
    assert [m.target for m in blocks[0].marks] == [f"#{blocks[1].anchor}", f"#{blocks[2].anchor}"]


def test_tables_keep_rows_and_columns_and_layout_does_not() -> None:
    def cell(text: str, span: int = 1) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(text)}</w:tc>'

    data = f"<w:tbl><w:tr>{cell('Street')}{cell('Pumps')}</w:tr><w:tr>{cell('Both', 2)}</w:tr>"
    frame = f"<w:tbl><w:tr><w:tc>{p('Boxed.')}{p('Twice.')}</w:tc></w:tr></w:tbl>"
    blocks = document(p(LONG * 2) + data + "</w:tbl>" + frame).blocks
    assert shown(blocks)[1:] == [
        ("table", None, "Street\tPumps\nBoth\t"), ("paragraph", None, "Boxed."),
        ("paragraph", None, "Twice."),
    ]  # fmt: skip


def test_tracked_changes_are_accepted_and_what_they_took_is_left_out() -> None:
    inside = (
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r>"
        "</w:del>"
    )
    comments = f"<w:comment>{p('Really?')}</w:comment>"
    read = document(p(LONG * 2) + p(inside=inside), comments=comments, header=p("The Gazette"))
    assert read.blocks[1].text == "new"
    assert [(o.kind.value, o.text) for o in read.left_out] == [
        ("boilerplate", "old"), ("boilerplate", "Really?"), ("running_head", "The Gazette"),
    ]  # fmt: skip


def test_pictures_and_text_boxes_stand_after_their_paragraph_once() -> None:
    picture = (
        '<w:r><w:drawing><wp:docPr descr="A pump"/><a:blip r:embed="picture"/></w:drawing></w:r>'
    )
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    far = '<w:r><w:drawing><a:blip r:link="far"/></w:drawing></w:r>'
    read = document(p(LONG * 2, inside=picture + twice + far))
    assert [(b.kind.value, b.text) for b in read.blocks[1:]] == [
        ("figure", "A pump"), ("paragraph", "In the box."),
    ]  # fmt: skip
    assert [(one.media_type, one.data) for one in read.pictures] == [("image/png", PIXEL)]
    assert read.blocks[1].picture == read.pictures[0].name
    assert "was not fetched" in read.warnings[0]


def test_formulas_are_written_on_one_line() -> None:
    def run(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    inside = (
        f"<m:oMath>{run('y=')}<m:f><m:num>{run('a+b')}</m:num><m:den><m:sSup><m:e>{run('x')}</m:e>"
        f"<m:sup>{run('2')}</m:sup></m:sSup></m:den></m:f></m:oMath>"
    )
    assert document(p(LONG * 2) + p(inside=inside)).blocks[1].text == "y=(a+b)/(x^2)"


def test_what_the_file_says_of_itself_completes_the_text() -> None:
    core = (
        "<title>The Pump</title><creator>Ada Quill; user</creator><created>1854-09-08T00</created>"
    )
    read = document(p("THE PUMP") + p(LONG * 2), core)
    assert (read.title, read.authors, read.date) == ("THE PUMP", ("Ada Quill",), "1854-09-08")
    dated = document(p("By Jo Marsh, 3 May 1901") + p(LONG * 2), core)
    assert (dated.authors, dated.date) == (("Jo Marsh",), "1901-05-03")


@pytest.mark.parametrize("body", ["", p("") * 3])
def test_a_document_without_text_is_refused(body: str) -> None:
    with pytest.raises(InputError, match="holds no text"):
        document(body)


def test_a_container_without_its_text_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(InputError, match="missing"):
        read_docx(stream.getvalue(), DEFAULT)
