"""Measure a library of many texts: ``python -m tests.benchmarks.shelf [TEXTS [WORDS]]``.

Makes a library of 5,000 texts of some 2,000 words each, with pictures, collections and tags, then
prints the time of listing, searching and adding, beside the goals, and the size of the index.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from desktop.library.labels import LabelKind
from desktop.operations.workspace import Workspace
from desktop.reading.document import Block, BlockKind, Document, Picture, Source
from tests.benchmarks.library import measure
from tests.library.factory import Clock, open_workspace
from tests.reading.pictures import png

_VOCABULARY = 40_000
_PARAGRAPH = 90  # words


def words_of(random: Random, count: int) -> list[str]:
    """Return words that are as rare and as frequent as those of a language."""
    return [f"w{int(_VOCABULARY ** random.random()):x}" for _ in range(count)]


def make_text(random: Random, number: int, words: int) -> Document:
    """Return a text with a title and a picture."""
    title = f"Text {number} on {' '.join(words_of(random, 3))}"
    blocks = [Block(0, BlockKind.TITLE, title)]
    for _ in range(max(1, words // _PARAGRAPH)):
        text = " ".join(words_of(random, _PARAGRAPH)).capitalize() + "."
        blocks.append(Block(len(blocks), BlockKind.PARAGRAPH, text))
    pictures: tuple[Picture, ...] = ()
    if number % 3 == 0:
        pictures = (Picture("a.png", "image/png", png()),)
        blocks.append(Block(len(blocks), BlockKind.FIGURE, "", picture="a.png"))
    return Document(
        title=title, kicker=None, standfirst=None, authors=(f"Author {number % 700}",), date=None,
        language="en", source=Source(f"{number}.txt", f"{number:064x}", "txt"),
        blocks=tuple(blocks), left_out=(), warnings=(), pictures=pictures,
    )  # fmt: skip


def fill(workspace: Workspace, texts: int, words: int) -> float:
    """Add the texts; return the seconds for each."""
    random = Random(3)
    begin = time.perf_counter()
    with workspace._database.transaction():
        for number in range(texts):
            workspace.add_document(make_text(random, number, words))
    spent = (time.perf_counter() - begin) / texts
    ids = [line.id for line in workspace.documents()]
    for number in range(20):
        workspace.label(LabelKind.COLLECTION, f"Collection {number}", ids[number::37])
        workspace.label(LabelKind.TAG, f"tag {number}", ids[number::23])
    return spent


def main() -> None:
    """Make the library and print the table."""
    texts, words = [int(n) for n in (*sys.argv[1:], 5_000, 2_000)[:2]]
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder), Clock())
        spent = fill(workspace, texts, words)
        database = workspace._database
        index = database.value(
            "SELECT sum(length(block)) FROM passages_data"
        ) or 0  # fmt: skip
        text = database.value("SELECT sum(length(content)) FROM document_contents")
        print(f"{texts} texts of {words} words; to add one: {spent * 1000:.1f} ms")
        print(f"index {index / 1e6:.1f} MB for {text / 1e6:.1f} MB of texts")
        print(f"{'':<34}{'middle':>10}{'longest':>10}   goal (ms)")
        measure("list of all texts", "200", workspace.documents, 5)
        measure("labels", "", workspace.labels, 5)
        rare, often = "w9c3f", "w1"
        measure("search for a rare word", "100", lambda: workspace.search(rare), 10)
        measure("search for the most frequent word", "100", lambda: workspace.search(often), 10)
        measure("search for two words", "100", lambda: workspace.search("w3 w2f"), 10)
        measure("search for a phrase", "100", lambda: workspace.search('"w1 w1"'), 10)
        measure(
            "search for a word's beginning", "100",
            lambda: workspace.search("w9c", unfinished=True), 10,
        )  # fmt: skip
        covers = [line.id for line in workspace.documents() if line.cover][:12]
        measure("twelve covers", "", lambda: [workspace.cover(one) for one in covers], 5)
        show(workspace)
        measure("remove a hundred texts", "", lambda: remove(workspace, 100), 1)
        measure("take that back", "", workspace.undo, 1)
        workspace.close()


def show(workspace: Workspace) -> None:
    """Measure the page itself, with real widgets that are drawn but not shown on a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.window import theme
    from desktop.window.library_model import Order
    from desktop.window.library_view import LibraryView

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply_theme(app, "light")
    view = LibraryView()
    view.resize(1200, 760)
    view.show()
    view.show_labels(workspace.labels())
    summaries = workspace.documents()
    view.show_documents(())
    app.processEvents()

    def first() -> None:
        view.show_documents(())
        view.show_documents(summaries)
        app.processEvents()
        view.grab()

    def again() -> None:
        view.show_documents(list(summaries))
        app.processEvents()

    def sort(order: Order) -> None:
        view.head.choose_order(order)
        app.processEvents()
        view.grab()

    def scroll() -> None:
        bar = view.list.verticalScrollBar()
        bar.setValue((bar.value() + 311) % max(1, bar.maximum()))
        view.list.viewport().repaint()

    def type_words(words: str) -> None:
        view.head.field.setText(words)
        app.processEvents()

    measure("page: from the list to the tiles", "", first, 5)
    measure("page: the same list again", "16", again, 5)
    measure("page: sort by title", "", lambda: (sort(Order.TITLE), sort(Order.ADDED)), 3)
    measure("page: a frame while scrolling", "16", scroll, 50)
    measure("page: a letter typed", "16", lambda: (type_words("te"), type_words("tex")), 5)
    view.close()


def remove(workspace: Workspace, number: int) -> None:
    """Remove the first texts."""
    workspace.remove_documents([line.id for line in workspace.documents()[:number]])


if __name__ == "__main__":
    main()
