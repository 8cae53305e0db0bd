"""The order of study: what a day is, how many cards it holds, and which kind comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum


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
    local = now.astimezone(zone).replace(tzinfo=None)
    first = datetime.combine(local.date(), time(start_hour))
    if local < first:
        first -= timedelta(days=1)
    return StudyDay(_to_utc(first, zone), _to_utc(first + timedelta(days=1), zone))


def remaining(available: Tally, done: Tally, limits: Tally) -> Tally:
    """Return how much of what is available today's limits still allow.

    As in Anki the limit of reviews holds for new cards too: a backlog comes first.
    """
    review = max(min(available.review, limits.review - done.review), 0)
    room = limits.review - done.review - review
    new = max(min(available.new, limits.new - done.new, room), 0)
    return Tally(new, review)


def next_queue(left: Tally, done: Tally) -> Queue | None:
    """Return whether a review or a new card comes next; ``None`` when neither is left.

    New cards are spread evenly among the day's reviews (Anki's default, "mix with reviews"): of
    n new cards among r reviews, number i (from 1) comes after i·(r+1)/(n+1) reviews.
    """
    if not left.new:
        return Queue.REVIEW if left.review else None
    if not left.review:
        return Queue.NEW
    reviews, new = left.review + done.review, left.new + done.new
    due_place = (done.new + 1) * (reviews + 1)
    return Queue.NEW if due_place < (done.review + 1) * (new + 1) else Queue.REVIEW


def _to_utc(local: datetime, zone: tzinfo | None) -> datetime:
    """Return a naive local time as UTC; the system's zone knows its own clock changes."""
    aware = local.astimezone() if zone is None else local.replace(tzinfo=zone)
    return aware.astimezone(UTC)
