"""Sentences with cards are marked beside the text, and the marks lead to the cards."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.library.decks import NoteStatus
from desktop.study.card import Rating
from desktop.window.card_margin import MarkState
from desktop.window.reading_page import CARDS


@pytest.fixture
def margin(window, qtbot):
    qtbot.waitUntil(lambda: bool(window.card_margin.marks))
    window.reader.setFocus()
    QApplication.processEvents()
    return window.card_margin


def test_every_sentence_with_a_card_has_one_mark(margin, window):
    spans = {r.note.evidence.span for r in window.text_cards_view.model.records}
    assert [mark.span for mark in margin.marks] == sorted(spans)
    assert {mark.state for mark in margin.marks} == {MarkState.PROPOSED}


def test_the_strip_stands_between_the_edge_and_the_text(margin, window):
    strip, page = margin.geometry(), window.reader.viewport().geometry()
    assert strip.left() >= 0
    assert strip.right() < page.left()
    assert strip.height() == page.height()


def test_a_bar_stands_beside_its_sentence(margin, window):
    window.reader.show_evidence(margin.marks[0].span)
    mark, box = next((m, b) for m, b in margin.bars() if m == margin.marks[0])
    top = window.reader.position_of(mark.span).top()
    assert abs(box.top() - top) < 30
    image = QImage(margin.size(), QImage.Format.Format_RGB32)
    margin.render(image)
    x = round(box.right()) - 4
    inside = {image.pixel(x, y) for y in range(round(box.top()), round(box.bottom()))}
    assert len(inside) > 1  # something is painted there


def test_bars_do_not_overlap(margin, window):
    for mark in margin.marks:
        window.reader.show_evidence(mark.span)
        boxes = sorted((box for _m, box in margin.bars()), key=lambda b: b.top())
        for one, other in itertools.pairwise(boxes):
            assert one.bottom() <= other.top() + 6.0


def test_the_marks_follow_what_becomes_of_the_cards(margin, window, reader, qtbot):
    first = margin.marks[0]
    window.cards.accept(first.note_ids)
    qtbot.waitUntil(lambda: margin.marks[0].state is MarkState.ACCEPTED)
    records = reader.ask(lambda ws: ws.cards())
    card = next(r.card for r in records if r.note.id == first.note_ids[0])
    reader.ask(lambda ws: ws.answer(card.id, Rating.GOOD))
    qtbot.waitUntil(lambda: margin.marks[0].state is MarkState.STUDIED)
    window.cards.refuse(first.note_ids)
    qtbot.waitUntil(lambda: margin.marks[0].span != first.span)


def test_a_click_opens_the_cards_whatever_is_filtered(margin, window):
    window.text_cards_view.search.setText("nothing has this")
    window.reader.show_evidence(margin.marks[0].span)
    mark, box = next((m, b) for m, b in margin.bars() if m == margin.marks[0])
    at = QPoint(8, round(box.center().y()))
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=at)
    assert window.reading_page.tabs.choice == CARDS
    assert window.text_cards_view.current_id() == mark.note_ids[0]
    assert window.reader.lit == [mark.span]


def test_the_pointer_is_told_which_cards(margin, window, qtbot):
    window.reader.show_evidence(margin.marks[0].span)
    mark, box = next((m, b) for m, b in margin.bars() if m == margin.marks[0])
    at = QPoint(8, round(box.center().y()))
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, margin.mapToGlobal(at))
    QApplication.sendEvent(margin, event)
    assert mark.records[0].note.front[:30] in QToolTip.text()


def test_keys_go_from_card_to_card_in_the_text(margin, window):
    seen = []
    for _ in range(3):
        QTest.keyClick(window.reader, Qt.Key.Key_C)
        seen.append(window.reader.lit[0])
    assert seen == [mark.span for mark in margin.marks[:3]]
    note = window.text_cards_view.model.shown[window.text_cards_view.list.currentIndex().row()]
    assert note.note.evidence.span == seen[-1]
    QTest.keyClick(window.reader, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.lit[0] == seen[1]
    assert window.reader.hasFocus() or QApplication.focusWidget() is None


def test_another_text_has_no_marks_of_this_one(margin, window, tmp_path, qtbot):
    path = tmp_path / "short.txt"
    path.write_text("A Short Text\n\nThe gloss is older than print. It stood in the margin.")
    with qtbot.waitSignal(window.desk.opened):
        window.open_files([path])
    qtbot.waitUntil(lambda: not margin.marks)
    assert all(r.status is NoteStatus.PROPOSED for r in window.all_cards_view.model.records)
