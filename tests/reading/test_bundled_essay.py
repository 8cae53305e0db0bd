"""The essay that the window shows on the first start."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from desktop.paths import bundled_essay
from desktop.reading.document import BlockKind, Document
from desktop.reading.opener import open_document


@pytest.fixture(scope="module")
def essay() -> Document:
    return open_document(bundled_essay())


def test_it_has_a_frame_a_quotation_and_a_figure(essay: Document) -> None:
    assert essay.title
    assert essay.standfirst
    assert essay.authors == ("The Glossator developers",)
    assert essay.date
    assert essay.language == "en"
    assert not essay.left_out
    assert not essay.warnings
    kinds = [block.kind for block in essay.blocks]
    assert kinds.count(BlockKind.HEADING) >= 4
    assert kinds.count(BlockKind.QUOTE) == 1
    figure = kinds.index(BlockKind.FIGURE)
    assert kinds[figure + 1] is BlockKind.CAPTION
    assert 900 <= essay.word_count() <= 1300


def test_its_figure_is_a_drawing_without_outside_parts(essay: Document) -> None:
    (picture,) = essay.pictures
    assert picture.media_type == "image/svg+xml"
    root = ElementTree.fromstring(picture.data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.endswith(("href", "src")) for name in names)
    assert b"@import" not in picture.data


@pytest.mark.parametrize(
    "fact",
    [
        r"38th", r"\b17 pages", r"5,300 words", "“Joint Statement on the International Relations "
        "Entering a New Era", "no limits", "forbidden", "Cold War", "One-China principle", "NATO",
        "legally binding security guarantees", "AUKUS.*Australia, the United Kingdom and the "
        "United States", "Ukraine", "Crimea", "Security Council", "abstained",
        r"140 billion dollars.*250 billion", "Belt and Road Initiative", "Eurasian Economic Union",
        "climate change", "artificial intelligence", "Arctic", "Covid-19", "Winter Olympics",
        "4 February 2022", "Theo Sommer.*Opportunistic Bedfellows.*Security Times",
    ],
)  # fmt: skip
def test_it_carries_the_facts(essay: Document, fact: str) -> None:
    assert re.search(fact, " ".join(block.text for block in essay.blocks))
