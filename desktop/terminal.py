"""Single keys from a terminal, or characters from a pipe; the terminal is left as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: What Ctrl+C sends where a terminal hands keys on as they are.
_INTERRUPT = "\x03"
_ESCAPE = "\x1b"


class Keys:
    """Reads one key after the other; at the end of the input there is none."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Hand on each key when it is pressed, without showing it, while the block runs."""
        if not self._terminal or os.name == "nt":
            yield
            return
        import termios
        import tty

        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
        tty.setcbreak(handle)
        try:
            yield
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)

    def read(self) -> str:
        """Return the next key, "" at the end; line ends of a pipe are no keys.

        Raises ``KeyboardInterrupt`` for Ctrl+C.
        """
        while True:
            key = self._windows() if self._terminal and os.name == "nt" else self._posix()
            if key == _INTERRUPT:
                raise KeyboardInterrupt
            if self._terminal or key not in "\r\n" or not key:
                return key

    def line(self) -> str:
        """Return a line that is typed and shown."""
        return sys.stdin.readline().strip()

    def _posix(self) -> str:
        """Return a character; the rest of a key that sends several is dropped."""
        found = os.read(sys.stdin.fileno(), 1)
        while found and len(found) < 4 and not _whole(found):
            found += os.read(sys.stdin.fileno(), 1)
        key = found.decode("utf-8", "replace")
        if key == _ESCAPE and self._terminal:
            self._drop_rest()
        return key

    def _drop_rest(self) -> None:
        import select

        while select.select([sys.stdin], [], [], 0.02)[0]:
            os.read(sys.stdin.fileno(), 64)

    def _windows(self) -> str:
        import importlib

        console: Any = importlib.import_module("msvcrt")
        key: str = console.getwch()
        if key in ("\x00", "\xe0"):  # an arrow or function key: its second half follows
            console.getwch()
            return ""
        return key


def _whole(found: bytes) -> bool:
    try:
        found.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def coloured() -> bool:
    """Return whether the output is a terminal that shows colours, and the reader wants them."""
    return (
        sys.stdout.isatty()
        and os.environ.get("TERM", "dumb") != "dumb"
        and "NO_COLOR" not in os.environ
    )
