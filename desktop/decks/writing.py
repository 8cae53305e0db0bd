"""Writing a file whole or not at all: beside its place, to the disk, then renamed into place."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

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
    shown = Path(path)
    target = Path(os.path.realpath(shown))
    try:
        mode = _mode(target, shown)
        _replace(target, data, mode)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"the system says: {error.strerror or error}")
        raise OutputError(f"{shown} can't be written because {reason}.") from error


def _mode(target: Path, shown: Path) -> int:
    """Return the permissions that the new file gets."""
    try:
        status = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
        raise OutputError(f"{shown} is {what}; choose another name.")
    return stat.S_IMODE(status.st_mode)


def _replace(target: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=".glossator-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
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
