"""Charts of what was answered: how often, how long, how well."""

from __future__ import annotations

from datetime import date

from desktop.study.chart import Chart, ChartForm, Ink, Series, counted, in_days, in_minutes, number
from desktop.study.day_bins import Period, date_words, past_bins
from desktop.study.statistics import ReviewKind, Statistics, longest_streak, present_streak

_KINDS = (
    (ReviewKind.LEARNING, "learning", Ink.LEARNING),
    (ReviewKind.RELEARNING, "relearning", Ink.RELEARNING),
    (ReviewKind.YOUNG, "young", Ink.YOUNG),
    (ReviewKind.MATURE, "mature", Ink.MATURE),
)
_RATINGS = (("Again", Ink.AGAIN), ("Hard", Ink.HARD), ("Good", Ink.GOOD), ("Easy", Ink.EASY))
_WEEKS = 53


def calendar(found: Statistics, _period: Period) -> Chart:
    """Show the last year, a square for each day."""
    first = found.today - (_WEEKS - 1) * 7 - date.fromordinal(found.today).weekday()
    days = range(first, found.today + 1)
    numbers = tuple(found.days[d].total if d in found.days else 0 for d in days)
    studied = sorted(day for day in found.days if day >= first)
    summary = (
        f"Studied on {counted(len(studied), 'day')} of {len(days)}; "
        f"{in_days(present_streak(studied, found.today))} on end now, "
        f"{in_days(longest_streak(studied))} at the most."
    )
    return Chart(
        "calendar", "Calendar", summary, ChartForm.CALENDAR, "Day",
        tuple(date_words(d, year=True) for d in days),
        tuple(f"{date.fromordinal(d):%b}" if date.fromordinal(d).day == 1 else "" for d in days),
        (Series("", Ink.MATURE, numbers),), unit=" reviews",
    )  # fmt: skip


def retention(found: Statistics, _period: Period) -> Chart:
    """Show how much was remembered when it was asked, against what was wanted."""
    spans = (("Today", 1), ("7 days", 7), ("30 days", 30), ("A year", 365), ("All", None))
    recalls = [found.recall(length) for _, length in spans]
    wanted = found.cards.wanted * 100
    year = recalls[3]
    told = "No card was asked again after a day yet."
    if year.all is not None:
        told = (
            f"{number(year.all * 100)} % remembered within a year "
            f"({counted(year.number, 'answer')}), {number(wanted)} % wanted."
        )

    def shares(name: str) -> tuple[float | None, ...]:
        values = [getattr(recall, name) for recall in recalls]
        return tuple(None if value is None else value * 100 for value in values)

    return Chart(
        "retention", "True retention", told, ChartForm.GROUPED, "Time",
        tuple(f"{name}, {counted(recall.number, 'answer')}"
              for (name, _), recall in zip(spans, recalls, strict=True)),
        tuple(name for name, _ in spans),
        tuple(Series(name, ink, shares(name)) for name, ink in
              (("young", Ink.YOUNG), ("mature", Ink.MATURE), ("all", Ink.PLAIN))),
        unit=" %", goal=wanted, highest=100,
    )  # fmt: skip


def reviews(found: Statistics, period: Period) -> Chart:
    """Show how many answers were given."""
    days = found.period(period.value)
    bins = past_bins(found.today, period, min(found.days, default=found.today))
    series = tuple(
        Series(name, ink, bins.sums({day: d.number(kind) for day, d in days.items()}))
        for kind, name, ink in _KINDS
    )
    total, studied = sum(day.total for day in days.values()), len(days)
    summary = f"{counted(total, 'review')} on {counted(studied, 'day')}"
    summary += f", {number(total / studied)} a day." if studied else "."
    return Chart(
        "reviews", "Reviews", summary, ChartForm.STACKED, "Day",
        bins.labels(), bins.ticks(), series,
    )  # fmt: skip


def minutes(found: Statistics, period: Period) -> Chart:
    """Show how long study took."""
    days = found.period(period.value)
    bins = past_bins(found.today, period, min(found.days, default=found.today))
    series = tuple(
        Series(name, ink, bins.sums({day: d.took_ms[kind] / 60_000 for day, d in days.items()}))
        for kind, name, ink in _KINDS
    )
    seconds, answers = sum(d.seconds for d in days.values()), sum(d.total for d in days.values())
    summary = f"{in_minutes(seconds)} in all"
    if answers:
        each = number(seconds / answers)
        summary += f", {in_minutes(seconds / len(days))} a day of study, {each} seconds an answer"
    return Chart(
        "minutes", "Time", f"{summary}.", ChartForm.STACKED, "Day",
        bins.labels(), bins.ticks(), series, unit=" min",
    )  # fmt: skip


def hours(found: Statistics, period: Period) -> Chart:
    """Show at what time of the day cards are answered, and how well."""
    days = found.period(period.value).values()
    numbers = [sum(day.hours[h] for day in days) for h in range(24)]
    right = [sum(day.right[h] for day in days) for h in range(24)]
    busiest = max(range(24), key=lambda h: numbers[h])
    told = f"Most answers from {busiest}:00 to {busiest + 1}:00." if sum(numbers) else "No answers."
    shares = tuple(100 * r / n if n else None for r, n in zip(right, numbers, strict=True))
    return Chart(
        "hours", "Hours of the day", told, ChartForm.STACKED, "Hour",
        tuple(f"{h}:00 to {h + 1}:00" for h in range(24)),
        tuple(f"{h}" if h % 3 == 0 else "" for h in range(24)),
        (Series("answers", Ink.YOUNG, tuple(float(n) for n in numbers)),),
        share=Series("right", Ink.PLAIN, shares),
    )  # fmt: skip


def buttons(found: Statistics, period: Period) -> Chart:
    """Show which answers were given to which cards."""
    days = found.period(period.value).values()
    sums = [sum(day.answers[at] for day in days) for at in range(16)]
    learning = [a + b for a, b in zip(sums[:4], sums[12:], strict=True)]
    groups = (("Learning", learning), ("Young", sums[4:8]), ("Mature", sums[8:12]))
    labels = []
    for name, numbers in groups:
        total = sum(numbers)
        right = f", {number(100 * sum(numbers[1:]) / total)} % right" if total else ""
        labels.append(f"{name}, {counted(total, 'answer')}{right}")
    return Chart(
        "buttons", "Answer buttons", "; ".join(labels) + ".", ChartForm.GROUPED, "Cards",
        tuple(labels), tuple(name for name, _ in groups),
        tuple(Series(rating, ink, tuple(float(numbers[at]) for _, numbers in groups))
              for at, (rating, ink) in enumerate(_RATINGS)),
    )  # fmt: skip
