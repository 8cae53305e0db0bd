import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop.errors import Cancelled, InputError
from desktop.window.messages import Messages, elide


@pytest.fixture
def place(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_note_stands_within_the_window_whatever_its_size(place):
    messages = Messages(place)
    messages.tell("The file was read. " * 12)
    for width, height in ((900, 600), (420, 300), (1500, 900)):
        place.resize(width, height)
        QApplication.processEvents()
        assert place.rect().contains(messages._toast.geometry()), (width, height)


def test_the_action_of_a_note_is_done_once_and_the_note_goes(place):
    done = []
    messages = Messages(place)
    messages.tell("Removed.", "Undo", lambda: done.append(1))
    QTest.mouseClick(messages._button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert messages.shown == ""


def test_an_error_for_the_reader_is_shown_as_it_is(place):
    messages = Messages(place)
    messages.report(InputError("The file a.txt is empty; choose another one."))
    assert messages.shown == "The file a.txt is empty; choose another one."


def test_of_many_errors_the_first_is_shown_and_the_rest_counted(place):
    messages = Messages(place)
    messages.report_all([InputError(f"The file {name} is empty.") for name in "abc"])
    assert messages.shown == "The file a is empty. (2 more files could not be added.)"
    messages.report_all([])
    assert "The file a" in messages.shown


def test_a_cancel_is_not_an_error(place):
    messages = Messages(place)
    messages.report(Cancelled("stopped"))
    assert messages.shown == ""


def test_a_decision_is_taken_in_a_dialog_and_escape_means_no(place):
    messages = Messages(place)

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(50, answer)
    assert messages.decide("Replace it?", "The old one is lost.", "Replace") is False


def test_long_titles_are_cut_between_words():
    assert elide("short") == "short"
    cut = elide("a title that is much longer than what a note has room for", 30)
    assert cut == "a title that is much longer…"
    assert len(cut) <= 30
