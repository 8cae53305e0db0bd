"""The order of study: what a day is, how many cards it holds, and which kind comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from desktop.study.options import NewMix


class Queue(StrEnum):
    """Where the next card is taken from."""

    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class StudyDay:
    """One day of study, half-open, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many cards wait: new ones, learning ones, reviews; within today's limits."""

    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """All cards that wait."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of new cards and of reviews: done today, or available."""

    new: int
    review: int


def study_day(now: datetime, start_hour: int, zone: tzinfo | None = None) -> StudyDay:
    """Return the day of study around ``now`` (aware).

    A day begins at ``start_hour`` local time, so that an evening's study ends before it; ``zone``
    is the reader's, ``None`` the system's. Days with a clock change have 23 or 25 hours.
    """
    first = datetime.combine(study_date(now, start_hour, zone), time(start_hour))
    return StudyDay(_to_utc(first, zone), _to_utc(first + timedelta(days=1), zone))


def study_date(now: datetime, start_hour: int, zone: tzinfo | None = None) -> date:
    """Return the date of the day of study around ``now``: that on which it begins."""
    local = now.astimezone(zone).replace(tzinfo=None)
    early = local.time() < time(start_hour)
    return local.date() - timedelta(days=early)


def study_days_between(
    earlier: datetime, later: datetime, start_hour: int, zone: tzinfo | None = None
) -> int:
    """Return how many days of study lie between two times, at least 0."""
    days = study_date(later, start_hour, zone) - study_date(earlier, start_hour, zone)
    return max(days.days, 0)


def next_queue(left: Tally, done: Tally, mix: NewMix = NewMix.MIX) -> Queue | None:
    """Return whether a review or a new card comes next; ``None`` when neither is left.

    Mixed new cards are spread evenly among the day's reviews (Anki's default, "mix with reviews"):
    of n new cards among r reviews, number i (from 1) comes after i·(r+1)/(n+1) reviews.
    """
    if not left.new:
        return Queue.REVIEW if left.review else None
    if not left.review:
        return Queue.NEW
    if mix is not NewMix.MIX:
        return Queue.NEW if mix is NewMix.BEFORE else Queue.REVIEW
    reviews, new = left.review + done.review, left.new + done.new
    due_place = (done.new + 1) * (reviews + 1)
    return Queue.NEW if due_place < (done.review + 1) * (new + 1) else Queue.REVIEW


def becomes_leech(lapses: int, threshold: int) -> bool:
    """Return whether a card that lapsed just now, for the ``lapses``-th time, is told of as leech.

    As in Anki that is at ``threshold`` and then at every further half of it; 0 means never.
    """
    if threshold <= 0 or lapses < threshold:
        return False
    return (lapses - threshold) % max((threshold + 1) // 2, 1) == 0


def _to_utc(local: datetime, zone: tzinfo | None) -> datetime:
    """Return a naive local time as UTC; the system's zone knows its own clock changes."""
    aware = local.astimezone() if zone is None else local.replace(tzinfo=zone)
    return aware.astimezone(UTC)
