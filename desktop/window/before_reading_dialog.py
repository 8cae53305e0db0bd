"""Before you read: the important terms of a text, those that are new to the reader first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.term import Term
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.wording import TERM_KINDS, counted, origin

if TYPE_CHECKING:
    from desktop.operations.preparing import KeyTerm, Preparation

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


class BeforeReadingDialog(QDialog):
    """Shows what to know first; what the reader knows is told at once."""

    known = Signal(object)  # Term
    learn_wanted = Signal(object)  # list[Term]

    def __init__(self, parent: QWidget, title: str, preparation: Preparation) -> None:
        super().__init__(parent)
        self.setWindowTitle("Before you read")
        self.resize(620, min(640, parent.height() - 60))
        self._all = len(preparation.terms)
        self.new: list[Term] = list(preparation.new)
        self._head = QLabel()
        self._head.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        self._head.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(10)
        kicker = QLabel(title)
        kicker.setProperty("role", "muted")
        kicker.setWordWrap(True)
        column.addWidget(kicker)
        column.addWidget(self._head)
        column.addSpacing(4)
        met = [key for key in preparation.terms if key.term not in self.new]
        for term in self.new:
            column.addWidget(self._new_term(term))
        if met:
            heading = QLabel("You have met before")
            heading.setFont(theme.small_capitals(theme.TYPE_TINY))
            heading.setProperty("role", "heading")
            column.addSpacing(8)
            column.addWidget(heading)
        for key in met:
            column.addWidget(_met_term(key))
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot())
        self._say()

    def _foot(self) -> QHBoxLayout:
        self.learn_button = QPushButton("Learn these first")
        self.learn_button.setProperty("role", "primary")
        self.learn_button.setDefault(True)
        self.learn_button.clicked.connect(self._learn)
        self.read_button = QPushButton("Start reading")
        self.read_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(28, 12, 28, 20)
        foot.setSpacing(10)
        foot.addStretch()
        foot.addWidget(self.read_button)
        foot.addWidget(self.learn_button)
        return foot

    def _new_term(self, term: Term) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 12, 14, 14)
        column.setSpacing(4)
        name = QLabel(term.term)
        name.setFont(theme.serif(18, weight=QFont.Weight.DemiBold))
        name.setWordWrap(True)
        chip = KindChip()
        chip.set_kind(term.kind, TERM_KINDS[term.kind][0])
        know = QPushButton("I know this")
        know.setProperty("role", "quiet")
        know.setAccessibleName(f"I know {term.term}")
        know.clicked.connect(lambda: self._know(term, card))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(chip)
        row.addWidget(know)
        column.addLayout(row)
        assert term.definition is not None
        meaning = QLabel(term.definition.text)
        meaning.setFont(theme.serif(theme.TYPE_LARGE))
        meaning.setWordWrap(True)
        column.addWidget(meaning)
        source = QLabel(f"{origin(term.definition)} · {counted(len(term.mentions), 'mention')}")
        source.setProperty("role", "tiny")
        column.addWidget(source)
        return card

    def _know(self, term: Term, card: QWidget) -> None:
        self.new.remove(term)
        card.hide()
        self._say()
        self.known.emit(term)
        button = self.learn_button if self.new else self.read_button
        button.setFocus()

    def _learn(self) -> None:
        self.learn_wanted.emit(list(self.new))
        self.accept()

    def _say(self) -> None:
        self._head.setText(new_of_all(len(self.new), self._all))
        self.learn_button.setVisible(bool(self.new))
        one = len(self.new) == 1
        self.learn_button.setText("Learn it first" if one else "Learn these first")


def new_of_all(new: int, total: int) -> str:
    """Return e.g. “Five of these eight terms are new to you.”"""
    if not new:
        return "You know every important term of this text."
    if new == total:
        if new == 1:
            return "This term is new to you."
        return f"These {_number(total)} terms are all new to you."
    verb = "is" if new == 1 else "are"
    return f"{_number(new).capitalize()} of these {_number(total)} terms {verb} new to you."


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _met_term(key: KeyTerm) -> QLabel:
    how = {
        "known": "you know it",
        "learnt": "you have learnt its card",
        "read": f"in “{key.where}”",
    }[key.acquaintance.value]
    label = QLabel(f"{key.term.term} – {how}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
