"""Whatever happened to the library's file, the reader gets a sentence and never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.errors import LibraryError
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from tests.library.factory import VERSION, open_workspace
from tests.library.make_files import file_of_version


def damaged(data: bytes, random: Random) -> bytes:
    """Return a file with single bytes, a block or its end destroyed."""
    content = bytearray(data)
    kind = random.choice(["bytes", "noise", "zeros", "cut"])
    start, length = random.randrange(len(content)), random.randint(1, 8_000)
    length = min(length, len(content) - start)
    if kind == "bytes":
        for _ in range(random.randint(1, 40)):
            content[random.randrange(len(content))] = random.randrange(256)
    elif kind == "cut":
        del content[start:]
    else:
        noise = random.randbytes(length)
        content[start : start + length] = noise if kind == "noise" else bytes(length)
    return bytes(content)


def study_one(workspace: Workspace) -> None:
    item = workspace.next_card()
    if item is not None:
        workspace.answer(item.card.id, Rating.GOOD)


STEPS: tuple[Callable[[Workspace], Any], ...] = (
    Workspace.settings,
    Workspace.documents,
    Workspace.recent,
    Workspace.cards,
    Workspace.due_counts,
    Workspace.check,
    lambda w: w.state("window"),
    lambda w: w.document(1),
    lambda w: w.analysed(1, VERSION),
    lambda w: w.reading_position(1),
    lambda w: w.accept(["Rivers-3", "Hills-1"]),
    study_one,
    study_one,
    lambda w: w.edit_note("Rivers-1", front="New?"),
    lambda w: w.suspend(["Rivers-1"]),
    lambda w: w.remove_document(2),
    Workspace.undo,
    Workspace.undo,
    Workspace.close,
)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_gives_sentences_only(tmp_path: Path, seed: int) -> None:
    data = damaged(file_of_version(1).read_bytes(), Random(seed))
    (tmp_path / "library.sqlite3").write_bytes(data)
    sentences: list[str] = []
    try:
        workspace = open_workspace(tmp_path)
    except LibraryError as error:
        sentences.append(str(error))
        # All after the header, whose bytes on the write-ahead log may have been set.
        assert (tmp_path / "library.sqlite3").read_bytes()[100:] == data[100:]
    else:
        for step in STEPS:
            try:
                step(workspace)
            except LibraryError as error:
                sentences.append(str(error))
        workspace.close()
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in sentences)


def test_a_cached_analysis_that_can_not_be_read_is_none(tmp_path: Path) -> None:
    data = file_of_version(1).read_bytes().replace(b'"deck_name"', b'"deck_nam!"')
    (tmp_path / "library.sqlite3").write_bytes(data)
    workspace = open_workspace(tmp_path)
    assert workspace.analysed(1, VERSION) is None
    assert len(workspace.cards(1)) == 5
    workspace.close()
