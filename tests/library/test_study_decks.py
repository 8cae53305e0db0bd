"""Decks of study: made with a document's first card, nested by name, with presets of options."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.library import study_decks
from desktop.library.database import Database
from desktop.library.study_decks import (
    add_preset,
    all_decks,
    choose_preset,
    delete_preset,
    ensure_deck,
    move_cards,
    options_of_deck,
    presets,
    rename_deck,
    save_preset,
    within,
)
from desktop.operations.workspace import Workspace
from desktop.study.options import DeckOptions, LeechAction, NewOrder, ReviewOrder
from tests.library.factory import Clock, accept_all, add_analysed, make_document, open_workspace
from tests.library.make_files import file_of_version


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path, clock)
    yield workspace
    workspace.close()


def names(workspace: Workspace) -> list[str]:
    return [deck.name for deck in all_decks(workspace._database)]


def test_the_first_accepted_card_of_a_document_makes_its_deck(workspace: Workspace) -> None:
    rivers = add_analysed(workspace, make_document("Rivers: a::b"))
    assert names(workspace) == []
    workspace.accept([workspace.cards()[0].note.id])
    assert names(workspace) == ["Glossator", "Glossator::Rivers: a:b"]
    deck = study_decks.deck_of_document(workspace._database, rivers)
    assert deck is not None
    card = workspace.cards()[0].card
    assert card is not None
    assert card.deck_id == deck.id
    workspace.undo()
    assert names(workspace) == []
    assert workspace.check() == []


def test_a_deck_goes_with_its_document_and_comes_back_with_it(workspace: Workspace) -> None:
    document = make_document("Rivers")
    first = add_analysed(workspace, document)
    accept_all(workspace)
    workspace.remove_document(first)
    assert names(workspace) == ["Glossator"]
    workspace.undo()
    assert names(workspace) == ["Glossator", "Glossator::Rivers"]


def test_a_deck_with_other_cards_outlives_its_document_and_is_taken_up_again(
    workspace: Workspace,
) -> None:
    database = workspace._database
    rivers = add_analysed(workspace, make_document("Rivers"))
    hills = add_analysed(workspace, make_document("Hills"))
    accept_all(workspace)
    deck = study_decks.deck_of_document(database, rivers)
    assert deck is not None
    card = workspace.cards(hills)[0].card
    assert card is not None
    with database.transaction():
        move_cards(database, [card.id], deck.id)
    workspace.remove_document(rivers)
    kept = study_decks.read_deck(database, deck.id)
    assert kept.document_id is None
    again = add_analysed(workspace, make_document("Rivers"))
    accept_all(workspace)
    assert study_decks.read_deck(database, deck.id).document_id == again


def test_a_renamed_deck_takes_those_within_it_along(workspace: Workspace, clock: Clock) -> None:
    database = workspace._database
    inner = ensure_deck(database, "A::B::C", clock())
    ensure_deck(database, "Aa", clock())
    middle = ensure_deck(database, "A::B", clock())
    assert within(database, middle) == sorted([middle, inner])
    rename_deck(database, middle, "X:: Y", clock())
    assert names(workspace) == ["A", "Aa", "X", "X::Y", "X::Y::C"]
    with pytest.raises(LibraryError, match="already"):
        rename_deck(database, middle, "Aa", clock())
    with pytest.raises(LibraryError, match="into itself"):
        rename_deck(database, middle, "X::Y::Z", clock())
    with pytest.raises(LibraryError, match="empty"):
        ensure_deck(database, "A::", clock())


def test_presets_are_shared_and_fall_back_to_the_default(
    workspace: Workspace, clock: Clock
) -> None:
    database = workspace._database
    deck = ensure_deck(database, "A", clock())
    assert options_of_deck(database, deck) == DeckOptions()
    hard = add_preset(database, "Hard", DeckOptions(desired_retention=0.95), clock())
    choose_preset(database, [deck], hard, clock())
    assert options_of_deck(database, deck).desired_retention == 0.95
    save_preset(database, hard, DeckOptions(new_per_day=3), clock())
    assert options_of_deck(database, deck).new_per_day == 3
    assert [preset.name for preset in presets(database)] == ["Default", "Hard"]
    delete_preset(database, hard)
    assert options_of_deck(database, deck) == DeckOptions()
    with pytest.raises(LibraryError, match="default"):
        delete_preset(database, 1)
    with pytest.raises(LibraryError, match="already"):
        add_preset(database, "Default", DeckOptions(), clock())


def test_options_come_back_from_json_as_they_were() -> None:
    options = DeckOptions(
        learning_steps=(30,),
        parameters=(0.1, 2.0),
        new_order=NewOrder.RANDOM_CARDS,
        review_order=ReviewOrder.FADING_FIRST,
        leech_action=LeechAction.TAG,
    )
    assert DeckOptions.from_json(options.to_json()) == options
    assert DeckOptions.from_json({"new_per_day": 5, "unheard_of": 1}) == DeckOptions(new_per_day=5)
    with pytest.raises(ValueError, match="sideways"):
        DeckOptions.from_json({"review_order": "sideways"})


def test_an_older_library_gets_a_deck_for_each_text_and_keeps_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    shutil.copyfile(file_of_version(3), path)
    database = Database.open(path)
    decks = all_decks(database)
    assert [deck.name for deck in decks] == ["Glossator", "Glossator::Rivers"]
    assert {row["deck_id"] for row in database.rows("SELECT deck_id FROM cards")} == {decks[1].id}
    assert options_of_deck(database, decks[1].id) == DeckOptions(new_per_day=7)
    database.close()
