"""``glossator sync`` with the real sync server: logins, questions, and what it says."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from anki.collection import Collection
from keyring.backend import KeyringBackend

from desktop import cli
from desktop.anki import sync as sync_module
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from tests.command import ONE_SENTENCE, modules_loaded_by
from tests.library.factory import accept_all, add_analysed, make_document
from tests.sync_server import FIRST, PASSWORD, AnkiReader, sync_server


class Drawer(KeyringBackend):
    """A keyring for tests."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with sync_server(tmp_path / "server") as address:
        yield address


@pytest.fixture
def reader(tmp_path: Path, address: str) -> Iterator[AnkiReader]:
    """A reader who has a collection on the server already."""
    collection = Collection(str(tmp_path / "anki.anki2"))
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = "mine"
    collection.add_note(note, collection.decks.id("Mine"))
    reader = AnkiReader(collection, address)
    reader.sync(upload=True)
    yield reader
    collection.close()


@pytest.fixture
def filled(reader_home: Path) -> Path:
    workspace = Workspace.open(reader_folders(reader_home))
    add_analysed(workspace, make_document("Rivers"))
    accept_all(workspace)
    workspace.close()
    return reader_home


def sync(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *more: str, typed: str = ""
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    code = cli.main(["sync", *more])
    return (code, *capfd.readouterr())


def test_a_first_sync_asks_for_account_password_and_collection_and_a_second_for_nothing(
    filled: Path, reader: AnkiReader, address: str, drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code, _out, said = sync(monkeypatch, capfd)
    assert (code, "--user" in said) == (1, True)
    account = ("--user", FIRST, "--address", address)
    code, _out, said = sync(monkeypatch, capfd, *account)
    assert (code, "password" in said) == (1, True)
    code, _out, said = sync(monkeypatch, capfd, *account, typed="wrong\n")
    assert (code, "name and password" in said) == (1, True)
    assert drawer.kept == {}
    code, _out, said = sync(monkeypatch, capfd, *account, typed=f"{PASSWORD}\n")
    assert (code, "--full download" in said) == (1, True)
    code, _out, said = sync(monkeypatch, capfd, "--full", "download")
    assert (code, said) == (0, "Anki: 5 added.\n")
    assert list(drawer.kept) == [("Glossator sync", f"{FIRST}@{address.rstrip('/')}")]
    assert PASSWORD not in drawer.kept.values()
    assert sync(monkeypatch, capfd) == (0, "", "Anki: 5 unchanged.\n")
    reader.sync()
    assert reader.collection.note_count() == 6
    decks = {deck.name for deck in reader.collection.decks.all_names_and_ids()}
    assert {"Mine", "Glossator::Rivers"} <= decks


def test_a_key_that_the_server_forgot_is_asked_for_again(
    filled: Path, reader: AnkiReader, address: str, drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    name = ("Glossator sync", f"{FIRST}@{address.rstrip('/')}")
    drawer.kept[name] = "0" * 32
    options = ("--user", FIRST, "--address", address, "--full", "download")
    assert sync(monkeypatch, capfd, *options, typed=f"{PASSWORD}\n")[0] == 0
    assert drawer.kept[name] != "0" * 32


def test_a_preview_changes_nothing(
    filled: Path, reader: AnkiReader, address: str, drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    options = ("--user", FIRST, "--address", address, "--full", "download")
    code, out, _said = sync(
        monkeypatch, capfd, *options, "--dry-run", "--json", typed=f"{PASSWORD}\n"
    )
    assert (code, json.loads(out)["counts"]["new"]) == (0, 5)
    reader.sync()
    assert reader.collection.note_count() == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--user", "a", "--address", "nowhere"), "https://"),
        (("--user", "a", "--address", "http://127.0.0.1:9/"), "can't be reached"),
    ],
)
def test_what_prevents_a_sync_is_one_sentence(
    filled: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str], options: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    code, _out, said = sync(monkeypatch, capfd, *options, typed="x\n")
    assert (code, words in said) == (1, True)
    assert re.match(ONE_SENTENCE, said)


def test_without_the_engine_one_sentence_says_how_to_get_it(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sync_module, "find_spec", lambda _name: None)
    code, _out, said = sync(monkeypatch, capfd, "--user", "a", typed="x\n")
    assert (code, "glossator[sync]" in said) == (1, True)
    assert re.match(ONE_SENTENCE, said)


def test_the_engine_stays_out_of_this_process() -> None:
    loaded = modules_loaded_by("import desktop.operations.syncing, desktop.anki.engine")
    assert not {"anki", "keyring", "PySide6"} & {name.partition(".")[0] for name in loaded}
