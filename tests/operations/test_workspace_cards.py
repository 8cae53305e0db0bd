"""What the reader decides and writes about cards is kept, whatever a new analysis says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decks.deck import Note
from desktop.errors import LibraryError
from desktop.operations.workspace import CardRecord, NoteStatus, Workspace
from desktop.reading.document import Document
from desktop.study.card import Rating
from tests.library.factory import (
    VERSION,
    Clock,
    accept_all,
    add_analysed,
    make_analysed,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", clock)
    yield workspace
    workspace.close()


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def document_id(workspace: Workspace, document: Document) -> int:
    return add_analysed(workspace, document, [make_note(document, i) for i in range(1, 6)])


def by_id(workspace: Workspace) -> dict[str, CardRecord]:
    return {record.note.id: record for record in workspace.cards()}


def analyse_again(workspace: Workspace, notes: Sequence[Note]) -> None:
    document = make_document()
    workspace.save_analysed(1, VERSION, make_analysed(document, notes))


def test_notes_are_proposed_in_the_order_of_the_deck_and_not_studied(
    workspace: Workspace, document_id: int
) -> None:
    records = workspace.cards(document_id)
    assert [record.note.id for record in records] == [f"Rivers-{i}" for i in range(1, 6)]
    assert {record.status for record in records} == {NoteStatus.PROPOSED}
    assert all(record.card is None and not record.edited for record in records)
    assert workspace.next_card() is None


def test_a_note_comes_back_with_all_its_fields(
    workspace: Workspace, document: Document, clock: Clock
) -> None:
    cloze = replace(make_cloze(document, 2), term="naïve", tags=("a::b", 'q"'))
    add_analysed(workspace, document, [cloze])
    (record,) = workspace.cards()
    assert record.note == replace(cloze, modified=int(clock().timestamp()))


def test_accepted_notes_are_studied_refused_ones_not(
    workspace: Workspace, document_id: int
) -> None:
    workspace.accept(["Rivers-1", "Rivers-2"])
    workspace.refuse(["Rivers-2", "Rivers-3"])
    assert workspace.due_counts().new == 1
    statuses = [record.status.value for record in workspace.cards()]
    assert statuses == ["accepted", "refused", "refused", "proposed", "proposed"]


def test_a_refused_card_that_is_accepted_again_keeps_its_schedule(
    workspace: Workspace, document_id: int
) -> None:
    workspace.accept(["Rivers-1"])
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    card = by_id(workspace)["Rivers-1"].card
    workspace.refuse(["Rivers-1"])
    assert workspace.documents()[0].cards_due == 0
    workspace.accept(["Rivers-1"])
    assert by_id(workspace)["Rivers-1"].card == card


def test_a_new_analysis_rewords_untouched_proposals_alone(
    workspace: Workspace, document: Document, document_id: int, clock: Clock
) -> None:
    workspace.accept(["Rivers-2"])
    workspace.refuse(["Rivers-3"])
    workspace.edit_note("Rivers-4", front="In my words?")
    workspace.delete_notes(["Rivers-5"])
    before = by_id(workspace)
    clock.move(days=1)
    notes = [make_note(document, i, front=f"Better {i}?") for i in range(1, 6)]
    analyse_again(workspace, notes)
    after = by_id(workspace)
    assert after["Rivers-1"].note.front == "Better 1?"
    assert after["Rivers-2"] == before["Rivers-2"]
    assert after["Rivers-3"] == before["Rivers-3"]
    assert after["Rivers-4"] == before["Rivers-4"]
    assert after["Rivers-4"].note.front == "In my words?"
    assert "Rivers-5" not in after


def test_a_new_analysis_adds_new_notes_in_their_place_and_drops_vanished_proposals(
    workspace: Workspace, document: Document, document_id: int
) -> None:
    workspace.accept(["Rivers-1"])
    workspace.refuse(["Rivers-2"])
    workspace.edit_note("Rivers-3", back="mine")
    fresh = make_note(document, 6, id="fresh")
    analyse_again(workspace, [fresh, make_note(document, 5)])
    records = by_id(workspace)
    assert set(records) == {"fresh", "Rivers-5", "Rivers-1", "Rivers-2", "Rivers-3"}
    assert records["fresh"].status is NoteStatus.PROPOSED
    assert records["Rivers-1"].status is NoteStatus.ACCEPTED
    analyse_again(workspace, [make_note(document, i) for i in range(1, 6)])
    assert by_id(workspace)["Rivers-2"].status is NoteStatus.REFUSED
    assert workspace.check() == []


def test_new_cards_follow_the_order_of_a_new_analysis(
    workspace: Workspace, document: Document, document_id: int
) -> None:
    accept_all(workspace)
    analyse_again(workspace, [make_note(document, i) for i in (4, 2, 1, 3, 5)])
    item = workspace.next_card()
    assert item is not None
    assert item.note.id == "Rivers-4"


def test_evidence_follows_the_text_even_for_edited_notes(
    workspace: Workspace, document: Document, document_id: int
) -> None:
    workspace.accept(["Rivers-1"])
    workspace.edit_note("Rivers-1", back="about 100 miles")
    moved = make_note(document, 1, evidence=make_note(document, 2).evidence)
    analyse_again(workspace, [moved])
    record = by_id(workspace)["Rivers-1"]
    assert record.note.evidence == moved.evidence
    assert record.note.back == "about 100 miles"


def test_the_content_time_moves_only_with_the_content(
    workspace: Workspace, document: Document, document_id: int, clock: Clock
) -> None:
    def modified() -> int:
        return by_id(workspace)["Rivers-1"].note.modified

    made = modified()
    assert made == int(clock().timestamp())
    clock.move(hours=1)
    notes = [make_note(document, i) for i in range(1, 6)]
    analyse_again(workspace, notes)
    workspace.accept(["Rivers-1"])
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    workspace.suspend(["Rivers-1"])
    workspace.edit_note("Rivers-1", front=notes[0].front)
    analyse_again(workspace, [replace(notes[0], confidence=0.1, rule="other"), *notes[1:]])
    assert modified() == made
    workspace.edit_note("Rivers-1", front="New?")
    assert modified() == int(clock().timestamp())
    workspace.edit_note("Rivers-1", front="Newer, in the same second?")
    assert modified() == int(clock().timestamp()) + 1
    workspace.undo()
    workspace.undo()
    assert modified() == made


def test_editing_a_cloze_gives_its_faces_and_its_cards(
    workspace: Workspace, document: Document
) -> None:
    add_analysed(workspace, document, [make_cloze(document, 1, gaps=1)])
    note_id = "Rivers-cloze-1"
    workspace.accept([note_id])
    first = by_id(workspace)[note_id].cards[0]
    workspace.edit_note(note_id, cloze="{{c1::The Nile}} is {{c2::6650 km::how long}} long.")
    record = by_id(workspace)[note_id]
    assert record.note.front == "[…] is 6650 km long."
    assert record.note.back == "The Nile is 6650 km long."
    assert [card.ordinal for card in record.cards] == [0, 1]
    assert record.cards[0] == first
    assert workspace.due_counts().new == 2
    workspace.edit_note(note_id, cloze="The Nile is {{c2::6650 km}} long.")
    item = workspace.next_card()
    assert item is not None
    assert (workspace.due_counts().new, item.card.ordinal) == (1, 1)
    assert item.front == "The Nile is […] long."
    workspace.edit_note(note_id, cloze="{{c1::The Nile}} is {{c2::6650 km}} long.")
    assert by_id(workspace)[note_id].cards == record.cards


@pytest.mark.parametrize(
    "wording",
    [{"front": " "}, {"back": ""}],
)
def test_a_card_with_an_empty_side_is_refused(
    workspace: Workspace, document_id: int, wording: dict[str, str]
) -> None:
    with pytest.raises(LibraryError, match="both sides"):
        workspace.edit_note("Rivers-1", **wording)
    assert not by_id(workspace)["Rivers-1"].edited


def test_half_a_character_is_refused_with_a_sentence(
    workspace: Workspace, document_id: int
) -> None:
    with pytest.raises(LibraryError, match="half a character"):
        workspace.edit_note("Rivers-1", front="lone \ud83d surrogate")
    assert not by_id(workspace)["Rivers-1"].edited


@pytest.mark.parametrize("cloze", ["no gap", "{{c0::zero}} gap", "{{c1::  }} gap", "{{c1:one}}"])
def test_a_cloze_without_a_gap_is_refused(
    workspace: Workspace, document: Document, cloze: str
) -> None:
    add_analysed(workspace, document, [make_cloze(document, 1)])
    with pytest.raises(LibraryError, match="needs a gap"):
        workspace.edit_note("Rivers-cloze-1", cloze=cloze)


def test_a_readers_own_note_is_accepted_and_stands_at_its_sentence(
    workspace: Workspace, document: Document, document_id: int
) -> None:
    workspace.add_note(document_id, make_note(document, 2, id="own", front="Mine?"))
    ids = [record.note.id for record in workspace.cards()]
    assert ids == ["Rivers-1", "Rivers-2", "own", "Rivers-3", "Rivers-4", "Rivers-5"]
    assert workspace.due_counts().new == 1
    analyse_again(workspace, [])
    assert [record.note.id for record in workspace.cards()] == ["own"]
    with pytest.raises(LibraryError, match="removed"):
        workspace.add_note(99, make_note(document, 2, id="lost"))


def test_a_suspended_note_rests_until_it_is_woken(workspace: Workspace, document_id: int) -> None:
    workspace.accept(["Rivers-1"])
    workspace.suspend(["Rivers-1"])
    assert workspace.next_card() is None
    card = by_id(workspace)["Rivers-1"].card
    assert card is not None
    assert card.suspended
    workspace.refuse(["Rivers-1"])
    workspace.accept(["Rivers-1"])
    assert workspace.next_card() is None
    workspace.suspend(["Rivers-1"], False)
    assert workspace.next_card() is not None


def test_reviews_outlive_a_deleted_card(workspace: Workspace, document_id: int) -> None:
    workspace.accept(["Rivers-1"])
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    workspace.delete_notes(["Rivers-1"])
    with pytest.raises(LibraryError, match="no longer in the library"):
        workspace.answer(item.card.id, Rating.GOOD)
    assert workspace._database.value("SELECT count(*) FROM reviews") == 1
    workspace.accept(["Rivers-2"])
    other = workspace.next_card()
    assert other is not None
    assert other.card.id > item.card.id
