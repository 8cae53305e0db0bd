"""The reader's days on the clock: stretches of time within one day and one offset from UTC.

Days begin at an hour of the reader's own clock, so that they follow travel and clock changes. A
count of reviews by day and hour asks for one stretch after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from desktop.study.session import study_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Milliseconds since 1970, half-open, of the day ``day``; ``offset`` leads to local time."""

    day: int  # the date's ordinal
    start: int
    end: int
    offset: int  # milliseconds, to be added to UTC


def stretches(
    first: datetime, last: datetime, start_hour: int, zone: tzinfo | None = None
) -> Iterator[Stretch]:
    """Return the days of study from the one around ``first`` to the one around ``last``.

    A day with a clock change comes in two stretches.
    """
    day = study_day(first, start_hour, zone)
    end = study_day(last, start_hour, zone).end
    while day.start < end:
        number = _local(day.start, zone).toordinal()
        before, after = _offset(day.start, zone), _offset(day.end - _MILLISECOND, zone)
        if before == after:
            yield Stretch(number, _ms(day.start), _ms(day.end), before)
        else:
            change = _change(day.start, day.end, zone)
            yield Stretch(number, _ms(day.start), change, before)
            yield Stretch(number, change, _ms(day.end), after)
        day = study_day(day.end, start_hour, zone)


def day_number(moment: datetime, start_hour: int, zone: tzinfo | None = None) -> int:
    """Return the ordinal of the date of the day of study around ``moment``."""
    return _local(study_day(moment, start_hour, zone).start, zone).toordinal()


def _change(start: datetime, end: datetime, zone: tzinfo | None) -> int:
    """Return the millisecond within a day at which its offset changes."""
    before = _offset(start, zone)
    low, high = _ms(start), _ms(end)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(_EPOCH + middle * _MILLISECOND, zone) == before:
            low = middle
        else:
            high = middle
    return high


def _local(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()


def _offset(moment: datetime, zone: tzinfo | None) -> int:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found // _MILLISECOND


def _ms(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


class DayTable:
    """Finds the day of a time; beyond the stretches it knows, days count 24 hours each."""

    def __init__(self, known: Sequence[Stretch]) -> None:
        self._known = known
        self._starts = [stretch.start for stretch in known]

    def __call__(self, ms: int) -> int:
        """Return the ordinal of the day of a time in milliseconds since 1970."""
        at = bisect_right(self._starts, ms) - 1
        if at < 0:
            first = self._known[0]
            return first.day + (ms - first.start) // _DAY_MS
        stretch = self._known[at]
        if ms < stretch.end:
            return stretch.day
        return stretch.day + 1 + (ms - stretch.end) // _DAY_MS
