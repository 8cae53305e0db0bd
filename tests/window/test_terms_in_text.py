"""Marks, hints, tints and the card: what the page tells of its terms, by pointer and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.reading.document import Span
from desktop.window import theme
from desktop.window.mention_index import MentionIndex
from desktop.window.reader_view import ReaderView
from desktop.window.set_page import ReadingStyle
from desktop.window.term_marks import TermLook, Tint, mark_pen, tint_of
from desktop.window.word_hints import Hint, hints_in, set_hints
from tests.glossary.factory import document, glossary, spans

STAVE = spans("stave")[0]


@pytest.fixture
def page(qtbot) -> ReaderView:
    view = ReaderView()
    qtbot.addWidget(view)
    view.resize(760, 500)
    view.show_document(document())
    view.set_glossary(glossary())
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    return view


def drawn(page: ReaderView) -> bytes:
    QApplication.processEvents()
    image = page.viewport().grab().toImage()
    return bytes(image.constBits())


def test_marks_leave_the_text_as_it_is(page):
    html, plain = page.document().toHtml(), page.toPlainText()
    before = drawn(page)
    page.set_look(TermLook(marks=False))
    assert drawn(page) != before
    assert (page.document().toHtml(), page.toPlainText()) == (html, plain)


def test_a_mark_stands_under_its_word(page):
    piece = page._geometry.pieces(STAVE)[0]
    rect = page.position_of(STAVE)
    assert abs(page._geometry.top_of(0) + piece.top - rect.top()) <= 1
    assert abs(piece.left - rect.left()) <= 1
    assert piece.right > piece.left


def test_known_terms_and_unwanted_kinds_are_not_marked(page):
    page.set_known(frozenset({"stave"}))
    assert page.term_at(0, STAVE.start) is None
    page.set_known(frozenset())
    page.set_look(TermLook(unmarked=frozenset({"person"})))
    assert page.term_at(0, STAVE.start) == 0
    lind = spans("Maria Lind")[0]
    assert page.term_at(0, lind.start) is None


def test_tab_steps_through_what_is_on_show_and_then_leaves_the_page(page, qtbot):
    QTest.keyClick(page, Qt.Key.Key_Tab)
    card = page._hover_card
    assert card.isVisible()
    assert "stave" in card.words()
    assert "likely sense" in card.words()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert "Maria Lind" in card.words()
    QTest.keyClick(page, Qt.Key.Key_Backtab)
    assert "stave" in card.words()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not card.isVisible()
    steps = 0
    while page.step_term(True):
        steps += 1
    every = [mention for block in range(20) for mention in page._index.in_block(block)]
    height = page.viewport().height() - 8
    assert steps == len([m for m in every if page.position_of(m[0]).top() < height])
    assert not card.isVisible()


def test_enter_opens_the_entry_that_the_keys_have_come_to(page, qtbot):
    page.step_term(True)
    with qtbot.waitSignal(page.term_activated) as heard:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert heard.args == [0]
    assert page.last_activated == STAVE


def test_a_selection_over_a_term_opens_nothing(page, qtbot):
    begin = page.position_of(STAVE).center()
    end = page.position_of(Span(0, STAVE.end, STAVE.end)).center()
    with qtbot.assertNotEmitted(page.term_activated):
        QTest.mousePress(page.viewport(), Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(page.viewport(), end)
        QTest.mouseRelease(page.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert page.textCursor().selectedText() == "stave"


def test_a_click_beside_a_term_opens_nothing(page, qtbot):
    last = page.position_of(spans("A croze")[0])
    with qtbot.assertNotEmitted(page.term_activated):
        QTest.mouseClick(
            page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(last.left() + 2, last.top() - 6)
        )


def test_the_card_tells_no_more_than_the_text_so_far(page):
    page.set_reach((0, 10))
    croze = spans("croze")[0]
    page._show_card(croze, 1)
    assert "No definition found" in page._hover_card.words()
    page.set_reach(None)
    page._show_card(croze, 1)
    assert "cuts the groove" in page._hover_card.words()


# -- hints


def test_hints_stand_above_hard_words_and_leave_the_text_alone(page):
    plain = page.toPlainText()
    page.set_reading_style(ReadingStyle(hints=True))
    page.set_look(TermLook(hints=True))
    without = drawn(page)
    assert [h.text for h in hints_in(page._index, 0)] == ["slat ?"]
    assert hints_in(page._index, 1)[0].span.block == 1
    page.set_look(TermLook(hints=False))
    assert drawn(page) != without
    page.selectAll()
    assert page.textCursor().selectedText().replace("\u2029", "\n") == plain


def test_with_hints_the_lines_leave_room(page):
    before = page.document().size().height()
    page.set_reading_style(ReadingStyle(hints=True))
    assert page.document().size().height() > before * 1.03


def test_of_hints_that_would_overlap_the_harder_word_keeps_its_own(page):
    text = document().blocks[0].text
    first, second = Span(0, 4, 10), Span(0, 11, 15)  # neighbours on one line
    assert text[4:15] == "cooper bent"
    long = "a rather long gloss"
    font = theme.sans(12)
    placed = set_hints([Hint(first, long, 0.2), Hint(second, "curved", 0.9)], page._geometry, font)
    assert [hint.text for hint in placed] == ["curved"]
    apart = [Hint(Span(0, 0, 3), "a", 0.2), Hint(Span(0, 30, 34), "b", 0.1)]
    assert [hint.text for hint in set_hints(apart, page._geometry, font)] == ["a", "b"]


def test_a_hint_stays_within_the_page(page):
    font = theme.sans(12)
    placed = set_hints([Hint(Span(0, 0, 3), "a rather long gloss", 1)], page._geometry, font)
    assert placed[0].x == 0


# -- memory


def test_what_fades_differs_in_form_not_only_in_colour():
    stave = glossary().terms[0]
    assert tint_of(stave, {}, 0.9) is Tint.NONE
    assert tint_of(stave, {"stave": 0.5}, 0.9) is Tint.FADING
    assert tint_of(stave, {"stave": 0.95}, 0.9) is Tint.KNOWN
    forms = {(pen.style(), tuple(pen.dashPattern()), pen.widthF())
             for pen in (mark_pen("word", tint) for tint in Tint)}  # fmt: skip
    assert len(forms) == 3


def test_tints_show_on_the_page_and_in_the_card(page):
    plain = drawn(page)
    page.set_memory({"stave": 0.4})
    assert drawn(page) != plain
    page.step_term(True)
    assert "fading from memory" in page._hover_card.words()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.set_look(TermLook(tints=False))
    assert drawn(page) == plain


# -- the index


def test_the_longer_of_two_mentions_wins():
    terms = glossary().terms
    inner = replace(terms[0], term="Lind", mentions=(spans("Lind")[0],))
    index = MentionIndex(document(), (inner, terms[2]))
    lind = spans("Lind")[0]
    assert index.at(0, lind.start)[1] == 1
    index.choose(lambda number: number == 0)
    assert index.at(0, lind.start)[1] == 0
    assert index.in_block(500) == ()


def test_a_stop_outlasts_a_new_glossary_that_still_has_the_term(page):
    page.step_term(True)
    terms = glossary().terms
    page.set_glossary(replace(glossary(), terms=(terms[3], terms[1], terms[0])))
    assert page._hover_card.isVisible()
    assert page._stop.term == 2
    page.set_glossary(replace(glossary(), terms=terms[1:]))
    assert page._stop is None
    assert not page._hover_card.isVisible()
