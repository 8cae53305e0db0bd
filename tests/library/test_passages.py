"""Search in the text of all documents: words, phrases, accents, what was removed and came back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.library.passages import fold, parse_query
from desktop.operations.workspace import Workspace
from desktop.paths import library_file, reader_folders
from desktop.reading.opener import read_document
from tests.library.factory import make_document, open_workspace
from tests.library.make_files import file_of_version

SALT = """# Salt Roads

The carters sang in the old café while the Señora counted the empty sacks of salt.

Nobody on the salt road had a lantern, and the road was long.
"""
TIDES = """# Tides

A high tide leaves its salt on the sill of the lowest window, and the road is wet.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path)
    for name, text in (("salt.md", SALT), ("tides.md", TIDES)):
        workspace.add_document(read_document(text.encode(), name=name))
    return workspace


def titles(workspace: Workspace, words: str, *, unfinished: bool = False) -> list[str]:
    return [one.title for one in workspace.search(words, unfinished=unfinished).best]


def test_words_stand_anywhere_in_a_block_and_phrases_side_by_side(workspace: Workspace) -> None:
    assert titles(workspace, "road salt") == ["Salt Roads", "Tides"]
    assert titles(workspace, '"salt road"') == ["Salt Roads"]
    assert titles(workspace, "“salt road” lantern") == ["Salt Roads"]
    assert titles(workspace, "lantern sill") == []


@pytest.mark.parametrize("words", ["cafe senora", "CAFÉ", "Señora", "SENORA"])
def test_capitals_and_accents_make_no_difference(workspace: Workspace, words: str) -> None:
    assert titles(workspace, words) == ["Salt Roads"]


def test_a_word_that_is_being_typed_finds_its_ends(workspace: Workspace) -> None:
    assert titles(workspace, "lant") == []
    assert titles(workspace, "lant", unfinished=True) == ["Salt Roads"]
    assert titles(workspace, "lant ", unfinished=True) == []


@pytest.mark.parametrize("words", ["", "   ", '"', "* - ( ) :", "NOT", "a AND", 'x" OR y', "^"])
def test_nothing_that_can_be_typed_is_an_error(workspace: Workspace, words: str) -> None:
    workspace.search(words, unfinished=True)


def test_a_passage_tells_its_place_and_marks_what_was_found(workspace: Workspace) -> None:
    found = workspace.search("salt")
    assert (found.documents, found.passages) == (2, 4)
    first = found.best[0]
    assert (first.title, first.count) == ("Salt Roads", 3)
    passage = first.passages[1]
    text = workspace.document(first.document_id).blocks[passage.block].text
    assert text[passage.start : passage.end] == "salt"
    assert [passage.excerpt[s:e] for s, e in passage.marks] == ["salt"]


def test_the_excerpt_of_a_long_block_is_cut_around_the_place(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    long = "One word after another stood on the page. " * 40
    text = f"{long}Then came the Überraschung at last. {long}"
    workspace.add_document(read_document(text.encode(), name="long.txt"))
    passage = workspace.search("uberraschung").best[0].passages[0]
    assert len(passage.excerpt) < 220
    assert [passage.excerpt[s:e] for s, e in passage.marks] == ["Überraschung"]
    assert passage.excerpt.startswith("…")
    assert passage.excerpt.endswith("…")
    workspace.close()


def test_what_is_removed_is_found_no_more_until_it_is_back(workspace: Workspace) -> None:
    number = workspace.search("tide").best[0].document_id
    workspace.remove_document(number)
    assert titles(workspace, "tide") == []
    workspace.undo()
    assert titles(workspace, "tide") == ["Tides"]
    workspace.replace_text(number, read_document(TIDES.replace("tide", "flood").encode(), name="t"))
    assert titles(workspace, "flood") == ["Tides"]
    assert workspace.check() == []
    assert workspace._database.run("INSERT INTO passages (passages) VALUES ('integrity-check')")


def test_one_document_gives_all_its_passages(workspace: Workspace) -> None:
    number = workspace.search("lantern").best[0].document_id
    found = workspace.search("salt", document_id=number, most_passages=100)
    assert len(found.best[0].passages) == 3


def test_a_library_of_before_is_indexed_when_it_is_opened(tmp_path: Path) -> None:
    shutil.copyfile(file_of_version(7), library_file(reader_folders(tmp_path)))
    workspace = open_workspace(tmp_path)
    assert titles(workspace, "naive miles") == ["Rivers", "Hills"]
    assert [line.cover for line in workspace.documents()] == ["map.png", None]
    workspace.close()


def test_an_index_that_lost_a_text_is_told(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    workspace.add_document(make_document())
    workspace.close()
    connection = sqlite3.connect(library_file(reader_folders(tmp_path)))
    connection.execute("DELETE FROM passages_docsize WHERE id = (SELECT min(id) FROM "
                       "passages_docsize)")  # fmt: skip
    connection.commit()
    connection.close()
    workspace = open_workspace(tmp_path)
    assert len(workspace.check()) == 1
    workspace.close()


def test_words_are_folded_as_the_index_folds_them() -> None:
    assert fold("Ångström") == "angstrom"
    query = parse_query('Old "Salt Road" north-west')
    assert query is not None
    assert query.phrases == (("old",), ("salt", "road"), ("north", "west"))
