"""Packages of Anki before they are in the library: read, and what they would do in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.anki.package import ENDINGS as ENDINGS
from desktop.anki.package import AnkiPackage
from desktop.anki.planning import Fate as Fate
from desktop.anki.planning import ImportPlan as ImportPlan
from desktop.decks.collection import Collection

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A package that was read; nothing of it is in the library yet."""

    path: Path
    collection: Collection


def _unheard(_done: int, _total: int) -> None:
    """Take a report where nobody listens."""


def read_package(path: str | Path, *, report: Report = _unheard) -> Incoming:
    """Read an ``.apkg`` or ``.colpkg``; needs no library and may run beside it.

    ``report(done, total)`` may stop it by raising ``Cancelled``. Raises ``InputError``.
    """
    with AnkiPackage(Path(path), report=report) as package:
        return Incoming(Path(path), package.collection())


def plan_sentence(plan: ImportPlan) -> str:
    """Return what an import does, or did, in a sentence."""
    counts = [
        (plan.count(Fate.NEW), "new"),
        (plan.count(Fate.CHANGED), "changed"),
        (plan.count(Fate.SAME), "already here"),
        (plan.count(Fate.KEPT), "kept as you have them"),
        (plan.count(Fate.DELETED), "that you deleted left out"),
    ]
    parts = [f"{number} {what}" for number, what in counts if number]
    notes = len(plan.fates)
    if not parts:
        return "It holds no notes."
    return f"{notes} {'note' if notes == 1 else 'notes'}: {', '.join(parts)}."


def plan_json(plan: ImportPlan) -> dict[str, Any]:
    """Return what an import does as a JSON object."""
    return {
        **{fate.value: plan.count(fate) for fate in Fate},
        "notes": len(plan.fates),
        "cards": plan.cards,
        "reviews": plan.reviews,
        "decks": plan.decks,
        "media": plan.media,
        "left_out": list(plan.left_out),
    }
