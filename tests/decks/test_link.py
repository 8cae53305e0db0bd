"""Links of cards: made, found again, and shown by the real Anki."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.decks.apkg import note_fields, write_apkg
from desktop.decks.link import is_link, linked_note, note_link, note_linked_in
from tests.anki_judge import AnkiJudge
from tests.decks.factory import cloze_note, deck, question_note, term_note


@pytest.mark.parametrize("note_id", ["0a1b2c3d4e5f6a7b8c9d", "A#b/c d?e&f%", "ü"])
def test_a_link_names_its_note(note_id: str) -> None:
    link = note_link(note_id)
    assert linked_note(link) == note_id
    assert linked_note(f" {link}/ ".replace("glossator:", "GLOSSATOR:")) == note_id
    assert note_linked_in(["", f'<a href="{link}">Title</a>']) == note_id


@pytest.mark.parametrize("address", ["glossator:", "glossator://note/", "glossator://other/1"])
def test_a_link_without_a_note_is_ours_and_names_nothing(address: str) -> None:
    assert is_link(address)
    assert linked_note(address) is None


def test_other_addresses_are_not_ours() -> None:
    assert not is_link("https://example.org/glossator://note/1")
    assert linked_note("https://example.org/glossator://note/1") is None
    assert note_linked_in(["plain text", ""]) is None


def test_every_note_carries_its_own_link_and_anki_shows_it_on_the_back_alone(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    for note in (question_note(), cloze_note(), term_note()):
        assert note_linked_in(note_fields(note)) == note.id
    write_apkg(deck(), tmp_path / "deck.apkg")
    anki.take_package(tmp_path / "deck.apkg")
    for card in anki.cards():
        assert f'href="{note_link(card.guid)}"' in card.back_html
        assert "glossator://" not in card.front_html
