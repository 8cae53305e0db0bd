"""Garbage is collected on the window's thread, whoever makes it."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from desktop.window.garbage import GarbageCollector


class Ring:
    """A cycle that notes on which thread it dies."""

    def __init__(self, died_on: list[threading.Thread]) -> None:
        self.me = self
        weakref.finalize(self, lambda: died_on.append(threading.current_thread()))


@pytest.fixture
def collector(qapp):
    was_enabled = gc.isenabled()
    parent = QObject()
    yield GarbageCollector(parent)
    (gc.enable if was_enabled else gc.disable)()


def test_what_a_thread_leaves_dies_on_the_windows(collector, qtbot):
    died_on: list[threading.Thread] = []

    def make() -> None:
        for _ in range(5_000):
            Ring(died_on)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert died_on == []
    collector.collect()
    assert len(died_on) == 5_000
    assert set(died_on) == {threading.current_thread()}


def test_stopping_gives_the_work_back(collector):
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
