"""Try damaged files: ``python -m tests.benchmarks.fuzz FORMAT --count 2000 [--files DIR]``.

Mutations of small files of our own, or of the files in a folder, are opened in the process that
reads untrusted files. Each must open or be refused in a sentence: a reader that raises what it
should not, a crash, a hang is printed with the number that makes it again, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import InputError
from desktop.reading.formats import BY_KEY, Format
from desktop.reading.isolation import BrokenReaderError, ReaderDefectError, ReadingProcess
from desktop.reading.opener import read_document
from desktop.reading.signatures import told_format
from tests.reading.specimens import SPECIMENS

#: Files that one process reads before the next takes over: its time on the processor is bounded.
_A_PROCESS = 200
_LARGEST_SEED = 300_000
_NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308")
_PIECES = (
    b"<", b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;", b"\0", b"\xff\xfe",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"{\\", b"}", b"\\u", b"\\bin99999999 ", b"endobj",
    b"stream", b"PK\x03\x04", b"<table><tr><td>", b"</body>", b"<svg>", b"<math>", b"<a href='#",
    b"%s%n", b"../../", b"\r", b"\xe2\x80\xa8", b"\x1b",
)  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """Return ``data`` damaged; half of the time within a member where it is a ZIP container."""
    if zipfile.is_zipfile(io.BytesIO(data)) and rng.random() < 0.7:
        return _mutated_member(data, rng)
    return damaged(data, others, rng)


def _mutated_member(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        chosen = rng.choice(names)
        for name in names:
            body = source.read(name)
            target.writestr(name, damaged(body, (), rng) if name == chosen else body)
    return out.getvalue()


def damaged(data: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """Return ``data`` with pieces changed, moved, doubled or gone."""
    body = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(body) + 1)
        end = min(len(body), at + rng.choice((1, 2, 8, 64, 1024)))
        way = rng.randrange(9)
        if way == 0 and body:
            body[at % len(body)] ^= 1 << rng.randrange(8)
        elif way == 1:
            body[at:end] = rng.randbytes(end - at)
        elif way == 2:
            del body[at:end]
        elif way == 3:
            body[at:at] = body[at:end] * rng.choice((1, 2, 50))
        elif way == 4:
            body[at:at] = rng.choice(_PIECES) * rng.choice((1, 1, 3, 300))
        elif way == 5:
            del body[at:]
        elif way == 6:
            body[at:end] = rng.choice(_NUMBERS)
        elif way == 7 and others:
            other = rng.choice(others)
            body[at:] = other[rng.randrange(len(other) + 1) :]
        else:
            place = rng.randrange(len(body) + 1)
            body[at:end], body[place:place] = b"", bytes(body[at:end])
    return bytes(body)


def seeds(key: str, folder: Path | None) -> list[bytes]:
    """Return the files to damage."""
    if folder is None:
        return [make() for make in SPECIMENS.get(key, ())]
    found = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
             and path.stat().st_size <= _LARGEST_SEED]  # fmt: skip
    return [data for data in found if data and (told_format(data) or "txt") == key]


class Trial:
    """The outcomes so far; ``faults`` is how many of them must not be."""

    def __init__(self, one: Format) -> None:
        self.format = one
        self.outcomes: Counter[str] = Counter()
        self.faults = 0
        self.slowest = 0.0

    def run(self, files: Sequence[tuple[int, bytes]]) -> None:
        """Open files one after the other in one process."""
        with ReadingProcess(self.format) as process:
            for number, data in files:
                began = time.monotonic()
                try:
                    if self.format.reader:
                        process.read(data, "f")
                    else:
                        read_document(data, name="f", format=self.format.key)
                    self.outcomes["opened"] += 1
                except (BrokenReaderError, ReaderDefectError) as error:
                    self.faults += 1
                    kind = type(error).__name__
                    self.outcomes[f"{kind}: {error}"] += 1
                    print(f"{self.format.key} {number}: {kind}: {error}", flush=True)
                except InputError as error:
                    self.outcomes[f"refused: {error}"] += 1
                self.slowest = max(self.slowest, time.monotonic() - began)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial and return its exit code."""
    parser = argparse.ArgumentParser(description="Open damaged files of a format.")
    parser.add_argument("format", choices=sorted(BY_KEY))
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path, help="a folder of files to damage, not ours")
    parser.add_argument("--only", type=int, help="make this one alone, and write it to stdout")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    files = seeds(options.format, options.files)
    if not files:
        parser.error(f"there is no file to damage for {options.format}")
    trial = Trial(BY_KEY[options.format])
    batch: list[tuple[int, bytes]] = []
    numbers = range(options.count) if options.only is None else [options.only]
    for number in numbers:
        rng = random.Random(f"{options.seed}/{options.format}/{number}")
        batch.append((number, mutated(rng.choice(files), files, rng)))
        if options.only is not None:
            sys.stdout.buffer.write(batch[0][1])
            return 0
        if len(batch) == _A_PROCESS or number == numbers[-1]:
            trial.run(batch)
            batch = []
    for outcome, count in trial.outcomes.most_common(20):
        print(f"{count:6}  {outcome}")
    print(f"{options.format}: {options.count} files, {trial.faults} faults, slowest "
          f"{trial.slowest:.1f} s")  # fmt: skip
    return 1 if trial.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
