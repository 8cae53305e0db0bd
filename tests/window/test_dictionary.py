"""A word of the text looked up: by two clicks and by key, and kept as an entry."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest


def double_click(window, words):
    cursor = window.reader.document().find(words)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 2)
    point = window.reader.cursorRect(cursor).center() + QPoint(2, 0)
    view = window.reader.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point)


def test_two_clicks_on_a_word_show_its_senses(window, qtbot):
    double_click(window, "hardly received")
    card = window.dictionary.card
    qtbot.waitUntil(card.isVisible)
    assert {sense.lemma for sense in card.senses} == {"hardly"}
    assert window.marking.bar.isHidden()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.isHidden()


def test_a_key_looks_up_and_enter_keeps_the_sense(window, qtbot):
    cursor = window.reader.document().find("ratifies")
    window.reader.setTextCursor(cursor)
    window.actions_by_id["look_up"].trigger()
    card = window.dictionary.card
    qtbot.waitUntil(card.isVisible)
    assert card.senses[0].lemma == "ratify"
    gloss = card.senses[0].gloss
    QTest.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: any(
            term.term == "ratify" and term.definition and term.definition.text == gloss
            for term in window.glossary_view.model.terms
        )
    )


def test_words_are_stepped_through_by_keys(window):
    act = window.actions_by_id
    act["next_word"].trigger()
    first = window.reader.textCursor().selectedText()
    act["next_word"].trigger()
    assert window.reader.textCursor().selectedText() != first
    act["previous_word"].trigger()
    assert window.reader.textCursor().selectedText() == first


def test_what_no_dictionary_has_is_told(window, qtbot):
    cursor = window.reader.document().find("5,300")
    window.reader.setTextCursor(cursor)
    window.actions_by_id["look_up"].trigger()
    qtbot.waitUntil(lambda: "No dictionary" in window.messages.shown)
