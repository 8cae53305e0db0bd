"""A form of options in two columns: numbers, ticks, choices and words, each under its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)


@dataclass(frozen=True)
class Number:
    """A whole number between two bounds."""

    low: int
    high: int
    suffix: str = ""


@dataclass(frozen=True)
class Check:
    """Yes or no."""


@dataclass(frozen=True)
class Choice:
    """One of some values, each with its words."""

    words: Mapping[Any, str]


@dataclass(frozen=True)
class Text:
    """Words; ``hint`` stands where there are none."""

    hint: str


class OptionFields(QWidget):
    """Shows groups of fields; ``values`` are those that it shows now."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[tuple[str, str, object]]]]) -> None:
        super().__init__()
        self.widgets: dict[str, QWidget] = {}
        self._choices: dict[str, list[Any]] = {}
        columns = QVBoxLayout(), QVBoxLayout()
        for number, (title, fields) in enumerate(groups):
            columns[number % 2].addLayout(self._group(title, fields))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 16, 4)
        row.setSpacing(36)
        for column in columns:
            column.setSpacing(16)
            column.addStretch(1)
            row.addLayout(column, 1)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show other values."""
        for name, widget in self.widgets.items():
            value = values[name]
            if isinstance(widget, QSpinBox):
                widget.setValue(int(value))
            elif isinstance(widget, QCheckBox):
                widget.setChecked(bool(value))
            elif isinstance(widget, QComboBox):
                widget.setCurrentIndex(self._choices[name].index(value))
            elif isinstance(widget, QLineEdit):
                widget.setText(str(value))

    def values(self) -> dict[str, Any]:
        """Return the values on show."""
        found: dict[str, Any] = {}
        for name, widget in self.widgets.items():
            if isinstance(widget, QSpinBox):
                found[name] = widget.value()
            elif isinstance(widget, QCheckBox):
                found[name] = widget.isChecked()
            elif isinstance(widget, QComboBox):
                found[name] = self._choices[name][widget.currentIndex()]
            elif isinstance(widget, QLineEdit):
                found[name] = widget.text().strip()
        return found

    def _group(self, title: str, fields: Sequence[tuple[str, str, object]]) -> QVBoxLayout:
        head = QLabel(title)
        head.setProperty("role", "section")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, label, field in fields:
            widget = self._widget(name, label, field)
            widget.setAccessibleName(f"{title}: {label}")
            self.widgets[name] = widget
            if isinstance(widget, QCheckBox):
                form.addRow(widget)
            else:
                form.addRow(_label(label), widget)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(head)
        column.addLayout(form)
        return column

    def _widget(self, name: str, label: str, field: object) -> QWidget:
        if isinstance(field, Number):
            box = QSpinBox()
            box.setRange(field.low, field.high)
            box.setSuffix(field.suffix)
            box.lineEdit().setTextMargins(10, 0, 0, 0)
            return box
        if isinstance(field, Choice):
            choice = QComboBox()
            choice.addItems(list(field.words.values()))
            self._choices[name] = list(field.words)
            return choice
        if isinstance(field, Text):
            line = QLineEdit()
            line.setPlaceholderText(field.hint)
            return line
        return QCheckBox(label)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setMinimumSize(132, 34)  # as high as a field
    return label
