"""Memory brought back to the text: sentences, paragraphs to read again, a check after reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.decks.deck import NoteKind
from desktop.library.decks import NoteStatus
from desktop.operations.workspace import Workspace
from desktop.reading.document import Span
from desktop.study.card import Rating
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
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
    document = make_document("Peat", paragraphs=8)
    notes = [make_note(document, i, confidence=i / 10) for i in range(1, 6)]
    same = make_note(document, 1, id="Peat-1-again", front="What is number 0?")
    term = make_note(document, 6, id="Peat-term", kind=NoteKind.TERM, term="peat")
    add_analysed(workspace, document, [*notes, same, term])
    yield workspace
    workspace.close()


def answer(workspace: Workspace, note_id: str, rating: Rating) -> None:
    item = workspace.next_card(note_ids=[note_id])
    assert item is not None
    workspace.answer(item.card.id, rating, 1_000)


def test_sentences_fade_when_their_weakest_card_does(workspace: Workspace, clock: Clock) -> None:
    accept_all(workspace)
    for note in ("Peat-1", "Peat-2"):
        answer(workspace, note, Rating.EASY)
    answer(workspace, "Peat-1-again", Rating.AGAIN)
    clock.move(days=1)
    found = workspace.text_recall(1)
    assert (found.known, found.fading, found.new) == (2, 1, 4)
    assert [s.span.block for s in found.sentences] == [1, 2]
    assert [s.fading for s in found.sentences] == [True, False]
    assert found.sentences[0].share < 0.9 < found.sentences[1].share
    clock.move(days=60)
    assert all(s.fading for s in workspace.text_recall(1).sentences)


def test_paragraphs_whose_cards_fail_are_to_be_read_again(
    workspace: Workspace, clock: Clock
) -> None:
    accept_all(workspace)
    assert workspace.weak_paragraphs(1) == ()
    answer(workspace, "Peat-2", Rating.EASY)
    answer(workspace, "Peat-3", Rating.EASY)
    clock.move(days=15)
    answer(workspace, "Peat-3", Rating.AGAIN)
    answer(workspace, "Peat-2", Rating.EASY)
    clock.move(days=30)
    first, *others = workspace.weak_paragraphs(1)
    assert (first.block, first.lapses, first.fading) == (3, 1, 1)
    assert first.text.startswith("Peat number 2 is ")
    assert first.span == Span(3, 0, len(first.text))
    assert all(other.lapses == 0 for other in others)


def test_a_check_asks_the_key_facts_that_are_studied(workspace: Workspace) -> None:
    workspace.accept(["Peat-2", "Peat-term"])
    assert workspace.check_reading(1) == ["Peat-2"]


def test_a_check_accepts_the_best_facts_where_none_is_studied(workspace: Workspace) -> None:
    found = workspace.check_reading(1)
    assert found == ["Peat-1", "Peat-2", "Peat-3", "Peat-4", "Peat-5", "Peat-1-again"]
    statuses = {r.note.id: r.status for r in workspace.cards(1)}
    assert statuses["Peat-term"] is NoteStatus.PROPOSED
    assert workspace.next_card(note_ids=found) is not None
    assert workspace.undo() == "Accept cards"
    assert all(r.status is NoteStatus.PROPOSED for r in workspace.cards(1))


def test_a_text_without_cards_has_nothing_to_check(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    number = workspace.add_document(make_document("Ice"))
    assert workspace.check_reading(number) == []
    assert workspace.text_recall(number).sentences == ()
    workspace.close()
