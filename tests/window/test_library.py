"""The library's page in the window, with real widgets on a real library."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from desktop.operations.workspace import LabelKind, ReadingPosition
from desktop.reading.document import Block, BlockKind, Document, Picture, Source
from desktop.window.library_head import IN_TEXTS, IN_TITLES
from desktop.window.library_model import (
    SUMMARY_ROLE,
    LibraryModel,
    Order,
    State,
    dragged,
    length_of,
)
from desktop.window.rail import Page
from tests.reading.pictures import png

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def text(title: str, *paragraphs: str, author: str = "Ann Lee", picture: bool = False) -> Document:
    blocks = [Block(0, BlockKind.TITLE, title)]
    blocks += [Block(n, BlockKind.PARAGRAPH, one) for n, one in enumerate(paragraphs, 1)]
    shown = (Picture("a.png", "image/png", png()),) if picture else ()
    if picture:
        blocks.append(Block(len(blocks), BlockKind.FIGURE, "", picture="a.png"))
    return Document(
        title=title, kicker=None, standfirst=None, authors=(author,), date=None, language="en",
        source=Source(f"{title}.txt", f"{hash(title) & (2**64 - 1):064x}", "txt"),
        blocks=tuple(blocks), left_out=(), warnings=(), pictures=shown,
    )  # fmt: skip


@pytest.fixture
def shelf(reader, qtbot):
    """A window on a library of the essay and three texts, at its library."""
    window = reader.open()
    reader.ask(lambda ws: ws.add_document(text("The Weir", "A weir hums.", author="Zoe Abel")))
    reader.ask(lambda ws: ws.add_document(text("Älter", "An élan of old. " * 90, picture=True)))
    reader.ask(lambda ws: ws.add_document(text("Moss", "Moss hums on a weir at night.")))
    reader.ask(lambda ws: ws.save_reading_position(3, ReadingPosition(1, 0, 0.4)))
    window.go_to(Page.LIBRARY)
    qtbot.waitUntil(lambda: window.library_view.model.rowCount() == 4)
    return window


def titles(window) -> list[str]:
    model = window.library_view.model
    return [model.index(row).data(SUMMARY_ROLE).title for row in range(model.rowCount())]


def choose(window, *numbers: int) -> None:
    view = window.library_view
    view.list.clearSelection()
    view._choose_again(numbers[0], set(numbers))


@pytest.mark.parametrize(
    ("order", "first"),
    [(Order.TITLE, ["Älter", "Moss"]), (Order.AUTHOR, ["The Weir"]), (Order.ADDED, ["Moss"]),
     (Order.PROGRESS, ["Älter"]), (Order.LENGTH, ["The Weir", "Moss"])],
)  # fmt: skip
def test_the_texts_are_sorted(shelf, order, first):
    shelf.library_view.head.choose_order(order)
    shown = titles(shelf)
    assert shown[: len(first)] == first
    assert len(shown) == 4


def test_the_order_comes_back_at_the_next_start(shelf, reader):
    shelf.library_view.head.choose_order(Order.TITLE)
    reader.close()
    assert reader.open().library_view.model.order is Order.TITLE


def test_titles_authors_and_labels_are_searched_while_typing(shelf, reader, qtbot):
    reader.ask(lambda ws: ws.label(LabelKind.TAG, "river", [4]))
    field = shelf.library_view.head.field
    QTest.keyClicks(field, "alter")
    assert titles(shelf) == ["Älter"]
    field.setText("zoe weir")
    assert titles(shelf) == ["The Weir"]
    qtbot.waitUntil(lambda: bool(shelf.library_view.known_labels))
    field.setText("river")
    assert titles(shelf) == ["Moss"]
    field.setText("hums")
    assert titles(shelf) == []
    assert shelf.library_view.nothing.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(titles(shelf)) == 4


def test_words_in_all_texts_are_found_and_enter_leads_there(shelf, qtbot):
    shelf.go_to(Page.READ)
    qtbot.waitActive(shelf)
    QTest.keyClick(shelf, Qt.Key.Key_F, CTRL | SHIFT)
    view = shelf.library_view
    assert view.isVisible()
    assert view.head.place == IN_TEXTS
    with qtbot.waitSignal(shelf.library.desk.found):
        QTest.keyClicks(view.head.field, "wei hum")  # still typed: "hum" may go on
    assert not view.passages.rows.rows
    with qtbot.waitSignal(shelf.library.desk.found):
        view.head.field.setText("WEIR hum")
    heads = [row.text.title for row in view.passages.rows.rows if row.passage is None]
    assert sorted(heads) == ["Moss", "The Weir"]
    QTest.keyClick(view.head.field, Qt.Key.Key_Return)
    row = next(n for n, one in enumerate(view.passages.rows.rows)
               if one.passage and one.text.title == "Moss")  # fmt: skip
    view.passages.setCurrentIndex(view.passages.rows.index(row))
    with qtbot.waitSignal(shelf.desk.opened):
        QTest.keyClick(view.passages, Qt.Key.Key_Return)
    assert shelf.desk.text.document.title == "Moss"
    assert [(span.block, span.start) for span in shelf.reader.lit] == [(1, 5)]


def test_more_passages_of_one_text_are_shown_when_asked_for(shelf, reader, qtbot):
    reader.ask(lambda ws: ws.add_document(text("Owls", *[f"Owl {n} hooted." for n in range(9)])))
    view = shelf.library_view
    shelf.library.search()
    with qtbot.waitSignal(shelf.library.desk.found):
        view.head.field.setText("hooted")
    assert view.passages.rows.rows[-1].more == 6
    with qtbot.waitSignal(shelf.library.desk.more_found):
        view.passages.take(view.passages.rows.index(4))
    assert sum(row.passage is not None for row in view.passages.rows.rows) == 9


def test_several_texts_are_put_into_a_collection_and_filtered_by_it(
    shelf, reader, qtbot, monkeypatch
):
    view = shelf.library_view
    choose(shelf, 2, 4)
    assert view.selection_bar.isVisible()
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_a, **_k: ("Water", True))
    with qtbot.waitSignal(shelf.library.desk.did):
        view.selection_bar.label_wanted.emit("collection")
    assert "2 texts are in the collection “Water”" in shelf.messages.shown
    qtbot.waitUntil(lambda: [one.documents for one in view.known_labels] == [2])
    qtbot.waitUntil(lambda: view.model.every[1].labels == (1,))
    view.labels.choose(1)
    assert sorted(titles(shelf)) == ["Moss", "The Weir"]
    shelf.cards.undo()
    qtbot.waitUntil(lambda: len(titles(shelf)) == 4)  # the collection is gone: all texts
    assert view.labels.choice is State.ALL


def test_states_are_counted_and_filtered(shelf):
    view = shelf.library_view
    view.labels.choose(State.READING)
    assert "Älter" in titles(shelf)
    assert "Moss" not in titles(shelf)
    assert length_of(view.model.every[2]) == "1 min left · 40% read"


def test_several_texts_are_removed_at_once_and_come_back(shelf, qtbot):
    choose(shelf, 2, 3)
    with qtbot.waitSignal(shelf.library.desk.removed):
        QTest.keyClick(shelf.library_view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(titles(shelf)) == 2)
    assert "2 texts were removed" in shelf.messages.shown
    QTest.mouseClick(shelf.messages._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(titles(shelf)) == 4)


def test_a_click_opens_and_a_click_with_control_chooses(shelf, qtbot):
    view = shelf.library_view
    view.head.choose_order(Order.ADDED)
    places = [view.list.visualRect(view.model.index(row)).topLeft() + QPoint(60, 60)
              for row in (0, 1)]  # fmt: skip
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, CTRL, places[0])
    assert view.chosen_ids() == [4]
    with qtbot.waitSignal(shelf.desk.opened):
        QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=places[1])
    assert shelf.desk.text.document.title == "Älter"


def test_the_cover_is_decoded_when_its_tile_is_seen(shelf, qtbot):
    qtbot.waitUntil(lambda: shelf.library_view.covers._covers.get((3, "a.png")) is not None)


def test_texts_are_dragged_as_their_numbers(shelf):
    view = shelf.library_view
    view.head.choose_order(Order.ADDED)
    data = view.model.mimeData([view.model.index(0), view.model.index(2)])
    assert dragged(data) == [2, 4]


def test_five_thousand_texts_are_filtered_and_sorted_without_delay(shelf, qtbot):
    one = shelf.library_view.model.every[0]
    many = [replace(one, id=n, title=f"Text {n % 977} {n}") for n in range(5000)]
    model = LibraryModel()
    begin = time.perf_counter()
    model.set_summaries(many)
    model.order, model.words = Order.TITLE, "text 9"
    model.refresh()
    assert time.perf_counter() - begin < 1.0  # 0.1 s on an idle machine
    assert 0 < model.rowCount() < 5000


def test_the_place_of_the_search_can_be_changed(shelf, qtbot):
    view = shelf.library_view
    with qtbot.waitSignal(shelf.library.desk.found):
        view.head.field.setText("hums")
    assert view.head.place == IN_TITLES
    QTest.mouseClick(view.nothing.button, Qt.MouseButton.LeftButton)
    assert view.passages.isVisible()


def test_labels_are_renamed_and_deleted(shelf, reader, qtbot, monkeypatch):
    reader.ask(lambda ws: ws.label(LabelKind.TAG, "wet", [2]))
    qtbot.waitUntil(lambda: bool(shelf.library_view.known_labels))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("damp", True))
    shelf.library_view.labels.rename_wanted.emit(1, "wet")
    qtbot.waitUntil(lambda: [one.name for one in shelf.library_view.known_labels] == ["damp"])
    shelf.library_view.labels.delete_wanted.emit(1, "damp")
    qtbot.waitUntil(lambda: not shelf.library_view.known_labels)
