"""Highlights, notes and bookmarks in the window: made, found, changed, listed, by hand and key."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.library.decks import NoteStatus
from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.window import theme
from desktop.window.colours import THEMES, contrast
from desktop.window.highlight_colours import highlight_colour
from desktop.window.reading_page import MARKS


def select(window, words):
    cursor = window.reader.document().find(words)
    assert not cursor.isNull()
    window.reader.setTextCursor(cursor)
    return window.reader.selected_span()


def passages(window):
    return list(window.highlights.passages)


def highlight(window, qtbot, words, act="highlight"):
    """Highlight words by an action; return the passage once it is on the page and stored."""
    before = len(passages(window))
    select(window, words)
    window.actions_by_id[act].trigger()
    qtbot.waitUntil(lambda: len(passages(window)) == before + 1)
    return window.highlights.passage(window.highlights.current)


def selected(window) -> str:
    return window.reader.textCursor().selectedText().replace("\u00ad", "")


def grab(window) -> QImage:
    return window.reader.viewport().grab().toImage()


def colours_at(window, passage):
    """Return the colours of the page within the first line of a highlight."""
    place = window.highlights.place_of(passage).translated(-window.reader.viewport().pos())
    image = grab(window)
    ratio = image.devicePixelRatio()
    rows = range(place.top(), place.top() + 34)
    columns = range(place.left(), place.right(), 3)
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name() for x in columns for y in rows
    }


def test_a_key_highlights_the_selection_and_numbers_choose_its_colour(window, reader, qtbot):
    passage = highlight(window, qtbot, "17 pages")
    assert (passage.highlight.anchor.exact, passage.highlight.colour) == ("17 pages", "yellow")
    assert not window.reader.textCursor().hasSelection()
    assert highlight_colour("yellow").ground in colours_at(window, passage)
    window.actions_by_id["highlight_3"].trigger()  # the current one, without a selection
    qtbot.waitUntil(lambda: passages(window)[0].highlight.colour == "blue")
    (stored,) = reader.ask(lambda ws: ws.highlights())
    assert stored.colour == "blue"
    second = highlight(window, qtbot, "no court can enforce it")
    assert second.highlight.colour == "blue"  # the one that was used last
    window.cards.undo()
    qtbot.waitUntil(lambda: len(passages(window)) == 1)


def test_the_same_words_are_not_highlighted_twice(window, qtbot):
    highlight(window, qtbot, "17 pages")
    select(window, "17 pages")
    window.actions_by_id["highlight_4"].trigger()
    qtbot.waitUntil(lambda: passages(window)[0].highlight.colour == "pink")
    assert len(passages(window)) == 1


def test_without_a_selection_the_reader_is_told_what_to_do(window):
    window.actions_by_id["highlight"].trigger()
    assert "Select some words" in window.messages.shown
    window.actions_by_id["highlight_note"].trigger()
    assert "Then A" in window.messages.shown


def test_a_selection_may_go_over_several_paragraphs(window, qtbot):
    document = window.desk.text.document
    first = next(b for b in document.blocks if b.kind == "paragraph" and len(b.text) > 200)
    cursor = window.reader.textCursor()
    cursor.setPosition(window.reader.position((first.index, 10)))
    cursor.setPosition(window.reader.position((first.index + 1, 40)), cursor.MoveMode.KeepAnchor)
    window.reader.setTextCursor(cursor)
    window.actions_by_id["highlight"].trigger()
    qtbot.waitUntil(lambda: len(passages(window)) == 1)
    spans = passages(window)[0].spans
    assert [span.block for span in spans] == [first.index, first.index + 1]
    assert window.highlights.at(first.index, len(first.text) - 1) is passages(window)[0]


def test_a_note_is_written_at_its_highlight_and_saved_as_one_types(window, reader, qtbot):
    select(window, "17 pages")
    window.actions_by_id["highlight_note"].trigger()
    editor = window.marking.editor
    qtbot.waitUntil(editor.isVisible)
    QTest.keyClicks(editor.field, "So short?")
    qtbot.waitUntil(lambda: bool(reader.ask(lambda ws: ws.highlights())[0].note))
    assert reader.ask(lambda ws: ws.highlights())[0].note == "So short?"
    QTest.keyClicks(editor.field, " Yes.")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: passages(window)[0].highlight.note == "So short? Yes.")
    passage = passages(window)[0]
    assert highlight_colour("yellow").ink in colours_at(window, passage)  # the line under it
    assert [name for name, _box in window.mark_margin.signs()] == [passage.highlight.id]
    window.highlights.show_note(passage)
    assert window.highlights.card.text == "So short? Yes."


def test_a_click_makes_a_highlight_current_and_offers_what_can_be_done(window, qtbot):
    passage = highlight(window, qtbot, "for a single sentence")
    window.highlights.set_current(None)
    place = window.highlights.place_of(passage).translated(-window.reader.viewport().pos())
    point = QPoint(place.left() + 12, place.top() + 14)
    QTest.mouseClick(window.reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert window.highlights.current == passage.highlight.id
    assert window.marking.bar.isVisible()
    window.marking.bar.buttons["remove"].click()
    qtbot.waitUntil(lambda: not passages(window))
    assert "removed" in window.messages.shown


def test_the_bar_comes_with_a_selection_and_goes_with_it(window, qtbot):
    select(window, "17 pages")
    window.reader.selection_made.emit()
    assert window.marking.bar.isVisible()
    window.marking.bar.colours["violet"].click()
    qtbot.waitUntil(lambda: len(passages(window)) == 1)
    assert passages(window)[0].highlight.colour == "violet"
    assert window.marking.bar.isHidden()


def test_keys_step_through_the_highlights(window, qtbot):
    last = highlight(window, qtbot, window.desk.text.document.blocks[-1].text[:20])
    first = highlight(window, qtbot, "17 pages")
    window.highlights.set_current(None)
    window.reader.verticalScrollBar().setValue(0)
    steps = window.actions_by_id
    steps["next_highlight"].trigger()
    assert window.highlights.current == first.highlight.id
    steps["next_highlight"].trigger()
    assert window.highlights.current == last.highlight.id
    steps["next_highlight"].trigger()
    assert "no further" in window.messages.shown
    steps["previous_highlight"].trigger()
    assert window.highlights.current == first.highlight.id
    QTest.keyClick(window.reader, Qt.Key.Key_Escape)
    assert window.highlights.current is None


def test_enter_opens_the_note_of_the_highlight_that_the_keys_came_to(window, qtbot):
    passage = highlight(window, qtbot, "17 pages")
    window.reader.setFocus()
    QTest.keyClick(window.reader, Qt.Key.Key_Return)
    assert window.marking.editor.isVisible()
    QTest.keyClicks(window.marking.editor.field, "Short.")
    window.marking.editor.hide()
    qtbot.waitUntil(lambda: bool(passages(window)[0].highlight.note))
    assert passages(window)[0].highlight.id == passage.highlight.id


def test_a_highlight_becomes_a_card_in_two_keystrokes(window, reader, qtbot):
    highlight(window, qtbot, "17 pages")
    window.highlights.set_current(None)
    window.actions_by_id["next_highlight"].trigger()
    window.actions_by_id["gap_card"].trigger()
    qtbot.waitUntil(
        lambda: any(
            "{{c1::17 pages}}" in (record.note.cloze or "") and record.status is NoteStatus.ACCEPTED
            for record in reader.ask(lambda ws: ws.cards())
        )
    )


def test_bookmarks_come_and_go_with_one_key_and_are_listed(window, qtbot):
    window.actions_by_id["bookmark"].trigger()
    qtbot.waitUntil(lambda: len(window.highlights.bookmarks) == 1)
    assert [name for name, _box in window.mark_margin.signs()] == [None]
    assert [row.is_bookmark for row in window.marks_view.model.shown] == [True]
    bar = window.reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    window.marking.go_to_row(window.marks_view.model.shown[0])
    assert bar.value() < 60
    window.navigation.back()
    assert bar.value() > 200
    bar.setValue(0)
    window.actions_by_id["bookmark"].trigger()
    qtbot.waitUntil(lambda: not window.highlights.bookmarks)


def test_the_list_searches_filters_and_changes_marks(window, reader, qtbot):
    highlight(window, qtbot, "17 pages")
    highlight(window, qtbot, "no court can enforce it", "highlight_2")
    window.actions_by_id["marks_tab"].trigger()
    assert window.reading_page.tabs.choice == MARKS
    view = window.marks_view
    qtbot.waitUntil(lambda: len(view.model.shown) == 2)
    view.search.setText("pages")
    assert [row.quote for row in view.model.shown] == ["17 pages"]
    view.search.clear()
    view.kinds.choose("green")
    assert [row.quote for row in view.model.shown] == ["no court can enforce it"]
    view.kinds.choose(None)
    view.choose(passages(window)[0].highlight.id)
    chosen = view.chosen()
    QTest.keyClick(view.list, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: passages(window)[0].highlight.colour == "violet")
    assert view.chosen().id == chosen.id
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert window.highlights.current == chosen.id
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(view.model.shown) == 1)
    assert len(reader.ask(lambda ws: ws.highlights())) == 1


def test_what_is_lost_is_listed_with_a_word_on_it(window, reader, qtbot):
    from desktop.reading.anchor import Anchor

    document_id = window.desk.text.id
    anchor = Anchor("words that no essay has, not even this one", "before ", " after", 3, 0)
    reader.ask(lambda ws: ws.add_highlight(document_id, anchor, "green", "Keep me."))
    qtbot.waitUntil(lambda: len(window.marks_view.model.shown) == 1)
    (row,) = window.marks_view.model.shown
    assert row.place is None
    assert "Not found" in row.spoken()
    window.marking.go_to_row(row)
    assert "kept here" in window.messages.shown


def test_sentences_are_selected_by_keys(window, qtbot):
    act = window.actions_by_id
    document = window.desk.text.document
    paragraph = next(b for b in document.blocks if b.kind == "paragraph" and ". " in b.text)
    window.reader.go_to_place((paragraph.index, 0))
    act["next_sentence"].trigger()
    first = selected(window)
    assert paragraph.text.startswith(first)
    act["more_sentences"].trigger()
    assert len(selected(window)) > len(first)
    act["next_sentence"].trigger()
    act["previous_sentence"].trigger()
    assert selected(window) in paragraph.text
    act["highlight"].trigger()
    qtbot.waitUntil(lambda: len(passages(window)) == 1)


def test_they_are_there_at_the_next_start(window, reader, qtbot):
    highlight(window, qtbot, "17 pages", "highlight_2")
    reader.close()
    again = reader.open()
    qtbot.waitUntil(lambda: len(passages(again)) == 1)
    assert passages(again)[0].highlight.colour == "green"


@pytest.mark.parametrize(("name", "ending"), [("md", ".md"), ("w3c", ".jsonld")])
def test_they_are_exported_in_the_form_that_was_chosen(
    window, qtbot, monkeypatch, tmp_path: Path, name, ending
):
    highlight(window, qtbot, "17 pages")
    out = tmp_path / f"mine{ending}"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(out), "Markdown (*.md)")
    )
    with qtbot.waitSignal(window.marks.exported):
        window.actions_by_id["export_highlights"].trigger()
    text = out.read_text(encoding="utf-8")
    assert "17 pages" in text
    assert name == "md" or json.loads(text)["total"] == 1
    assert "1 highlight written" in window.messages.shown


@pytest.mark.parametrize("name", list(THEMES))
def test_text_stays_readable_on_every_colour_of_every_theme(name):
    c = THEMES[name]
    for colour in HIGHLIGHT_COLOURS:
        one = highlight_colour(colour, name)
        assert all(contrast(ink, one.ground) >= 4.5 for ink in (c.text, c.accent, c.muted)), colour
        assert contrast(one.ink, c.page) >= 4.5
        assert contrast(one.ground, c.page) >= 1.1
    assert len({highlight_colour(colour, name).ground for colour in HIGHLIGHT_COLOURS}) == 5


def test_highlights_follow_the_theme(window, qtbot):
    passage = highlight(window, qtbot, "17 pages")
    window.highlights.set_current(None)
    window.toggle_dark()
    qtbot.waitUntil(lambda: theme.colours().dark)
    QApplication.processEvents()
    assert highlight_colour("yellow", "dark").ground in colours_at(window, passage)
