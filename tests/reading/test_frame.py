"""The frame of a page is told from its body, and an ordinary text gets none."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reading.document import BlockKind, Document, MarkKind
from desktop.reading.opener import open_document, read_document

TEXTS = Path(__file__).parent / "texts"
LONG = (
    "The committee had met every Tuesday since the spring, and it had agreed on nothing but the "
    "colour of the paper on which its disagreement was to be printed and kept for the archive."
)


def read(*paragraphs: str) -> Document:
    return read_document("\n\n".join(paragraphs).encode(), name="page.txt")


def kinds(document: Document) -> list[str]:
    return [block.kind.value for block in document.blocks]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


@pytest.fixture(scope="module")
def page() -> Document:
    return open_document(TEXTS / "newspaper_page.txt")


def test_a_newspaper_page_has_its_frame(page: Document) -> None:
    assert page.kicker == "CITIES & WATER"
    assert page.title == "THE WELL THAT WOULD NOT RUN DRY"
    assert page.standfirst is not None
    assert page.standfirst.startswith("How a small town")
    assert page.authors == ("Margaret O’Neill", "Piotr van den Berg")
    assert of_kind(page, BlockKind.CREDIT) == ["HELENA KROSS / ASSOCIATED PRESS"]
    assert of_kind(page, BlockKind.CAPTION)[0].startswith("Measured by hand")
    assert of_kind(page, BlockKind.BIO)[0].startswith("MARGARET O’NEILL is a reporter")


def test_its_paragraphs_are_whole(page: Document) -> None:
    body = of_kind(page, BlockKind.PARAGRAPH)
    assert len(body) == 4
    assert all(text[0].isupper() and text.endswith(".") for text in body)
    assert "holds and carries groundwater, was far smaller" in body[1]
    assert "the self-styled guardians" in body[2]
    assert "came right in the end. The board disagrees" in body[2]


def test_remnants_of_markdown_become_marks(page: Document) -> None:
    block = next(block for block in page.blocks if "water budget" in block.text)
    mark = next(mark for mark in block.marks if mark.kind is MarkKind.EMPHASIS)
    assert block.text[mark.start : mark.end] == "water budget"
    assert "$3.2 million" in block.text
    assert not any("*" in block.text or "\\" in block.text for block in page.blocks)


def test_a_text_without_a_frame_gets_none() -> None:
    document = read(LONG, "Nobody spoke.", LONG, "It rained.", LONG)
    assert set(kinds(document)) == {"paragraph"}
    assert document.title is None
    assert document.authors == ()


def test_a_first_line_without_an_end_is_the_title() -> None:
    document = read("On keeping a notebook", LONG, LONG)
    assert document.title == "On keeping a notebook"
    assert kinds(document) == ["title", "paragraph", "paragraph"]


def test_a_first_sentence_is_no_title() -> None:
    assert read("It was cold.", LONG, LONG).title is None
    assert read("“Come in,” she said.", LONG).title is None


def test_byline_and_date_below_the_title() -> None:
    document = read("The Salt Roads", "By Anna Berg, staff writer", "12 March 2021", LONG, LONG)
    assert document.authors == ("Anna Berg",)
    assert document.date == "2021-03-12"
    assert kinds(document)[:3] == ["title", "byline", "byline"]


def test_a_paragraph_that_begins_with_by_is_no_byline() -> None:
    sentence = "By the time Anna Berg arrived, the others had eaten."
    assert read("The Salt Roads", LONG, sentence, LONG).authors == ()


def test_a_german_page() -> None:
    document = read(
        "WIRTSCHAFT", "Das stille Ende der Kohle", "Von Anna Berg und Jan von der Heide",
        "Als die letzte Zeche schloss, weinten Männer, die man nie hatte weinen sehen, und die "
        "Förderbänder standen still, wie sie an keinem Sonntag gestanden hatten, seit es sie gab.",
        "Foto: dpa", "Die Autorin lebt in Essen.",
    )  # fmt: skip
    assert document.language == "de"
    assert document.authors == ("Anna Berg", "Jan von der Heide")
    assert kinds(document) == ["kicker", "title", "byline", "paragraph", "credit", "bio"]


def test_a_caption_needs_a_cue() -> None:
    short = "Nobody in the village remembers the flood"
    assert "caption" not in kinds(read(LONG, short, LONG))
    assert "caption" in kinds(read(LONG, "Photo: Jan Roth / Reuters", short, LONG))
    assert "caption" not in kinds(read(LONG, "Photo: Jan Roth / Reuters", short + ".", LONG))
    assert "caption" in kinds(read(LONG, "Figure 2. Water drawn from each borehole, 1990-2019."))


def test_the_last_paragraph_on_a_person_is_no_bio() -> None:
    ending = "Edda Lindqvist was 78 when the last borehole was closed, and she did not mind."
    assert "bio" not in kinds(read("The Salt Roads", "By Anna Berg", LONG, LONG, ending))


def test_the_note_on_the_author_names_an_author_that_no_byline_does() -> None:
    document = read("The Salt Roads", LONG, LONG, "ANNA BERG is a historian of trade in Essen.")
    assert document.authors == ("Anna Berg",)
    assert kinds(document)[-1] == "bio"


def test_the_title_page_of_a_novel() -> None:
    novel = open_document(TEXTS / "novel_chapter.txt")
    assert novel.title == "MOBY-DICK; or, THE WHALE."
    assert novel.authors == ("Herman Melville",)
    assert of_kind(novel, BlockKind.HEADING) == ["CHAPTER 1. Loomings."]
    assert of_kind(novel, BlockKind.PARAGRAPH)[1].startswith("Call me Ishmael. Some years ago")
    assert len(of_kind(novel, BlockKind.PARAGRAPH)) == 10


def test_the_sections_of_an_abstract_stay_paragraphs() -> None:
    abstract = open_document(TEXTS / "abstract.txt")
    assert abstract.title is not None
    assert abstract.title.startswith("Slow-wave sleep")
    assert abstract.authors == ("Ines Calder", "Tomasz Wierzbicki", "Ruth Amadi")
    assert kinds(abstract)[2:] == ["paragraph"] * 5


def test_headings_of_a_plain_text() -> None:
    document = read("THE SALT ROADS", LONG, "CHAPTER II", LONG, "The Northern Route", LONG,
                    "2.1 Prices", LONG, "Nobody came", LONG, "it goes on", LONG)  # fmt: skip
    headings = [(b.text, b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [("CHAPTER II", 2), ("The Northern Route", 2), ("2.1 Prices", 3)]


def test_a_magazine_page_in_markdown() -> None:
    document = read(
        "**ESSAY**", "# The Machine That Listened",
        "#### A laboratory taught a computer to hear whales. Then the whales fell silent.",
        "*By Ines Calder*\n*Photographs by Jan Roth*", LONG,
        "![Maren Holt](holt.jpg)\n*Maren Holt on the pier at Scapa*", LONG,
        "*Ines Calder writes about science and the sea.*",
        "SUBSCRIBE TO THE FEN REVIEW. Get twelve issues for only £39 at "
        "[our shop](https://fenreview.example/shop)!",
    )  # fmt: skip
    assert kinds(document) == [
        "kicker", "title", "standfirst", "byline", "paragraph", "figure", "caption", "paragraph",
        "bio",
    ]  # fmt: skip
    assert document.authors == ("Ines Calder",)
    assert "https://fenreview.example/shop" in document.left_out[0].text


def test_an_author_whom_only_the_standfirst_names() -> None:
    document = read(
        "OPINION", "Leave the wolves alone",
        "They have come back without asking, says the veterinarian Ruth Amadi", LONG, LONG,
        "Ruth Amadi is a veterinarian and lives in Arven.",
    )  # fmt: skip
    assert document.authors == ("Ruth Amadi",)
    assert kinds(document)[-1] == "bio"
