"""How far the reader has come: told, kept, and what the glossary makes of it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.reading.document import Span


def reach(window):
    return window.reading.reach


def listed(window) -> set[str]:
    model = window.glossary_view.model
    return {model.index(row).data() for row in range(model.rowCount())}


def test_reading_on_extends_what_was_read_and_a_jump_does_not(window, reader, qtbot):
    window.resize(1000, 600)
    window.reader.tell_place()
    qtbot.waitUntil(lambda: reach(window) > (0, 0))
    first = reach(window)
    QTest.keyClick(window.reader, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: reach(window) > first)
    read = reach(window)
    last = len(window.desk.text.document.blocks) - 3
    with qtbot.waitSignal(window.reader.view_changed):
        window.reader.show_mention(Span(last, 0, 4))
    assert reach(window) == read
    window.reading._stay_timer.timeout.emit()  # the reader stays there
    assert reach(window) >= (last, 0)
    window.reading.flush()
    document_id = window.desk.text.id
    assert reader.ask(lambda ws: ws.furthest_read(document_id)) == reach(window)


def test_the_guard_holds_in_list_and_card_and_is_remembered(window, reader, qtbot):
    window.resize(1000, 600)
    window.reader.tell_place()
    qtbot.waitUntil(lambda: reach(window) > (0, 0))
    every = listed(window)
    window.glossary_view.controls.guard.click()
    some = listed(window)
    assert 0 < len(some) < len(every)
    assert reader.ask(lambda ws: ws.settings().spoiler_guard)
    document = window.desk.text.document
    terms = [window.glossary_view.model.term(i) for i in range(len(every))]
    for term in filter(None, terms):
        if term.term in some:
            assert all((m.block, m.end) <= reach(window) for m in term.mentions), term.term
    hidden = next(i for i, term in enumerate(terms) if term is None)
    window.glossary_view.show_entry(hidden)
    assert window.glossary_view.currentIndex() == 0
    for _ in range(40):
        QTest.keyClick(window.reader, Qt.Key.Key_Space)
        window.reader.tell_place()
    assert reach(window)[0] == len(document.blocks) - 1
    assert listed(window) == every
    reader.close()
    again = reader.open()
    assert again.glossary_view.controls.guard.isChecked()


def test_hints_go_on_and_off_with_a_key_and_the_place_stays(window, qtbot):
    window.activateWindow()
    window.reader.setFocus()
    qtbot.waitUntil(window.reader.hasFocus)
    window.reader.show_mention(Span(8, 0, 3))
    before = window.reader.place()
    QTest.keyClick(window.reader, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert window._settings.word_hints
    assert window.reader.place()[0] == before[0]
    QTest.keyClick(window.reader, Qt.Key.Key_N)
    assert window.reader._hover_card.isVisible()


def test_another_reading_level_shows_other_words_without_a_new_analysis(window, qtbot):
    def words() -> set[str]:
        return {t.term for t in window.glossary_view.model.terms if t.kind == "word"}

    usual = words()
    window.apply_settings(replace(window._settings, reading_level="A2"))
    qtbot.waitUntil(lambda: words() > usual)
    window.apply_settings(replace(window._settings, reading_level="C2"))
    qtbot.waitUntil(lambda: words() < usual)
    window.apply_settings(replace(window._settings, reading_level="B2"))
    qtbot.waitUntil(lambda: words() == usual)
