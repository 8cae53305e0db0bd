"""Documents in the library: kept whole, known again, opened fast, removed with what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import GlossatorError, InputError, LibraryError
from desktop.operations.workspace import ReadingPosition, Workspace
from desktop.reading.document import Block, BlockKind, Picture, Source
from desktop.settings import Settings
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

PICTURES = (
    Picture("b.png", "image/png", b"\x00\xff"),
    Picture("a.svg", "image/svg+xml", b"<svg/>"),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", clock)
    yield workspace
    workspace.close()


def test_the_first_start_finds_an_empty_library(workspace: Workspace) -> None:
    assert workspace.documents() == []
    assert workspace.recent() == []
    assert workspace.cards() == []
    assert workspace.next_card() is None
    assert workspace.due_counts().total == 0
    assert workspace.settings() == Settings()
    assert workspace.state("window") is None
    assert workspace.undo() is None


def test_a_document_comes_back_as_it_was(workspace: Workspace) -> None:
    document = make_document(pictures=PICTURES)
    assert workspace.document(workspace.add_document(document)) == document


def test_a_file_is_read_and_its_document_stored(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "essay.md"
    file.write_text("# On rivers\n\nA river is a *long* water. It runs.\n\n- one\n- two\n")
    document_id = workspace.add_file(file)
    document = workspace.document(document_id)
    assert document.title == "On rivers"
    assert document.source.name == "essay.md"
    assert "A river is a long water. It runs." in [block.text for block in document.blocks]
    file.rename(tmp_path / "moved.md")
    assert workspace.add_file(tmp_path / "moved.md") == document_id


def test_a_file_name_that_is_no_text_is_no_obstacle(workspace: Workspace) -> None:
    document = make_document()
    odd = replace(document, title=None, source=replace(document.source, name="caf\udce9.txt"))
    document_id = workspace.add_document(odd)
    assert workspace.document(document_id).source.name == "caf?.txt"
    assert workspace.documents()[0].title == "caf?.txt"


def test_a_file_that_can_not_be_read_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        workspace.add_file(tmp_path / "missing.txt")
    assert workspace.documents() == []


def test_the_same_contents_keep_their_id(workspace: Workspace) -> None:
    document = make_document()
    first = workspace.add_document(document)
    copy = replace(document, source=Source("copy.md", "f" * 64, "md"))
    assert workspace.add_document(document) == first
    assert workspace.add_document(copy) == first
    assert workspace.add_document(make_document("Hills")) != first
    assert len(workspace.documents()) == 2


def test_an_id_is_never_given_twice(workspace: Workspace) -> None:
    first = workspace.add_document(make_document())
    workspace.remove_document(first)
    assert workspace.add_document(make_document("Hills")) > first


def test_a_file_read_better_keeps_its_cards_at_their_sentences(workspace: Workspace) -> None:
    document = make_document()
    document_id = add_analysed(workspace, document)
    accept_all(workspace)
    front = (Block(0, BlockKind.TITLE, "Rivers"), Block(1, BlockKind.KICKER, "Found at last"))
    moved = tuple(replace(b, index=b.index + 1) for b in document.blocks[1:])
    better = replace(document, blocks=front + moved)
    assert workspace.add_document(better) == document_id
    assert workspace.document(document_id) == better
    assert workspace.analysed(document_id, VERSION) is None
    for record in workspace.cards(document_id):
        evidence = record.note.evidence
        assert better.quote(evidence.span) == evidence.quote


def test_the_list_says_what_waits(workspace: Workspace, clock: Clock) -> None:
    document_id = add_analysed(workspace, make_document())
    add_analysed(workspace, make_document("Hills"))
    (line, other) = workspace.documents()
    assert (line.id, line.title, line.authors) == (document_id, "Rivers", ("Ann Lee", "Bo Ek"))
    assert (line.source_name, line.language, line.progress) == ("rivers.txt", "en", 0.0)
    assert line.word_count == make_document().word_count()
    assert (line.notes_proposed, line.cards_total, line.cards_due) == (5, 0, 0)
    workspace.accept(["Rivers-1", "Rivers-2"])
    item = workspace.next_card(document_id)
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    (line, again) = workspace.documents()
    assert (line.notes_proposed, line.cards_total, line.cards_new) == (3, 2, 1)
    assert line.cards_due == 1
    assert again == other


def test_recent_documents_come_last_opened_first(workspace: Workspace, clock: Clock) -> None:
    ids = [workspace.add_document(make_document(title)) for title in ("A", "B", "C")]
    for document_id in (ids[1], ids[0], ids[1]):
        clock.move(minutes=1)
        workspace.mark_opened(document_id)
    assert [line.id for line in workspace.recent()] == [ids[1], ids[0]]
    assert [line.id for line in workspace.recent(1)] == [ids[1]]
    assert workspace.recent()[0].opened_at == clock()


def test_reading_position_settings_and_state_are_there_at_the_next_start(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    document_id = workspace.add_document(make_document())
    assert workspace.reading_position(document_id) is None
    workspace.save_reading_position(document_id, ReadingPosition(1, 2, 0.25))
    workspace.save_reading_position(document_id, ReadingPosition(4, 20, 0.75))
    workspace.save_settings(Settings(theme="dark", day_start_hour=5))
    workspace.save_state("window", {"geometry": "AAAB", "splitter": [1, 2]})
    workspace.close()
    workspace = open_workspace(tmp_path)
    assert workspace.reading_position(document_id) == ReadingPosition(4, 20, 0.75)
    assert workspace.documents()[0].progress == 0.75
    assert workspace.settings() == Settings(theme="dark", day_start_hour=5)
    assert workspace.state("window") == {"geometry": "AAAB", "splitter": [1, 2]}
    workspace.close()


def test_an_analysis_is_found_again_by_text_and_version(workspace: Workspace) -> None:
    document = make_document()
    document_id = add_analysed(workspace, document)
    assert workspace.analysed(document_id, VERSION) == make_analysed(document)
    assert workspace.analysed(document_id, "another") is None
    assert workspace.analysed(99, VERSION) is None
    workspace.save_analysed(document_id, "another", make_analysed(document))
    assert workspace.analysed(document_id, VERSION) is None


def test_an_analysis_that_comes_after_the_removal_is_dropped(workspace: Workspace) -> None:
    document_id = workspace.add_document(make_document())
    workspace.remove_document(document_id)
    workspace.save_analysed(document_id, VERSION, make_analysed(make_document()))
    workspace.save_reading_position(document_id, ReadingPosition(0, 0, 0.0))
    assert workspace.cards() == []
    assert workspace.check() == []


def test_removing_a_document_takes_its_notes_but_not_those_of_others(workspace: Workspace) -> None:
    rivers, hills = make_document(), make_document("Hills")
    shared = make_note(rivers, 1, id="shared")
    also = make_note(hills, 2, id="shared")
    first = add_analysed(workspace, rivers, [shared, make_note(rivers, 2)])
    second = add_analysed(workspace, hills, [also, make_note(hills, 1)])
    accept_all(workspace)
    assert [record.document_id for record in workspace.cards()] == [first, first, second]
    workspace.remove_document(first)
    assert [record.note.id for record in workspace.cards()] == ["shared", "Hills-1"]
    assert workspace.cards()[0].note.evidence == also.evidence
    assert workspace.check() == []
    with pytest.raises(LibraryError, match="no document"):
        workspace.document(first)


def test_listeners_hear_after_each_commit_what_changed(workspace: Workspace) -> None:
    heard: list[list[str]] = []
    stop = workspace.subscribe(lambda kinds: heard.append(sorted(kinds)))
    document_id = add_analysed(workspace, make_document())
    workspace.save_settings(Settings(theme="dark"))
    accept_all(workspace)
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.GOOD)
    workspace.remove_document(document_id)
    with pytest.raises(GlossatorError):
        workspace.edit_note("missing", front="?")
    stop()
    workspace.undo()
    assert heard == [
        ["documents"],
        ["cards", "glossary", "notes"],
        ["settings"],
        ["cards", "notes"],
        ["cards", "reviews"],
        ["cards", "documents", "glossary", "notes"],
    ]


def test_an_essay_seen_before_gives_its_glossary_and_cards(workspace: Workspace) -> None:
    document = make_document(paragraphs=600)
    notes = [make_note(document, i) for i in range(1, 500)] + [
        make_cloze(document, i, 1) for i in range(500, 600)
    ]
    analysed = make_analysed(document, notes)
    (term,) = analysed.glossary.terms
    terms = tuple(replace(term, term=f"t{i}", mentions=term.mentions * 20) for i in range(500))
    analysed = replace(analysed, glossary=replace(analysed.glossary, terms=terms))
    document_id = workspace.add_document(document)
    workspace.save_analysed(document_id, VERSION, analysed)
    accept_all(workspace)
    found = workspace.analysed(document_id, VERSION)
    assert found == analysed
    assert len(workspace.cards(document_id)) == 599
