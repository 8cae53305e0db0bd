"""One program at a time: a lock on a file that the operating system drops with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.errors import LibraryError, LibraryInUseError


class LibraryLock:
    """An exclusive lock on ``<library>.lock``, held until ``release`` or the process's end.

    Raises ``LibraryInUseError`` when another Glossator holds it and ``LibraryError`` when the
    folder can't be written.
    """

    def __init__(self, library: Path) -> None:
        path = library.with_name(library.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Python's descriptors are not inherited, so a child process can't keep the lock.
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LibraryError(
                f"The library folder {path.parent} can't be written ({error.strerror}); "
                "make it writable or choose another one with --library."
            ) from error
        try:
            free = _lock(self._descriptor)
        except OSError as error:
            self.release()
            raise LibraryError(
                f"The library in {path.parent} can't be locked ({error.strerror}), as on some "
                "network disks; choose a folder on this computer with --library."
            ) from error
        if not free:
            self.release()
            raise LibraryInUseError(
                f"The library in {path.parent} is open in another Glossator; close that one first."
            )

    def release(self) -> None:
        """Give the lock back; the lock file stays, empty."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        """Try to lock the file's first byte; Windows frees it when the handle is closed."""
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:

    def _lock(descriptor: int) -> bool:
        """Try to lock the whole file; the lock belongs to this open file, not to the path."""
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
