"""A chart as numbers and words: what is painted, read out, shown as a table and saved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_LINES = 4  # above the foot


class ChartForm(StrEnum):
    """How a chart is painted."""

    STACKED = "stacked"  # upright bars, the series on top of each other
    GROUPED = "grouped"  # upright bars, the series side by side
    ROWS = "rows"  # lying bars with their labels at the left
    CALENDAR = "calendar"  # a square for each day, a column for each week


class Ink(StrEnum):
    """What a series is about; the theme gives each its colour."""

    NEW = "new"
    LEARNING = "learning"
    RELEARNING = "relearning"
    YOUNG = "young"
    MATURE = "mature"
    REST = "rest"
    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Series:
    """A name, an ink and one value for each label; ``None`` where there is none."""

    name: str
    ink: Ink
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    ``labels`` say in full what stands at each place, ``ticks`` name some of them below the axis.
    ``unit`` follows a number that is read out. ``share`` is a line of its own from 0 to 100 per
    cent, ``goal`` a level line at a value of the axis; ``highest`` fixes the axis' end.
    """

    key: str
    title: str
    summary: str
    form: ChartForm
    label: str  # heads the labels in a table
    labels: tuple[str, ...]
    ticks: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    share: Series | None = None
    goal: float | None = None
    highest: float | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(value for series in self.series for value in series.values)

    def total(self, at: int) -> float:
        """Return the sum of what stands at a place."""
        return sum(series.values[at] or 0 for series in self.series)

    def words(self, at: int) -> str:
        """Return what stands at a place, as it is read out."""
        found = [
            f"{number(value)}{self.unit}" + (f" {series.name}" if series.name else "")
            for series in self.series
            if (value := series.values[at]) or (value is not None and len(self.series) == 1)
        ]
        if len(found) > 1 and self.form is not ChartForm.GROUPED:
            found = [f"{number(self.total(at))}{self.unit}: {', '.join(found)}"]
        if self.share is not None and (value := self.share.values[at]) is not None:
            found.append(f"{number(value)} % {self.share.name}")
        return f"{self.labels[at]}: {', '.join(found) or 'nothing'}"

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return the heads of the columns and the rows, as text."""
        columns = [*self.series, *([self.share] if self.share else [])]
        heads = [series.name or self.title for series in columns]
        rows = [
            (label, *("" if s.values[at] is None else number(s.values[at]) for s in columns))
            for at, label in enumerate(self.labels)
        ]
        return (self.label, *heads), rows


def number(value: float | None) -> str:
    """Return a number with a thin space between its thousands and one decimal at most."""
    if value is None:
        return "–"
    text = f"{value:,.1f}" if abs(value) < 100 and value != int(value) else f"{round(value):,}"
    return text.replace(",", "\u202f").replace(".0", "")


def counted(count: float, noun: str) -> str:
    """Return a number of things, as "3 cards"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def in_days(count: float) -> str:
    """Return a number of days, as "3 days"."""
    return counted(count, "day")


def in_minutes(seconds: float) -> str:
    """Return a length of time in minutes, in seconds or hours where these tell more."""
    if seconds < 60:
        return counted(round(seconds), "second")
    minutes = seconds / 60
    return f"{number(minutes)} min" if minutes < 120 else f"{number(minutes / 60)} hours"


def as_csv(chart: Chart) -> str:
    """Return a chart's table as comma-separated values: plain numbers, without spaces."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = [*chart.series, *([chart.share] if chart.share else [])]
    writer.writerow(chart.table()[0])
    for at, label in enumerate(chart.labels):
        writer.writerow([label, *(_plain(series.values[at]) for series in columns)])
    return out.getvalue()


def axis(highest: float) -> list[float]:
    """Return the levels of an axis: round numbers from 0 to one at or above ``highest``.

    Of whole things there is no half.
    """
    size = 1.0 if highest == int(highest) else 0.01
    steps = (size * 10**power * factor for power in range(12) for factor in (1, 2, 5))
    step = next((s for s in steps if s * _LINES >= highest - 1e-9), highest) if highest > 0 else 1.0
    count = max(1, -int(-(highest - 1e-9) // step))
    return [round(level * step, 6) for level in range(count + 1)]


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.4g}"
