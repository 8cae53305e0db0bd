"""A card from a selection: drafted, judged while it is written, saved, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from desktop.decks.deck import NoteKind
from desktop.library.decks import NoteStatus
from desktop.window.new_card_dialog import NewCardDialog
from tests.window.modal import in_dialog


def select(window, words):
    """Select the first place of ``words`` in the text, as by mouse."""
    cursor = window.reader.document().find(words)
    assert not cursor.isNull()
    window.reader.setTextCursor(cursor)
    return window.reader.selected_span()


@pytest.fixture
def span(window):
    return select(window, "17 pages")


@pytest.fixture
def dialog(window, span, qtbot):
    dialog = NewCardDialog(window, window.desk.text.document, span)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_selection_is_found_in_the_document(window, span):
    document = window.desk.text.document
    assert document.quote(span) == "17 pages"


def test_the_draft_fits_the_kind(dialog):
    assert dialog.note.back == "17 pages"
    assert dialog.fields[0].hasFocus() or not dialog.isActiveWindow()
    assert not dialog.save_button.isEnabled()
    dialog.kinds.choose("Gap")
    assert "{{c1::17 pages}}" in dialog.fields[0].toPlainText()
    assert dialog.save_button.isEnabled()
    assert not dialog.fields[1].isVisible()
    dialog.kinds.choose("Term")
    assert dialog.note.kind is NoteKind.TERM
    assert dialog.note.front == "17 pages"


def test_what_was_written_survives_a_change_of_kind(dialog):
    dialog.fields[0].setPlainText("How long is it?")
    dialog.kinds.choose("Gap")
    dialog.kinds.choose("Question")
    assert dialog.fields[0].toPlainText() == "How long is it?"


def test_faults_are_told_as_one_types_and_saving_is_a_choice(dialog, qtbot):
    dialog.fields[0].setPlainText("How many pages are the 17 pages?")
    qtbot.waitUntil(lambda: bool(dialog.findings))
    assert dialog.findings[0].reason in dialog.told.text()
    assert dialog.told.accessibleName() == dialog.told.text()
    assert dialog.save_button.text() == "Save all the same"
    dialog.fields[0].setPlainText(
        "How many pages does the joint statement of China and Russia of 2022 have?"
    )
    qtbot.waitUntil(lambda: not dialog.findings)
    assert dialog.save_button.text() == "Save"


def test_a_gap_is_made_of_what_is_selected_in_the_sentence(dialog):
    dialog.kinds.choose("Gap")
    field = dialog.fields[0]
    field.setPlainText("It runs to 17 pages and more.")
    cursor = field.textCursor()
    cursor.setPosition(11)
    cursor.setPosition(20, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    dialog.make_gap()
    assert field.toPlainText() == "It runs to {{c1::17 pages}} and more."


def test_from_the_keyboard_into_the_library_and_back(window, span, reader, qtbot):
    def write(dialog):
        dialog.fields[0].setPlainText("How long is the joint statement of 2022?")
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    in_dialog(write)
    with qtbot.waitSignal(window.review.written) as told:
        QTest.keyClick(window.reader, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    (note_id,) = told.args
    record = next(r for r in reader.ask(lambda ws: ws.cards()) if r.note.id == note_id)
    assert record.status is NoteStatus.ACCEPTED
    assert record.note.back == "17 pages"
    assert "17 pages" in record.note.evidence.quote
    qtbot.waitUntil(lambda: any(note_id in m.note_ids for m in window.card_margin.marks))
    window.cards.undo()
    qtbot.waitUntil(lambda: not any(note_id in m.note_ids for m in window.card_margin.marks))


def test_without_a_selection_the_reader_is_told(window):
    QTest.keyClick(window.reader, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert "Select some words" in window.messages.shown
