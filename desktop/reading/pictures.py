"""Pictures that a text shows: read from its own folder tree alone, never from elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from desktop.reading.document import Picture
from desktop.reading.signatures import picture_type

#: The largest picture that is read, in bytes.
MAX_PICTURE = 20 * 1024 * 1024

#: How a file is opened: never waiting on a pipe, never translating line ends.
READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_picture(folder: Path | None, target: str) -> Picture | str:
    """Read the picture that a text in ``folder`` names, or return why it is not shown.

    Only a regular file of at most ``MAX_PICTURE`` bytes inside ``folder`` is read: no remote
    address, no absolute path, no way out by ``..`` or by a symbolic link.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return f"The picture {target[:80]} is not on this computer and was not fetched."
    path = PurePosixPath(unquote(parts.path))
    if folder is None or not path.name or path.is_absolute() or "\0" in str(path):
        return f"The picture {target[:80]} was not found beside the text."
    try:
        root = folder.resolve(strict=True)
        file = (root / path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return f"The picture {path} was not found beside the text."
    if not file.is_relative_to(root):
        return f"The picture {path} lies outside the folder of the text and was not read."
    data = _read_regular(file)
    if isinstance(data, str):
        return f"The picture {path} {data}."
    media_type = picture_type(data)
    if media_type is None:
        return f"The picture {path} is in no format that can be shown."
    return Picture(file.relative_to(root).as_posix(), media_type, data)


def _read_regular(file: Path) -> bytes | str:
    """Read a regular file, or return why not."""
    try:
        descriptor = os.open(file, READ_FLAGS)
    except OSError:
        return "can't be read"
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            return "is not a file"
        if state.st_size > MAX_PICTURE:
            return "is larger than 20 MB"
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(MAX_PICTURE + 1)
    except OSError:
        return "can't be read"
    finally:
        os.close(descriptor)
