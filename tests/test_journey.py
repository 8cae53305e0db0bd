"""The whole way: a file, its glossary, its cards, a package, the real Anki."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import desktop
from desktop.decks.deck import Deck, NoteKind
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from tests.anki_judge import AnkiJudge, visible_text
from tests.command import ESSAY


@pytest.fixture(scope="module")
def essay_deck() -> Deck:
    """The bundled essay's deck, made with the six public calls."""
    document = desktop.open_document(ESSAY)
    analysis = desktop.analyse(document)
    glossary = desktop.extract_glossary(analysis)
    facts = desktop.extract_facts(analysis, glossary)
    return desktop.build_deck(facts, glossary, document)


def test_from_the_essay_to_anki(tmp_path: Path, anki: AnkiJudge, essay_deck: Deck) -> None:
    path = tmp_path / "essay.apkg"
    desktop.write_apkg(essay_deck, path)
    count = len(essay_deck.notes)
    assert count >= 10
    verdict = anki.take_package(path)
    assert (verdict.new, verdict.conflicting) == (count, 0)
    assert anki.problems() == []
    again = anki.take_package(path)
    assert (again.new, again.updated, again.duplicate) == (0, 0, count)

    cards = anki.cards()
    by_note = {note.id: note for note in essay_deck.notes}
    assert {card.deck for card in cards} == {essay_deck.name}
    assert {card.guid for card in cards} == set(by_note)
    order = list(dict.fromkeys(card.guid for card in cards))
    assert order == [note.id for note in essay_deck.notes]
    for card in cards:
        note = by_note[card.guid]
        assert words(note.evidence.quote) in card.back
        assert words(note.title) in card.back
        assert set(card.tags) == {*note.tags, "glossator"}
        if card.template != "Definition":
            hidden = note.front if note.kind is not NoteKind.CLOZE else ""
            assert words(hidden) in card.front
            assert words(note.back) in card.back


def words(text: str) -> str:
    """Return the text as ``visible_text`` gives what Anki shows of it."""
    return " ".join(text.split())


def test_cloze_cards_hide_what_they_ask_for(
    anki: AnkiJudge, tmp_path: Path, essay_deck: Deck
) -> None:
    clozes = [note for note in essay_deck.notes if note.kind is NoteKind.CLOZE]
    assert clozes
    desktop.write_apkg(replace(essay_deck, notes=tuple(clozes)), tmp_path / "clozes.apkg")
    anki.take_package(tmp_path / "clozes.apkg")
    for card in anki.cards():
        assert "[" in card.front
        note = anki.note(card.guid)
        assert card.front != visible_text(note["Sentence"])


def test_an_edit_in_the_library_updates_one_note_in_anki(
    tmp_path: Path, anki: AnkiJudge, essay_deck: Deck
) -> None:
    from desktop.operations.analysing import analyse_document
    from desktop.operations.version import pipeline_version

    workspace = Workspace.open(reader_folders())
    try:
        number = workspace.add_file(ESSAY)
        document = workspace.document(number)
        workspace.save_analysed(number, pipeline_version(), analyse_document(document))
        proposed = [record.note.id for record in workspace.cards(number)]
        workspace.accept(proposed)
        first, second = tmp_path / "first.apkg", tmp_path / "second.apkg"
        before = workspace.deck([number])
        desktop.write_apkg(before, first)
        anki.take_package(first)

        questions = [note for note in before.notes if note.kind is not NoteKind.CLOZE]
        workspace.edit_note(questions[0].id, back="what the reader knows better")
        after = workspace.deck([number])
    finally:
        workspace.close()
    changed = {note.id: note.modified for note in after.notes}
    assert changed[questions[0].id] >= questions[0].modified > 0
    later = tuple(
        replace(note, modified=note.modified + 5) if note.id == questions[0].id else note
        for note in after.notes
    )  # as if the edit had come some seconds after the first export
    desktop.write_apkg(replace(after, notes=later), second)
    verdict = anki.take_package(second)
    assert (verdict.new, verdict.updated) == (0, 1)
    assert verdict.duplicate == len(before.notes) - 1
    shown = next(card for card in anki.cards() if card.guid == questions[0].id)
    assert "what the reader knows better" in shown.back
    assert anki.problems() == []
