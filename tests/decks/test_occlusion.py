"""Pictures with hidden regions, judged by the real Anki; figures and their captions."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decks.apkg import media_name, write_apkg
from desktop.decks.deck import Deck, Note
from desktop.decks.delimited import delimited_text
from desktop.decks.note_types import NOTE_TYPES, OCCLUSION
from desktop.decks.occlusion import (
    Region,
    caption_of,
    figures,
    hidden_regions,
    hides_all,
    is_occlusion,
    occlusion_note,
    picture_note,
)
from desktop.operations.texts import pictures_of_notes
from desktop.reading.document import Block, BlockKind, Document, Picture, Source
from tests.anki_judge import AnkiJudge, Verdict
from tests.decks.factory import question_note

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect width="200" height="100" fill="#ccc"/></svg>'
)
REGIONS = (Region(0.1, 0.2, 0.3, 0.25), Region(0.55, 0.5, 0.4, 0.5))


@pytest.fixture
def document() -> Document:
    blocks = (
        Block(0, BlockKind.TITLE, "The Bee"),
        Block(1, BlockKind.PARAGRAPH, "A bee has five eyes."),
        Block(2, BlockKind.FIGURE, "A drawing of a bee", picture="img/bee.svg"),
        Block(3, BlockKind.CAPTION, "The head of a worker bee & its eyes"),
        Block(4, BlockKind.FIGURE, "Another bee", picture="img/other.svg"),
        Block(5, BlockKind.FIGURE, "A lost picture", picture="img/none.svg"),
    )
    pictures = (
        Picture("img/bee.svg", "image/svg+xml", SVG),
        Picture("img/other.svg", "image/svg+xml", SVG.replace(b"ccc", b"ddd")),
    )
    source = Source("bee.md", hashlib.sha256(b"bee").hexdigest(), "md")
    return Document(
        "The Bee", None, None, ("Ann Lee",), None, "en", source, blocks, pictures=pictures
    )


def deck_of(*notes: Note) -> Deck:
    return Deck("Bees", "The Bee", "0" * 64, notes)


def export(folder: Path, document: Document, *notes: Note) -> Path:
    deck, path = deck_of(*notes), folder / "bees.apkg"
    write_apkg(deck, path, pictures=pictures_of_notes(deck, document))
    return path


def test_figures_come_with_their_captions(document):
    assert figures(document) == [
        (2, "The head of a worker bee & its eyes"),
        (4, "Another bee"),
    ]
    assert document.quote(caption_of(document, 2).span) == "The head of a worker bee & its eyes"


@pytest.mark.parametrize("hide_all", [True, False])
def test_regions_round_trip(document, hide_all):
    note = occlusion_note(document, 2, "Which part?", REGIONS, hide_all=hide_all)
    assert is_occlusion(note)
    assert hidden_regions(note) == REGIONS
    assert hides_all(note) is hide_all
    assert not is_occlusion(question_note())


def test_anki_takes_the_note_for_its_own_image_occlusion(tmp_path, document, anki: AnkiJudge):
    note = occlusion_note(document, 2, "Which part of the head?", REGIONS, hide_all=True)
    path = export(tmp_path, document, note, question_note())
    assert anki.take_package(path) == Verdict(new=2, updated=0, duplicate=0, conflicting=0)
    assert anki.problems() == []
    taken = anki.note(note.id)
    assert taken.note_type()["originalStockKind"] == 6
    seen = anki.collection.get_image_occlusion_note(taken.id).note
    assert seen.image_data == SVG
    assert seen.header == "Which part of the head?"
    shapes = [shape for one in seen.occlusions for shape in one.shapes]
    assert [shape.shape for shape in shapes] == ["rect", "rect"]
    told = [{p.name: float(p.value) for p in s.properties if p.name != "oi"} for s in shapes]
    assert {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25} in told
    assert seen.occlude_inactive
    assert "The head of a worker bee &amp; its eyes" in taken["Back Extra"]
    assert media_name(document.pictures[0]) in taken["Image"]
    cards = anki.cards(f"nid:{taken.id}")
    assert len(cards) == len(REGIONS)
    assert all("image-occlusion" in card.front_html for card in cards)


def test_only_the_asked_region_may_be_hidden(tmp_path, document, anki: AnkiJudge):
    note = occlusion_note(document, 2, "Which part?", REGIONS, hide_all=False)
    anki.take_package(export(tmp_path, document, note))
    taken = anki.note(note.id)
    assert not anki.collection.get_image_occlusion_note(taken.id).note.occlude_inactive


def test_taking_it_again_updates_and_never_doubles(tmp_path, document, anki: AnkiJudge):
    note = occlusion_note(document, 2, "Which part?", REGIONS, hide_all=True)
    anki.take_package(export(tmp_path, document, replace(note, modified=2_000_000_000)))
    again = replace(note, front="Which part is it?", modified=2_000_000_100)
    assert anki.take_package(export(tmp_path, document, again)) == Verdict(0, 1, 0, 0)
    assert anki.note(note.id)["Header"] == "Which part is it?"
    assert anki.problems() == []


def test_anki_shows_the_figure_in_the_question(tmp_path, document, anki: AnkiJudge):
    note = picture_note(document, 4, "What is this?", "a bee")
    assert anki.take_package(export(tmp_path, document, note)).new == 1
    (card,) = anki.cards()
    assert media_name(document.pictures[1]) in card.front_html
    assert card.back_html.count("<img") == card.front_html.count("<img")
    assert anki.problems() == []


def test_the_note_type_is_frozen():
    assert OCCLUSION.id == 1_607_392_001_304
    assert OCCLUSION.fields == ("Occlusion", "Image", "Header", "Back Extra", "Comments")
    assert OCCLUSION.stock_kind == 6
    assert OCCLUSION.id not in {one.id for one in NOTE_TYPES.values()}


def test_the_same_bytes_again(tmp_path, document):
    note = occlusion_note(document, 2, "Which part?", REGIONS, hide_all=True)
    first = export(tmp_path, document, note).read_bytes()
    assert export(tmp_path, document, note).read_bytes() == first


def test_text_files_leave_hidden_regions_out(document):
    note = occlusion_note(document, 2, "Which part?", REGIONS, hide_all=True)
    assert note.id not in delimited_text(deck_of(note, question_note()), "\t")
