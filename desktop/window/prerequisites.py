"""What must be there before Qt can show a window: its libraries and a display.

Qt ends the whole process where one is absent; here it is said in a sentence beforehand. This
module imports no Qt by itself.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from desktop.errors import MissingPieceError

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


def check_prerequisites() -> None:
    """Raise ``MissingPieceError`` where Qt could not show a window; Qt itself would abort."""
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        raise missing_library(str(error)) from error
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
            raise missing_library(str(error)) from error
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


def missing_library(message: str) -> MissingPieceError:
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
