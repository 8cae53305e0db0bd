"""Decks from Anki: dropped on the window, told of, taken in, undone; exported with progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.window.anki_import_dialog import AnkiImportDialog
from desktop.window.card_desk import CardCounts, ExportWish
from desktop.window.export_dialog import ExportDialog
from tests.anki import collections
from tests.window.modal import in_dialog


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki, 12)
        collections.study(anki, 10)
        return collections.export(anki, folder / "deck.apkg", legacy=False)


def count(reader, table: str) -> int:
    return reader.ask(lambda ws: ws._database.value(f"SELECT count(*) FROM {table}"))


def test_a_dropped_deck_is_told_of_and_taken_in(window, reader, qtbot, package, tmp_path):
    shown = []

    def agree(dialog):
        shown.extend(label.text() for label in dialog.findChildren(type(window.messages._label)))
        assert isinstance(dialog, AnkiImportDialog)
        dialog.take_button.click()

    in_dialog(agree)
    with qtbot.waitSignal(window.anki_import.told):
        window.files_dropped.emit([package])
    assert "notes new" in shown
    assert any(text.startswith("It holds 20 cards, 4 decks") for text in shown)
    assert "12 notes: 12 new" in window.messages.shown
    assert count(reader, "foreign_notes") == 12
    reader.ask(lambda ws: ws.undo())
    assert count(reader, "foreign_notes") == 0


def test_a_deck_that_is_not_wanted_changes_nothing(window, reader, qtbot, package):
    with qtbot.waitSignal(window.anki_import._read):
        in_dialog(lambda dialog: dialog.reject())
        window.open_files([package])
    qtbot.waitUntil(lambda: window.anki_import._path is None)
    assert count(reader, "foreign_notes") == 0


def test_what_is_no_deck_is_said_in_one_sentence(window, qtbot, tmp_path):
    broken = tmp_path / "broken.apkg"
    broken.write_bytes(b"PK nothing")
    window.open_files([broken])
    qtbot.waitUntil(lambda: "broken.apkg" in window.messages.shown)
    assert window.anki_import._path is None


def test_the_export_takes_progress_along(window, reader, qtbot, package, tmp_path):
    from desktop.operations.anki_packages import read_package

    incoming = read_package(package)
    reader.ask(lambda ws: ws.take_in(incoming))
    out = tmp_path / "all.apkg"
    with qtbot.waitSignal(window.cards.exported) as done:
        window.cards.export(ExportWish(out, "", None, False, True))
    assert done.args == [out, 12]
    assert len(read_package(out).collection.reviews) == len(incoming.collection.reviews)


def test_the_dialog_offers_progress_for_packages_alone(window, tmp_path):
    dialog = ExportDialog(
        window, title="A text", folder=tmp_path, counts=CardCounts((3, 5), (2, 2))
    )
    assert not dialog.progress_wanted
    dialog.with_progress.setChecked(True)
    assert dialog.progress_wanted
    assert not dialog.name_field.isEnabled()
    dialog._format_chosen("CSV")
    assert not dialog.progress_wanted
    dialog.deleteLater()
