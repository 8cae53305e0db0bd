"""Charts of the cards as they are now: when they come, how well they stay."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.study.card_figures import Maturity
from desktop.study.chart import Chart, ChartForm, Ink, Series, counted, in_days, number
from desktop.study.day_bins import DayBins, Period, date_words, past_bins
from desktop.study.statistics import Statistics, average, quantile

_MATURITY_INKS = {
    Maturity.NEW: Ink.NEW,
    Maturity.LEARNING: Ink.LEARNING,
    Maturity.RELEARNING: Ink.RELEARNING,
    Maturity.YOUNG: Ink.YOUNG,
    Maturity.MATURE: Ink.MATURE,
    Maturity.SUSPENDED: Ink.REST,
    Maturity.BURIED: Ink.REST,
}
_MOST_TEXTS = 20


def forecast(found: Statistics, period: Period) -> Chart:
    """Show what comes due, day by day, with what is overdue at its head."""
    young, mature = found.cards.due_young, found.cards.due_mature
    last = max([0, *young, *mature])
    ahead = last if period is Period.ALL else (period.value or 0) - 1
    bins = DayBins.of(0, ahead)
    late = [sum(n for day, n in due.items() if day < 0) for due in (young, mature)]
    labels = ["Overdue", *(_ahead(found.today, a, b) for a, b in bins.spans)]
    ticks = ["late", *(_ahead_tick(a) for a, _ in bins.spans)]
    series = [
        Series(name, ink, (before, *bins.sums(due)))
        for name, ink, due, before in (
            ("young", Ink.YOUNG, young, late[0]),
            ("mature", Ink.MATURE, mature, late[1]),
        )
    ]
    coming = sum(bins.sums(young)) + sum(bins.sums(mature))
    tomorrow = young.get(1, 0) + mature.get(1, 0)
    summary = (
        f"{counted(coming, 'review')} in {in_days(ahead + 1)}, "
        f"{number(coming / (ahead + 1))} a day; "
        f"{number(tomorrow)} tomorrow, {number(sum(late))} overdue."
    )
    return Chart(
        "forecast", "What comes due", summary, ChartForm.STACKED, "Day",
        tuple(labels), tuple(ticks), tuple(series),
    )  # fmt: skip


def texts(found: Statistics, _period: Period) -> Chart:
    """Show how much of each text is remembered, those with most cards first."""
    shown = sorted(found.texts, key=lambda text: (-text.cards, text.document_id))
    known = sum(text.expected for text in shown)
    cards = sum(text.cards for text in shown)
    summary = "No text has cards yet."
    if cards:
        summary = (
            f"{number(known)} of {counted(cards, 'card')} in {counted(len(shown), 'text')} "
            f"are remembered now ({number(100 * known / cards)} %)."
        )
    if len(shown) > _MOST_TEXTS:
        summary += f" Shown are the {_MOST_TEXTS} with most cards."
    shown = shown[:_MOST_TEXTS]
    return Chart(
        "texts", "By text", summary, ChartForm.ROWS, "Text",
        tuple(text.title for text in shown), tuple(text.title for text in shown),
        (Series("known", Ink.MATURE, tuple(float(text.known) for text in shown)),
         Series("fading", Ink.RELEARNING, tuple(float(text.fading) for text in shown)),
         Series("new", Ink.NEW, tuple(float(text.new) for text in shown))),
        share=Series("remembered", Ink.PLAIN, tuple(text.share * 100 for text in shown)),
    )  # fmt: skip


def maturity(found: Statistics, _period: Period) -> Chart:
    """Show cards by where they stand."""
    counts = found.cards.maturity
    names = tuple(name.value for name in counts)
    inks = [_MATURITY_INKS[name] for name in counts]
    numbers = list(enumerate(counts.values()))
    series = tuple(
        Series("", ink, tuple(n if inks[at] is ink else None for at, n in numbers))
        for ink in dict.fromkeys(inks)
    )
    total = sum(counts.values())
    return Chart(
        "maturity", "Cards", f"{counted(total, 'card')} in all.", ChartForm.STACKED, "State",
        names, names, series, unit=" cards",
    )  # fmt: skip


def retrievability(found: Statistics, _period: Period) -> Chart:
    """Show how likely the studied cards are remembered at this moment."""
    cards = found.cards
    share = 100 * cards.expected / cards.studied if cards.studied else 0
    summary = (
        f"{number(cards.expected)} of {counted(cards.studied, 'studied card')} are remembered now, "
        f"{number(share)} %."
        if cards.studied
        else "No card was studied yet."
    )
    return _per_cent("retrievability", "Remembered now", summary, cards.retrievability, Ink.MATURE)


def stability(found: Statistics, _period: Period) -> Chart:
    """Show how long cards last: after so many days nine of ten are remembered."""
    middle = quantile(found.cards.stability, 0.5)
    told = "No card was studied yet." if middle is None else f"Half last {in_days(middle)} or more."
    return _spans("stability", "Stability", told, found.cards.stability, Ink.YOUNG)


def intervals(found: Statistics, _period: Period) -> Chart:
    """Show how long cards are sent away."""
    mean = average(found.cards.intervals)
    told = "No card was learnt yet." if mean is None else f"{in_days(round(mean))} on average."
    return _spans("intervals", "Intervals", told, found.cards.intervals, Ink.MATURE)


def difficulty(found: Statistics, _period: Period) -> Chart:
    """Show how hard cards are, from 0 to 100."""
    middle = quantile(found.cards.difficulty, 0.5)
    told = "No card was studied yet." if middle is None else f"The middle one is at {middle} %."
    return _per_cent("difficulty", "Difficulty", told, found.cards.difficulty, Ink.RELEARNING)


def added(found: Statistics, period: Period) -> Chart:
    """Show when cards came to the library."""
    first = min(found.cards.added, default=found.today)
    bins = past_bins(found.today, period, first)
    values = bins.sums(found.cards.added)
    total = int(sum(values))
    return Chart(
        "added", "Added", f"{counted(total, 'card')} added.", ChartForm.STACKED, "Day",
        bins.labels(), bins.ticks(), (Series("", Ink.NEW, values),), unit=" cards",
    )  # fmt: skip


def _per_cent(key: str, title: str, told: str, counts: Mapping[int, int], ink: Ink) -> Chart:
    """Return a chart in steps of five per cent."""
    values = [0.0] * 20
    for value, count in counts.items():
        values[min(max(value, 0) // 5, 19)] += count
    return Chart(
        key, title, told, ChartForm.STACKED, "Per cent",
        tuple(f"{5 * at} to {5 * at + 5} %" for at in range(20)),
        tuple(f"{5 * at} %" if at % 4 == 0 else "" for at in range(20)),
        (Series("", ink, tuple(values)),), unit=" cards",
    )  # fmt: skip


def _spans(key: str, title: str, told: str, counts: Mapping[int, int], ink: Ink) -> Chart:
    """Return a chart of lengths in days, as far as 95 of 100 cards go; the rest is the last bar."""
    end = max(quantile(counts, 0.95) or 0, 10)
    bins = DayBins.of(0, end)
    values = list(bins.sums(counts))
    over = sum(count for days, count in counts.items() if days > end)
    labels = [in_days(a) if a == b else f"{a} to {in_days(b)}" for a, b in bins.spans]
    ticks = [f"{a} d" for a, _ in bins.spans]
    if over:
        values.append(over)
        labels.append(f"more than {in_days(end)}")
        ticks.append("more")
    return Chart(
        key, title, told, ChartForm.STACKED, "Days",
        tuple(labels), tuple(ticks), (Series("", ink, tuple(values)),), unit=" cards",
    )  # fmt: skip


def _ahead(today: int, first: int, last: int) -> str:
    if first == last:
        name = {0: "Today", 1: "Tomorrow"}.get(first, f"In {first} days")
        return f"{name}, {date_words(today + first)}"
    return f"In {first} to {last} days, from {date_words(today + first, year=True)}"


def _ahead_tick(day: int) -> str:
    return "today" if day == 0 else f"{day} d" if day < 365 else f"{day / 365:.0f} y"
