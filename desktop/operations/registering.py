"""Tells the desktop that ``glossator://`` links are ours, for this user alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from desktop.decks.link import SCHEME
from desktop.decks.writing import write_whole
from desktop.errors import MissingPieceError
from desktop.paths import resource

_ENTRY = "glossator.desktop"
_WAIT_S = 10


def register_links() -> str:
    """Register the scheme and return the sentence that says so."""
    if sys.platform == "win32":
        _register_in_windows()
    elif sys.platform == "darwin":
        raise MissingPieceError(
            "macOS opens links by programs in an application bundle alone; use "
            "“glossator read 'glossator://…'” there."
        )
    else:
        _register_in_desktop(_data_home())
    return f"{SCHEME}:// links now open in Glossator."


def desktop_entry(command: str) -> str:
    """Return the desktop entry that comes with the program, with this start command."""
    entry = resource("desktop", _ENTRY).read_text(encoding="utf-8")
    return entry.replace("Exec=glossator ", f"Exec={command} ")


def start_command() -> list[str]:
    """Return how this installation is started."""
    found = shutil.which("glossator")
    return [found] if found else [sys.executable, "-m", "desktop"]


def _register_in_desktop(data_home: Path) -> None:
    """Write the desktop entry and the icon; the desktop's own tools do the rest where present."""
    applications = data_home / "applications"
    icons = data_home / "icons" / "hicolor" / "scalable" / "apps"
    for folder in (applications, icons):
        folder.mkdir(parents=True, exist_ok=True)
    command = " ".join(_quoted(part) for part in start_command())
    write_whole(applications / _ENTRY, desktop_entry(command).encode())
    write_whole(icons / "glossator.svg", resource("icons", "glossator.svg").read_bytes())
    for tool in (
        ["update-desktop-database", str(applications)],
        ["xdg-mime", "default", _ENTRY, f"x-scheme-handler/{SCHEME}"],
    ):
        if shutil.which(tool[0]):
            subprocess.run(tool, check=False, capture_output=True, timeout=_WAIT_S)


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _quoted(part: str) -> str:
    """Quote an argument as desktop entries want it; a per cent sign stands for a field there."""
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in part)
    escaped = escaped.replace("%", "%%")
    return f'"{escaped}"' if escaped != part or " " in part else part


def _register_in_windows() -> None:
    if sys.platform == "win32":
        import winreg

        command = " ".join(f'"{part}"' for part in start_command()) + ' read "%1"'
        root = rf"Software\Classes\{SCHEME}"
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, root) as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "URL:Glossator")
            winreg.SetValueEx(key, "URL Protocol", 0, winreg.REG_SZ, "")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{root}\shell\open\command") as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, command)
