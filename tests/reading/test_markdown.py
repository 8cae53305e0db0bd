"""Markdown: its structure, its marks, its pictures and what stands above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reading.document import BlockKind, Document, LeftOutKind, MarkKind
from desktop.reading.opener import open_document, read_document
from desktop.reading.pictures import MAX_PICTURE

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def read(text: str, folder: Path | None = None) -> Document:
    return read_document(text.encode(), name="essay.md", format="md", folder=folder)


def rows(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def test_structure() -> None:
    document = read(
        "# Tides\n\nWater *rises* and **falls**; see `tide()` and [the tables](tables.md).\n\n"
        "## Causes\n\n> The moon pulls.\n\n- first\n  - inner\n- second\n\n3. three\n4. four\n\n"
        "```python\nx = 1\n\ny = 2\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    assert rows(document) == [
        ("title", "Tides"),
        ("paragraph", "Water rises and falls; see tide() and the tables."),
        ("heading", "Causes"),
        ("quote", "The moon pulls."),
        ("list_item", "first"),
        ("list_item", "inner"),
        ("list_item", "second"),
        ("list_item", "3. three"),
        ("list_item", "4. four"),
        ("code", "x = 1\n\ny = 2"),
        ("table", "A\tB\n1\t2"),
    ]
    levels = [b.level for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert levels == [1, 2, 1, 1, 1]
    paragraph = document.blocks[1]
    marked = {(m.kind, paragraph.text[m.start : m.end], m.target) for m in paragraph.marks}
    assert marked == {
        (MarkKind.EMPHASIS, "rises", None),
        (MarkKind.STRONG, "falls", None),
        (MarkKind.CODE, "tide()", None),
        (MarkKind.LINK, "the tables", "tables.md"),
    }


def test_wrapped_lines_are_joined_and_marks_move_along() -> None:
    document = read("A legally bind-\ning *treaty of\npeace* was signed.  \nAt last.")
    block = document.blocks[0]
    assert block.text == "A legally binding treaty of peace was signed.\nAt last."
    (mark,) = block.marks
    assert block.text[mark.start : mark.end] == "treaty of peace"


def test_front_matter() -> None:
    document = read(
        '---\ntitle: "The Salt Roads"\nauthors:\n  - Anna Berg\n  - Jan Roth\ndate: 2021-03-12\n'
        "subtitle: How a tax made roads\nlang: en-GB\nlayout: post\ntags: [salt, roads]\n---\n\n"
        "The gabelle was a tax on salt.\n"
    )
    assert document.title == "The Salt Roads"
    assert document.authors == ("Anna Berg", "Jan Roth")
    assert document.date == "2021-03-12"
    assert document.standfirst == "How a tax made roads"
    assert document.language == "en"
    (rest,) = document.left_out
    assert rest.kind is LeftOutKind.BOILERPLATE
    assert rest.text == "layout: post\ntags: salt, roads"


def test_two_rulers_around_prose_are_no_front_matter() -> None:
    document = read("---\nIt was late.\n---\n\nThe gabelle was a tax on salt.\n")
    assert any("It was late." in block.text for block in document.blocks)


def test_footnotes() -> None:
    document = read("Salt was dear.[^1] Bread was not.\n\n[^1]: See the price lists of 1720.\n")
    assert rows(document) == [
        ("paragraph", "Salt was dear.[1] Bread was not."),
        ("footnote", "[1] See the price lists of 1720."),
    ]


def test_html_is_stripped_and_its_hidden_parts_are_left_out() -> None:
    document = read(
        "<div><p>Shown <b>text</b> &amp; more.</p></div>\n\n<!-- a remark -->\n\nEnd<br>of it."
    )
    assert rows(document) == [("paragraph", "Shown text & more."), ("paragraph", "End\nof it.")]
    assert [piece.text for piece in document.left_out] == ["a remark"]


def test_a_figure_with_its_caption(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "a.svg").write_bytes(SVG)
    (tmp_path / "b.png").write_bytes(PNG)
    path = tmp_path / "essay.md"
    path.write_text(
        '![A map](maps/a.svg)\n\n*The roads in 1720*\n\nProse.\n\n![A chart](b.png "Prices")\n',
        encoding="utf-8",
    )
    document = open_document(path)
    assert rows(document) == [
        ("figure", "A map"), ("caption", "The roads in 1720"), ("paragraph", "Prose."),
        ("figure", "A chart"), ("caption", "Prices"),
    ]  # fmt: skip
    assert [b.picture for b in document.blocks if b.picture] == ["maps/a.svg", "b.png"]
    assert [p.media_type for p in document.pictures] == ["image/svg+xml", "image/png"]
    assert document.pictures[1].data == PNG


@pytest.fixture
def guarded(tmp_path: Path) -> Path:
    """A folder with a text, and beside it what must not be read."""
    (tmp_path / "secret.png").write_bytes(PNG)
    folder = tmp_path / "text"
    folder.mkdir()
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "fake.png").write_text("no picture", encoding="utf-8")
    (folder / "folder.png").mkdir()
    with (folder / "big.png").open("wb") as stream:
        stream.write(PNG)
        stream.truncate(MAX_PICTURE + 1)
    return folder


@pytest.mark.parametrize(
    "target",
    ["../secret.png", "out.png", "fake.png", "folder.png", "big.png", "missing.png",
     "https://example.org/a.png", "//example.org/a.png", "/etc/hostname",
     "%2e%2e/secret.png", "data:image/png;base64,AAAA", "."],
)  # fmt: skip
def test_pictures_from_elsewhere_are_never_read(guarded: Path, target: str) -> None:
    document = read(f"Before.\n\n![Shown instead]({target})\n\nAfter.", guarded)
    assert document.pictures == ()
    assert document.blocks[1].text == "Shown instead"
    assert document.blocks[1].picture is None
    assert len(document.warnings) == 1


def test_without_a_folder_no_picture_is_read() -> None:
    assert read("![x](b.png)").pictures == ()


@pytest.mark.parametrize(
    "text", ["[" * 50_000, ">" * 20_000 + "a\n", "[a](b" * 20_000, "*a " * 60_000, "`" * 90_000]
)
def test_tangled_markdown_opens_quickly(text: str) -> None:
    assert read(text).blocks


def test_an_encyclopaedia_article() -> None:
    document = open_document(Path(__file__).parent / "texts" / "encyclopaedia.md")
    assert document.title == "Tidal power"
    assert document.source.format == "md"
    kinds = [block.kind for block in document.blocks]
    assert kinds.count(BlockKind.HEADING) == 5
    assert kinds.count(BlockKind.TABLE) == 1
    assert kinds.count(BlockKind.LIST_ITEM) == 3
    assert not document.left_out


def test_references_lead_to_their_notes_and_notes_stand_apart() -> None:
    text = (
        "# Wells\n\nDug in 1790[^1] by hand[^b], gone[^x].\n\n[^1]: So *they* say.\n[^b]: Or not.\n"
    )
    document = read_document(text.encode(), name="a")
    _title, body, first, second = document.blocks
    assert body.text == "Dug in 1790[1] by hand[b], gone[x]."
    assert [(body.text[m.start : m.end], m.target) for m in body.marks] == [
        ("[1]", "#note-1"), ("[b]", "#note-b"),
    ]  # fmt: skip
    assert [(b.kind, b.text, b.anchor) for b in (first, second)] == [
        (BlockKind.FOOTNOTE, "[1] So they say.", "note-1"),
        (BlockKind.FOOTNOTE, "[b] Or not.", "note-b"),
    ]
