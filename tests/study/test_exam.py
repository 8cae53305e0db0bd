"""Planning for a date: what is asked each day, and what comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.study.exam import ExamCard, ExamPlan, plan_exam
from desktop.study.memory import retrievability
from desktop.study.plan_chart import outcome, plan_chart
from desktop.study.scheduler import usual_parameters


def planned(cards: list[ExamCard], days: int, **changes: float) -> ExamPlan:
    values = {"wanted": 0.9, "goal": 0.9, "new_limit": 20} | changes
    return plan_exam(cards, days, weights=usual_parameters(), **values)  # type: ignore[arg-type]


def some_cards(known: int, new: int) -> list[ExamCard]:
    cards = [ExamCard(i, 5 + i % 40, 5.0, i % 7, (5 + i % 40) - i % 7) for i in range(known)]
    return [*cards, *(ExamCard(known + i) for i in range(new))]


def test_without_study_memory_fades_as_the_curve_says() -> None:
    found = planned([ExamCard(1, 10, 5, 2, 8), ExamCard(2)], 8)
    assert found.without == pytest.approx(retrievability(10, 10) / 2)


def test_all_new_cards_are_begun_before_the_last_days() -> None:
    found = planned(some_cards(0, 90), 10)
    assert found.new_per_day == 12
    assert [round(day.new) for day in found.days] == [12] * 7 + [6, 0, 0]
    assert found.without == 0
    assert found.planned > 0.85


def test_the_plan_is_better_than_the_usual_study_and_that_than_none() -> None:
    found = planned(some_cards(150, 60), 21, new_limit=2)
    assert found.without < found.usual < found.planned
    assert found.planned > 0.88
    assert sum(day.last_looks for day in found.days[:-3]) == 0
    assert sum(day.last_looks for day in found.days[-3:]) > 0


def test_a_limit_of_new_cards_is_kept_and_its_cost_shown() -> None:
    free, limited = planned(some_cards(0, 100), 10), planned(some_cards(0, 100), 10, most_new=3)
    assert limited.new_per_day == 3
    assert sum(day.new for day in limited.days) == pytest.approx(24)
    assert limited.planned < free.planned / 2


def test_today_names_the_cards_to_study() -> None:
    cards = [ExamCard(1, 9, 5, 12, -3), ExamCard(2, 30, 5, 1, 29), ExamCard(3), ExamCard(4)]
    found = planned(cards, 5)
    assert found.today == (1, 3)  # what is due, and the first new one of one a day
    assert found.looks == ()
    last = planned([*cards, ExamCard(5, 3, 5, 2, 1)], 2)
    assert last.looks == (5,)  # not due yet, but it would not last
    assert set(last.today) == {1, 3, 4}


def test_the_same_cards_give_the_same_plan() -> None:
    assert planned(some_cards(40, 20), 9) == planned(some_cards(40, 20), 9)


@pytest.mark.parametrize("days", [1, 2, 3, 200])
def test_any_number_of_days_can_be_planned(days: int) -> None:
    found = planned(some_cards(30, 10), days)
    assert len(found.days) == days
    assert 0 < found.planned <= 1
    assert found.answers > 0


def test_without_cards_there_is_nothing_to_plan() -> None:
    assert planned([], 5).answers == 0


def test_a_plan_is_told_in_words_and_as_a_chart() -> None:
    found = planned(some_cards(40, 80), 10)
    words = outcome(found, 120, 20)
    assert words.startswith("On that day you will remember about ")
    assert "of 120 cards with this plan" in words
    assert "options" not in words
    assert "It needs 10 new cards a day; the options of the deck allow 5." in outcome(found, 120, 5)
    chart = plan_chart(found, date(2024, 5, 6).toordinal(), 8.0)
    assert chart.labels[0] == "6 May 2024"
    assert len(chart.labels) == 10
    assert "10 new" in chart.words(0)
    assert outcome(planned([], 3), 0, 20).startswith("There are no cards")
