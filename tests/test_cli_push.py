"""``glossator push`` against the real Anki backend behind AnkiConnect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop import cli
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from tests.anki_connect import Server
from tests.anki_judge import AnkiJudge
from tests.command import ONE_SENTENCE
from tests.library.factory import accept_all, add_analysed, make_document

TEXT = """The lighthouse of Skarn

The lighthouse of Skarn was built in 1869 by the engineer Ada Lane. The lighthouse of Norvik was
built in 1874 by the engineer Olof Berg. The harbour of Norvik was opened in 1881 by the queen.
"""


@pytest.fixture
def server(anki: AnkiJudge) -> Iterator[Server]:
    server = Server(anki.collection)
    yield server
    server.close()


@pytest.fixture
def filled(reader_home: Path) -> Path:
    workspace = Workspace.open(reader_folders(reader_home))
    add_analysed(workspace, make_document("Rivers"))
    accept_all(workspace)
    workspace.close()
    return reader_home


def push(capfd: pytest.CaptureFixture[str], server: Server, *more: str) -> tuple[int, str, str]:
    code = cli.main(["push", "--address", server.address, *more])
    return (code, *capfd.readouterr())


def test_the_library_is_pushed_and_edits_come_back(
    filled: Path, server: Server, anki: AnkiJudge, capfd: pytest.CaptureFixture[str]
) -> None:
    assert push(capfd, server) == (0, "", "Anki: 5 added.\n")
    note = anki.note("Rivers-1")
    note["Answer"] = "my own words"
    anki.collection.update_note(note)
    anki.collection.remove_notes([anki.note("Rivers-2").id])
    code, out, _said = push(capfd, server, "--dry-run", "--json")
    found = json.loads(out)
    assert (code, found["counts"]["edited"], found["counts"]["deleted"]) == (0, 1, 1)
    assert found["done"] is None
    (edited,) = [n for n in found["notes"] if n["status"] == "edited"]
    assert edited["differences"][0] == {
        "part": "Answer", "card": None, "changed": "there", "before": "100 miles",
        "ours": "100 miles", "theirs": "my own words",
    }  # fmt: skip
    _code, out, _said = push(capfd, server, "--dry-run")
    assert "Answer: “100 miles” ← “my own words”" in out
    assert "1 deleted in Anki, still here" in out
    code, _out, said = push(capfd, server)
    assert "1 taken over from Anki, 1 left for you to decide, 3 unchanged" in said
    assert "--prefer" in said
    assert "2 unchanged" not in push(capfd, server, "--prefer", "there")[2]
    workspace = Workspace.open(reader_folders(filled))
    backs = {record.note.id: record.note.back for record in workspace.cards()}
    workspace.close()
    assert backs["Rivers-1"] == "my own words"
    assert "Rivers-2" not in backs


def test_answers_and_suspensions_come_from_anki_once(
    filled: Path, server: Server, anki: AnkiJudge, capfd: pytest.CaptureFixture[str]
) -> None:
    push(capfd, server)
    card = anki.note("Rivers-1").cards()[0]
    for _ in range(2):
        card.start_timer()
        anki.collection.sched.answerCard(card, 4)
        card.load()
    anki.collection.sched.suspend_cards([anki.note("Rivers-2").cards()[0].id])
    assert "2 answers taken over" in push(capfd, server)[2]
    assert "answer" not in push(capfd, server)[2]
    workspace = Workspace.open(reader_folders(filled))
    cards = {record.note.id: record.cards[0] for record in workspace.cards()}
    mine = cards["Rivers-1"]
    days = (mine.due.date() - datetime.now(UTC).date()).days
    assert (int(mine.state), mine.reps, len(workspace._database.rows("SELECT * FROM reviews"))) == (
        2, 2, 2,
    )  # fmt: skip
    assert abs(days - card.ivl) <= 1
    assert mine.stability is not None
    assert cards["Rivers-2"].suspended
    assert "Anki" not in {deck["name"] for deck in workspace._database.rows("SELECT * FROM decks")}
    workspace.close()


def test_a_text_that_is_not_in_the_library_is_pushed_and_later_updated(
    tmp_path: Path, server: Server, anki: AnkiJudge, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lighthouse.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, _out, said = push(capfd, server, str(path), "--name", "Towers::Light")
    assert code == 0
    number = anki.collection.note_count()
    assert number > 0
    assert f"{number} added" in said
    assert anki.collection.decks.id_for_name("Towers::Light")
    first = anki.collection.get_note(anki.collection.find_notes("")[0])
    first.tags.append("mine")
    anki.collection.update_note(first)
    assert f"{number} unchanged" in push(capfd, server, str(path), "--name", "Towers::Light")[2]
    assert push(capfd, server, str(path), "--name", "Towers::Lamp")[0] == 0
    assert anki.collection.decks.id_for_name("Towers::Lamp")
    assert "mine" in anki.collection.get_note(first.id).tags
    assert anki.collection.note_count() == number


def test_what_is_deleted_here_goes_there_when_the_reader_says_so(
    filled: Path, server: Server, anki: AnkiJudge, capfd: pytest.CaptureFixture[str]
) -> None:
    push(capfd, server)
    workspace = Workspace.open(reader_folders(filled))
    workspace.delete_notes(["Rivers-1"])
    workspace.close()
    push(capfd, server)
    assert anki.collection.note_count() == 5
    assert "1 deleted there" in push(capfd, server, "--delete")[2]
    assert anki.collection.note_count() == 4


def test_a_file_that_anki_wrote_is_compared_with(
    filled: Path, server: Server, anki: AnkiJudge, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    push(capfd, server)
    note = anki.note("Rivers-1")
    note["Answer"] = "my own words"
    note.tags.append("mine")
    anki.collection.update_note(note)
    anki.collection.db.execute("update notes set mod = mod + 100 where id = ?", note.id)
    path = tmp_path / "mine.colpkg"
    anki.collection.export_collection_package(str(path), include_media=False, legacy=False)
    anki.collection.reopen()
    code, out, _said = push(capfd, server, "--against", str(path), "--json")
    assert code == 0
    found = json.loads(out)
    assert found["counts"]["edited"] == 1
    assert found["counts"]["unchanged"] == 4


def test_without_anki_one_sentence_says_so(
    filled: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["push", "--address", "127.0.0.1:1"]) == 1
    assert re.match(ONE_SENTENCE, capfd.readouterr().err)
    assert cli.main(["push", "--against", str(tmp_path / "none.apkg")]) == 1
    assert re.match(ONE_SENTENCE, capfd.readouterr().err)
