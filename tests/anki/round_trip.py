"""From Anki into the library and back: ``python -m tests.anki.round_trip``.

A collection of the real Anki with all standard note types, nested decks, media, options, FSRS and
reviews goes into a library as a package, out again as a package with progress, and into a fresh
Anki. Then the tables of both Ankis are compared: fields, tags, decks, schedule, log, media.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from desktop.operations.anki_packages import read_package
from tests.anki import collections
from tests.library.factory import open_workspace

Table = dict[Any, Any]


def tables(collection: Collection) -> dict[str, Table]:
    """Return what must be the same, each thing under a key that both collections share."""
    db = collection.db
    assert db is not None
    names = {deck["id"]: deck["name"] for deck in collection.decks.all()}
    types = {model["id"]: model for model in collection.models.all()}
    today = collection.sched.today
    cards = {}
    keys = {}
    for row in db.all(
        "select c.id, n.guid, c.ord, c.did, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, "
        'c.lapses, c."left", c.flags, c.data from cards c join notes n on n.id = c.nid'
    ):
        number, guid, ordinal, deck, kind, queue, due, *rest, data = row
        keys[number] = (guid, ordinal)
        days = kind == 2 or (kind in (1, 3) and due < 1_000_000_000)
        cards[guid, ordinal] = [
            names[deck], kind, queue, due - today if days else due, *rest, json.loads(data or "{}"),
        ]  # fmt: skip
    media = Path(collection.media.dir())
    used = [deck for deck in collection.decks.all() if deck["name"] != "Default"]
    return {
        "notes": {
            guid: (_plain_name(types[mid]), tuple(tags.split()), fields.split("\x1f"))
            for guid, mid, tags, fields in db.all("select guid, mid, tags, flds from notes")
        },
        "cards": cards,
        "log": {
            (row[0], *keys[row[1]]): row[2:]
            for row in db.all("select id, cid, ease, ivl, lastIvl, factor, time, type from revlog")
            if row[1] in keys
        },
        "decks": {
            deck["name"]: (deck["desc"], deck["newLimit"], deck["desiredRetention"])
            for deck in used
        },
        "options": {deck["name"]: _options(collection, deck["id"]) for deck in used},
        "note types": {
            _plain_name(model): _look(model)
            for model in types.values()
            if db.scalar("select 1 from notes where mid = ? limit 1", model["id"])
        },
        "media": {
            path.name: hashlib.sha1(path.read_bytes()).hexdigest() for path in media.iterdir()
        },
    }


def _plain_name(model: dict[str, Any]) -> str:
    """Return the name of a note type: a fresh Anki has its own of the standard names."""
    return str(model["name"]).rstrip("+")


def _options(collection: Collection, deck_id: int) -> Table:
    config: dict[str, Any] = dict(collection.decks.config_dict_for_deck_id(deck_id))
    return {name: value for name, value in config.items() if name not in ("id", "mod", "usn")}


def _look(model: dict[str, Any]) -> Any:
    fields = [(field["name"], field["font"], field["id"], field["tag"]) for field in model["flds"]]
    templates = [(t["name"], t["qfmt"], t["afmt"], t["id"]) for t in model["tmpls"]]
    kept = ("css", "type", "sortf", "latexPre", "originalStockKind")
    return fields, templates, [model.get(name) for name in kept]


def differences(one: dict[str, Table], other: dict[str, Table]) -> list[str]:
    """Return a line for each thing that differs."""
    found = []
    for table, rows in one.items():
        for key in sorted(rows.keys() | other[table].keys(), key=str):
            a, b = rows.get(key), other[table].get(key)
            if a != b:
                found.append(f"{table} {key}: {a} | {b}")
    return found


def travel(folder: Path, notes: int, reviews: int) -> tuple[list[str], list[str]]:
    """Make the journey; return what differs at its end, and what Anki's own check finds."""
    with collections.opened(folder / "first") as first:
        collections.fill(first, notes)
        collections.study(first, reviews)
        sent = collections.export(first, folder / "sent.colpkg", legacy=False)
        before = tables(first)
    workspace = open_workspace(folder / "library")
    try:
        workspace.take_in(read_package(sent))
        back = folder / "back.apkg"
        workspace.write_package(back, with_progress=True)
    finally:
        workspace.close()
    with collections.opened(folder / "second") as second:
        second.set_config("fsrs", True)
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        request = ImportAnkiPackageRequest(package_path=str(back), options=options)
        second.import_anki_package(request)
        after = tables(second)
        report, sound = second.fix_integrity()
        problems = [line for line in report.splitlines() if line and "optimized" not in line]
        return differences(before, after), problems if not sound or problems else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the journey and return the exit code."""
    parser = argparse.ArgumentParser(description="Compare two Ankis with a library between them.")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--reviews", type=int, default=10_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found, problems = travel(Path(folder), options.notes, options.reviews)
    for line in [*found[:40], *problems]:
        print(line)
    print(f"{options.notes} notes, {options.reviews} reviews: {len(found)} differences, "
          f"{len(problems)} problems")  # fmt: skip
    return 1 if found or problems else 0


if __name__ == "__main__":
    sys.exit(main())
