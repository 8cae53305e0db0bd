"""One card opened in its list: read, decided on, or edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.library.decks import NoteStatus
from desktop.window import theme
from desktop.window.card_editor import CardEditor
from desktop.window.card_list import status_words
from desktop.window.chips import KindChip
from desktop.window.flow_layout import FlowLayout
from desktop.window.icons import IconButton
from desktop.window.messages import elide
from desktop.window.passage import Passage
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from desktop.library.decks import CardRecord


class CardTile(QFrame):
    """The opened card; what the reader wants with it goes out as signals."""

    accept_wanted = Signal()
    refuse_wanted = Signal()
    suspend_wanted = Signal(bool)
    evidence_wanted = Signal()
    delete_wanted = Signal()
    edited = Signal(object)  # dict of the fields that changed
    height_changed = Signal()

    def __init__(self, record: CardRecord, *, of_many_texts: bool = False) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setAutoFillBackground(False)
        self.record = record
        self._editor: CardEditor | None = None
        self._reading = self._reading_side(record, of_many_texts)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._reading)

    def height_for(self, width: int) -> int:
        """Return the height that the tile needs at ``width``."""
        side = self._reading if self._editor is None else self._editor
        layout = side.layout()
        assert layout is not None
        least = layout.sizeHint().height()
        inside = width - 2 * self.frameWidth() - 2  # the border of the style sheet
        height = layout.heightForWidth(inside) if layout.hasHeightForWidth() else least
        return height + 2

    @property
    def editor(self) -> CardEditor | None:
        """The editor while the card is edited."""
        return self._editor

    def edit(self) -> None:
        """Change from reading to editing."""
        if self._editor is not None:
            return
        self._editor = CardEditor(self.record.note)
        self._editor.saved.connect(self.edited)
        self._editor.cancelled.connect(self.stop_editing)
        self._stack.addWidget(self._editor)
        self._stack.setCurrentWidget(self._editor)
        self.height_changed.emit()
        self._editor.start()

    def stop_editing(self) -> None:
        """Go back to reading; what was typed is gone."""
        if self._editor is not None:
            self._stack.setCurrentWidget(self._reading)
            self._editor.deleteLater()
            self._editor = None
            self.height_changed.emit()
            self.setFocus()

    def _reading_side(self, record: CardRecord, of_many_texts: bool) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 13, 14, 10)
        column.setSpacing(8)
        note = record.note
        head = QHBoxLayout()
        chip = KindChip()
        chip.set_kind(note.kind, NOTE_KINDS[note.kind][0])
        status = QLabel(status_words(record))
        status.setProperty("role", "muted")
        head.addWidget(chip)
        title = QLabel(elide(note.title) if of_many_texts else "")
        title.setProperty("role", "muted")
        head.addWidget(title)
        head.addStretch()
        head.addWidget(status)
        column.addLayout(head)
        for text, font in (
            (note.front, theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold)),
            (note.back, theme.sans(theme.TYPE_BASE + 1)),
        ):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFont(font)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        quote = note.evidence.quote
        if quote not in note.back:
            passage = Passage(quote, (0, 0), "Show this sentence in the text")
            passage.clicked.connect(self.evidence_wanted)
            column.addWidget(passage)
        column.addWidget(self._buttons(record))
        return side

    def _buttons(self, record: CardRecord) -> QWidget:
        box = QWidget()
        row = FlowLayout(box, spacing=4)
        if record.status is not NoteStatus.ACCEPTED:
            accept = QPushButton("Accept")
            accept.setProperty("role", "primary")
            accept.setToolTip("Study this card (A)")
            accept.clicked.connect(self.accept_wanted)
            row.addWidget(accept)
        edit = QPushButton("Edit")
        edit.setProperty("role", "quiet")
        edit.setToolTip("Edit (E)")
        edit.clicked.connect(self.edit)
        row.addWidget(edit)
        if record.status is not NoteStatus.REFUSED:
            refuse = QPushButton("Refuse")
            refuse.setProperty("role", "quiet")
            refuse.setToolTip("Don't study this card (R)")
            refuse.clicked.connect(self.refuse_wanted)
            row.addWidget(refuse)
        show = IconButton("show", "Show in the text (S)")
        show.clicked.connect(self.evidence_wanted)
        row.addWidget(show)
        if record.card is not None:
            asleep = record.card.suspended
            name, tip = ("resume", "Study it again (@)") if asleep else ("suspend", "Suspend (@)")
            suspend = IconButton(name, tip)
            suspend.clicked.connect(lambda: self.suspend_wanted.emit(not asleep))
            row.addWidget(suspend)
        remove = IconButton("remove", "Delete (Del)")
        remove.clicked.connect(self.delete_wanted)
        row.addWidget(remove)
        return box

    def sizeHint(self) -> QSize:
        """Return the size at the present width."""
        return QSize(self.width(), self.height_for(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End editing with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._editor is not None:
            self.stop_editing()
        else:
            super().keyPressEvent(event)
