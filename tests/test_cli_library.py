"""The library on the command line: each action, and what stands in its way."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desktop import cli
from desktop.operations.workspace import LabelKind, Workspace
from desktop.paths import reader_folders
from desktop.reading.anchor import anchor_of
from tests.command import ESSAY, ONE_SENTENCE

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text("# A Note\n\nThe lamp was lit on 4 May 1871.\n", encoding="utf-8")
    return path


def run(capfd: Capture, *arguments: str | Path) -> tuple[str, str]:
    assert cli.main(["library", *map(str, arguments)]) == 0
    streams = capfd.readouterr()
    return streams.out, streams.err


def refused(capfd: Capture, *arguments: str | Path) -> str:
    assert cli.main(["library", *map(str, arguments)]) == 1
    streams = capfd.readouterr()
    assert re.search(ONE_SENTENCE, streams.err), streams.err
    return streams.err


def titles(capfd: Capture) -> list[str]:
    return [line["title"] for line in json.loads(run(capfd, "list", "--json")[0])["documents"]]


def test_a_text_is_added_listed_and_removed(capfd: Capture, note: Path) -> None:
    assert "empty" in run(capfd)[0]
    number = run(capfd, "add", note)[0].strip()
    assert run(capfd, "add", note)[0].strip() == number, "the same text again keeps its id"
    assert titles(capfd) == ["A Note"]
    assert "A Note" in run(capfd)[0]
    run(capfd, "remove", number)
    assert titles(capfd) == []
    assert number in refused(capfd, "remove", number)


def test_nothing_is_added_when_one_of_the_files_is_bad(
    capfd: Capture, note: Path, tmp_path: Path
) -> None:
    assert "absent.txt" in refused(capfd, "add", note, tmp_path / "absent.txt")
    assert titles(capfd) == []


def test_a_backup_brings_the_library_back(capfd: Capture, note: Path, tmp_path: Path) -> None:
    run(capfd, "add", note, ESSAY)
    before = titles(capfd)
    assert len(before) == 2
    run(capfd, "backup", tmp_path / "backup.sqlite3")
    run(capfd, "remove", "1")
    run(capfd, "restore", tmp_path / "backup.sqlite3")
    assert titles(capfd) == before
    assert "sound" in run(capfd, "check")[0]


def test_a_restore_of_something_else_leaves_the_library(
    capfd: Capture, note: Path, tmp_path: Path
) -> None:
    run(capfd, "add", note)
    assert "note.md" in refused(capfd, "restore", note)
    assert "absent" in refused(capfd, "restore", tmp_path / "absent.sqlite3")
    assert titles(capfd) == ["A Note"]


def test_everything_is_exported_as_plain_files(capfd: Capture, note: Path, tmp_path: Path) -> None:
    run(capfd, "add", note)
    run(capfd, "export", tmp_path / "out")
    texts = list((tmp_path / "out").rglob("text.json"))
    assert [json.loads(path.read_text(encoding="utf-8"))["title"] for path in texts] == ["A Note"]


def test_an_output_that_cant_be_written_is_told(capfd: Capture, note: Path, tmp_path: Path) -> None:
    run(capfd, "add", note)
    refused(capfd, "backup", note / "backup.sqlite3")
    refused(capfd, "export", note / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.md"]


def test_a_library_in_use_is_told(capfd: Capture, note: Path) -> None:
    with_window = Workspace.open(reader_folders())
    try:
        assert "open in another Glossator" in refused(capfd, "add", note)
    finally:
        with_window.close()
    assert titles(capfd) == []


def test_a_library_elsewhere_is_named_before_or_after_the_command(
    capfd: Capture, note: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert cli.main(["--library", str(elsewhere), "library", "add", str(note)]) == 0
    capfd.readouterr()
    assert "A Note" in run(capfd, "--library", elsewhere, "list")[0]
    assert titles(capfd) == []


def test_a_damaged_library_is_told(capfd: Capture, reader_home: Path) -> None:
    (reader_home / "library.sqlite3").write_bytes(b"not a library" * 100)
    assert "library" in refused(capfd, "list")
    assert (reader_home / "library.sqlite3").read_bytes() == b"not a library" * 100


def test_highlights_are_printed_in_each_form(capfd: Capture, note: Path, reader_home: Path) -> None:
    number = run(capfd, "add", note)[0].strip()
    workspace = Workspace.open(reader_folders(reader_home))
    document = workspace.document(int(number))
    workspace.add_highlight(int(number), anchor_of(document, (1, 4), (1, 8)), "blue", "Whose?")
    workspace.close()
    assert "> lamp\n\nWhose?" in run(capfd, "highlights")[0]
    data = json.loads(run(capfd, "highlights", number, "--format", "json")[0])
    assert data["documents"][0]["highlights"][0]["quote"] == "lamp"
    data = json.loads(run(capfd, "highlights", "--format", "w3c")[0])
    assert data["first"]["items"][0]["target"]["selector"]["exact"] == "lamp"
    assert "no document 99" in refused(capfd, "highlights", "99")


def test_a_corrected_file_takes_the_place_of_a_text(
    capfd: Capture, note: Path, tmp_path: Path
) -> None:
    number = run(capfd, "add", note)[0].strip()
    new = tmp_path / "new.md"
    new.write_text("# A Note\n\nThe old lamp was lit on 4 May 1871.\n", encoding="utf-8")
    assert "were kept" in run(capfd, "replace", number, new)[1]
    assert run(capfd, "add", new)[0].strip() == number
    second = run(capfd, "add", note)[0].strip()
    assert "already" in refused(capfd, "replace", second, new)


def test_words_are_looked_for_in_all_texts(capfd: Capture, note: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A lamp was sold and the candle lit.\n", encoding="utf-8")
    run(capfd, "add", note, other)
    found = json.loads(run(capfd, "search", "LAMP", "lit", "--json")[0])
    assert (found["documents_found"], found["passages_found"]) == (2, 2)
    passage = found["documents"][0]["passages"][0]
    assert passage["excerpt"] == "The lamp was lit on 4 May 1871."
    assert [passage["excerpt"][s:e] for s, e in passage["marks"]] == ["lamp", "lit"]
    assert "A Note (1)\n    The lamp was lit" in run(capfd, "search", "lamp was lit")[0]
    assert "No text" in run(capfd, "search", "whale")[0]


def test_cards_are_found_by_ankis_language(capfd: Capture, tmp_path: Path) -> None:
    from tests.library.factory import accept_all, add_analysed, make_document

    workspace = Workspace.open(reader_folders(None))
    accept_all(workspace, add_analysed(workspace, make_document("Rivers")))
    workspace.close()
    found = json.loads(run(capfd, "cards", "kind:question -front:*3*", "--json")[0])
    assert found["query"] == "kind:question -front:*3*"
    assert found["cards_found"] == len(found["cards"]) == 3
    assert found["cards"][0]["deck"] == "Glossator::Rivers"
    out, _err = run(capfd, "cards", "--sort=-front", "--limit", "2")
    assert out.splitlines()[-1] == "… and 4 more cards"
    assert run(capfd, "cards", "zzz")[0] == "No card is what this search asks for.\n"
    assert "prop:ease" in refused(capfd, "cards", "prop:ease>2")
    with pytest.raises(SystemExit):
        cli.main(["library", "cards", "--sort", "nonsense"])


def test_collections_and_tags_are_listed_and_exported(
    capfd: Capture, note: Path, tmp_path: Path
) -> None:
    run(capfd, "add", note)
    workspace = Workspace.open(reader_folders(None))
    workspace.label(LabelKind.COLLECTION, "Lamps", [1])
    workspace.label(LabelKind.TAG, "oil", [1])
    workspace.close()
    line = json.loads(run(capfd, "list", "--json")[0])["documents"][0]
    assert (line["collections"], line["tags"]) == (["Lamps"], ["oil"])
    run(capfd, "export", tmp_path / "out")
    exported = json.loads((tmp_path / "out" / "library.json").read_text(encoding="utf-8"))
    assert exported["documents"] == [line]
