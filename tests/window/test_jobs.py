import logging
import threading

import pytest

from desktop.errors import LibraryError
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.window.jobs import Lane


@pytest.fixture
def lane(qtbot, tmp_path):
    lane = Lane(lambda: Workspace.open(reader_folders(tmp_path)))
    lane.wait_until_open()
    yield lane
    if lane._thread.is_alive():
        lane.close()


def test_work_is_done_on_the_lane_and_its_result_comes_back_to_the_window(lane, qtbot):
    threads = []
    lane.submit(lambda _ws: threading.get_ident(), lambda ident: threads.extend(
        [ident, threading.get_ident()]
    ))  # fmt: skip
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_work_is_done_in_the_order_of_asking(lane, qtbot):
    done = []
    for number in range(50):
        lane.submit(lambda _ws, n=number: n, done.append)
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_what_was_asked_for_is_finished_before_the_lane_ends(lane, tmp_path):
    for number in range(20):
        lane.submit(lambda ws, n=number: ws.save_state("last", n))
    lane.close()
    workspace = Workspace.open(reader_folders(tmp_path))
    assert workspace.state("last") == 19
    workspace.close()


def test_an_error_goes_to_its_asker_or_else_to_the_signal(lane, qtbot):
    caught = []
    lane.submit(lambda ws: ws.document(99), failed=caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], LibraryError)
    with qtbot.waitSignal(lane.failed) as heard:
        lane.submit(lambda ws: ws.document(99))
    assert isinstance(heard.args[0], LibraryError)


def test_a_defect_is_logged_with_its_traceback(lane, qtbot, caplog):
    with caplog.at_level(logging.ERROR, "desktop"), qtbot.waitSignal(lane.failed):
        lane.submit(lambda _ws: 1 / 0)
    assert "ZeroDivisionError" in caplog.text


def test_commits_are_told_by_their_kinds(lane, qtbot, essay):
    with qtbot.waitSignal(lane.changed) as heard:
        lane.submit(lambda ws: ws.add_document(essay))
    assert "documents" in heard.args[0]
