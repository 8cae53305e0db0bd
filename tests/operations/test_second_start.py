"""Requests of a second start: taken once, or withdrawn."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop.operations.second_start import hand_over, inbox, take_requests
from desktop.paths import reader_folders


def test_without_an_open_window_nothing_is_asked(tmp_path: Path) -> None:
    assert not hand_over(reader_folders(tmp_path), ["a.txt"])
    assert not inbox(reader_folders(tmp_path)).exists()


def test_an_open_window_takes_the_request_once(tmp_path: Path) -> None:
    folders = reader_folders(tmp_path)
    inbox(folders).mkdir()
    taken: list[list[str]] = []

    def take() -> None:
        while not taken:
            taken.extend(take_requests(inbox(folders)))

    window = threading.Thread(target=take)
    window.start()
    assert hand_over(folders, ["/a b/ü.txt", "glossator://note/1"])
    window.join()
    assert taken == [["/a b/ü.txt", "glossator://note/1"]]
    assert take_requests(inbox(folders)) == []


def test_what_nobody_takes_is_withdrawn(tmp_path: Path) -> None:
    folders = reader_folders(tmp_path)
    inbox(folders).mkdir()
    assert not hand_over(folders, ["a.txt"], wait=0.2)
    assert list(inbox(folders).iterdir()) == []


def test_a_request_that_is_no_request_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{broken", encoding="utf-8")
    (tmp_path / "y.json").write_text('{"no": "list"}', encoding="utf-8")
    assert take_requests(tmp_path) == []
