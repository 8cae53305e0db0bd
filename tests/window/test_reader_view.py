import http.server
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.reading.document import (
    Block,
    BlockKind,
    Document,
    Mark,
    MarkKind,
    Picture,
    Source,
    Span,
)
from desktop.window.reader_view import ReaderView
from desktop.window.set_text import SOFT_HYPHEN
from desktop.window.term_marks import TermLook


def document_of(*blocks: Block, pictures: tuple[Picture, ...] = ()) -> Document:
    return Document(
        title="T", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("t.txt", "0" * 64, "txt"), blocks=blocks, pictures=pictures,
    )  # fmt: skip


@pytest.fixture
def page(qtbot, essay, analysed) -> ReaderView:
    view = ReaderView()
    qtbot.addWidget(view)
    view.resize(760, 700)
    view.show_document(essay)
    view.set_glossary(analysed.glossary)
    view.show()
    qtbot.waitExposed(view)
    return view


def first_marked(page: ReaderView, essay, analysed) -> tuple[int, Span]:
    """The first mention in the text that is a link, and the index of its term."""
    for block in essay.blocks:
        for offset in range(len(block.text)):
            index = page.term_at(block.index, offset)
            if index is not None:
                mention = next(
                    m for m in analysed.glossary.terms[index].mentions
                    if m.block == block.index and m.start == offset
                )  # fmt: skip
                return index, mention
    raise AssertionError("no term is marked")


def test_every_block_stands_on_the_page_to_the_letter(page, essay):
    for block in essay.blocks:
        if block.kind is BlockKind.FIGURE:
            continue
        start = page._typesetter.position(block.index, 0)
        there = page.document().findBlock(start).text()
        assert there.replace(SOFT_HYPHEN, "") == block.text


def test_a_click_on_a_term_asks_for_its_entry(page, qtbot, essay, analysed):
    index, mention = first_marked(page, essay, analysed)
    place = page.position_of(mention).center() + QPoint(6, 0)
    with qtbot.waitSignal(page.term_activated) as heard:
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == [index]
    assert page.last_activated == mention


def test_tab_and_enter_do_what_a_click_does(page, qtbot, essay, analysed):
    index, mention = first_marked(page, essay, analysed)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.term_activated) as heard:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert heard.args == [index]
    assert page.last_activated == mention


def test_a_new_glossary_takes_the_place_of_the_marks(page, essay, analysed):
    fewer = replace(analysed.glossary, terms=analysed.glossary.terms[:1])
    page.set_glossary(fewer)
    found = {
        page.term_at(block.index, offset)
        for block in essay.blocks
        for offset in range(len(block.text))
    }
    assert found == {0, None}


def test_the_marks_can_be_switched_off(page, essay, analysed):
    _index, mention = first_marked(page, essay, analysed)
    page.set_look(TermLook(marks=False))
    assert page.term_at(mention.block, mention.start) is None
    page.set_look(TermLook())
    assert page.term_at(mention.block, mention.start) is not None


def test_evidence_is_lit_and_brought_into_view(page, essay, analysed):
    span = analysed.deck.notes[-1].evidence.span
    page.show_evidence(span)
    assert page.lit == [span]
    assert 0 <= page.position_of(span).top() < page.viewport().height()
    selection = page.extraSelections()[0]
    assert selection.cursor.selectedText().replace(SOFT_HYPHEN, "") == essay.quote(span)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.extraSelections() == []


def test_the_place_survives_larger_letters(page, essay):
    last = len(essay.blocks) - 4
    page.show_document(essay, (last, 0))
    before = page.place()
    page.change_size(4)
    block, _offset = page.place()
    assert abs(block - before[0]) <= 1


def test_the_line_keeps_its_measure_in_a_wide_window(page):
    page.resize(1600, 700)
    QApplication.processEvents()
    metrics = page._typesetter.style.width / page._text_width()
    assert metrics == pytest.approx(1)
    first = page.document().findBlock(page._typesetter.position(3, 0)).layout().lineAt(0)
    assert 55 <= first.textLength() <= 82


def test_letters_beyond_the_basic_plane_don_t_shift_the_places(qtbot):
    text = "𝔊loss 🙂 and a term here"
    view = ReaderView()
    qtbot.addWidget(view)
    view.show_document(document_of(Block(0, BlockKind.PARAGRAPH, text)))
    start = text.index("term")
    view.show_mention(Span(0, start, start + 4))
    assert view.extraSelections()[0].cursor.selectedText() == "term"
    position = view._typesetter.position(0, start)
    assert view._typesetter.place(position) == (0, start)


def test_inline_marks_are_set(qtbot):
    block = Block(
        0, BlockKind.PARAGRAPH, "plain loud soft", marks=(
            Mark(6, 10, MarkKind.STRONG), Mark(11, 15, MarkKind.EMPHASIS),
        ),
    )  # fmt: skip
    view = ReaderView()
    qtbot.addWidget(view)
    view.show_document(document_of(block))
    cursor = view.textCursor()
    cursor.setPosition(8)
    assert cursor.charFormat().fontWeight() > 400
    cursor.setPosition(13)
    assert cursor.charFormat().fontItalic()


def test_nothing_is_fetched_for_the_page(qtbot):
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/picture.png"
        view = ReaderView()
        qtbot.addWidget(view)
        view.show_document(
            document_of(
                Block(0, BlockKind.PARAGRAPH, f'<img src="{address}">'),
                Block(1, BlockKind.FIGURE, "A picture elsewhere", picture=address),
            )
        )
        view.show()
        qtbot.waitExposed(view)
        kind = QTextDocument.ResourceType.ImageResource
        assert view.document().resource(kind.value, QUrl(address)) is None
        assert view.loadResource(kind.value, QUrl.fromLocalFile("/etc/hostname")) is None
        qtbot.wait(50)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []
    assert '<img src="' in view.toPlainText()


def test_the_hover_card_says_what_the_term_means(page, qtbot, essay, analysed):
    index, mention = first_marked(page, essay, analysed)
    place = page.position_of(mention).center() + QPoint(6, 0)
    move = QPointF(place)
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove, move, page.viewport().mapToGlobal(move),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page.viewport(), event)
    qtbot.waitUntil(lambda: page._hover_card.isVisible(), timeout=2000)
    assert page._hover_card._name.text() == analysed.glossary.terms[index].term
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, escape)


def test_twenty_thousand_rounds_of_events_leave_the_process_alive(page):
    # PySide6 6.12 on Python 3.11 loses a reference to None at each void call and aborts here.
    for _ in range(20000):
        QApplication.processEvents()
    assert page.isVisible()


def test_numbered_items_keep_their_number_and_get_no_bullet(qtbot):
    from desktop.window.typesetting import numbered

    texts = {"1. One": True, "ii) Two": True, "b. Three": True, "Four": False, "A day": False}
    blocks = [Block(i, BlockKind.LIST_ITEM, t, level=1) for i, t in enumerate(texts)]
    assert [numbered(block) for block in blocks] == list(texts.values())
    view = ReaderView()
    qtbot.addWidget(view)
    view.show_document(document_of(*blocks))
    assert view.toPlainText().split("\n") == list(texts)
