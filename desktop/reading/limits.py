"""What a file may take from the machine that opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Hears what share (0..1) of a file was read; may raise to end the reading.
Watch = Callable[[float], None]

_MB = 1024 * 1024

#: The largest file that is read, in bytes.
MAX_FILE = 200 * _MB


def _unheard(_done: int, _total: int) -> None:
    """Take a report where nobody listens."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; sizes are in bytes.

    A reader of a format that takes long calls ``report(done, total)`` (pages, say) as it goes:
    who waits then grants it more than ``seconds``, at most ``longest``, while it is foreseen to
    end in time. ``memory`` is the address space of the process that reads.
    """

    member: int = 64 * _MB
    unpacked: int = 512 * _MB
    members: int = 20_000
    nesting: int = 200
    pictures: int = 96 * _MB
    memory: int = 1024 * _MB
    output: int = 160 * _MB
    seconds: float = 8.0
    longest: float = 120.0
    report: Callable[[int, int], None] = _unheard


DEFAULT = Limits()
