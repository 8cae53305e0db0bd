"""The days of an Anki collection, counted from its creation, and the reader's days of study.

Anki keeps the day on which a card is due, the library a moment. A day here is a whole number, the
days since 1970 in the reader's own calendar; it begins at their hour.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

_EPOCH = date(1970, 1, 1)
_FIRST, _LAST = 0, 100_000  # days: until the year 2243

#: Within a day of study, whatever a change of the clock does to its ends.
_WELL_WITHIN = timedelta(hours=8)


class Calendar:
    """The reader's days: each begins at ``start_hour`` in ``zone`` (``None``: the system's)."""

    def __init__(self, start_hour: int, zone: tzinfo | None) -> None:
        self._start = time(start_hour)
        self._hour = timedelta(hours=start_hour)
        self._zone = zone
        self.moment: Callable[[int], datetime] = lru_cache(maxsize=None)(self._moment)

    def day(self, moment: datetime) -> int:
        """Return the day of study that a moment (aware) lies in."""
        local = moment.astimezone(self._zone).replace(tzinfo=None) - self._hour
        return (local.date() - _EPOCH).days

    def creation_day(self, created: int, west: int | None) -> int:
        """Return the day from which a collection counts, made at ``created`` (seconds).

        ``west`` is the zone of its making, in minutes; without it the reader's is taken.
        """
        moment = datetime.fromtimestamp(min(max(created, 0), 2**33), UTC)
        if west is None:
            return (moment.astimezone(self._zone).date() - _EPOCH).days
        return ((moment - timedelta(minutes=min(max(west, -900), 900))).date() - _EPOCH).days

    def _moment(self, day: int) -> datetime:
        """Return a moment (UTC) within a day of study."""
        day = min(max(day, _FIRST), _LAST)
        first = datetime.combine(_EPOCH + timedelta(days=day), self._start)
        aware = first.astimezone() if self._zone is None else first.replace(tzinfo=self._zone)
        return aware.astimezone(UTC) + _WELL_WITHIN
