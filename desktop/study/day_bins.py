"""Days put together into spans, as few as can be told apart in a chart, and their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

_SIZES = (1, 7, 30, 91, 365)
_MOST = 60  # spans


class Period(Enum):
    """How far back the charts look, and how far ahead the forecast does; the value is in days."""

    MONTH = 30
    QUARTER = 90
    YEAR = 365
    ALL = None


@dataclass(frozen=True, slots=True)
class DayBins:
    """Spans of ``size`` days from ``first`` to ``last``.

    The span that is shorter than others is the last one, or the first where ``until`` made them.
    """

    first: int
    last: int
    size: int
    start: int  # of the first span, were it whole

    @classmethod
    def of(cls, first: int, last: int) -> DayBins:
        """Cut the days from ``first`` on."""
        return cls(first, last, _size(last - first + 1), first)

    @classmethod
    def until(cls, first: int, last: int) -> DayBins:
        """Cut the days backwards from ``last``."""
        size = _size(last - first + 1)
        return cls(first, last, size, last + 1 - size * -(-(last - first + 1) // size))

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The first and the last day of each span."""
        starts = range(self.start, self.last + 1, self.size)
        return [(max(s, self.first), min(s + self.size - 1, self.last)) for s in starts]

    def sums(self, values: Mapping[int, float]) -> tuple[float, ...]:
        """Return the sum of the values, which are by day, of each span."""
        found = [0.0] * len(self.spans)
        for day, value in values.items():
            if self.first <= day <= self.last:
                found[(day - self.start) // self.size] += value
        return tuple(found)

    def labels(self) -> tuple[str, ...]:
        """Return each span in words; days are ordinals of dates."""
        return tuple(
            date_words(a, year=True)
            if a == b
            else f"{date_words(a, year=True)} to {date_words(b, year=True)}"
            for a, b in self.spans
        )

    def ticks(self) -> tuple[str, ...]:
        """Return the short date of each span."""
        months = self.size > 7
        return tuple(
            f"{date.fromordinal(a):%b %y}" if months else date_words(a) for a, _ in self.spans
        )


def past_bins(today: int, period: Period, first: int) -> DayBins:
    """Return the spans of a period until today, of all time from ``first``."""
    start = first if period.value is None else today - period.value + 1
    return DayBins.until(min(start, today), today)


def date_words(day: int, *, year: bool = False) -> str:
    """Return the date of an ordinal, as "3 May" or "3 May 2024"."""
    found = date.fromordinal(day)
    return f"{found.day} {found:%b %Y}" if year else f"{found.day} {found:%b}"


def _size(length: int) -> int:
    return next((size for size in _SIZES if length <= _MOST * size), _SIZES[-1])
