"""The chart and the words of a plan for a date."""

from __future__ import annotations

from desktop.study.chart import Chart, ChartForm, Ink, Series, counted, in_minutes, number
from desktop.study.day_bins import date_words
from desktop.study.exam import ExamPlan


def plan_chart(plan: ExamPlan, today: int, seconds: float) -> Chart:
    """Return what each day of a plan asks; ``today`` is an ordinal, ``seconds`` an answer takes."""
    days = len(plan.days)
    most = max((day.total for day in plan.days), default=0.0)
    summary = (
        f"{counted(round(plan.answers), 'answer')} in {counted(days, 'day')}, about "
        f"{in_minutes(plan.answers * seconds / days)} a day and {in_minutes(most * seconds)} on "
        "the fullest."
    )
    parts = (
        ("reviews", Ink.MATURE, [day.reviews for day in plan.days]),
        ("new", Ink.NEW, [day.new for day in plan.days]),
        ("last looks", Ink.RELEARNING, [day.last_looks for day in plan.days]),
    )
    labels = tuple(date_words(today + day, year=True) for day in range(days))
    ticks = tuple(date_words(today + day) for day in range(days))
    series = tuple(Series(name, ink, tuple(values)) for name, ink, values in parts)
    return Chart(
        "plan", "What to study until then", summary, ChartForm.STACKED, "Day", labels, ticks, series
    )


def outcome(plan: ExamPlan, cards: int, new_limit: int) -> str:
    """Return what is remembered on the date, and whether the deck's limit stands in the way."""
    if not cards:
        return "There are no cards to plan for; accept some first."
    without, usual, planned = (
        f"{number(share * 100)} %" for share in (plan.without, plan.usual, plan.planned)
    )
    told = (
        f"On that day you will remember about {planned} of {counted(cards, 'card')} with this "
        f"plan, {usual} with your usual study, {without} without any."
    )
    if plan.new_per_day > new_limit:
        needed = counted(plan.new_per_day, "new card")
        told += f" It needs {needed} a day; the options of the deck allow {number(new_limit)}."
    return told
