"""Documents as plain data: nothing is lost on the way; what older versions stored still opens."""

from __future__ import annotations

import json

from desktop.reading.document import Block, BlockKind, Document, Mark, MarkKind, Section, Source
from desktop.reading.stored import content_of, document_from_content

SOURCE = Source("a.html", "0" * 64, "html")


def document(*blocks: Block) -> Document:
    return Document("T", None, None, (), None, "en", SOURCE, blocks)


def test_every_field_of_a_block_survives() -> None:
    made = document(
        Block(0, BlockKind.HEADING, "One", 1, anchor="one", page="xii"),
        Block(1, BlockKind.PARAGRAPH, "Read on.", None, (Mark(0, 4, MarkKind.LINK, "#n1"),)),
        Block(2, BlockKind.FIGURE, "A well", picture="well.png"),
        Block(3, BlockKind.FOOTNOTE, "Ein Brunnen.", anchor="n1", language="de"),
    )
    content = json.loads(json.dumps(content_of(made)))
    assert document_from_content(content, SOURCE, ()) == made


def test_what_an_older_version_stored_still_opens() -> None:
    content = {
        "title": None, "kicker": None, "standfirst": None, "authors": [], "date": None,
        "language": "en", "blocks": [{"kind": "paragraph", "text": "Old."}], "left_out": [],
        "warnings": [],
    }  # fmt: skip
    assert document_from_content(content, SOURCE, ()).blocks[0] == Block(
        0, BlockKind.PARAGRAPH, "Old."
    )


def test_links_lead_to_their_blocks_and_headings_make_sections() -> None:
    made = document(
        Block(0, BlockKind.PARAGRAPH, "Before."),
        Block(1, BlockKind.HEADING, "One", 1),
        Block(2, BlockKind.PARAGRAPH, "Within.", anchor="in"),
        Block(3, BlockKind.HEADING, "Two", 2),
    )
    assert made.place_of("in") == 2
    assert made.place_of("out") is None
    assert [(s.title, s.level, s.start, s.end) for s in made.sections()] == [
        (None, 0, 0, 1), ("One", 1, 1, 3), ("Two", 2, 3, 4),
    ]  # fmt: skip


def test_a_text_without_headings_is_one_section() -> None:
    one = document(Block(0, BlockKind.PARAGRAPH, "One."), Block(1, BlockKind.PARAGRAPH, "Two."))
    assert one.sections() == (Section(None, 0, 0, 2),)
    assert document().sections() == ()
