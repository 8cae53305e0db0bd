"""Signs of life: they go on while a step runs, and no longer than it may take."""

from __future__ import annotations

import time

import pytest

from desktop.reading import heartbeat as module
from desktop.reading.heartbeat import heartbeat


def test_it_beats_while_the_step_runs_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EVERY", 0.01)
    beats: list[float] = []
    with heartbeat(lambda: beats.append(time.monotonic()), 5):
        time.sleep(0.2)
    count = len(beats)
    assert count >= 2
    time.sleep(0.1)
    assert len(beats) == count
    with heartbeat(lambda: beats.append(time.monotonic()), 0):
        time.sleep(0.1)
    assert len(beats) == count
