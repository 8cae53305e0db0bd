"""Every character of a text is in a block or in what was left out; markup alone may vanish."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import InputError
from desktop.paths import bundled_essay
from desktop.reading.document import Document
from desktop.reading.opener import open_document, read_document

TEXTS = sorted((Path(__file__).parent / "texts").iterdir())

#: Pieces from which texts of every shape grow.
PROSE_PIECES = (
    "the", "river", "Rosa", "said", "it", "goes", "on", "bind-", "ing", "A", "long", "Year", "1984",
    "7", "12", "(see", "below)", "“yes”", "end.", "stop!", "why?", "so,", "BY", "ANN", "LEE",
    "PHOTO", "/", "REUTERS", "Figure", "1.", "CHAPTER", "IV", "www.example.org", "®", "über",
    "\n", "\n", "\n\n", "\n\n", "\n\n\n", "\f", "   ", "\t",
)  # fmt: skip
MARKUP_PIECES = (
    "*", "**", "_", "# ", "## ", "> ", "- ", "1. ", "`", "\\$", "|", "\n---\n", "[", "]", "(", ")",
    "---", "    ", "\n| a | b |\n|---|---|\n| c | d | e |\n",
)  # fmt: skip


def shown(document: Document) -> str:
    pieces = [block.text for block in document.blocks]
    return "\n".join(pieces + [piece.text for piece in document.left_out])


def characters(text: str, but: str = "") -> Counter[str]:
    return Counter(c for c in text if not c.isspace() and c not in but)


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PROSE_PIECES), min_size=1, max_size=120))
def test_plain_text_loses_nothing_but_hyphens_at_line_ends(pieces: list[str]) -> None:
    text = " ".join(pieces)
    if any(c.isalpha() for c in text):
        document = read_document(text.encode(), name="x.txt", format="txt")
        assert characters(shown(document), "-") == characters(text, "-")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PROSE_PIECES + MARKUP_PIECES), min_size=1, max_size=80))
def test_no_letter_is_lost_in_markup(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for chosen in ("md", "txt", None):
        document = read_document(f"Start {text}".encode(), name="x", format=chosen)
        assert letters(shown(document)) == letters(f"Start {text}")


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]) | st.just("\n")))
def test_any_characters_at_all(text: str) -> None:
    try:
        document = read_document(text.encode(), name="x.txt")
    except InputError:
        return
    kept = letters(text) - letters(shown(document))
    targets = "".join(m.target or "" for block in document.blocks for m in block.marks)
    assert not kept - letters(targets)
    for block in document.blocks:
        assert all(0 <= m.start < m.end <= len(block.text) for m in block.marks)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_open_or_are_refused_in_a_sentence(data: bytes) -> None:
    try:
        document = read_document(data, name="x.bin")
    except InputError as error:
        sentence = str(error)
    else:
        sentence = "" if document.blocks else "no blocks, and no word on why"
    assert not sentence or ("x.bin" in sentence and sentence.endswith("."))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_real_kinds_of_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    document = open_document(path)
    targets = "".join(m.target or "" for block in document.blocks for m in block.marks)
    missing = letters(source) - letters(shown(document)) - letters(targets)
    link_in_advertisement = letters("https://www.vitranox.example")
    assert not missing - link_in_advertisement
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))


def test_the_bundled_essay_shows_every_word() -> None:
    body = bundled_essay().read_text(encoding="utf-8").split("---\n", 2)[2]
    document = open_document(bundled_essay())
    missing = letters(body) - letters(shown(document))
    assert not missing - letters("timeline.svg")
