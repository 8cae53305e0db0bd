"""A deck of 100,000 notes in and out, beside the real Anki: ``python -m tests.benchmarks.anki``.

Both programs take in and write the same deck in one run: seconds by the clock and of a processor
(on a busy machine these count), megabytes of memory at the peak, megabytes of the packages. Each
of our steps runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.decks.collection import (
    CollectionCard,
    CollectionDeck,
    CollectionNote,
    CollectionNoteType,
    CollectionReview,
)
from desktop.decks.collection_file import (
    CREATED,
    Outgoing,
    deck_config,
    default_deck,
    default_preset,
    write_collection,
)
from tests.anki import collections

_DECK, _TYPE = 1_700_000_000_001, 1_700_000_000_002
_FIRST = 1_700_000_000_000
_DAYS = 4_000


def deck(notes: int, seed: int) -> Outgoing:
    """Return a deck of two-sided notes of some twenty words; three in five cards were studied."""
    rng = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(rng.choices(letters, k=rng.randrange(3, 10))) for _ in range(5000)]
    config = {
        "id": _TYPE, "name": "Two sides", "type": 0, "mod": 1, "usn": -1, "sortf": 0, "did": None,
        "flds": [{"name": n, "ord": i, "font": "Arial", "size": 20, "rtl": False, "sticky": False}
                 for i, n in enumerate(("Front", "Back"))],
        "tmpls": [{"name": "Card", "ord": 0, "qfmt": "{{Front}}", "bqfmt": "", "bafmt": "",
                   "afmt": "{{FrontSide}}<hr id=answer>{{Back}}", "did": None}],
        "css": "", "latexPre": "", "latexPost": "", "req": [[0, "any", [0]]],
    }  # fmt: skip

    def studied(number: int) -> bool:
        return number % 5 < 3

    def rows() -> Iterator[CollectionNote]:
        for n in range(notes):
            sides = (" ".join(rng.choices(words, k=9)) + "?", " ".join(rng.choices(words, k=12)))
            yield CollectionNote(_FIRST + n, f"bench-{n}", _TYPE, 1_700_000_000, (), sides)

    def cards() -> Iterator[CollectionCard]:
        for n in range(notes):
            days = 5 + n % 90
            kind, due = (2, _DAYS + n % 300) if studied(n) else (0, n)
            data = f'{{"s":{days}.5,"d":5.0,"dr":0.9,"lrt":1764000000}}' if studied(n) else "{}"
            yield CollectionCard(
                _FIRST + n, _FIRST + n, _DECK, 0, 1_700_000_000, kind, kind, due,
                days * (kind // 2), 2500 * (kind // 2), kind, 0, 0, 0, 0, 0, data,
            )  # fmt: skip

    def log() -> Iterator[CollectionReview]:
        for n in range(notes):
            if studied(n):
                yield CollectionReview(_FIRST + n * 1000, _FIRST + n, 3, 5, 1, 250, 1200, 1)

    name = "Bench::Big"
    return Outgoing(
        CREATED, 4, True, (CollectionNoteType(_TYPE, "Two sides", 1, config),),
        (default_deck(), CollectionDeck(_DECK, name, 1, 1, deck_config(_DECK, name, 1, 1, None))),
        (default_preset(),), rows(), cards(), log(), (),
    )  # fmt: skip


def anki_side(folder: Path, package: Path) -> None:
    """Let Anki take the deck in and write it, new and old form."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    with collections.opened(folder / "anki") as anki:
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        _time("Anki: import", lambda: anki.import_anki_package(request))
        for legacy, form in ((False, "new"), (True, "old")):
            out = folder / f"anki-{form}.apkg"
            _time(
                f"Anki: export, {form} form",
                lambda out=out, legacy=legacy: collections.export(anki, out, legacy=legacy),
            )
            print(f"{'':34}{out.stat().st_size / 1e6:8.1f} MB file")


def our_import(folder: Path, package: Path) -> None:
    """Take the deck into an empty library."""
    from desktop.operations.anki_packages import read_package
    from desktop.operations.workspace import Workspace
    from desktop.paths import reader_folders

    workspace = Workspace.open(reader_folders(folder / "library"))
    began = time.perf_counter()
    incoming = read_package(package)
    print(f"{'Glossator: of which reading':34}{time.perf_counter() - began:8.1f} s")
    workspace.take_in(incoming)
    _tell("Glossator: import", began)
    workspace.close()


def our_export(folder: Path, out: Path) -> None:
    """Write the library with progress."""
    from desktop.operations.workspace import Workspace
    from desktop.paths import reader_folders

    workspace = Workspace.open(reader_folders(folder / "library"))
    began = time.perf_counter()
    workspace.write_package(out, with_progress=True)
    _tell("Glossator: export", began)
    print(f"{'':34}{out.stat().st_size / 1e6:8.1f} MB file")
    workspace.close()


def _time(what: str, work: Callable[[], object]) -> None:
    began, busy = time.perf_counter(), _processor()
    work()
    print(
        f"{what:34}{time.perf_counter() - began:8.1f} s {_processor() - busy:8.1f} s CPU",
        flush=True,
    )


def _tell(what: str, began: float) -> None:
    """Tell of a step that is all that its process did but start."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:34}{time.perf_counter() - began:8.1f} s {_processor():8.1f} s CPU "
        f"{peak:8.0f} MB memory",
        flush=True,
    )


def _processor() -> float:
    """Return the seconds that this process and those that it waited for took of a processor."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


_STEPS = {"anki": anki_side, "import": our_import, "export": our_export}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all steps, or the one that is named."""
    parser = argparse.ArgumentParser(description="Take a large deck in and write it.")
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=_STEPS, help=argparse.SUPPRESS)
    parser.add_argument("paths", type=Path, nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        _STEPS[options.step](*options.paths)
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        package, out = folder / "deck.apkg", folder / "out.apkg"
        write_collection(package, deck(options.notes, options.seed))
        print(f"{options.notes} notes, {package.stat().st_size / 1e6:.1f} MB", flush=True)
        for step, path in (("anki", package), ("import", package), ("export", out)):
            command = [sys.executable, "-m", "tests.benchmarks.anki", "--step", step]
            subprocess.run([*command, str(folder), str(path)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
