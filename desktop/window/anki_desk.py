"""Meetings with Anki from the window: each runs beside it, and asks before it changes anything."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.errors import Cancelled, GlossatorError

if TYPE_CHECKING:
    from desktop.anki.compare import Choice, Comparison
    from desktop.anki.sync import FullSync, FullSyncWanted
    from desktop.operations.workspace import Workspace
    from desktop.settings import Settings
    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow

T = TypeVar("T")

log = logging.getLogger(__name__)

BUSY = "An exchange with Anki is under way already."


class AnkiDesk(QObject):
    """Exchanges the library's cards with a running Anki or a sync server, one at a time."""

    did = Signal(str)  # a sentence
    failed = Signal(object)
    _wanted = Signal(object)  # a function to call on the window's thread

    def __init__(self, window: MainWindow, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self._thread: threading.Thread | None = None
        self._closing = False
        self._wanted.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)

    def push(self) -> None:
        """Exchange with the Anki that runs on this computer."""
        self._run("Looking into Anki…", self._push)

    def sync(self) -> None:
        """Exchange with a sync server."""
        self._run("Syncing with Anki…", self._sync)

    def compare_file(self) -> None:
        """Compare with a file that the reader exported from Anki."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, "Compare with a file of Anki", "", "Anki packages (*.apkg *.colpkg)"
        )
        if chosen:
            self._run("Reading the file…", lambda: self._compare(Path(chosen)))

    def close(self) -> None:
        """Let what is under way end; what would ask the reader is cancelled."""
        self._closing = True

    # -- beside the window

    def _run(self, sentence: str, work: Callable[[], str]) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._window.messages.tell(BUSY)
            return
        self._window.messages.tell(sentence)

        def job() -> None:
            try:
                said = work()
            except Exception as error:
                if not isinstance(error, GlossatorError):
                    log.exception("A defect in an exchange with Anki")
                self._emit(self.failed, error)
            else:
                self._emit(self.did, said)

        self._thread = threading.Thread(target=job, name="anki", daemon=True)
        self._thread.start()

    def _emit(self, signal: Any, value: object) -> None:
        if not self._closing:
            signal.emit(value)

    def _ask(self, question: Callable[[], T]) -> T:
        """Ask the reader, on the window's thread, and wait for the answer."""
        box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        if self._closing:
            raise Cancelled("The window is closing.")

        def put() -> None:
            try:
                box.put((True, question()))
            except Exception as error:
                box.put((False, error))

        self._wanted.emit(put)
        fine, answer = box.get()
        if not fine:
            raise answer
        result: T = answer
        return result

    def _push(self) -> str:
        from desktop.anki.connect import AnkiConnect
        from desktop.anki.connect_peer import ConnectPeer
        from desktop.anki.exchange import Plan, exchange, read_and_compare
        from desktop.operations.pushing import done_line

        settings = self._lane.ask(lambda ws: ws.settings())
        peer = ConnectPeer.open(AnkiConnect(settings.anki_connect, settings.anki_connect_key))
        local = self._lane.ask(lambda ws: ws.anki_local(peer.key))
        found = read_and_compare(local, peer)
        choices = self._ask(lambda: self._preview(found))
        outcome = exchange(local, peer, found, Plan(choices))
        studied = peer.studied(list(outcome.there))

        def take(workspace: Workspace) -> int:
            workspace.anki_take(peer.key, outcome)
            return workspace.anki_take_answers(studied)

        return done_line(outcome, self._lane.ask(take))

    def _sync(self) -> str:
        from desktop.operations.pushing import done_line
        from desktop.operations.syncing import Sync, SyncWish, account_of, run_sync

        settings, folder = self._lane.ask(lambda ws: (ws.settings(), ws.folder))
        typed: list[str] = []
        wish = SyncWish()
        if not settings.sync_user:
            user, address, password = self._ask(lambda: self._log_in(settings))
            wish = SyncWish(user, address)
            typed.append(password)
        account = self._lane.ask(lambda ws: account_of(ws, wish))

        def ask_password(_user: str, _address: str) -> str | None:
            return typed.pop() if typed else self._ask(lambda: self._log_in(settings))[2]

        def choose(
            found: Sequence[Comparison], usual: Mapping[str, Choice]
        ) -> dict[str, Choice] | None:
            return self._ask(lambda: self._preview(found, usual=usual, takes_over=True))

        self._wanted.emit(self._keep_settings)
        sync = Sync(folder, account)
        try:
            report = run_sync(
                sync, wish, self._lane.ask, ask_password,
                lambda wanted: self._ask(lambda: self._which(wanted)), choose,
            )  # fmt: skip
        finally:
            sync.close()
        assert report.outcome is not None
        return done_line(report.outcome)

    def _compare(self, path: Path) -> str:
        from desktop.anki.exchange import read_and_compare
        from desktop.anki.package_peer import PackagePeer

        theirs = PackagePeer.open(path)
        local = self._lane.ask(lambda ws: ws.anki_local(theirs.key))
        found = read_and_compare(local, theirs)
        self._ask(lambda: self._preview(found, may_act=False))
        return f"Compared with {path.name}; nothing was changed."

    # -- on the window's thread

    def _preview(
        self,
        found: Sequence[Comparison],
        *,
        usual: Mapping[str, Choice] | None = None,
        takes_over: bool = False,
        may_act: bool = True,
    ) -> dict[str, Choice]:
        """Show what would be done and return the reader's choices; raises ``Cancelled``."""
        from desktop.anki.compare import Status
        from desktop.window.anki_preview_dialog import AnkiPreviewDialog

        if may_act and all(c.status is Status.UNCHANGED for c in found):
            return {}
        dialog = AnkiPreviewDialog(
            self._window, found, usual=usual, takes_over=takes_over, may_act=may_act
        )
        if not dialog.exec() and may_act:
            raise Cancelled("The reader left everything as it is.")
        return dialog.choices

    def _keep_settings(self) -> None:
        """Let the window know the account, which is among the settings now."""
        self._lane.submit(lambda ws: ws.settings(), self._window.apply_settings)

    def _log_in(self, settings: Settings) -> tuple[str, str, str]:
        from desktop.window.sync_login_dialog import SyncLoginDialog

        dialog = SyncLoginDialog(self._window, settings.sync_user, settings.sync_address)
        if not dialog.exec():
            raise Cancelled("The reader gave no password.")
        return dialog.user, dialog.address, dialog.password

    def _which(self, wanted: FullSyncWanted) -> FullSync | None:
        """Ask which collection replaces the other; nobody else answers that."""
        from desktop.anki.sync import FullSync

        box = QMessageBox(self._window)
        box.setWindowTitle("Sync with Anki")
        box.setText("<b>Which collection holds?</b>")
        box.setInformativeText(
            "The server’s collection and the copy on this computer have no common past. "
            "Download: the server’s replaces the copy, and your library is merged with it. "
            "Upload: the copy replaces the server’s, for all your devices."
        )
        words = {FullSync.DOWNLOAD: "Download", FullSync.UPLOAD: "Upload"}
        buttons = {
            box.addButton(words[way], QMessageBox.ButtonRole.ActionRole): way
            for way in wanted.possible
        }
        cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.exec()
        clicked = box.clickedButton()
        return next((way for button, way in buttons.items() if button is clicked), None)
