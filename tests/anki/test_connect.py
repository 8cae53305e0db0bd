"""Talking to AnkiConnect on its bad days: one sentence, nothing lost, nothing doubled."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.anki.connect import AnkiConnect
from desktop.anki.connect_peer import ConnectPeer
from desktop.errors import AnkiError
from desktop.operations.workspace import Workspace
from tests.anki.routes import ByConnect
from tests.anki_connect import Server
from tests.anki_judge import AnkiJudge
from tests.command import ONE_SENTENCE
from tests.library.factory import accept_all, add_analysed, make_document, open_workspace


@pytest.fixture
def server(anki: AnkiJudge) -> Iterator[Server]:
    server = Server(anki.collection)
    yield server
    server.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "library")
    add_analysed(workspace, make_document("Rivers"))
    accept_all(workspace)
    yield workspace
    workspace.close()


def said(work: Any) -> str:
    with pytest.raises(AnkiError) as caught:
        work()
    sentence = str(caught.value)
    assert re.match(ONE_SENTENCE, sentence + "\n"), sentence
    return sentence


@pytest.mark.parametrize(
    ("mischief", "words"),
    [
        ({"version": 5}, "too old"),
        ({"version": None}, "is not AnkiConnect"),
        ({"raw": b"<html>hello"}, "is not AnkiConnect"),
        ({"raw": b"null"}, "is not AnkiConnect"),
        ({"raw": b"[]"}, "is not AnkiConnect"),
        ({"raw": b'{"result": 6}'}, "is not AnkiConnect"),
        ({"error": "collection is not available"}, "no profile open"),
        ({"key": "secret"}, "API key"),
        ({"hang": 1.0}, "does not answer"),
        ({"unsupported": ["modelNamesAndIds"]}, "too old"),
        ({"null": ["findNotes"]}, "gave no answer"),
        ({"null": ["notesInfo"]}, "gave no answer"),
    ],
)
def test_what_prevents_an_exchange_is_one_sentence(
    server: Server, workspace: Workspace, mischief: dict[str, Any], words: str
) -> None:
    ByConnect(workspace, server).send()
    before = workspace.anki_local("connect:User 1")
    server.mischief = mischief

    def meet() -> None:
        peer = ConnectPeer.open(AnkiConnect(server.address, wait=0.3))
        peer.notes({})

    assert words in said(meet)
    assert workspace.anki_local("connect:User 1") == before


def test_a_closed_anki_is_one_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "open Anki" in said(lambda: AnkiConnect(f"127.0.0.1:{port}").ask("version"))


@pytest.mark.parametrize("address", ["", "host:port", "host:99999", "http://", "a/b:80"])
def test_an_address_that_is_none_is_one_sentence(address: str) -> None:
    assert "is no address" in said(lambda: AnkiConnect(address))


def test_a_key_and_an_old_reply_are_understood(server: Server) -> None:
    server.mischief = {"key": "secret"}
    assert AnkiConnect(server.address, "secret").ask("deckNames") == ["Default"]


def test_an_import_that_hangs_and_is_tried_again_doubles_nothing(
    server: Server, workspace: Workspace, anki: AnkiJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = AnkiConnect.ask

    def slow(self: AnkiConnect, action: str, /, *, wait: Any = None, **params: Any) -> Any:
        if action != "importPackage":
            return real(self, action, wait=wait, **params)
        server.mischief = {"hang": 0.5}
        try:
            return real(self, action, wait=0.1, **params)
        finally:
            server.mischief = {}

    with monkeypatch.context() as patched:
        patched.setattr(AnkiConnect, "ask", slow)
        assert "try again" in said(lambda: ByConnect(workspace, server).send())
    outcome = ByConnect(workspace, server).send()
    assert anki.collection.note_count() == 5
    assert not outcome.failed
    assert ByConnect(workspace, server).send().unchanged == 5


@pytest.mark.parametrize("action", ["updateNoteFields", "addTags", "changeDeck", "suspend"])
def test_what_fails_without_a_word_is_noticed_and_done_next_time(
    server: Server, workspace: Workspace, anki: AnkiJudge, action: str
) -> None:
    route = ByConnect(workspace, server)
    route.send()
    workspace.edit_note("Rivers-1", back="ours", tags=["new"])
    workspace._database.run("UPDATE decks SET name = 'Glossator::Waters' WHERE name LIKE '%Rivers'")
    workspace.suspend(["Rivers-1"])
    server.mischief = {"silent": [action]}
    outcome = route.send()
    assert "Rivers-1" in [comparison.id for comparison in outcome.failed]
    server.mischief = {}
    assert not route.send().failed
    note = anki.note("Rivers-1")
    card = note.cards()[0]
    assert (note["Answer"], note.tags, card.queue) == ("ours", ["glossator", "new"], -1)
    assert anki.collection.decks.name(card.did) == "Glossator::Waters"


def test_an_import_that_fails_without_a_word_is_noticed(
    server: Server, workspace: Workspace, anki: AnkiJudge
) -> None:
    server.mischief = {"silent": ["importPackage"]}
    assert len(ByConnect(workspace, server).send().failed) == 5
    server.mischief = {}
    assert len(ByConnect(workspace, server).send().added) == 5
    assert anki.collection.note_count() == 5


def test_another_profile_in_between_is_told(server: Server, workspace: Workspace) -> None:
    peer = ConnectPeer.open(AnkiConnect(server.address))
    server.actions.profile = "Other"
    assert "changed to the profile “Other”" in said(lambda: peer.notes({}))


def test_an_anki_that_sees_none_of_our_folders_gets_the_package_in_its_own(
    server: Server, workspace: Workspace, anki: AnkiJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = server.actions.importPackage

    def sandboxed(path: str) -> bool:
        if not path.startswith(anki.collection.media.dir()):
            raise FileNotFoundError(path)
        return real(path)

    monkeypatch.setattr(server.actions, "importPackage", sandboxed)
    assert len(ByConnect(workspace, server).send().added) == 5
    assert not list(Path(anki.collection.media.dir()).glob("_glossator*"))


def test_notes_whose_link_was_removed_are_known_by_an_export(
    server: Server, workspace: Workspace, anki: AnkiJudge
) -> None:
    route = ByConnect(workspace, server)
    route.send()
    for nid in anki.collection.find_notes(""):
        note = anki.collection.get_note(nid)
        note["Link"] = ""
        anki.collection.update_note(note)
    workspace._database.run("DELETE FROM anki_meetings")
    outcome = route.send()
    assert "exportPackage" in server.asked
    assert (len(outcome.added), anki.collection.note_count()) == (0, 5)


def test_a_note_duplicated_in_anki_is_no_second_one_of_ours(
    server: Server, workspace: Workspace, anki: AnkiJudge
) -> None:
    route = ByConnect(workspace, server)
    route.send()
    original = anki.note("Rivers-1")
    copy = anki.collection.new_note(original.note_type())
    copy.fields = list(original.fields)
    copy["Answer"] = "my own"
    anki.collection.add_note(copy, anki.collection.decks.id("Default"))
    assert route.send().unchanged == 5
    workspace._database.run("DELETE FROM anki_meetings")
    assert route.send().unchanged == 5
    assert {r.note.back for r in workspace.cards()} & {"my own"} == set()


def test_a_type_edited_in_anki_keeps_its_look(
    server: Server, workspace: Workspace, anki: AnkiJudge
) -> None:
    route = ByConnect(workspace, server)
    route.send()
    model = anki.note("Rivers-1").note_type()
    model["css"] += ".mine {}"
    anki.collection.models.update_dict(model)
    assert route.send().edited_types == ("Glossator Question",)
    assert ".mine" in anki.note("Rivers-1").note_type()["css"]
