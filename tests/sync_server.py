"""Anki's own sync server, and readers of Anki who sync with it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.collection import Collection
from anki.sync_pb2 import SyncAuth

USER, PASSWORD = "reader", "a secret"
FIRST = f"{USER}0"


@contextmanager
def sync_server(folder: Path, users: int = 1) -> Iterator[str]:
    """Run the real sync server for some readers; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "SYNC_BASE": str(folder),
        **{f"SYNC_USER{n + 1}": f"{USER}{n}:{PASSWORD}" for n in range(users)},
        "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "RUST_LOG": "error",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address + "health")
        yield address
    finally:
        process.kill()
        process.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the sync server did not start")


class AnkiReader:
    """A reader with Anki on another device."""

    def __init__(self, collection: Collection, address: str, user: str = FIRST) -> None:
        self.collection = collection
        self._address, self._user = address, user
        self._auth: SyncAuth | None = None

    def sync(self, *, upload: bool = False) -> None:
        if self._auth is None:
            self._auth = self.collection.sync_login(self._user, PASSWORD, self._address)
        answer = self.collection.sync_collection(self._auth, False)
        if answer.required >= 2:
            whole_upload = upload or answer.required == 4
            self.collection.close_for_full_sync()
            self.collection.full_upload_or_download(
                auth=self._auth, server_usn=None, upload=whole_upload
            )
            self.collection.reopen(after_full_sync=True)
        self.collection.sync_media(self._auth)
        while self.collection.media_sync_status().active:
            time.sleep(0.02)
