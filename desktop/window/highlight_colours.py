"""The colours of highlights in each theme: a ground for the text, an ink for what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.window import theme
from desktop.window.colours import mixed

#: As they are called in the window.
NAMES = {name: name.capitalize() for name in HIGHLIGHT_COLOURS}


@dataclass(frozen=True, slots=True)
class HighlightColour:
    """``ground`` stands under the text, which stays readable on it; ``ink`` stands on the page."""

    ground: str
    ink: str

    @property
    def strong(self) -> str:
        """The colour of a bar or a disc that stands for the highlight."""
        return mixed(self.ground, self.ink, 0.45)


def _of(**pairs: tuple[str, str]) -> Mapping[str, HighlightColour]:
    return MappingProxyType({name: HighlightColour(*pair) for name, pair in pairs.items()})


_THEMES = {
    "light": _of(
        yellow=("#fdf0a6", "#8a6a00"),
        green=("#d8f0cd", "#2f7038"),
        blue=("#d4e8fa", "#2a629b"),
        pink=("#fbdbe4", "#a63b62"),
        violet=("#e7ddf8", "#6c48a8"),
    ),
    "sepia": _of(
        yellow=("#f5e28e", "#735600"),
        green=("#d5e4b4", "#35632c"),
        blue=("#cfe0e3", "#29557f"),
        pink=("#f4d0cf", "#93324f"),
        violet=("#e3d3e6", "#5f3f92"),
    ),
    "dark": _of(
        yellow=("#403812", "#e3c75c"),
        green=("#1e3f26", "#86cf92"),
        blue=("#1d3b54", "#8abdee"),
        pink=("#5a2a3d", "#f19cb6"),
        violet=("#3f305b", "#c2a6f0"),
    ),
}


def highlight_colour(name: str, theme_name: str | None = None) -> HighlightColour:
    """Return a colour in a theme, the present one by default; the first for one of a newer file."""
    colours = _THEMES[theme_name or theme.colours().name]
    return colours.get(name, colours[HIGHLIGHT_COLOURS[0]])
