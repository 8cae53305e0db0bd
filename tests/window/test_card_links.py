"""Links of cards in the window, given at the start, by a second start, or unknown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.decks.link import note_link
from desktop.operations.second_start import hand_over, inbox
from desktop.paths import reader_folders
from desktop.window.card_links import NO_CARD, UNKNOWN_CARD
from desktop.window.rail import Page
from desktop.window.second_start import SecondStarts


def test_a_link_opens_the_text_at_the_sentence(qtbot, reader, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Of lamps\n\nThe lamp was lit on 4 May 1871.\n", encoding="utf-8")
    window = reader.open()
    record = reader.ask(lambda ws: ws.cards()[3])
    window.open_files([other])
    qtbot.waitUntil(lambda: window.desk.text.id != record.document_id)
    window.go_to(Page.LIBRARY)
    with qtbot.waitSignal(window.links.found) as found:
        window.links.open_all([note_link(record.note.id)])
    assert found.args == [record.document_id, record.note.evidence.span]
    qtbot.waitUntil(lambda: window.desk.text.id == record.document_id)


def test_a_link_to_nothing_is_told_in_a_sentence(qtbot, reader) -> None:
    window = reader.open()
    for address, sentence in (
        (note_link("0123456789abcdef0123"), UNKNOWN_CARD),
        ("glossator://elsewhere", NO_CARD),
    ):
        with qtbot.waitSignal(window.links.missing) as missing:
            window.links.open_all([address])
        assert missing.args == [sentence]


def test_the_open_window_takes_what_a_second_start_asks_for(qtbot, tmp_path: Path) -> None:
    folders = reader_folders(tmp_path)
    starts = SecondStarts(inbox(folders))
    heard: list[list[str]] = []
    starts.asked.connect(heard.append)
    import threading

    given: list[bool] = []
    second = threading.Thread(target=lambda: given.append(hand_over(folders, ["a", "b"], 5)))
    second.start()
    qtbot.waitUntil(lambda: bool(heard))
    second.join()
    QApplication.processEvents()
    assert (heard, given) == ([["a", "b"]], [True])
    starts.close()
    assert not inbox(folders).exists()
    assert not hand_over(folders, ["c"])
