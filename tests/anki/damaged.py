"""Try damaged Anki packages: ``python -m tests.anki.damaged --count 2000``.

Seeded mutations of packages that the real Anki made, half of them within the members, some within
the unpacked collection. Each must be taken into a library, which stays sound, or be refused in a
sentence that leaves the library untouched; a crash, a hang or anything else that is raised is
printed with its number, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.anki.container import zstd
from desktop.anki.package import AnkiPackage, BrokenPackageError
from desktop.errors import InputError, LibraryError
from desktop.operations.anki_packages import Incoming
from desktop.operations.workspace import Workspace
from tests.anki import collections
from tests.benchmarks.fuzz import damaged, mutated
from tests.library.factory import dump, open_workspace

#: Packages that one process reads before the next takes over.
_A_PROCESS = 100


def specimens(folder: Path) -> list[bytes]:
    """Return small packages of each form, as Anki makes them."""
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki, 12)
        collections.study(anki, 20)
        return [
            collections.export(anki, folder / f"{legacy}.{ending}", legacy=legacy).read_bytes()
            for legacy in (True, False)
            for ending in ("apkg", "colpkg")
        ]


def spoilt(data: bytes, rng: random.Random) -> bytes:
    """Return a package damaged as a file, within a member, or within what a member unpacks to."""
    if rng.random() < 0.6:
        return mutated(data, (), rng)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "collection.anki21b" or (name == "media" and body[:1] == b"\x28"):
                body = zstd.compress(damaged(zstd.decompress(body), (), rng))
            target.writestr(name, body)
    return out.getvalue()


def trial(count: int, seed: int, folder: Path) -> tuple[Counter[str], int]:
    """Read ``count`` damaged packages; return the outcomes and how many must not be."""
    files = specimens(folder)
    outcomes: Counter[str] = Counter()
    faults = 0
    workspace = open_workspace(folder / "library")
    before = dump(workspace._database)
    path = folder / "damaged.apkg"
    package = AnkiPackage(path)
    try:
        for number in range(count):
            rng = random.Random(f"{seed}/{number}")
            path.write_bytes(spoilt(rng.choice(files), rng))
            if number % _A_PROCESS == 0:
                package.close()
            try:
                outcomes[_take(workspace, package, path)] += 1
            except BrokenPackageError as error:
                faults += 1
                outcomes[f"broken: {error}"] += 1
                print(f"{number}: {error}", flush=True)
            except InputError as error:
                outcomes[str(error)] += 1
            except Exception:
                faults += 1
                outcomes["a defect"] += 1
                print(f"{number}: {traceback.format_exc()}", flush=True)
            if dump(workspace._database) != before:
                faults += 1
                print(f"{number}: the library has changed", flush=True)
    finally:
        package.close()
        workspace.close()
    return outcomes, faults


def _take(workspace: Workspace, package: AnkiPackage, path: Path) -> str:
    """Take a package in, look whether the library is sound, write it, and take all of it back."""
    workspace.take_in(Incoming(path, package.collection()))
    problems = workspace.check()
    if problems:
        raise AssertionError(problems)
    if workspace.undo_name() is None:
        return "holds nothing"
    with contextlib.suppress(LibraryError):  # decks or options alone came in
        workspace.write_package(path.with_name("again.apkg"), with_progress=True)
    workspace.undo()
    return "taken in"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial and return its exit code."""
    parser = argparse.ArgumentParser(description="Read damaged Anki packages.")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        outcomes, faults = trial(options.count, options.seed, Path(folder))
    for outcome, count in outcomes.most_common():
        print(f"{count:6}  {outcome}")
    print(f"{options.count} packages, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
