"""How far a reader has come, and what they remember of the terms."""

from dataclasses import replace
from pathlib import Path

from desktop.decks.deck import NoteKind
from desktop.operations.workspace import ReadingPosition
from desktop.study.card import Rating
from tests.library.factory import Clock, make_analysed, make_document, open_workspace


def test_the_furthest_place_is_kept_and_never_goes_back(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    text = workspace.add_document(make_document())
    assert workspace.furthest_read(text) == (0, 0)
    workspace.save_reading_position(text, ReadingPosition(2, 5, 0.4))
    assert workspace.furthest_read(text) == (2, 5)  # from before it was kept
    workspace.save_furthest_read(text, (4, 1))
    workspace.save_furthest_read(text, (1, 9))
    workspace.close()
    workspace = open_workspace(tmp_path)
    assert workspace.furthest_read(text) == (4, 1)
    workspace.remove_document(text)
    workspace.save_furthest_read(text, (5, 0))
    assert workspace.furthest_read(text) == (0, 0)
    again = workspace.add_document(make_document())
    assert workspace.furthest_read(again) == (4, 1)
    workspace.close()


def test_memory_fades_by_term_and_new_cards_have_none(tmp_path: Path) -> None:
    clock = Clock()
    workspace = open_workspace(tmp_path, clock)
    document = make_document()
    text = workspace.add_document(document)
    analysed = make_analysed(document)
    notes = tuple(
        replace(note, kind=NoteKind.TERM, term="Ferry") if n == 0 else note
        for n, note in enumerate(analysed.deck.notes)
    )
    analysed = replace(analysed, deck=replace(analysed.deck, notes=notes))
    workspace.save_analysed(text, "1", analysed)
    assert workspace.term_memory() == {}
    workspace.accept([notes[0].id])
    assert workspace.term_memory() == {}
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    fresh = workspace.term_memory()
    assert set(fresh) == {"ferry"}
    clock.move(days=40)
    later = workspace.term_memory()
    assert later["ferry"] < fresh["ferry"] <= 1.0
    workspace.close()
