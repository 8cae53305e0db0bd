"""The reader looks through what was made: by keys, with the evidence, and what was kept out."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.decks.deck import NoteKind
from desktop.library.decks import NoteStatus
from desktop.window.card_rows import Shown
from desktop.window.rail import Page


@pytest.fixture
def view(window, qtbot):
    window.show_side("Cards")
    view = window.text_cards_view
    qtbot.waitUntil(lambda: bool(view.model.kept))
    view.open_row(0)
    return view


def press(view, key):
    QTest.keyClick(view.list, key)


def record(view, note_id):
    return next(r for r in view.model.records if r.note.id == note_id)


def test_the_sentence_stands_within_its_paragraph(view, window):
    row = next(i for i, r in enumerate(view.model.shown) if r.note.evidence.span.start > 0)
    view.open_row(row)
    note = view.tile.record.note
    shown = view.tile.evidence.accessibleName()
    assert " ".join(note.evidence.quote.split()) in " ".join(shown.split())
    assert len(shown) > len(note.evidence.quote) + 60
    press(view, Qt.Key.Key_G)
    assert window.reader.lit == [note.evidence.span]


def test_another_wording_is_chosen_by_its_number_and_undone(view, window, qtbot):
    row = next(i for i, r in enumerate(view.model.shown) if r.note.kind is NoteKind.QUESTION)
    view.open_row(row)
    before = view.tile.record.note
    press(view, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: view.tile.alternatives is not None)
    QTest.keyClick(view.tile.alternatives.buttons[0], Qt.Key.Key_1)
    qtbot.waitUntil(lambda: record(view, before.id).edited)
    assert record(view, before.id).note.front != before.front
    window.cards.undo()
    qtbot.waitUntil(lambda: not record(view, before.id).edited)
    assert record(view, before.id).note == before


def test_the_wordings_come_into_view_in_a_low_window(view, window, qtbot):
    window.resize(900, 560)
    qtbot.wait(50)
    press(view, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: view.tile.alternatives is not None)
    first, port = view.tile.alternatives.buttons[0], view.list.viewport()
    qtbot.waitUntil(lambda: 0 <= first.mapTo(port, first.rect().topLeft()).y() < port.height())


def test_no_chip_is_cut_in_a_narrow_pane(view, window, qtbot):
    window.resize(860, 560)
    qtbot.wait(50)
    chips = [b for b in view.kinds.children() if getattr(b, "isVisible", bool)()]
    assert len(chips) > 2
    assert all(chip.geometry().bottom() <= view.kinds.height() for chip in chips)


def test_escape_closes_the_wordings(view, qtbot):
    press(view, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: view.tile.alternatives is not None)
    QTest.keyClick(view.tile.alternatives, Qt.Key.Key_Escape)
    assert view.tile.alternatives is None


def test_k_turns_a_question_into_a_gap(view, window, qtbot):
    row = next(i for i, r in enumerate(view.model.shown) if r.note.kind is NoteKind.QUESTION)
    view.open_row(row)
    note_id = view.current_id()
    press(view, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: record(view, note_id).note.kind is not NoteKind.QUESTION)
    assert view.current_id() == note_id
    assert "now" in window.messages.shown


def test_what_was_kept_out_tells_why_and_can_be_accepted(view, qtbot, reader):
    view.status.choose(Shown.REFUSED.value)
    kept = view.model.shown[0]
    view.open_row(0)
    assert view.tile.kept_out
    assert view.tile.kept_out[0].reason in view.model.index(0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    many = len(view.model.kept)
    press(view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(view.model.kept) == many - 1)
    assert record(view, kept.note.id).status is NoteStatus.ACCEPTED
    press(view, Qt.Key.Key_X)  # on whatever is open now: nothing of the program's is refused twice
    reader.ask(lambda ws: ws.undo())
    qtbot.waitUntil(lambda: len(view.model.kept) == many)


def test_a_kept_out_card_is_mended_and_accepted(view, qtbot):
    view.status.choose(Shown.REFUSED.value)
    view.open_row(0)
    note_id = view.current_id()
    press(view, Qt.Key.Key_E)
    field = next(iter(view.tile.editor.fields.values()))
    field.setPlainText(field.toPlainText() + " indeed")
    view.tile.editor.save()
    qtbot.waitUntil(lambda: any(r.note.id == note_id for r in view.model.records))
    assert record(view, note_id).edited
    assert record(view, note_id).status is NoteStatus.ACCEPTED


def test_bulk_accept_takes_only_what_is_sure_enough(view, window, qtbot):
    proposed = [r.note for r in view.model.records if r.status is NoteStatus.PROPOSED]
    box = view.filters.sure
    row = next(i for i in range(1, box.count()) if 0 < _many(box, i) < len(proposed))
    box.setCurrentIndex(row)
    least = box.currentData()
    sure = {n.id for n in proposed if n.confidence >= least}
    assert {r.note.id for r in view.model.shown} == sure
    assert str(len(sure)) in view.accept_all_button.text()
    QTest.mouseClick(view.accept_all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.model.count(NoteStatus.ACCEPTED) == len(sure))
    accepted = {r.note.id for r in view.model.records if r.status is NoteStatus.ACCEPTED}
    assert accepted == sure
    window.cards.undo()
    qtbot.waitUntil(lambda: view.model.count(NoteStatus.ACCEPTED) == 0)


def _many(box, row):
    return int(box.itemText(row).rsplit(" ", 1)[1])


def test_one_paragraph_s_cards_can_be_asked_for(view):
    block = view.model.records[-1].note.evidence.span.block
    view.filters.choose_block(block)
    assert view.model.shown
    assert {r.note.evidence.span.block for r in view.model.shown} == {block}
    view.filters.choose_block(None)
    assert len(view.model.shown) == len(view.model.records)


def test_paragraphs_without_a_card_say_why_and_lead_to_the_text(view, window, qtbot):
    press(view, Qt.Key.Key_U)
    gaps = view.gaps.gaps
    covered = {r.note.evidence.span.block for r in view.model.records}
    assert gaps
    assert not {gap.block for gap in gaps} & covered
    assert all(gap.reason.endswith(".") for gap in gaps)
    assert QApplication.focusWidget() in (view.gaps, None)
    view.gaps.setCurrentIndex(view.gaps.model().index(0, 0))
    QTest.keyClick(view.gaps, Qt.Key.Key_Return)
    assert window.reader.lit[0].block == gaps[0].block
    view.gaps.setFocus()
    QTest.keyClick(view.gaps, Qt.Key.Key_U)
    assert not view.filters.wants_gaps
    refused = [r.note.id for r in view.model.records if r.note.evidence.span.block == min(covered)]
    window.cards.refuse(refused)
    qtbot.waitUntil(lambda: any(g.block == min(covered) for g in view.gaps.gaps))
    told = next(g.reason for g in view.gaps.gaps if g.block == min(covered))
    assert told == "You refused or deleted its cards."


def test_the_page_of_all_cards_finds_the_paragraph_too(window, qtbot):
    window.go_to(Page.CARDS)
    view = window.all_cards_view
    row = next(i for i, r in enumerate(view.model.shown) if r.note.evidence.span.start > 0)
    view.open_row(row)
    quote = view.tile.record.note.evidence.quote
    qtbot.waitUntil(lambda: len(view.tile.evidence.accessibleName()) > len(quote) + 60)


def test_a_step_among_two_thousand_cards_takes_no_frame(view, qtbot):
    from dataclasses import replace

    some = [r for r in view.model.records if r.status is NoteStatus.PROPOSED]
    many = [
        replace(some[i % len(some)], note=replace(some[i % len(some)].note, id=f"n{i}"))
        for i in range(2000)
    ]
    view.show_cards(many)
    qtbot.wait(300)
    took = []
    for row in range(900, 930):
        begin = time.thread_time()
        view.open_row(row)
        took.append(time.thread_time() - begin)
        QApplication.processEvents()
    assert min(took) < 0.016  # of this thread alone: a busy machine tells nothing else
