"""Where things lie: the reader's folders (appdirs) and the resources that come with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import appdirs

APP_NAME = "glossator"
HOME_VARIABLE = "GLOSSATOR_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """The four folders of one reader; none of them needs to exist yet."""

    data: Path
    config: Path
    cache: Path
    log: Path


def reader_folders(library: Path | None = None) -> Folders:
    """Return the reader's folders.

    ``library`` (the ``--library`` option) wins over the environment variable
    ``GLOSSATOR_HOME``; both put everything below one folder. Without them appdirs decides.
    """
    home = library or (Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else None)
    if home is not None:
        home = home.expanduser().absolute()
        return Folders(home, home / "config", home / "cache", home / "log")
    return Folders(
        Path(appdirs.user_data_dir(APP_NAME, False)),
        Path(appdirs.user_config_dir(APP_NAME, False)),
        Path(appdirs.user_cache_dir(APP_NAME, False)),
        Path(appdirs.user_log_dir(APP_NAME, False)),
    )


def library_file(folders: Folders) -> Path:
    """Return the path of the reader's SQLite file."""
    return folders.data / "library.sqlite3"


def resource(*parts: str) -> Path:
    """Return the path of a bundled resource, e.g. ``resource("essay", "essay.md")``.

    In an installed wheel the resources lie inside the package; in a checkout beside it.
    """
    inside = Path(__file__).parent / "resources"
    root = inside if inside.is_dir() else Path(__file__).parent.parent / "resources"
    return root.joinpath(*parts)


def bundled_essay() -> Path:
    """Return the path of the essay that the window shows on the first start."""
    return resource("essay", "essay.md")
