"""Memory beside the text in the real window: tints, head, library, reading again, a check."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.decks.deck import NoteKind
from desktop.library import reviews
from desktop.library.decks import NoteStatus
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from desktop.study.scheduler import Scheduler
from desktop.window.library_model import SUMMARY_ROLE, memory_words
from desktop.window.main_window import MainWindow
from desktop.window.rail import Page
from desktop.window.reread_dialog import RereadDialog
from tests.window.conftest import Reader


def forget_some(workspace: Workspace) -> list[int]:
    """Accept ten cards; four were studied long ago and two of these have faded."""
    records = [r for r in workspace.cards() if r.note.kind is not NoteKind.TERM][:10]
    workspace.accept([record.note.id for record in records])
    cards = [record.cards[0] for record in workspace.cards() if record.cards][:4]
    scheduler, now = Scheduler(), workspace._now()
    with workspace._database.transaction():
        for number, card in enumerate(cards):
            away = timedelta(days=1 if number < 2 else 90)
            answered, review = scheduler.review(card, Rating.EASY, now - away)
            reviews.store_answer(workspace._database, answered, review)
    blocks = [r.note.evidence.span.block for r in workspace.cards() if r.cards]
    return blocks[2:4]


@pytest.fixture
def fading(reader: Reader, window: MainWindow, qtbot) -> MainWindow:
    reader.ask(forget_some)
    window.reading.ask_for_memory()
    told = window.reading_page.memory
    qtbot.waitUntil(lambda: told.text().startswith("2 known · 2 fading"), timeout=20_000)
    return window


def test_the_head_says_what_is_known_fading_and_new(fading: MainWindow) -> None:
    assert fading.reading_page.memory.text() == "2 known · 2 fading · 6 new"
    assert "2 fading" in fading.reading_page.memory.accessibleName()


def test_fading_sentences_have_a_wash_and_a_broken_bar(
    fading: MainWindow, reader: Reader, qtbot
) -> None:
    recall = reader.ask(lambda ws: ws.text_recall(fading.desk.text.id))
    weak = next(s for s in recall.sentences if s.fading)
    fading.reader.show_evidence(weak.span)
    fading.reader.clear_light()
    qtbot.wait(50)
    geometry, shift = fading.reader.page_geometry, fading.reader.verticalScrollBar().value()
    piece = geometry.pieces(weak.span)[0]
    x = round(piece.left) + 2
    y = round(geometry.top_of(weak.span.block) - shift + piece.top) + 1
    tinted = fading.reader.viewport().grab().toImage().pixelColor(x, y)
    fading.reader.sentences.set_sentences(())
    plain = fading.reader.viewport().grab().toImage().pixelColor(x, y)
    assert tinted != plain
    mark = next(m for m in fading.card_margin.marks if m.span == weak.span)
    assert fading.card_margin._memory_words(mark) == ["It fades from memory."]


def test_without_tints_no_sentence_has_a_wash(fading: MainWindow, reader: Reader) -> None:
    from dataclasses import replace

    fading.apply_settings(replace(reader.ask(lambda ws: ws.settings()), memory_tints=False))
    fading.recall.show(reader.ask(lambda ws: ws.text_recall(fading.desk.text.id)))
    assert fading.reader.sentences._fading == []
    assert fading.reading_page.memory.text() == "2 known · 2 fading · 6 new"


def test_the_library_tells_how_well_a_text_is_remembered(fading: MainWindow, qtbot) -> None:
    fading.go_to(Page.LIBRARY)
    model = fading.library_view.model
    qtbot.waitUntil(lambda: bool(model.memories), timeout=20_000)
    index = model.index(0)
    number = index.data(SUMMARY_ROLE).id
    assert memory_words(model.memories[number]) == "Cards: 2 known, 2 fading, 6 new"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "2 known, 2 fading, 6 new" in index.data(role)
    assert not fading.library_view.list.grab().isNull()


def test_weak_paragraphs_are_read_again(fading: MainWindow, reader: Reader, qtbot) -> None:
    weak = reader.ask(lambda ws: ws.weak_paragraphs(fading.desk.text.id))
    QTest.keyClick(fading.reader, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: fading.findChild(RereadDialog) is not None)
    dialog = fading.findChild(RereadDialog)
    assert len(dialog.passages) == len(weak) > 0
    dialog.passages[0].click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: weak[0].span in fading.reader.lit)


def test_a_text_that_is_remembered_needs_no_reading_again(window: MainWindow, qtbot) -> None:
    window.recall.reread()
    qtbot.waitUntil(lambda: "No card of this text was studied yet" in window.messages.shown)


def test_a_check_accepts_the_best_facts_and_asks_them(
    reader: Reader, window: MainWindow, qtbot
) -> None:
    window.recall.check()
    qtbot.waitUntil(lambda: window.study_view.item is not None, timeout=10_000)
    assert Page(window.pages.currentIndex()) is Page.STUDY
    assert window.study_view.item.note.kind is not NoteKind.TERM
    accepted = [r for r in reader.ask(lambda ws: ws.cards()) if r.status is NoteStatus.ACCEPTED]
    assert 0 < len(accepted) <= 10


def test_at_the_end_of_a_text_a_check_is_offered_once(window: MainWindow, qtbot) -> None:
    window.recall._at_place(0, 0, 0.4)
    window.recall._at_place(90, 0, 0.99)
    assert "You have come to the end" in window.messages.shown
    window.messages.tell("Something else.")
    window.recall._at_place(90, 5, 0.995)
    assert "Something else" in window.messages.shown
