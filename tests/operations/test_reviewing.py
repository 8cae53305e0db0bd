"""Proposals are reworded, turned, rescued and written by hand; all of it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decks.deck import Finding, Note, NoteKind, RefusedNote
from desktop.decks.written import draft, evidence_of
from desktop.errors import LibraryError
from desktop.operations.workspace import NoteStatus, Workspace
from desktop.reading.document import Document, Span
from tests.library.factory import (
    VERSION,
    add_analysed,
    make_analysed,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home")
    yield workspace
    workspace.close()


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def document_id(workspace: Workspace, document: Document) -> int:
    return add_analysed(workspace, document, [make_note(document, i) for i in (1, 2)])


def record(workspace: Workspace, note_id: str = "Rivers-1"):
    return next((r for r in workspace.cards() if r.note.id == note_id), None)


def keep_out(workspace: Workspace, document: Document, note: Note) -> None:
    analysed = make_analysed(document, [make_note(document, i) for i in (1, 2)])
    refused = RefusedNote(note, (Finding("trivial", "Too easily guessed."),))
    deck = replace(analysed.deck, refused=(refused,))
    workspace.save_analysed(1, VERSION, replace(analysed, deck=deck))


def test_a_question_can_become_a_gap_and_keeps_its_identity(workspace, document_id):
    note = record(workspace).note
    forms = workspace.alternatives(document_id, note)
    assert {form.note.id for form in forms} == {note.id}
    gap = next(f.note for f in forms if f.note.kind is NoteKind.CLOZE)
    assert gap.cloze.replace("{{c1::", "").replace("}}", "") == note.evidence.quote
    workspace.reword_note(gap)
    assert record(workspace).note.kind is NoteKind.CLOZE
    assert record(workspace).edited
    assert workspace.undo() == "Reword card"
    assert record(workspace).note == note
    assert workspace.redo() == "Reword card"
    assert record(workspace).note.cloze == gap.cloze


def test_the_next_analysis_leaves_a_reworded_card_alone(workspace, document, document_id):
    note = record(workspace).note
    workspace.reword_note(workspace.turn_note(document_id, note))
    workspace.save_analysed(document_id, VERSION, make_analysed(document, [make_note(document, 1)]))
    assert record(workspace).note.kind is NoteKind.CLOZE


def test_an_accepted_card_keeps_its_kind(workspace, document_id):
    gap = workspace.turn_note(document_id, record(workspace).note)
    workspace.accept(["Rivers-1"])
    with pytest.raises(LibraryError, match="keeps its kind"):
        workspace.reword_note(gap)
    titled = replace(record(workspace).note, front="In “Rivers”, how long is number 0?")
    workspace.reword_note(titled)
    assert record(workspace).note.front == titled.front


def test_a_card_of_one_kind_alone_can_t_be_turned(workspace, document, document_id):
    note = replace(make_note(document, 3), back="nothing that stands there", fact=None)
    with pytest.raises(LibraryError, match="no other kind"):
        workspace.turn_note(document_id, note)


def test_what_was_kept_out_is_told_and_can_be_rescued(workspace, document, document_id):
    kept = make_note(document, 4)
    keep_out(workspace, document, kept)
    review = workspace.card_review(document_id)
    assert [(r.note.id, r.findings[0].rule) for r in review.refused] == [("Rivers-4", "trivial")]
    assert {p.block for p in review.paragraphs} == {1, 2, 3, 4, 5, 6}
    workspace.rescue(document_id, [kept])
    rescued = record(workspace, "Rivers-4")
    assert rescued.status is NoteStatus.ACCEPTED
    assert rescued.card is not None
    assert workspace.check() == []
    keep_out(workspace, document, kept)  # a new analysis keeps it out again
    assert record(workspace, "Rivers-4").status is NoteStatus.ACCEPTED
    assert workspace.undo() == "Accept card"
    assert record(workspace, "Rivers-4") is None


def test_a_rescued_card_can_be_edited_on_its_way(workspace, document, document_id):
    kept = make_note(document, 4)
    keep_out(workspace, document, kept)
    workspace.rescue_edited(document_id, kept, {"front": "How long is the fourth river?"})
    found = record(workspace, "Rivers-4")
    assert (found.note.front, found.edited) == ("How long is the fourth river?", True)
    workspace.undo()
    assert record(workspace, "Rivers-4") is None


@pytest.mark.parametrize("kind", list(NoteKind))
def test_a_draft_quotes_the_sentence_of_the_selection(document, kind):
    text = document.blocks[2].text
    start = text.index("101 miles")
    note = draft(document, Span(2, start, start + 9), kind)
    assert note.evidence == evidence_of(document, Span(2, start, start + 9))
    assert text[note.evidence.span.start : note.evidence.span.end] == note.evidence.quote
    if kind is NoteKind.CLOZE:
        assert "{{c1::101 miles}}" in note.cloze
    elif kind is NoteKind.QUESTION:
        assert note.back == "101 miles"
    else:
        assert note.front == "101 miles"


def test_what_the_reader_writes_is_accepted_and_can_be_undone(workspace, document, document_id):
    start = document.blocks[3].text.index("102 miles")
    written = draft(document, Span(3, start, start + 9), NoteKind.CLOZE)
    note_id = workspace.write_note(document_id, written)
    found = record(workspace, note_id)
    assert found.status is NoteStatus.ACCEPTED
    assert found.note.front == written.evidence.quote.replace("102 miles", "[…]")
    with pytest.raises(LibraryError, match="already has this card"):
        workspace.write_note(document_id, written)
    assert workspace.undo() == "Add card"
    assert record(workspace, note_id) is None


def test_a_written_card_needs_both_sides_and_a_gap(workspace, document, document_id):
    empty = draft(document, Span(3, 0, 6), NoteKind.QUESTION)
    with pytest.raises(LibraryError, match="both sides"):
        workspace.write_note(document_id, empty)
    no_gap = replace(draft(document, Span(3, 0, 6), NoteKind.CLOZE), cloze="No gap at all.")
    with pytest.raises(LibraryError, match="needs a gap"):
        workspace.write_note(document_id, no_gap)
