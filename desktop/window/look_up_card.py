"""The card of a word that was looked up: its senses, each of which can become an entry."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme

if TYPE_CHECKING:
    from desktop.glossary.sources.entry import Entry
    from desktop.operations.looking_up import LookedUp

_WIDTH, _MOST_HEIGHT, _GAP = 380, 340, 6
_PARTS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb"}


class LookUpCard(QFrame):
    """Floats below a word; Escape or a click elsewhere puts it away."""

    keep_wanted = Signal(object)  # Entry: the sense to be kept as an entry of the glossary

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, Qt.WindowType.Popup)
        self.setObjectName("hover_card")
        self.setAccessibleName("Dictionary")
        self.senses: tuple[Entry, ...] = ()
        self._head = QLabel()
        self._head.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._group = QButtonGroup(self)
        self._source = QLabel()
        self._source.setProperty("role", "tiny")
        self._source.setWordWrap(True)
        self.keep = QPushButton("Keep as an entry")
        self.keep.setProperty("role", "quiet")
        self.keep.setToolTip("Put the chosen sense into the glossary (Enter)")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self._keep)
        foot = QHBoxLayout()
        foot.addWidget(self._source, 1)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def show_word(self, found: LookedUp, place: QRect) -> None:
        """Show the senses of a word below its ``place`` on the screen, or above it."""
        self.senses = found.senses
        self._head.setText(" · ".join(found.lemmas[:3]))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for button in self._group.buttons():
            self._group.removeButton(button)
        several = len(found.lemmas) > 1
        for number, sense in enumerate(found.senses):
            column.addWidget(self._row(number, sense, several=several))
        column.addStretch()
        self._scroll.setWidget(body)
        references = dict.fromkeys(sense.reference for sense in found.senses if sense.reference)
        self._source.setText("; ".join(list(references)[:2]))
        self._place(place, column)
        self.show()
        self._group.buttons()[0].setFocus()

    def words(self) -> str:
        """Return what the card says, for a screen reader."""
        return f"{self._head.text()}. " + " ".join(sense.gloss for sense in self.senses[:3])

    def _row(self, number: int, sense: Entry, *, several: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        choice = QRadioButton()
        choice.setChecked(number == 0)
        choice.setAccessibleName(sense.gloss)
        self._group.addButton(choice, number)
        text = QLabel()
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setBuddy(choice)
        said = [sense.lemma] * several + [_PARTS.get(sense.pos, "")] * bool(sense.pos)
        grey = theme.colours().muted
        head = f"<span style='color:{grey}'>{escape(', '.join(said))}</span> " if said else ""
        example = f"<br><i>{escape(sense.examples[0])}</i>" if sense.examples else ""
        text.setText(f"{head}{escape(sense.gloss)}{example}")
        line.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        return row

    def _place(self, place: QRect, column: QVBoxLayout) -> None:
        inner = max(40, column.heightForWidth(_WIDTH - 44))
        height = min(_MOST_HEIGHT, inner + 112)
        self.resize(_WIDTH, height)
        room = self.screen().availableGeometry()
        x = max(room.left() + 8, min(place.left() - 16, room.right() - _WIDTH - 8))
        below = place.bottom() + _GAP
        fits = below + height < room.bottom()
        self.move(x, below if fits else max(room.top() + 8, place.top() - _GAP - height))

    def _keep(self) -> None:
        number = max(0, self._group.checkedId())
        self.hide()
        if number < len(self.senses):
            self.keep_wanted.emit(self.senses[number])

    def keyPressEvent(self, event: object) -> None:
        """Keep with Enter, put away with Escape."""
        key = event.key()  # type: ignore[attr-defined]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]
