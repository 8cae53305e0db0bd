"""One small real file of each format, written by us: the same essay as far as a format can say it.

The table of formats and features (``test_formats.py``) is held against them, and fuzzing
(``tests/benchmarks/fuzz.py``) starts from them. A format that is added gets its row here.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

from tests.reading.pdf_files import Sheet
from tests.reading.pictures import png
from tests.reading.test_docx import docx, p
from tests.reading.test_epub import epub, page
from tests.reading.test_odt import odt

ONE = (
    "The village had three wells before the war, and each of them was named after the family "
    "that had dug it."
)
TWO = (
    "The oldest was lined with stone from the church that burned in 1790, and its water was said "
    "to taste of smoke."
)

PLAIN = f"""Three Wells

By Ida Kern

{ONE}

CHAPTER II

{TWO}

- a bucket
- a rope

Name\tDepth
Upper\t12
Lower\t30
"""

MARKDOWN = f"""---
author: Ida Kern
date: 1932-05-01
lang: en
---

# Three Wells

{ONE}[^1] It is *old*, see [the map](https://maps.example/).

## The oldest

{TWO}

> Who drinks comes back.

1. a bucket
2. a rope

```
depth = 12
```

| Name | Depth |
|---|---|
| Upper | 12 |

![A well](well.png "The upper well")

[^1]: So they say.
"""

_BODY = f"""<h1>Three Wells</h1><p>{ONE}<a href="#fn1" class="footnote-ref" role="doc-noteref">
<sup>1</sup></a> It is <em>old</em>, see <a href="https://maps.example/">the map</a>.</p>
<h2>The oldest</h2><p>{TWO}</p><p lang="de">Der Brunnen.</p>
<blockquote><p>Who drinks comes back.</p></blockquote>
<ol><li>a bucket</li><li>a rope</li></ol><pre><code>depth = 12</code></pre>
<table><tr><th>Name</th><th>Depth</th></tr><tr><td>Upper</td><td>12</td></tr></table>
<figure><img src="PICTURE" alt="A well"/><figcaption>The upper well</figcaption></figure>
<section class="footnotes" role="doc-endnotes"><ol>
<li id="fn1"><p>So they say.</p></li></ol></section>
"""
_DATA = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
HTML = f"""<!DOCTYPE html><html lang="en"><head><title>Three Wells</title>
<meta name="author" content="Ida Kern"><meta name="date" content="1932-05-01"></head>
<body><nav><a href="/">Home</a></nav>{_BODY.replace("PICTURE", _DATA)}</body></html>"""

FB2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>
<author><first-name>Ida</first-name><last-name>Kern</last-name></author>
<book-title>Three Wells</book-title><date value="1932-05-01"/><lang>en</lang></title-info>
</description><body><title><p>Three Wells</p></title><section><p>{ONE}
<a l:href="#n1" type="note">1</a> It is <emphasis>old</emphasis>, see
<a l:href="https://maps.example/">the map</a>.</p><section><title><p>The oldest</p></title>
<p>{TWO}</p><cite><p>Who drinks comes back.</p></cite>
<table><tr><th>Name</th><th>Depth</th></tr><tr><td>Upper</td><td>12</td></tr></table>
<image l:href="#well.png" alt="A well"/></section></section></body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>So they say.</p></section></body>
<binary id="well.png" content-type="image/png">{base64.b64encode(png()).decode()}</binary>
</FictionBook>"""


def zipped_book() -> bytes:
    """Return the FictionBook in a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("book.fb2", FB2)
    return stream.getvalue()


def word_document() -> bytes:
    """Return the essay as a Word document."""
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
    first = (
        '<w:r><w:footnoteReference w:id="5"/></w:r>' + run(" It is ")
        + '<w:r><w:rPr><w:i/></w:rPr><w:t>old</w:t></w:r>' + run(", see ")
        + f'<w:hyperlink r:id="site">{run("the map")}</w:hyperlink>'
        + run(".")
    )  # fmt: skip
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Name", "Depth"), ("Upper", "12"))
    )
    picture = (
        '<w:r><w:drawing><wp:docPr descr="A well"/><a:blip r:embed="picture"/></w:drawing></w:r>'
    )
    body = (
        p("Three Wells", "Titel") + p(ONE, inside=first) + p("The oldest", "berschrift1") + p(TWO)
        + p("Who drinks comes back.", "Zitat") + p("a bucket", numbered="1 0")
        + p("a rope", numbered="1 0") + p("depth = 12", "SourceCode") + f"<w:tbl>{rows}</w:tbl>"
        + p(inside=picture) + p("The upper well", "Beschriftung")
    )  # fmt: skip
    note = f'<w:footnote w:id="5">{p("So they say.")}</w:footnote>'
    core = "<creator>Ida Kern</creator><created>1932-05-01T00:00:00Z</created>"
    return docx(body, core, footnotes=note)


def book() -> bytes:
    """Return the essay as an EPUB, with the page on which it begins in print."""
    start = '<span epub:type="pagebreak" id="p7" title="7"/>'
    body = start + _BODY.replace("PICTURE", "well.png")
    metadata = (
        '<dc:title>Three Wells</dc:title><dc:creator>Ida Kern</dc:creator><dc:language>en'
        "</dc:language><dc:date>1932-05-01</dc:date>"
    )  # fmt: skip
    return epub({"one.xhtml": page(body), "well.png": png()}, metadata=metadata)


def open_document() -> bytes:
    """Return the essay as an OpenDocument text."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    rows = "".join(
        f"<table:table-row>{cell(one)}{cell(other)}</table:table-row>"
        for one, other in (("Name", "Depth"), ("Upper", "12"))
    )
    items = "".join(
        f"<text:list-item><text:p>{item}</text:p></text:list-item>"
        for item in ("a bucket", "a rope")
    )
    note = (
        '<text:note text:id="n1"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>So they say.</text:p></text:note-body></text:note>"
    )
    styled = '<text:p text:style-name="{}">{}</text:p>'.format
    picture = '<draw:image xlink:href="Pictures/lamp.png"/><svg:title>A well</svg:title>'
    body = (
        styled("Title", "Three Wells")
        + f'<text:p>{ONE}{note} It is <text:span text:style-name="I">old</text:span>, see '
        '<text:a xlink:href="https://maps.example/">the map</text:a>.</text:p>'
        f'<text:h text:outline-level="1">The oldest</text:h><text:p>{TWO}</text:p>'
        + styled("P1", "Who drinks comes back.")
        + f'<text:list text:style-name="L">{items}</text:list>'
        + styled("Preformatted_20_Text", "depth = 12")
        + f"<table:table>{rows}</table:table><text:p><draw:frame>{picture}</draw:frame></text:p>"
        + styled("Caption", "The upper well")
    )
    meta = (
        "<meta:initial-creator>Ida Kern</meta:initial-creator>"
        "<meta:creation-date>1932-05-01T00:00:00</meta:creation-date>"
    )
    return odt(body, meta=meta)


def rich_text() -> bytes:
    """Return the essay as an RTF document."""
    head = (
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}{\f1\fmodern Courier New;}}"
        r"{\stylesheet{\s0 Normal;}"
        r"{\s1 Title;}{\s2\outlinelevel0 heading 1;}{\s3 Quote;}{\s4 Source Code;}{\s5 caption;}}"
        r"{\info{\title Three Wells}{\author Ida Kern}{\creatim\yr1932\mo5\dy1}}"
    )
    link = r'{\field{\*\fldinst{HYPERLINK "https://maps.example/"}}{\fldrslt the map}}'
    body = (
        r"\pard\s1 Three Wells\par\pard " + ONE
        + r"{\super\chftn}{\footnote\pard{\super\chftn} So they say.} It is {\i old}, see "
        + link + r".\par\pard\s2 The oldest\par\pard " + TWO
        + r"\par\pard\s3 Who drinks comes back.\par"
        r"\pard{\listtext 1.\tab}\ilvl0 a bucket\par\pard{\listtext 2.\tab}\ilvl0 a rope\par"
        r"\pard\s4 depth = 12\par\trowd\cellx1\cellx2\pard\intbl Name\cell Depth\cell\row"
        r"\trowd\pard\intbl Upper\cell 12\cell\row"
        r"\pard{\*\shppict{\pict\pngblip " + png().hex() + r"}}\par\pard\s5 The upper well\par}"
    )  # fmt: skip
    return (head + body).encode("cp1252")


def printed() -> bytes:
    """Return the essay as a PDF of one page."""
    sheet = Sheet()
    sheet.put(60, 80, "Three Wells", 20, "B")
    y = sheet.flow(sheet.lines(ONE, 470), 60, 120)
    sheet.put(60, y + 20, "The oldest", 14, "B")
    sheet.flow(sheet.lines(TWO, 470), 60, y + 44)
    return bytes(sheet.pdf.output())


#: The key of a format → what makes its files; the first is the one of the table.
SPECIMENS: dict[str, tuple[Callable[[], bytes], ...]] = {
    "txt": (PLAIN.encode,),
    "md": (MARKDOWN.encode,),
    "html": (HTML.encode,),
    "epub": (book,),
    "docx": (word_document,),
    "pdf": (printed,),
    "fb2": (FB2.encode, zipped_book),
    "odt": (open_document,),
    "rtf": (rich_text,),
}
