from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.reading.document import Block, BlockKind, Document, Mark, MarkKind
from desktop.window.navigation import History, batched_chapters, note_text
from desktop.window.outline_dialog import OutlineDialog
from tests.window.test_chapters import make_book


def with_note(document: Document) -> Document:
    """Let the first paragraph refer to a note at the end, and the note to the third chapter."""
    blocks = list(document.blocks)
    mark = Mark(4, 8, MarkKind.LINK, "#n1")
    blocks[1] = replace(blocks[1], marks=(mark,))
    target = next(b for b in blocks if b.text == "Firing 3")
    blocks[target.index] = replace(target, anchor="third")
    blocks[2] = replace(blocks[2], marks=(Mark(4, 8, MarkKind.LINK, "#third"),))
    blocks.append(Block(len(blocks), BlockKind.FOOTNOTE, "[1] An oven for pots.", anchor="n1"))
    blocks.append(Block(len(blocks), BlockKind.FOOTNOTE, "It was built of brick."))
    return replace(document, blocks=tuple(blocks))


@pytest.fixture
def window(reader, tmp_path, qtbot):
    """The window with a book of four chapters, opened from a file as a reader would."""
    text = "\n\n".join(
        ("# " if block.kind is BlockKind.HEADING else "") + block.text
        for block in make_book().blocks
    )
    text = text.replace("The kiln was", "The [kiln](#firing-3) was", 1)
    text = text.replace("ash wood", "ash wood[^1]", 1)
    file = tmp_path / "kilns.md"
    file.write_text("# Kilns\n\n" + text + "\n\n[^1]: Wood of the ash tree.\n")
    shown = reader.open()
    with qtbot.waitSignal(shown.desk.opened, timeout=20000):
        shown.open_files([file])
    return shown


def test_history_goes_back_and_forward():
    history = History()
    history.leave((1, 0))
    history.leave((5, 0))
    assert history.back((9, 0)) == (5, 0)
    assert history.back((5, 0)) == (1, 0)
    assert history.back((1, 0)) is None
    assert history.forward((1, 0)) == (5, 0)
    history.leave((5, 0))
    assert history.forward((7, 0)) is None


def test_a_note_is_told_with_all_its_paragraphs():
    document = with_note(make_book())
    at = document.place_of("n1")
    assert note_text(document, at) == "[1] An oven for pots.\n\nIt was built of brick."


def test_search_counts_all_chapters_and_steps_round(window, qtbot):
    QTest.keyClick(window.reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.reading_page.find_bar
    assert QApplication.focusWidget() is bar.field
    QTest.keyClicks(bar.field, "firing 4")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 1"
    assert window.reader.chapter == len(window.reader.chapters) - 1
    bar.field.setText("kiln was fired")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text().endswith(" of 1,440")
    first = window.reader.lit[0]
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    second = window.reader.lit[0]
    assert second > first
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.lit[0] == first
    assert len(window.reader.extraSelections()) > 100  # the other places are marked too
    bar.field.setText("no such words")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "Not found"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert window.reader.extraSelections() == []


def test_a_long_book_is_searched_some_chapters_at_a_time(window, qtbot):
    begin = window.reader.chapters
    assert next(iter(batched_chapters(begin))).start == 0
    document = make_book(30)
    window.desk._text = replace(window.desk.text, document=document)
    window.reader.show_document(document)
    bar = window.reading_page.find_bar
    bar.ask("glaze began")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text().startswith("1 of ")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of more than 5,000", timeout=5000)
    bar.field.setText("Firing 30")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 1", timeout=5000)
    assert window.reader.chapter == len(window.reader.chapters) - 1


def test_back_leads_to_where_the_jump_began(window):
    reader = window.reader
    begin = reader.place()
    window.navigation.go_to_block(80)
    assert reader.place()[0] == 80
    QTest.keyClick(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert reader.place() == begin
    QTest.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert reader.place()[0] == 80


def test_the_outline_shows_where_one_is_and_narrows_down(window, qtbot):
    document = window.desk.text.document
    dialog = OutlineDialog(window, document.sections(), document.blocks[-1].index)
    qtbot.addWidget(dialog)
    assert dialog.list.currentItem().text().strip() == "Firing 4"
    dialog.field.setText("ring 2")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen.title == "Firing 2"
    window.navigation.go_to_block(dialog.chosen.start)
    assert window.reader.place()[0] == dialog.chosen.start


def test_a_note_is_shown_in_place_and_led_to(window):
    document, reader = window.desk.text.document, window.reader
    address = next(
        mark.target for block in document.blocks for mark in block.marks
        if mark.kind is MarkKind.LINK and document.blocks[
            document.place_of(mark.target[1:]) or 0].kind is BlockKind.FOOTNOTE
    )  # fmt: skip
    place = reader.place()
    reader.link_activated.emit(address)
    note = window.navigation.note
    assert note.isVisible()
    assert "Wood of the ash tree." in note.text.text()
    assert reader.place() == place
    QTest.mouseClick(note.jump, Qt.MouseButton.LeftButton)
    assert not note.isVisible()
    assert reader.chapter == len(reader.chapters) - 1
    window.navigation.back()
    assert reader.place() == place


def test_a_link_that_leads_nowhere_is_told(window):
    window.reader.link_activated.emit("#nowhere")
    assert not window.navigation.note.isVisible()
    assert window.reader.chapter == 0
