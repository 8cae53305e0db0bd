"""The benchmark of the start: when the text, the first entries and the cards are there.

With ``GLOSSATOR_TRACE_START=1`` in the environment one JSON line goes to standard output at each
of these moments: ``first_paint`` (the text is on the screen), ``first_entries`` (glossary entries
are on the screen) and ``cards_ready``; each with ``seconds`` since the start of the process and
``rss_mb`` of this process. ``GLOSSATOR_TRACE_START=quit`` also quits once the cards are ready.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.window.main_window import MainWindow

TRACE_VARIABLE = "GLOSSATOR_TRACE_START"


def trace_start(window: MainWindow) -> None:
    """Write the moments of this start, if the environment asks for them."""
    mode = os.environ.get(TRACE_VARIABLE)
    if not mode:
        return

    def say(moment: str) -> None:
        line = {"moment": moment, "seconds": round(_age(), 3), "rss_mb": round(_rss_mb(), 1)}
        print(json.dumps(line), flush=True)

    def ready() -> None:
        say("cards_ready")
        if mode == "quit":
            window.close()

    once = Qt.ConnectionType.SingleShotConnection
    window.shown_text.connect(lambda: say("first_paint"), once)
    window.shown_glossary.connect(lambda: say("first_entries"), once)
    window.desk.cards_ready.connect(ready, once)


def _age() -> float:
    """Return the seconds since this process was started (by the kernel's clock on Linux)."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, AttributeError):
        return time.process_time()


def _rss_mb() -> float:
    """Return the resident memory of this process in MB; 0 where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
