"""Fitting the schedule of decks to the reader's own answers; it holds when they agree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.library import statistics as counts
from desktop.library import study_decks
from desktop.library.database import Database
from desktop.library.study_decks import DEFAULT_PRESET
from desktop.library.times import from_ms
from desktop.operations.open_library import OpenLibrary
from desktop.study.local_days import DayTable, stretches

if TYPE_CHECKING:
    from desktop.study.optimiser import Optimised


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came of fitting a preset; ``memories`` are its cards' by the new weights."""

    preset: int
    name: str
    result: Optimised
    memories: dict[int, tuple[float, float]]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Fitting:
    """The weights of a preset, to be fitted; ``run`` may be called on any thread."""

    path: Path
    now: datetime
    zone: tzinfo | None
    start_hour: int
    preset: int
    name: str
    weights: tuple[float, ...]

    def run(self, progress: Callable[[float], None] = lambda _share: None) -> Fitted:
        """Fit; ``progress`` is told the share that is done and ends the work by raising."""
        from desktop.study.optimiser import histories, memories, optimise

        with closing(Database.reader(self.path)) as database:
            answers = counts.answers_of_decks(database, self.preset)
        progress(0.0)
        first = from_ms(min((row["id"] for row in answers), default=0))
        days = stretches(first if answers else self.now, self.now, self.start_hour, self.zone)
        known = histories((tuple(row) for row in answers), DayTable(list(days)))
        result = optimise(known, self.weights, progress)
        found = memories(known, result.weights) if result.enough else {}
        return Fitted(self.preset, self.name, result, found, self.now)


class Fitter(OpenLibrary):
    """The part of a workspace that fits the schedule to the reader."""

    def fitting(self, preset: int = DEFAULT_PRESET) -> Fitting:
        """Return what fits the weights of a preset to the answers in its decks."""
        from desktop.study.scheduler import usual_parameters

        found = study_decks.read_preset(self._database, preset)
        weights = found.options.parameters or usual_parameters()
        hour = self.settings().day_start_hour
        path, now = self._database.path, self._now()
        return Fitting(path, now, self._zone, hour, preset, found.name, weights)

    def take_fit(self, fitted: Fitted) -> None:
        """Let decks be scheduled by new weights; cards get their memories by these, not new dates.

        A card that was answered since the fit keeps the memory that its answer gave it.
        """
        found = study_decks.read_preset(self._database, fitted.preset)
        options = replace(found.options, parameters=fitted.result.weights)
        with self._action("Fit schedule", "decks", "cards"):
            study_decks.save_preset(self._database, fitted.preset, options, self._now())
            counts.store_memories(self._database, fitted.memories, fitted.made_at)
