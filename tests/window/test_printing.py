"""A text on paper: its pages, what goes along, the same PDF each time, off the window's thread."""

import threading
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.reading.document import BlockKind
from desktop.window import theme
from desktop.window.highlight_colours import highlight_colour
from desktop.window.printed_text import PrintedText, PrintOptions
from tests.documents import document_of
from tests.window.modal import in_dialog

PARAGRAPH = "The ferry left at seven with four passengers, a goat and the mail. " * 12
LONG = document_of(
    *[PARAGRAPH] * 12,
    frame=((BlockKind.HEADING, "Landing"), (BlockKind.PARAGRAPH, PARAGRAPH)),
)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as read:
        return "\n".join(page.get_textpage().get_text_range() for page in read)


def test_the_whole_text_is_on_its_pages(qapp):
    printed = PrintedText(LONG, PrintOptions())
    pdf = printed.pdf()
    with pypdfium2.PdfDocument(pdf) as read:
        assert len(read) == printed.pages > 1
        assert read[0].get_size() == pytest.approx((595, 842), abs=1)
    words = " ".join(words_of(pdf).replace("\x02", "").replace("\ufffe", "").split())
    assert words.count("four passengers") >= 12 * 13 - 12  # some are broken between lines
    assert "Landing" in words


def test_the_same_text_gives_the_same_bytes_and_another_paper_others(qapp, monkeypatch):
    first = PrintedText(LONG, PrintOptions()).pdf()
    assert first == PrintedText(LONG, PrintOptions()).pdf()
    letter = PrintedText(LONG, PrintOptions(paper="Letter")).pdf()
    with pypdfium2.PdfDocument(letter) as read:
        assert read[0].get_size() == pytest.approx((612, 792), abs=1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"(D:19700102000000Z" in PrintedText(LONG, PrintOptions()).pdf()


def test_no_heading_stands_alone_at_the_foot_of_a_page(qapp):
    for lines in range(1, 12):
        document = document_of(
            *[PARAGRAPH] * 6,
            *["A short line of no great import."] * lines,
            frame=((BlockKind.HEADING, "Landing"), (BlockKind.PARAGRAPH, PARAGRAPH)),
        )
        pages = words_of(PrintedText(document, PrintOptions()).pdf())
        assert "Landing\r\n1\r\n" not in pages
        assert not pages.replace("\r", "").rstrip("0123456789\n ").endswith("Landing")


def test_highlights_notes_and_glossary_go_along_as_they_are_wanted(window, qtbot):
    cursor = window.reader.document().find("for a single sentence")
    window.reader.setTextCursor(cursor)
    window.actions_by_id["highlight"].trigger()
    qtbot.waitUntil(lambda: len(window.highlights.passages) == 1)
    number = window.highlights.passages[0].highlight.id
    window.marks.write_note(number, "Which one?")
    qtbot.waitUntil(lambda: bool(window.highlights.passages[0].highlight.note))
    document, passages = window.desk.text.document, window.highlights.passages
    terms = window.glossary_view.model.open_terms()
    bare = PrintedText(document, PrintOptions(highlights=False, notes=False), passages, terms)
    full = PrintedText(document, PrintOptions(glossary=True), passages, terms)
    assert "Which one?" not in words_of(bare.pdf())
    words = words_of(full.pdf())
    assert "Which one?" in words
    assert "Glossary" in words
    ground = highlight_colour("yellow", "light").ground

    def colours(printed):
        image = printed.image(0, 600)
        return {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(image.height())
        }

    assert ground in colours(full)
    assert ground not in colours(bare)


def test_paper_is_white_whatever_the_theme(qapp):
    theme.apply_theme(qapp, "dark")
    image = PrintedText(LONG, PrintOptions()).image(0, 400)
    theme.apply_theme(qapp, "light")
    assert image.pixelColor(2, 2).name() == "#ffffff"
    dark = sum(image.pixelColor(x, 200).lightness() < 128 for x in range(image.width()))
    assert 0 < dark < image.width() / 2


def test_the_dialog_turns_pages_and_saves_beside_the_window(window, qtbot, monkeypatch, tmp_path):
    out = tmp_path / "text"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    made_on = []
    seen = {}

    def act(dialog):
        make = dialog._make
        dialog._make = lambda options: (made_on.append(threading.current_thread()), make(options))[
            1
        ]
        dialog.glossary.setChecked(True)
        qtbot.waitUntil(lambda: dialog.pages > 1 and bool(made_on))
        qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
        QTest.keyClick(dialog, Qt.Key.Key_PageDown)
        seen["count"] = dialog.count.text()
        dialog.save()
        qtbot.waitUntil(lambda: "Saved" in dialog.told.text())
        dialog.reject()

    in_dialog(act)
    window.actions_by_id["print"].trigger()
    assert seen["count"].startswith("2 of ")
    assert Path(f"{out}.pdf").read_bytes().startswith(b"%PDF")
    assert made_on[0] is not threading.main_thread()


def test_a_file_that_can_not_be_written_is_told(window, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "no" / "such.pdf"), "")
    )

    def act(dialog):
        qtbot.waitUntil(lambda: dialog.pages > 0)
        dialog.save()
        qtbot.waitUntil(lambda: "can't be written" in dialog.told.text())
        dialog.reject()

    in_dialog(act)
    window.exports.on_paper()
