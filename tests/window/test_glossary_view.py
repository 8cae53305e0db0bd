"""The glossary beside the text: groups, search, what is on the page, as far as read."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.glossary.term import Glossary
from desktop.window.glossary_list import INDEX_ROLE
from desktop.window.glossary_view import GlossaryView
from tests.glossary.factory import document, glossary, spans


@pytest.fixture
def view(qtbot) -> GlossaryView:
    one = GlossaryView()
    qtbot.addWidget(one)
    one.resize(420, 640)
    one.show_glossary(glossary(), document())
    one.show()
    qtbot.waitExposed(one)
    return one


def rows(view: GlossaryView) -> list[str]:
    return [view.model.index(row).data() for row in range(view.model.rowCount())]


def test_entries_can_be_grouped_by_kind_with_heads(view):
    view.controls.order.setCurrentText("Kind")
    assert rows(view) == [
        "People · 1", "Maria Lind", "Organisations · 1", "Harbour Guild", "Concepts · 1", "croze",
        "Words · 2", "stave", "rye",
    ]  # fmt: skip
    assert not view.model.flags(view.model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    view.search.setFocus()
    QTest.keyClick(view.search, Qt.Key.Key_Down)
    assert view.list.currentIndex().data() == "Maria Lind"
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert view.list.currentIndex().data() == "Harbour Guild"  # over the head
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert view.entry.term.term == "Harbour Guild"


def test_the_search_finds_inflected_forms_and_meanings(view):
    view.search.setText("staves")
    assert rows(view) == ["stave"]
    view.search.setText("cereals")
    assert rows(view) == ["rye"]
    view.search.setText("zzz")
    assert view.empty.isVisible()


def test_what_is_on_the_page_comes_first_and_the_rest_after_it(view):
    view.controls.follow.setChecked(True)
    view.show_on_page([3, 1], (2, 0))
    assert rows(view) == [
        "On this page · 2", "Harbour Guild", "croze", "Elsewhere · 3", "stave", "Maria Lind", "rye",
    ]  # fmt: skip
    view.show_on_page([], (40, 0))
    assert rows(view) == [t.term for t in glossary().terms]


def test_the_list_stays_as_it_is_while_it_has_the_focus(view, qtbot):
    view.controls.follow.setChecked(True)
    view.show_on_page([1], (1, 0))
    view.activateWindow()
    view.list.setFocus()
    qtbot.waitUntil(view.list.hasFocus)
    before = rows(view)
    view.show_on_page([3], (2, 0))
    assert rows(view) == before
    view.search.setFocus()
    qtbot.waitUntil(lambda: rows(view)[1] == "Harbour Guild")


def test_without_the_switch_the_list_doesn_t_move(view):
    before = rows(view)
    view.show_on_page([3], (2, 0))
    assert rows(view) == before


def test_the_guard_keeps_to_what_was_read(view):
    view.set_reach((0, len("The cooper bent each stave over")))
    assert rows(view) == ["stave"]
    assert view.controls.summary.text() == "1 entry so far"
    assert view.kinds._buttons["person"].isHidden()
    view.search.setText("Guild")
    assert rows(view) == []
    view.search.clear()
    view.show_entry(0)
    assert len(view.entry.term.mentions) == 1
    view.show_entry(3)
    assert view.entry.term.term == "stave"
    view.set_reach(None)
    assert len(rows(view)) == 5


def test_the_guard_is_asked_for_by_a_switch(view, qtbot):
    with qtbot.waitSignal(view.guard_changed) as heard:
        QTest.mouseClick(view.controls.guard, Qt.MouseButton.LeftButton)
    assert heard.args == [True]


def test_more_terms_leave_the_reader_where_they_are(view):
    many = tuple(glossary().terms) * 30
    view.show_glossary(Glossary("Staves", "0" * 64, many), view._document)
    view.list.verticalScrollBar().setValue(900)
    QApplication.processEvents()
    top = view.list.indexAt(QPoint(8, 2))
    at = top.data(INDEX_ROLE), view.list.visualRect(top).top()
    more = (*many[:-1], *glossary().terms)
    view.show_glossary(Glossary("Staves", "0" * 64, more), view._document)
    top = view.list.indexAt(QPoint(8, 2))
    assert (top.data(INDEX_ROLE), view.list.visualRect(top).top()) == at


# -- the entry


def test_the_strip_shows_where_the_term_stands_and_leads_there(view, qtbot):
    view.show_entry(1)
    mentions = view.entry.term.mentions
    strip = view.entry._mentions.strip
    assert len(strip.ticks) == len(mentions) == 2
    assert 0 < strip.ticks[0] < strip.ticks[1] < 0.2
    assert "2 places" in strip.accessibleName()
    place = QPoint(round(strip.x_of(strip.ticks[1])), 15)
    with qtbot.waitSignal(view.mention_wanted) as heard:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == [mentions[1]]
    assert "at 2 of 2" in strip.accessibleName()
    with qtbot.waitSignal(view.mention_wanted) as heard:
        QTest.keyClick(strip, Qt.Key.Key_Left)
    assert heard.args == [mentions[0]]
    before = strip.grab().toImage()
    view.show_on_page([], (40, 3))
    assert strip.grab().toImage() != before  # the reader's own place has moved


def test_mentions_come_with_their_words_and_in_portions(view, qtbot):
    view.show_entry(4)
    listed = view.entry._mentions
    assert len(listed.passages) == 8
    assert "held rye" in listed.passages[0].accessibleName()
    QTest.mouseClick(listed.more, Qt.MouseButton.LeftButton)
    assert len(listed.passages) == 16
    with qtbot.waitSignal(view.mention_wanted) as heard:
        listed.passages[14].click()
    assert heard.args == [spans("rye")[14]]


def test_a_doubtful_sense_is_shown_as_doubt_and_another_can_be_chosen(view, qtbot):
    from desktop.window.senses_box import SensesBox

    view.show_entry(0)
    box = view.entry.findChild(SensesBox)
    assert box.box.isVisible()
    with qtbot.waitSignal(view.entry.sense_chosen) as heard:
        box.choices[1].click()
    assert heard.args == [view.entry.term, "a staff in music"]
