"""What a reader does with the window, on a real library, through real widgets."""

import sqlite3
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.library.decks import NoteStatus
from desktop.study.card import Rating
from desktop.window import theme
from desktop.window.card_desk import ExportWish
from desktop.window.export_dialog import file_name
from desktop.window.rail import Page

SHORT_TEXT = "A Short Text\n\nThe gloss is older than print. It stood in the margin."


def study_page(window, qtbot):
    """Accept all cards and bring the first one up, as a new reader does it: two clicks."""
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "proposed" in window.study_view.empty.button.text())
    QTest.mouseClick(window.study_view.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.study_view.item is not None)
    return window.study_view


def test_the_first_start_shows_the_essay(reader, qtbot, essay):
    reader.known = False
    window = reader.open()
    assert window.desk.text.document.title == essay.title
    assert essay.blocks[-1].text in window.reader.toPlainText().replace("\u00ad", "")
    assert essay.title in window.windowTitle()


def test_a_click_on_a_term_opens_its_entry_and_the_next_mention_follows(window, qtbot):
    terms = window.glossary_view.model.terms
    term = next(t for t in terms if len(t.mentions) > 2)
    window._open_term(terms.index(term))
    entry = window.glossary_view.entry
    assert window.glossary_view.currentWidget() is entry
    assert entry.term == term
    entry.step(1)
    first = window.reader.lit[0]
    QTest.keyClick(window.reader, Qt.Key.Key_F3)
    assert window.reader.lit[0] != first
    assert window.reader.lit[0] in term.mentions
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    assert window.glossary_view.currentIndex() == 0
    assert window.reader.lit == []


def test_search_and_kinds_choose_the_entries(window):
    view = window.glossary_view
    name = view.model.terms[3].term
    view.search.setText(name.upper())
    shown = [view.model.index(row).data() for row in range(view.model.rowCount())]
    assert name in shown
    assert len(shown) < len(view.model.terms)
    view.search.clear()
    view.kinds.choose("person")
    people = [t.term for t in view.model.terms if t.kind == "person"]
    assert [view.model.index(row).data() for row in range(view.model.rowCount())] == people
    view.controls.order.setCurrentText("A–Z")
    shown = [view.model.index(row).data() for row in range(view.model.rowCount())]
    assert shown == sorted(people, key=str.casefold)


def test_a_new_reader_studies_within_two_clicks_and_undoes(window, reader, qtbot):
    study = study_page(window, qtbot)
    seen = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_4):
        item = study.item
        seen.append(item.card.id)
        assert not study.answer_shown
        QTest.keyClick(study, Qt.Key.Key_Space)
        assert study.answer_shown
        QTest.keyClick(study, key)
        qtbot.waitUntil(lambda i=item: study.item not in (None, i))
    assert len(set(seen)) == 3
    cards = {r.card.id: r.card for r in reader.ask(lambda ws: ws.cards()) if r.card}
    assert [cards[card_id].reps for card_id in seen] == [1, 1, 1]
    QTest.keyClick(study, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: study.item is not None and study.item.card.id == seen[-1])
    cards = {r.card.id: r.card for r in reader.ask(lambda ws: ws.cards()) if r.card}
    assert cards[seen[-1]].reps == 0


def test_the_buttons_say_when_a_card_comes_back(window, qtbot):
    study = study_page(window, qtbot)
    QTest.keyClick(study, Qt.Key.Key_Space)
    texts = {rating: button.text() for rating, button in study.rating_buttons.items()}
    assert texts[Rating.AGAIN].startswith("Again\n")
    assert all(text.split("\n")[1] for text in texts.values())


def test_a_second_key_press_answers_nothing(window, reader, qtbot):
    study = study_page(window, qtbot)
    QTest.keyClick(study, Qt.Key.Key_Space)
    study.rate(Rating.GOOD)
    study.rate(Rating.GOOD)
    qtbot.waitUntil(lambda: study.item is not None)
    assert sum(r.card.reps for r in reader.ask(lambda ws: ws.cards()) if r.card) == 1


def test_s_shows_the_card_s_sentence_in_the_text(window, qtbot):
    study = study_page(window, qtbot)
    span = study.item.note.evidence.span
    QTest.keyClick(study, Qt.Key.Key_S)
    assert window.pages.currentIndex() == Page.READ
    assert window.reader.lit == [span]


def test_a_card_is_edited_while_it_is_studied(window, qtbot):
    study = study_page(window, qtbot)
    note_id = study.item.note.id
    QTest.keyClick(study, Qt.Key.Key_E)
    field = next(iter(study.editor.fields.values()))
    QTest.keyClicks(field, " mended")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: study.item is not None and "mended" in study.front.text())
    assert study.item.note.id == note_id


def test_a_card_is_edited_in_its_list(window, reader, qtbot):
    view = window.text_cards_view
    window.show_side("Cards")
    number = next(i for i, r in enumerate(view.model.shown) if r.note.kind != "cloze")
    view.open_row(number)
    note_id = view.current_id()
    view.edit_current()
    field = view.tile.editor.fields["back"]
    field.setPlainText("In the reader's own words.")
    view.tile.editor.save()
    qtbot.waitUntil(
        lambda: any(
            r.note.id == note_id and r.note.back == "In the reader's own words." and r.edited
            for r in view.model.records
        )
    )


def test_accepting_goes_on_to_the_next_card(window, qtbot):
    view = window.text_cards_view
    window.show_side("Cards")
    view.open_row(0)
    first, second = (r.note.id for r in view.model.shown[:2])
    QTest.keyClick(view.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: view.model.count(NoteStatus.ACCEPTED) == 1)
    assert view.current_id() == second
    QTest.keyClick(view.list, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: view.model.count(NoteStatus.REFUSED) == 1)
    assert view.model.row_of(first) == -1
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.model.count(NoteStatus.REFUSED) == 0)
    assert "Undone" in window.messages.shown


def test_the_accepted_cards_go_to_an_anki_package(window, reader, qtbot, tmp_path):
    study_page(window, qtbot)
    statuses = [record.status for record in reader.ask(lambda ws: ws.cards())]
    count = statuses.count(NoteStatus.ACCEPTED)
    assert count > 5
    out = tmp_path / "essay.apkg"
    with qtbot.waitSignal(window.cards.exported, timeout=10000) as done:
        window.cards.export(ExportWish(out, "Essays::Beijing", window.desk.text.id, False))
    assert done.args == [out, count]
    assert "written to essay.apkg" in window.messages.shown
    with zipfile.ZipFile(out) as package:
        (tmp_path / "collection.db").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "collection.db") as database:
        assert database.execute("select count(*) from notes").fetchone() == (count,)
    database.close()


def test_an_unwritable_file_is_said_in_one_sentence(window, qtbot, tmp_path):
    study_page(window, qtbot)
    out = tmp_path / "no such folder" / "deck.csv"
    with qtbot.waitSignal(window.cards.failed, timeout=10000):
        window.cards.export(ExportWish(out, "Deck", window.desk.text.id, False))
    assert "deck.csv" in window.messages.shown or "no such folder" in window.messages.shown
    assert not out.exists()


def test_a_dropped_file_is_added_and_shown(window, reader, qtbot, tmp_path):
    path = tmp_path / "short.txt"
    path.write_text(SHORT_TEXT, encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(window.desk.opened, timeout=10000):
        window.dropEvent(event)
    assert "older than print" in window.reader.toPlainText().replace("\u00ad", "")
    assert len(reader.ask(lambda ws: ws.documents())) == 2


def test_a_file_that_can_t_be_read_leaves_the_text_on_show(window, qtbot, tmp_path):
    title = window.desk.text.document.title
    with qtbot.waitSignal(window.imports.importer.finished, timeout=10000):
        window.open_files([tmp_path / "missing.txt"])
    assert "missing.txt" in window.messages.shown
    assert window.desk.text.document.title == title


def test_a_removed_text_comes_back_with_undo(window, reader, qtbot):
    document_id = window.desk.text.id
    with qtbot.waitSignal(window.library.desk.removed):
        window.library.desk.remove([document_id])
    qtbot.waitUntil(lambda: window.library_view.model.rowCount() == 0)
    assert window.desk.text is None
    assert "removed" in window.messages.shown
    QTest.mouseClick(window.messages._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.library_view.model.rowCount() == 1)
    assert reader.ask(lambda ws: len(ws.cards(document_id))) > 0


def test_place_size_and_document_come_back_at_the_next_start(reader, qtbot, essay, tmp_path):
    path = tmp_path / "short.txt"
    path.write_text(SHORT_TEXT, encoding="utf-8")
    window = reader.open(path)
    qtbot.waitUntil(lambda: window.desk.text is not None)
    window.desk.open_document(1)
    qtbot.waitUntil(lambda: window.desk.text is not None and window.desk.text.id == 1)
    window.resize(780, 640)  # the offscreen screen is 800 pixels wide
    bar = window.reader.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = window.reader.place()
    with qtbot.waitSignal(window.reader.place_changed):
        pass
    assert place != (0, 0)
    window.show_side("Cards")
    reader.close()

    again = reader.open()
    assert again.desk.text.document.title == essay.title
    qtbot.waitUntil(lambda: again.reader.place()[0] == place[0])
    assert again.size().width() == 780
    assert again.reading_page.tabs.choice == "Cards"


def test_the_second_window_on_a_library_is_refused(reader):
    from desktop.errors import LibraryInUseError
    from desktop.operations.workspace import Workspace
    from desktop.paths import reader_folders
    from desktop.window.jobs import Lane

    reader.open()
    second = Lane(lambda: Workspace.open(reader_folders(reader.home)))
    with pytest.raises(LibraryInUseError):
        second.wait_until_open()


def test_dark_and_light_change_at_once_and_stay(window, reader):
    for _ in range(2):
        before = theme.colours().dark
        window.toggle_dark()
        assert theme.colours().dark is not before
        app = QApplication.instance()
        assert app.palette().window().color().name() == theme.colours().window
        kept = reader.ask(lambda ws: ws.settings()).theme
        assert kept == theme.colours().name


def test_the_keys_lead_everywhere(window):
    for key, page in (
        (Qt.Key.Key_1, Page.LIBRARY),
        (Qt.Key.Key_3, Page.CARDS),
        (Qt.Key.Key_4, Page.STUDY),
        (Qt.Key.Key_2, Page.READ),
    ):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.currentIndex() == page
    QTest.keyClick(window.reader, Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is window.glossary_view.search


def test_an_analysis_in_the_language_process_reaches_the_window(reader, qtbot):
    reader.known = False
    window = reader.open()
    with qtbot.waitSignal(window.shown_glossary, timeout=60000):
        window.desk.start_analysis()
    if not window.text_cards_view.model.records:
        qtbot.waitUntil(lambda: bool(window.text_cards_view.model.records), timeout=60000)
    assert window.glossary_view.model.rowCount() > 20
    assert window.reader.term_at(*_first_mention(window)) is not None


def _first_mention(window):
    blocks = window.desk.text.document.blocks
    span = min(
        mention
        for term in window.glossary_view.model.terms
        for mention in term.mentions
        if blocks[mention.block].kind == "paragraph"
    )
    return span.block, span.start


def test_a_cancelled_analysis_can_be_begun_again(reader, qtbot):
    reader.known = False
    window = reader.open()
    window.desk.start_analysis()
    qtbot.waitUntil(lambda: window.reading_page._work.cancel.isVisible(), timeout=20000)
    window.reading_page._work.cancel.click()
    qtbot.waitUntil(lambda: window.reading_page._work.again.isVisible(), timeout=60000)
    with qtbot.waitSignal(window.desk.cards_ready, timeout=60000):
        window.reading_page._work.again.click()
    assert window.glossary_view.model.rowCount() > 20


def test_a_defect_becomes_a_quiet_message(window):
    window.messages.report(ZeroDivisionError("a detail"))
    assert "log" in window.messages.shown
    assert "a detail" not in window.messages.shown


def test_the_click_reaches_from_page_to_pane(window, qtbot):
    terms = window.glossary_view.model.terms
    reader_view = window.reader
    block = next(b for b in window.desk.text.document.blocks if b.kind == "paragraph")
    offset = next(
        o for o in range(len(block.text)) if reader_view.term_at(block.index, o) is not None
    )
    index = reader_view.term_at(block.index, offset)
    mention = next(m for m in terms[index].mentions if m.block == block.index and m.start == offset)
    place = reader_view.position_of(mention).center() + QPoint(6, 0)
    QTest.mouseClick(reader_view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.glossary_view.entry.term == terms[index]
    assert reader_view.lit == [mention]


def test_files_given_at_the_start_come_first(reader, tmp_path: Path):
    path = tmp_path / "short.txt"
    path.write_text(SHORT_TEXT, encoding="utf-8")
    window = reader.open(path, tmp_path / "missing.txt")
    assert "older than print" in window.reader.toPlainText().replace("\u00ad", "")
    assert [type(error).__name__ for error in reader.errors] == ["InputError"]


def test_a_new_text_says_what_was_left_out_of_it(window, qtbot, monkeypatch):
    from dataclasses import replace

    from desktop.reading.document import LeftOut, LeftOutKind
    from desktop.window.desk import OpenText

    text = window.desk.text
    advertisement = LeftOut(LeftOutKind.ADVERTISEMENT, "Buy our engines.")
    document = replace(text.document, left_out=(advertisement,))
    window.desk.opened.emit(OpenText(text.id, document, None))
    assert window.messages.shown == "1 piece of the file did not belong to the text."


def test_a_file_that_is_there_is_replaced_only_with_consent(window, qtbot, tmp_path):
    out = tmp_path / (file_name(window.desk.text.document.title) + ".apkg")
    out.write_bytes(b"something of the reader's")
    window.exports.folder = tmp_path
    questions = []

    def press_export():
        dialog = QApplication.activeModalWidget()
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)

    def refuse():
        box = QApplication.activeModalWidget()
        questions.append(box.text())
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(300, press_export)
    QTimer.singleShot(900, refuse)
    window.exports.cards()
    qtbot.waitUntil(lambda: bool(questions))
    assert out.name in questions[0]
    assert out.read_bytes() == b"something of the reader's"
