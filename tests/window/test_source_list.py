"""The sources in the preferences: add, order, switch, remove, by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.settings import EMBEDDED_SOURCES, Settings
from desktop.window.preferences_dialog import PreferencesDialog
from tests.conftest import PATIENCE
from tests.glossary.sources.files import write_lmf


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent, tmp_path):
    made = PreferencesDialog(parent, Settings(), tmp_path / "cache")
    made.show()
    return made


def kinds(settings: Settings) -> list[str]:
    return [source.kind for source in settings.sources]


def test_a_wordnet_is_added_before_the_others_and_shows_its_licence(
    dialog, qtbot, tmp_path: Path
) -> None:
    told: list[Settings] = []
    dialog.changed.connect(told.append)
    dialog.sources.add_place(str(write_lmf(tmp_path / "sail.xml")))
    assert kinds(told[-1]) == ["wordnet", "encyclopedia", "dictionary"]
    about = dialog.sources.about
    qtbot.waitUntil(lambda: "CC BY 4.0" in about.text(), timeout=PATIENCE)
    assert about.text() == "Dictionary: Sailor's Wordnet 1.0. CC BY 4.0."
    dialog.sources.add_place(str(tmp_path / "sail.xml"))
    assert len(dialog.sources.sources) == 3


def test_a_broken_file_is_told_in_its_place(dialog, qtbot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zim"
    broken.write_bytes(b"no")
    dialog.sources.add_place(str(broken))
    about = dialog.sources.about
    qtbot.waitUntil(lambda: "can't be used" in about.text(), timeout=PATIENCE)
    dialog.sources.add_place("novel.pdf")
    assert "its name must end in" in about.text()
    assert len(dialog.sources.sources) == 3


def test_order_and_use_change_by_keyboard(dialog, tmp_path: Path) -> None:
    told: list[Settings] = []
    dialog.changed.connect(told.append)
    sources = dialog.sources
    sources.list.setFocus()
    QTest.keyClick(sources.list, Qt.Key.Key_Down)
    assert not sources.down.isEnabled()
    QTest.keyClick(sources.up, Qt.Key.Key_Space)
    assert kinds(told[-1]) == ["dictionary", "encyclopedia"]
    QTest.keyClick(sources.list, Qt.Key.Key_Space)
    assert not told[-1].sources[0].enabled
    assert not sources.remove.isEnabled()


def test_an_own_source_is_removed_and_an_embedded_one_is_not(dialog, tmp_path: Path) -> None:
    sources = dialog.sources
    sources.add_place(str(write_lmf(tmp_path / "sail.xml")))
    sources.remove.click()
    assert sources.sources == EMBEDDED_SOURCES
    sources.remove.click()
    assert sources.sources == EMBEDDED_SOURCES
