"""A second start hands what it was asked for to the window that is open already.

The window keeps a folder beside the library while it runs; a request is a file in it, which the
window takes away. No socket is opened, and a folder that a crash left behind costs a second.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from desktop.paths import Folders

_WAIT_S, _LOOK_S = 2.0, 0.05


def inbox(folders: Folders) -> Path:
    """Return the folder in which the open window finds requests."""
    return folders.data / "requests"


def hand_over(folders: Folders, wanted: Sequence[str], wait: float = _WAIT_S) -> bool:
    """Ask the open window for files and links; return whether it took the request.

    What nobody takes within ``wait`` seconds is withdrawn, so that it can't happen later.
    """
    folder = inbox(folders)
    if not folder.is_dir():
        return False
    name = uuid.uuid4().hex
    request, draft = folder / f"{name}.json", folder / f"{name}.part"
    try:
        draft.write_text(json.dumps(list(wanted)), encoding="utf-8")
        draft.rename(request)
    except OSError:
        return False
    end = time.monotonic() + wait
    while time.monotonic() < end:
        if not request.exists():
            return True
        time.sleep(_LOOK_S)
    try:
        request.unlink()
    except OSError:
        return True  # taken at the last moment
    return False


def take_requests(folder: Path) -> list[list[str]]:
    """Return what was asked for, oldest first, and take it away."""
    with contextlib.suppress(OSError):
        found = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [wanted for path in found if (wanted := _take(path)) is not None]
    return []


def _take(path: Path) -> list[str] | None:
    try:
        wanted = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
    except (OSError, ValueError):
        return None
    return [str(item) for item in wanted] if isinstance(wanted, list) else None
