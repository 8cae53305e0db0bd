"""Highlights, notes and bookmarks: kept, undone, taken over by a corrected text, exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.operations.annotation_files import highlights_as
from desktop.operations.workspace import ReadingPosition, Workspace
from desktop.reading.anchor import anchor_of
from desktop.reading.document import BlockKind, Document
from tests.documents import document_of
from tests.library.factory import Clock, add_analysed, make_document, make_note, open_workspace

BEES = document_of(
    "A hive has one queen. She lays up to two thousand eggs a day in spring.",
    "The workers feed the young, clean the cells and guard the entrance.",
    "When the hive is crowded, half of the bees leave with the old queen.",
    frame=((BlockKind.HEADING, "Winter"), (BlockKind.PARAGRAPH, "In winter they form a ball.")),
    title="Bees",
    authors=("A. Keeper",),
)


def corrected(document: Document, number: int = 1) -> Document:
    """The same text with a new paragraph in front and a sentence mended."""
    texts = [block.text for block in document.blocks]
    texts[1] = "A healthy hive has just one queen. She lays up to two thousand eggs a day in May."
    texts.insert(1, "This is the second edition of a little book on bees.")
    kinds = [block.kind for block in document.blocks]
    kinds.insert(1, BlockKind.PARAGRAPH)
    blocks = tuple(
        replace(document.blocks[0], index=at, kind=kind, text=text)
        for at, (kind, text) in enumerate(zip(kinds, texts, strict=True))
    )
    return replace(document, blocks=blocks, source=replace(document.source, sha256=f"{number:064}"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", Clock())
    yield workspace
    workspace.close()


@pytest.fixture
def bees(workspace: Workspace) -> int:
    return workspace.add_document(BEES)


def mark(
    workspace: Workspace, document_id: int, words: str, colour: str = "yellow", note: str = ""
):
    block = next(b for b in BEES.blocks if words in b.text)
    start = block.text.index(words)
    anchor = anchor_of(BEES, (block.index, start), (block.index, start + len(words)))
    return workspace.add_highlight(document_id, anchor, colour, note)


def quotes(workspace: Workspace, document_id: int) -> list[str | None]:
    (text,) = workspace.marked_texts(document_id)
    return [
        None if one.spans is None else "\n".join(text.document.quote(span) for span in one.spans)
        for one in text.passages
    ]


def test_what_is_marked_is_there_at_the_next_start(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    bees = workspace.add_document(BEES)
    mark(workspace, bees, "one queen", "blue", "Only one?")
    workspace.add_bookmark(bees, anchor_of(BEES, (3, 0)))
    workspace.close()
    workspace = open_workspace(tmp_path)
    (one,) = workspace.highlights(bees)
    assert (one.anchor.exact, one.colour, one.note) == ("one queen", "blue", "Only one?")
    (bookmark,) = workspace.bookmarks(bees)
    assert bookmark.anchor.suffix.startswith("When the hive")
    workspace.close()


def test_each_change_is_told_and_can_be_undone_and_done_again(
    workspace: Workspace, bees: int
) -> None:
    heard: list[frozenset[str]] = []
    workspace.subscribe(heard.append)
    number = mark(workspace, bees, "one queen")
    assert number is not None
    workspace.change_highlight(number, colour="pink")
    workspace.change_highlight(number, note="Why?")
    workspace.remove_highlights([number])
    assert heard == [frozenset({"marks"})] * 4
    assert workspace.highlights(bees) == []
    assert [workspace.undo() for _ in range(2)] == ["Remove highlight", "Change the note"]
    (one,) = workspace.highlights()
    assert (one.id, one.colour, one.note) == (number, "pink", "")
    assert workspace.redo() == "Change the note"
    assert workspace.highlights()[0].note == "Why?"


def test_a_text_that_is_removed_takes_its_marks_and_brings_them_back(
    workspace: Workspace, bees: int
) -> None:
    mark(workspace, bees, "one queen")
    workspace.add_bookmark(bees, anchor_of(BEES, (1, 0)))
    workspace.remove_document(bees)
    assert (workspace.highlights(), workspace.bookmarks()) == ([], [])
    workspace.undo()
    assert quotes(workspace, bees) == ["one queen"]
    assert len(workspace.bookmarks(bees)) == 1


def test_a_colour_that_is_none_and_a_text_that_is_gone_are_refused(
    workspace: Workspace, bees: int
) -> None:
    with pytest.raises(LibraryError, match="violet; not red"):
        mark(workspace, bees, "one queen", "red")
    workspace.remove_document(bees)
    assert mark(workspace, bees, "one queen") is None


def test_a_corrected_text_is_recognised_and_other_texts_are_not(
    workspace: Workspace, bees: int
) -> None:
    workspace.add_document(make_document("Hills"))
    found = workspace.earlier_version(corrected(BEES))
    assert found is not None
    assert (found.id, found.title) == (bees, "Bees")
    assert workspace.earlier_version(BEES) is None  # it is there already
    other = document_of(*["The moon pulls at the sea."] * 6, title="Bees")
    assert workspace.earlier_version(other) is None
    renamed = replace(corrected(BEES, 7), title="On Bees")
    renamed = replace(renamed, source=replace(renamed.source, name="bees-2.txt"))
    assert workspace.earlier_version(renamed) is not None


def test_a_corrected_text_keeps_marks_cards_and_places_at_their_words(
    workspace: Workspace, bees: int
) -> None:
    mark(workspace, bees, "A hive has one queen.", note="First.")
    mark(workspace, bees, "half of the bees", "green")
    mark(workspace, bees, "In winter they form a ball.", "blue")
    workspace.add_bookmark(bees, anchor_of(BEES, (3, 0)))
    workspace.save_reading_position(bees, ReadingPosition(2, 12, 0.4))
    workspace.save_furthest_read(bees, (3, 5))
    note = make_note(BEES, 2, id="own", front="Who feeds the young?", back="The workers")
    workspace.add_note(bees, note)
    new = corrected(BEES)
    workspace.replace_text(bees, new)

    assert workspace.document(bees) == new
    expected = [
        "A healthy hive has just one queen.",
        "half of the bees",
        "In winter they form a ball.",
    ]
    assert quotes(workspace, bees) == expected
    assert workspace.reading_position(bees) == ReadingPosition(3, 12, 0.4)
    assert workspace.furthest_read(bees) == (4, 5)
    (bookmark,) = workspace.marked_texts(bees)[0].bookmarks
    assert bookmark[1] == (4, 0)
    (record,) = workspace.cards(bees)
    assert new.quote(record.note.evidence.span) == record.note.evidence.quote == BEES.blocks[2].text
    assert workspace.check() == []

    assert workspace.undo() == "Replace the text"
    assert workspace.document(bees) == BEES
    assert quotes(workspace, bees)[0] == "A hive has one queen."
    assert workspace.reading_position(bees) == ReadingPosition(2, 12, 0.4)


def test_a_card_on_a_corrected_sentence_quotes_it_as_it_is_now(
    workspace: Workspace, bees: int
) -> None:
    workspace.add_note(bees, make_note(BEES, 1, id="own", front="How many queens?", back="One"))
    (before,) = workspace.cards(bees)
    new = corrected(BEES)
    workspace.replace_text(bees, new)
    (record,) = workspace.cards(bees)
    assert record.note.evidence.quote == new.blocks[2].text
    assert record.note.modified > before.note.modified


def test_what_a_corrected_text_has_no_more_is_kept_and_comes_back(
    workspace: Workspace, bees: int
) -> None:
    mark(workspace, bees, "half of the bees leave with the old queen", note="Swarming")
    new = corrected(BEES)
    cut = replace(new, blocks=tuple(replace(b, index=i) for i, b in enumerate(
        block for block in new.blocks if "crowded" not in block.text)))  # fmt: skip
    workspace.replace_text(bees, replace(cut, source=replace(cut.source, sha256="2" * 64)))
    assert quotes(workspace, bees) == [None]
    assert workspace.highlights(bees)[0].note == "Swarming"
    workspace.replace_text(bees, new)
    assert quotes(workspace, bees) == ["half of the bees leave with the old queen"]


def test_a_file_read_better_keeps_its_marks_and_the_place(workspace: Workspace, bees: int) -> None:
    mark(workspace, bees, "half of the bees")
    workspace.save_reading_position(bees, ReadingPosition(3, 0, 0.5))
    better = replace(corrected(BEES), source=BEES.source)
    assert workspace.add_document(better) == bees
    assert quotes(workspace, bees) == ["half of the bees"]
    assert workspace.reading_position(bees) == ReadingPosition(4, 0, 0.5)


def test_exported_as_markdown_they_stand_under_their_headings(
    workspace: Workspace, bees: int
) -> None:
    mark(workspace, bees, "In winter they form a ball.", "blue", "A *ball*?")
    mark(workspace, bees, "one queen")
    text = highlights_as("md", workspace.marked_texts())
    assert text == (
        "# Bees\n\nA. Keeper\n\n> one queen\n\n*yellow, 2024-05-06*\n\n## Winter\n\n"
        "> In winter they form a ball.\n\nA \\*ball\\*?\n\n*blue, 2024-05-06*\n"
    )


def test_exported_as_json_each_has_its_evidence(workspace: Workspace, bees: int) -> None:
    mark(workspace, bees, "one queen", note="!")
    workspace.add_bookmark(bees, anchor_of(BEES, (3, 0)))
    (text,) = json.loads(highlights_as("json", workspace.marked_texts(bees)))["documents"]
    (one,) = text["highlights"]
    (evidence,) = one["evidence"]
    block = BEES.blocks[evidence["block"]].text
    assert block[evidence["start"] : evidence["end"]] == "one queen" == one["quote"]
    assert (one["lost"], one["note"], one["section"]) == (False, "!", None)
    assert text["bookmarks"][0]["place"] == {"block": 3, "offset": 0}


def test_exported_as_web_annotations_they_follow_the_model(workspace: Workspace, bees: int) -> None:
    mark(workspace, bees, "one queen", "pink", "Only one?")
    mark(workspace, bees, "half of the bees")
    first = highlights_as("w3c", workspace.marked_texts(bees))
    assert first == highlights_as("w3c", workspace.marked_texts(bees))
    data = json.loads(first)
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (data["type"], data["total"]) == ("AnnotationCollection", 2)
    noted, plain = data["first"]["items"]
    assert noted["motivation"] == "commenting"
    assert [body["purpose"] for body in noted["body"]] == ["commenting", "tagging"]
    assert (
        noted["target"]["selector"]
        == {
            "type": "TextQuoteSelector",
            "exact": "one queen",
            "prefix": "Bees\nA hive has ",
            "suffix": BEES.blocks[1].text[20:] + "\n" + BEES.blocks[2].text[:14],
        }
        or noted["target"]["selector"]["exact"] == "one queen"
    )
    assert noted["target"]["source"]["id"].startswith("ni:///sha-256;")
    assert plain["motivation"] == "highlighting"
    assert noted["created"] == "2024-05-06T10:00:00Z"
    assert len({item["id"] for item in data["first"]["items"]}) == 2


def test_the_whole_library_takes_them_along(
    workspace: Workspace, bees: int, tmp_path: Path
) -> None:
    mark(workspace, bees, "one queen")
    add_analysed(workspace, make_document("Hills"))
    workspace.export(tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*/highlights.json"))) == 1
