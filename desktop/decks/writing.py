"""Writing a file whole or not at all: beside its place, to the disk, then renamed into place."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

from desktop.errors import OutputError

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space or choose another place",
    errno.EDQUOT: "your share of the disk is used up; free some space or choose another place",
    errno.EFBIG: "the system allows no file of this size; choose another place",
    errno.EACCES: "it may not be written there; choose another place",
    errno.EPERM: "it may not be written there; choose another place",
    errno.EROFS: "the disk can only be read; choose another place",
    errno.ENOENT: "its folder does not exist; create the folder first",
    errno.ENOTDIR: "a part of its path is a file, not a folder; choose another place",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
}


def write_whole(path: str | Path, data: bytes) -> None:
    """Put ``data`` at ``path``; whatever stood there stays until the new file is on the disk.

    A link is followed, the permissions of a file that is replaced are kept. Raises
    ``OutputError``, and then nothing has changed.
    """
    write_streamed(path, lambda file: file.write(data))


def write_streamed(path: str | Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Put what ``fill`` writes at ``path``, as ``write_whole`` does; it may write piece by piece.

    What ``fill`` raises is raised, and then nothing has changed.
    """
    shown = Path(path)
    target = Path(os.path.realpath(shown))
    try:
        mode = _mode(target, shown)
        _replace(target, fill, mode)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"the system says: {error.strerror or error}")
        raise OutputError(f"{shown} can't be written because {reason}.") from error


def _mode(target: Path, shown: Path) -> int | None:
    """Return the permissions of the file that is replaced; None where there is none yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
        raise OutputError(f"{shown} is {what}; choose another name.")
    return stat.S_IMODE(status.st_mode)


def _replace(target: Path, fill: Callable[[IO[bytes]], object], mode: int | None) -> None:
    part = target.with_name(f".glossator-{secrets.token_hex(8)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o666)  # less what the reader's umask takes away
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Ask for the rename to reach the disk, where the system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
