"""Reading untrusted files in a process of its own, with limits on time, memory and output.

A file may come from anywhere and hold anything: a few kilobytes that unpack to terabytes, a page
that refers to itself, a table that takes a library minutes. The process that reads it
(``isolated``) can be killed at any time; this one only takes the finished document, and only as
data.
"""

from __future__ import annotations

import hashlib
import json
import logging
import queue
import time
from dataclasses import replace
from types import TracebackType

from desktop.errors import InputError
from desktop.reading import child_process, isolated
from desktop.reading.child_process import ChildProcess
from desktop.reading.document import Document, Picture, Source
from desktop.reading.formats import Format
from desktop.reading.limits import DEFAULT, Limits, Watch
from desktop.reading.stored import document_from_content

_BEAT = 0.1  # seconds, at most, between two calls of who watches

_log = logging.getLogger(__name__)


class BrokenReaderError(InputError):
    """The process broke off, hung or answered nonsense: the file is at fault, or its reader."""


class ReaderDefectError(InputError):
    """The reader raised what no reader should; the process can go on."""


def read_isolated(
    data: bytes, name: str, one: Format, limits: Limits = DEFAULT, watch: Watch | None = None
) -> Document:
    """Read a file of a format that is read in a process of its own.

    ``watch`` hears of the progress, often; what it raises ends the process.

    Raises ``InputError`` with one sentence that names the file and the cause.
    """
    try:
        with ReadingProcess(one, limits) as process:
            return process.read(data, name, watch)
    except InputError as error:
        raise InputError(f"{name} can't be opened as {one.called}: {error}.") from error


class ReadingProcess:
    """One process that reads files of one format, one after the other.

    Opening a file uses it once; trying thousands of damaged files keeps it until it breaks.
    """

    def __init__(self, one: Format, limits: Limits = DEFAULT) -> None:
        self._format = one
        self._limits = limits
        self._process: ChildProcess | None = None

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.stop()

    def read(self, data: bytes, name: str, watch: Watch | None = None) -> Document:
        """Return the document that ``data`` holds; raises ``InputError`` with the bare reason."""
        began = time.monotonic()
        process = self._running()
        digest = hashlib.sha256(data).hexdigest()
        job = {"name": name, "sha256": digest, "format": self._format.key, "size": len(data)}
        process.send(json.dumps(job).encode() + b"\n", data)
        try:
            pictures, body = self._answer(process, began, watch)
        except BrokenReaderError:
            self.stop()
            raise
        try:
            content = json.loads(body)
            shown = tuple(
                Picture(str(told[0]), str(told[1]), blob)
                for told, blob in zip(content["pictures"], pictures, strict=True)
            )
            return _checked(
                document_from_content(content, Source(name, digest, self._format.key), shown)
            )
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise BrokenReaderError("it is damaged") from error

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _running(self) -> ChildProcess:
        """Return the process, started where there is none."""
        if self._process is None or not self._process.alive:
            self.stop()
            limits = self._limits
            arguments = (str(self._format.reader), str(limits.memory))
            self._process = ChildProcess(isolated.__name__, *arguments, most=limits.output)
        return self._process

    def _answer(
        self, process: ChildProcess, began: float, watch: Watch | None
    ) -> tuple[list[bytes], bytes]:
        """Return the pictures and the document of the answer, as long as it comes in time."""
        limits = self._limits
        deadline = began + limits.seconds
        pictures: list[bytes] = []
        share = 0.0
        while True:
            try:
                kind, body = _next(process, deadline, watch, share)
            except queue.Empty:
                raise BrokenReaderError(
                    "reading it takes too long, as if it were made to"
                ) from None
            if kind == isolated.PROGRESS:
                deadline = _granted(body, began, deadline, limits)
                share = _share(body)
            elif kind == isolated.PICTURE:
                pictures.append(body)
            elif kind == isolated.DOCUMENT:
                return pictures, body
            elif kind == isolated.REASON:
                raise InputError(str(json.loads(body)))
            elif kind == isolated.DEFECT:
                _log.info("A reader of %s failed: %s", self._format.key, json.loads(body))
                raise ReaderDefectError("it is damaged")
            elif kind == child_process.TOO_MUCH:
                raise BrokenReaderError("what it holds, unpacked, is larger than a text may be")
            else:
                raise BrokenReaderError("it is damaged, or made to break what reads it")


def _next(
    process: ChildProcess, deadline: float, watch: Watch | None, share: float
) -> tuple[bytes, bytes]:
    """Return the next frame; who watches is told of the share until then, again and again."""
    while True:
        if watch is not None:
            watch(share)
        left = max(0.0, deadline - time.monotonic())
        try:
            return process.frames.get(timeout=left if watch is None else min(_BEAT, left))
        except queue.Empty:
            if time.monotonic() >= deadline:
                raise


def _share(body: bytes) -> float:
    """Return what share of a file a report says was read."""
    try:
        done, total = (float(number) for number in json.loads(body))
    except (ValueError, TypeError):
        return 0.0
    return min(1.0, max(0.0, done / total)) if total > 0 else 0.0


def _granted(body: bytes, began: float, deadline: float, limits: Limits) -> float:
    """Return how long to wait after a report of progress."""
    try:
        done, total = (float(number) for number in json.loads(body))
    except (ValueError, TypeError):
        return deadline
    now = time.monotonic()
    foreseen = (now - began) * total / done if done > 0 else limits.longest + 1
    if foreseen > limits.longest:
        return deadline
    return min(began + limits.longest, max(deadline, now + limits.seconds))


def _checked(document: Document) -> Document:
    """Return the document if its marks lie within their texts; raises ``ValueError`` if not."""
    for block in document.blocks:
        length = len(block.text)
        if any(not 0 <= mark.start < mark.end <= length for mark in block.marks):
            raise ValueError("a mark outside its text")
    if not document.blocks:
        raise ValueError("no blocks")
    return replace(document, authors=tuple(str(name) for name in document.authors))
