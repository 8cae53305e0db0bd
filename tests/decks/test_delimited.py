"""Delimited text, imported by the real Anki without a package before it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop.decks.delimited import write_delimited
from desktop.errors import OutputError
from tests.anki_judge import AnkiJudge, Verdict
from tests.decks.factory import cloze_note, deck, question_note, term_note

HOSTILE = '#a "b"\t<c>, {{c1::d}} :: {{Front}}; [sound:x.mp3]\nnext'
SHOWN = '#a "b" <c>, {{c1::d}} :: {{Front}}; [sound:x.mp3] next'


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt"])
def test_anki_takes_every_note_once(tmp_path: Path, anki: AnkiJudge, ending: str) -> None:
    path = tmp_path / f"deck{ending}"
    write_delimited(deck(), path)
    assert anki.take_text(path) == Verdict(new=3, updated=0, duplicate=0, conflicting=0)
    assert anki.take_text(path) == Verdict(new=0, updated=0, duplicate=3, conflicting=0)
    assert anki.problems() == []


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_cards_have_their_deck_tags_order_and_evidence(
    tmp_path: Path, anki: AnkiJudge, ending: str
) -> None:
    path = tmp_path / f"deck{ending}"
    write_delimited(deck(), path)
    anki.take_text(path)
    question, cloze, term = anki.cards()
    assert {card.deck for card in (question, cloze, term)} == {"Glossator::The Keeper's Log"}
    assert question.tags == ("glossator", "history")
    assert question.front == "When was the lamp lit?"
    assert question.back == (
        "When was the lamp lit? at dusk on 4 May 1871 The lamp was lit at dusk on 4 May 1871. "
        "A. Keeper · The Keeper's Log"
    )
    assert cloze.front == "The lamp was lit at dusk on [date]."
    assert cloze.back.startswith("The lamp was lit at dusk on 4 May 1871.")
    assert term.front == "Fresnel lens"
    assert "A Fresnel lens stood around the flame." in term.back


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_text_with_separators_quotes_and_braces_arrives_as_it_is(
    tmp_path: Path, anki: AnkiJudge, ending: str
) -> None:
    path = tmp_path / f"deck{ending}"
    write_delimited(
        deck(question_note(front=HOSTILE, back=HOSTILE), term_note(front=HOSTILE)), path
    )
    assert anki.take_text(path).new == 2
    question, term = anki.cards()
    assert question.front == term.front == SHOWN
    assert question.back.startswith(f"{SHOWN} {SHOWN}")


def test_a_cloze_hides_its_answer(tmp_path: Path, anki: AnkiJudge) -> None:
    path = tmp_path / "deck.csv"
    note = cloze_note(cloze="A::B is {{c1::x}} y::h}}.", back="A::B is x}} y.")
    write_delimited(deck(note), path)
    anki.take_text(path)
    assert anki.cards()[0].front == "A::B is [h]."


def test_the_header_lines_are_those_that_anki_documents(tmp_path: Path) -> None:
    path = tmp_path / "deck.csv"
    write_delimited(deck(), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:7] == [
        "#separator:Comma",
        "#html:true",
        "#columns:GUID,Note type,Tags,Front,Back",
        "#guid column:1",
        "#notetype column:2",
        "#tags column:3",
        "#deck:Glossator::The Keeper's Log",
    ]
    assert {len(row) for row in csv.reader(lines[7:])} == {5}


def test_the_same_deck_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.tsv", "two.tsv"):
        write_delimited(deck(), tmp_path / name)
    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "two.tsv").read_bytes()


def test_an_output_that_cant_be_written_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"deck\.csv can't be written"):
        write_delimited(deck(), tmp_path / "absent" / "deck.csv")
