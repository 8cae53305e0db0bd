"""RTF documents: styles, lists, tables, notes, links, encodings; broken ones end in a sentence."""

from __future__ import annotations

import pytest

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Document, Source
from desktop.reading.limits import DEFAULT
from desktop.reading.rtf import read_rtf

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Cyr;}"
    r"{\f2\fmodern Courier New;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}"
    r"{\s2 Quote;}{\s3 toc 1;}}{\info{\title Ice}{\author Ada Quill}{\creatim\yr1911\mo4\dy2}}"
)
LONG = "The ice came in blocks from the north, packed in sawdust, and was gone by the autumn. "
PIXEL = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "ffff3f0005fe02fea735e8480000000049454e44ae426082"
)


def document(body: str, end: str = "}") -> Document:
    data = f"{HEAD}\\pard {LONG * 2}\\par {body}{end}".encode("latin-1")
    return assemble(read_rtf(data, DEFAULT), Source("x.rtf", "0", "rtf"))


def shown(body: str) -> list[tuple[str, int | None, str]]:
    return [(b.kind.value, b.level, b.text) for b in document(body).blocks[1:]]


def test_styles_and_formatting() -> None:
    body = r"\pard\s1 Trade\par\pard\s2 He said.\par\pard A {\b bold} and {\i slanted} word.\par"
    assert shown(body) == [("heading", 1, "Trade"), ("quote", None, "He said."),
                           ("paragraph", None, "A bold and slanted word.")]  # fmt: skip
    marks = document(body).blocks[3].marks
    assert [m.kind.value for m in marks] == ["strong", "emphasis"]


def test_characters_in_every_encoding() -> None:
    body = (
        r"\pard caf\'e9 \u8212? \u-10179?\u-8704? {\f1 \'cb\'b8\'e4} \ldblquote x\rdblquote\~y"
        r"\_z\{\}\\ \uc2\u233\'c3\'a9.\par"
    )
    assert shown(body)[0][2] == "café — \U0001f600 Лёд “x”\xa0y‑z{}\\ é."


def test_lists_tables_notes_links_and_pictures() -> None:
    body = (
        r"\pard{\listtext 1.\tab}\ilvl0 one\par\pard{\listtext a)\tab}\ilvl1 two\par"
        r"\trowd\cellx1\cellx2\pard\intbl A\cell B\cell\row\trowd\pard\intbl C\cell D\cell\row"
        r"\pard See{\footnote\pard{\super\chftn} By ship.} "
        r'{\field{\*\fldinst{HYPERLINK "https://example.org/ice"}}{\fldrslt there}}.\par'
        r"\pard{\*\shppict{\pict\pngblip " + PIXEL + r"}}{\nonshppict{\pict\wmetafile8 00}}\par"
    )
    read = document(body)
    assert [(b.kind.value, b.level, b.text) for b in read.blocks[1:]] == [
        ("list_item", 1, "1. one"), ("list_item", 2, "a) two"), ("table", None, "A\tB\nC\tD"),
        ("paragraph", None, "See[1] there."), ("figure", None, ""),
        ("footnote", None, "[1] By ship."),
    ]  # fmt: skip
    assert [m.target for m in read.blocks[4].marks] == ["#note-1", "https://example.org/ice"]
    assert read.pictures[0].data == bytes.fromhex(PIXEL)


def test_lists_that_are_written_out() -> None:
    body = (
        r"\pard\li360\fi-360 1.\tab one\par\pard\li360\fi-360 2.\tab two\par"
        r"\pard\li720\fi-360 \bullet\tab three\par\pard\li360\fi-360 Four alone\par"
    )
    assert shown(body) == [
        ("list_item", 1, "1. one"), ("list_item", 1, "2. two"), ("list_item", 2, "three"),
        ("paragraph", None, "Four alone"),
    ]  # fmt: skip


def test_what_is_no_text_is_left_out() -> None:
    body = (
        r"{\header\pard The Gazette\par}{\*\unknown nothing}\pard\s3 Trade 4\par"
        r"\pard Seen {\v hidden}{\deleted struck}{\*\annotation note}.\par"
    )
    read = document(body)
    assert [b.text for b in read.blocks[1:]] == ["Seen ."]
    assert [(one.kind.value, one.text) for one in read.left_out] == [
        ("running_head", "The Gazette"), ("navigation", "Trade 4"), ("boilerplate", "hidden"),
        ("boilerplate", "struck"), ("boilerplate", "note"),
    ]  # fmt: skip
    assert (read.authors, read.date) == (("Ada Quill",), "1911-04-02")


def test_a_file_that_breaks_off_is_read_so_far() -> None:
    assert document(r"\pard The rest {\b is", end="").blocks[1].text == "The rest is"


def test_endless_groups_are_refused() -> None:
    with pytest.raises(InputError, match="nested"):
        document("{" * 5000)
