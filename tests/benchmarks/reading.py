"""Measure the frames of the reading page: ``python -m tests.benchmarks.reading [WORDS [TERMS]]``.

Makes a text of 25,000 words with 2,000 terms, shows it in the real reading page beside its
glossary, and prints how long the window's thread is busy with each step of what happens there:
terms that come in batches while an analysis runs, scrolling with marks, tints and hints on, a
list that follows the page, search, the spoiler guard. The goal is a frame: 16 ms. Without a
display Qt's offscreen platform is used.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "" if os.environ.get("DISPLAY") else "offscreen")
if not os.environ["QT_QPA_PLATFORM"]:
    del os.environ["QT_QPA_PLATFORM"]

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.glossary.term import (
    Definition,
    DefinitionSource,
    Glossary,
    Term,
    TermKind,
)
from desktop.library.highlights import HIGHLIGHT_COLOURS, Highlight
from desktop.operations.annotation_files import marked_text
from desktop.reading.anchor import anchor_of
from desktop.reading.document import Block, BlockKind, Document, Source, Span
from desktop.window import theme
from desktop.window.glossary_view import GlossaryView
from desktop.window.highlight_layer import HighlightLayer
from desktop.window.mark_margin import MarkMargin
from desktop.window.reader_view import ReaderView
from desktop.window.set_page import ReadingStyle
from desktop.window.term_marks import TermLook

_SYLLABLES = "ba co di fe gu ha jo ki lu me no pa qui ra so tu va we yo za".split()
_BATCHES = 20


def make_text(words: int, terms: int) -> tuple[Document, tuple[Term, ...]]:
    """Return a text of invented words, and terms that occur in it some three times each."""
    random = Random(1)

    def word() -> str:
        return "".join(random.choice(_SYLLABLES) for _ in range(random.randint(1, 4)))

    names = [word() + word() for _ in range(terms)]
    plain = [word() for _ in range(4_000)]
    blocks: list[Block] = []
    mentions: dict[int, list[Span]] = {}
    left = words
    while left > 0:
        parts, at = [], 0
        for _ in range(random.randint(60, 160)):
            number = random.randrange(terms) if random.random() < terms * 3 / words else None
            token = names[number] if number is not None else random.choice(plain)
            if number is not None:
                span = Span(len(blocks), at, at + len(token))
                mentions.setdefault(number, []).append(span)
            parts.append(token)
            at += len(token) + 1
        left -= len(parts)
        blocks.append(Block(len(blocks), BlockKind.PARAGRAPH, " ".join(parts)))
    kinds = list(TermKind)
    made = tuple(
        Term(
            names[number], kinds[number % len(kinds)], (), 1 - number / terms,
            Definition(f"{random.choice(plain)} {random.choice(plain)}; " + " ".join(
                random.choice(plain) for _ in range(12)), DefinitionSource.DICTIONARY),
            tuple(spans),
        )
        for number, spans in sorted(mentions.items())
    )  # fmt: skip
    document = Document(
        title="Invented", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("invented.txt", "0" * 64, "txt"), blocks=tuple(blocks),
    )  # fmt: skip
    return document, made


class Bench:
    """The page and the glossary beside it, and the times of what is done with them."""

    def __init__(self, words: int, terms: int) -> None:
        self.document, self.terms = make_text(words, terms)
        self.window = QWidget()
        self.window.resize(1280, 800)
        row = QHBoxLayout(self.window)
        self.reader, self.glossary = ReaderView(), GlossaryView()
        row.addWidget(self.reader, 1)
        row.addWidget(self.glossary)
        self.glossary.setFixedWidth(420)
        self.highlights = HighlightLayer(self.reader)
        self.margin = MarkMargin(self.reader, self.highlights)
        self.reader.view_changed.connect(self._follow)
        self.reader.set_reading_style(ReadingStyle(hints=True))
        self.reader.set_look(TermLook(hints=True))
        self.reader.show_document(self.document)
        self.window.show()
        self._settle()

    def _follow(self, first: object, _last: object) -> None:
        self.glossary.show_on_page(self.reader.indices_on_show(), first)  # type: ignore[arg-type]

    def _settle(self) -> None:
        for _ in range(20):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def measure(self, name: str, steps: list[Callable[[], object]]) -> None:
        """Print the middle, 95th and longest time of steps, each with what Qt does after it."""
        spans = []
        for step in steps:
            begin = time.thread_time()
            step()
            spans.append((time.thread_time() - begin) * 1000)
            spans += self._events()
        spans.sort()
        late = sum(span > 16 for span in spans)
        p95 = spans[int(len(spans) * 0.95)]
        print(
            f"{name:<46}{statistics.median(spans):>8.2f}{p95:>8.2f}{spans[-1]:>8.2f}"
            f"{late:>6} of {len(spans)}"
        )

    def _events(self) -> list[float]:
        """Return how long each round of the event loop takes until there is nothing left."""
        spans = []
        for _ in range(6):
            begin = time.thread_time()
            QApplication.processEvents()
            spans.append((time.thread_time() - begin) * 1000)
        return spans

    def show(self, terms: tuple[Term, ...]) -> None:
        """Show a glossary as the window does when an analysis sends one."""
        found = Glossary("Invented", "0" * 64, terms)
        self.reader.set_glossary(found)
        self.glossary.show_glossary(found, self.document)

    def run(self) -> None:
        """Measure everything."""
        size = len(self.terms) // _BATCHES
        batches = [self.terms[: size * (n + 1)] for n in range(_BATCHES)]
        self.measure("a batch of terms arrives", [lambda b=b: self.show(b) for b in batches])
        self.show(self.terms)
        self._settle()
        bar = self.reader.verticalScrollBar()

        def scroll(pixels: int) -> list[Callable[[], object]]:
            return [lambda: bar.setValue(bar.value() + pixels)] * 150

        self.measure("scroll by a wheel's notch, marks and hints", scroll(60))
        self.measure("page down, marks and hints", scroll(640))
        self._highlight()
        bar.setValue(0)
        self.measure("page down, 2,000 highlights with notes", scroll(640))
        memory = {term.term.casefold(): n % 10 / 10 for n, term in enumerate(self.terms)}
        self.reader.set_memory(memory)
        bar.setValue(0)
        self.measure("page down, tints too", scroll(640))
        self.glossary.controls.follow.setChecked(True)
        self._settle()
        bar.setValue(0)
        self.measure("the list follows the page", self._steps_of_following(bar))
        self.glossary.controls.follow.setChecked(False)
        ends = [(n, 40) for n in range(20, len(self.document.blocks), 4)]
        self.measure("read on, spoiler guard on", [
            lambda e=e: self.glossary.set_reach(e) for e in ends
        ])  # fmt: skip
        self.glossary.set_reach(None)
        self._settle()
        words = [term.term[:n] for term in self.terms[:8] for n in range(1, 6)]
        self.measure("a letter in the search field", [
            lambda w=w: self.glossary.search.setText(w) for w in words
        ])  # fmt: skip
        self.glossary.search.clear()
        self.measure("open an entry", [
            lambda n=n: self.glossary.show_entry(n) for n in range(0, len(self.terms), 50)
        ])  # fmt: skip

    def _highlight(self) -> None:
        """Highlight some words in each paragraph, with a note on every second."""
        now, made = datetime.now(UTC), []
        for number in range(2_000):
            block = self.document.blocks[number % len(self.document.blocks)]
            start = min(number // len(self.document.blocks) * 50, len(block.text) - 1)
            end = min(len(block.text), start + 120)
            anchor = anchor_of(self.document, (block.index, start), (block.index, end))
            colour = HIGHLIGHT_COLOURS[number % len(HIGHLIGHT_COLOURS)]
            made.append(Highlight(number, 1, colour, "Why?" * (number % 2), anchor, now, now))
        self.highlights.set_marks(marked_text(1, self.document, made, ()))

    def _steps_of_following(self, bar) -> list[Callable[[], object]]:  # type: ignore[no-untyped-def]
        def step() -> None:
            bar.setValue(bar.value() + 640)
            self.reader.tell_place()

        return [step] * 60


def main() -> None:
    """Print the table."""
    words, terms = [int(n) for n in (*sys.argv[1:], 25_000, 2_000)[:2]] if sys.argv[1:] else (
        25_000, 2_000
    )  # fmt: skip
    app = QApplication([])
    app.setStyle("Fusion")
    theme.load_fonts()
    theme.apply_theme(app, "light")
    bench = Bench(words, terms)
    mentions = sum(len(term.mentions) for term in bench.terms)
    print(f"{words} words, {len(bench.terms)} terms, {mentions} mentions; ms of the thread")
    print(f"{'':<46}{'middle':>8}{'95 %':>8}{'longest':>8}   over 16 ms")
    bench.run()


if __name__ == "__main__":
    main()
