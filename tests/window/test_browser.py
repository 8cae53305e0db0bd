"""The browser in the window: searching, choosing, changing many cards, all by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.window.browser_query import joined, quoted
from desktop.window.main_window import MainWindow
from desktop.window.rail import Page
from tests.window.conftest import Reader


@pytest.fixture
def browser(reader: Reader, qtbot) -> MainWindow:
    """A window at the browser, with the essay's cards accepted."""
    window = reader.open()
    reader.ask(lambda ws: ws.accept([record.note.id for record in ws.cards()][:40]))
    window.actions_by_id["browse"].trigger()
    qtbot.waitUntil(lambda: window.browser.page.current_row() is not None, timeout=10_000)
    return window


def search(window: MainWindow, qtbot, query: str) -> list[int]:
    page = window.browser.page
    page.field.clear()
    qtbot.keyClicks(page.field, query)
    with qtbot.waitSignal(window.browser.desk.found, timeout=10_000):
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    return list(page.model.card_ids)


def choose(window: MainWindow, number: int) -> list[int]:
    table = window.browser.page.table
    table.setFocus()
    table.clearSelection()
    table.selectRow(0)
    chosen = table.selectionModel()
    model = window.browser.page.model
    for place in range(number):
        chosen.select(
            model.index(place, 0), chosen.SelectionFlag.Select | chosen.SelectionFlag.Rows
        )
    return window.browser.page.selected_ids()


def press(window: MainWindow, qtbot, name: str) -> None:
    """Trigger an action and wait until it is told."""
    with qtbot.waitSignal(window.browser.desk.did, timeout=10_000):
        window.actions_by_id[name].trigger()


def found(window: MainWindow, query: str) -> list[int]:
    return window._lane.ask(lambda ws: ws.find_cards(query))


def answering(monkeypatch: pytest.MonkeyPatch, fill: Callable[[QDialog], object]) -> None:
    """Answer the next dialogs: fill them in and agree."""

    def run(dialog: QDialog) -> int:
        fill(dialog)
        QApplication.processEvents()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QDialog, "exec", run)


def test_b_opens_the_browser_with_all_cards(browser: MainWindow) -> None:
    page = browser.browser.page
    assert browser.pages.currentIndex() == Page.BROWSE
    assert page.model.card_ids == found(browser, "")
    assert page.count.text() == f"{len(page.model.card_ids)} cards"
    row = page.current_row()
    assert row is not None
    assert page.preview.text.toPlainText().startswith(" ".join(row.front.split())[:20])
    assert browser.focusWidget() is page.table


def test_typing_searches_after_a_moment(browser: MainWindow, qtbot) -> None:
    page = browser.browser.page
    page.field.setFocus()
    with qtbot.waitSignal(browser.browser.desk.found, timeout=10_000):
        qtbot.keyClicks(page.field, "kind:term")
    assert page.model.card_ids == found(browser, "kind:term")


def test_what_can_not_be_understood_is_said_while_typing(browser: MainWindow, qtbot) -> None:
    page = browser.browser.page
    before = list(page.model.card_ids)
    qtbot.keyClicks(page.field, "(is:due")
    assert page.error.isVisible()
    assert page.error.text() == "A bracket is open; close it, or type \\( for the sign itself."
    assert page.field.accessibleDescription() == page.error.text()
    assert page.model.card_ids == before
    qtbot.keyClicks(page.field, ")")
    assert not page.error.isVisible()


def test_where_nothing_is_found_that_is_said(browser: MainWindow, qtbot) -> None:
    page = browser.browser.page
    assert search(browser, qtbot, "zzzyqx") == []
    assert page.empty.isVisible()
    assert page.empty.title == "Nothing found"
    assert page.count.text() == "0 cards"


def test_a_click_on_a_head_sorts_and_again_turns_it_round(browser: MainWindow, qtbot) -> None:
    page = browser.browser.page
    for wanted in (False, True):
        with qtbot.waitSignal(browser.browser.desk.found, timeout=10_000):
            page.table.horizontalHeader().sectionClicked.emit(0)
        assert (page.sorting.column, page.sorting.backwards) == ("front", wanted)
    rows = browser._lane.ask(lambda ws: ws.card_rows(page.model.card_ids))
    fronts = [row.front.lower() for row in rows]
    assert fronts == sorted(fronts, reverse=True)


def test_many_cards_are_changed_and_it_is_taken_back(browser: MainWindow, qtbot) -> None:
    chosen = choose(browser, 3)
    assert browser.browser.page.count.text().startswith("3 of ")
    press(browser, qtbot, "browse_suspend")
    assert found(browser, "is:suspended") == chosen
    qtbot.waitUntil(
        lambda: (row := browser.browser.page.current_row()) is not None and row.suspended
    )
    assert browser.browser.page.selected_ids() == chosen
    browser.cards.undo()
    qtbot.waitUntil(lambda: found(browser, "is:suspended") == [])
    press(browser, qtbot, "browse_mark")
    assert len(found(browser, "is:marked")) >= 3
    press(browser, qtbot, "browse_bury")
    assert set(chosen) <= set(found(browser, "is:buried"))
    press(browser, qtbot, "browse_forget")
    assert set(chosen) <= set(found(browser, "resched:1"))


def test_a_flag_is_chosen_from_a_menu(browser: MainWindow, qtbot) -> None:
    chosen = choose(browser, 2)
    browser.browser._flag(4)
    qtbot.waitUntil(lambda: found(browser, "flag:4") == chosen)


def test_cards_move_to_a_new_deck(
    browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = choose(browser, 2)
    answering(monkeypatch, lambda d: d.name.setCurrentText("Exam::Maths"))
    press(browser, qtbot, "browse_move")
    assert found(browser, "deck:exam") == chosen
    sidebar = browser.browser.page.sidebar
    qtbot.waitUntil(lambda: ("Decks", "Exam", "Maths") in sidebar._paths())


def test_tags_are_added_to_the_notes(
    browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = choose(browser, 1)
    answering(monkeypatch, lambda d: d.add.setText("hard geo::sea"))
    press(browser, qtbot, "browse_tags")
    assert set(chosen) <= set(found(browser, "tag:geo tag:hard"))


def test_a_tag_and_a_deck_are_renamed_at_the_side(
    browser: MainWindow, reader: Reader, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = choose(browser, 2)
    reader.ask(lambda ws: (ws.tag_cards(chosen, add=["old::tag"]), ws.move_cards(chosen, "Old")))
    sidebar = browser.browser.page.sidebar
    for root, query in (("Tags", "tag:new"), ("Decks", "deck:new")):
        name = "old" if root == "Tags" else "Old"
        qtbot.waitUntil(lambda r=root, n=name: (r, n) in sidebar._paths())
        sidebar.setCurrentItem(sidebar._paths()[root, name])
        answering(monkeypatch, lambda d: d.field.setText("new"))
        with qtbot.waitSignal(browser.browser.desk.did, timeout=10_000):
            qtbot.keyClick(sidebar, Qt.Key.Key_F2)
        assert set(chosen) <= set(found(browser, query))
        qtbot.waitUntil(lambda r=root: (r, "new") in sidebar._paths())


def test_i_tells_all_of_the_card(
    browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QDialog] = []
    answering(monkeypatch, shown.append)
    choose(browser, 1)
    browser.actions_by_id["browse_info"].trigger()
    qtbot.waitUntil(lambda: len(shown) == 1)


def test_a_day_is_set(browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = choose(browser, 2)
    sentences: list[str] = []

    def fill(dialog: QDialog) -> None:
        dialog.field.setText("soon")
        sentences.append(dialog.sentence.text())
        assert not dialog.agree.isEnabled()
        dialog.field.setText("4")
        sentences.append(dialog.sentence.text())

    answering(monkeypatch, fill)
    press(browser, qtbot, "browse_due")
    assert found(browser, "prop:due=4") == chosen
    assert sentences[0].startswith("Type days from today")
    assert sentences[1] == "2 cards will come in 4 days."


def test_find_and_replace_tells_how_many_before(
    browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.browser.page.table.selectAll()
    told: list[str] = []

    def fill(dialog: QDialog) -> None:
        dialog.find_field.setText("(")
        dialog.regex.setChecked(True)
        qtbot.waitUntil(lambda: "regular expression" in dialog.sentence.text(), timeout=5000)
        dialog.find_field.setText("\\bthe\\b")
        dialog.put_field.setText("THE")
        dialog.match_case.setChecked(True)
        qtbot.waitUntil(lambda: "would change" in dialog.sentence.text(), timeout=5000)
        told.append(dialog.sentence.text())
        assert dialog.agree.isEnabled()

    answering(monkeypatch, fill)
    press(browser, qtbot, "browse_replace")
    number = int(told[0].split()[0])
    assert number > 3
    assert browser.messages.shown == f"{number} notes changed."


def test_a_search_is_saved_and_found_again_in_the_next_session(
    browser: MainWindow, reader: Reader, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    search(browser, qtbot, "kind:cloze")
    answering(monkeypatch, lambda d: d.field.setText("Gaps"))
    browser.browser.save_search()
    browser.browser.page.set_columns(["front", "lapses"])
    browser.browser.page.layout_changed.emit()
    reader.close()
    again = reader.open()
    again.go_to(Page.BROWSE)
    sidebar = again.browser.page.sidebar
    qtbot.waitUntil(lambda: ("Saved searches", "Gaps") in sidebar._paths())
    assert [column.id for column in again.browser.page.model.columns] == ["front", "lapses"]
    sidebar.setCurrentItem(sidebar._paths()["Saved searches", "Gaps"])
    with qtbot.waitSignal(again.browser.desk.found, timeout=10_000):
        qtbot.keyClick(sidebar, Qt.Key.Key_Return)
    assert again.browser.page.field.text() == "kind:cloze"
    qtbot.keyClick(sidebar, Qt.Key.Key_Delete)
    assert ("Saved searches", "Gaps") not in sidebar._paths()


def test_a_card_is_edited_below_the_table(browser: MainWindow, qtbot) -> None:
    search(browser, qtbot, "kind:question")
    choose(browser, 1)
    page = browser.browser.page
    qtbot.waitUntil(page.preview.edit_button.isEnabled)
    page.preview.edit()
    assert page.preview.editor is not None
    page.preview.editor.fields["back"].setPlainText("Changed below")
    page.preview.editor.save()
    qtbot.waitUntil(lambda: len(found(browser, 'back:"changed below"')) == 1)
    qtbot.waitUntil(lambda: "Changed below" in page.preview.text.toPlainText())


def test_s_shows_the_sentence_in_the_text(browser: MainWindow, qtbot) -> None:
    choose(browser, 1)
    qtbot.waitUntil(browser.browser.page.preview.show_button.isVisible)
    browser.actions_by_id["browse_in_text"].trigger()
    assert browser.pages.currentIndex() == Page.READ


def test_deleted_notes_go_and_come_back(browser: MainWindow, qtbot) -> None:
    before = list(browser.browser.page.model.card_ids)
    chosen = choose(browser, 1)
    press(browser, qtbot, "browse_delete")
    qtbot.waitUntil(lambda: not set(chosen) & set(browser.browser.page.model.card_ids))
    browser.cards.undo()
    qtbot.waitUntil(lambda: browser.browser.page.model.card_ids == before)


def test_chosen_cards_are_written_to_a_file(
    browser: MainWindow, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mine.csv"
    monkeypatch.setattr(
        "desktop.window.browser_actions.QFileDialog.getSaveFileName",
        lambda *_args: (str(out), ""),
    )
    choose(browser, 2)
    with qtbot.waitSignal(browser.browser.desk.exported, timeout=10_000):
        browser.browser.export()
    assert out.exists()


def test_everything_in_the_browser_has_a_name(browser: MainWindow) -> None:
    page = browser.browser.page
    for widget in (page.field, page.table, page.sidebar, page.preview.text, page.columns_button):
        assert widget.accessibleName()
    index = page.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Question: ")


@pytest.mark.parametrize(
    ("query", "part", "way", "whole"),
    [
        ("", "is:due", "and", "is:due"),
        ("a", "is:due", "", "is:due"),
        ("a", "is:due", "and", "a is:due"),
        ("a or b", "is:due", "and", "(a or b) is:due"),
        ("a", "is:due", "or", "a or is:due"),
        ("a", "is:due", "not", "a -is:due"),
        ("a", "is:due prop:due<0", "not", "a -(is:due prop:due<0)"),
        ("a", 'deck:"x y"', "not", 'a -deck:"x y"'),
        ("a", "", "and", ""),
    ],
)
def test_parts_join_to_a_search(query: str, part: str, way: str, whole: str) -> None:
    assert joined(query, part, way) == whole


@pytest.mark.parametrize(
    ("text", "in_query"),
    [
        ("Rivers", "Rivers"), ("A::B", "A::B"), ("a b", '"a b"'), ("a_b*", "a\\_b\\*"),
        ('say "x"', '"say \\"x\\""'), ("(a)", '"(a)"'), ("-a", '"-a"'), ("a:b", '"a:b"'),
    ],
)  # fmt: skip
def test_names_stand_in_a_search_to_the_letter(text: str, in_query: str) -> None:
    assert quoted(text) == in_query


def test_a_field_that_no_note_has_is_told(browser: MainWindow, qtbot) -> None:
    page = browser.browser.page
    qtbot.waitUntil(lambda: bool(page.fields))
    assert search(browser, qtbot, "frnt:dog") == []
    assert page.empty._text.text() == "No note has a field “frnt”."


def test_the_guide_shows_every_part_of_the_language(
    browser: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    answering(monkeypatch, lambda d: shown.extend(w.text() for w in d.findChildren(QLabel)))
    browser.actions_by_id["browse_guide"].trigger()
    assert "is:due, is:new, is:learn, is:review" in shown


def test_a_change_elsewhere_leaves_place_and_choice(browser: MainWindow, reader, qtbot) -> None:
    page = browser.browser.page
    browser.resize(900, 540)
    bar = page.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() >= 90)
    page.table.selectRow(12)
    bar.setValue(90)
    before = page.current_id()
    with qtbot.waitSignal(browser.browser.desk.rows_read, timeout=10_000):
        reader.ask(lambda ws: ws.flag([page.model.card_ids[12]], 2))
    assert bar.value() == 90
    assert page.current_id() == before
    assert page.current_row().flag == 2
