"""The visual language: spaces, type sizes, fonts and the active colours, given to Qt as a whole.

The theme belongs to the application, as Qt's palette does: ``apply_theme`` sets the style, the
palette and the style sheet, and widgets that paint for themselves ask ``colours()`` when they do.
"""

from __future__ import annotations

import functools
import importlib.util
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.paths import resource
from desktop.window.colours import LIGHT, THEMES, Colours
from desktop.window.style_sheet import style_sheet

#: Distances in pixels; everything in the window stands on this scale.
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL, SPACE_XXL = 4, 8, 12, 16, 24, 40

#: Type sizes of the interface in pixels (the reading page has a size of its own, in points).
TYPE_TINY, TYPE_SMALL, TYPE_BASE, TYPE_LARGE, TYPE_TITLE, TYPE_DISPLAY = 11, 13, 14, 16, 22, 30

RADIUS = 8

_SERIF = ("Source Serif Pro", "Source Serif 4", "Charter", "Iowan Old Style", "Georgia",
          "Noto Serif", "DejaVu Serif")  # fmt: skip
_SANS = ("Source Sans Pro", "Source Sans 3", "Inter", "Segoe UI", "Helvetica Neue",
         "Noto Sans", "DejaVu Sans")  # fmt: skip
_MONO = ("Source Code Pro", "Menlo", "Consolas", "DejaVu Sans Mono")

# The packages that carry the fonts; looked up, not imported: their import lists every file.
_FONT_FILES = {
    "font_source_serif_pro": ("SourceSerifPro", ("Regular", "It", "Semibold", "Bold")),
    "font_source_sans_pro": ("SourceSansPro", ("Regular", "It", "Semibold")),
}

_active = LIGHT
_wanted = ""  # the theme that was asked for, "system" among them


def colours() -> Colours:
    """Return the colours of the active theme."""
    return _active


def load_fonts() -> None:
    """Make the fonts that come with the program known to Qt; without them others stand in."""
    for package, (family, faces) in _FONT_FILES.items():
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        folder = Path(spec.submodule_search_locations[0]) / "files"
        for face in faces:
            QFontDatabase.addApplicationFont(str(folder / f"{family}-{face}.ttf"))


def apply_theme(app: QApplication, name: str) -> Colours:
    """Dress the application in the theme ``name`` (``"system"`` follows the desktop)."""
    global _active, _wanted
    _wanted = name
    _active = THEMES[_system_theme(app) if name == "system" else name]
    app.setFont(sans(TYPE_BASE))
    app.setPalette(_palette(_active))
    app.setStyleSheet(style_sheet(_active, _pictures(_active)))
    return _active


def follow_system(app: QApplication) -> None:
    """Change between light and dark with the desktop, as long as that is the reader's choice."""

    def changed(_scheme: object) -> None:
        if _wanted == "system" and THEMES[_system_theme(app)] is not _active:
            apply_theme(app, "system")

    app.styleHints().colorSchemeChanged.connect(changed)


def serif(size: float, *, weight: QFont.Weight = QFont.Weight.Normal, family: str = "") -> QFont:
    """Return the text face at ``size`` pixels; ``family`` is the reader's own choice."""
    font = QFont([family, *_SERIF] if family else list(_SERIF))
    font.setPixelSize(round(size))
    font.setWeight(weight)
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


def sans(size: float, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface face at ``size`` pixels."""
    font = QFont(list(_SANS))
    font.setPixelSize(round(size))
    font.setWeight(weight)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def mono(size: float) -> QFont:
    """Return the face for code at ``size`` pixels."""
    font = QFont(list(_MONO))
    font.setPixelSize(round(size))
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def small_capitals(size: float) -> QFont:
    """Return spaced capitals at ``size`` pixels, for kickers and the heads of groups."""
    font = sans(size, weight=QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 108)
    return font


def _pictures(c: Colours) -> dict[str, str]:
    """Return the files of the style sheet's few pictures, tinted, in a folder of this process."""
    folder = Path(_folder().name)
    files = {}
    for role, name, colour in (
        ("arrow_down", "down", c.muted),
        ("arrow_up", "up", c.muted),
        ("tick", "accept", c.on_accent),
    ):
        path = folder / f"{name}-{c.name}.svg"
        source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        path.write_text(source.replace("currentColor", colour), encoding="utf-8")
        files[role] = path.as_posix()
    return files


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="glossator-")


def _system_theme(app: QApplication) -> str:
    scheme = app.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _palette(c: Colours) -> QPalette:
    """Return the Qt palette; the style sheet does the rest, but not for every widget."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.card),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.Button, c.card),
        (role.ButtonText, c.text),
        (role.BrightText, c.on_accent),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.ToolTipBase, c.card),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.muted),
        (role.Light, c.card),
        (role.Midlight, c.hover),
        (role.Mid, c.line_strong),
        (role.Dark, c.line_strong),
        (role.Shadow, c.line_strong),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(c.muted))
    return palette
