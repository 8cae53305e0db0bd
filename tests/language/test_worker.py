"""The language process with small jobs of its own: order, cancelling, death, end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import InputError
from desktop.language.worker import JobEvent, Worker


def no_warm_up() -> None:
    pass


def work(payload: Any, report: Callable[[Any], None]) -> Any:
    """What the process does: the payload says it."""
    match payload:
        case ("double", number):
            report("started")
            return number * 2
        case ("wait", seconds):
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                report("waiting")
                time.sleep(0.01)
            return "waited"
        case ("count", seconds):
            report("counting")
            end, number = time.monotonic() + seconds, 0
            while time.monotonic() < end:
                number += 1
            return number
        case "refuse":
            raise InputError("This can't be read.")
        case "break":
            raise ZeroDivisionError("a defect")
        case "die":
            os._exit(3)
        case ("die once", path):
            if not Path(path).exists():
                Path(path).touch()
                os._exit(3)
            return "survived"
    return None


class Listener:
    def __init__(self) -> None:
        self.events: list[JobEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: JobEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, job: int, kinds: set[str], timeout: float = 20) -> JobEvent:
        def found() -> JobEvent | None:
            return next((e for e in self.events if e.job == job and e.kind in kinds), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, timeout)
            event = found()
        assert event is not None
        return event


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def worker(listener: Listener) -> Iterator[Worker]:
    made = Worker(no_warm_up, work, listener)
    made.start()
    yield made
    made.close()


def test_a_job_reports_and_ends_with_its_result(worker: Worker, listener: Listener) -> None:
    worker.submit(1, ("double", 21))
    assert listener.wait_for(1, {"done"}).value == 42
    assert listener.wait_for(1, {"report"}).value == "started"


def test_a_cancelled_job_stops_at_its_next_report(worker: Worker, listener: Listener) -> None:
    worker.submit(1, ("wait", 60))
    listener.wait_for(1, {"report"})
    worker.cancel(1)
    assert listener.wait_for(1, {"cancelled", "done"}).kind == "cancelled"
    worker.submit(2, ("double", 1))
    assert listener.wait_for(2, {"done"}).value == 2


def test_a_job_that_never_reports_is_stopped_where_it_stands(
    worker: Worker, listener: Listener
) -> None:
    for job in range(1, 6):
        worker.submit(job, ("count", 60))
        listener.wait_for(job, {"report"})
        worker.cancel(job)
        assert listener.wait_for(job, {"cancelled", "done"}, timeout=5).kind == "cancelled"
    worker.submit(9, ("double", 4))
    assert listener.wait_for(9, {"done"}).value == 8


def test_a_job_that_waits_is_cancelled_before_it_begins(worker: Worker, listener: Listener) -> None:
    worker.submit(1, ("wait", 60))
    worker.submit(2, ("double", 1))
    worker.cancel(2)
    worker.cancel(1)
    assert listener.wait_for(2, {"cancelled", "done"}).kind == "cancelled"
    worker.submit(2, ("double", 3))
    assert listener.wait_for(2, {"done"}).value == 6


def test_a_refusal_comes_as_its_sentence_and_a_defect_does_not_end_the_process(
    worker: Worker, listener: Listener
) -> None:
    worker.submit(1, "refuse")
    assert listener.wait_for(1, {"failed"}).value == "This can't be read."
    worker.submit(2, "break")
    assert "ZeroDivisionError" in listener.wait_for(2, {"failed"}).value
    worker.submit(3, ("double", 2))
    assert listener.wait_for(3, {"done"}).value == 4


def test_a_process_that_dies_is_started_again_with_its_job(
    worker: Worker, listener: Listener, tmp_path: Any
) -> None:
    worker.submit(1, ("die once", str(tmp_path / "mark")))
    assert listener.wait_for(1, {"done", "failed"}).value == "survived"


def test_a_process_that_dies_twice_is_reported(worker: Worker, listener: Listener) -> None:
    worker.submit(1, "die")
    assert "twice" in listener.wait_for(1, {"failed"}).value
    worker.submit(2, ("double", 3))
    assert listener.wait_for(2, {"done"}).value == 6


def test_closing_ends_the_process_at_once(listener: Listener) -> None:
    worker = Worker(no_warm_up, work, listener)
    worker.start()
    worker.submit(1, ("wait", 60))
    listener.wait_for(1, {"report"})
    started = time.monotonic()
    worker.close()
    assert time.monotonic() - started < 5
