"""Open all files of a folder: ``python -m tests.benchmarks.samples DIR [--jobs 2]``.

Each file goes through ``glossator text --json`` in a process of its own. Printed are, by folder,
how many opened and were refused, the longest time and the largest memory, and every refusal's
sentence. The exit code is 1 when a file gives neither a document nor one sentence, takes more than
10 s or more than 1 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 10.0
_MEGABYTES = 1024.0
_PATIENCE = 30.0  # seconds until a hang is a hang


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the format that it opened as, or what was said."""

    path: Path
    opened: str | None
    said: str
    fault: str | None
    seconds: float
    megabytes: float


def open_file(path: Path) -> Outcome:
    """Run the command on one file and judge what comes out."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "text", "--json", str(path)],
            stdout=out, stderr=errors, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            seconds = time.monotonic() - began
            if done or seconds > _PATIENCE:
                break
            time.sleep(0.01)
        if not done:
            process.kill()
            _done, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        data, said = out.read(), errors.read().decode("utf-8", "replace").strip()
    megabytes = usage.ru_maxrss / 1024
    opened, fault = _judged(process.returncode, data, said)
    if seconds > _SECONDS:
        fault = f"took {seconds:.1f} s"
    elif megabytes > _MEGABYTES:
        fault = f"took {megabytes:.0f} MB"
    return Outcome(path, opened, said, fault, seconds, megabytes)


def _judged(code: int, data: bytes, said: str) -> tuple[str | None, str | None]:
    """Return the format of the document, and what is wrong with the answer."""
    if code == 0:
        try:
            document = json.loads(data)
        except ValueError:
            return None, "opened without a document"
        return document["source"]["format"], None if document["blocks"] else "no blocks"
    if code != 1 or "Traceback" in said:
        return None, f"exit code {code}: {said[-200:]}"
    sentence = said.splitlines()
    return None, None if len(sentence) == 1 and said.endswith(".") else f"not a sentence: {said}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return the exit code."""
    parser = argparse.ArgumentParser(description="Open all files of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    paths = [path for path in sorted(options.folder.rglob("*")) if path.is_file()]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(open_file, paths))
    for outcome in outcomes:
        if outcome.opened is None:
            print(f"refused  {outcome.path.relative_to(options.folder)}: {outcome.said}")
    print(f"\n{'folder':12}{'opened':>8}{'refused':>9}{'faults':>8}{'s':>7}{'MB':>7}")
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        parts = outcome.path.relative_to(options.folder).parts
        groups.setdefault(parts[0] if len(parts) > 1 else ".", []).append(outcome)
    for name, group in [*sorted(groups.items()), ("all", outcomes)]:
        opened = sum(one.opened is not None for one in group)
        faults = sum(one.fault is not None for one in group)
        print(f"{name:12}{opened:8}{len(group) - opened:9}{faults:8}"
              f"{max(one.seconds for one in group):7.1f}"
              f"{max(one.megabytes for one in group):7.0f}")  # fmt: skip
    wrong = [one for one in outcomes if one.fault]
    for one in wrong:
        print(f"FAULT  {one.path.relative_to(options.folder)}: {one.fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
