"""The inside of the process that reads an untrusted file: what ``isolation`` starts.

It takes jobs from standard input and answers on standard output with frames: one byte that tells
the kind, eight bytes (big-endian) with the length, the contents. It writes no file, starts no
program and opens no connection; where the system can hold it to that, it does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Document, Source
from desktop.reading.draft import Reading
from desktop.reading.limits import DEFAULT, Limits
from desktop.reading.stored import content_of

#: The kinds of frames: progress, a picture's bytes, the document, a reason, a defect.
PROGRESS, PICTURE, DOCUMENT, REASON, DEFECT = b"P", b"I", b"D", b"R", b"X"

#: Frames that end the answer to a job.
LAST = frozenset({DOCUMENT, REASON, DEFECT})

_CPU_SECONDS = 150
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.chown", "os.kill", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.",
    "webbrowser.", "winreg.",
)  # fmt: skip


def serve(reader: str, memory: str) -> int:
    """Answer the jobs that standard input brings until it ends."""
    source, answer = sys.stdin.buffer, own_output()
    module, _, function = reader.partition(":")
    read = getattr(importlib.import_module(module), function)
    confine(int(memory))
    while header := source.readline():
        job = json.loads(header)
        data = source.read(job["size"])
        _answer(job, data, read, answer)
        del data
        gc.collect()
    return 0


def own_output() -> IO[bytes]:
    """Keep standard output for the answers alone: what a library prints goes nowhere."""
    answer = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answer


def _answer(
    job: dict[str, Any], data: bytes, read: Callable[[bytes, Limits], Reading], out: IO[bytes]
) -> None:
    """Read one file and send what it says, or why it can't be read."""

    def report(done: int, total: int) -> None:
        send(out, PROGRESS, as_json([done, total]))

    try:
        reading = read(data, replace(DEFAULT, report=report))
        document = assemble(reading, Source(job["name"], job["sha256"], job["format"]))
        _send_document(document, out)
    except InputError as error:
        send(out, REASON, as_json(str(error)))
    except MemoryError:
        send(out, REASON, as_json("it takes more memory than a text may"))
    except Exception:  # of whatever kind: who waits gets a sentence, the log the rest
        send(out, DEFECT, as_json(traceback.format_exc()[-4000:]))


def _send_document(document: Document, out: IO[bytes]) -> None:
    content = content_of(document)
    content["pictures"] = [[one.name, one.media_type] for one in document.pictures]
    body = as_json(content)
    for one in document.pictures:
        send(out, PICTURE, one.data)
    send(out, DOCUMENT, body)


def send(out: IO[bytes], kind: bytes, body: bytes) -> None:
    """Send one frame."""
    out.write(kind + len(body).to_bytes(8, "big"))
    out.write(body)
    out.flush()


def as_json(value: Any) -> bytes:
    """Return a value as the JSON of a frame."""
    # Lone surrogates can come out of any parser; they are no text.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def confine(memory: int) -> None:
    """Bound memory, time and files where the system can, and refuse what no reader needs."""
    if sys.platform != "win32":
        import resource

        for what, amount in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, _CPU_SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            _soft, hard = resource.getrlimit(what)
            bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            try:
                resource.setrlimit(what, (bound, hard))
            except (OSError, ValueError):
                continue  # macOS knows the limit on memory but does not take it
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Let a reader read, and nothing else (Python asks here before it does it)."""
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING and arguments[0] != os.devnull:
            raise PermissionError("a reader of files writes none")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a reader of files does nothing like {event}")
