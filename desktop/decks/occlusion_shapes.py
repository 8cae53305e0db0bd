"""The regions that Anki's image occlusion hides: rectangles, ellipses, polygons, in shares."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass
from enum import StrEnum

_DIV = re.compile(
    r'<div class="(cloze|cloze-inactive|cloze-highlight)" data-ordinal="[\d,]{1,99}" '
    r'data-shape="([^"]{0,20000})"></div>'
)
_MOST_POINTS = 2000


class Mask(StrEnum):
    """How a region is drawn: asked for, hidden beside it, or what was asked for, revealed."""

    ASKED = "cloze"
    HIDDEN = "cloze-inactive"
    REVEALED = "cloze-highlight"


@dataclass(frozen=True, slots=True)
class Shape:
    """A region in shares (0..1) of width and height.

    ``points`` are a polygon's corners, else two: the upper left and the lower right of the frame
    of a rectangle or an ellipse.
    """

    kind: str  # rect, ellipse, polygon
    points: tuple[tuple[float, float], ...]
    mask: Mask


def shapes_in(side: str) -> tuple[tuple[Shape, ...], str]:
    """Return the shapes that a rendered side draws, and the side without them."""
    found = []
    for match in _DIV.finditer(side):
        mask = Mask(match[1])
        kind, _, rest = html.unescape(match[2]).partition(":")
        values = dict(part.partition("=")[::2] for part in rest.split(":"))
        if mask is Mask.HIDDEN and values.get("oi") != "1":
            continue
        points = _points(kind, values)
        if points:
            found.append(Shape(kind, points, mask))
    return tuple(found), _DIV.sub("", side)


def _points(kind: str, values: dict[str, str]) -> tuple[tuple[float, float], ...]:
    left, top = _share(values.get("left")), _share(values.get("top"))
    if kind == "rect":
        right, bottom = left + _share(values.get("width")), top + _share(values.get("height"))
        return ((left, top), (right, bottom))
    if kind == "ellipse":
        right, bottom = left + 2 * _share(values.get("rx")), top + 2 * _share(values.get("ry"))
        return ((left, top), (right, bottom))
    if kind == "polygon":
        pairs = [pair.split(",") for pair in values.get("points", "").split()[:_MOST_POINTS]]
        return tuple((_share(p[0]), _share(p[1])) for p in pairs if len(p) == 2)
    return ()


def _share(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return min(max(number, -2.0), 3.0) if math.isfinite(number) else 0.0
