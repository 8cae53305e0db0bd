"""A dictionary file becomes an index, in a process of its own with limits on what it may take.

The file may come from anywhere and hold anything: a few kilobytes that unpack to terabytes, an
article that never ends. What the process says comes back as one line.
"""

from __future__ import annotations

import gzip
import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop.errors import GlossatorError, InputError
from desktop.glossary.sources.dictionary_file import read_dictionary
from desktop.glossary.sources.index import write_index
from desktop.glossary.sources.wordnet import read_lmf

#: The largest wordnets have some 100 MB, unpacked.
MAX_LMF_BYTES = 500_000_000
_SECONDS = 300
_MEMORY_BYTES = 4_000_000_000
_INDEX_BYTES = 4_000_000_000

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from desktop.glossary.sources.indexing import serve; sys.exit(serve(*sys.argv[2:]))"
)


def build_index(kind: str, path: Path, out: Path) -> None:
    """Read the dictionary at ``path`` into an index at ``out``; raises ``InputError``.

    ``kind`` is that of a source in the settings: ``"wordnet"`` or ``"file"``.
    """
    root = str(Path(__file__).parents[3])
    with tempfile.TemporaryDirectory(prefix="glossator-") as home:
        # Libraries keep folders of their own in the home that they find.
        places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"), home)
        places |= dict.fromkeys(("XDG_CACHE_HOME", "TMPDIR", "WN_DATA_DIR"), home)
        try:
            done = subprocess.run(
                [sys.executable, "-s", "-c", _PROGRAM, root, kind, str(path), str(out)],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=_SECONDS,
                env={**os.environ, **places, "PYTHONUTF8": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise InputError(f"reading it takes more than {_SECONDS // 60} minutes") from error
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip()
        raise InputError(said or "it can't be read within the memory that a dictionary may take")


def serve(kind: str, path: str, out: str) -> int:
    """Do the work in the process; what prevents it is printed."""
    _limit()
    try:
        if kind == "wordnet":
            with _unpacked(Path(path)) as plain:
                write_index(Path(out), *read_lmf(plain))
        else:
            write_index(Path(out), *read_dictionary(Path(path)))
    except GlossatorError as error:
        print(error)
        return 1
    except MemoryError:
        return 1
    except Exception:  # of whatever kind: the file is not what its name says
        print("it is damaged")
        return 1
    return 0


def _limit() -> None:
    """Keep memory and written bytes within bounds, where the system can."""
    if sys.platform != "win32":
        import resource

        for what, amount in (
            (resource.RLIMIT_AS, _MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, _INDEX_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            _soft, hard = resource.getrlimit(what)
            bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            resource.setrlimit(what, (bound, hard))


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Give the path of the file itself, or of its unpacked copy where it is packed."""
    ending = path.suffix.casefold()
    if ending not in {".gz", ".xz"}:
        if path.stat().st_size > MAX_LMF_BYTES:
            raise InputError("it is too large")
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=".xml") as plain:
        try:
            with gzip.open(path) if ending == ".gz" else lzma.open(path) as packed:
                _copy(packed, plain)
        except (OSError, EOFError, lzma.LZMAError) as error:
            raise InputError("it is damaged") from error
        plain.flush()
        yield Path(plain.name)


def _copy(packed: gzip.GzipFile | lzma.LZMAFile, plain: IO[bytes]) -> None:
    left = MAX_LMF_BYTES
    while piece := packed.read(1 << 20):
        left -= len(piece)
        if left < 0:
            raise InputError("it is too large")
        plain.write(piece)
