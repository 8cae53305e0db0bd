"""Decks for Anki and the export of everything."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import LibraryError, OutputError
from desktop.operations.workspace import Workspace
from desktop.reading.document import Picture
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    make_document,
    make_note,
    open_workspace,
)
from tests.library.make_files import fill


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home")
    rivers, hills = (
        make_document(pictures=[Picture("m", "image/png", b"1")]),
        make_document("Hills"),
    )
    add_analysed(workspace, rivers)
    add_analysed(workspace, hills, [make_note(hills, 1), make_note(rivers, 2)])
    yield workspace
    workspace.close()


def test_a_deck_holds_the_accepted_notes_in_order(workspace: Workspace) -> None:
    workspace.accept(["Rivers-3", "Rivers-1", "Hills-1"])
    deck = workspace.deck([1])
    assert (deck.name, deck.title) == ("Glossator::Rivers", "Rivers")
    assert deck.sha256 == make_document().source.sha256
    assert [note.id for note in deck.notes] == ["Rivers-1", "Rivers-3"]
    assert all(note.modified for note in deck.notes)


def test_a_deck_of_several_documents_holds_each_note_once(workspace: Workspace) -> None:
    accept_all(workspace)
    deck = workspace.deck([2, 1], name="Geography::Water")
    assert deck.name == "Geography::Water"
    ids = [note.id for note in deck.notes]
    assert ids == ["Hills-1", "Rivers-2", "Rivers-1", "Rivers-3", "Rivers-4", "Rivers-cloze-5"]
    everything = workspace.deck()
    assert (everything.name, len(everything.notes)) == ("Glossator", 6)


def test_proposed_notes_come_on_request_refused_ones_never(workspace: Workspace) -> None:
    workspace.refuse(["Rivers-1"])
    with pytest.raises(LibraryError, match="no accepted cards"):
        workspace.deck([1])
    assert len(workspace.deck([1], include_proposed=True).notes) == 4


def test_an_export_holds_everything_as_plain_files(tmp_path: Path) -> None:
    clock = Clock()
    workspace = open_workspace(tmp_path / "home", clock)
    fill(workspace, clock)
    out = tmp_path / "out"
    workspace.export(out)
    names = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert names == {
        "library.json",
        "settings.json",
        "reviews.csv",
        "known_terms.json",
        "0001 Rivers/text.json",
        "0001 Rivers/cards.json",
        "0001 Rivers/glossary.json",
        "0001 Rivers/highlights.json",
        "0001 Rivers/picture 1.png",
        "0002 Hills/text.json",
        "0002 Hills/cards.json",
        "0002 Hills/glossary.json",
    }
    text = json.loads((out / "0001 Rivers" / "text.json").read_text())
    assert [block["text"] for block in text["blocks"]] == [
        block.text for block in workspace.document(1).blocks
    ]
    assert text["left_out"] == [{"kind": "advertisement", "text": "Buy boats"}]
    assert (out / "0001 Rivers" / "picture 1.png").read_bytes() == bytes(range(256))
    cards = json.loads((out / "0001 Rivers" / "cards.json").read_text())
    assert [card["status"] for card in cards][:3] == ["accepted", "accepted", "refused"]
    assert cards[0]["cards"][0]["state"] == "review"
    rows = list(csv.DictReader((out / "reviews.csv").read_text().splitlines()))
    assert [row["rating"] for row in rows] == ["easy", "good", "again"]
    workspace.close()


def test_an_export_never_mixes_with_other_files(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        workspace.export(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    with pytest.raises(OutputError):
        workspace.export(tmp_path / "out" / "mine.txt")


def test_titles_of_every_kind_make_folders(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "home")
    for title in ("../../up", "a/b\\c:d*?", "…", "x" * 300, "CON", "日本語"):
        workspace.add_document(make_document(title))
    workspace.export(tmp_path / "out")
    folders = [path for path in (tmp_path / "out").iterdir() if path.is_dir()]
    assert len(folders) == 6
    assert all((folder / "text.json").exists() for folder in folders)
    workspace.close()
