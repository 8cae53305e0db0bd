"""What every test stands on: no display, no network, a home of its own."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.anki_judge import AnkiJudge

# Before anything imports Qt: without a display its default platform ends the whole process.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# Anki's own switch for intervals without chance; it is read once, by whichever test is first.
os.environ["ANKI_TEST_MODE"] = "1"

# The same examples on every machine, however busy it is.
settings.register_profile("glossator", deadline=None, derandomize=True)
settings.load_profile("glossator")

#: Milliseconds that a test of the window waits for what is on its way, unless it says otherwise.
PATIENCE = 30_000

_LOOPBACK = ("127.", "::1", "localhost")


def _keep_off_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail whatever reaches for the network; sockets of this machine are fine."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name and not str(name).startswith(_LOOPBACK):
        raise AssertionError(f"a test reached for the network: {name}")


sys.addaudithook(_keep_off_the_network)


@pytest.fixture(autouse=True)
def reader_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library folder of this test's own, so that no test touches the reader's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GLOSSATOR_HOME", str(home))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return home


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The bot of pytest-qt with the patience that a busy machine needs."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, functools.partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


@pytest.fixture
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiJudge]:
    """A fresh collection of the real Anki, to judge packages with."""
    from tests.anki_judge import AnkiJudge

    judge = AnkiJudge(tmp_path_factory.mktemp("anki"))
    yield judge
    judge.close()
