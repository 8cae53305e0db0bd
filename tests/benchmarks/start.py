"""How long a reader waits: ``python -m tests.benchmarks.start [--runs N]``.

Every number is taken from a fresh process. "Warm" means that the files are in the system's cache,
which the first run of each row sees to. A bare Qt window with a text browser is started in the
same way: the ratio to it says more than seconds on a busy machine. Without a display Qt's
offscreen platform is used. Linux only: the times come from the kernel's clock.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ESSAY = ROOT / "resources" / "essay" / "essay.md"

#: A window with a text and nothing else; it tells its age and memory at its first paint as the
#: program does.
BARE_WINDOW = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser

app = QApplication([])

class Browser(QTextBrowser):
    def paintEvent(self, event):
        super().paintEvent(event)
        started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        memory = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        print(json.dumps({"moment": "first_paint", "seconds": age, "rss_mb": memory}), flush=True)
        QTimer.singleShot(0, app.quit)

window = QMainWindow()
browser = Browser()
browser.setMarkdown(Path(sys.argv[1]).read_text(encoding="utf-8"))
window.setCentralWidget(browser)
window.resize(1200, 800)
window.show()
app.exec()
"""

#: What the project promises: seconds, or MB where the row says so.
PROMISED = {
    "text": 0.6,
    "glossary": 8.0,
    "cards": 8.0,
    "first paint, seen essay": 0.6,
    "memory at that paint (MB)": 120.0,
    "first glossary entries, new essay": 4.0,
    "glossary and cards after the paint, seen essay": 0.3,
}

Moments = dict[str, dict[str, float]]


def main() -> int:
    """Measure, print a table, and return 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each row (3)")
    runs = parser.parse_args().runs
    rows = [*_commands(runs), *_window(runs)]
    print(f"{'':48} {'median':>8} {'range':>15} {'promised':>9}")
    broken = False
    for name, values in rows:
        median = statistics.median(values)
        promised = PROMISED.get(name)
        late = promised is not None and median > promised
        broken |= late
        spread = f"{min(values):.2f}–{max(values):.2f}"
        limit = f"≤ {promised:g}" if promised is not None else ""
        print(f"{name:48} {median:8.2f} {spread:>15} {limit:>9}{'  LATE' if late else ''}")
    return int(broken)


def _commands(runs: int) -> list[tuple[str, list[float]]]:
    rows = []
    for command in ("text", "glossary", "cards"):
        arguments = [sys.executable, "-m", "desktop", command, str(ESSAY), "--json"]
        subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
            times.append(time.perf_counter() - start)
        rows.append((command, times))
    return rows


def _window(runs: int) -> list[tuple[str, list[float]]]:
    bare = ["-c", BARE_WINDOW, str(ESSAY)]
    _moments(bare)  # warms the cache
    peers, first, seen = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as home:
            peers.append(_moments(bare))
            first.append(_moments(["-m", "desktop", "--library", home]))
            seen.append(_moments(["-m", "desktop", "--library", home]))
    ready = [
        max(run[moment]["seconds"] for moment in ("first_entries", "cards_ready"))
        - run["first_paint"]["seconds"]
        for run in seen
    ]
    paints = [run["first_paint"]["seconds"] for run in seen]
    bare_paints = [run["first_paint"]["seconds"] for run in peers]
    return [
        ("bare Qt window, first paint", bare_paints),
        ("bare Qt window, memory (MB)", [run["first_paint"]["rss_mb"] for run in peers]),
        ("first paint, new library", [run["first_paint"]["seconds"] for run in first]),
        ("first glossary entries, new essay", [run["first_entries"]["seconds"] for run in first]),
        ("cards, new essay", [run["cards_ready"]["seconds"] for run in first]),
        ("first paint, seen essay", paints),
        ("memory at that paint (MB)", [run["first_paint"]["rss_mb"] for run in seen]),
        ("glossary and cards after the paint, seen essay", ready),
        (
            "first paint, times a bare window's",
            [own / bare for own, bare in zip(paints, bare_paints, strict=True)],
        ),
    ]


def _moments(arguments: list[str]) -> Moments:
    """Start a window, wait until it has closed itself, return what it said and when."""
    environment = {**os.environ, "GLOSSATOR_TRACE_START": "quit"}
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["moment"]: line for line in reversed(lines)}  # the first time of each counts


if __name__ == "__main__":
    raise SystemExit(main())
