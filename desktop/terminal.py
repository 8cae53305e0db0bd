"""Single keys from a terminal, or characters from a pipe; the terminal is left as it was."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.errors import MissingPieceError

#: What Ctrl+C sends where a terminal hands keys on as they are.
_INTERRUPT = "\x03"
_ESCAPE = "\x1b"

#: What ``Keys.read`` returns for Del; Backspace is another key.
DELETE = "\x1b[3~"


class Keys:
    """Reads one key after the other; at the end of the input there is none."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()
        self._before: list[Any] | None = None  # how the terminal was

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Hand on each key when it is pressed, without showing it, while the block runs."""
        if not self._terminal or os.name == "nt":
            yield
            return
        import termios
        import tty

        handle = sys.stdin.fileno()
        before = self._before = termios.tcgetattr(handle)
        tty.setcbreak(handle)
        try:
            yield
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
            self._before = None

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

    def line(self) -> str | None:
        """Return a line that is typed and shown as it is; ``None`` at the end."""
        found = b""
        with self.as_before():
            while not found.endswith(b"\n"):
                letter = os.read(sys.stdin.fileno(), 1)
                if not letter:
                    return found.decode("utf-8", "replace") if found else None
                found += letter
        return found.decode("utf-8", "replace").strip()

    @contextmanager
    def as_before(self) -> Iterator[None]:
        """Give the terminal to another program while the block runs, an editor for one."""
        if self._before is None:
            yield
            return
        import termios

        handle = sys.stdin.fileno()
        now = termios.tcgetattr(handle)
        termios.tcsetattr(handle, termios.TCSADRAIN, self._before)
        try:
            yield
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, now)

    def _posix(self) -> str:
        """Return a character, or all that one key sends."""
        found = os.read(sys.stdin.fileno(), 1)
        while found and len(found) < 4 and not _whole(found):
            found += os.read(sys.stdin.fileno(), 1)
        if found == b"\x1b":
            found += self._sequence()
        return found.decode("utf-8", "replace")

    def _sequence(self) -> bytes:
        """Return what follows Escape at once: the rest of an arrow, of Del, …"""
        import select

        found = b""
        while select.select([sys.stdin], [], [], 0.02)[0]:
            found += os.read(sys.stdin.fileno(), 1)
            if found[:1] != b"[" or (len(found) > 1 and 0x40 <= found[-1] <= 0x7E):
                break
        return found

    def _windows(self) -> str:
        import importlib

        console: Any = importlib.import_module("msvcrt")
        key: str = console.getwch()
        if key in ("\x00", "\xe0"):  # an arrow or function key: its second half follows
            return DELETE if console.getwch() == "S" else _ESCAPE
        return key


def _whole(found: bytes) -> bool:
    try:
        found.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def edited(text: str, keys: Keys) -> str:
    """Return a text as the reader's editor ($VISUAL or $EDITOR) left it.

    Raises ``MissingPieceError`` where there is none, or where it fails.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise MissingPieceError("Set EDITOR to the editor that you want to use here.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.txt"
        path.write_text(text, encoding="utf-8")
        try:
            with keys.as_before():
                subprocess.run([*shlex.split(command), str(path)], check=True)
        except (OSError, subprocess.CalledProcessError, ValueError) as error:
            raise MissingPieceError(f"The editor “{command}” failed; nothing changed.") from error
        return path.read_text(encoding="utf-8", errors="replace")


def coloured() -> bool:
    """Return whether the output is a terminal that shows colours, and the reader wants them."""
    return (
        sys.stdout.isatty()
        and os.environ.get("TERM", "dumb") != "dumb"
        and "NO_COLOR" not in os.environ
    )
