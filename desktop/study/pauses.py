"""Days without study, and the way back: what waited is spread over days, most fading first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

#: After a vacation what waited is spread over as many days as it took, but not over more.
LONGEST_RETURN = 14


@dataclass(frozen=True, slots=True)
class Pauses:
    """When the reader doesn't study, and until when they catch up; all dates included.

    ``first`` and ``last`` are the vacation's days, ``caught_up`` the last day of catching up
    without one.
    """

    first: date | None = None
    last: date | None = None
    caught_up: date | None = None

    def on_vacation(self, today: date) -> bool:
        """Return whether nothing is asked today."""
        return self.first is not None and self.last is not None and self.first <= today <= self.last

    def days_left(self, today: date) -> int:
        """Return over how many days, today with them, what waits is spread; 0 for no spreading."""
        ends = [self.caught_up] if self.caught_up is not None else []
        if self.first is not None and self.last is not None and today > self.last:
            length = min((self.last - self.first).days + 1, LONGEST_RETURN)
            ends.append(self.last + timedelta(days=length))
        return max([(end - today).days + 1 for end in ends] + [0])


def share_of_today(waiting: int, done: int, days_left: int) -> int:
    """Return how many reviews are left for today of those that wait.

    ``done`` were answered today already: they count, so that the share stays the same all day.
    """
    return max(-(-(waiting + done) // days_left) - done, 0)
