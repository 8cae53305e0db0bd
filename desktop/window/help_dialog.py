"""The help: every key by the place where it works, from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme
from desktop.window.actions import ACTIONS, Scope
from desktop.window.wording import TINTS_EXPLAINED

_COLUMNS = (
    (Scope.WINDOW, Scope.TEXT, Scope.BROWSE),
    (Scope.READ, Scope.ENTRY),
    (Scope.CARDS, Scope.STUDY),
)


class HelpDialog(QDialog):
    """Shows the keys; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(min(1120, parent.width() - 40), min(640, parent.height() - 40))
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(30, 26, 30, 26)
        row.setSpacing(36)
        for scopes in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(10)
            for scope in scopes:
                column.addWidget(_heading(scope.value))
                column.addLayout(_keys_of(scope))
                column.addSpacing(14)
            if Scope.READ in scopes:
                column.addWidget(_note(f"Lines under terms. {TINTS_EXPLAINED}"))
            column.addStretch()
            row.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName("Keys")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label


def _note(text: str) -> QLabel:
    note = QLabel(text)
    note.setProperty("role", "muted")
    note.setWordWrap(True)
    return note


def _keys_of(scope: Scope) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    c = theme.colours()
    specs = [spec for spec in ACTIONS if spec.scope is scope and spec.keys]
    for number, spec in enumerate(specs):
        native = QKeySequence.SequenceFormat.NativeText
        keys = QLabel(QKeySequence(spec.keys[0]).toString(native))
        keys.setFont(theme.sans(theme.TYPE_SMALL))
        keys.setStyleSheet(
            f"background: {c.card}; border: 1px solid {c.line_strong}; border-radius: 5px;"
            "padding: 1px 7px; font-size: 12px;"
        )
        grid.addWidget(keys, number, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        words = QLabel(spec.text.rstrip("…"))
        words.setWordWrap(True)
        grid.addWidget(words, number, 1)
    return grid
