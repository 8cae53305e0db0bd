"""Steps and parameters as a reader writes them: "1m 10m 1d", a list of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.errors import InputError

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_STEP = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")

#: How many parameters FSRS-6 has.
PARAMETERS = 21


class StepsError(InputError):
    """A field that can't be read; the message says which and why."""


def read_steps(text: str) -> tuple[int, ...]:
    """Return steps in seconds; a number without a unit counts minutes, as in Anki."""
    steps = []
    for word in text.split():
        match = _STEP.fullmatch(word)
        seconds = round(float(match[1]) * _UNITS[match[2] or "m"]) if match else 0
        if seconds < 1:
            raise StepsError(f"“{word}” is no step: write for instance 30s, 10m, 4h or 2d.")
        steps.append(seconds)
    return tuple(steps)


def write_steps(steps: Sequence[int]) -> str:
    """Return steps as ``read_steps`` reads them."""
    return " ".join(_written(step) for step in steps)


def read_parameters(text: str) -> tuple[float, ...]:
    """Return FSRS's parameters; none for an empty text."""
    words = text.replace(",", " ").split()
    try:
        numbers = tuple(float(word) for word in words)
    except ValueError as error:
        raise StepsError("The FSRS parameters must be numbers.") from error
    if numbers and len(numbers) != PARAMETERS:
        raise StepsError(f"FSRS has {PARAMETERS} parameters; these are {len(numbers)}.")
    if numbers and not _allowed(numbers):
        raise StepsError("These FSRS parameters are out of their bounds.")
    return numbers


def _allowed(numbers: tuple[float, ...]) -> bool:
    import fsrs

    try:
        fsrs.Scheduler(numbers)
    except ValueError:
        return False
    return True


def _written(seconds: int) -> str:
    for unit in ("d", "h", "m"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    return f"{seconds}s"
