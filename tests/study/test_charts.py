"""Charts as numbers and words: bins, summaries, tables, CSV."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from desktop.study.card_figures import CardFigures, Maturity, TextMemory
from desktop.study.chart import Chart, ChartForm, Ink, Series, as_csv, axis, number
from desktop.study.charts import charts
from desktop.study.day_bins import DayBins, Period
from desktop.study.statistics import (
    Recall,
    ReviewDay,
    Statistics,
    longest_streak,
    present_streak,
    review_days,
)

TODAY = date(2024, 5, 6).toordinal()


def a_day(good: int) -> ReviewDay:
    answers = [0] * 16
    answers[4], answers[6], answers[10] = 1, good, 2
    hours = [0] * 24
    hours[9], hours[20] = good, 3
    right = [*hours]
    right[20] = 2
    return ReviewDay(tuple(answers), (0, 60_000, 30_000, 0), tuple(hours), tuple(right),
                     Recall(good, 1, 2, 0))  # fmt: skip


def some_statistics() -> Statistics:
    maturity = dict.fromkeys(Maturity, 0) | {Maturity.NEW: 4, Maturity.YOUNG: 3, Maturity.MATURE: 5}
    cards = CardFigures(
        maturity, {-2: 1, 0: 2}, {1: 3, 40: 2}, {3: 3, 30: 5}, {4: 3, 50: 5}, {50: 8},
        {88: 2, 97: 6}, {TODAY - 100: 8, TODAY: 4}, 7.5, 8, 0.9,
    )  # fmt: skip
    days = {TODAY - 400: a_day(1), TODAY - 3: a_day(5), TODAY - 1: a_day(6), TODAY: a_day(7)}
    texts = (TextMemory(1, "Moss", 4, 5, 3, 7.5), TextMemory(2, "Tin", 9, 0, 0, 0.0))
    return Statistics(TODAY, days, cards, texts)


def chart(key: str, period: Period = Period.MONTH) -> Chart:
    return next(c for c in charts(some_statistics(), period) if c.key == key)


def test_every_chart_has_a_value_for_every_label() -> None:
    for period in Period:
        for found in charts(some_statistics(), period):
            lengths = {len(found.labels), len(found.ticks), *(len(s.values) for s in found.series)}
            assert len(lengths) == 1, found.key
            assert not found.empty, found.key
            assert all(found.words(at) for at in range(len(found.labels)))


def test_the_forecast_has_its_backlog_at_its_head() -> None:
    found = chart("forecast")
    assert found.words(0) == "Overdue: 1 young"
    assert found.words(1) == "Today, 6 May: 2 young"
    assert found.words(2) == "Tomorrow, 7 May: 3 mature"
    assert found.summary == "5 reviews in 30 days, 0.2 a day; 3 tomorrow, 1 overdue."
    whole = chart("forecast", Period.ALL)
    assert sum(whole.total(at) for at in range(len(whole.labels))) == 8


def test_the_period_says_how_far_back_reviews_are_shown() -> None:
    month, everything = chart("reviews"), chart("reviews", Period.ALL)
    assert month.summary == "27 reviews on 3 days, 9 a day."
    assert everything.summary == "31 reviews on 4 days, 7.8 a day."
    assert month.labels[-1] == "6 May 2024"
    assert month.words(29) == "6 May 2024: 10: 8 young, 2 mature"
    assert everything.labels[-1] == "30 Apr 2024 to 6 May 2024"


def test_retention_is_set_against_what_is_wanted() -> None:
    found = chart("retention")
    assert found.goal == pytest.approx(90)
    assert found.summary == "87.5 % remembered within a year (27 answers), 90 % wanted.".replace(
        "87.5", number(100 * 24 / 27)
    )
    assert found.words(0).startswith("Today, 10 answers: 87.5 % young, 100 % mature")


def test_the_calendar_begins_on_a_monday_and_ends_today() -> None:
    found = chart("calendar")
    first = TODAY - len(found.labels) + 1
    assert date.fromordinal(first).weekday() == 0
    assert found.words(len(found.labels) - 1) == "6 May 2024: 10 reviews"
    assert found.summary == (
        f"Studied on 3 days of {len(found.labels)}; 2 days on end now, 2 days at the most."
    )


def test_texts_are_told_by_what_is_known_fading_and_new() -> None:
    found = chart("texts")
    assert found.labels == ("Moss", "Tin")
    assert found.words(0) == "Moss: 12: 5 known, 3 fading, 4 new, 62.5 % remembered"


def test_a_table_has_the_numbers_and_its_csv_is_plain() -> None:
    found = chart("hours")
    heads, rows = found.table()
    assert heads == ("Hour", "answers", "right")
    assert rows[9] == ("9:00 to 10:00", "18", "100")
    read = list(csv.reader(io.StringIO(as_csv(found))))
    assert read[0] == list(heads)
    assert read[21] == ["20:00 to 21:00", "9", "66.67"]
    big = Chart("a", "A", "", ChartForm.STACKED, "Day", ("x",), ("",),
                (Series("n", Ink.NEW, (12_345.0,)),))  # fmt: skip
    assert big.table()[1] == [("x", "12\u202f345")]
    assert as_csv(big).splitlines()[1] == "x,12345"


@pytest.mark.parametrize("length", [1, 2, 59, 60, 61, 365, 4_000, 30_000])
def test_bins_hold_every_day_once(length: int) -> None:
    first = TODAY - length + 1
    for bins in (DayBins.of(first, TODAY), DayBins.until(first, TODAY)):
        covered = [day for a, b in bins.spans for day in range(a, b + 1)]
        assert covered == list(range(first, TODAY + 1))
        assert len(bins.spans) <= 84
        sums = bins.sums(dict.fromkeys(range(first - 5, TODAY + 5), 1))
        assert list(sums) == [b - a + 1 for a, b in bins.spans]
    last_a, last_b = DayBins.until(first, TODAY).spans[-1]
    assert last_b - last_a + 1 == min(DayBins.until(first, TODAY).size, length)


def test_streaks_count_days_on_end() -> None:
    assert longest_streak([1, 2, 3, 7, 8]) == 3
    assert present_streak([1, 2, 3, 7, 8], 9) == 2  # today is not over yet
    assert present_streak([1, 2, 3, 7, 8], 10) == 0
    assert longest_streak([]) == 0


def test_packed_answers_are_counted_by_day_hour_and_kind() -> None:
    def packed(day: int, hour: int, state: int, away: int, rating: int, took: int) -> str:
        return str(((((day * 24 + hour) * 4 + state) * 4 + away) * 4 + rating - 1) * 2**23 + took)

    text = " ".join([
        packed(0, 9, 0, 0, 3, 4_000), packed(0, 9, 2, 1, 1, 6_000), packed(0, 21, 2, 2, 3, 1_000),
        packed(2, 3, 3, 0, 3, 500), packed(2, 3, 1, 1, 4, 500),
    ])  # fmt: skip
    days = review_days(100, 3, text)
    assert sorted(days) == [100, 102]
    first, other = days[100], days[102]
    assert (first.total, first.seconds, first.hours[9], first.right[9]) == (3, 11.0, 2, 1)
    assert first.recall == Recall(0, 1, 1, 0)
    assert other.took_ms == (500, 0, 0, 500)
    assert other.recall == Recall(1, 0, 0, 0)  # a learning step of a day counts


@pytest.mark.parametrize(
    ("highest", "levels"),
    [
        (0, [0, 1]), (0.5, [0, 0.2, 0.4, 0.6]), (1, [0, 1]), (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]), (42, [0, 20, 40, 60]), (100, [0, 50, 100]),
        (1_001, [0, 500, 1_000, 1_500]),
    ],
)  # fmt: skip
def test_axes_have_round_numbers(highest: float, levels: list[float]) -> None:
    assert axis(highest) == pytest.approx(levels)
