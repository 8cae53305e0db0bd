from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Block, BlockKind, Document, Source, Span
from desktop.window.reader_view import ReaderView

_LINE = "The kiln was fired with ash wood until the glaze began to run. " * 12


def make_book(chapters: int = 4) -> Document:
    blocks: list[Block] = []
    for number in range(chapters):
        name = f"Firing {number + 1}"
        blocks.append(Block(len(blocks), BlockKind.HEADING, name, level=1))
        for _ in range(30):
            blocks.append(Block(len(blocks), BlockKind.PARAGRAPH, _LINE.strip()))
    return Document(
        title="Kilns", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("kilns.txt", "0" * 64, "txt"), blocks=tuple(blocks),
    )  # fmt: skip


@pytest.fixture
def book() -> Document:
    return make_book()


@pytest.fixture
def page(qtbot, book) -> ReaderView:
    view = ReaderView()
    qtbot.addWidget(view)
    view.resize(760, 600)
    view.show_document(book)
    view.show()
    qtbot.waitExposed(view)
    return view


def in_view(page: ReaderView, span: Span) -> bool:
    return 0 <= page.position_of(span).top() < page.viewport().height()


def test_one_chapter_alone_is_set(page, book):
    assert len(page.chapters) == 4
    assert page.document().blockCount() == 31
    page.turn_chapter(1)
    assert page.document().blockCount() == 31
    assert page.document().firstBlock().text() == "Firing 2"
    assert page.place()[0] == 31


def test_a_place_in_a_later_chapter_is_shown_and_kept(page, book, qtbot):
    page.show_document(book, (100, 40))
    assert page.chapter == 3
    assert page.place()[0] == 100
    page.change_size(3)
    assert page.place()[0] == 100


def test_a_sentence_of_another_chapter_is_lit_there(page):
    span = Span(110, 0, 20)
    page.show_evidence(span)
    assert page.chapter == 3
    assert in_view(page, span)
    assert page.extraSelections()[0].cursor.selectedText() == _LINE[:20]
    page.turn_chapter(-1)
    assert page.extraSelections() == []
    page.turn_chapter(1)
    assert len(page.extraSelections()) == 1


def test_terms_are_found_in_each_chapter(page, qtbot):
    mentions = (Span(1, 4, 8), Span(95, 4, 8))
    term = Term(
        "kiln", TermKind.CONCEPT, (), 1.0,
        Definition("an oven for pots", DefinitionSource.DICTIONARY), mentions,
    )  # fmt: skip
    page.set_glossary(Glossary("Kilns", "0" * 64, (term,)))
    page.show_mention(mentions[1])
    assert page.indices_on_show() == [0]
    assert page.page_geometry.pieces(mentions[1])
    assert page.page_geometry.pieces(mentions[0]) == ()
    with qtbot.waitSignal(page.term_activated):
        point = page.position_of(mentions[1]).center() + QPoint(6, 0)
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page.last_activated == mentions[1]


def test_a_selection_names_the_block_of_the_whole_text(page):
    page.turn_chapter(2)
    cursor = page.textCursor()
    cursor.setPosition(page._typesetter.position(63, 4))
    cursor.setPosition(page._typesetter.position(63, 8), cursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    assert page.selected_span() == Span(63, 4, 8)


def test_space_turns_at_the_end_and_back_at_the_beginning(page):
    page.setFocus()
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert page.chapter == 1
    assert bar.value() == 0
    QTest.keyClick(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.chapter == 0
    assert bar.value() == bar.maximum()


def test_the_buttons_name_and_turn_to_the_chapters_around(page):
    turners = page._turners
    assert not turners.previous.isVisible()
    assert turners.next.text() == "Next chapter: Firing 2"
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.viewport().rect().contains(turners.next.geometry())
    QTest.mouseClick(turners.next, Qt.MouseButton.LeftButton)
    assert page.chapter == 1
    assert turners.previous.isVisible()
    page.turn_chapter(2)
    assert not turners.next.isVisible()
    assert not page.turn_chapter(1)


def test_a_wheel_turns_after_a_rest_at_the_end(page, qtbot):
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() - 1)

    def wheel() -> None:
        middle = QPointF(200, 200)
        event = QWheelEvent(
            middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(page.viewport(), event)

    wheel()
    wheel()  # the same swing
    assert page.chapter == 0
    qtbot.wait(400)
    wheel()
    assert page.chapter == 1


def test_what_was_read_is_told_of_the_whole_book(page, book):
    assert page.fraction() < 0.2
    page.turn_chapter(2)
    assert 0.5 < page.fraction() < 0.6
    page.turn_chapter(1, at_end=True)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.fraction() == 1.0
    last = len(book.blocks) - 1
    assert page.end_place() == (last, len(book.blocks[last].text))
    page.turn_chapter(-1, at_end=True)
    assert page.end_place()[0] == page.chapters[2].stop - 1


def test_a_text_without_blocks_is_an_empty_page(page, book):
    page.show_document(replace(book, blocks=()))
    assert page.place() == page.end_place() == (0, 0)
