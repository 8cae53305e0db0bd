"""The composition root: settings, library, window, logging and what happens when things fail.

With ``GLOSSATOR_TRACE_START=1`` in the environment one JSON line goes to standard output at each
of these moments: ``first_paint`` (the text is on the screen), ``first_entries`` (glossary entries
are on the screen) and ``cards_ready``; each with ``seconds`` since the start of the process and
``rss_mb`` of this process. ``GLOSSATOR_TRACE_START=quit`` also quits once the cards are ready.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from desktop.errors import GlossatorError, MissingPieceError
from desktop.paths import Folders

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)

TRACE_VARIABLE = "GLOSSATOR_TRACE_START"

_LOG_BYTES = 500_000

#: The Debian package of each library that Qt loads and that a bare system lacks.
_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

#: Qt platforms that need no display server.
_WITHOUT_DISPLAY = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs", "minimalegl")


def run(folders: Folders, files: Sequence[Path] = ()) -> int:
    """Open the window on the library in ``folders`` with ``files`` added; return the exit code.

    What prevents the start (a missing system library, no display, a library in use) is said in
    one sentence on standard error, and the code is 1.
    """
    try:
        _start_log(folders)
        _check_qt()
        return _run(folders, files)
    except GlossatorError as error:
        print(error, file=sys.stderr)
        return 1


def _run(folders: Folders, files: Sequence[Path]) -> int:
    from PySide6.QtWidgets import QApplication

    from desktop.operations.workspace import Workspace
    from desktop.window import theme
    from desktop.window.jobs import Lane
    from desktop.window.main_window import MainWindow

    lane = Lane(lambda: Workspace.open(folders))
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["glossator"])
    _name(app)
    theme.load_fonts()
    lane.wait_until_open()
    try:
        settings, state = lane.ask(lambda ws: (ws.settings(), ws.state("window") or {}))
        theme.apply_theme(app, settings.theme)
        window = MainWindow(lane, settings, state)
        sys.excepthook = _excepthook_for(window)
        notifier = _close_on_signals(window)
        _trace(window)
        _start_work_after_first_paint(window)
        errors = window.desk.open_first(files)
        window.show()
        window.messages.report_all(errors)
        code = app.exec()
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
    from PySide6.QtCore import QTimer

    def start() -> None:
        window.desk.list_documents()
        window.desk.start_analysis()

    if window.desk.text is None:
        # There may be no text to paint; the event loop's first round does as well.
        QTimer.singleShot(500, window, lambda: start() if window.desk.text is None else None)
    window.shown_text.connect(_once(start))


def _once(function: Any) -> Any:
    """Return ``function`` so that only its first call does something."""
    calls: list[bool] = []

    def first_only() -> None:
        if not calls:
            calls.append(True)
            function()

    return first_only


# -- what prevents a start


def _check_qt() -> None:
    """Raise ``MissingPieceError`` where Qt could not show a window; Qt itself would abort."""
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        raise _missing(str(error)) from error
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _WITHOUT_DISPLAY:
        return
    if not platform and os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY") and platform != "wayland":
        raise MissingPieceError(
            "There is no display to open a window on; start Glossator from a desktop session,"
            " or set DISPLAY (over ssh: ssh -X)."
        )
    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if platform in ("", "xcb") and plugin.exists():
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            raise _missing(str(error)) from error
        _check_display()


def _check_display() -> None:
    """Raise ``MissingPieceError`` when the X server that DISPLAY names doesn't answer."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if broken:
        raise MissingPieceError(
            f"The display {os.environ['DISPLAY']} can't be reached; check the variable DISPLAY"
            " and that you may use that display."
        )


def _missing(message: str) -> MissingPieceError:
    """Turn a loader's message into a sentence that says what to install."""
    library = message.split(":")[0].strip()
    package = _PACKAGES.get(library)
    if package is not None:
        return MissingPieceError(
            f"The system library {library} is missing; install it with: apt install {package}"
        )
    if "PySide6" in message:
        return MissingPieceError("PySide6 is missing; install Glossator again to get it back.")
    return MissingPieceError(
        f"Qt can't be loaded ({message}); install the system libraries that Qt needs."
    )


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


# -- the benchmark of the start


def _trace(window: MainWindow) -> None:
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

    window.shown_text.connect(_once(lambda: say("first_paint")))
    window.shown_glossary.connect(_once(lambda: say("first_entries")))
    window.desk.cards_ready.connect(_once(ready))


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
