"""The charts of the statistics page in their order."""

from __future__ import annotations

from collections.abc import Callable

from desktop.study import card_charts, review_charts
from desktop.study.chart import Chart
from desktop.study.day_bins import Period
from desktop.study.statistics import Statistics

#: What makes each chart, in the order of the page.
MAKERS: tuple[Callable[[Statistics, Period], Chart], ...] = (
    card_charts.forecast,
    review_charts.calendar,
    review_charts.retention,
    card_charts.maturity,
    review_charts.reviews,
    review_charts.minutes,
    card_charts.texts,
    card_charts.retrievability,
    card_charts.stability,
    card_charts.intervals,
    card_charts.difficulty,
    review_charts.hours,
    review_charts.buttons,
    card_charts.added,
)


def charts(found: Statistics, period: Period) -> list[Chart]:
    """Return all charts for a period that the reader chose."""
    return [maker(found, period) for maker in MAKERS]
