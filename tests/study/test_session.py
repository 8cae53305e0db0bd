"""What a day is, how many cards it holds, and in which order they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.study.session import Queue, Tally, next_queue, study_day

BERLIN = ZoneInfo("Europe/Berlin")


def moment(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ("2024-05-06T10:00", "2024-05-06T04:00", "2024-05-07T04:00"),
        ("2024-05-06T04:00", "2024-05-06T04:00", "2024-05-07T04:00"),
        ("2024-05-06T03:59", "2024-05-05T04:00", "2024-05-06T04:00"),
        ("2024-05-06T00:30", "2024-05-05T04:00", "2024-05-06T04:00"),
    ],
)
def test_a_day_begins_at_four_local_time(now: str, start: str, end: str) -> None:
    day = study_day(moment(now), 4, BERLIN)
    assert (day.start, day.end) == (moment(start), moment(end))
    assert day.start.tzinfo is UTC


def test_days_with_a_clock_change_have_23_and_25_hours() -> None:
    spring = study_day(moment("2024-03-30T12:00"), 4, BERLIN)
    autumn = study_day(moment("2024-10-26T12:00"), 4, BERLIN)
    assert spring.end - spring.start == timedelta(hours=23)
    assert autumn.end - autumn.start == timedelta(hours=25)


@given(st.integers(0, 2_000_000_000), st.integers(0, 23))
def test_each_moment_lies_in_its_day_and_days_follow_each_other(second: int, hour: int) -> None:
    for zone in (BERLIN, ZoneInfo("America/New_York"), None):
        aware = datetime.fromtimestamp(second, UTC)
        day = study_day(aware, hour, zone)
        assert day.start <= aware < day.end
        assert study_day(day.end, hour, zone).start == day.end


def order(new: int, review: int) -> str:
    left, done = Tally(new, review), Tally(0, 0)
    shown = ""
    while (queue := next_queue(left, done)) is not None:
        if queue is Queue.NEW:
            shown += "n"
            left, done = Tally(left.new - 1, left.review), Tally(done.new + 1, done.review)
        else:
            shown += "r"
            left, done = Tally(left.new, left.review - 1), Tally(done.new, done.review + 1)
    return shown


@pytest.mark.parametrize(
    ("new", "review", "expected"),
    [
        (0, 0, ""),
        (3, 0, "nnn"),
        (0, 3, "rrr"),
        (1, 1, "rn"),
        (2, 7, "rrnrrrnrr"),
        (5, 2, "nrnnrnn"),
        (1, 10, "rrrrrnrrrrr"),
    ],
)
def test_new_cards_are_spread_among_the_reviews(new: int, review: int, expected: str) -> None:
    assert order(new, review) == expected


@given(st.integers(0, 60), st.integers(0, 60))
def test_all_that_is_left_is_shown_and_evenly(new: int, review: int) -> None:
    shown = order(new, review)
    assert (shown.count("n"), shown.count("r")) == (new, review)
    for place in range(len(shown)):
        share = shown[:place].count("n") * (review + new) - place * new
        assert abs(share) <= (review + new) * 1.5
