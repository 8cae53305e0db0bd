"""The statistics page in the real window: its charts, keys, tables, files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.library import reviews
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from desktop.study.scheduler import Scheduler
from desktop.window import theme
from desktop.window.exam_dialog import ExamDialog
from desktop.window.fit_dialog import FitDialog
from desktop.window.main_window import MainWindow
from desktop.window.rail import Page
from tests.window.conftest import Reader


def study_some(workspace: Workspace) -> None:
    workspace.accept([record.note.id for record in workspace.cards()][:12])
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.GOOD, Rating.EASY):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, rating, 4_000)


@pytest.fixture
def counted(reader: Reader, window: MainWindow, qtbot) -> MainWindow:
    """The window on its statistics page, after five answers."""
    reader.ask(study_some)
    QTest.keyClick(window, Qt.Key.Key_T)
    view = window.statistics_view
    qtbot.waitUntil(lambda: "added" in view.views, timeout=10_000)
    qtbot.waitUntil(lambda: view.today.text() == "Today: 5 answers in 20 seconds, 80 % right.")
    return window


def test_t_opens_the_page_and_it_counts(counted: MainWindow) -> None:
    view = counted.statistics_view
    assert Page(counted.pages.currentIndex()) is Page.STATISTICS
    assert len(view.views) == 14
    assert view.views["reviews"].words.text() == "5 reviews on 1 day, 5 a day."
    assert view.views["maturity"].words.text() == "12 cards in all."


def test_arrow_keys_walk_the_values_and_tell_them(counted: MainWindow, qtbot) -> None:
    chart = counted.statistics_view.views["forecast"]
    chart.canvas.setFocus()
    QTest.keyClick(chart.canvas, Qt.Key.Key_Right)
    assert chart.words.text().startswith("Overdue: ")
    QTest.keyClick(chart.canvas, Qt.Key.Key_Right)
    assert chart.words.text().startswith("Today, ")
    assert chart.canvas.accessibleDescription() == chart.words.text()
    QTest.keyClick(chart.canvas, Qt.Key.Key_End)
    assert chart.canvas.current == len(chart.chart.labels) - 1
    QTest.keyClick(chart.canvas, Qt.Key.Key_Escape)
    assert chart.words.text() == chart.chart.summary
    calendar = counted.statistics_view.views["calendar"]
    calendar.canvas.setFocus()
    QTest.keyClick(calendar.canvas, Qt.Key.Key_Left)
    assert calendar.words.text().endswith(": 5 reviews")  # today
    QTest.keyClick(calendar.canvas, Qt.Key.Key_Left)
    assert calendar.canvas.current == len(calendar.chart.labels) - 8  # a week before
    QTest.keyClick(calendar.canvas, Qt.Key.Key_Up)
    assert calendar.canvas.current == len(calendar.chart.labels) - 9


def test_the_pointer_finds_each_value_where_it_is_painted(counted: MainWindow, qtbot) -> None:
    from PySide6.QtCore import QRectF

    from desktop.window.chart_paint import chart_paint

    for key in ("calendar", "hours", "texts"):
        view = counted.statistics_view.views[key]
        paint = chart_paint(view.chart, QRectF(view.canvas.rect()))
        for at in range(len(view.chart.labels)):
            assert paint.at(paint.place(at).center()) == at


def test_enter_shows_the_chart_as_a_table(counted: MainWindow) -> None:
    chart = counted.statistics_view.views["buttons"]
    chart.canvas.setFocus()
    QTest.keyClick(chart.canvas, Qt.Key.Key_Return)
    assert not chart.table.isHidden()
    assert chart.canvas.isHidden()
    heads, rows = chart.chart.table()
    assert chart.table.horizontalHeaderItem(1).text() == "Again" == heads[1]
    assert chart.table.item(0, 3).text() == rows[0][3]
    chart.toggle_table()
    assert chart.table.isHidden()


@pytest.mark.parametrize("ending", ["png", "csv"])
def test_a_chart_is_saved_as_picture_or_numbers(
    counted: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    view = counted.statistics_view
    answer = (str(tmp_path / "mine"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    view.views["maturity"].save_wanted.emit(view.views["maturity"], ending)
    path = tmp_path / f"mine.{ending}"
    if ending == "csv":
        assert path.read_text().startswith("State,Cards,")
    else:
        image = QImage(str(path))
        assert image.width() == 1800
        colours = {
            image.pixelColor(x, y).name() for x in range(0, 1800, 7) for y in range(0, 580, 7)
        }
        assert len(colours) > 3


def test_another_text_and_period_are_counted(counted: MainWindow, qtbot) -> None:
    view = counted.statistics_view
    names = [view.thing.itemText(at) for at in range(view.thing.count())]
    assert names[0] == "All texts"
    assert len(names) == 2
    view.thing.setCurrentIndex(1)
    with qtbot.waitSignal(counted.statistics.desk.counted, timeout=10_000):
        view.thing.activated.emit(1)
    qtbot.waitUntil(lambda: view.views["texts"].chart.labels == (names[1],))
    view.period.choose("1 year")
    qtbot.waitUntil(lambda: len(view.views["reviews"].chart.labels) == 53)


def test_charts_follow_the_theme(counted: MainWindow, qtbot) -> None:
    chart = counted.statistics_view.views["maturity"]
    qtbot.waitUntil(lambda: chart.height() > 160)
    light = chart.grab().toImage()
    theme.apply_theme(QApplication.instance(), "dark")
    dark = chart.grab().toImage()
    theme.apply_theme(QApplication.instance(), "light")
    assert dark.pixelColor(6, 150).lightness() < 90 < light.pixelColor(6, 150).lightness()


def test_without_a_card_the_page_says_so(reader: Reader, qtbot) -> None:
    reader.known = False
    window = reader.open()
    window.go_to(Page.STATISTICS)
    with qtbot.waitSignal(window.statistics.desk.counted, timeout=10_000):
        pass
    assert window.statistics_view.empty.isVisible()


def test_a_plan_for_a_date_is_shown_and_studied(counted: MainWindow, qtbot) -> None:
    counted.statistics_view.plan_wanted.emit()
    qtbot.waitUntil(lambda: counted.findChild(ExamDialog) is not None)
    dialog = counted.findChild(ExamDialog)
    qtbot.waitUntil(lambda: dialog.words.text().startswith("On that day"), timeout=10_000)
    assert "of 12 cards with this plan" in dialog.words.text()
    assert len(dialog.chart.chart.labels) == 21
    first = dialog.words.text()
    dialog.date.setDate(dialog.date.date().addDays(-18))
    qtbot.waitUntil(lambda: len(dialog.chart.chart.labels) == 3, timeout=10_000)
    assert dialog.words.text() != first
    qtbot.waitUntil(dialog.study_button.isEnabled)
    dialog.study_button.click()
    assert Page(counted.pages.currentIndex()) is Page.STUDY
    qtbot.waitUntil(lambda: counted.study_view.item is not None)


def test_what_would_not_last_is_looked_at_without_touching_its_schedule(
    counted: MainWindow, reader: Reader, qtbot
) -> None:
    notes = [r.note.id for r in reader.ask(lambda ws: ws.cards()) if r.cards][:3]
    before = reader.ask(lambda ws: [r.cards for r in ws.cards()])
    counted.statistics.plan()
    qtbot.waitUntil(lambda: counted.findChild(ExamDialog) is not None)
    dialog = counted.findChild(ExamDialog)
    dialog.look_wanted.emit(notes)
    dialog.reject()
    qtbot.waitUntil(lambda: counted.study.cramming)
    qtbot.waitUntil(lambda: counted.study_view.item is not None)
    assert counted.study_view.item.note.id in notes
    counted.study_view.show_answer()
    counted.study_view.rate(Rating.GOOD)
    assert reader.ask(lambda ws: [r.cards for r in ws.cards()]) == before


def test_with_too_few_answers_the_fit_says_so(counted: MainWindow, qtbot) -> None:
    counted.statistics_view.fit_wanted.emit()
    qtbot.waitUntil(lambda: counted.findChild(FitDialog) is not None)
    dialog = counted.findChild(FitDialog)
    dialog.fit_button.click()
    qtbot.waitUntil(lambda: dialog.words.text().startswith("There are too few answers"))
    assert dialog.take_button.isHidden()
    dialog.close_button.click()
    assert not dialog.isVisible()


def answer_often(workspace: Workspace) -> None:
    """Put the answers of half a year into the library."""
    random, scheduler = Random(3), Scheduler()
    now = workspace._now()
    workspace.accept([record.note.id for record in workspace.cards()][:40])
    with workspace._database.transaction():
        for record in workspace.cards():
            for card in record.cards[:1]:
                moment = now - timedelta(days=180, hours=random.randrange(90))
                while moment < now:
                    rating = random.choices(list(Rating), (30, 10, 55, 5))[0]
                    card, review = scheduler.review(card, rating, moment, 5_000)
                    reviews.store_answer(workspace._database, card, review)
                    moment = card.due + timedelta(minutes=1)


def test_new_weights_hold_when_the_reader_agrees(reader: Reader, window: MainWindow, qtbot) -> None:
    reader.ask(answer_often)
    window.statistics.fit()
    qtbot.waitUntil(lambda: window.findChild(FitDialog) is not None)
    dialog = window.findChild(FitDialog)
    dialog.fit()
    qtbot.waitUntil(lambda: dialog.take_button.isVisible(), timeout=60_000)
    assert dialog.words.text().startswith("Learnt from ")
    assert reader.ask(lambda ws: ws.options().parameters) == ()
    dialog.take_button.click()
    qtbot.waitUntil(lambda: len(reader.ask(lambda ws: ws.options().parameters)) == 21)
    assert reader.ask(lambda ws: ws.undo()) == "Fit schedule"
    assert reader.ask(lambda ws: ws.options().parameters) == ()


def test_a_fit_can_be_stopped(reader: Reader, window: MainWindow, qtbot) -> None:
    reader.ask(answer_often)
    window.statistics.fit()
    qtbot.waitUntil(lambda: window.findChild(FitDialog) is not None)
    dialog = window.findChild(FitDialog)
    dialog.fit()
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=60_000)
    dialog.close_button.click()
    assert dialog.bar.isHidden()
    assert dialog.fit_button.isEnabled()
    dialog.reject()
