"""What is done with files alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import InputError, OutputError
from desktop.operations.texts import document_json, export_deck, pictures_of_notes
from desktop.reading.document import BlockKind, Document, Evidence, Span
from desktop.reading.opener import open_document, read_document
from tests.command import ESSAY
from tests.decks.factory import deck, question_note


@pytest.fixture(scope="module")
def essay() -> Document:
    return open_document(ESSAY)


def quoting(document: Document, index: int) -> Evidence:
    return document.evidence(Span(index, 0, len(document.blocks[index].text)))


def test_a_note_that_quotes_a_caption_shows_its_picture(essay: Document) -> None:
    caption = next(b.index for b in essay.blocks if b.kind is BlockKind.CAPTION)
    paragraph = next(b.index for b in essay.blocks if b.kind is BlockKind.PARAGRAPH)
    notes = [
        question_note(id="caption", evidence=quoting(essay, caption)),
        question_note(id="paragraph", evidence=quoting(essay, paragraph)),
        question_note(id="elsewhere", evidence=replace(quoting(essay, caption), quote="Other.")),
    ]
    assert pictures_of_notes(deck(*notes), essay) == {"caption": (essay.pictures[0],)}


def test_an_ending_that_cant_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"deck\.pdf doesn't end in \.apkg, \.csv"):
        export_deck(deck(), tmp_path / "deck.pdf")


def test_a_deck_without_notes_is_told(tmp_path: Path) -> None:
    empty = replace(deck(), notes=())
    with pytest.raises(InputError, match="The Keeper's Log"):
        export_deck(empty, tmp_path / "deck.apkg")
    assert list(tmp_path.iterdir()) == []


def test_a_block_tells_its_marks_anchor_and_page() -> None:
    text = "# Wells\n\nDug in *1790*[^1].\n\n[^1]: So they say.\n"
    _title, body, note = document_json(read_document(text.encode(), name="a"))["blocks"]
    assert body["marks"] == [
        {"start": 7, "end": 11, "kind": "emphasis", "target": None},
        {"start": 11, "end": 14, "kind": "link", "target": "#note-1"},
    ]
    assert note["anchor"] == "note-1"
    assert "page" not in note
