"""One book, turned into every format by pandoc, is understood the same in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reading.document import Document
from desktop.reading.opener import open_document

pypandoc = pytest.importorskip("pypandoc")

BOOK = """---
title: The Bell Foundry
author: Ada Quill
date: 1911-04-02
lang: en
---

# Clay

The pattern was turned in loam on a bench by the door, and the core was left to dry for as long
as the weather of that month allowed, which in some years was *never* long enough[^1].

The second mould was **heavier**, and nobody in the yard would say aloud what it was for.

> A bell is a debt, the founder used to say, that a village pays to its own ears.

## Tin and copper

1. Weigh the copper.
2. Weigh the tin.

- Bronze
    - for bells

Metal    Parts
-------- ------
Copper   78
Tin      22

# Casting

They poured at night, when the colour of the stream could be judged without an instrument at all.

[^1]: The parish book counts nineteen days.
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("book")
    found: dict[str, Document] = {}
    for ending in ("epub", "docx", "odt", "html", "fb2", "gfm", "rtf"):
        path: Path = folder / f"book.{ending}"
        pypandoc.convert_text(
            BOOK, ending, format="markdown", outputfile=str(path), extra_args=["--standalone"]
        )
        found[ending] = open_document(path)
    return found


def body(document: Document) -> list[tuple[str, int | None, str]]:
    """Return the blocks from the first heading on; a note stands where its format puts it."""
    blocks = [(b.kind.value, b.level, b.text) for b in document.blocks]
    first = next(n for n, one in enumerate(blocks) if one[0] == "heading")
    return sorted(blocks[first:], key=lambda one: one[0] == "footnote")


EXPECTED = [
    ("heading", 1, "Clay"),
    ("paragraph", None, "The pattern was turned in loam on a bench by the door, and the core was "
     "left to dry for as long as the weather of that month allowed, which in some years was never "
     "long enough[1]."),
    ("paragraph", None, "The second mould was heavier, and nobody in the yard would say aloud what "
     "it was for."),
    ("quote", None, "A bell is a debt, the founder used to say, that a village pays to its own "
     "ears."),
    ("heading", 2, "Tin and copper"), ("list_item", 1, "1. Weigh the copper."),
    ("list_item", 1, "2. Weigh the tin."), ("list_item", 1, "Bronze"),
    ("list_item", 2, "for bells"), ("table", None, "Metal\tParts\nCopper\t78\nTin\t22"),
    ("heading", 1, "Casting"),
    ("paragraph", None, "They poured at night, when the colour of the stream could be judged "
     "without an instrument at all."),
    ("footnote", None, "[1] The parish book counts nineteen days."),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["epub", "docx", "odt", "html", "fb2", "gfm"])
def test_the_blocks_are_the_same(read: dict[str, Document], ending: str) -> None:
    document = read[ending]
    assert body(document) == EXPECTED
    assert (document.title, document.authors) == ("The Bell Foundry", ("Ada Quill",))
    note = next(b for b in document.blocks if b.kind.value == "footnote")
    links = [m.target for b in document.blocks for m in b.marks if m.kind.value == "link"]
    assert f"#{note.anchor}" in links


def test_rtf_has_no_title_and_the_rest_is_the_same(read: dict[str, Document]) -> None:
    """Pandoc's RTF tells neither title, author nor quotes: a quote is an indented paragraph."""
    plain = [one for one in EXPECTED[1:] if one[0] != "quote"]
    found = [(b.kind.value, b.level, b.text) for b in read["rtf"].blocks]
    assert [one for one in plain if one not in found] == []
