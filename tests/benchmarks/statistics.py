"""Time counting: ``python -m tests.benchmarks.statistics [CARDS [REVIEWS]]``.

Counts 100,000 cards and 1,000,000 reviews, makes the charts and paints them; beside it the real
Anki counts the same cards and reviews for its own graphs, in the same run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.study.charts import charts
from desktop.study.day_bins import Period
from desktop.study.statistics import Statistics
from tests.anki_mirror import mirror
from tests.benchmarks.large_library import make

RUNS = 5
GOAL = 1_000


def told(name: str, work: Callable[[], object], goal: str = "") -> None:
    """Print the shortest, the middle and the longest time of some runs, and the processor's."""
    found, busy = [], time.process_time()
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    busy = (time.process_time() - busy) * 1000 / RUNS
    found.sort()
    spans = "".join(f"{span:>9.0f}" for span in (found[0], found[RUNS // 2], found[-1], busy))
    print(f"{name:<44}{spans}   {goal}")


def paint_all(found: Statistics) -> Callable[[], None]:
    """Return what paints all charts as the page shows them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from desktop.window.chart_paint import chart_paint, height_of

    QApplication.instance() or QApplication([])

    def paint() -> None:
        for chart in charts(found, Period.YEAR):
            image = QImage(550, height_of(chart), QImage.Format.Format_ARGB32_Premultiplied)
            painter = QPainter(image)
            chart_paint(chart, QRectF(image.rect())).paint(painter, None)
            painter.end()

    return paint


def main() -> None:
    """Make the library and print the table."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    cards, reviews = [int(n) for n in (*sys.argv[1:], 100_000, 1_000_000)[:2]]
    with tempfile.TemporaryDirectory() as folder:
        clock = make(Path(folder), cards, reviews, datetime.now(UTC).replace(microsecond=0))
        workspace = Workspace.open(reader_folders(Path(folder)), now=clock, zone=UTC)
        texts = workspace.documents()
        found = workspace.statistics()
        answers = found.recall(None).number
        print(
            f"{cards} cards, {reviews} reviews, milliseconds: shortest, middle, longest, "
            "and of the processor"
        )
        told("everything, counted", workspace.statistics, f"{GOAL}")
        first = texts[0].id
        told("one text, counted", lambda: workspace.statistics(document_id=first))
        told("the charts of all time", lambda: charts(found, Period.ALL))
        told("the charts painted (the window's thread)", paint_all(found))
        anki = mirror(workspace._database, Path(folder) / "anki", int(clock().timestamp() * 1000))
        told("Anki's graphs of everything", lambda: anki._backend.graphs(search="", days=0))
        told("Anki's graphs of a year", lambda: anki._backend.graphs(search="", days=365))
        graphs = anki._backend.graphs(search="", days=0)
        theirs = graphs.true_retention.all_time
        same = answers == (
            theirs.young_passed + theirs.young_failed + theirs.mature_passed + theirs.mature_failed
        )
        print(f"true retention over {answers} answers: {'the same' if same else 'NOT the same'}")
        anki.close()
        workspace.close()


if __name__ == "__main__":
    main()
