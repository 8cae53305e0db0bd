"""The study page: Anki's keys, what they do to the library, and what the page shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.study.card import CardState, Rating
from desktop.study.options import AutoAction, DeckOptions
from desktop.window.card_info_dialog import CardInfoDialog
from desktop.window.deck_options_dialog import DeckOptionsDialog
from desktop.window.decks_dialog import DecksDialog
from desktop.window.pause_dialogs import CatchUpDialog, CramDialog, VacationDialog
from desktop.window.rail import Page

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def study(window, reader, qtbot):
    reader.ask(lambda ws: ws.accept([record.note.id for record in ws.cards()]))
    window.go_to(Page.STUDY)
    qtbot.waitUntil(lambda: window.study_view.item is not None)
    return window.study_view


def press(study, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key and wait until another state is on show."""
    before = study.item
    QTest.keyClick(study, key, modifier)
    qtbot.waitUntil(lambda: study.item is not None and study.item is not before)


def answer_dialog(kind: type[QDialog], work: Callable[[QDialog], object]) -> list[bool]:
    """Do something in the dialog that is about to open."""
    done: list[bool] = []
    timer = QTimer(QApplication.instance())
    timer.setInterval(20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            work(dialog)
            done.append(True)

    timer.timeout.connect(look)
    timer.start()
    return done


def info(reader, card_id):
    return reader.ask(lambda ws: ws.card_info(card_id))


def test_flags_and_marks_are_shown_and_taken_away_again(study, reader, qtbot):
    card = study.item.card.id
    press(study, qtbot, Qt.Key.Key_3, CTRL)
    assert study.item.card.flag == 3
    assert "Green flag" in study.card._signs.text()
    press(study, qtbot, Qt.Key.Key_Asterisk)
    assert "marked" in study.item.note.tags
    assert "marked" in study.card._signs.text()
    press(study, qtbot, Qt.Key.Key_3, CTRL)
    press(study, qtbot, Qt.Key.Key_Asterisk)
    assert study.item.card.id == card
    assert info(reader, card).card.flag == 0
    assert study.card._signs.isHidden()


@pytest.mark.parametrize(
    ("key", "modifier", "check"),
    [
        (Qt.Key.Key_Minus, None, lambda i: i.card.buried_until is not None),
        (Qt.Key.Key_Equal, None, lambda i: i.card.buried_until is not None),
        (Qt.Key.Key_At, None, lambda i: i.card.suspended),
        (Qt.Key.Key_Exclam, None, lambda i: i.card.suspended),
    ],
)
def test_a_card_leaves_study_and_u_brings_it_back(study, reader, qtbot, key, modifier, check):
    card = study.item.card.id
    press(study, qtbot, key)
    assert study.item.card.id != card
    assert check(info(reader, card))
    press(study, qtbot, Qt.Key.Key_U)
    assert study.item.card.id == card
    assert not check(info(reader, card))


def test_a_note_is_deleted_and_comes_back(study, reader, qtbot):
    card, note = study.item.card.id, study.item.note.id
    press(study, qtbot, Qt.Key.Key_Delete, CTRL)
    assert note not in {record.note.id for record in reader.ask(lambda ws: ws.cards())}
    press(study, qtbot, Qt.Key.Key_Z, CTRL)
    assert study.item.card.id == card


def test_answers_are_undone_and_done_again_one_by_one(study, reader, qtbot):
    seen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4):
        seen.append(study.item.card.id)
        QTest.keyClick(study, Qt.Key.Key_Space)
        press(study, qtbot, key)
    for card in reversed(seen):
        press(study, qtbot, Qt.Key.Key_U)
        assert study.item.card.id == card
        assert info(reader, card).card.state is CardState.NEW
    for _ in seen:
        press(study, qtbot, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [info(reader, card).card.reps for card in seen] == [1, 1, 1]


def test_the_answer_shows_its_sentence_in_its_paragraph(study, qtbot):
    qtbot.waitUntil(lambda: "<b></b>" not in study.evidence._label.text())
    assert study.evidence.isHidden()
    QTest.keyClick(study, Qt.Key.Key_Space)
    assert study.evidence.isVisible()
    text = study.evidence._label.text()
    quote = study.item.note.evidence.quote
    assert len(text) > len(quote) + 30
    QTest.keyClick(study, Qt.Key.Key_V)
    assert study.evidence.isHidden()


def test_one_key_leads_into_the_text_and_back(study, window, qtbot):
    QTest.keyClick(study, Qt.Key.Key_Space)
    card, span = study.item.card.id, study.item.note.evidence.span
    QTest.keyClick(study, Qt.Key.Key_S)
    assert window.pages.currentIndex() == Page.READ
    assert window.reader.lit == [span]
    QTest.keyClick(window.reader, Qt.Key.Key_Y)
    assert window.pages.currentIndex() == Page.STUDY
    qtbot.waitUntil(lambda: study.item is not None and study.item.card.id == card)
    assert study.answer_shown


def test_without_a_card_the_keys_of_flags_lead_to_the_pages(window):
    window.go_to(Page.STUDY)
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.pages.currentIndex() == Page.LIBRARY


def test_a_typed_answer_is_compared(study, reader, qtbot):
    before = study.item
    reader.ask(lambda ws: ws.save_options(DeckOptions(type_answers=True)))
    qtbot.waitUntil(lambda: study.item is not None and study.item is not before)
    assert study.typed.isVisible()
    QTest.keyClicks(study.typed, "1 e s @ -")  # letters, not commands
    assert study.typed.text() == "1 e s @ -"
    QTest.keyClick(study.typed, Qt.Key.Key_Return)
    assert study.answer_shown
    assert study.card.comparison.isVisible()
    assert "line-through" in study.card.comparison.text()
    card = study.item.card.id
    QTest.keyClick(study, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: study.item is not None and study.item.card.id != card)
    assert study.typed.text() == ""


def test_about_a_card_with_its_curve_and_answers(study, window, reader, qtbot):
    card = study.item.card.id
    reader.ask(lambda ws: ws.answer(card, Rating.GOOD, 2500))
    seen = {}

    def look(dialog):
        seen["rows"] = dialog.table.rowCount()
        seen["answer"] = dialog.table.item(0, 2).text()
        image = dialog.curve.grab().toImage()
        seen["drawn"] = colours_of(image)
        dialog.reject()

    done = answer_dialog(CardInfoDialog, look)
    reader.ask(lambda ws: ws.undo())
    reader.ask(lambda ws: ws.redo())
    from desktop.window import study_dialogs

    study_dialogs.show_card_info(window, window.study.lane, card)
    qtbot.waitUntil(lambda: bool(done))
    assert (seen["rows"], seen["answer"]) == (1, "3 Good")
    assert len(seen["drawn"]) > 3


def colours_of(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


def test_the_options_of_the_deck_are_changed_and_undone(study, window, reader, qtbot):
    def change(dialog):
        dialog.fields.widgets["new_per_day"].setValue(2)
        dialog.fields.widgets["learning_steps"].setText("90s later")
        dialog.accept()
        assert "later" in dialog.problem.text()
        dialog.fields.widgets["learning_steps"].setText("90s 2h")
        dialog.accept()

    done = answer_dialog(DeckOptionsDialog, change)
    QTest.keyClick(study, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: bool(done))
    deck = study.item.card.deck_id if study.item else None
    qtbot.waitUntil(lambda: reader.ask(lambda ws: ws.options(deck)).new_per_day == 2)
    assert reader.ask(lambda ws: ws.options(deck)).learning_steps == (90, 7200)
    assert reader.ask(lambda ws: ws.undo()) == "Change deck options"
    assert reader.ask(lambda ws: ws.options(deck)) == DeckOptions()


def test_options_that_nobody_touched_stay_as_they_are(study, window, reader, qtbot):
    odd = DeckOptions(desired_retention=0.873, auto_question=2.5, learning_steps=(61,))
    reader.ask(lambda ws: ws.save_options(odd))
    done = answer_dialog(DeckOptionsDialog, lambda dialog: dialog.accept())
    qtbot.waitUntil(lambda: study.item is not None)
    QTest.keyClick(study, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: bool(done))
    assert reader.ask(lambda ws: ws.options()) == odd


def test_a_deck_is_chosen_from_its_tree(study, window, qtbot):
    seen = []

    def choose(dialog):
        qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() > 0)
        top = dialog.tree.topLevelItem(0)
        seen.append((top.text(0), top.child(0).text(0), top.child(0).text(1)))
        dialog.tree.setCurrentItem(top.child(0))
        dialog._study()

    done = answer_dialog(DecksDialog, choose)
    QTest.keyClick(study, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: bool(done))
    ((top, deck, new),) = seen
    assert (top, deck) == ("Glossator", window.desk.text.document.title)
    assert 0 < int(new) <= 20
    qtbot.waitUntil(lambda: study.head.told.text() == window.desk.text.document.title)
    assert window.study.scope.deck_id is not None


def test_cramming_asks_until_all_is_known_and_changes_nothing(study, window, reader, qtbot):
    def begin(dialog):
        dialog.number.setValue(3)
        dialog.accept()

    def reviews() -> int:
        return reader.ask(lambda ws: ws._database.value("SELECT count(*) FROM reviews"))

    done = answer_dialog(CramDialog, begin)
    window.study_actions.cram()
    qtbot.waitUntil(lambda: bool(done) and study.item is not None and study.item.cramming)
    assert "0 of 3" in study.head.told.text()
    assert "soon" in study.rating_buttons[Rating.AGAIN].text()

    def rate(rating: Rating) -> None:
        before = study.item
        study.show_answer()
        study.rate(rating)
        qtbot.waitUntil(lambda: study.item is not before)

    for rating in (Rating.AGAIN, Rating.GOOD, Rating.GOOD):
        rate(rating)
        qtbot.waitUntil(lambda: study.item is not None)
    assert "2 of 3" in study.head.told.text()
    window.study_actions.undo()
    qtbot.waitUntil(lambda: "1 of 3" in study.head.told.text())
    rate(Rating.EASY)
    qtbot.waitUntil(lambda: study.item is not None)
    rate(Rating.GOOD)
    qtbot.waitUntil(lambda: study.empty.title == "All of them known")
    assert reviews() == 0
    study.proceed()
    qtbot.waitUntil(lambda: study.item is not None and not study.item.cramming)


def test_a_vacation_is_taken_and_ended(study, window, reader, qtbot):
    done = answer_dialog(VacationDialog, lambda dialog: dialog.accept())
    window.study_actions.vacation()
    qtbot.waitUntil(lambda: bool(done) and study.empty.title.startswith("On vacation"))
    study.proceed()
    qtbot.waitUntil(lambda: study.item is not None)
    assert reader.ask(lambda ws: ws.settings()).vacation == ()


def test_a_backlog_is_spread(study, window, reader, qtbot):
    done = answer_dialog(CatchUpDialog, lambda dialog: (dialog.days.setValue(4), dialog.accept()))
    window.study_actions.catch_up()
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: reader.ask(lambda ws: ws.settings()).caught_up != "")
    assert reader.ask(lambda ws: ws.backlog()).days_left == 4


def test_cards_advance_by_themselves(study, reader, qtbot):
    options = DeckOptions(auto_question=0.05, auto_answer=0.05, auto_action=AutoAction.GOOD)
    before = study.item
    reader.ask(lambda ws: ws.save_options(options))
    qtbot.waitUntil(lambda: study.item is not None and study.item is not before)
    QTest.keyClick(study, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert study.head.auto.isVisible()
    reps = lambda ws: sum(card.reps for r in ws.cards() for card in r.cards)  # noqa: E731
    qtbot.waitUntil(lambda: reader.ask(reps) >= 2)
    QTest.keyClick(study, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert study.head.auto.isHidden()


def test_the_timer_stands_in_the_head(study, reader, qtbot):
    assert study.head.timer.isHidden()
    before = study.item
    reader.ask(lambda ws: ws.save_options(replace(ws.options(), show_timer=True)))
    qtbot.waitUntil(lambda: study.item is not None and study.item is not before)
    assert study.head.timer.isVisible()
    assert study.head.timer.text() == "0:00"


def test_a_leech_is_told(study, window, reader, qtbot):
    reader.ask(lambda ws: ws.save_options(replace(ws.options(), leech_threshold=1)))
    card = study.item.card.id
    reader.ask(lambda ws: ws.answer(card, Rating.EASY))
    window.study.answer(card, int(Rating.AGAIN), 100)
    qtbot.waitUntil(lambda: "leech" in window.messages.shown)
    assert info(reader, card).card.suspended
