"""The columns of a table that is set as lines of tabbed cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontMetricsF

_GAP, _LEAST_GAP = 1.6, 0.7  # between columns, in multiples of the size of the type


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a table, row by row."""
    return [row.split("\t") for row in text.split("\n")]


def column_stops(rows: Sequence[Sequence[str]], font: QFont, width: float) -> list[float]:
    """Return where the second and each further column begins, in pixels.

    A table that is too wide gets narrower gaps, and then its share of the width for each column.
    """
    metrics = QFontMetricsF(font)
    columns = max((len(row) for row in rows), default=0)
    widths = [
        max(metrics.horizontalAdvance(row[at]) for row in rows if at < len(row))
        for at in range(columns)
    ]
    room = width - sum(widths)
    wanted = font.pixelSize() * _GAP
    gap = wanted if columns < 2 else min(wanted, room / (columns - 1))
    if gap < font.pixelSize() * _LEAST_GAP:
        share = width / max(1.0, sum(widths))
        widths = [one * share for one in widths]
        gap = 0.0
    stops, at = [], 0.0
    for one in widths[:-1]:
        at += one + gap
        stops.append(at)
    return stops
