"""The composition root: settings, library, window, logging and what happens when things fail.

``GLOSSATOR_TRACE_START`` measures the start, see ``desktop.window.start_trace``.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from desktop.errors import GlossatorError, LibraryInUseError
from desktop.operations.second_start import hand_over, inbox
from desktop.paths import Folders
from desktop.window.prerequisites import check_prerequisites

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)

_LOG_BYTES = 500_000


def run(folders: Folders, files: Sequence[Path] = (), links: Sequence[str] = ()) -> int:
    """Open the window on the library in ``folders`` with ``files`` added; return the exit code.

    ``links`` are links of cards, which open their sentences. A window that is open already takes
    both over. What prevents the start (a missing system library, no display, a library in use) is
    said in one sentence on standard error, and the code is 1.
    """
    try:
        _start_log(folders)
        check_prerequisites()
        return _run(folders, files, links)
    except LibraryInUseError as error:
        if hand_over(folders, [*(str(file.absolute()) for file in files), *links]):
            return 0
        print(error, file=sys.stderr)
        return 1
    except GlossatorError as error:
        print(error, file=sys.stderr)
        return 1


def _run(folders: Folders, files: Sequence[Path], links: Sequence[str]) -> int:
    from PySide6.QtWidgets import QApplication

    from desktop.operations.workspace import Workspace
    from desktop.window import theme
    from desktop.window.garbage import GarbageCollector
    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow
    from desktop.window.second_start import SecondStarts
    from desktop.window.start_trace import trace_start

    lane = Lane(lambda: Workspace.open(folders))
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["glossator"])
    _name(app)
    GarbageCollector(app)
    theme.load_fonts()
    theme.follow_system(app)
    lane.wait_until_open()
    try:
        settings, state = lane.ask(lambda ws: (ws.settings(), ws.state("window") or {}))
        theme.apply_theme(app, settings.theme)
        window = MainWindow(lane, settings, state)
        sys.excepthook = _excepthook_for(window)
        notifier = _close_on_signals(window)
        trace_start(window)
        _start_work_after_first_paint(window)
        if not files:
            window.desk.open_first(())
        window.show()
        window.open_files(files)  # beside the window: one of them may take its time
        window.links.open_all(links)
        starts = SecondStarts(inbox(folders))
        starts.asked.connect(window.links.open_all)
        starts.asked.connect(lambda _wanted: starts.show(window))
        code = app.exec()
        starts.close()
        del notifier
        window.deleteLater()
        return code
    finally:
        sys.excepthook = sys.__excepthook__
        lane.close()


def _name(app: QApplication) -> None:
    from desktop.window.icons import app_icon

    app.setApplicationName("glossator")
    app.setApplicationDisplayName("Glossator")
    app.setDesktopFileName("glossator")
    app.setStyle("Fusion")
    app.setWindowIcon(app_icon())


def _start_work_after_first_paint(window: MainWindow) -> None:
    """Start what the first paint doesn't need: the language process, the lists."""
    from PySide6.QtCore import Qt, QTimer

    started = False

    def start() -> None:
        nonlocal started
        if started:
            return
        started = True
        window.desk.list_documents()
        window.desk.start_analysis()

    if window.desk.text is None:
        # There may be no text to paint; the event loop's first round does as well.
        QTimer.singleShot(500, window, lambda: start() if window.desk.text is None else None)
    window.shown_text.connect(start, Qt.ConnectionType.SingleShotConnection)


# -- the log, and what nobody caught


def _start_log(folders: Folders) -> None:
    try:
        folders.log.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folders.log / "glossator.log",
            maxBytes=_LOG_BYTES,
            backupCount=2,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        return  # a log that can't be written is no reason not to read
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("desktop")
    for old in [h for h in root.handlers if isinstance(h, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def _excepthook_for(window: MainWindow) -> Any:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        log.error("A defect", exc_info=(kind, error, trace))
        with contextlib.suppress(RuntimeError):  # the window may be gone already
            window.messages.report(error)

    return hook


def _close_on_signals(window: MainWindow) -> object:
    """Close the window when the process is asked to end; return what must live as long.

    Python sees a signal only when its interpreter runs; the wake-up pipe makes Qt's loop call it.
    """
    from PySide6.QtCore import QSocketNotifier

    if os.name != "posix":
        return None
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: window.close())
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(reading, 64))
    return notifier
