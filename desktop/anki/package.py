"""Reading an Anki package (``.apkg``, ``.colpkg``), old or new, in a process of its own.

with AnkiPackage(path) as package:
    collection = package.collection()
    for name, data in package.media(collection.media): ...
"""

from __future__ import annotations

import dataclasses
import json
import logging
import queue
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from desktop.anki import isolated_package
from desktop.anki.assembling import Parts, assemble
from desktop.anki.container import PackageLimits
from desktop.decks.collection import Collection, MediaFile
from desktop.errors import InputError
from desktop.reading import child_process, isolated
from desktop.reading.child_process import ChildProcess

#: The endings of the files that this reads.
ENDINGS = (".apkg", ".colpkg")

#: Bytes and number of the media that are asked for at a time.
_MEDIA_BYTES, _MEDIA_FILES = 16 * 1024 * 1024, 200

Report = Callable[[int, int], None]

_log = logging.getLogger(__name__)


def _unheard(_done: int, _total: int) -> None:
    """Take a report where nobody listens."""


class AnkiPackage:
    """An untrusted package at ``path``; ``report`` hears of progress and may stop it by raising.

    All that is read comes as data from a process with limits. Every call raises ``InputError``
    with one sentence that names the file and the cause.
    """

    def __init__(
        self, path: Path, *, report: Report = _unheard, limits: PackageLimits | None = None
    ) -> None:
        self._path = path
        self._report = report
        self._limits = limits or PackageLimits()
        self._process: ChildProcess | None = None

    def __enter__(self) -> AnkiPackage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def turn_to(self, path: Path) -> None:
        """Read another package next, with the same process: for trying many files."""
        self._path = path

    def collection(self) -> Collection:
        """Return all that the package holds but its media."""
        self._check_file()
        parts = Parts()
        head: bytes = b""
        for kind, body in self._frames(None):
            if kind == isolated_package.ROWS:
                parts.add(body)
            elif kind == isolated.DOCUMENT:
                head = body
        try:
            return assemble(json.loads(head), parts)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise self._refusal("it is damaged") from error

    def media(self, files: Sequence[MediaFile]) -> Iterator[tuple[str, bytes]]:
        """Yield the names and contents of media files, some at a time."""
        done = 0
        for portion in _portions(files):
            bodies = [
                body
                for kind, body in self._frames([file.member for file in portion])
                if kind == isolated.PICTURE
            ]
            if len(bodies) != len(portion):
                raise self._refusal("it is damaged")
            for file, data in zip(portion, bodies, strict=True):
                yield file.name, data
            done += len(portion)
            self._report(done, len(files))

    def _check_file(self) -> None:
        try:
            status = self._path.stat()
        except OSError as error:
            raise self._refusal(f"the system says: {error.strerror or error}") from error
        if not stat.S_ISREG(status.st_mode):
            raise self._refusal("it is no ordinary file")
        if status.st_size > self._limits.file:
            raise self._refusal("it is too large")

    def _frames(self, media: list[str] | None) -> Iterator[tuple[bytes, bytes]]:
        """Ask for the collection, or for media, and yield the frames of the answer."""
        process = self._running()
        limits = dataclasses.asdict(self._limits)
        job = {"path": str(self._path.absolute()), "media": media, "limits": limits}
        process.send(json.dumps(job).encode() + b"\n")
        deadline = time.monotonic() + self._limits.longest
        last = False
        try:
            while not last:
                kind, body = self._next(process, deadline)
                last = kind == isolated.DOCUMENT
                yield kind, body
        except BaseException:
            # What is still on its way is no answer to the next question.
            self.close()
            raise

    def _next(self, process: ChildProcess, deadline: float) -> tuple[bytes, bytes]:
        """Return the next frame that isn't a report, or raise what it says."""
        while True:
            wait = min(self._limits.silence, deadline - time.monotonic())
            try:
                kind, body = process.frames.get(timeout=max(0.0, wait))
            except queue.Empty:
                raise self._refusal("reading it takes too long, as if it were made to") from None
            if kind == isolated.PROGRESS:
                done, total = json.loads(body)
                self._report(int(done), int(total))
            elif kind == isolated.REASON:
                raise self._refusal(str(json.loads(body)))
            elif kind == isolated.DEFECT:
                _log.info("The reader of Anki packages failed: %s", json.loads(body))
                raise BrokenPackageError(self._sentence("it is damaged"))
            elif kind in (child_process.ENDED, child_process.TOO_MUCH):
                raise BrokenPackageError(self._sentence("it is damaged, or made to break readers"))
            else:
                return kind, body

    def _running(self) -> ChildProcess:
        if self._process is None or not self._process.alive:
            self.close()
            limits = self._limits
            self._process = ChildProcess(
                isolated_package.__name__,
                str(limits.memory),
                most=2 * (limits.collection + limits.medium),
            )
        return self._process

    def _sentence(self, reason: str) -> str:
        return f"{self._path.name} can't be taken in as an Anki package: {reason}."

    def _refusal(self, reason: str) -> InputError:
        return InputError(self._sentence(reason))


class BrokenPackageError(InputError):
    """The process broke off or failed in a way that it should not."""


def _portions(files: Sequence[MediaFile]) -> Iterator[list[MediaFile]]:
    portion: list[MediaFile] = []
    size = 0
    for file in files:
        if portion and (size + file.size > _MEDIA_BYTES or len(portion) == _MEDIA_FILES):
            yield portion
            portion, size = [], 0
        portion.append(file)
        size += file.size
    if portion:
        yield portion
