"""Collections, tags, covers and the removal of several texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.operations.workspace import LabelKind, Workspace
from desktop.reading.document import Picture
from tests.library.factory import make_document, open_workspace

COLLECTION, TAG = LabelKind.COLLECTION, LabelKind.TAG


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path)
    for title in ("Rivers", "Hills", "Seas"):
        workspace.add_document(make_document(title))
    return workspace


def told(workspace: Workspace) -> list[tuple[str, str, int]]:
    return [(one.kind.value, one.name, one.documents) for one in workspace.labels()]


def test_texts_are_kept_together_and_taken_out_again(workspace: Workspace) -> None:
    water = workspace.label(COLLECTION, " On  water ", [1, 3])
    assert workspace.label(COLLECTION, "on WATER", [2, 99]) == water
    tag = workspace.label(TAG, "blue", [3])
    assert told(workspace) == [("collection", "On water", 3), ("tag", "blue", 1)]
    assert [line.labels for line in workspace.documents()] == [(water,), (water,), (water, tag)]
    workspace.unlabel(water, [1, 2, 3])
    workspace.unlabel(tag, [3])
    assert told(workspace) == [("collection", "On water", 0)]  # an empty tag is none
    workspace.undo()
    assert told(workspace) == [("collection", "On water", 0), ("tag", "blue", 1)]
    workspace.undo()
    assert told(workspace)[0] == ("collection", "On water", 3)


def test_a_label_is_renamed_joined_and_deleted(workspace: Workspace) -> None:
    one, other = workspace.label(TAG, "wet", [1]), workspace.label(TAG, "damp", [1, 2])
    workspace.rename_label(one, "Damp")
    assert told(workspace) == [("tag", "damp", 2)]
    workspace.rename_label(other, "moist")
    workspace.delete_label(other)
    assert told(workspace) == []
    assert len(workspace.documents()) == 3
    workspace.undo()
    assert told(workspace) == [("tag", "moist", 2)]
    with pytest.raises(LibraryError, match="needs a name"):
        workspace.rename_label(other, "  ")


def test_several_texts_are_removed_and_come_back_as_one(workspace: Workspace) -> None:
    workspace.label(TAG, "wet", [1])
    assert workspace.remove_documents([1, 3, 3, 42]) == 2
    assert [line.title for line in workspace.documents()] == ["Hills"]
    assert workspace.undo_name() == "Remove 2 documents"
    workspace.undo()
    assert [line.title for line in workspace.documents()] == ["Rivers", "Hills", "Seas"]
    assert told(workspace) == [("tag", "wet", 1)]


def test_the_first_picture_stands_for_a_text(workspace: Workspace) -> None:
    picture = Picture("boat.png", "image/png", b"boat")
    number = workspace.add_document(make_document("Boats", pictures=[picture]))
    assert workspace.cover(number) == picture
    assert workspace.cover(1) is None
    assert workspace.documents()[-1].cover == "boat.png"
