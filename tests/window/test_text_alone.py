import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.window.rail import Page


@pytest.fixture
def window(reader):
    shown = reader.open()
    shown.reading_page.pane.show()
    return shown


def test_nothing_but_the_text_is_shown_until_escape(window):
    page = window.reading_page
    QTest.keyClick(window.reader, Qt.Key.Key_F8)
    assert window.rail.isHidden()
    assert page.pane.isHidden()
    assert page.progress.isHidden()
    assert window.reader.isVisible()
    assert window.kept_state()["pane"] is True  # the next start isn't without a pane
    QTest.keyClick(window.reader, Qt.Key.Key_Escape)
    assert not window.rail.isHidden()
    assert not page.pane.isHidden()
    assert not page.progress.isHidden()


def test_another_page_brings_the_window_back(window):
    window.toggle_text_alone()
    window.go_to(Page.LIBRARY)
    assert not window.rail.isHidden()
    assert window.text_alone is None


def test_the_time_left_falls_to_nothing_at_the_end(window):
    reader, left = window.reader, window.reading_page.left
    reader.tell_place()
    first = reader.minutes_left()
    assert first > 2
    assert left.text() == f"{first} min left"
    bar = reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    reader.tell_place()
    assert left.text() == ""
    window.reading_page.show_fraction(0.1, 150)
    assert left.text() == "2 h 30 min left"
