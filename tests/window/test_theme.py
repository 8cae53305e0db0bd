import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo

from desktop.decks.deck import NoteKind
from desktop.glossary.term import TermKind
from desktop.paths import resource
from desktop.window import theme
from desktop.window.colours import THEMES, contrast, mixed
from desktop.window.style_sheet import style_sheet
from desktop.window.wording import interval, reading_time

READABLE = 4.5  # WCAG 2.2, level AA for text of ordinary size


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_ground(name):
    c = THEMES[name]
    grounds = (c.window, c.sidebar, c.page, c.card, c.hover, c.accent_soft)
    for ground in grounds:
        assert contrast(c.text, ground) >= 7, ground
    for ground in (c.window, c.sidebar, c.page, c.card):
        assert contrast(c.muted, ground) >= READABLE, ground
    for ground in (c.window, c.page, c.card, c.accent_soft, c.hover):
        assert contrast(c.accent, ground) >= READABLE, ground
    assert contrast(c.text, c.evidence) >= READABLE
    assert contrast(c.text, c.found) >= READABLE
    assert contrast(c.on_accent, c.accent) >= READABLE
    assert contrast(c.good, c.card) >= READABLE
    assert contrast(c.warning, c.card) >= READABLE


@pytest.mark.parametrize("name", THEMES)
def test_every_kind_has_a_readable_chip(name):
    c = THEMES[name]
    for kind in (*TermKind, *NoteKind):
        ground = mixed(c.card, c.kinds[kind], 0.11 if not c.dark else 0.16)
        assert contrast(c.kinds[kind], ground) >= READABLE, kind


def test_contrast_is_that_of_the_recommendation():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_no_open_places(name):
    assert not re.search(r"\$\w", style_sheet(THEMES[name]))


def test_the_typefaces_of_the_page_come_with_the_program(qapp):
    theme.load_fonts()
    assert "Source Serif Pro" in QFontDatabase.families()
    assert QFontInfo(theme.serif(18)).family() == "Source Serif Pro"
    assert QFontInfo(theme.sans(14)).family() == "Source Sans Pro"


def test_a_theme_that_follows_the_system_is_one_of_ours(qapp):
    assert theme.apply_theme(qapp, "system").name in ("light", "dark")


def test_the_theme_changes_with_the_system_only_where_it_follows_it(qapp, monkeypatch):
    theme.apply_theme(qapp, "light")
    theme.follow_system(qapp)
    monkeypatch.setattr(theme, "_system_theme", lambda _app: "dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours().name == "light"
    monkeypatch.setattr(theme, "_system_theme", lambda _app: "light")
    theme.apply_theme(qapp, "system")
    monkeypatch.setattr(theme, "_system_theme", lambda _app: "dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours().name == "dark"
    theme.apply_theme(qapp, "light")


def test_every_icon_takes_the_colour_of_the_theme():
    files = sorted(resource("icons").glob("*.svg"))
    assert len(files) > 30
    for path in files:
        if path.stem != "glossator":
            assert "currentColor" in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=30), "< 1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=12), "12 days"),
        (timedelta(days=45), "1.5 months"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=800), "2.2 years"),
    ],
)
def test_intervals_fit_on_a_button(span, words):
    assert interval(span) == words


def test_reading_time_is_counted_in_minutes_and_hours():
    assert reading_time(10) == "1 min"
    assert reading_time(1150) == "5 min"
    assert reading_time(20000) == "1 h 27 min"
