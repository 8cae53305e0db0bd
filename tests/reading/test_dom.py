"""Trees of (X)HTML become blocks: structure, inline marks, notes, numbers; no text is lost."""

from __future__ import annotations

import pytest

from desktop.reading.document import BlockKind, LeftOutKind, MarkKind
from desktop.reading.dom import DomReader
from desktop.reading.draft import HARD_BREAK, Draft
from desktop.reading.limits import DEFAULT
from desktop.reading.links import settle_links
from desktop.reading.numbering import number_as
from desktop.reading.xml_tree import parse_html


def read(body: str) -> DomReader:
    reader = DomReader(picture=lambda target: target)
    reader.read(parse_html(f"<html><body>{body}</body></html>", DEFAULT))
    settle_links(reader.drafts, reader.ids)
    return reader


def blocks(body: str) -> list[tuple[str, str]]:
    return [(draft.kind.value, draft.text) for draft in read(body).drafts]


def marked(draft: Draft, kind: MarkKind) -> list[str]:
    return [draft.text[m.start : m.end] for m in draft.marks if m.kind is kind]


def test_headings_paragraphs_and_loose_text() -> None:
    body = (
        "<h1>Wells</h1>Loose <b>text</b>\n here.<div><p>One.</p>between<p>Two.</div><h3>Deep</h3>"
    )
    assert blocks(body) == [
        ("heading", "Wells"), ("paragraph", "Loose text here."), ("paragraph", "One."),
        ("paragraph", "between"), ("paragraph", "Two."), ("heading", "Deep"),
    ]  # fmt: skip
    assert [draft.level for draft in read(body).drafts if draft.level] == [1, 3]


def test_inline_marks_go_on_across_blocks() -> None:
    drafts = read("<p>A <em>dry <b>well</b></em> and <a href='http://x.example/'>this</a>.</p>"
                  "<i><div>Slanted.</div><div>Too.</div></i><code>x = 1</code>").drafts  # fmt: skip
    assert marked(drafts[0], MarkKind.EMPHASIS) == ["dry well"]
    assert marked(drafts[0], MarkKind.STRONG) == ["well"]
    assert [m.target for m in drafts[0].marks if m.kind is MarkKind.LINK] == ["http://x.example/"]
    assert [marked(d, MarkKind.EMPHASIS) for d in drafts[1:3]] == [["Slanted."], ["Too."]]
    assert marked(drafts[3], MarkKind.CODE) == ["x = 1"]


def test_lists_keep_their_numbers_and_depth() -> None:
    body = (
        "<ul><li>dig<ol type=a start=3><li>deep<li>wide</ol><li><p>line</p><p>with stone</p></ul>"
        "<ol reversed><li>two<li>one</ol><ol><li><ol><li>x</ol></ol><dl><dt>Kerb<dd>its rim</dl>"
    )
    drafts = read(body).drafts
    assert [(d.kind.value, d.level, d.text) for d in drafts] == [
        ("list_item", 1, "dig"), ("list_item", 2, "c. deep"), ("list_item", 2, "d. wide"),
        ("list_item", 1, "line"), ("paragraph", None, "with stone"),
        ("list_item", 1, "2. two"), ("list_item", 1, "1. one"), ("list_item", 1, "1."),
        ("list_item", 2, "1. x"), ("paragraph", None, "Kerb"), ("list_item", 1, "its rim"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [("1", 12, "12"), ("a", 27, "aa"), ("A", 2, "B"), ("i", 9, "ix"), ("I", 1994, "MCMXCIV"),
     ("a", 0, "0"), ("i", 5000, "5000")],
)  # fmt: skip
def test_numbers_as_lists_show_them(style: str, value: int, shown: str) -> None:
    assert number_as(style, value) == shown


def test_quotes_verse_and_code() -> None:
    body = (
        "<blockquote><p>Said she.</p></blockquote><p>Roses<br>are red</p><p>a<br><br>b</p>"
        "<pre><code>def dig():\n    return 'well'\n</code></pre>"
    )
    assert blocks(body) == [
        ("quote", "Said she."), ("paragraph", f"Roses{HARD_BREAK}are red"), ("paragraph", "a"),
        ("paragraph", "b"), ("code", "def dig():\n    return 'well'"),
    ]  # fmt: skip


def test_tables_of_data_and_tables_that_lay_out() -> None:
    data = (
        "<table><caption>Wells</caption><tr><th>Name <th>Depth</tr>\n<tr><td></td> <td><p>12 "
        "<b>m</b></p></td></tr></table>"
    )
    caption, table = read(data).drafts
    assert (caption.kind.value, caption.text) == ("caption", "Wells")
    assert (table.kind.value, table.text) == ("table", "Name\tDepth\n\t12 m")
    assert marked(table, MarkKind.STRONG) == ["m"]
    layout = "<table><tr><td><h2>Wells</h2><p>One.</p></td><td>Menu</td></tr></table>"
    assert blocks(layout) == [("heading", "Wells"), ("paragraph", "One."), ("paragraph", "Menu")]


def test_figures_stand_where_they_stood() -> None:
    body = (
        "<figure><img src='a.png' alt='A well'><figcaption>An <i>old</i> well</figcaption></figure>"
        "<p>Text <img src='b.png'> goes on <img class=emoji src=c.png alt='☺'>.</p>"
    )
    drafts = read(body).drafts
    assert [(d.kind.value, d.text, d.picture) for d in drafts] == [
        ("figure", "A well", "a.png"), ("caption", "An old well", None),
        ("paragraph", "Text goes on ☺.", None), ("figure", "", "b.png"),
    ]  # fmt: skip


def test_notes_are_linked_both_in_number_and_place() -> None:
    body = (
        "<p>Dug in 1790<a href='#fn1' id='ref1' class='footnote-ref'><sup>1</sup></a> by hand"
        "<sup><a href='#n2'>*</a></sup>. See <a href='#fn1'>the note</a>, "
        "<a href='#gone'>nothing</a>.</p><section class='footnotes' role='doc-endnotes'><ol>"
        "<li id='fn1'><p>By 2 men. <a href='#ref1' class='footnote-back'>↩︎</a></p><p>Or 3.</p>"
        "</li></ol></section><aside role='doc-footnote' id='n2'><p>* So they say.</p></aside>"
    )
    reader = read(body)
    text, first, more, second = reader.drafts
    assert text.text == "Dug in 1790[1] by hand[*]. See the note, nothing."
    assert [m.target for m in text.marks] == ["#fn1", "#n2", "#fn1"]
    assert (first.kind, first.text, first.anchor) == (BlockKind.FOOTNOTE, "[1] By 2 men.", "fn1")
    assert (more.kind, more.text) == (BlockKind.FOOTNOTE, "Or 3.")
    assert (second.kind, second.text, second.anchor) == (
        BlockKind.FOOTNOTE, "* So they say.", "n2",
    )  # fmt: skip
    assert [piece.text for piece in reader.left_out] == ["↩︎"]


def test_what_is_hidden_is_left_out_and_scripts_are_no_text() -> None:
    reader = read("<script>alert(1)</script><style>p{}</style><p hidden>secret</p><p>Shown"
                  "<!-- not --> here.</p><noscript>Turn it on.</noscript>")  # fmt: skip
    assert [d.text for d in reader.drafts] == ["Shown here."]
    assert [(p.kind, p.text) for p in reader.left_out] == [
        (LeftOutKind.BOILERPLATE, "secret"), (LeftOutKind.BOILERPLATE, "Turn it on."),
    ]  # fmt: skip


def test_pages_of_the_print_and_languages() -> None:
    reader = read("<p lang=de>Brunnen<span role=doc-pagebreak id=p9 title='ix'></span>rand</p>"
                  "<p>Next.</p>")  # fmt: skip
    assert [(d.text, d.page, d.language) for d in reader.drafts] == [
        ("Brunnenrand", None, "de"), ("Next.", "ix", None),
    ]  # fmt: skip


def test_a_deep_tree_is_walked() -> None:
    assert blocks("<div>" * 5000 + "deep" + "</div>" * 5000) == [("paragraph", "deep")]


def test_marks_stay_within_their_text() -> None:
    for body in ("<pre><code>\na\r\nb\n</code></pre>", "<b><br> x <br></b>", "<p> <i> a </i> "):
        for draft in read(body).drafts:
            assert all(0 <= m.start < m.end <= len(draft.text) for m in draft.marks)
