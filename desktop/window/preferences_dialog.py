"""The preferences: how the page is set and how much is studied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import READING_LEVELS, Settings
from desktop.window.kind_choice import KindChoice
from desktop.window.segments import Segments
from desktop.window.source_list import SourceList
from desktop.window.wording import TINTS_EXPLAINED

_THEMES = {"System": "system", "Light": "light", "Sepia": "sepia", "Dark": "dark"}
_LABEL = QSize(132, 34)  # as high as a field, so that both stand on one line
_Rows = Sequence[tuple[str, QWidget]]
_OWN_FONT = "Source Serif (standard)"


class PreferencesDialog(QDialog):
    """Changes take effect at once; ``changed`` carries the settings as they then are."""

    changed = Signal(object)  # Settings

    def __init__(self, parent: QWidget, settings: Settings, cache: Path | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setMinimumWidth(860)
        self._settings = settings
        self.theme = Segments(_THEMES, "Theme")
        self.theme.choose(next(k for k, v in _THEMES.items() if v == settings.theme))
        self.font_box = QComboBox()
        self.font_box.addItem(_OWN_FONT)
        self.font_box.addItems([f for f in QFontDatabase.families() if not f.startswith(".")])
        self.font_box.setCurrentText(settings.reading_font or _OWN_FONT)
        self.points = _number(9, 32, settings.reading_size, " pt")
        self.measure = _number(45, 100, settings.measure, " characters")
        self.justified = QCheckBox("Even right edge, words broken where need be")
        self.justified.setChecked(settings.justified)
        self.level = Segments(READING_LEVELS, "Reading level")
        self.level.choose(settings.reading_level)
        self.level.setToolTip("Words that are hard at this level are explained.")
        self.marks = QCheckBox("Underline the terms of the glossary")
        self.marks.setChecked(settings.mark_terms)
        self.kinds = KindChoice(settings.unmarked_kinds)
        self.tints = QCheckBox("Show what fades from memory")
        self.tints.setChecked(settings.memory_tints)
        self.hints = QCheckBox("Short meanings above hard words")
        self.hints.setChecked(settings.word_hints)
        self.guard = QCheckBox("Glossary only as far as I have read")
        self.guard.setChecked(settings.spoiler_guard)
        self.sources = SourceList(settings.sources, cache)
        self.day_start = _number(0, 23, settings.day_start_hour, ":00")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        page: _Rows = (
            ("Theme", self.theme),
            ("Typeface", self.font_box),
            ("Size", self.points),
            ("Line length", self.measure),
            ("", self.justified),
            ("Reading level", self.level),
        )
        terms: _Rows = (
            ("", self.marks),
            ("", self.kinds),
            ("", self.tints),
            ("", self.hints),
            ("", self.guard),
        )
        study: _Rows = (("A day begins at", self.day_start),)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        for column, title, rows in (
            (left, "The page", page), (left, "Study", study), (right, "Terms", terms),
        ):  # fmt: skip
            _add_group(column, title, rows)
        left.addWidget(
            _note(
                "How many cards come in a day, and how well they should be remembered, is chosen"
                " for each deck: press O while you study."
            )
        )
        right.addWidget(_note(TINTS_EXPLAINED))
        left.addStretch(1)
        right.addStretch(1)
        groups = QHBoxLayout()
        groups.setSpacing(36)
        groups.addLayout(left, 1)
        groups.addLayout(right, 1)
        close = QPushButton("Done")
        close.setProperty("role", "primary")
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 20, 28, 18)
        outer.addLayout(groups)
        _add_group(outer, "Dictionaries and encyclopaedias", (("", self.sources),))
        outer.addWidget(buttons)

    def _connect(self) -> None:
        self.theme.chosen.connect(self._tell)
        self.level.chosen.connect(self._tell)
        self.font_box.currentTextChanged.connect(self._tell)
        for check in (self.justified, self.marks, self.tints, self.hints, self.guard):
            check.toggled.connect(self._tell)
        self.marks.toggled.connect(self.kinds.setEnabled)
        self.kinds.setEnabled(self.marks.isChecked())
        self.kinds.changed.connect(self._tell)
        self.sources.changed.connect(self._tell)
        for box in (
            self.points, self.measure, self.day_start,
        ):  # fmt: skip
            box.valueChanged.connect(self._tell)

    def _tell(self) -> None:
        font = self.font_box.currentText()
        self._settings = replace(
            self._settings,
            theme=_THEMES[self.theme.choice],
            reading_font="" if font == _OWN_FONT else font,
            reading_size=self.points.value(),
            measure=self.measure.value(),
            justified=self.justified.isChecked(),
            reading_level=self.level.choice,
            mark_terms=self.marks.isChecked(),
            unmarked_kinds=self.kinds.unmarked,
            memory_tints=self.tints.isChecked(),
            word_hints=self.hints.isChecked(),
            spoiler_guard=self.guard.isChecked(),
            sources=self.sources.sources,
            day_start_hour=self.day_start.value(),
        )
        self.changed.emit(self._settings)


def _add_group(column: QVBoxLayout, title: str, rows: _Rows) -> None:
    label = QLabel(title)
    label.setProperty("role", "section")
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    column.addWidget(label)
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setHorizontalSpacing(20)
    form.setVerticalSpacing(8)
    for name, widget in rows:
        if name:
            form.addRow(_label(name), widget)
        else:
            form.addRow(widget)
        own = widget.text() if isinstance(widget, QCheckBox) else ""
        if own or name or isinstance(widget, KindChoice):
            widget.setAccessibleName(own or name or "Kinds that are underlined")
    column.addLayout(form)
    column.addSpacing(8)


def _note(text: str) -> QLabel:
    note = QLabel(text)
    note.setProperty("role", "muted")
    note.setWordWrap(True)
    return note


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setMinimumSize(_LABEL)
    return label


def _number(low: int, high: int, value: int, suffix: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setFixedWidth(190)
    box.lineEdit().setTextMargins(10, 0, 0, 0)
    return box
