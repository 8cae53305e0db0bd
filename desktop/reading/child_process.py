"""A process of its own for untrusted files: how it is started, fed and listened to.

It answers with frames (``desktop.reading.isolated``): one byte that tells the kind, eight bytes
(big-endian) with the length, the contents.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

from desktop.reading import isolated

#: Frames that the collecting thread adds: the process ended; it says more than it may.
ENDED, TOO_MUCH = b"", b"!"

_PROGRAM = (
    "import importlib, sys; sys.path.insert(0, sys.argv[1]);"
    "sys.exit(importlib.import_module(sys.argv[2]).serve(*sys.argv[3:]))"
)

#: What a program needs of the surroundings on each system, and nothing of the reader's.
_KEPT_VARIABLES = ("SYSTEMROOT", "WINDIR", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")


class ChildProcess:
    """One running process; ``module`` is where its ``serve`` is, ``most`` bytes are an answer."""

    def __init__(self, module: str, *arguments: str, most: int) -> None:
        root = str(Path(__file__).parents[2])
        surroundings = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        # Threads of the libraries for arithmetic take address space for nothing here.
        surroundings |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _PROGRAM, root, module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.frames: queue.Queue[tuple[bytes, bytes]] = queue.Queue()
        self._collector = threading.Thread(target=self._collect, args=(most,), daemon=True)
        self._collector.start()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def send(self, header: bytes, data: bytes = b"") -> None:
        """Send a job; a process that breaks off before it has it all is noticed by its frames."""
        threading.Thread(target=self._feed, args=(header, data), daemon=True).start()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.close()
        self._process.wait()
        self._collector.join()

    def _feed(self, header: bytes, data: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(header)
                self._process.stdin.write(data)
                self._process.stdin.flush()

    def _collect(self, most: int) -> None:
        """Put the frames of the process into the queue until it ends."""
        left = most
        stream = self._process.stdout
        if stream is None:
            return
        with stream, contextlib.suppress(OSError, ValueError):
            while len(head := stream.read(9)) == 9:
                size = int.from_bytes(head[1:], "big")
                left -= size
                if left < 0:
                    self.frames.put((TOO_MUCH, b""))
                    return
                body = stream.read(size)
                if len(body) < size:
                    break
                self.frames.put((head[:1], body))
                if head[:1] in isolated.LAST:
                    left = most
        self.frames.put((ENDED, b""))
