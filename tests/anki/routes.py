"""The ways on which cards reach Anki and come back, alike for the matrix of outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from anki.collection import Collection

from desktop.anki.connect import AnkiConnect
from desktop.anki.connect_peer import ConnectPeer
from desktop.anki.exchange import Outcome, Plan, exchange, read_and_compare
from desktop.anki.sync import Account
from desktop.decks.apkg import write_apkg
from desktop.operations.syncing import AskFull, Sync, SyncWish, run_sync
from desktop.operations.texts import pictures_of_notes
from desktop.operations.workspace import Workspace
from tests.anki_connect import Server
from tests.anki_judge import AnkiJudge
from tests.sync_server import PASSWORD, AnkiReader


class Route(Protocol):
    """Brings a library and an Anki together."""

    name: str

    def send(self, plan: Plan | None = None) -> Outcome | None: ...


class ByPackage:
    """The reader exports a package and lets Anki import it."""

    name = "apkg"

    def __init__(self, workspace: Workspace, judge: AnkiJudge, folder: Path) -> None:
        self._workspace, self._judge, self._folder = workspace, judge, folder
        self.numbers: list[Any] = []

    def send(self, plan: Plan | None = None) -> None:  # noqa: ARG002 (it has no choices)
        workspace = self._workspace
        for line in workspace.documents():
            deck = workspace.deck([line.id], name=deck_of(workspace, line.id))
            pictures = pictures_of_notes(deck, workspace.document(line.id))
            path = self._folder / f"{line.id}.apkg"
            write_apkg(workspace.dated(deck, pictures), path, pictures=pictures)
            self.numbers.append(self._judge.take_package(path))


class ByConnect:
    """Glossator talks to the running Anki."""

    name = "connect"

    def __init__(self, workspace: Workspace, server: Server) -> None:
        self._workspace, self._server = workspace, server

    def send(self, plan: Plan | None = None) -> Outcome:
        peer = ConnectPeer.open(AnkiConnect(self._server.address, wait=10))
        local = self._workspace.anki_local(peer.key)
        outcome = exchange(local, peer, read_and_compare(local, peer), plan or Plan())
        self._workspace.anki_take(peer.key, outcome)
        return outcome


class BySync:
    """Glossator syncs with the server that the reader's Anki syncs with, before and after."""

    name = "sync"

    def __init__(self, workspace: Workspace, anki: AnkiReader, account: Account) -> None:
        self.workspace, self._anki, self._account = workspace, anki, account
        self.ask_full: AskFull = lambda wanted: wanted.possible[0]

    def send(self, plan: Plan | None = None) -> Outcome:
        self._anki.sync(upload=True)
        outcome = self.sync(plan)
        self._anki.sync()
        return outcome

    def sync(self, plan: Plan | None = None) -> Outcome:
        """Sync the library alone."""
        chosen = plan or Plan()
        wish = SyncWish(prefer=chosen.default, choices=dict(chosen.choices))
        sync = Sync(self.workspace.folder, replace(self._account))
        try:
            report = run_sync(
                sync, wish, lambda work: work(self.workspace),
                lambda _user, _address: PASSWORD, self.ask_full,
            )  # fmt: skip
        finally:
            sync.close()
        assert report.outcome is not None
        return report.outcome


def deck_of(workspace: Workspace, document_id: int) -> str:
    """Return the name of a document's deck."""
    local = workspace.anki_local("")
    records = {record.note.id for record in workspace.cards(document_id)}
    return next(n.side.cards[0].deck for n in local.ours if n.id in records)


@contextmanager
def connected(workspace: Workspace, collection: Collection) -> Iterator[ByConnect]:
    server = Server(collection)
    try:
        yield ByConnect(workspace, server)
    finally:
        server.close()
