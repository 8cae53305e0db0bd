"""The real window on a real library with the bundled essay, as a reader has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.analysing import Analysed, analyse_document
from desktop.operations.version import pipeline_version
from desktop.operations.workspace import Workspace
from desktop.paths import bundled_essay, reader_folders
from desktop.reading.document import Document
from desktop.reading.opener import open_document
from desktop.window import theme
from desktop.window.garbage import GarbageCollector
from desktop.window.jobs import Lane
from desktop.window.main_window import MainWindow


@pytest.fixture(scope="session")
def essay() -> Document:
    return open_document(bundled_essay())


@pytest.fixture(scope="session")
def analysed(essay: Document) -> Analysed:
    return analyse_document(essay)


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    qapp.setStyle("Fusion")
    theme.load_fonts()
    collector = GarbageCollector(qapp)
    yield qapp
    collector.stop()


@dataclass
class Reader:
    """Opens windows on one library, one at a time, as the program does when it starts."""

    qtbot: object
    home: Path
    analysed: Analysed
    known: bool = True  # whether the essay was analysed in an earlier session
    opened: list[tuple[Lane, MainWindow]] = field(default_factory=list)

    def open(self, *files: Path) -> MainWindow:
        lane = Lane(lambda: Workspace.open(reader_folders(self.home)))
        lane.wait_until_open()
        if self.known:
            lane.ask(self._know_the_essay)
        settings, state = lane.ask(lambda ws: (ws.settings(), ws.state("window") or {}))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply_theme(app, settings.theme)
        window = MainWindow(lane, settings, state)
        self.opened.append((lane, window))
        self.errors = window.desk.open_first(files)
        window.show()
        self.qtbot.waitExposed(window)  # type: ignore[attr-defined]
        return window

    def _know_the_essay(self, workspace: Workspace) -> None:
        if not workspace.documents():
            document_id = workspace.add_file(bundled_essay())
            workspace.save_analysed(document_id, pipeline_version(), self.analysed)

    def ask(self, work: Callable[[Workspace], object]) -> object:
        """Ask the library behind the window that is open."""
        return self.opened[-1][0].ask(work)

    def close(self) -> None:
        lane, window = self.opened.pop()
        window.close()
        lane.close()
        window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def reader(qtbot, tmp_path: Path, analysed: Analysed) -> Iterator[Reader]:
    one = Reader(qtbot, tmp_path / "library", analysed)
    yield one
    while one.opened:
        one.close()


@pytest.fixture
def window(reader: Reader, qtbot) -> MainWindow:
    """A window with the essay, its glossary and its proposed cards on show."""
    window = reader.open()
    with qtbot.waitSignal(window.desk.cards_ready, timeout=20000):
        window.desk.start_analysis()
    qtbot.waitUntil(lambda: bool(window.text_cards_view.model.records))
    return window
