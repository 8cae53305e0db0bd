"""The reader edits the glossary in the window, with real widgets on a real library."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.glossary.edits import Entry, Merge, Rename
from desktop.glossary.finding import find_mentions
from desktop.glossary.term import DefinitionSource, Glossary, Term
from desktop.operations.analysing import Analysed
from desktop.operations.version import pipeline_version
from desktop.reading.opener import read_document
from desktop.window.before_reading_dialog import BeforeReadingDialog, new_of_all
from desktop.window.entry_dialogs import MergeDialog, NewEntryDialog, SplitDialog
from desktop.window.glossary_export_dialog import GlossaryExportDialog
from desktop.window.rail import Page


def open_entry(window, number=0) -> Term:
    """Open the entry of a term that has a definition and several mentions."""
    terms = [t for t in window.glossary_view.model.terms if t.definition and len(t.mentions) > 2]
    window.glossary_view.show_entry(window.glossary_view.index_of(terms[number].term))
    window.glossary_view.entry.setFocus()
    return terms[number]


def in_dialog(kind, act):
    """Do something in the dialog of that kind as soon as it is open."""

    def found():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, found)

    QTimer.singleShot(20, found)


def shown_term(window) -> Term:
    term = window.glossary_view.entry.term
    assert term is not None
    return term


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_definition_is_written_by_keys_and_undone_and_redone(window, qtbot):
    before = open_entry(window)
    entry = window.glossary_view.entry
    QTest.keyClick(entry, Qt.Key.Key_E)
    assert entry.form is not None
    entry.form.meaning.setPlainText("")
    QTest.keyClicks(entry.form.meaning, "my key words, made up")  # E and K are letters here
    QTest.keyClick(entry.form.meaning, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown_term(window).definition.source is DefinitionSource.READER)
    assert entry.form is None
    assert shown_term(window).definition.text == "my key words, made up"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown_term(window).definition == before.definition)
    window.cards.redo()
    qtbot.waitUntil(lambda: shown_term(window).definition.text == "my key words, made up")


def test_escape_leaves_the_entry_as_it_was(window):
    before = open_entry(window)
    entry = window.glossary_view.entry
    entry.edit()
    entry.form.name.setText("Something else")
    QTest.keyClick(entry.form.name, Qt.Key.Key_Escape)
    assert entry.form is None
    assert shown_term(window) == before


def test_a_new_name_keeps_the_entry_open(window, qtbot):
    term = open_entry(window)
    entry = window.glossary_view.entry
    entry.edit()
    entry.form.name.setText("A new name")
    entry.form.aliases.setText("; ".join([*term.aliases, "Odd Alias"]))
    entry.form.save()
    qtbot.waitUntil(lambda: shown_term(window).term == "A new name")
    assert window.glossary_view.currentWidget() is entry
    assert {term.term, "Odd Alias"} <= set(shown_term(window).aliases)
    assert shown_term(window).mentions == term.mentions


def test_what_the_reader_writes_is_not_lost_when_the_glossary_changes(window, qtbot):
    open_entry(window)
    entry = window.glossary_view.entry
    entry.edit()
    entry.form.meaning.setPlainText("half a sent")
    other = window.glossary_view.model.terms[-1]
    window.glossary.edit([Rename(Entry.of(other), "Renamed", other.kind)], "Entry changed.")
    qtbot.waitUntil(lambda: window.glossary_view.index_of("Renamed") is not None)
    assert entry.form is not None
    assert entry.form.meaning.toPlainText() == "half a sent"


def test_a_known_term_loses_its_mark_and_leaves_the_list_unless_asked_for(window, qtbot):
    term = open_entry(window)
    view = window.glossary_view
    QTest.keyClick(view.entry, Qt.Key.Key_K)
    index = view.index_of(term.term)
    qtbot.waitUntil(lambda: view.model.row_of(index) is None)
    assert view.entry.known
    assert term.term.casefold() in window.reader._known
    assert not view.controls.known.isHidden()
    view.controls.known.setChecked(True)
    assert view.model.row_of(index) is not None
    window.cards.undo()
    qtbot.waitUntil(lambda: not view.entry.known)
    assert view.controls.known.isHidden()


def test_an_entry_is_removed_and_comes_back(window, qtbot):
    term = open_entry(window)
    QTest.keyClick(window.glossary_view.entry, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.glossary_view.index_of(term.term) is None)
    assert window.glossary_view.currentIndex() == 0
    window.cards.undo()
    qtbot.waitUntil(lambda: window.glossary_view.index_of(term.term) is not None)


def test_two_entries_are_merged_in_a_dialog(window, qtbot):
    first = open_entry(window)
    other = open_entry(window, 1)
    window.glossary_view.show_entry(window.glossary_view.index_of(first.term))

    def choose(dialog):
        dialog.search.setText(other.term)
        assert isinstance(dialog.edits[0], Merge)
        dialog.accept()

    in_dialog(MergeDialog, choose)
    window.entries.merge(first)
    qtbot.waitUntil(lambda: window.glossary_view.index_of(other.term) is None)
    assert other.term in shown_term(window).aliases
    assert len(shown_term(window).mentions) > len(first.mentions)


def test_an_entry_is_split_by_its_mentions(window, qtbot):
    term = open_entry(window)

    def choose(dialog):
        assert not dialog.split_button.isEnabled()
        dialog.boxes[1].setChecked(True)
        dialog.name.setText("The other one")
        assert dialog.split_button.isEnabled()
        dialog.accept()

    in_dialog(SplitDialog, choose)
    window.entries.split(term)
    qtbot.waitUntil(lambda: window.glossary_view.index_of("The other one") is not None)
    index = window.glossary_view.index_of("The other one")
    assert window.glossary_view.model.terms[index].mentions == term.mentions[1:2]
    assert len(shown_term(window).mentions) == len(term.mentions) - 1


def test_a_selection_becomes_an_entry(window, qtbot):
    cursor = window.reader.document().find("paper")
    assert not cursor.isNull()
    window.reader.setTextCursor(QTextCursor(cursor))

    def write(dialog):
        assert dialog.form.name.text() == "paper"
        dialog.form.meaning.setPlainText("what one writes on")
        dialog.form.save()

    in_dialog(NewEntryDialog, write)
    window.entries.add()
    qtbot.waitUntil(lambda: window.glossary_view.index_of("paper") is not None)
    index = window.glossary_view.index_of("paper")
    document = window.desk.text.document
    mentions = window.glossary_view.model.terms[index].mentions
    assert mentions
    assert all(document.quote(span).lower().startswith("paper") for span in mentions)


def test_other_texts_of_a_term_are_shown_and_opened_at_it(window, reader, qtbot, analysed):
    term = open_entry(window)
    document = read_document(f"# Other\n\nHere too is {term.term}.\n".encode(), name="o.md")

    def add(workspace):
        number = workspace.add_document(document)
        found = Term(term.term, term.kind, (), 0.5, None, find_mentions(document, [term.term]))
        head = (document.name, document.source.sha256)
        result = Analysed(Glossary(*head, (found,)), analysed.facts, analysed.deck)
        workspace.save_analysed(number, pipeline_version(), result)

    reader.ask(add)
    window.glossary_view.show_entry(window.glossary_view.index_of(term.term))
    links = window.glossary_view.entry.links
    qtbot.waitUntil(lambda: "1 mention" in words_of(links))
    button = next(b for b in links.findChildren(QPushButton) if b.text() == "Other")
    button.click()
    qtbot.waitUntil(lambda: window.desk.text.document.name == "Other")
    qtbot.waitUntil(lambda: window.glossary_view.entry.term in window.glossary_view.model.terms)
    assert window.glossary_view.currentWidget() is window.glossary_view.entry


def test_the_cards_of_an_entry_are_shown(window):
    records = window.text_cards_view.model.records
    terms = window.glossary_view.model.terms
    term = next(t for t in terms if any(t.term in r.note.front for r in records))
    window.glossary_view.show_entry(window.glossary_view.index_of(term.term))
    window.entries.show_cards(term.term)
    shown = window.text_cards_view.model.shown
    assert shown
    for record in shown:
        note = record.note
        told = f"{note.front} {note.back} {note.evidence.quote}"
        assert term.term.casefold() in told.casefold()


def test_before_reading_terms_are_known_or_learnt_first(window, reader, qtbot):
    known, learnt = [], []

    def act(dialog):
        know = [b for b in dialog.findChildren(QPushButton) if b.text() == "I know this"]
        known.append(dialog.new[0].term)
        know[0].click()
        learnt.extend(term.term for term in dialog.new)
        dialog.learn_button.click()

    in_dialog(BeforeReadingDialog, act)
    window.entries.ask_before_reading()
    qtbot.waitUntil(lambda: window.pages.currentIndex() == Page.STUDY)
    qtbot.waitUntil(lambda: window.study_view.item is not None)
    assert len(learnt) == 7
    assert window.study_view.item.note.term in learnt
    assert len(reader.ask(lambda ws: ws.known_keys())) == 1
    accepted = reader.ask(lambda ws: [r for r in ws.cards() if r.card is not None])
    assert {record.note.term for record in accepted} == set(learnt)


def test_a_new_text_offers_its_new_terms_in_passing(reader, qtbot):
    window = reader.open()
    with qtbot.waitSignal(window.desk.cards_ready, timeout=20000):
        window.desk.start_analysis()
    qtbot.waitUntil(lambda: "Before you read" in window.messages.shown)
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    ("new", "total", "sentence"),
    [
        (5, 8, "Five of these eight terms are new to you."),
        (1, 8, "One of these eight terms is new to you."),
        (8, 8, "These eight terms are all new to you."),
        (0, 8, "You know every important term of this text."),
        (1, 1, "This term is new to you."),
    ],
)
def test_the_count_of_new_terms_is_a_sentence(new, total, sentence):
    assert new_of_all(new, total) == sentence


def test_the_glossary_is_exported_by_format(window, qtbot, tmp_path: Path):
    window.exports.folder = tmp_path

    def choose(dialog):
        dialog.format.choose("StarDict")
        assert dialog.path.suffix == ".ifo"
        dialog.all_texts.setChecked(True)
        assert dialog.path.name == "Glossary.ifo"
        dialog.format.choose("Page")
        dialog.accept()

    in_dialog(GlossaryExportDialog, choose)
    with qtbot.waitSignal(window.glossary.exported, timeout=10000):
        window.exports.glossary()
    assert "</html>" in (tmp_path / "Glossary.html").read_text(encoding="utf-8")
    assert "Glossary.html" in window.messages.shown


def test_another_sense_becomes_the_reader_s_definition(window, qtbot):
    term = open_entry(window)
    window.glossary_view.entry.sense_chosen.emit(term, "another sense of it")
    qtbot.waitUntil(lambda: shown_term(window).definition.text == "another sense of it")
