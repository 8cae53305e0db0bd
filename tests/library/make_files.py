"""Make a library file of the present schema version, to be kept under ``files``.

Run ``python -m tests.library.make_files`` when a new version is about to be released; a file that
is there already is never made again, because readers have files like it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from desktop.glossary.edits import AddAlias, Define, Entry
from desktop.glossary.term import TermKind
from desktop.library.migrations import NEWEST_VERSION
from desktop.operations.workspace import LabelKind, ReadingPosition, Workspace
from desktop.paths import library_file, reader_folders
from desktop.reading.anchor import anchor_of
from desktop.reading.document import Picture
from desktop.study.card import Rating
from tests.library.factory import (
    Clock,
    add_analysed,
    change_options,
    make_document,
    make_note,
    open_workspace,
)

FILES = Path(__file__).parent / "files"


def file_of_version(version: int) -> Path:
    return FILES / f"library-version-{version}.sqlite3"


def fill(workspace: Workspace, clock: Clock) -> None:
    """Do a little of everything: the tests of migrations know what comes of it."""
    picture = Picture("map.png", "image/png", bytes(range(256)))
    rivers = make_document("Rivers", pictures=[picture])
    first = add_analysed(workspace, rivers)
    add_analysed(workspace, make_document("Hills"))
    workspace.mark_opened(first)
    workspace.save_reading_position(first, ReadingPosition(3, 7, 0.5))
    workspace.save_settings(replace(workspace.settings(), theme="sepia"))
    change_options(workspace, new_per_day=7)
    workspace.save_state("window", {"width": 900, "panes": [1, 2]})
    workspace.accept(["Rivers-1", "Rivers-2", "Rivers-cloze-5"])
    workspace.refuse(["Rivers-3"])
    workspace.delete_notes(["Rivers-4"])
    workspace.edit_note("Rivers-2", back="a hundred and one miles")
    workspace.suspend(["Rivers-2"])
    river = Entry("river", TermKind.WORD)
    workspace.edit_glossary(first, [Define(river, "water on its way"), AddAlias(river, "runs")])
    workspace.know([("river", TermKind.WORD)])
    workspace.add_note(first, make_note(rivers, 6, id="own", front="Mine?", back="Yes"))
    place = anchor_of(rivers, (2, 7), (3, 6))
    workspace.add_highlight(first, place, "green", "Both of them.")
    workspace.add_bookmark(first, anchor_of(rivers, (4, 0)))
    workspace.label(LabelKind.COLLECTION, "Water", [first])
    for rating in (Rating.EASY, Rating.GOOD, Rating.AGAIN):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, rating, took_ms=1500)
        clock.move(minutes=2)


def make(target: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        clock = Clock()
        workspace = open_workspace(Path(home), clock)
        fill(workspace, clock)
        workspace.backup(target)
        workspace.close()
        assert library_file(reader_folders(Path(home))).exists()


if __name__ == "__main__":
    newest = file_of_version(NEWEST_VERSION)
    if newest.exists():
        sys.exit(f"{newest} is there already and stays as it is.")
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / newest.name
        make(made)
        shutil.copyfile(made, newest)
