"""Signs of life while a step runs that can't report how far it is."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

_EVERY = 1.5  # seconds


@contextlib.contextmanager
def heartbeat(report: Callable[[], None], longest: float) -> Iterator[None]:
    """Call ``report`` again and again while the block runs, ``longest`` seconds at most."""
    over = threading.Event()
    end = time.monotonic() + longest

    def beat() -> None:
        while not over.wait(_EVERY) and time.monotonic() < end:
            report()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
