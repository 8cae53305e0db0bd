"""A progress line for a terminal; on anything else it stays silent."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.operations.analysing import AnalysisEvent

_STAGES = {
    "starting": "Starting",
    "reading": "Reading",
    "glossary": "Looking up terms",
    "cards": "Making cards",
}
_BAR = 24


class ProgressLine:
    """One line that is drawn over and over while ``files`` are analysed, then wiped.

    Used as a context manager, so that the line is gone before anything else is written.
    """

    def __init__(self, stream: TextIO, files: Sequence[str]) -> None:
        self._stream = stream
        self._files = files
        self._shown = ""
        self._active = stream.isatty()

    def __enter__(self) -> ProgressLine:
        self.draw("Starting", 0.0)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._active and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, index: int, event: AnalysisEvent) -> None:
        """Show an event of the text at ``index``."""
        stage = getattr(event, "stage", None)
        if not self._active or stage is None:
            return
        total = max(len(self._files), index + 1)
        fraction = (index + getattr(event, "fraction", 0.0)) / total
        where = f" ({index + 1} of {total})" if total > 1 else ""
        self.draw(_STAGES.get(stage, stage.capitalize()) + where, fraction)

    def draw(self, label: str, fraction: float) -> None:
        """Show how far the work is."""
        if not self._active:
            return
        full = round(max(0.0, min(1.0, fraction)) * _BAR)
        bar = "█" * full + "░" * (_BAR - full)
        line = f"{bar} {fraction:4.0%}  {label}"[: shutil.get_terminal_size().columns - 1]
        if line != self._shown:
            self._shown = line
            self._stream.write(f"\r\x1b[K{line}")
            self._stream.flush()
