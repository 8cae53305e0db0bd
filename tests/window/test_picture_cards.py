"""Figures become cards: asked about as a whole, or with regions hidden, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.decks.deck import NoteKind
from desktop.decks.occlusion import figures, hidden_regions, hides_all, is_occlusion
from desktop.study.card import Rating
from desktop.window.card_desk import ExportWish
from desktop.window.picture_card_dialog import PictureCardDialog
from desktop.window.rail import Page
from tests.anki_judge import AnkiJudge
from tests.window.modal import in_dialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def dialog(window, qtbot):
    document = window.desk.text.document
    dialog = PictureCardDialog(window, document, figures(document)[0][0])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def drag(canvas, start, end):
    whole = canvas.picture_rect()

    def point(share):
        return QPoint(
            round(whole.left() + share[0] * whole.width()),
            round(whole.top() + share[1] * whole.height()),
        )

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=point(start))
    QTest.mouseMove(canvas, point(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)))
    QTest.mouseMove(canvas, point(end))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=point(end))


def test_without_a_region_the_caption_is_the_answer(dialog, window):
    note = dialog.note
    assert note.kind is NoteKind.QUESTION
    assert note.back == " ".join(note.evidence.quote.split())
    document = window.desk.text.document
    assert document.quote(note.evidence.span) == note.evidence.quote


def test_a_region_is_drawn_moved_and_resized_with_the_mouse(dialog):
    canvas = dialog.canvas
    drag(canvas, (0.1, 0.1), (0.4, 0.5))
    (drawn,) = canvas.regions
    assert drawn.left == pytest.approx(0.1, abs=0.02)
    assert drawn.width == pytest.approx(0.3, abs=0.03)
    drag(canvas, (0.2, 0.2), (0.4, 0.3))
    (moved,) = canvas.regions
    assert moved.left == pytest.approx(drawn.left + 0.2, abs=0.02)
    assert moved.width == pytest.approx(drawn.width, abs=1e-9)
    drag(canvas, (moved.left + moved.width, moved.top + moved.height), (0.9, 0.9))
    (resized,) = canvas.regions
    assert resized.left == moved.left
    assert resized.left + resized.width == pytest.approx(0.9, abs=0.02)


def test_a_region_is_set_with_the_keys_and_told(dialog):
    canvas = dialog.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    first = canvas.regions[0]
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, SHIFT)
    assert canvas.regions[0].left > first.left
    assert canvas.regions[0].height > first.height
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    assert canvas.current == 1
    QTest.keyClick(canvas, Qt.Key.Key_PageUp)
    assert canvas.words().startswith("Region 1 of 2")
    assert canvas.accessibleDescription() == canvas.words() == dialog.state.text()
    for _ in range(80):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.regions[0].left == 0.0
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.regions) == 1


def test_the_note_says_which_regions_are_hidden_with_the_asked_one(dialog):
    dialog.canvas.add()
    dialog.canvas.add()
    assert is_occlusion(dialog.note)
    assert hides_all(dialog.note)
    dialog.hide_all.setChecked(False)
    assert not hides_all(dialog.note)
    assert len(hidden_regions(dialog.note)) == 2
    assert not dialog.back.isVisible()


def test_from_the_text_into_study_and_into_anki(window, reader, qtbot, tmp_path, anki: AnkiJudge):
    def draw(dialog):
        QTest.keyClick(dialog.canvas, Qt.Key.Key_Insert)
        for _ in range(12):
            QTest.keyClick(dialog.canvas, Qt.Key.Key_Left)
        QTest.keyClick(dialog.canvas, Qt.Key.Key_Insert)
        QTest.keyClick(dialog.canvas, Qt.Key.Key_Return, CTRL)

    in_dialog(draw)
    with qtbot.waitSignal(window.review.written) as told:
        QTest.keyClick(window.reader, Qt.Key.Key_N, CTRL | SHIFT)
    (note_id,) = told.args
    record = next(r for r in reader.ask(lambda ws: ws.cards()) if r.note.id == note_id)
    assert len(record.cards) == 2
    assert reader.ask(lambda ws: ws.check()) == []

    window.study.study_only([note_id])
    window.go_to(Page.STUDY)
    study = window.study_view
    qtbot.waitUntil(lambda: study.item is not None and study.item.note.id == note_id)
    assert study.picture.isVisible()
    assert study.picture.masked == [0, 1]
    study.proceed()
    assert study.picture.masked == [1]
    assert "image-occlusion" not in study.front.text() + study.back.text()
    study.rate(Rating.EASY)
    qtbot.waitUntil(lambda: study.item is not None and study.item.card.ordinal == 1)
    assert study.picture.masked == [0, 1]

    out = tmp_path / "deck.apkg"
    with qtbot.waitSignal(window.cards.exported):
        window.cards.export(ExportWish(out, "Pictures", None, False))
    assert anki.take_package(out).new == 1
    assert anki.problems() == []
    seen = anki.collection.get_image_occlusion_note(anki.note(note_id).id).note
    assert len(seen.occlusions) == 2
    picture = reader.ask(lambda ws: ws.picture_of(note_id))
    assert seen.image_data == picture.data

    window.cards.undo()
    window.cards.undo()
    qtbot.waitUntil(lambda: all(r.note.id != note_id for r in reader.ask(lambda ws: ws.cards())))


def test_an_occlusion_in_the_list_says_what_it_is_and_edits_its_heading(window, reader, qtbot):
    document = window.desk.text.document
    dialog = PictureCardDialog(window, document, figures(document)[0][0])
    dialog.canvas.add()
    window.review.add(dialog.note)
    view = window.text_cards_view
    window.show_side("Cards")
    qtbot.waitUntil(lambda: any(is_occlusion(r.note) for r in view.model.records))
    view.open_notes([dialog.note.id])
    spoken = view.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 region of the picture" in spoken
    view.edit_current()
    assert set(view.tile.editor.fields) == {"front", "back"}
    view.tile.editor.fields["front"].setPlainText("Which year?")
    view.tile.editor.save()
    qtbot.waitUntil(lambda: any(r.note.front == "Which year?" for r in view.model.records))
    dialog.deleteLater()


def test_a_text_without_pictures_says_so(window, tmp_path, qtbot):
    path = tmp_path / "plain.txt"
    path.write_text("Plain\n\nThe gloss is older than print. It stood in the margin.")
    with qtbot.waitSignal(window.desk.opened):
        window.open_files([path])
    window.card_actions.write_on_picture()
    assert "no picture" in window.messages.shown
