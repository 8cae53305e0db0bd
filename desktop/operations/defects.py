"""Where the traceback of an unexpected error goes: the log file, never the reader's eyes."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from desktop import __version__
from desktop.paths import reader_folders

LOG_NAME = "glossator.log"


def log_defect(error: BaseException, library: Path | None = None) -> Path | None:
    """Append the traceback of ``error`` to the log; return the log, or None if there is none.

    Where the reader's log folder can't be written, the folder for temporary files stands in.
    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    report = f"{when} Glossator {__version__}\n{''.join(traceback.format_exception(error))}\n"
    for folder in (reader_folders(library).log, Path(tempfile.gettempdir())):
        log = folder / LOG_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(report)
        except OSError:
            continue
        return log
    return None
