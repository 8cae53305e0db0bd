"""The colours of the three themes: named by what they are for, never by their hue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours as ``#rrggbb``; text colours hold 4.5:1 on each ground they stand on."""

    name: str
    dark: bool
    window: str  # behind everything
    sidebar: str  # the rail at the left
    page: str  # the paper of the reading page
    card: str  # cards, entries, fields
    hover: str
    text: str
    muted: str  # second voice: captions, counts, hints
    line: str  # hairlines
    line_strong: str  # borders of fields and buttons
    accent: str  # rubric red: what can be done, where one is
    on_accent: str
    accent_soft: str  # ground of what is selected
    evidence: str  # ground of the sentence that a card or entry comes from
    found: str  # ground of the mention that is looked at
    good: str
    warning: str
    kinds: Mapping[str, str]  # one colour for each kind of term and note


LIGHT = Colours(
    name="light",
    dark=False,
    window="#f5f2ec",
    sidebar="#ece8df",
    page="#fffdf9",
    card="#fffdf9",
    hover="#efebe2",
    text="#23201b",
    muted="#665f54",
    line="#e4dfd4",
    line_strong="#cdc6b8",
    accent="#a43c28",
    on_accent="#ffffff",
    accent_soft="#f6e3dc",
    evidence="#fbeec2",
    found="#f7d9cf",
    good="#2c6a46",
    warning="#8a5200",
    kinds=MappingProxyType(
        {
            "person": "#9b3a2c",
            "place": "#2b6a4a",
            "organisation": "#28598a",
            "event": "#80540c",
            "work": "#6a4196",
            "concept": "#0c666f",
            "abbreviation": "#505a66",
            "word": "#75502c",
            "question": "#28598a",
            "cloze": "#6a4196",
            "term": "#0c666f",
        }
    ),
)

DARK = Colours(
    name="dark",
    dark=True,
    window="#191816",
    sidebar="#141312",
    page="#1f1d1b",
    card="#26241f",
    hover="#2d2a25",
    text="#e8e2d6",
    muted="#aaa294",
    line="#35322c",
    line_strong="#4d4840",
    accent="#ec907a",
    on_accent="#2a120c",
    accent_soft="#43291f",
    evidence="#4a3f1c",
    found="#55301f",
    good="#85c79d",
    warning="#e3b063",
    kinds=MappingProxyType(
        {
            "person": "#ef9a86",
            "place": "#88c9a2",
            "organisation": "#8dbcec",
            "event": "#dfb466",
            "work": "#c5a5ee",
            "concept": "#74c7d0",
            "abbreviation": "#b3bdc9",
            "word": "#d5af8a",
            "question": "#8dbcec",
            "cloze": "#c5a5ee",
            "term": "#74c7d0",
        }
    ),
)

SEPIA = Colours(
    name="sepia",
    dark=False,
    window="#ede3ce",
    sidebar="#e4d8bf",
    page="#f7efdd",
    card="#f9f2e3",
    hover="#e8dcc3",
    text="#35291a",
    muted="#665539",
    line="#dccfb3",
    line_strong="#c4b390",
    accent="#963420",
    on_accent="#fffaf0",
    accent_soft="#f0d9c4",
    evidence="#f3dd9d",
    found="#efcbb3",
    good="#29603f",
    warning="#7a4700",
    kinds=MappingProxyType(
        {
            "person": "#8f3322",
            "place": "#28603f",
            "organisation": "#24517d",
            "event": "#714906",
            "work": "#603a88",
            "concept": "#0a5b63",
            "abbreviation": "#48515c",
            "word": "#694522",
            "question": "#24517d",
            "cloze": "#603a88",
            "term": "#0a5b63",
        }
    ),
)

THEMES: Mapping[str, Colours] = MappingProxyType({c.name: c for c in (LIGHT, DARK, SEPIA)})


def mixed(ground: str, ink: str, share: float) -> str:
    """Return ``ground`` with ``share`` (0..1) of ``ink`` in it, as ``#rrggbb``."""
    pairs = zip(_channels(ground), _channels(ink), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1 to 21)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _channels(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
