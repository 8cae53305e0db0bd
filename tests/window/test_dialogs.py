import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.reading.document import LeftOutKind
from desktop.reading.opener import read_document
from desktop.settings import Settings
from desktop.window.actions import ACTIONS
from desktop.window.card_desk import CardCounts
from desktop.window.export_dialog import ExportDialog, file_name
from desktop.window.help_dialog import HelpDialog
from desktop.window.left_out_dialog import LeftOutDialog
from desktop.window.preferences_dialog import PreferencesDialog


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1200, 800)
    return widget


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def export_dialog(parent, title="A: Title?", accepted=(3, 9), proposed=(2, 4)):
    counts = CardCounts(accepted, proposed)
    return ExportDialog(parent, title=title, folder=Path("folder"), counts=counts)


def test_the_export_counts_the_cards_that_it_would_write(parent):
    dialog = export_dialog(parent)
    assert dialog._count.text() == "3 cards"
    dialog.with_proposed.setChecked(True)
    assert dialog._count.text() == "5 cards"
    dialog.all_texts.setChecked(True)
    assert dialog._count.text() == "13 cards"


def test_the_format_decides_the_ending(parent):
    dialog = export_dialog(parent)
    assert dialog.path == Path("folder/A Title.apkg")
    dialog.format.choose("TSV")
    assert dialog.path.suffix == ".tsv"


def test_nothing_accepted_offers_the_proposed_cards(parent):
    dialog = export_dialog(parent, accepted=(0, 0), proposed=(7, 7))
    assert dialog.with_proposed.isChecked()
    assert dialog.export_button.isEnabled()
    dialog.with_proposed.setChecked(False)
    assert not dialog.export_button.isEnabled()


def test_without_a_text_the_whole_library_is_exported(parent):
    dialog = export_dialog(parent, title="", accepted=(0, 9))
    assert dialog.all_texts.isChecked()
    assert dialog.name == "Glossator"


@pytest.mark.parametrize(
    ("title", "name"),
    [("What? A/B: C", "What A B C"), ("///", "Glossator"), ("Überblick 1", "Überblick 1")],
)
def test_titles_become_names_of_files(title, name):
    assert file_name(title) == name


def test_what_was_left_out_is_shown_to_the_letter(parent, essay):
    from dataclasses import replace

    from desktop.reading.document import LeftOut

    left = LeftOut(LeftOutKind.ADVERTISEMENT, "Buy <b>our</b> engines.")
    document = replace(essay, left_out=(left,), warnings=("Two lines could not be joined.",))
    text = words_of(LeftOutDialog(parent, document))
    assert "Buy <b>our</b> engines." in text
    assert "Advertisement" in text
    assert "Two lines could not be joined." in text


def test_a_text_of_which_nothing_was_left_out_says_so(parent):
    document = read_document(b"One line of text stands here.\n", name="a.txt")
    assert "every word" in words_of(LeftOutDialog(parent, document))


def test_preferences_are_told_at_once(parent, qtbot):
    dialog = PreferencesDialog(parent, Settings())
    heard = []
    dialog.changed.connect(heard.append)
    dialog.theme.choose("Sepia")
    dialog.points.setValue(18)
    dialog.marks.setChecked(False)
    assert heard[-1] == Settings(theme="sepia", reading_size=18, mark_terms=False)


def test_preferences_begin_with_the_settings(parent):
    settings = Settings(theme="dark", measure=80, day_start_hour=2)
    dialog = PreferencesDialog(parent, settings)
    dialog._tell()
    assert dialog._settings == settings


def test_the_help_names_every_key(parent):
    text = words_of(HelpDialog(parent))
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text.rstrip("…") in text


def test_escape_closes_the_help(parent, qtbot):
    dialog = HelpDialog(parent)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_terms_can_be_told_in_other_ways(parent, qtbot):
    dialog = PreferencesDialog(parent, Settings(unmarked_kinds=("place",)))
    assert not dialog.kinds.buttons["place"].isChecked()
    heard = []
    dialog.changed.connect(heard.append)
    dialog.kinds.buttons["word"].click()
    dialog.hints.click()
    dialog.level.choose("C1")
    dialog.tints.click()
    dialog.guard.click()
    last = heard[-1]
    assert set(last.unmarked_kinds) == {"place", "word"}
    assert (last.word_hints, last.memory_tints, last.spoiler_guard) == (True, False, True)
    assert last.reading_level == "C1"
    assert Settings.from_json(json.loads(json.dumps(last.to_json()))) == last
    dialog.marks.click()
    assert not dialog.kinds.isEnabled()
