"""Measure a book on the reading page: ``python -m tests.benchmarks.chapters [WORDS]``.

Makes a book of 500,000 invented words in chapters of 5,000 (and a second one without a heading),
shows it, and prints the seconds until its first page is painted, the time to turn to each of 40
chapters, to jump between their ends, and the memory that the book takes. Without a display Qt's
offscreen platform is used.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from dataclasses import replace

from tests.benchmarks.reading import make_text  # isort: skip  (chooses the platform before Qt)

from PySide6.QtWidgets import QApplication

from desktop.reading.document import Block, BlockKind, Document, Span
from desktop.window import theme
from desktop.window.reader_view import ReaderView
from desktop.window.set_page import ReadingStyle

_IN_CHAPTER = 5_000
_TURNS = 40


def make_book(words: int) -> Document:
    """Return a book with a heading before every 5,000 words."""
    document, _terms = make_text(words, 10)
    blocks: list[Block] = []
    since = _IN_CHAPTER
    for block in document.blocks:
        if since >= _IN_CHAPTER:
            since = 0
            blocks.append(Block(len(blocks), BlockKind.HEADING, f"Chapter {len(blocks)}", level=1))
        blocks.append(replace(block, index=len(blocks)))
        since += len(block.text.split())
    return replace(document, blocks=tuple(blocks))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _paint(reader: ReaderView) -> None:
    QApplication.processEvents()
    reader.viewport().repaint()


def measure(name: str, document: Document) -> None:
    """Print the line of one book."""
    reader = ReaderView()
    reader.resize(860, 800)
    reader.set_reading_style(ReadingStyle())
    reader.show()
    QApplication.processEvents()
    before, begin = _memory(), time.perf_counter()
    reader.show_document(document)
    _paint(reader)
    first = time.perf_counter() - begin
    turns = []
    for number in range(_TURNS):
        block = reader.chapters[number * len(reader.chapters) // _TURNS].stop - 1
        begin = time.perf_counter()
        reader.show_evidence(Span(block, 0, 20))
        _paint(reader)
        turns.append(time.perf_counter() - begin)
    print(
        f"{name:<20}{len(reader.chapters):>9}{first:>13.3f} s"
        f"{statistics.median(turns):>12.3f} s{max(turns):>11.3f} s{_memory() - before:>9.0f} MB"
    )
    reader.close()


def main() -> None:
    """Print the table."""
    words = int(sys.argv[1]) if sys.argv[1:] else 500_000
    app = QApplication([])
    app.setStyle("Fusion")
    theme.load_fonts()
    theme.apply_theme(app, "light")
    book, (plain, _terms) = make_book(words), make_text(words, 10)
    print(f"{words} words   chapters   first page   turn, middle    longest   memory")
    measure("with headings", book)
    measure("without a heading", plain)


if __name__ == "__main__":
    main()
