"""The ranker learns from what the reader accepts, edits, refuses and deletes, and can forget it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import cli
from desktop.decks.ranking import shipped_ranker
from desktop.operations.workspace import Workspace
from tests.library.factory import (
    VERSION,
    Clock,
    add_analysed,
    make_analysed,
    make_document,
    make_note,
    open_workspace,
)

DISLIKED, LIKED = "name_subject", "time"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", Clock())
    yield workspace
    workspace.close()


def add(workspace: Workspace, title: str) -> tuple[int, list[str], list[str]]:
    """Add a text with eight cards of a rule that the reader dislikes and eight of another one."""
    document = make_document(title, paragraphs=16)
    notes = [
        make_note(document, i, rule=DISLIKED if i <= 8 else LIKED, confidence=0.8)
        for i in range(1, 17)
    ]
    number = add_analysed(workspace, document, notes)
    return number, [n.id for n in notes[:8]], [n.id for n in notes[8:]]


def confidences(workspace: Workspace, document_id: int) -> dict[str, float]:
    return {r.note.id: r.note.confidence for r in workspace.cards(document_id)}


def test_a_new_reader_has_the_ranker_that_is_shipped(workspace: Workspace) -> None:
    number, _, _ = add(workspace, "Rivers")
    assert workspace.card_ranker() == shipped_ranker()
    assert set(confidences(workspace, number).values()) == {0.8}


def test_what_was_refused_and_deleted_lowers_the_confidence_of_the_like(
    workspace: Workspace,
) -> None:
    _, disliked, liked = add(workspace, "Rivers")
    workspace.refuse(disliked[:5])
    workspace.delete_notes(disliked[5:])
    workspace.accept(liked)
    number, more, others = add(workspace, "Hills")
    found = confidences(workspace, number)
    assert max(found[i] for i in more) < 0.7 * min(found[i] for i in others)
    assert min(found[i] for i in others) > 0.75


def test_undone_decisions_teach_nothing(workspace: Workspace) -> None:
    _, disliked, _ = add(workspace, "Rivers")
    workspace.delete_notes(disliked)
    assert workspace.card_ranker() != shipped_ranker()
    workspace.undo()
    assert workspace.card_ranker() == shipped_ranker()


def test_an_edited_card_counts_as_it_was_made(workspace: Workspace) -> None:
    _, disliked, _ = add(workspace, "Rivers")
    workspace.edit_note(disliked[0], back="a hundred miles and a bit")
    once = workspace.card_ranker()
    assert once != shipped_ranker()
    workspace.edit_note(disliked[0], back="something else again")
    workspace.delete_notes([disliked[0]])
    assert workspace.card_ranker() == once


def test_the_readers_own_cards_teach_nothing(workspace: Workspace) -> None:
    document = make_document("Rivers")
    number = add_analysed(workspace, document, [])
    workspace.add_note(number, make_note(document, 3, id="own", front="Mine?", back="Yes"))
    workspace.delete_notes(["own"])
    assert workspace.card_ranker() == shipped_ranker()


def test_what_was_learnt_can_be_forgotten(workspace: Workspace) -> None:
    _, disliked, liked = add(workspace, "Rivers")
    workspace.refuse(disliked[:4])
    workspace.delete_notes(disliked[4:])
    workspace.forget_judgements()
    assert workspace.card_ranker() == shipped_ranker()
    workspace.refuse(liked[:1])
    assert workspace.card_ranker() != shipped_ranker()


def test_the_same_analysis_again_keeps_the_confidence_of_the_reader(workspace: Workspace) -> None:
    number, disliked, liked = add(workspace, "Rivers")
    workspace.refuse(disliked[:6])
    notes = [r.note for r in workspace.cards(number)]
    document = workspace.document(number)
    for _ in range(2):
        analysed = make_analysed(document, [make_note(document, i, rule=DISLIKED, confidence=0.8)
                                            for i in range(1, 17)])  # fmt: skip
        workspace.save_analysed(number, VERSION, analysed)
    assert len(workspace.cards(number)) == len(notes)
    assert 0 < confidences(workspace, number)[disliked[7]] < 0.8
    assert liked


def test_the_command_line_forgets_too(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, disliked, _ = add(workspace, "Rivers")
    workspace.refuse(disliked)
    workspace.close()
    home = str(tmp_path / "home")
    assert cli.main(["library", "--library", home, "forget-judgements"]) == 0
    assert "ranked as they came" in capsys.readouterr().err
    again = open_workspace(tmp_path / "home", Clock())
    assert again.card_ranker() == shipped_ranker()
    again.close()
