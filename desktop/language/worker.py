"""The process that holds the models: spawned once, fed with jobs, cancelled job by job.

The process is generic. It is given two functions by reference: one that warms the models up and
one that does a job and reports through a callback. So this module knows neither glossary nor
cards, and the window's process never imports a model.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from desktop.errors import Cancelled, GlossatorError

#: A process that died is started again this many times before its jobs are given up.
RESTARTS = 1

WarmUp = Callable[[], None]
Work = Callable[[Any, Callable[[Any], None]], Any]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobEvent:
    """What the process says of a job: ``kind`` is ready, report, done, cancelled or failed."""

    kind: str
    job: int = -1
    value: Any = None


@dataclass(slots=True)
class _Process:
    process: Any
    connection: Connection
    ready: bool = field(default=False)


class Worker:
    """One background process; ``on_event`` is called on a thread of the worker's own.

    Jobs run one after the other in the order of ``submit``. ``start`` and ``submit`` return at
    once. A process that dies is restarted once, with the jobs that it had not finished; after
    that they fail with a sentence.
    """

    def __init__(self, warm_up: WarmUp, work: Work, on_event: Callable[[JobEvent], None]) -> None:
        self._warm_up = warm_up
        self._work = work
        self._on_event = on_event
        self._lock = threading.RLock()
        self._current: _Process | None = None
        self._pending: dict[int, Any] = {}
        self._starts = 0
        self._closed = False

    def start(self) -> None:
        """Start the process, which loads its models before it takes a job."""
        with self._lock:
            if self._current is None and not self._closed:
                self._spawn()

    def submit(self, job: int, payload: Any) -> None:
        """Queue a job; the payload is pickled. A job with the same number replaces it."""
        with self._lock:
            self._pending[job] = payload
            if self._current is None and not self._closed:
                self._starts = 0
                self._spawn()
            else:
                self._send(("job", job, payload))

    def cancel(self, job: int) -> None:
        """Stop a job, at the latest at its next report; without effect when it has ended."""
        with self._lock:
            self._send(("cancel", job, None))

    def close(self, timeout: float = 2.0) -> None:
        """End the process: politely at first, by force after ``timeout`` seconds."""
        with self._lock:
            self._closed = True
            current, self._current = self._current, None
        if current is None:
            return
        with contextlib.suppress(OSError, ValueError):
            current.connection.send(("quit", -1, None))
        current.process.join(timeout if current.ready else 0.05)
        if current.process.is_alive():
            current.process.kill()
            current.process.join()

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._warm_up, self._work), daemon=True, name="glossator"
        )
        self._starts += 1
        process.start()
        theirs.close()
        self._current = _Process(process, ours)
        threading.Thread(target=self._listen, args=(self._current,), daemon=True).start()
        for job, payload in self._pending.items():
            self._send(("job", job, payload))

    def _send(self, message: tuple[str, int, Any]) -> None:
        if self._current is None:
            return
        try:
            self._current.connection.send(message)
        except (OSError, ValueError):
            _log.warning("the language process does not take messages")

    def _listen(self, process: _Process) -> None:
        """Pass on what the process says until it ends, then restart it or give its jobs up."""
        while True:
            try:
                event: JobEvent = process.connection.recv()
            except (EOFError, OSError):
                break
            if event.kind == "ready":
                process.ready = True
            elif event.kind != "report":
                with self._lock:
                    self._pending.pop(event.job, None)
            self._on_event(event)
        process.connection.close()
        self._process_ended(process)

    def _process_ended(self, process: _Process) -> None:
        with self._lock:
            if self._closed or self._current is not process:
                return
            self._current = None
            if self._starts <= RESTARTS:
                _log.warning("the language process ended; starting it again")
                self._spawn()
                return
            lost = list(self._pending)
            self._pending.clear()
        for job in lost:
            sentence = "The process that reads texts ended unexpectedly twice; open the text again."
            self._on_event(JobEvent("failed", job, sentence))


def _serve(connection: Connection, warm_up: WarmUp, work: Work) -> None:
    """Run in the process: warm up, then do one job after the other until told to quit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)  # the window comes first where cores are few
    jobs: queue.Queue[tuple[int, Any]] = queue.Queue()
    desk = _Desk(connection, work)

    def read_commands() -> None:
        while True:
            try:
                kind, job, payload = connection.recv()
            except (EOFError, OSError):
                os._exit(0)  # the window's process is gone
            if kind == "quit":
                os._exit(0)
            if kind == "cancel":
                desk.cancel(job)
            else:
                desk.allow(job)
                jobs.put((job, payload))

    threading.Thread(target=read_commands, daemon=True).start()
    try:
        warm_up()
    except GlossatorError as error:
        _log.error("%s", error)  # said again by the first job that needs the models
    desk.say(JobEvent("ready"))
    while True:
        desk.do(*jobs.get())


class _Desk:
    """Does the jobs of the process on its main thread, and lets another thread stop one.

    A job is stopped where it stands: ``Cancelled`` is raised in its thread, between two steps of
    Python, for the text core goes on for seconds without a report. That thread is not touched
    while it writes to the pipe, nor between jobs.
    """

    def __init__(self, connection: Connection, work: Work) -> None:
        self._connection = connection
        self._work = work
        self._thread = threading.get_ident()
        self._lock = threading.Lock()  # held while the pipe is written to
        self._running: int | None = None
        self._cancelled: set[int] = set()

    def say(self, event: JobEvent) -> None:
        """Send an event."""
        with self._lock:
            self._connection.send(event)

    def allow(self, job: int) -> None:
        """Forget that an earlier job of this number was stopped."""
        with self._lock:
            self._cancelled.discard(job)

    def cancel(self, job: int) -> None:
        """Stop a job, under way or still to come."""
        with self._lock:
            self._cancelled.add(job)
            if self._running == job:
                self._running = None  # once is enough
                _raise_in(self._thread, Cancelled)

    def do(self, job: int, payload: Any) -> None:
        """Do one job and send its last event."""
        try:
            event = self._event_of(job, payload)
            with self._lock:
                self._running = None
        except Cancelled:
            event = JobEvent("cancelled", job)
        try:
            self.say(event)
        except Cancelled:  # raised late, but before anything was written
            self.say(JobEvent("cancelled", job))

    def _event_of(self, job: int, payload: Any) -> JobEvent:
        def report(value: Any) -> None:
            if job in self._cancelled:
                raise Cancelled("stopped")
            self.say(JobEvent("report", job, value))

        try:
            with self._lock:
                if job in self._cancelled:
                    return JobEvent("cancelled", job)
                self._running = job
            return JobEvent("done", job, self._work(payload, report))
        except Cancelled:
            raise
        except GlossatorError as error:
            return JobEvent("failed", job, str(error))
        except Exception as error:  # a defect: reported, and the process goes on
            _log.exception("job %s", job)
            return JobEvent("failed", job, f"This text could not be analysed ({error!r}).")


def _raise_in(thread: int, error: type[Exception]) -> None:
    """Raise an exception in another thread, at its next step of Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
