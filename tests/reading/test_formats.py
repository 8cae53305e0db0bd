"""What each format gives, held against a real file of it: the table is the test.

``yes``: the feature is found in the file of ``specimens.py``; ``–``: that file has no such thing
(lists, tables, notes and pages of PDFs are held in ``test_pdf.py``).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.reading.document import Block, BlockKind, Document, MarkKind
from desktop.reading.formats import BY_KEY
from desktop.reading.opener import read_document
from tests.reading.pictures import png
from tests.reading.specimens import ONE, SPECIMENS, TWO

TABLE = """
feature       txt  md   html epub docx odt  rtf  fb2  pdf
text          yes  yes  yes  yes  yes  yes  yes  yes  yes
title         yes  yes  yes  yes  yes  yes  yes  yes  yes
author        yes  yes  yes  yes  yes  yes  yes  yes  –
date          –    yes  yes  yes  yes  yes  yes  yes  –
language      yes  yes  yes  yes  yes  yes  yes  yes  yes
headings      yes  yes  yes  yes  yes  yes  yes  yes  yes
emphasis      –    yes  yes  yes  yes  yes  yes  yes  –
links         –    yes  yes  yes  yes  yes  yes  yes  –
quotes        –    yes  yes  yes  yes  yes  yes  yes  –
lists         yes  yes  yes  yes  yes  yes  yes  –    –
numbers       –    yes  yes  yes  yes  yes  yes  –    –
tables        yes  yes  yes  yes  yes  yes  yes  yes  –
code          –    yes  yes  yes  yes  yes  yes  –    –
figures       –    yes  yes  yes  yes  yes  yes  yes  –
captions      –    yes  yes  yes  yes  yes  yes  –    –
notes         –    yes  yes  yes  yes  yes  yes  yes  –
pages         –    –    –    yes  –    –    –    –    –
foreign       –    –    yes  yes  –    –    –    –    –
"""


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def marked(document: Document, kind: MarkKind) -> Iterator[tuple[str, str | None]]:
    for block in document.blocks:
        for mark in block.marks:
            if mark.kind is kind:
                yield block.text[mark.start : mark.end], mark.target


def note_of(document: Document) -> Block | None:
    for said, target in marked(document, MarkKind.LINK):
        place = document.place_of((target or "").removeprefix("#"))
        if said == "[1]" and place is not None:
            return document.blocks[place]
    return None


def shows_picture(document: Document) -> bool:
    return any(
        block.kind is BlockKind.FIGURE
        and block.text in {"A well", ""}  # RTF has no words for a picture
        and any(picture.name == block.picture for picture in document.pictures)
        for block in document.blocks
    )


def has_note(document: Document) -> bool:
    note = note_of(document)
    return note is not None and (note.kind, note.text) == (BlockKind.FOOTNOTE, "[1] So they say.")


FEATURES: dict[str, Callable[[Document], bool]] = {
    "text": lambda d: all(any(s in t for t in texts(d, BlockKind.PARAGRAPH)) for s in (ONE, TWO)),
    "title": lambda d: d.title == "Three Wells",
    "author": lambda d: d.authors == ("Ida Kern",),
    "date": lambda d: d.date == "1932-05-01",
    "language": lambda d: d.language == "en",
    "headings": lambda d: any(
        section.title in {"The oldest", "CHAPTER II"} for section in d.sections()
    ),
    "emphasis": lambda d: ("old", None) in marked(d, MarkKind.EMPHASIS),
    "links": lambda d: any(
        said == "the map" and target for said, target in marked(d, MarkKind.LINK)
    ),
    "quotes": lambda d: texts(d, BlockKind.QUOTE) == ["Who drinks comes back."],
    "lists": lambda d: [t.split()[-1] for t in texts(d, BlockKind.LIST_ITEM)] == ["bucket", "rope"],
    "numbers": lambda d: texts(d, BlockKind.LIST_ITEM) == ["1. a bucket", "2. a rope"],
    "tables": lambda d: any(
        t.startswith("Name\tDepth\nUpper\t12") for t in texts(d, BlockKind.TABLE)
    ),
    "code": lambda d: texts(d, BlockKind.CODE) == ["depth = 12"],
    "figures": shows_picture,
    "captions": lambda d: texts(d, BlockKind.CAPTION) == ["The upper well"],
    "notes": has_note,
    "pages": lambda d: any(block.page == "7" for block in d.blocks),
    "foreign": lambda d: any(b.language == "de" and b.text == "Der Brunnen." for b in d.blocks),
}

HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(key, row[0]) for row in ROWS for key, cell in zip(HEAD[1:], row[1:], strict=True)
         if cell == "yes"]  # fmt: skip


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "well.png").write_bytes(png())
    return folder


@functools.cache
def opened(key: str, folder: Path) -> Document:
    return read_document(SPECIMENS[key][0](), name="essay", folder=folder)


@pytest.mark.parametrize(("key", "feature"), CELLS)
def test_the_format_gives_the_feature(key: str, feature: str, beside: Path) -> None:
    document = opened(key, beside)
    assert document.source.format == key
    assert FEATURES[feature](document), [(b.kind.value, b.text) for b in document.blocks]


def test_the_table_knows_its_formats_and_features() -> None:
    assert set(HEAD[1:]) <= set(BY_KEY)
    assert [row[0] for row in ROWS] == list(FEATURES)


@pytest.mark.parametrize("key", [key for key, one in BY_KEY.items() if one.reader])
def test_noise_that_is_said_to_be_a_format_is_refused(key: str) -> None:
    with pytest.raises(InputError, match=r"^noise can't be opened as an? [^\n]+\.$"):
        read_document(b"\0\1\2\xff" * 4000, name="noise", format=key)
