"""Files on their way into the library: queued, told in one sentence, stopped, recognised."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Cancelled, InputError
from desktop.reading import isolation
from desktop.reading.opener import open_document
from desktop.window.importing import Batch, summary
from desktop.window.rail import Page
from tests.reading.specimens import SPECIMENS

PROSE = (
    "The glazier came on foot with the panes on his back, and nobody had sent for him. "
    "He asked for water, then for the key of the chapel, and set to work without another word. "
    "By the evening the north window was whole again and the bill lay on the sill. "
)


def finished(window, qtbot):
    return qtbot.waitSignal(window.imports.importer.finished, timeout=20000)


def test_several_files_go_on_past_one_that_can_t_be_read(reader, qtbot, tmp_path):
    window = reader.open()
    files = [tmp_path / name for name in ("one.txt", "two.bin", "three.md", "one again.txt")]
    files[0].write_text(PROSE, encoding="utf-8")
    files[1].write_bytes(b"\0\1\2\xff" * 3000)
    files[2].write_text("# Panes\n\nGlass is slow.\n", encoding="utf-8")
    files[3].write_text(PROSE, encoding="utf-8")
    with finished(window, qtbot):
        window.open_files(files)
    assert window.pages.currentIndex() == Page.LIBRARY
    assert "2 texts added to the library. 1 text was there already. two.bin" in (
        window.messages.shown
    )
    qtbot.waitUntil(lambda: len(window.library_view.chosen_ids()) == 2)
    assert window.imports.bar.isHidden()


def test_one_file_is_shown(reader, qtbot, tmp_path):
    window = reader.open()
    path = tmp_path / "one.docx"
    path.write_bytes(SPECIMENS["docx"][0]())
    with qtbot.waitSignal(window.desk.opened, timeout=20000):
        window.open_files([path])
    assert window.desk.text.document.title == "Three Wells"
    assert window.pages.currentIndex() == Page.READ


def test_another_version_of_a_text_is_asked_about_and_never_merged(reader, qtbot, tmp_path):
    window = reader.open()
    path, other = tmp_path / "glazier.txt", tmp_path / "corrected.txt"
    path.write_text(PROSE * 2, encoding="utf-8")
    other.write_text((PROSE * 2).replace("chapel", "church"), encoding="utf-8")
    with finished(window, qtbot):
        window.open_files([path])
    with finished(window, qtbot):
        window.open_files([other])
    assert "looks like another version" in window.messages.shown
    assert len(reader.ask(lambda ws: ws.documents())) == 3
    window.messages._button.click()
    qtbot.waitUntil(lambda: len(reader.ask(lambda ws: ws.documents())) == 2)
    qtbot.waitUntil(lambda: "church" in window.reader.toPlainText().replace("\u00ad", ""))


def test_what_is_stopped_leaves_the_rest_out(reader, qtbot, tmp_path):
    window = reader.open()
    files = [tmp_path / f"{n}.txt" for n in range(20)]
    for number, path in enumerate(files):
        said = " ".join(f"word{number}x{n}" for n in range(60))
        path.write_text(f"The glazier said {said}.", encoding="utf-8")
    importer = window.imports.importer
    importer.stepped.connect(
        lambda step: step.number == 2 and importer.cancel(), Qt.ConnectionType.DirectConnection
    )
    with finished(window, qtbot):
        window.open_files(files)
    assert "The rest was not opened." in window.messages.shown
    assert len(reader.ask(lambda ws: ws.documents())) < 21
    with finished(window, qtbot):  # and the next files open again
        window.open_files(files[-1:])
    assert window.desk.text is not None


def test_a_reading_that_is_watched_tells_its_progress_and_ends_when_told(tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(SPECIMENS["epub"][0]())
    shares: list[float] = []
    assert open_document(path, watch=shares.append).title == "Three Wells"
    assert shares
    before = threading.active_count()

    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        open_document(path, watch=stop)
    assert threading.active_count() <= before + 1
    assert isolation._BEAT <= 0.1


def test_the_summary_names_the_first_error_and_counts_the_others():
    errors = [InputError("a.pdf is locked."), InputError("b is no text."), ValueError("defect")]
    assert summary(Batch(added=[1], errors=list(errors))) == (
        "1 text added to the library. a.pdf is locked. 2 more files could not be added."
    )
    assert "log" in summary(Batch(errors=errors[2:]))
