"""Saved pages: the text with its title, authors and date; the rest left out, and told apart."""

from __future__ import annotations

import base64
from collections import Counter

import pytest

from desktop.errors import InputError
from desktop.reading.document import BlockKind, Document, LeftOutKind, MarkKind
from desktop.reading.opener import open_document, read_document
from tests.reading.pictures import png

SENTENCES = (
    "The keepers of the old lighthouse climbed two hundred steps each evening, and each carried "
    "a can of oil on the way up.",
    "In 1871 a new lamp arrived by ship, together with a clockwork that turned it once in a "
    "minute, so that sailors could tell the light from others.",
    "Nobody on the island had seen a machine of that size, and the priest blessed it before it "
    "was hoisted to the top of the tower.",
)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>The last keepers | Island Gazette</title>
<meta property="og:title" content="The last keepers">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "The last keepers",
"datePublished": "2019-03-04T09:00:00Z", "author": [{{"name": "Ann Lee"}}, {{"name": "Bo Reed"}}]}}
</script></head><body>
<header class="site-header"><a href="/">Island Gazette</a></header>
<nav><ul><li><a href="/news">News</a><li><a href="/sea">The sea</a></ul></nav>
<div class="page"><article><h1>The last keepers</h1><p class="byline">By Ann Lee and Bo Reed</p>
<p>{SENTENCES[0]}</p>
<div class="ad-slot"><p>Buy a lamp today! Lamps of all sizes, delivered.</p></div>
<figure><img src="page_files/tower.png" alt="A tower">
<figcaption>The tower in 1871</figcaption></figure>
<h2>A new lamp</h2><p>{SENTENCES[1]}</p><blockquote><p>{SENTENCES[2]}</p></blockquote>
<div class="related-stories"><h3>Related</h3><ul><li><a href="/a">Ships that passed</a></ul></div>
<ul><li>oil for the lamp<li>rope for the hoist</ul>
<p>Read more: <a href="/b">how the lamp was bought</a></p></article>
<section id="comments"><h3>Comments</h3><p>{SENTENCES[1][::-1]} First!</p></section></div>
<aside><h4>Most read</h4><p><a href="/c">Storm of the year</a></p></aside>
<footer>© 2019 Island Gazette. All rights reserved.</footer></body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "page_files").mkdir()
    (folder / "page_files" / "tower.png").write_bytes(png())
    path = folder / "page.txt"  # its content tells what it is
    path.write_text(PAGE, encoding="utf-8")
    return open_document(path)


def test_the_text_of_a_page_with_its_structure(page: Document) -> None:
    assert [(block.kind.value, block.text) for block in page.blocks] == [
        ("title", "The last keepers"),
        ("byline", "By Ann Lee and Bo Reed"),
        ("paragraph", SENTENCES[0]),
        ("figure", "A tower"),
        ("caption", "The tower in 1871"),
        ("heading", "A new lamp"),
        ("paragraph", SENTENCES[1]),
        ("quote", SENTENCES[2]),
        ("list_item", "oil for the lamp"),
        ("list_item", "rope for the hoist"),
    ]


def test_what_the_page_says_of_itself(page: Document) -> None:
    assert page.source.format == "html"
    assert (page.title, page.authors, page.date) == (
        "The last keepers", ("Ann Lee", "Bo Reed"), "2019-03-04",
    )  # fmt: skip
    assert page.language == "en"


def test_a_picture_beside_the_page_is_its_figure(page: Document) -> None:
    (figure,) = [block for block in page.blocks if block.kind is BlockKind.FIGURE]
    assert [picture.name for picture in page.pictures] == [figure.picture]
    assert page.pictures[0].data == png()


def test_the_rest_is_left_out_and_told_apart(page: Document) -> None:
    kinds = {piece.text: piece.kind for piece in page.left_out}
    advertisement = "Buy a lamp today! Lamps of all sizes, delivered."
    assert kinds[advertisement] is LeftOutKind.ADVERTISEMENT
    assert kinds["The sea"] is LeftOutKind.NAVIGATION
    assert kinds["Ships that passed"] is LeftOutKind.NAVIGATION
    assert kinds["Read more: how the lamp was bought"] is LeftOutKind.NAVIGATION
    assert kinds["© 2019 Island Gazette. All rights reserved."] is LeftOutKind.BOILERPLATE
    assert kinds[f"{SENTENCES[1][::-1]} First!"] is LeftOutKind.BOILERPLATE


def test_no_character_of_the_page_is_lost(page: Document) -> None:
    shown = "".join(b.text for b in page.blocks) + "".join(p.text for p in page.left_out)
    body = PAGE[PAGE.index("<body>") :]
    text = "".join(piece.split(">", 1)[-1] for piece in body.split("<"))
    missing = Counter(c for c in text if not c.isspace()) - Counter(shown)
    assert not missing


def test_a_page_that_is_all_text_is_kept_whole() -> None:
    body = (
        "<h1>Notes</h1><p>One.</p><p>See <a href='https://x.example/'>this</a>.</p><ol><li>a</ol>"
    )
    document = read_document(f"<html><body>{body}</body></html>".encode(), name="n.html")
    assert [b.text for b in document.blocks] == ["Notes", "One.", "See this.", "1. a"]
    assert document.left_out == ()
    links = [m.target for b in document.blocks for m in b.marks if m.kind is MarkKind.LINK]
    assert links == ["https://x.example/"]


def test_parts_of_one_text_stay_together() -> None:
    parts = "".join(
        f"<section><h2>Part {n}</h2><p>{sentence * (6 if n == 0 else 1)}</p></section>"
        for n, sentence in enumerate(SENTENCES)
    )
    document = read_document(f"<html><body><div>{parts}</div></body></html>".encode(), name="p")
    assert [b.text for b in document.blocks if b.kind is BlockKind.HEADING] == ["Part 1", "Part 2"]
    assert sum(SENTENCES[n] in b.text for b in document.blocks for n in range(3)) == 3


def test_pictures_in_the_page_are_kept_and_remote_ones_never_fetched() -> None:
    inline = base64.b64encode(png(12)).decode()
    body = (
        f"<p>{SENTENCES[0]}</p><img src='data:image/png;base64,{inline}' alt='Lamp'>"
        "<img src='https://x.example/a.png' alt='The harbour at night'><img src='/b.png'>"
        f"<img src='../../secret.png'><p>{SENTENCES[1]}</p>"
    )
    document = read_document(f"<html><body>{body}</body></html>".encode(), name="p.html")
    assert [(b.text, b.picture) for b in document.blocks if b.kind is BlockKind.FIGURE] == [
        ("Lamp", document.pictures[0].name), ("The harbour at night", None),
    ]  # fmt: skip
    assert any("not fetched" in warning for warning in document.warnings)
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<html><meta charset=iso-8859-7><p>Ο φάρος</p>".encode("iso-8859-7"), "Ο φάρος"),
        ("<html><p>Der Leuchtturm fällt</p>".encode("cp1252"), "Der Leuchtturm fällt"),
        ("<html><p>Маяк на острове</p></html>".encode("utf-16"), "Маяк на острове"),
        (
            "<?xml version='1.0' encoding='koi8-r'?><html><p>Маяк</p></html>".encode("koi8-r"),
            "Маяк",
        ),
        (b"\xef\xbb\xbf<!-- saved --><p>A <b>tower</b></p><p>by</p><p>the <i>sea</i>", "A tower"),
    ],
)
def test_encodings_of_pages(data: bytes, text: str) -> None:
    document = read_document(data, name="page")
    assert document.source.format == "html"
    assert document.blocks[0].text == text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><script>alert('x')</script></body></html>",
        b"<html>" + b"<p a='" + b"x=" * 40_000 + b"'>text",
        b"<html><p " + b" ".join(b"a%d=1" % n for n in range(30_000)) + b">text",
    ],
)
def test_pages_that_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^page.html can't be opened as an HTML page: [^\n]+\.$"):
        read_document(data, name="page.html")


def test_a_deeply_nested_page_opens() -> None:
    data = b"<html><body>" + b"<div><b>" * 60_000 + b"deep down" + b"</b></div>" * 60_000
    assert read_document(data, name="p.html").blocks[0].text == "deep down"


def test_markdown_with_some_html_stays_markdown() -> None:
    text = "<div align=center>\n\n# Wells\n\n</div>\n\n" + "Some *words* on wells.\n\n" * 30
    assert read_document(text.encode(), name="README").source.format in {"md", "txt"}
