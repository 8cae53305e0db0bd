"""Soft hyphens are the page's own: places, copies and searches know nothing of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.reading.document import BlockKind, Mark, MarkKind
from desktop.window import theme
from desktop.window.set_page import ReadingStyle, SetPage
from desktop.window.set_text import SOFT_HYPHEN, SetBlock, units
from desktop.window.table_setting import column_stops
from desktop.window.typesetting import PageStyle, Typesetter
from tests.documents import document_of

LONG = (
    "Contemporaries counterfeited the incomprehensibly large quantities of evaporated salt, "
    "notwithstanding the thoroughness of the administration. "
) * 4

WORDS = st.lists(
    st.sampled_from(["evaporation", "𝔖alt", "administration", "of", "naïveté", "thoroughness,"]),
    max_size=12,
).map(" ".join)


@given(WORDS, st.integers(0, 7))
def test_every_offset_has_a_position_and_every_position_its_offset(text, start):
    block = SetBlock(start, text, "en")
    raw = block.set_text()
    assert raw.replace(SOFT_HYPHEN, "") == text
    for offset in range(len(text) + 1):
        position = block.position(offset)
        assert block.offset(position) == offset
        before = raw.encode("utf-16-le")[: 2 * (position - start)].decode("utf-16-le")
        assert before.replace(SOFT_HYPHEN, "") == text[:offset]
    for position in range(start, start + units(raw) + 1):
        assert 0 <= block.offset(position) <= len(text)


@pytest.fixture
def page(qtbot):
    document = document_of(LONG, LONG, title=None)
    page = SetPage()
    qtbot.addWidget(page)
    page.resize(420, 600)
    page.show()
    qtbot.waitExposed(page)
    page.set_reading_style(ReadingStyle(justified=True))
    page.show_document(document)
    return page


def test_words_are_broken_on_the_page(page):
    raw = page.document().toRawText()
    assert SOFT_HYPHEN in raw
    block = page.document().firstBlock()
    lines = [block.layout().lineAt(at) for at in range(block.layout().lineCount())]
    ends = [raw[line.textStart() + line.textLength() - 1] for line in lines]
    assert SOFT_HYPHEN in ends


def test_what_is_copied_is_the_text_of_the_document(page):
    cursor = QTextCursor(page.document())
    cursor.select(QTextCursor.SelectionType.Document)
    page.setTextCursor(cursor)
    page.copy()
    copied = QApplication.clipboard().mimeData()
    assert copied.text() == f"{LONG}\n{LONG}"
    assert SOFT_HYPHEN not in copied.html()
    assert "&shy;" not in copied.html()


def test_words_are_found_whole_and_selected_where_they_stand(page):
    cursor = page.document().find("incomprehensibly large")
    page.setTextCursor(cursor)
    span = page.selected_span()
    assert LONG[span.start : span.end] == "incomprehensibly large"
    assert page.place_at(QPoint(2, 60))[0] == 0


def test_marks_stand_on_their_words():
    at = LONG.index("quantities")
    mark = Mark(at, at + 10, MarkKind.STRONG)
    document = document_of(LONG, title=None, marks={0: (mark,)})
    target = QTextDocument()
    Typesetter(document, PageStyle(18, "", 300, justified=True)).set_into(target)
    bold = ""
    block = target.firstBlock().begin()
    while not block.atEnd():
        if block.fragment().charFormat().fontWeight() > 400:
            bold += block.fragment().text()
        block += 1
    assert bold.replace(SOFT_HYPHEN, "") == "quantities"


def test_a_ragged_page_is_set_as_it_is_written(page):
    page.set_reading_style(ReadingStyle(justified=False))
    assert SOFT_HYPHEN not in page.document().toRawText()


def test_narrow_lines_keep_a_ragged_edge_and_wide_ones_an_even_one(page, qtbot):
    def even() -> bool:
        alignment = page.document().firstBlock().blockFormat().alignment()
        return bool(alignment & Qt.AlignmentFlag.AlignJustify)

    assert not even()
    page.resize(1000, 600)
    qtbot.waitUntil(even)
    page.resize(420, 600)
    qtbot.waitUntil(lambda: not even())


def test_the_columns_of_a_table_stand_below_each_other(qapp):
    text = "Year\tPrice a bushel\tDuty\n1694\t1s 3d\t3d\n1702\t2s 6d\t10d"
    document = document_of(title=None, frame=((BlockKind.TABLE, text),))
    target = QTextDocument()
    Typesetter(document, PageStyle(18, "", 600)).set_into(target)
    target.setTextWidth(600)
    target.documentLayout().documentSize()
    layout = target.firstBlock().layout()
    raw = target.firstBlock().text()
    lefts = []
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        begin, end = line.textStart(), line.textStart() + line.textLength()
        tabs = [place for place in range(begin, end) if raw[place] == "\t"]
        lefts.append([round(line.cursorToX(place + 1)[0]) for place in tabs])
    assert len(lefts) == 3
    assert lefts[0] == lefts[1] == lefts[2]


def test_a_table_that_is_too_wide_gets_its_share_of_the_page(qapp):
    rows = [["word " * 40, "word " * 20, "x"]]
    stops = column_stops(rows, theme.sans(14), 300)
    assert len(stops) == 2
    assert 0 < stops[0] < stops[1] <= 300
    assert column_stops([["alone"]], theme.sans(14), 300) == []


def test_a_language_with_many_patterns_is_broken_once_they_are_read(qtbot):
    text = "Kontrabassklarinettenmundstücke und Donaudampfschifffahrt. " * 20
    page = SetPage()
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    page.show_document(replace(document_of(text, title=None), language="de"))
    qtbot.waitUntil(lambda: SOFT_HYPHEN in page.document().toRawText())
